"""Two profiles side by side, or a what-if beside today: what differs first, what is the same behind a fold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from socui.deciding.compare import (
    NO_ANSWER,
    NOT_PRESUMED,
    NOT_SPOKEN,
    OPEN,
    Pair,
    Spoken,
    answers,
    only,
    presumptions,
    results,
)
from socui.deciding.decide import Decider
from socui.profiles.profile import Profile
from socui.screens.guards import Once
from socui.screens.widgets.comparison import NAMES
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, Tag, clip, fill, flow, said, width_of, wrap
from socui.settings.commands import bindings, key_of

COLUMNS = 94
"""Cells from which on the two stand side by side; below, one under the other."""


class Sides(Struct, frozen=True):
    """Everything that is shown of the two, worked out once."""

    titles: tuple[str, str]
    sentences: tuple[str, str]
    results: Sequence[Pair]
    answers: Sequence[Pair]
    presumed: Sequence[Pair]
    only: tuple[Sequence[Spoken], Sequence[Spoken]]


def sides(decider: Decider, one: Profile, other: Profile, today: date, titles: tuple[str, str] | None = None) -> Sides:
    """Both profiles, decided and compared. `titles` stand for their names."""
    k = decider.knowledge
    advice = decider.advise(one, today), decider.advise(other, today)
    return Sides(
        titles or (said(one.name) or "First, no name", said(other.name) or "Second, no name"),
        (advice[0].sentence, advice[1].sentence),
        list(results(k, *advice)),
        list(answers(k, one, other)),
        list(presumptions(k, *advice)),
        only(k, *advice),
    )


def compare_head(both: Sides, width: int) -> list[Line]:
    """Whose columns they are; it stays while the rest scrolls."""
    rule = Line((Span(" " + "─" * (width - 2), "dim"),))
    if width >= COLUMNS:
        name, size = _sizes(width)
        spans = [Span(fill("", name + 3))]  # as wide as a row's mark and title
        for title in both.titles:
            spans += [Span("  "), Span(fill(title, size), "strong")]
        return [Line(tuple(spans)), rule]
    size = (width - 10) // 2
    first, second = (clip(t, size) for t in both.titles)
    return [Line((Span(f" {first}", "strong"), Span("  beside  ", "dim"), Span(second, "strong"))), rule]


def compare_lines(both: Sides, width: int, folded: Collection[str]) -> list[Line]:
    """What differs, then what is the same, then the advice that only one side has."""
    lines = list(_row(Pair("", "In a sentence", both.sentences, both.sentences), both, width, ("row", "sentence")))
    for id, title, pairs, nothing in (
        ("results", "Results that differ", both.results, NOT_SPOKEN),
        ("answers", "Answers that differ", both.answers, NO_ANSWER),
        ("presumed", "Presumed, and not on both sides alike", both.presumed, NOT_PRESUMED),
    ):
        found = [p._replace(words=_spelt(p.words, nothing)) for p in pairs if p.differs]
        body = [line for p in found for line in _row(p, both, width, ("row", id, p.id))]
        lines += _section(id, title, len(found), body, folded, width)
    all_ = (("results", both.results), ("answers", both.answers), ("presumed", both.presumed))
    same = [(kind, p) for kind, pairs in all_ for p in pairs if not p.differs]
    lines += _section(
        "same",
        "The same on both sides",
        len(same),
        [li for kind, p in same for li in _same(kind, p, width)],
        folded,
        width,
    )
    for number, (title, found_) in enumerate(zip(both.titles, both.only, strict=True), 1):
        heading = f"Only for {title}"
        lines += _section(f"only{number}", heading, len(found_), list(_spoken(found_, width)), folded, width)
    return lines


def _spelt(words: tuple[str, str], nothing: str) -> tuple[str, str]:
    one, other = (nothing if w == OPEN else w for w in words)
    return one, other


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


def _row(pair: Pair, both: Sides, width: int, tag: Tag) -> Iterator[Line]:
    """A title and what each side has, marked where they differ: side by side, or one under the other."""
    mark = Span("   " if not pair.differs else " ≠ ", "warn")
    style = f"{pair.id} strong" if pair.id in NAMES else "strong"
    if width < COLUMNS:
        yield from flow(pair.title, width, (mark,), style=style, tag=tag, stop=True)
        size = min(max(len(t) for t in both.titles), 14, width // 4)
        for title, words in zip(both.titles, pair.words, strict=True):
            yield from flow(words, width, (Span(f"     {fill(title, size)}  ", "dim"),), tag=tag)
        return
    name, size = _sizes(width)
    cells = (wrap((Span(pair.title, style),), name), *(wrap((Span(w),), size) for w in pair.words))
    for i in range(max(len(c) for c in cells)):
        spans = [mark if i == 0 else Span("   ")]
        for cell, room in zip(cells, (name, size, size), strict=True):
            part = cell[i] if i < len(cell) else ()
            spans += [*part, Span(" " * (room - width_of(part) + 2))]
        yield Line(tuple(spans), tag, stop=i == 0)


def _same(kind: str, pair: Pair, width: int) -> Iterator[Line]:
    words = (Span(f"{pair.title}: "), Span(pair.words[0], "strong"))
    yield from flow(words, width, (Span(" = ", "dim"),), tag=("row", kind, pair.id), stop=True)


def _spoken(found: Sequence[Spoken], width: int) -> Iterator[Line]:
    kind = ""
    for spoken in found:
        if spoken.kind != kind:
            kind = spoken.kind
            yield Line((Span(f"   {kind}", "strong"),))
        yield from flow(spoken.words, width, (Span("   + ", "key"),), tag=("row", spoken.kind, spoken.id), stop=True)


class Compare(Once[None], Screen[None]):
    """The comparison of two profiles. It changes neither."""

    CSS_PATH = "compare.tcss"
    GROUPS = ("compare",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#compare"

    def __init__(
        self, decider: Decider, one: Profile, other: Profile, today: date, titles: tuple[str, str] | None = None
    ) -> None:
        super().__init__()
        self.both = sides(decider, one, other, today, titles)
        self.folded = {"same"}

    def compose(self) -> ComposeResult:
        """The sheet, and what can be done."""
        yield Sheet(id="compare")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Fill it."""
        sheet = self.query_one("#compare", Sheet)
        sheet.border_title = "Side by side"
        sheet.builder = lambda w: (compare_lines(self.both, w, self.folded), compare_head(self.both, w))
        keys = (("leave", "escape", "back"), ("choose", "space", "fold"), ("keys", "question_mark", "help"))
        hints = [Hint(run, key_of(run, key), word) for run, key, word in keys]
        self.query_one("#foot", Bar).builder = lambda w: ([foot(hints, w)], ())

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
            await self.app.run_action(event.tag[1], self if event.tag[1] == "leave" else self.app)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
