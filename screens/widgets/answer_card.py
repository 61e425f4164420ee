"""The answer card as lines: whole, and in as many rows as may stand at the top of a pane without being scrolled away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from socui.reports.card import Card
from socui.reports.card_lines import CardRow, card_rows
from socui.screens.widgets.lines import Line, Span, Tag, flow, said

_LABEL = 11
"""Cells of the name of a row, with the blank before it."""
FIRST = ("urgent", "period", "in_hand", "assumed", "steps", "fee", "for", "missing")
"""Rows in the order in which they are given room, by their role, else by the name of their label in the texts."""


def card_lines(card: Card, texts: Mapping[str, str], width: int) -> list[Line]:
    """The whole card. A row that an answer would settle leads to the question."""
    lines = [*_title(card, width)]
    for row in card_rows(card, texts):
        lines += _row(row, 0, None, width)
    return lines


def pinned_lines(
    card: Card, texts: Mapping[str, str], width: int, height: int
) -> tuple[Sequence[Line], Sequence[Line]]:
    """The card in at most so many lines: the title, then the rows that matter most, of several entries the first; none
    is cut. Behind them, what of the card is not among these lines."""
    whole = card_lines(card, texts, width)
    if len(whole) <= height:
        return whole, ()
    title, rows = [*_title(card, width)], card_rows(card, texts)
    left = height - len(title)
    counts = [0] * len(rows)
    for at in sorted(range(len(rows)), key=lambda i: _rank(rows[i], texts)):
        row = rows[at]
        for count in range(len(row.entries), 0, -1):
            if (size := len([*_row(row, 0, count, width)])) <= left:
                counts[at] = count
                left -= size
                break
    pin = [line for row, count in zip(rows, counts, strict=True) for line in _row(row, 0, count, width)]
    rest = [line for row, count in zip(rows, counts, strict=True) for line in _row(row, count, None, width)]
    return [*title, *pin], rest


def _rank(row: CardRow, texts: Mapping[str, str]) -> int:
    if row.role in FIRST:
        return FIRST.index(row.role)
    return next((i for i, name in enumerate(FIRST) if texts.get(f"card.label.{name}") == row.label), len(FIRST))


def _title(card: Card, width: int) -> Iterator[Line]:
    status = Span(f" ({card.status})", "good" if card.settled else "dim")
    yield from flow((Span(said(card.title), "strong"), status), width, (Span(" "),))


def _row(row: CardRow, first: int, end: int | None, width: int) -> Iterator[Line]:
    """The entries of a row from the first to the end, the name of the row before them."""
    style = "warn" if row.role == "urgent" else ""
    for number, entry in enumerate(row.entries[first:end], first + 1):
        label = row.label if number == first + 1 else ""
        lead = (Span(f" {label:{_LABEL - 1}}", "warn" if style else "head"), Span(" "))
        spans = (Span(f"{number} " if row.role == "steps" else "", "key"), Span(said(entry.text), style))
        tag: Tag = ("goto", entry.key) if entry.key else ()
        yield from flow(spans, width, lead, tag=tag, stop=bool(tag))
