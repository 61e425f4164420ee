"""Two profiles side by side as a value and as a paper: what differs first, then what is the same and what only one has.
Screen, command line and every format show this value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from socui.day_words import day_words
from socui.deciding.compare import (
    NO_ANSWER,
    NO_RECORD,
    NOT_PRESUMED,
    NOT_SPOKEN,
    NOTHING_SAID,
    Compared,
    Spoken,
    compared_answers,
    only,
    presumptions,
    results,
)
from socui.deciding.compared_records import compared_records
from socui.deciding.decide import Decider
from socui.profiles.profile import Profile
from socui.reports.blocks import Block, Bullets, DocTable, Document, Item, Run, TextLine, section
from socui.reports.card import card_for
from socui.reports.dates_beside import dates_beside
from socui.reports.render import COLUMNS, ReportWriter, rendered
from socui.text import visible


class Sides(Struct, frozen=True):
    """Two profiles with everything that is shown of them, worked out once."""

    titles: tuple[str, str]
    sentences: tuple[str, str]
    results: Sequence[Compared]
    dates: Sequence[Compared]
    answers: Sequence[Compared]
    records: Sequence[Compared]
    presumed: Sequence[Compared]
    only: tuple[Sequence[Spoken], Sequence[Spoken]]
    ids: tuple[str, str] = ("", "")


class _Part(Struct, frozen=True):
    """Pairs that differ, under a title; what a side says that says nothing is in words."""

    id: str
    title: str
    pairs: tuple[Compared, ...]


def _titles(one: Profile, other: Profile) -> tuple[str, str]:
    """Return what each is called: its name, else its organization where that tells the two apart."""
    first, second = (visible(profile.name or profile.organization) for profile in (one, other))
    if first == second:
        first, second = visible(one.name), visible(other.name)
    return first or "First, no name", second or "Second, no name"


def sides(decider: Decider, one: Profile, other: Profile, today: date, titles: tuple[str, str] | None = None) -> Sides:
    """Both profiles, decided and compared. `titles` stand for their names."""
    k = decider.knowledge
    advice = decider.advise(one, today), decider.advise(other, today)
    cards = [card_for(decider, profile, today) for profile in (one, other)]
    return Sides(
        titles or _titles(one, other),
        (advice[0].sentence, advice[1].sentence),
        list(results(k, *advice)),
        dates_beside(cards[0], cards[1], k.texts),
        list(compared_answers(k, one, other)),
        list(compared_records(one, other)),
        list(presumptions(k, *advice)),
        only(k, *advice),
        (one.id, other.id),
    )


def parts(both: Sides) -> Iterator[_Part]:
    """Yield what differs: results, dates of the plan, answers, records, and what is assumed."""
    for id, title, pairs, nothing in (
        ("results", "Results that differ", both.results, NOT_SPOKEN),
        ("dates", "Dates that differ", both.dates, NOT_SPOKEN),
        ("answers", "Answers that differ", both.answers, NO_ANSWER),
        ("records", "Records that differ", both.records, NO_RECORD),
        ("presumed", "Assumed differently", both.presumed, NOT_PRESUMED),
    ):
        yield _Part(id, title, tuple(p._replace(words=_spelt(p.words, nothing)) for p in pairs if p.differs))


def same(both: Sides) -> list[tuple[str, Compared]]:
    """Return the pairs that do not differ, each with what it is."""
    kinds = ("results", "dates", "answers", "records", "presumed")
    return [(kind, pair) for kind in kinds for pair in getattr(both, kind) if not pair.differs]


def _spelt(words: tuple[str, str], nothing: str) -> tuple[str, str]:
    one, other = (nothing if w == NOTHING_SAID else w for w in words)
    return one, other


def comparison_writer(both: Sides, today: date) -> ReportWriter:
    """Return what writes the comparison in a format of socui.reports.render."""

    def write(format: str, columns: int = COLUMNS) -> bytes:
        if format == "json":
            import json

            return (json.dumps(_as_json(both), indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        return rendered(_document(both, today), format, columns)

    return write


def _document(both: Sides, today: date) -> Document:
    """Return the comparison as a document."""
    one, other = both.titles
    return Document(f"{one} beside {other}", (("As of", day_words(today)),), tuple(_blocks(both)))


def _as_json(both: Sides) -> dict[str, Any]:
    """Return what differs, as data."""
    about: dict[str, Any] = {
        "profiles": [{"id": id, "name": name} for id, name in zip(both.ids, both.titles, strict=True)]
    }
    for part in parts(both):
        key = {"answers": "question", "presumed": "question", "records": "record"}.get(part.id, "result")
        about[part.id] = [{key: p.id, "one": p.data[0], "other": p.data[1]} for p in part.pairs]
    return about


def _blocks(both: Sides) -> Iterator[Block]:
    heads = ("", *both.titles)
    yield DocTable("In a sentence", heads, ((_cell("In a sentence"), *map(_cell, both.sentences)),))
    for part in parts(both):
        rows = tuple((_cell(p.title), *map(_cell, p.words)) for p in part.pairs)
        nothing: list[Block] = [_cell("None.")]
        yield from section(part.title, [DocTable(part.title, heads, rows)] if rows else nothing)
    for title, spoken in zip(both.titles, both.only, strict=True):
        yield from section(f"Only for {title}", _listed(f"{s.kind}: {s.words}" for s in spoken))
    yield from section(
        "The same on both sides", _listed(f"{title_before_answer(p.title)} {p.words[0]}" for _, p in same(both))
    )


def _listed(texts: Iterator[str]) -> list[Block]:
    items = tuple(Item(_cell(text)) for text in texts)
    return [Bullets(items)] if items else []


def title_before_answer(title: str) -> str:
    """Return a title before what is answered."""
    return title if title.endswith("?") else f"{title}:"


def _cell(text: str) -> TextLine:
    return TextLine((Run(text),))
