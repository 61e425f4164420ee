"""Defines the records of the JSON report, which are both its data and its schema."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from socui.reports.card import Card
from socui.reports.json_records import (
    CategoryOf,
    FactOf,
    Facts,
    Headline,
    Headlines,
    KnowledgeOf,
    ReasonOf,
    ResultOf,
    SourceOf,
)
from socui.reports.plan_json import PlanOf


class ProfileOf(Struct, frozen=True):
    """The profile: the person's own entries."""

    id: str
    name: str
    organization: str
    service: str
    answers: Annotated[
        dict[str, str | tuple[str, ...]], Meta(description="by question: an option, or the options ticked")
    ]
    not_sure: tuple[str, ...]
    begun: Annotated[tuple[str, ...], Meta(description="questions answered in part")]
    confirm: Annotated[
        tuple[str, ...], Meta(description="questions whose answers wait for a confirmation and do not count")
    ]
    notes: Annotated[dict[str, str], Meta(description="by question")]
    dates: Annotated[dict[str, date], Meta(description="needed_by, year_end")]


class HeadlineOf(Struct, frozen=True):
    """The headline: what is settled or still possible, and in words."""

    result: ResultOf
    settled: bool
    possible: Headlines
    leaning: Headline
    sentence: str
    asked_for_by: Annotated[dict[str, str], Meta(description="by report: who asks for it; empty where nobody does")]


class Answered(Struct, frozen=True):
    """The number of questions asked, and of those that have an answer."""

    count: int
    of: int


class FindingOf(Struct, frozen=True):
    """The conclusion on one result."""

    title: str
    settled: bool
    possible: Annotated[tuple[str, ...], Meta(description="the values still possible, weakest first")]
    leaning: Annotated[str, Meta(description="the value if what is open is as it normally is")]
    label: str
    says: str
    facts: Facts
    reasons: tuple[ReasonOf, ...]


class OpenOf(Struct, frozen=True):
    """An open question that can change the headline."""

    question: str
    ask: str
    whom: Annotated[str, Meta(description="who knows the answer")]
    presumed: Annotated[tuple[str, ...] | None, Meta(description="the answer taken until then")]
    because: str
    facts: Facts


class ChangeOf(Struct, frozen=True):
    """A change of an answer: the whole answer after it, and what that adds and takes away."""

    question: str
    options: Annotated[tuple[str, ...], Meta(description="option ids; empty: none of these")]
    presumed: bool
    adds: Annotated[tuple[str, ...], Meta(description="what is added to the answer there is; empty too for a new one")]
    drops: Annotated[tuple[str, ...], Meta(description="what is taken away from it")]


class TipOf(Struct, frozen=True):
    """Changes of answers, as few as can be, that would change the headline."""

    changes: tuple[ChangeOf, ...]
    possible: Headlines
    forces: bool


class LackOf(Struct, frozen=True):
    """A condition that a rule lacks: one of `options` has to be the answer (`none`: none of these).

    With `only` no other option may be; with `without` none of these may be.
    """

    question: str
    options: tuple[str, ...]
    only: bool
    without: bool


class WhyNotOf(Struct, frozen=True):
    """A rule that does not hold by the leaning."""

    rule: str
    result: str
    value: str
    because: str
    lacks: tuple[LackOf, ...]
    set_aside_by: Annotated[str | None, Meta(description="a rule that sets it aside")]
    facts: Facts


class NoteOf(Struct, frozen=True):
    """A mistake seen, a reminder, a neighboring framework, a hint or a next step."""

    id: str
    kind: str
    title: str
    says: str
    cost: str
    reminder: bool
    certain: bool
    facts: Facts


class QuestionOf(Struct, frozen=True):
    """The state of one question."""

    state: str
    purposes: tuple[str, ...]
    recorded: Annotated[
        tuple[str, ...],
        Meta(description="option ids that count by a record or a date, where they are not just what was answered"),
    ]


class Report(Struct, frozen=True):
    """Advice on SOC 1 and SOC 2 reports, built from answers and cited facts. Further keys may be added."""

    schema: Literal["socui.reports.render/2"]
    date: Annotated[date, Meta(description="the day the report speaks of")]
    knowledge: KnowledgeOf
    profile: ProfileOf
    headline: HeadlineOf
    card: Card
    answered: Answered
    clarify: Annotated[tuple[ReasonOf, ...], Meta(description="what to clarify before anything is ordered")]
    findings: Annotated[
        dict[str, FindingOf],
        Meta(description="by result: soc1, soc2, the categories, order; the Type of a report is in plan"),
    ]
    categories: tuple[CategoryOf, ...]
    open: tuple[OpenOf, ...]
    tips: Annotated[
        tuple[TipOf, ...], Meta(description="changes of one answer, or of the fewest, that would change the headline")
    ]
    why_not: Annotated[
        tuple[WhyNotOf, ...],
        Meta(description="rules that would make a report count that does not, those that lack least first"),
    ]
    plan: PlanOf
    notes: tuple[NoteOf, ...]
    questions: dict[str, QuestionOf]
    facts: dict[str, FactOf]
    sources: dict[str, SourceOf]
