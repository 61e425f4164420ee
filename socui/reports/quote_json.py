"""Writes the sheet for CPA firms as strict JSON: defines its records and fills them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from socui.knowledge.texts import PARTS
from socui.reports.card import CardReader, CardReport
from socui.reports.json_records import (
    FactOf,
    Facts,
    Headline,
    Headlines,
    KnowledgeOf,
    ResultOf,
    SourceOf,
    cited_facts,
    encoded,
    knowledge_of,
    sources_of,
)
from socui.reports.quote_request import QuoteAnswer, QuoteRow, QuoteSheet
from socui.reports.quoted_reports import QuotedReport, quoted_reports
from socui.text import visible

REQUEST: Literal["socui.reports.quote_request/2"] = "socui.reports.quote_request/2"


class About(Struct, frozen=True):
    """The organization that the sheet is about."""

    name: str
    organization: str


class QuoteHeadline(Struct, frozen=True):
    """The headline: what the answers point to."""

    result: ResultOf
    leaning: Headline
    possible: Headlines


class BlankOf(Struct, frozen=True):
    """A text for the firm; empty where it is still to be filled in."""

    id: str
    part: str
    title: str
    text: str


class ScopeOf(Struct, frozen=True):
    """A trust services category of the SOC 2 report."""

    id: str
    title: str
    criteria: int
    verdict: str
    settled: bool


class GivenOf(Struct, frozen=True):
    """The answer to one question, as far as it is known."""

    question: str
    options: Annotated[
        tuple[str, ...], Meta(description="option ids; empty, needed and not to be agreed: none of these")
    ]
    date: date | None
    to_be_agreed: Annotated[bool, Meta(description="whether it is still open, wholly or in part")]
    needed: Annotated[bool, Meta(description="false where it was not answered and changes nothing")]


class WantedOf(Struct, frozen=True):
    """A period or date to be quoted for, as the table of the sheet has it."""

    report: str
    type: Annotated[str, Meta(description="type1 or type2; empty where it is open")]
    begins: date | None
    ends: date | None
    as_of: date | None
    look_back: bool
    needed_by: Annotated[date | None, Meta(description="the first day that one of those it serves named")]
    requests: Annotated[tuple[str, ...], Meta(description="ids of the requests that it serves")]


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

    schema: Literal["socui.reports.quote_request/2"]
    date: Annotated[date, Meta(description="the day the sheet speaks of")]
    knowledge: KnowledgeOf
    profile: About
    service: str
    headline: QuoteHeadline
    reports: Annotated[tuple[CardReport, ...], Meta(description="those a quote is asked for, from the plan")]
    wanted: Annotated[tuple[WantedOf, ...], Meta(description="every period and date that is planned")]
    readers: tuple[CardReader, ...]
    engagement: tuple[BlankOf, ...]
    categories: tuple[ScopeOf, ...]
    lines: Annotated[dict[str, tuple[LineOf, ...]], Meta(description=f"by part of the sheet: {', '.join(PARTS)}")]
    open: tuple[OpenPoint, ...]
    facts: dict[str, FactOf]
    sources: dict[str, SourceOf]


def render_request_json(sheet: QuoteSheet) -> str:
    """Return the sheet as JSON text."""
    return encoded(request_of(sheet))


def request_of(sheet: QuoteSheet) -> QuoteRequest:
    """Return the sheet as a record. Every text names its facts, every fact its sources."""
    worked, advice = sheet.findings, sheet.advice
    k, profile = worked.knowledge, worked.profile
    lines = {part: tuple(map(_row, rows)) for part, rows in sheet.parts.items()}
    facts = cited_facts(k, sheet.reports, lines)
    blanks = (blank for part in sheet.blanks.values() for blank in part)
    return QuoteRequest(
        schema=REQUEST,
        date=worked.today,
        knowledge=knowledge_of(k),
        profile=About(visible(profile.name), visible(profile.organization)),
        service=visible(profile.service),
        headline=QuoteHeadline(advice.result, advice.leaning, advice.possible),  # type: ignore[arg-type]  # of HEADLINES
        reports=sheet.reports,
        wanted=tuple(map(_wanted, quoted_reports(sheet))),
        readers=worked.card.readers,
        engagement=tuple(BlankOf(b.field.id, b.field.part, b.field.title, b.text) for b in blanks),
        categories=tuple(ScopeOf(c.id, c.title, c.criteria, f.leaning, f.settled) for c, f in sheet.categories),
        lines=lines,
        open=tuple(OpenPoint(s.question.id, s.state, s.question.whom) for s in sheet.open),
        facts=facts,
        sources=sources_of(k, facts.values()),
    )


def _wanted(row: QuotedReport) -> WantedOf:
    planned, ids = row.planned, tuple(reader.request for reader in row.readers if reader.request)
    if planned is None:
        return WantedOf(row.report.report, "", None, None, None, False, row.due, ids)
    days = planned.begins, planned.ends, planned.as_of
    return WantedOf(planned.report, planned.type, *days, planned.look_back, row.due, ids)


def _row(row: QuoteRow) -> LineOf:
    request = row.request
    return LineOf(request.id, request.title, request.says, tuple(map(_given, row.answers)), request.facts)


def _given(answer: QuoteAnswer) -> GivenOf:
    return GivenOf(answer.question.id, answer.options, answer.day, answer.open, not answer.needless)
