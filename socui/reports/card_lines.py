"""The answer card in rows, as every format sets them, and as some ten lines of plain prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from socui.day_words import day_words
from socui.reports.blocks import Panel, PanelRow, Run, TextLine
from socui.reports.card import MOST_ASSUMED, MOST_READERS, Card, CardEntry, CardReader, CardReport
from socui.reports.words import ended


class CardRow(Struct, frozen=True):
    """A row: what it is about, and what it says in one entry or several. `role` is "", "urgent" (before all else) or "steps"
    (numbered)."""

    label: str
    entries: tuple[CardEntry, ...]
    role: str = ""


def card_rows(card: Card, texts: Mapping[str, str]) -> tuple[CardRow, ...]:
    """Return the rows below the first line, in order."""
    return tuple(_rows(card, texts))


def card_text(card: Card, texts: Mapping[str, str]) -> str:
    """Return the card as some ten lines of plain prose, for an e-mail."""
    lines = [f"{card.title} ({card.status})"]
    for row in card_rows(card, texts):
        if row.role == "steps":
            words = " ".join(f"{number}. {ended(entry.text)}" for number, entry in enumerate(row.entries, 1))
        else:
            words = "; ".join(entry.text.rstrip(".") for entry in row.entries) + "."
        lines.append(f"{row.label}: {words}")
    return "\n".join(lines) + "\n"


def card_panel(card: Card, texts: Mapping[str, str], sources: bool = True) -> Panel:
    """Return the card as a block of a document; with `sources` its entries refer to the facts they rest on."""
    rows = tuple(
        PanelRow(
            row.label,
            tuple(TextLine((Run(entry.text),), entry.facts if sources else ()) for entry in row.entries),
            row.role,
        )
        for row in card_rows(card, texts)
    )
    return Panel(TextLine((Run(card.title),)), card.status, rows)


def _rows(card: Card, t: Mapping[str, str]) -> Iterator[CardRow]:
    if card.check:
        yield CardRow(t["card.label.check"], card.check, "urgent")
    if card.late:
        yield CardRow(t["card.label.late"], _few(card.late, MOST_READERS, t), "urgent")
    dated = [r for r in card.reports if r.period]
    if dated:
        yield CardRow(t["card.label.period"], _each(dated, [r.period for r in dated]))
        held = (CardEntry(r.held) for r in card.reports if r.held)
        yield CardRow(t["card.label.in_hand"], (*_in_hand(dated, t), *held, *_due(card, t)))
    if card.reports:
        yield CardRow(t["card.label.fee"], _fees(card))
        reader_words = dict.fromkeys(_for(reader, t) for reader in card.readers)
        readers = tuple(map(CardEntry, reader_words)) or (CardEntry(t["card.for.nobody"]),)
        yield CardRow(t["card.label.for"], _few(readers, MOST_READERS, t))
    if card.asked:
        yield CardRow(t["card.label.asked"], _few(card.asked, MOST_READERS, t))
    if card.missing:
        yield CardRow(t["card.label.missing"], _few(card.missing, MOST_ASSUMED, t))
    if card.open:
        words = "; ".join(entry.text for entry in card.open[:MOST_ASSUMED])
        more = len(card.open) - MOST_ASSUMED
        rest = "; " + t["card.more"].format(count=more) if more > 0 else ""
        yield CardRow(t["card.label.open"], (CardEntry(words + rest, card.open[0].key),))
    if card.assumed:
        yield CardRow(t["card.label.assumed"], _few(card.assumed, MOST_ASSUMED, t))
    if card.next:
        yield CardRow(t["card.label.next"], card.next, "steps")


def _fees(card: Card) -> tuple[CardEntry, ...]:
    """Return what each report usually costs, by name where they differ."""
    priced = [r for r in card.reports if r.fee.text]
    if len({r.fee for r in priced}) < 2:
        return tuple(r.fee for r in priced[:1])
    return tuple(CardEntry(f"{r.name}: {r.fee.text}", "", r.fee.facts) for r in priced)


def _few(entries: tuple[CardEntry, ...], most: int, t: Mapping[str, str]) -> tuple[CardEntry, ...]:
    """Return the first entries, and how many more there are."""
    more = len(entries) - most
    return entries if more <= 0 else (*entries[:most], CardEntry(t["card.more"].format(count=more)))


def _each(reports: list[CardReport], texts: list[str]) -> tuple[CardEntry, ...]:
    """Return a text for each report, by name where they differ."""
    if len(set(texts)) == 1:
        return (CardEntry(texts[0]),)
    return tuple(CardEntry(f"{report.name}: {text}") for report, text in zip(reports, texts, strict=True))


def _in_hand(reports: list[CardReport], t: Mapping[str, str]) -> tuple[CardEntry, ...]:
    return _each(reports, [in_hand_words(report, t) for report in reports])


def in_hand_words(report: CardReport, t: Mapping[str, str]) -> str:
    """Return when a report whose days are planned is in hand."""
    low, typical, high = map(day_words, report.in_hand)
    last = report.as_of or report.ends
    key = "card.in_hand.moves" if last and report.in_hand[0] <= last else "card.in_hand"
    return t[key].format(low=low, typical=typical, high=high) + report.then


def _due(card: Card, t: Mapping[str, str]) -> Iterator[CardEntry]:
    """Against the dates of those who asked."""
    due: list[tuple[CardReader, date]] = [(r, r.needed_by) for r in card.readers if r.needed_by]
    if len(due) > 1:  # what is late stands above
        due = [(r, day) for r, day in due if r.answer not in ("unlikely", "late")]
    for reader, _ in due[:MOST_READERS]:
        yield CardEntry(due_words(reader, t, named=len(card.readers) > 1))


def due_words(reader: CardReader, t: Mapping[str, str], *, named: bool = False) -> str:
    """Return by when a reader needs the report, and whether that is met; `named`: with who it is."""
    day, first = reader.needed_by, reader.needed_from
    if day is None:
        return ""
    ranged = first is not None and first < day
    key = "card.usable" if reader.latest_use else "card.ranged" if ranged else "card.needed"
    answer = t["outcome.held" if reader.held and reader.answer == "on_time" else f"outcome.{reader.answer}"]
    if reader.later:
        answer = t["card.by_later"].format(answer=answer, later=reader.later)
    return t[f"{key}.whom" if named else key].format(
        whom=reader.whom, first=day_words(first) if first else "", needed_by=day_words(day), answer=answer
    )


def _for(reader: CardReader, t: Mapping[str, str]) -> str:
    return t["card.for"].format(whom=reader.whom, what=reader.what) if reader.what else reader.whom
