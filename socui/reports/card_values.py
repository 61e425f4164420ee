"""The values that an answer card is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from socui.day_words import day_words
from socui.planning.model import PlannedReport
from socui.reports.words import span_words

MOST_READERS, MOST_ASSUMED = 3, 3

SURE = "evidence.since"
"""What follows surely from an answer and could be known better: said in the memo, no assumption."""


class CardEntry(Struct, frozen=True):
    """A sentence or less. `key` is the question, or the key of a record, that answers it; `facts` are what it rests on."""

    text: str
    key: str = ""
    facts: tuple[str, ...] = ()


class CardReport(Struct, frozen=True):
    """A report as the card shows it. `certainty` is a word of the ladder; dates are None where none can be given."""

    report: str
    name: Annotated[str, Meta(description='such as "SOC 1 Type 2", as it is called in the country of the organization')]
    certainty: str
    type: Annotated[str, Meta(description="type1 or type2; empty where it is open")]
    begins: date | None
    ends: date | None
    as_of: date | None
    look_back: bool
    in_hand: Annotated[tuple[date, ...], Meta(description="low, typical, high; empty where no date can be given")]
    held: Annotated[str, Meta(description="the last report of that kind that is held, in words")]
    period: Annotated[str, Meta(description="the period or the date, in words")]
    then: Annotated[str, Meta(description="when the Type 2 report after a Type 1 report is in hand, in words")]
    fee: CardEntry


class CardReader(Struct, frozen=True):
    """Somebody who asked: what for, by when, and whether that is met."""

    request: Annotated[str, Meta(description="id of the request; empty where the answers imply it")]
    whom: str
    what: str
    needed_by: date | None
    needed_from: Annotated[date | None, Meta(description="the first day, where only a range of days is known")]
    latest_use: Annotated[bool, Meta(description="whether nobody named that day and it follows from the fiscal year")]
    answer: Annotated[str, Meta(description="on_time, tight, unlikely, late, unknown, no_report or elsewhere")]
    held: Annotated[bool, Meta(description="whether a report that is held already answers it")]
    later: Annotated[
        str, Meta(description="the report that serves, in words, where the first one of its kind does not")
    ]
    sentence: str


class Card(Struct, frozen=True):
    """The answer on one card. `check` (answers that contradict each other) and `late` (readers who are not served in time)
    stand before all else. `settled` only where every word of it is."""

    title: str
    status: str
    settled: bool
    certainty: Annotated[dict[str, str], Meta(description="by report: Yes, Probably, Open, Probably not or No")]
    check: tuple[CardEntry, ...]
    late: tuple[CardEntry, ...]
    reports: tuple[CardReport, ...]
    readers: tuple[CardReader, ...]
    asked: Annotated[tuple[CardEntry, ...], Meta(description="who asked for what, where no report is advised")]
    open: tuple[CardEntry, ...]
    assumed: tuple[CardEntry, ...]
    missing: tuple[CardEntry, ...]
    next: tuple[CardEntry, ...]


def period_words(texts: Mapping[str, str], planned: PlannedReport) -> str:
    """Return the days that a planned report speaks of, and whether the CPA firm has to agree to them."""
    days = days_words(texts, planned)
    return texts["card.look_back"].format(days=days) if planned.look_back else days


def days_words(texts: Mapping[str, str], planned: PlannedReport) -> str:
    """Return the days that a planned report speaks of."""
    if planned.as_of:
        return texts["card.as_of"].format(as_of=day_words(planned.as_of))
    begins, ends = span_words(planned.begins, planned.ends)
    return texts["card.period"].format(begins=begins, ends=ends)
