"""One widget for every pane: a list of styled lines with a cursor, which repaints only the rows that changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from socui.screens.widgets.lines import BLANK, Line, Memory, Stops, Tag, stops
from socui.screens.widgets.paint import Paint
from socui.screens.widgets.scroll_bar import KeptScrollBar
from socui.settings.commands import bindings

Builder = Callable[[int], tuple[Sequence[Line], Sequence[Line]]]
"""Gives the lines and the pinned lines for a width in cells."""


class Sheet(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of lines. `pin` rows stay at the top while the others scroll."""

    BINDINGS = bindings("move")
    ALLOW_SELECT = False
    READ_FROM_TOP = False
    """Whether another size leaves it where it is scrolled to, wherever its cursor is."""
    DEFAULT_CSS = """
    Sheet {
        background: $background; color: $foreground; border: round $frame;
        border-title-color: $quiet; border-subtitle-color: $quiet;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background; scrollbar-color: $frame; scrollbar-color-hover: $quiet;
    }
    Sheet:focus { border: round $lead; border-title-color: $lead; border-title-style: bold; }
    """

    class Chosen(Message):
        """Posted for Enter, space or a click on a line with a tag."""

        def __init__(self, sheet: Sheet, tag: Tag, by: str) -> None:
            super().__init__()
            self.sheet, self.tag, self.by = sheet, tag, by

        @property
        def control(self) -> Sheet:
            """The sheet that it happened on."""
            return self.sheet

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.builder: Builder | None = None
        # Called with the tag and the direction when the cursor moves: at once, so that a held key cannot overtake it.
        self.follow: Callable[[Tag, int], None] | None = None
        self.memory = Memory()
        self.lines: Sequence[Line] = ()
        self.pin: Sequence[Line] = ()
        self.cursor: Tag = ()
        self._stops = Stops()
        self._near = 0
        """The row of the cursor, which tells it from other rows of the same tag."""
        self._pressed: tuple[Tag, bool] | None = None
        self._stale = False
        """Whether something changed while the sheet was not seen."""
        self._wish: Tag = ()  # where the cursor is to be once there are lines
        self.paint = Paint(self)
        self._inner: tuple[Size, Size] | None = None

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar at its side, made where there is none yet."""
        if self._vertical_scrollbar is None:
            bar = KeptScrollBar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    # ---- what is shown

    @property
    def inner(self) -> Size:
        """Cells within the frame, those of the scroll bar included. The same as `size`, which asks the screen each time."""
        outer = self.outer_size
        if self._inner is None or self._inner[0] != outer:
            gutter = self.styles.gutter
            self._inner = outer, Size(max(outer.width - gutter.width, 0), max(outer.height - gutter.height, 0))
        return self._inner[1]

    @property
    def room(self) -> int:
        """Cells that a line may take."""
        return max(self.inner.width - self.scrollbar_size_vertical, 0)

    def set_lines(self, lines: Sequence[Line], pin: Sequence[Line] = ()) -> None:
        """Show these lines; only the rows that differ are painted again."""
        row, whole = self._row(self.cursor), self.has_focus and self._cursor_is_whole()
        old, self.lines = self.lines, lines
        self._stops = stops(lines)
        if list(pin) != list(self.pin):
            self.pin = pin
            self.refresh()
        height = len(lines) + len(pin)
        if height != self.virtual_size.height:
            # Not through the reactive, which would lay out the whole screen again.
            self.set_reactive(Widget.virtual_size, Size(self.room, height))
            if self.show_vertical_scrollbar:
                self.vertical_scrollbar.window_virtual_size = height
            if self.scroll_y > self.max_scroll_y:
                self.scroll_to(y=self.max_scroll_y, animate=False)
        if self._wish and self._row(self._wish) >= 0:
            self.cursor, self._wish = self._wish, ()
        elif self._row(self.cursor) < 0:
            self.cursor = self._nearest(max(row, 0))
        both = min(len(old), len(lines))
        self._paint(y for y in self._in_sight() if y >= both or old[y] != lines[y])
        if whole and not self._cursor_is_whole():
            self.reveal()  # what came in above pushed it out

    def _cursor_is_whole(self) -> bool:
        """Return whether every row of the line under the cursor is in sight."""
        row, seen = self._row(self.cursor), self._in_sight()
        return row >= 0 and (rows := self._together(row))[0] in seen and rows[-1] in seen

    def _in_sight(self) -> range:
        top = self.scroll_offset.y
        return range(top, top + self.inner.height - len(self.pin))

    def _paint(self, rows: Iterable[int]) -> None:
        """Have those rows painted again, neighbours together."""
        top, width, regions = self.scroll_offset.y - len(self.pin), self.inner.width, list[Region]()
        for row in rows:
            if regions and regions[-1].bottom == row - top:
                regions[-1] = Region(0, regions[-1].y, width, regions[-1].height + 1)
            else:
                regions.append(Region(0, row - top, width, 1))
        if regions:
            self.refresh(*regions)

    def tell_on_frame(self, words: str) -> None:
        """Show the words on the lower edge. Unlike `border_subtitle` it paints that row alone, and only if they changed."""
        content = Content(words)
        if content != self._border_subtitle:
            self._border_subtitle = content
            self.refresh(Region(-1, self.inner.height, self.outer_size.width, 1))

    def rebuild(self) -> None:
        """Ask for the lines anew and show them."""
        self._stale = not (self.display and self.room > 0)
        if self.builder is not None and not self._stale:
            self.set_lines(*self.builder(self.room))

    def on_show(self) -> None:
        """What changed while the sheet was not seen is shown now."""
        if self._stale:
            self.rebuild()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Another size needs other lines: made here and not when the event comes, which is after the first frame."""
        before = self._size
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if before != size:
            self.paint.forget_rows()
            self.rebuild()
            if self.cursor and not self.READ_FROM_TOP:
                self.reveal()
        return changed

    def _row(self, tag: Tag) -> int:
        return self._stops.row(tag, self._near)

    def row_of(self, tag: Tag) -> int:
        """Return the row of that tag, 0 where there is none."""
        return max(self._row(tag), 0)

    def _nearest(self, row: int) -> Tag:
        rows = self._stops.rows
        at = bisect_left(rows, row)
        near = min(rows[max(at - 1, 0) : at + 1], key=lambda i: abs(i - row), default=-1)
        return self.lines[near].tag if near >= 0 else ()

    def beside(self, tag: Tag) -> Tag:
        """Return the line below the one of that tag, or above the last one."""
        row = self._row(tag)
        return self._nearest(row + 1 if row + 1 < len(self.lines) else row - 1)

    def notify_style_update(self) -> None:
        """A theme, a class or the focus changed the styles."""
        super().notify_style_update()
        self.paint.forget()
        self._inner = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return those rows, frame included. One inside the frame is kept whole once it was painted: Textual would make it
        anew wherever it comes to stand. A sheet has no padding, no tint and is never faint, so its sides are all that
        Textual adds."""
        outer, inner, gutter = self.outer_size, self.inner.width, self.styles.gutter
        inside = range(gutter.top, outer.height - gutter.bottom)
        rows = self._lines_at(range(max(crop.y - gutter.top, 0), min(crop.bottom - gutter.top, len(inside))))
        strips = [
            self.paint.framed(*next(rows), inner, self._sides)
            if y in inside
            else super(Sheet, self).render_lines(Region(0, y, outer.width, 1))[0]
            for y in crop.line_range
        ]
        first, end = crop.column_span
        return strips if (first, end) == (0, outer.width) else [strip.crop(first, end) for strip in strips]

    def _sides(self) -> tuple[Strip, Strip]:
        """Return what Textual puts before and behind a row."""
        width, gutter = self.outer_size.width, self.styles.gutter
        (row,) = super().render_lines(Region(0, gutter.top, width, 1))
        return row.crop(0, gutter.left), row.crop(width - gutter.right, width)

    def render_line(self, y: int) -> Strip:
        """Return one row without its frame."""
        return self.paint.strip(*next(self._lines_at(range(y, y + 1))), self.inner.width)

    def _lines_at(self, rows: range) -> Iterator[tuple[Line, str]]:
        """Return the lines of those rows of the screen, and how the cursor marks each."""
        pinned, below, shown, cursor = len(self.pin), self.scroll_offset.y - len(self.pin), self.shown(), self.cursor
        for y in rows:
            row = y + below
            line = self.pin[y] if y < pinned else self.lines[row] if row in shown else BLANK
            marked = cursor and line.tag == cursor and y >= pinned and self._marked(row)
            yield line, ("cursor" if self.lit else "idle") if marked else ""

    def shown(self) -> range:
        """Return the rows of the lines that are painted where they are in sight."""
        return range(len(self.lines))

    # ---- the cursor

    def _marked(self, row: int) -> bool:
        """Return whether the cursor is on that row of its tag, which may stand elsewhere too."""
        return self.cursor not in self._stops.again or row in self._together(self._row(self.cursor))

    @property
    def lit(self) -> bool:
        """Whether the keys move this cursor."""
        return self.has_focus

    def _watch_has_focus(self, _focus: bool) -> None:
        self.repaint(self.cursor)

    def repaint(self, tag: Tag) -> None:
        """Paint the rows of that tag again."""
        self._repaint_at(self._row(tag))

    def _repaint_at(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            seen = self._in_sight()
            self._paint(i for i in self._together(row) if i in seen)

    def _together(self, row: int, part: slice = slice(None)) -> range:
        """Return the rows around this one that have the same tag, or the same part of it."""
        tag = self.lines[row].tag[part]
        first = last = row
        while first > 0 and self.lines[first - 1].tag[part] == tag:
            first -= 1
        while last + 1 < len(self.lines) and self.lines[last + 1].tag[part] == tag:
            last += 1
        return range(first, last + 1)

    def point(self, tag: Tag, step: int = 0, tell: bool = True, near: int | None = None) -> None:
        """Put the cursor on that line, if it is one where the cursor can rest; of several the nearest to the row `near`."""
        before, old = self._row(self.cursor), self.cursor
        self._near = before if near is None else near
        if self._row(tag) < 0:
            self._wish = tag if not self.lines else ()
            return
        self.cursor, self._near = tag, self._row(tag)
        if old != tag or before != self._near:
            self._repaint_at(before)
            self._repaint_at(self._near)
            if old != tag and tell and self.follow is not None:
                self.follow(tag, step)
        self.reveal()

    def block(self) -> range:
        """Return the rows that should be in sight with the cursor."""
        return self._together(self._row(self.cursor))

    def reveal(self) -> None:
        """Scroll until the block of the cursor is in sight; where it is too high, at least the cursor's line."""
        row = self._row(self.cursor)
        room = self.inner.height - len(self.pin)
        if row < 0 or room <= 0:
            return
        block = self.block()
        first = block[0]
        last = min(block[-1], first + room - 1)
        first, last = min(first, row), max(last, row)
        top = self.scroll_offset.y
        top = min(max(top, last - room + 1), first)
        top = min(max(top, row - room + 1), row) if row == 0 else min(max(top, row + 1 - room), row)
        if first <= self._stops.rows[0] and last < room:
            top = 0
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)

    def move(self, step: int) -> None:
        """To the next line where the cursor can rest; where that is far away, scroll towards it."""
        rows, row = self._stops.rows, self._row(self.cursor)
        at = bisect_right(rows, row) if step > 0 else bisect_left(rows, row) - 1
        ahead = rows[at] if 0 <= at < len(rows) else None
        top, room = self.scroll_offset.y, self.inner.height - len(self.pin)
        if ahead is not None and top - 1 <= ahead < top + room + 1:
            self.point(self.lines[ahead].tag, step, near=ahead)
        else:
            self.scroll_to(y=top + 2 * step, animate=False)
            if ahead is not None and top <= ahead < top + room:
                self.point(self.lines[ahead].tag, step, near=ahead)

    def action_down(self) -> None:
        """The next line."""
        self.move(1)

    def action_up(self) -> None:
        """The line before."""
        self.move(-1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self._page(1)

    def action_page_up(self) -> None:
        """A screenful up."""
        self._page(-1)

    def _page(self, step: int) -> None:
        jump = max(self.inner.height - len(self.pin) - 2, 1) * step
        row = self._row(self.cursor)
        self.scroll_to(y=self.scroll_offset.y + jump, animate=False)
        self.point(self._nearest(max(row, 0) + jump), step, near=max(row, 0) + jump)

    def action_first(self) -> None:
        """The first line."""
        self.point(self._nearest(0), 1, near=0)
        self.scroll_to(y=0, animate=False)  # also where the cursor can rest only further down

    def action_last(self) -> None:
        """The last line."""
        self.point(self._nearest(len(self.lines)), -1, near=len(self.lines))
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_choose(self) -> None:
        """Choose the line under the cursor."""
        if self.cursor:
            self.post_message(self.Chosen(self, self.cursor, "key"))

    def _hit(self, event: events.MouseEvent) -> tuple[Tag, bool] | None:
        """Return what the mouse is on, of a line or a piece of it, and whether that is pinned; None where it is on
        nothing."""
        at = event.get_content_offset(self)
        if at is None:
            return None
        row = at.y + self.scroll_offset.y - len(self.pin)
        pinned = at.y < len(self.pin)
        if not pinned and row >= len(self.lines):
            return None
        line = self.pin[at.y] if pinned else self.lines[row]
        tag, x = line.tag, 0
        for span in line.spans:
            if span.tag and x <= at.x < x + len(span.text):
                tag = span.tag
            x += len(span.text)
        return tag, pinned

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember what was pressed: a pane that gets the focus by it may grow before the button is let go."""
        self._pressed = self._hit(event)

    def on_click(self, event: events.Click) -> None:
        """A click chooses the line, or the piece of it, that was pressed."""
        hit, self._pressed = self._pressed or self._hit(event), None
        if hit is None or not hit[0]:
            return
        tag, pinned = hit
        if not pinned:
            self.point(tag, tell=False, near=event.y + self.scroll_offset.y - len(self.pin))
        self.post_message(self.Chosen(self, tag, "mouse"))


class Bar(Sheet, can_focus=False):
    """One line that is never scrolled and never has the focus."""

    DEFAULT_CSS = "Bar { height: 1; border: none; overflow-y: hidden; background: $panel; }"
