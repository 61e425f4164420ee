"""The sheet for CPA firms as strict JSON: its records, and how the sheet fills them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from socui.knowledge.model import PARTS
from socui.reports.json_records import (
    FactOf,
    Facts,
    Headline,
    Headlines,
    KnowledgeOf,
    Result,
    SourceOf,
    StepOf,
    encoded,
    facts_of,
    knowledge_of,
    sources_of,
    step_of,
)
from socui.reports.quote_request import Given, Row, Sheet, Wanted
from socui.text import visible

REQUEST: Literal["socui.reports.quote_request/1"] = "socui.reports.quote_request/1"


class About(Struct, frozen=True):
    """Whose sheet it is."""

    name: str
    organization: str


class QuoteHeadline(Struct, frozen=True):
    """What the answers point to."""

    result: Result
    leaning: Headline
    possible: Headlines


class AskBack(Struct, frozen=True):
    """What is asked back before anything is ordered."""

    because: str
    ask_back: str
    facts: Facts


class WantedOf(Struct, frozen=True):
    """A report, as far as it is wanted."""

    id: Literal["soc1", "soc2"]
    wanted: Annotated[bool, Meta(description="whether a quote is asked for")]
    verdict: str
    settled: bool
    asked_for_by: Annotated[str, Meta(description="empty where nobody is known to ask")]
    type: Annotated[str | None, Meta(description="what is concluded on its Type")]
    period: Annotated[StepOf | None, Meta(description="the first period, or the rest of a look-back one")]


class ScopeOf(Struct, frozen=True):
    """A trust services category of the SOC 2 report."""

    id: str
    title: str
    criteria: int
    verdict: str
    settled: bool


class GivenOf(Struct, frozen=True):
    """What is known of one question."""

    question: str
    options: Annotated[
        tuple[str, ...], Meta(description="option ids; empty, needed and not to be agreed: none of these")
    ]
    date: date | None
    to_be_agreed: Annotated[bool, Meta(description="whether it is still open, wholly or in part")]
    needed: Annotated[bool, Meta(description="false where it was not answered and changes nothing")]


class LineOf(Struct, frozen=True):
    """A line of the sheet."""

    id: str
    title: str
    says: str
    answers: tuple[GivenOf, ...]
    facts: Facts


class OpenPoint(Struct, frozen=True):
    """A question still to be agreed."""

    question: str
    state: str
    whom: str


class QuoteRequest(Struct, frozen=True):
    """What a CPA firm needs for a quote. Everything not answered is marked as to be agreed. Further keys may be added."""

    schema: Literal["socui.reports.quote_request/1"]
    date: Annotated[date, Meta(description="the day the sheet speaks of")]
    knowledge: KnowledgeOf
    profile: About
    service: str
    headline: QuoteHeadline
    clarify: tuple[AskBack, ...]
    reports: tuple[WantedOf, ...]
    categories: tuple[ScopeOf, ...]
    lines: Annotated[dict[str, tuple[LineOf, ...]], Meta(description=f"by part of the sheet: {', '.join(PARTS)}")]
    plan: tuple[StepOf, ...]
    open: tuple[OpenPoint, ...]
    facts: dict[str, FactOf]
    sources: dict[str, SourceOf]


def render_request_json(sheet: Sheet) -> str:
    """The sheet as JSON text."""
    return encoded(request_of(sheet))


def request_of(sheet: Sheet) -> QuoteRequest:
    """The sheet as a record. Every text names its facts, every fact its sources."""
    k, profile, advice = sheet.knowledge, sheet.profile, sheet.advice
    clarify = tuple(AskBack(r.rule.because, r.rule.ask_back, r.rule.facts) for r in advice.clarify)
    reports = tuple(map(_wanted, sheet.reports))
    lines = {part: tuple(map(_row, rows)) for part, rows in sheet.parts.items()}
    plan = tuple(map(step_of, sheet.bars))
    facts = facts_of(k, clarify, reports, lines, plan)
    return QuoteRequest(
        schema=REQUEST,
        date=sheet.today,
        knowledge=knowledge_of(k),
        profile=About(visible(profile.name), visible(profile.organization)),
        service=visible(profile.service),
        headline=QuoteHeadline(advice.result, advice.leaning, advice.possible),  # type: ignore[arg-type]  # of HEADLINES
        clarify=clarify,
        reports=reports,
        categories=tuple(ScopeOf(c.id, c.title, c.criteria, f.leaning, f.settled) for c, f in sheet.categories),
        lines=lines,
        plan=plan,
        open=tuple(OpenPoint(s.question.id, s.state, s.question.whom) for s in sheet.open),
        facts=facts,
        sources=sources_of(k, facts.values()),
    )


def _wanted(wanted: Wanted) -> WantedOf:
    report, type, period = wanted.report, wanted.type, wanted.period
    return WantedOf(
        id=report.result.id,  # type: ignore[arg-type]  # of REPORTS
        wanted=wanted.wanted,
        verdict=report.leaning,
        settled=report.settled,
        asked_for_by=wanted.by_whom,
        type=type.leaning if type and wanted.wanted else None,
        period=step_of(period) if period and wanted.wanted else None,
    )


def _row(row: Row) -> LineOf:
    request = row.request
    return LineOf(request.id, request.title, request.says, tuple(map(_given, row.given)), request.facts)


def _given(given: Given) -> GivenOf:
    return GivenOf(given.question.id, given.options, given.day, given.open, not given.needless)
