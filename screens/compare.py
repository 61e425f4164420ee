"""Shows two profiles, or a what-if and today, side by side: differences first, the rest behind a fold."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.screen import Screen

from socui.deciding.compare import Compared, Spoken
from socui.deciding.decide import Decider
from socui.profiles.profile import Profile
from socui.reports.side_by_side import Sides, comparison_writer, parts, same, sides, title_before_answer
from socui.screens.guards import Asks, Once
from socui.screens.widgets.comparison import NAMES
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, Tag, clip, fill, flow, width_of, wrap
from socui.settings.commands import bindings, key_of
from socui.text import visible

SIDE_COLUMNS = 94
"""Cells from which on the two stand side by side; below, one under the other."""


def compare_head(both: Sides, width: int) -> list[Line]:
    """Whose columns they are; it stays while the rest scrolls."""
    rule = Line((Span(" " + "─" * (width - 2), "dim"),))
    if width >= SIDE_COLUMNS:
        name, size = _sizes(width)
        spans = [Span(fill("", name + 3))]  # as wide as a row's mark and title
        for title in both.titles:
            spans += [Span("  "), Span(fill(title, size), "strong")]
        return [Line(tuple(spans)), rule]
    size = (width - 10) // 2
    first, second = (clip(t, size) for t in both.titles)
    return [Line((Span(f" {first}", "strong"), Span("  beside  ", "dim"), Span(second, "strong"))), rule]


def compare_lines(both: Sides, width: int, folded: Collection[str]) -> list[Line]:
    """Return what differs, then what is the same, then the advice that only one side has."""
    lines = list(_row(Compared("", "In a sentence", both.sentences, both.sentences), both, width, ("row", "sentence")))
    for part in parts(both):
        body = [line for p in part.pairs for line in _row(p, both, width, ("row", part.id, p.id))]
        lines += _section(part.id, part.title, len(part.pairs), body, folded, width)
    alike = same(both)
    body = [line for kind, p in alike for line in _same(kind, p, width)]
    lines += _section("same", "The same on both sides", len(alike), body, folded, width)
    for number, (title, found_) in enumerate(zip(both.titles, both.only, strict=True), 1):
        heading = f"Only for {title}"
        lines += _section(f"only{number}", heading, len(found_), list(_spoken(found_, width)), folded, width)
    return lines


def _section(
    id: str, title: str, count: int, body: Sequence[Line], folded: Collection[str], width: int
) -> Iterator[Line]:
    closed = id in folded
    spans = (
        Span(f" {'▸' if closed else '▾'} ", "key"),
        Span(clip(title, width - 12), "head"),
        Span(f" ({count or 'none'})", "dim"),
    )
    yield BLANK
    yield Line(spans, ("fold", id), stop=True)
    if not closed:
        yield from body


def _sizes(width: int) -> tuple[int, int]:
    name = 22 if width < 120 else 28
    return name, (width - name - 8) // 2


def _row(pair: Compared, both: Sides, width: int, tag: Tag) -> Iterator[Line]:
    """Yield a title and what each side has, marked where they differ: side by side, or one under the other."""
    mark = Span("   " if not pair.differs else " ≠ ", "warn")
    style = f"{pair.id} strong" if pair.id in NAMES else "strong"
    if width < SIDE_COLUMNS:
        yield from flow(pair.title, width, (mark,), style=style, tag=tag, stop=True)
        size = max(cell_len(t) for t in both.titles)
        for title, words in zip(both.titles, pair.words, strict=True):
            if size <= min(14, width // 4):
                yield from flow(words, width, (Span(f"     {fill(title, size)}  ", "dim"),), tag=tag)
            else:  # a long name stands above, whole
                yield from flow(title, width, (Span("     "),), style="dim", tag=tag)
                yield from flow(words, width, (Span("       "),), tag=tag)
        return
    name, size = _sizes(width)
    cells = (wrap((Span(pair.title, style),), name), *(wrap((Span(w),), size) for w in pair.words))
    for i in range(max(len(c) for c in cells)):
        spans = [mark if i == 0 else Span("   ")]
        for cell, room in zip(cells, (name, size, size), strict=True):
            part = cell[i] if i < len(cell) else ()
            spans += [*part, Span(" " * (room - width_of(part) + 2))]
        yield Line(tuple(spans), tag, stop=i == 0)


def _same(kind: str, pair: Compared, width: int) -> Iterator[Line]:
    words = (Span(f"{title_before_answer(pair.title)} "), Span(pair.words[0], "strong"))
    yield from flow(words, width, (Span(" = ", "dim"),), tag=("row", kind, pair.id), stop=True)


def _spoken(advice: Sequence[Spoken], width: int) -> Iterator[Line]:
    kind = ""
    for spoken in advice:
        if spoken.kind != kind:
            kind = spoken.kind
            yield Line((Span(f"   {kind}", "strong"),))
        yield from flow(spoken.words, width, (Span("   + ", "key"),), tag=("row", spoken.kind, spoken.id), stop=True)


_FIRST = ("leave", "keys", "copy", "save_file")
"""What is given room before all else."""


class Compare(Asks[None], Once[None], Screen[None]):
    """Shows two profiles side by side. It changes neither."""

    CSS_PATH = "compare.tcss"
    GROUPS = ("compare",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#compare"

    def __init__(
        self, decider: Decider, one: Profile, other: Profile, today: date, titles: tuple[str, str] | None = None
    ) -> None:
        super().__init__()
        self.today = today
        self.both = sides(decider, one, other, today, titles)
        self.folded = {"same"}
        self.message = ""

    def compose(self) -> ComposeResult:
        """The sheet, and what can be done."""
        yield Sheet(id="compare")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Fill it."""
        sheet = self.query_one("#compare", Sheet)
        sheet.border_title = "Side by side"
        sheet.builder = lambda w: (compare_lines(self.both, w, self.folded), compare_head(self.both, w))
        self.query_one("#foot", Bar).builder = lambda w: ([self._foot(w)], ())

    def _foot(self, width: int) -> Line:
        """Return what was done, and the keys."""
        keys = (
            ("leave", "escape", "back"),
            ("choose", "space", "fold"),
            ("copy", "y", "copy"),
            ("save_file", "s", "save as a file"),
            ("keys", "question_mark", "help"),
        )
        hints = [Hint(run, key_of(run, key), word) for run, key, word in keys]
        if not self.message:
            return foot(hints, width, _FIRST)
        out = foot([h for h in hints if h.action in _FIRST[:2]], width).spans
        return Line((Span(" "), Span(clip(self.message, width - width_of(out) - 1), "warn"), Span(" "), *out))

    def tell(self, message: str) -> None:
        """A word in the last line."""
        self.message = visible(message)
        if self.stands:
            self.query_one("#foot", Bar).rebuild()

    @on(Sheet.Chosen, "#compare")
    def _fold(self, event: Sheet.Chosen) -> None:
        self.fold(event.tag)

    def fold(self, tag: Tag) -> None:
        """Fold that section, or open it."""
        if tag[:1] == ("fold",):
            self.folded ^= {tag[1]}
            self.query_one("#compare", Sheet).rebuild()

    @on(Sheet.Chosen, "#foot")
    async def _run(self, event: Sheet.Chosen) -> None:
        if event.tag[1] == "choose":
            self.fold(self.query_one("#compare", Sheet).cursor)
        else:
            await self.app.run_action(event.tag[1], self.app if event.tag[1] == "keys" else self)

    @work(exclusive=True, group="copy")
    async def action_copy(self) -> None:
        """Copy the comparison as text, and say which way it went."""
        from socui.screens.clipboard import copy

        text = (await asyncio.to_thread(comparison_writer(self.both, self.today), "text")).decode()
        self.tell(await copy(self.app, text))

    def action_save_file(self) -> None:
        """Write it into a file: its suffix says the format."""
        self.ask(self._save_file)

    async def _save_file(self) -> None:
        from socui.profiles.names import slug
        from socui.screens.save_file import save_file

        one, other = self.both.titles
        proposed = f"{slug(one)}-beside-{slug(other)}.html"
        name = await save_file(self.app, comparison_writer(self.both, self.today), proposed)
        if name is not None:
            self.tell(f"saved: {name}")

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
