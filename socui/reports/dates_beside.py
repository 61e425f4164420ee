"""Sets the dates of two answer cards side by side: Type, period and date in hand of each report, and whether each reader is
served in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from socui.deciding.advice import REPORTS
from socui.deciding.compare import NOTHING_SAID, Compared
from socui.knowledge.local_words import REPORT_NAMES, typed_name
from socui.reports.card import Card, CardReader, CardReport
from socui.reports.card_lines import due_words, in_hand_words


def dates_beside(one: Card, other: Card, texts: Mapping[str, str]) -> list[Compared]:
    """Return the rows of both cards that speak of dates, in pairs."""
    return [*_reports(one, other, texts), *_readers(one, other, texts)]


def _reports(one: Card, other: Card, t: Mapping[str, str]) -> Iterator[Compared]:
    for id in REPORTS:
        reports = [next((r for r in card.reports if r.report == id and r.period), None) for card in (one, other)]
        if reports == [None, None]:
            continue
        for key, label, words in (
            ("period", "card.label.period", _period),
            ("in_hand", "card.label.in_hand", lambda report: in_hand_words(report, t)),
        ):
            title = f"{REPORT_NAMES[id]}, {t[label].lower()}"
            yield _pair(f"{id}.{key}", title, [words(r) if r else NOTHING_SAID for r in reports])


def _period(report: CardReport) -> str:
    """Return the Type with the days that are examined."""
    type = typed_name(report.report, report.type).removeprefix(REPORT_NAMES[report.report]).strip()
    return f"{type}, {report.period}".removeprefix(", ")


def _readers(one: Card, other: Card, t: Mapping[str, str]) -> Iterator[Compared]:
    sides = [{_who(r): r for r in card.readers if r.needed_by} for card in (one, other)]
    for who in dict.fromkeys((*sides[0], *sides[1])):
        readers = [side.get(who) for side in sides]
        yield _pair(f"reader.{who[0]}", who[1], [due_words(r, t) if r else NOTHING_SAID for r in readers])


def _who(reader: CardReader) -> tuple[str, str]:
    """Return by what a reader of one side is the same as one of the other: numbers of requests are given anew in each profile."""
    return reader.request, reader.whom


def _pair(id: str, title: str, words: Sequence[str]) -> Compared:
    return Compared(id, title, (words[0], words[1]), (words[0], words[1]))
