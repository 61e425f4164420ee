"""The answer card as lines: whole, and in as many rows as may stand at the top of a pane without being scrolled away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from socui.reports.card import Card
from socui.reports.card_lines import CardRow, card_rows
from socui.screens.widgets.lines import Line, Span, Tag, flow
from socui.text import visible

_LABEL = 11
"""Cells of the name of a row, with the blank before it."""
FIRST = ("urgent", "period", "in_hand", "assumed", "steps", "fee", "for", "missing")
"""Rows in the order in which they are given room, by their role, else by the name of their label in the texts."""
DAYS = 3
"""So many of FIRST: what is urgent, the period, and when the report is in hand."""


def card_lines(card: Card, texts: Mapping[str, str], width: int) -> list[Line]:
    """Return the whole card. A row that an answer would settle leads to the question."""
    return [*_title(card, width), *(line for row in card_rows(card, texts) for line in _row(row, None, width))]


def pinned_lines(
    card: Card, texts: Mapping[str, str], width: int, height: int
) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return the card in at most so many lines: the title, then the rows that matter most, each whole. Behind them,
    what of the card is not among these lines, those rows first that lead somewhere, since no cursor comes to a
    pinned line. Where the days have no room, the first is pinned; what is left of the row has a name of its own."""
    title, rows = [*_title(card, width)], card_rows(card, texts)
    left = height - len(title)
    pinned: dict[int, list[Line]] = {}
    rest = dict(enumerate(rows))
    for at in sorted(range(len(rows)), key=lambda i: _rank(rows[i], texts)):
        if any(entry.key for entry in rows[at].entries):
            continue
        whole, begins = list(_row(rows[at], None, width)), list(_row(rows[at], 1, width))
        if len(whole) <= left:
            pinned[at] = whole
            del rest[at]
        elif _rank(rows[at], texts) < DAYS and len(begins) <= left:
            pinned[at] = begins
            label = texts["card.label.in_time"] if rows[at].label == texts["card.label.in_hand"] else rows[at].label
            rest[at] = CardRow(label, rows[at].entries[1:], rows[at].role)
        left -= len(pinned.get(at, ()))
    below = [line for at in sorted(rest) for line in _row(rest[at], None, width)]
    return [*title, *(line for at in sorted(pinned) for line in pinned[at])], below


def _rank(row: CardRow, texts: Mapping[str, str]) -> int:
    if row.role in FIRST:
        return FIRST.index(row.role)
    return next((i for i, name in enumerate(FIRST) if texts.get(f"card.label.{name}") == row.label), len(FIRST))


def _title(card: Card, width: int) -> Iterator[Line]:
    status = Span(f" ({card.status})", "good" if card.settled else "warn" if card.late else "dim")
    yield from flow((Span(visible(card.title), "strong"), status), width, (Span(" "),))


def _row(row: CardRow, most: int | None, width: int) -> Iterator[Line]:
    """Yield the entries of a row, or so many of them, the name of the row before them."""
    style = "warn" if row.role == "urgent" else ""
    for number, entry in enumerate(row.entries[:most], 1):
        label = row.label if number == 1 else ""
        lead = (Span(f" {label:{_LABEL - 1}}", "warn" if style else "head"), Span(" "))
        spans = (Span(f"{number} " if row.role == "steps" else "", "key"), Span(visible(entry.text), style))
        tag: Tag = ("goto", entry.key, row.label) if entry.key else ()  # two rows may lead to the same question
        yield from flow(spans, width, lead, tag=tag, stop=bool(tag))
