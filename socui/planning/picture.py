"""The plan as a picture: rows of spans and points in time, which a screen draws in cells and a report as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from socui.knowledge.local_words import local_text
from socui.planning.calendar import day_after
from socui.planning.model import DateSpan, Plan, PlannedChange, PlannedReport, RequestOutcome
from socui.planning.words import reader, row_title, short_day

PERIOD, LATER, WORK, RANGE = "period", "later", "work", "range"
TESTED, BRIDGED, UNTESTED = "tested", "bridged", "untested"
AS_OF, IN_HAND, NEEDED = "as_of", "in_hand", "needed"

SPANS = {
    PERIOD: "period of a Type 2 report",
    LATER: "period after the ones that are needed",
    WORK: "to the report, typically",
    RANGE: "report in hand, earliest to latest",
    TESTED: "year tested",
    BRIDGED: "bridge letter",
    UNTESTED: "not tested",
}
"""What the spans of a picture are, for its legend."""
POINTS = {AS_OF: "as of", IN_HAND: "report typically in hand", NEEDED: "needed by"}
"""What its points are."""


class Part(Struct, frozen=True):
    """A span of one of the kinds in SPANS."""

    kind: str
    span: DateSpan


class Point(Struct, frozen=True):
    """A day of one of the kinds in POINTS."""

    kind: str
    day: date


class PictureRow(Struct, frozen=True):
    """A line of the picture: a planned report (`report` is its place in the plan) or a request (`request` is). `lane` is the
    report it belongs to."""

    title: str
    lane: str
    parts: tuple[Part, ...]
    points: tuple[Point, ...]
    report: int | None = None
    request: int | None = None


class Picture(Struct, frozen=True):
    """All rows, the first and the last day, today, clients' year ends, and the big changes between the first and the last day."""

    rows: tuple[PictureRow, ...]
    begins: date
    ends: date
    today: date
    year_ends: tuple[date, ...]
    country: str = ""
    changes: tuple[PlannedChange, ...] = ()

    def at(self, day: date) -> float:
        """Where a day lies between the first and the last one, from 0 to 1."""
        whole = max((self.ends - self.begins).days, 1)
        return min(max((day - self.begins).days / whole, 0.0), 1.0)

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return the kinds of spans and points that occur, each with what it is, in the words of the country."""
        return tuple((kind, local_text(SPANS.get(kind) or POINTS[kind], self.country)) for kind in self._kinds())

    def _kinds(self) -> tuple[str, ...]:
        held = {p.kind for row in self.rows for p in row.parts} | {p.kind for row in self.rows for p in row.points}
        return tuple(kind for kind in (*SPANS, *POINTS) if kind in held)


def picture(plan: Plan) -> Picture:
    """Return the picture of a plan; without rows where nothing is planned."""
    rows = (*_reports(plan), *_requests(plan))
    days = [plan.today]
    for row in rows:
        days += [d for p in row.parts for d in (p.span.begins, p.span.ends)]
        days += [p.day for p in row.points]
    begins, ends = min(days), max(days)
    changes = tuple(change for change in plan.changes if begins <= change.day <= ends)
    return Picture(rows, begins, ends, plan.today, plan.year_ends, plan.country, changes)


def change_legend(change: PlannedChange) -> str:
    """Return a big change for the legend: its kind, its day and what it is about."""
    kind = f"{change.title.lower()} {short_day(change.day)}"
    return f"{kind}: {change.about}" if change.about else kind


def _reports(plan: Plan) -> Iterator[PictureRow]:
    for at, report in enumerate(plan.reports):
        yield PictureRow(
            row_title(report, plan.country), report.report, tuple(_spans(report)), tuple(_points(report)), report=at
        )


def _spans(report: PlannedReport) -> Iterator[Part]:
    hand = report.in_hand
    if report.begins and report.ends:
        yield Part(LATER if report.next else PERIOD, DateSpan(report.begins, report.ends))
    if hand.typical > report.last:
        yield Part(WORK, DateSpan(day_after(report.last), hand.typical))
    yield Part(RANGE, DateSpan(hand.low, hand.high))


def _points(report: PlannedReport) -> Iterator[Point]:
    if report.as_of:
        yield Point(AS_OF, report.as_of)
    yield Point(IN_HAND, report.in_hand.typical)


def _requests(plan: Plan) -> Iterator[PictureRow]:
    for at, request in enumerate(plan.requests):
        parts = tuple(_year(request))
        points = (Point(NEEDED, request.needed_by),) if request.needed_by else ()
        if parts or points:
            yield PictureRow(request.asked_by or reader_of(request), request.report, parts, points, request=at)


def _year(request: RequestOutcome) -> Iterator[Part]:
    for kind, spans in ((TESTED, request.tested), (BRIDGED, request.bridged), (UNTESTED, request.untested)):
        for span in spans:
            yield Part(kind, span)


def reader_of(request: RequestOutcome) -> str:
    """Return who asked, where it has no name."""
    return reader(request.reader)
