"""Writes the comparison of SOC 1 and SOC 2. The You column says which answers bear on a row, and for which report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from socui.deciding.advice import NO, OPEN, PROBABLY, PROBABLY_NOT, YES, Advice, Finding
from socui.deciding.answers import chosen
from socui.knowledge.model import Knowledge
from socui.knowledge.texts import ComparisonRow
from socui.profiles.profile import Profile
from socui.profiles.record_words import request_title
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Memory, Span, Tag, clip, fill, flow, width_of, wrap

REQUIRED = "▲"
ASK_FIRST = "?"
MARKS = {YES: "●", PROBABLY: "●", OPEN: "·", PROBABLY_NOT: "○", NO: "–"}
"""What stands before the word of how certain a report is; REQUIRED and ASK_FIRST where that is said."""
MOST = 120
"""Cells that a table takes at most: wider ones are hard to read across."""
_Cell = tuple[tuple[Span, ...], ...]
NAMES = {"soc1": "SOC 1", "soc2": "SOC 2"}
TABLE_FROM = 64
"""Cells from which on the table has columns; below, a row is a card."""
ARTICLE = 7
"""Rows that always stand first; in them, and in those behind them, what the answers touch comes first."""
_NAME = 26
"""Cells of a name in a sentence: the form of the request has it whole."""
SENTENCE = 2
"""Lines that a sentence about the user may take: what does not fit is counted."""


def verdict(advice: Advice, report: str) -> str:
    """Return a report's verdict so far, as a glyph and a word."""
    finding = advice.findings.get(report)
    if finding is None:
        return "open"
    return f"{verdict_mark(finding)} {finding.label}"


def verdict_mark(finding: Finding) -> str:
    """Return the glyph of the verdict on a report, which says the same as its word."""
    if finding.possible == ("required",):
        return REQUIRED
    return ASK_FIRST if finding.leaning == "clarify" and not finding.early else MARKS[finding.certainty]


class Touch(NamedTuple):
    """What an answer or a request says to a row: the sentence, the text for its {}, and the report it speaks for."""

    sentence: str
    names: tuple[str, ...]
    report: str = ""


def _certainty(advice: Advice, report: str) -> str:
    """Return how certain a report is so far, in a word or two."""
    finding = advice.findings.get(report)
    return finding.short_label if finding else "open"


def touches(knowledge: Knowledge, advice: Advice, profile: Profile, row: ComparisonRow) -> list[Touch]:
    """Return what the user said that speaks to a row: for each report the first of the row, else the first that
    takes no side."""
    spoken: dict[str, Touch] = {}
    for key, sentence in row.you.items():
        id, _, part = key.partition(".")
        for touch in (
            _requests(profile, part, sentence)
            if id == "requests"
            else _answers(knowledge, advice, profile, row, id, part, sentence)
        ):
            spoken.setdefault(touch.report, touch)
    return [spoken[r] for r in NAMES if r in spoken] or [*spoken.values()][:1]


def _read(advice: Advice, profile: Profile, row: ComparisonRow) -> object:
    """Return what the touches of a row are made from."""
    answers, states = profile.answers, advice.states
    asked = [key.partition(".")[0] for key in row.you]
    return profile.requests, [(answers.get(id), states[id].state if id in states else "") for id in asked]


def _answers(
    knowledge: Knowledge, advice: Advice, profile: Profile, row: ComparisonRow, id: str, part: str, sentence: str
) -> Iterator[Touch]:
    question, state = knowledge.questions.get(id), advice.states.get(id)
    if question is None or state is None or state.state not in ("answered", "begun", "not_sure"):
        return
    picked = [o for o in map(question.option, chosen(profile, question) or ()) if o is not None]
    if part:
        picked = [o for o in picked if o.id == part]
    else:
        picked = [o for o in picked if f"{id}.{o.id}" not in row.you]
    sides: dict[str, list[str]] = {}
    for option in picked:
        pulls = [r for r in NAMES if option.pulls.get(r) == "trigger"]
        sides.setdefault(pulls[0] if len(pulls) == 1 else "", []).append(option.short)
    for side, names in sides.items():
        yield Touch(sentence, tuple(names), side)


def _requests(profile: Profile, part: str, sentence: str) -> Iterator[Touch]:
    for request in profile.requests:
        values = (request.force, request.type, "needed_by" if request.needed_by else "")
        if part and part not in values:
            continue
        sides = [r for r in NAMES if r in request.asks]
        yield Touch(sentence, (clip(request_title(request).split(",")[0], _NAME),), sides[0] if len(sides) == 1 else "")


def you(touch: Touch, width: int, lines: int = SENTENCE) -> tuple[Span, ...]:
    """Return the sentence in at most so many lines; the names that do not fit are counted, the first one always stands."""
    name = NAMES.get(touch.report, "").replace(" ", "\u00a0")  # it stays in one line
    end = (Span(": "), Span(name, f"{touch.report} strong")) if name else ()
    for shown in range(len(touch.names), 0, -1):
        left = len(touch.names) - shown
        names = ", ".join(touch.names[:shown]) + (f" and {left} more" if left else "")
        words = touch.sentence.replace("{}", names)
        spans = (Span(words), *(() if touch.report and NAMES[touch.report] in words else end))
        if len(wrap(spans, width)) <= lines:
            break
    return spans


def columns(width: int) -> tuple[int, int, int, int]:
    """Return the widths of the four columns, without the blanks between them."""
    name = 11 if width < 84 else 20
    rest = min(width, MOST) - name - 3 * 2 - 2
    report = rest // 3 if width >= 84 else (rest - 2) // 3
    return name, report, report, rest - 2 * report


def comparison_head(advice: Advice, width: int) -> list[Line]:
    """Return the heads of the columns, with the verdicts so far."""
    one, two = (f"{NAMES[r]}: {_certainty(advice, r)}" for r in ("soc1", "soc2"))
    if width < TABLE_FROM:
        half = (width - 3) // 2
        return [
            Line((Span(" "), Span(fill(one, half), "soc1 strong"), Span(" "), Span(fill(two, half), "soc2 strong")))
        ]
    sizes = columns(width)
    heads = [(), (Span(one, "soc1 strong"),), (Span(two, "soc2 strong"),), (Span("You", "strong"),)]
    cells = [wrap(h, size) for h, size in zip(heads, sizes, strict=True)]
    return [*_grid(cells, sizes), Line((Span(" " + "─" * (min(width, MOST) - 2), "dim"),))]


def comparison_lines(
    knowledge: Knowledge,
    advice: Advice,
    profile: Profile,
    width: int,
    opened: Collection[str],
    memory: Memory | None = None,
) -> list[Line]:
    """Return the rows of the table, or one card a row where there is no room for columns."""
    memory = memory or Memory()
    lines: list[Line] = []
    touched = {
        row.id: memory.value(
            ("touches", row.id), _read(advice, profile, row), partial(touches, knowledge, advice, profile, row)
        )
        for row in knowledge.rows
    }
    for row in (
        *sorted(knowledge.rows[:ARTICLE], key=lambda r: not touched[r.id]),
        *sorted(knowledge.rows[ARTICLE:], key=lambda r: not touched[r.id]),
    ):
        full = row.id in opened
        read = (width, full, touched[row.id])
        lines.extend(memory.lines(row.id, read, partial(_row, knowledge, row, touched[row.id], width, full)))
        if width < TABLE_FROM or full:
            lines.append(BLANK)
    return lines


def _row(knowledge: Knowledge, row: ComparisonRow, own: Sequence[Touch], width: int, full: bool) -> Iterator[Line]:
    yield from _columns(row, own, width, full) if width >= TABLE_FROM else _card(row, own, width)
    if full:
        yield from _more(knowledge, row, min(width, MOST), ("row", row.id))


def _columns(row: ComparisonRow, own: Sequence[Touch], width: int, full: bool) -> Iterator[Line]:
    sizes = columns(width)
    lines = len(row.you) * 9 if full else SENTENCE
    cells = [
        wrap((Span(row.title, "strong"),), sizes[0]),
        wrap((Span(row.soc1),), sizes[1]),
        wrap((Span(row.soc2),), sizes[2]),
        tuple(line for touch in own for line in wrap(you(touch, sizes[3], lines), sizes[3])),
    ]
    yield from _grid(cells, sizes, ("row", row.id))


def _grid(cells: list[_Cell], sizes: tuple[int, ...], tag: Tag = ()) -> Iterator[Line]:
    """Cells side by side, as high as the highest."""
    for i in range(max(len(c) for c in cells)):
        spans: list[Span] = [Span(" ")]
        for cell, size in zip(cells, sizes, strict=True):
            part = cell[i] if i < len(cell) else ()
            spans += [*part, Span(" " * (size - width_of(part) + 2))]
        yield Line(tuple(spans), tag, stop=bool(tag) and i == 0)


def _card(row: ComparisonRow, own: Sequence[Touch], width: int) -> Iterator[Line]:
    tag: Tag = ("row", row.id)
    yield Line((Span(f" {row.title}", "strong"),), tag, stop=True)
    yield from flow(row.soc1, width, (Span("  SOC 1  ", "soc1"),), tag=tag)
    yield from flow(row.soc2, width, (Span("  SOC 2  ", "soc2"),), tag=tag)
    for i, touch in enumerate(own):
        lead = (Span("         " if i else "  You    ", "strong"),)
        yield from flow(you(touch, width - 10, 4), width, lead, tag=tag)


def _more(knowledge: Knowledge, row: ComparisonRow, width: int, tag: Tag) -> Iterator[Line]:
    gap = (Span("   "),)
    if row.soc3:
        yield from flow(row.soc3, width, (Span("   SOC 3  ", "strong"),), tag=tag)
    if row.more:
        yield from flow(row.more, width, gap, tag=tag)
    for source in sources(knowledge, row.facts):
        words = (Span(source, "dim", ("facts", *row.facts)),)
        yield from flow(words, width, (Span("   [", "dim"),), tag=tag)


def sources(knowledge: Knowledge, facts: Collection[str]) -> list[str]:
    """Return the publications behind those facts, each once, as "publisher: title]"."""
    ids = dict.fromkeys(s for f in facts if f in knowledge.facts for s in knowledge.facts[f].sources)
    publishers = (knowledge.sources[i] for i in ids if i in knowledge.sources)
    return [f"{s.publisher}: {s.title}{', ' + s.edition if s.edition else ''}]" for s in publishers]


class Comparison(Sheet):
    """The pane of the comparison. A row that an edge would cut is left out there, and counted on the frame."""

    _edges = (0, 0)

    def set_lines(self, lines: Sequence[Line], pin: Sequence[Line] = ()) -> None:
        """Show these lines; what another row has more or less room for is painted too."""
        super().set_lines(lines, pin)
        before, self._edges = self._edges, self._whole()
        if before != self._edges:
            seen = self._in_sight()
            changed = {y for old, new in zip(before, self._edges, strict=True) for y in range(*sorted((old, new)))}
            self._paint(sorted(y for y in changed if y in seen))
        self._tell_below()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Scroll, and say what is below now."""
        super().watch_scroll_y(old, new)
        self._edges = self._whole()
        self._tell_below()

    def shown(self) -> range:
        """Return the rows of the lines that are painted: not those that an edge cuts."""
        return range(*self._whole())

    def _whole(self) -> tuple[int, int]:
        """Return the rows in sight, from the first to the one behind the last, without those of a row of the table that is
        cut at an edge; one that has no room in any case is shown in part, and so is a card, each line of which stands alone."""
        seen = self._in_sight()
        first, end = seen.start, min(seen.stop, len(self.lines))
        if self.room < TABLE_FROM:
            return first, end
        if 0 < end < len(self.lines) and len(block := self._block_at(end)) <= len(seen):
            end = block.start if first < block.start < end else end
        if 0 < first < end and len(block := self._block_at(first)) <= len(seen):
            first = block.stop if block.start < first and block.stop <= end else first
        return first, end

    def _block_at(self, row: int) -> range:
        return self._together(row) if self.lines[row].tag else range(row, row + 1)

    def _tell_below(self) -> None:
        _, end = self._whole()
        below = sum(line.stop for line in self.lines[end:])
        self.tell_on_frame(f"↓ {below} more row{'' if below == 1 else 's'}" if below else "")
