"""Lists every report that a request for quotes asks for: which period or date of it, by when, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from socui.planning.model import PlannedReport
from socui.reports.card import CardReader, CardReport
from socui.reports.quote_request import QuoteSheet


class QuotedReport(Struct, frozen=True):
    """A period or date to be quoted for. `planned` is None where the plan has no days for it; `due` is the first day that one
    of its readers named."""

    report: CardReport
    planned: PlannedReport | None
    due: date | None
    readers: tuple[CardReader, ...]


def quoted_reports(sheet: QuoteSheet) -> Iterator[QuotedReport]:
    """Yield every period and date that is planned, in order; of a report without any, the report itself."""
    plan = sheet.findings.plan
    for report in sheet.reports:
        needed = [r for r in plan.of(report.report) if not r.next]
        planned: list[PlannedReport | None] = [*needed] or [plan.first(report.report)]
        for number, one in enumerate(planned):
            served = list(_served(sheet, report, one, number == 0))
            due = min((day for _, day in served if day), default=None)
            yield QuotedReport(report, one, due, tuple(reader for reader, _ in served))


def _served(
    sheet: QuoteSheet, report: CardReport, planned: PlannedReport | None, first: bool
) -> Iterator[tuple[CardReader, date | None]]:
    """Yield the readers that a planned report serves, each with the day that they named for it. With the `first` of its
    kind stand those who ask for both reports, and those who have the report that is held; with a Type 2 those whom the
    Type 1 before it serves."""
    f = sheet.findings
    for outcome, reader in zip(f.plan.requests, f.card.readers, strict=True):
        serves = first and any(other.report == report.report for other in outcome.beside)
        follows = False
        if outcome.report == report.report:
            serves = first if outcome.served is None else f.plan.reports[outcome.served] == planned
            follows = outcome.type == "type1" and planned is not None and planned.type == "type2"
        named = serves and not reader.held and not reader.latest_use
        if serves or follows:
            yield reader, reader.needed_by if named else None
