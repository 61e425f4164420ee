"""The list of profiles as it is read, shown, sorted and filtered; what is done with them is the library's business."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Input

from socui.deciding.memo import Recall
from socui.errors import ProfileError, StoreError
from socui.screens.library.entries import (
    LIST_COLUMNS,
    Columns,
    ListEntry,
    Order,
    Shelf,
    entry_line,
    head_lines,
    ordered,
    read_shelf,
    sifted,
)
from socui.screens.library.glance import Peek
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import Lazy, Line, Span, Tag, clip
from socui.screens.widgets.row_list import RowList
from socui.screens.widgets.text_field import Field
from socui.settings.commands import key_of
from socui.text import visible

if TYPE_CHECKING:
    from datetime import date

    from socui.knowledge.model import Knowledge
    from socui.profiles.profile import Profile
    from socui.profiles.store import Store

FRAME = 0.03
"""Seconds that the first frame may wait for the list; a longer one comes when it is read."""
_BESIDE = 150
"""Cells from which on the glance stands beside the list; below, under it."""
LOW, TOO_LOW = 30, 20
"""Rows below which the glance is a short one, and below which there is none."""


class Browser(Vertical):
    """The filter, the table, a glance at the entry under the cursor, and the message line.

    `after` is called whenever the message changes.
    """

    def __init__(
        self, store: Store, knowledge: Knowledge, today: Callable[[], date], after: Callable[[], None]
    ) -> None:
        super().__init__(id="browser")
        self.store, self.knowledge, self.after = store, knowledge, after
        self.today = today
        self.peek = Peek(self._profile_of, knowledge, today)
        self.shelf: Shelf | None = None
        self.shown: dict[Tag, ListEntry] = {}
        self.order = Order()
        self._kept = Recall()
        self.marked: tuple[Tag, ...] = ()
        self.in_trash = False
        self.message = ""
        self._turn = asyncio.Lock()  # what is written, read and shown keeps its order

    def compose(self) -> ComposeResult:
        """The filter, the table, the glance and what there is to say."""
        yield Field(placeholder="filter by name, organization or result", id="filter", compact=True)
        with Container(id="both"):
            yield RowList(id="list")
            yield self.peek
        yield Bar(id="said")

    def on_resize(self) -> None:
        """The glance beside the list, under it, or none, by the room there is."""
        width, height = self.app.size
        self.set_class(width >= _BESIDE, "-beside")
        self.set_class(height < LOW and width < _BESIDE, "-low")
        self.set_class(height < TOO_LOW or width < 70, "-alone")
        self._look()

    async def on_mount(self) -> None:
        """Read the folder and show it."""
        self.sheet.border_title = "Profiles"
        self.sheet.follow = lambda _tag, _step: self._look()
        self.query_one("#said", Bar).builder = lambda w: ([self._said(w)], ())
        self.sheet.focus()
        # Wait for a list that is there within the first frame: it would flicker.
        await asyncio.wait([asyncio.create_task(self.load())], timeout=FRAME)

    @property
    def sheet(self) -> RowList:
        """The table."""
        return self.query_one("#list", RowList)

    @property
    def entry(self) -> ListEntry | None:
        """What the cursor is on."""
        return self.shown.get(self.sheet.cursor)

    @property
    def _is_composed(self) -> bool:
        """Whether what the list is shown in is there: no longer once the screen is left, or the app, while it is read."""
        return all(self.query(id) for id in ("#filter", "#list", "#said"))

    # ---- reading, writing and showing

    async def load(self, message: str | None = None, to: Tag = ()) -> None:
        """Read everything anew, off the event loop, and show it, with the cursor on `to`."""
        async with self._turn:
            await self._load(message, to)

    async def _load(self, message: str | None, to: Tag = ()) -> None:
        shelf = await asyncio.to_thread(read_shelf, self.store, self.knowledge.texts, self.in_trash, self.today())
        if not self._is_composed:
            return
        self.shelf = shelf
        self.message = shelf.problem or (self.message if message is None else message)
        self.marked = tuple(tag for tag in self.marked if any(entry.tag == tag for entry in shelf.entries))
        self.sift(to)

    async def write(self, work: Callable[[], tuple[str, Tag]]) -> str:
        """Do something to the files, off the event loop, then show what is there. `work` gives what to say and where the
        cursor is to be. Gives why it could not be done, else nothing."""
        async with self._turn:
            problem, message = "", ""
            to: Tag = ()
            try:
                message, to = await asyncio.to_thread(work)
            except (StoreError, ProfileError) as error:
                problem = str(error)
            await self._load(problem or message, to)
            return problem

    def sift(self, to: Tag = (), top: bool = False) -> None:
        """Show what the filter leaves, in order."""
        shelf, words = self.shelf, self.query_one("#filter", Input).value
        everything = self._kept.value(
            "order", (shelf, self.order), lambda: ordered(shelf.entries if shelf else (), self.order)
        )
        self.shown = sifted(everything, words)
        entries = [*self.shown.values()]
        nothing = "Reading the folder ..." if shelf is None else self._nothing(bool(words))

        def build(width: int) -> tuple[Lazy | list[Line], list[Line]]:
            # Of everything, so that no column moves while the filter is typed.
            columns = self._kept.value("columns", (shelf, width), lambda: Columns.of(everything.values(), width))
            rows = Lazy([*self.shown], lambda i: entry_line(entries[i], width, columns, entries[i].tag in self.marked))
            return rows or [Line((Span(clip(f"  {nothing}", width), "dim"),))], head_lines(width, columns, self.order)

        self.sheet.builder = build
        self.sheet.rebuild()
        if top and entries:
            self.sheet.point(entries[0].tag)
        elif to in self.shown or self.sheet.cursor in self.shown:
            self.sheet.point(to if to in self.shown else self.sheet.cursor)
        self._look()
        self.tell(self.message)

    # ---- the glance

    def _look(self) -> None:
        self.peek.look_at(self.entry if self.peek.display else None)

    def _profile_of(self, entry: ListEntry) -> Profile | str:
        """Return the profile of an entry, or why it cannot be read. May be called from a thread."""
        shelf = self.shelf
        if entry.kind == "example" and shelf is not None and entry.key in shelf.examples:
            return shelf.examples[entry.key]
        if entry.kind == "draft" and shelf is not None and entry.key in shelf.drafts:
            draft = shelf.drafts[entry.key]
            return draft.problem or draft.profile
        try:
            return self.store.open(Path(entry.key)).profile
        except (StoreError, ProfileError) as error:
            return str(error)

    def _nothing(self, filtered: bool) -> str:
        if filtered:
            return "Nothing has these words."
        return (
            "The trash is empty." if self.in_trash else f"Nothing here. Press {key_of('new', 'a')} for a new profile."
        )

    def tell(self, message: str) -> None:
        """A word below the table."""
        self.message = message
        if self._is_composed:
            self.query_one("#said", Bar).rebuild()
            self.after()

    def _said(self, width: int) -> Line:
        if self.message:
            return Line((Span(clip(f" {visible(self.message)}", width), "warn"),))
        there = len(self.shelf.entries) if self.shelf else 0
        count = f"{len(self.shown)} of {there}" if len(self.shown) != there else f"{there}"
        marks = f" · {len(self.marked)} marked" if self.marked else ""
        return Line((Span(clip(f" {count} shown · by {LIST_COLUMNS[self.order.by].lower()}{marks}", width), "dim"),))

    # ---- the filter, the order, the marks

    @on(Input.Changed)
    def _filtered(self) -> None:
        self.sift(top=True)

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.sheet.focus()

    @on(Sheet.Chosen, "#list")
    def _sorted(self, event: Sheet.Chosen) -> None:
        if event.tag[0] == "sort":
            event.stop()
            by = event.tag[1]
            self.order = Order(by, by == self.order.by and not self.order.turned)
            self.sift(self.sheet.cursor)

    def focus_filter(self) -> None:
        """Type in the filter."""
        self.screen.set_focus(self.query_one("#filter", Input))

    def turn_pane(self) -> None:
        """From the list to the glance, where it is shown, and back."""
        (self.peek if self.sheet.has_focus and self.peek.display else self.sheet).focus()

    def leave_filter(self) -> bool:
        """End the filter, where one types in it. Gives whether one did."""
        field = self.query_one("#filter", Input)
        typing = field.has_focus
        if typing:
            field.value = ""
            self.sheet.focus()
        return typing

    def sort(self) -> None:
        """By the next column."""
        columns = [*LIST_COLUMNS]
        self.order = Order(columns[(columns.index(self.order.by) + 1) % len(columns)])
        self.message = ""
        self.sift(self.sheet.cursor)

    def turn(self) -> None:
        """The other way round."""
        self.order = Order(self.order.by, not self.order.turned)
        self.sift(self.sheet.cursor)

    def mark(self, tag: Tag) -> None:
        """Mark it for comparing, or take the mark away; of three the first gives way."""
        others = [other for other in self.marked if other != tag]
        self.marked = tuple(others) if tag in self.marked else (*others[-1:], tag)
        self.message = ""
        self.sift(tag)

    def turn_to_trash(self) -> None:
        """What was deleted, and back to the profiles."""
        self.in_trash = not self.in_trash
        self.sheet.border_title = "Trash" if self.in_trash else "Profiles"
        message = "enter brings it back; nothing is ever removed from here" if self.in_trash else ""
        self._load_again(message)

    @work
    async def _load_again(self, message: str) -> None:
        await self.load(message)
