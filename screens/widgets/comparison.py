"""SOC 1 beside SOC 2, told in terms of the answers: the You column says which of them speak to a row, and for which."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from rich.cells import cell_len, set_cell_size

from socui.deciding.advice import Advice
from socui.deciding.answers import NONE_OF_THESE, chosen
from socui.knowledge.model import Knowledge, Question, Row
from socui.profiles.profile import Profile
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Memory, Span, Tag, clip, fill, flow, width_of, wrap

MARKS = {"required": "▲", "expected": "●", "clarify": "?", "consider": "○", "not_indicated": "–"}
Cell = tuple[tuple[Span, ...], ...]
NAMES = {"soc1": "SOC 1", "soc2": "SOC 2"}
CLOSED = 4
"""Lines of a row that is not opened."""
WIDE = 64
"""Cells from which on the table has columns; below, a row is a card."""


def verdict(advice: Advice, report: str) -> str:
    """A report's verdict so far, as a glyph and a word."""
    finding = advice.findings.get(report)
    if finding is None:
        return "open"
    return f"{'·' if finding.early else MARKS.get(finding.leaning, '·')} {finding.label}"


def you(knowledge: Knowledge, advice: Advice, profile: Profile, row: Row) -> list[tuple[Span, ...]]:
    """What the answers given say to a row: a paragraph for each report that they speak for."""
    groups: dict[str, list[str]] = {"soc1": [], "soc2": [], "both": [], "": []}
    questions = [knowledge.questions[q] for q in row.questions if q in knowledge.questions]
    given = [q for q in questions if advice.states[q.id].state in ("answered", "begun", "not_sure")]
    for question in given:
        for key, label in _labels(profile, question):
            if label not in groups[key]:
                groups[key].append(label)
    said: list[tuple[Span, ...]] = []
    for key, labels in groups.items():
        if labels:
            head = (
                Span(f"◀{NAMES.get(key, key)} ", f"{key} strong" if key in NAMES else "strong")
                if key
                else Span("· ", "dim")
            )
            said.append((head, Span(", ".join(labels))))
    if not said and questions:
        said = [(Span(NONE_OF_THESE if given else "no answer yet", "dim"),)]
    return said


def _labels(profile: Profile, question: Question) -> Iterator[tuple[str, str]]:
    for id in chosen(profile, question) or ():
        option = question.option(id)
        if option is None:
            continue
        pulls = [r for r in NAMES if option.pulls.get(r) == "trigger"]
        yield ("both" if len(pulls) == 2 else pulls[0] if pulls else ""), option.short


def columns(width: int) -> tuple[int, int, int, int]:
    """The widths of the four columns, without the blanks between them."""
    name = 11 if width < 84 else 16 if width < 120 else 20
    rest = width - name - 3 * 2 - 2
    own = rest * 2 // 5
    return name, (rest - own) // 2, rest - own - (rest - own) // 2, own


def comparison_head(advice: Advice, width: int) -> list[Line]:
    """The heads of the columns, with the verdicts so far."""
    one, two = (f"{NAMES[r]} {verdict(advice, r)}" for r in ("soc1", "soc2"))
    if width < WIDE:
        half = (width - 3) // 2
        return [
            Line((Span(" "), Span(fill(one, half), "soc1 strong"), Span(" "), Span(fill(two, half), "soc2 strong")))
        ]
    sizes = columns(width)
    heads = [(), (Span(one, "soc1 strong"),), (Span(two, "soc2 strong"),), (Span("You", "strong"),)]
    cells = [wrap(h, size) for h, size in zip(heads, sizes, strict=True)]
    return [*_grid(cells, sizes, max(len(c) for c in cells)), Line((Span(" " + "─" * (width - 2), "dim"),))]


def comparison_lines(
    knowledge: Knowledge,
    advice: Advice,
    profile: Profile,
    width: int,
    opened: Collection[str],
    memory: Memory | None = None,
) -> list[Line]:
    """The rows of the table, or one card a row where there is no room for columns."""
    memory = memory or Memory()
    lines: list[Line] = []
    for row in knowledge.rows:
        full = row.id in opened
        asked = [q for q in row.questions if q in knowledge.questions]
        read = (width, full, [(advice.states[q].state, profile.answers.get(q)) for q in asked])
        lines.extend(memory.lines(row.id, read, partial(_row, knowledge, advice, profile, row, width, full)))
        lines.append(BLANK)
    return lines


def _row(knowledge: Knowledge, advice: Advice, profile: Profile, row: Row, width: int, full: bool) -> Iterator[Line]:
    own = you(knowledge, advice, profile, row)
    yield from _columns(row, own, width, full) if width >= WIDE else _card(row, own, width)
    if full:
        yield from _more(knowledge, row, width, ("row", row.id))


def _columns(row: Row, own: list[tuple[Span, ...]], width: int, full: bool) -> Iterator[Line]:
    sizes = columns(width)
    limit = 99 if full else CLOSED
    cells = [
        wrap((Span(row.title, "strong"),), sizes[0]),
        wrap((Span(row.soc1),), sizes[1]),
        wrap((Span(row.soc2),), sizes[2]),
        tuple(_own(own, sizes[3], limit)),
    ]
    yield from _grid(cells, sizes, min(max(len(c) for c in cells), limit), ("row", row.id))


def _own(paragraphs: list[tuple[Span, ...]], width: int, limit: int) -> Iterator[tuple[Span, ...]]:
    """The You column in at most so many lines: each report that is spoken for keeps its share of them."""
    wrapped = [wrap(paragraph, width) for paragraph in paragraphs]
    for left in range(len(wrapped), 0, -1):
        lines = wrapped[-left]
        share = max(limit // left, 1)
        limit -= min(len(lines), share)
        yield from lines[: share - 1]
        if len(lines) > share:
            *first, last = lines[share - 1]
            yield (*first, last._replace(text=_cut(last.text, width - width_of(first))))
        elif len(lines) == share:
            yield lines[-1]


def _cut(text: str, width: int) -> str:
    """A text that goes on, with an ellipsis that says so; within a word where only that fits."""
    text = text.rstrip(" ,")
    return f"{text}…" if cell_len(text) < width else f"{set_cell_size(text, max(width - 1, 0)).rstrip(' ,')}…"


def _grid(cells: list[Cell], sizes: tuple[int, ...], height: int, tag: Tag = ()) -> Iterator[Line]:
    """Cells side by side, `height` lines of them, with an ellipsis where one has more."""
    for i in range(height):
        spans: list[Span] = [Span(" ")]
        for cell, size in zip(cells, sizes, strict=True):
            part = cell[i] if i < len(cell) else ()
            room = size - width_of(part) + 2
            if i < height - 1 or len(cell) <= height:
                spans += [*part, Span(" " * room)]
                continue
            if room <= 2:
                part = (*part[:-1], part[-1]._replace(text=clip(part[-1].text, width_of(part[-1:]) - 1).rstrip("…")))
                room = size - width_of(part) + 2
            spans += [*part, Span("…" + " " * (room - 1), "dim")]
        yield Line(tuple(spans), tag, stop=bool(tag) and i == 0)


def _card(row: Row, own: list[tuple[Span, ...]], width: int) -> Iterator[Line]:
    tag: Tag = ("row", row.id)
    yield Line((Span(f" {row.title}", "strong"),), tag, stop=True)
    yield from flow(row.soc1, width, (Span("  SOC 1  ", "soc1"),), tag=tag)
    yield from flow(row.soc2, width, (Span("  SOC 2  ", "soc2"),), tag=tag)
    for i, paragraph in enumerate(own):
        yield from flow(paragraph, width, (Span("         " if i else "  You    ", "strong"),), tag=tag)


def _more(knowledge: Knowledge, row: Row, width: int, tag: Tag) -> Iterator[Line]:
    gap = (Span("   "),)
    if row.soc3:
        yield from flow(row.soc3, width, (Span("   SOC 3  ", "strong"),), tag=tag)
    if row.more:
        yield from flow(row.more, width, gap, tag=tag)
    for source in sources(knowledge, row.facts):
        words = (Span(source, "dim", ("facts", *row.facts)),)
        yield from flow(words, width, (Span("   [", "dim"),), tag=tag)


def sources(knowledge: Knowledge, facts: Collection[str]) -> list[str]:
    """The publications behind those facts, each once, as "publisher: title]"."""
    ids = dict.fromkeys(s for f in facts if f in knowledge.facts for s in knowledge.facts[f].sources)
    found = (knowledge.sources[i] for i in ids if i in knowledge.sources)
    return [f"{s.publisher}: {s.title}{', ' + s.edition if s.edition else ''}]" for s in found]


class Comparison(Sheet):
    """The pane of the comparison."""
