"""What each request gets from a plan: the answer, the report, its year in spans, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from socui.planning.arrange import type1_level
from socui.planning.candidates import level_of
from socui.planning.choose import ReportChoice
from socui.planning.covered import Covered, covered
from socui.planning.inputs import DatedRequest, Held, Inputs
from socui.planning.judge import HELD_PLACE, Fare, Reader, months_of
from socui.planning.model import (
    MET_ELSEWHERE,
    NO_REPORT,
    TIMELINESS,
    UNKNOWN,
    DateSpan,
    InHand,
    PlannedReport,
    ReportOutcome,
    RequestOutcome,
    Text,
)


class Served(Struct, frozen=True):
    """How one report serves one request, before it is put into words."""

    report: str
    level: int
    type: str = "type2"
    held: Held | None = None
    planned: PlannedReport | None = None
    year: DateSpan | None = None
    tested: tuple[DateSpan, ...] = ()
    bridged: tuple[DateSpan, ...] = ()
    untested: tuple[DateSpan, ...] = ()
    months: int | None = None
    type1: PlannedReport | None = None
    type2: PlannedReport | None = None
    held_until: date | None = None
    """The last day on which the reader takes the report held, where that is before the date needed."""
    by_held: Covered | None = None
    """The reader's year by the report held alone, where that serves."""
    beside: tuple[Served, ...] = ()
    """The other report, where both are asked for."""

    @property
    def in_hand(self) -> InHand | None:
        """When the report is in hand; None for one that is held."""
        return self.planned.in_hand if self.planned else None


class Judge:
    """Judges requests by the reports of one plan."""

    def __init__(self, inputs: Inputs, choices: Sequence[ReportChoice], reports: Sequence[PlannedReport]) -> None:
        self.inputs, self.reports = inputs, reports
        self.choices = {c.report: c for c in choices}

    def served(self, ask: DatedRequest) -> Served | None:
        """Return what the ask gets: of two reports that both are asked for, the one that comes off worse; of
        alternatives the best. None where no report of the plan is what it asks for."""
        served = [self._by(ask, r) for r in ask.reports if r in self.choices]
        if not served:
            return None
        pick = min if ask.either else max
        first = pick(served, key=lambda s: (s.level, s.in_hand.typical if s.in_hand else date.min))
        return first if ask.either else replace(first, beside=tuple(s for s in served if s is not first))

    def answer_from(self, ask: DatedRequest) -> str:
        """Return the answer by the same reports on the first day of a band; "" without one."""
        if ask.due is None or ask.due_from is None or ask.due_from >= ask.due:
            return ""
        return timeliness(ask, self.served(replace(ask, due=ask.due_from)), False)

    def _by(self, ask: DatedRequest, report: str) -> Served:
        choice = self.choices[report]
        reader = next((r for r in choice.readers if r.ask is ask), None) or Reader(ask, choice.course)
        type2 = [r for r in self.reports if r.report == report and r.type == "type2"]
        type1 = next((r for r in self.reports if r.report == report and r.type == "type1"), None)
        fare = self._fare(reader, type2)
        covered = self._covered(reader, type2)
        first = self._type2(fare, reader, type2)
        level = type1_level(type1.in_hand, ask) if type1 is not None and ask.takes_type1 else 4
        if level < fare.level or (level == fare.level and not covered.months):
            return replace(covered, report=report, level=level, type="type1", planned=type1, type1=type1, type2=first)
        if fare.at == HELD_PLACE:
            held = self.inputs.held[report]
            short = not reader.months and ask.due is not None and ask.due > reader.held_until
            return replace(
                covered,
                report=report,
                level=fare.level,
                type=held.type,
                held=held,
                type1=type1,
                type2=first,
                held_until=reader.held_until if short else None,
                by_held=by_held(reader),
            )
        return replace(
            covered, report=report, level=fare.level if first else 3, planned=first, type1=type1, type2=first
        )

    def _fare(self, reader: Reader, type2: Sequence[PlannedReport]) -> Fare:
        begin = next((r.begins for r in type2 if r.begins), self.inputs.today)
        return reader.fare(begin, [r.ends for r in type2 if r.ends], sum(not r.next for r in type2), safest=True)

    def _type2(self, fare: Fare, reader: Reader, type2: Sequence[PlannedReport]) -> PlannedReport | None:
        """Return the Type 2 report that serves; without one, the first that could."""
        if fare.at is not None and fare.at >= 0:
            return type2[fare.at]
        if reader.months:
            return next((r for r in type2 if r.ends and r.ends >= reader.firsts[0]), None)
        return type2[0] if type2 else None

    def _covered(self, reader: Reader, type2: Sequence[PlannedReport]) -> Served:
        """Return the reader's year in spans: tested by reports that are not late, bridged, and by nobody."""
        months = reader.months
        if not months:
            return Served("", 3)
        held = reader.period_held
        spans = [DateSpan(held.begins, held.last)] if held and held.begins else []
        in_time = [r for r in type2 if level_of(r.in_hand, reader.ask.due) < 3]
        spans += [DateSpan(r.begins, r.ends) for r in in_time if r.begins and r.ends]
        year = covered(spans, months, reader.reach)
        return Served(
            "",
            3,
            year=year.year,
            tested=year.tested,
            bridged=year.bridged,
            untested=year.untested,
            months=year.months,
        )


def by_held(reader: Reader) -> Covered | None:
    """Return the reader's year by the report held alone; None without a year or a period."""
    held = reader.period_held
    if held is None or held.begins is None or not reader.months:
        return None
    return covered([DateSpan(held.begins, held.last)], reader.months, reader.reach)


def timeliness(ask: DatedRequest, served: Served | None, undated: bool) -> str:
    """Return the answer in words of the plan."""
    if served is None:
        return UNKNOWN if undated else MET_ELSEWHERE if ask.elsewhere else NO_REPORT
    return TIMELINESS[served.level]


def request_outcome(
    ask: DatedRequest,
    served: Served | None,
    undated: bool,
    reports: Sequence[PlannedReport],
    says: Sequence[Text],
    meanwhile: Sequence[Text],
    answer_from: str,
) -> RequestOutcome:
    """Return the outcome of a request, with the sentences about it: the first is the one that says it all."""
    sentence, *more = says
    facts = tuple(dict.fromkeys(f for text in (*says, *meanwhile) for f in text.facts))
    common = {
        "id": ask.id,
        "asked_by": ask.asked_by,
        "answer": timeliness(ask, served, undated),
        "sentence": sentence.says,
        "force": ask.force,
        "reader": ask.reader,
        "type_asked": ask.type,
        "needed_by": ask.due,
        "needed_from": ask.due_from,
        "answer_from": answer_from,
        "latest_use": ask.latest_use,
        "facts": facts,
        "says": tuple(more),
        "meanwhile": tuple(meanwhile),
    }
    if served is None:
        months = months_of(ask)
        year = DateSpan(months[0][0], months[-1][1]) if months else None
        return RequestOutcome(**common, fiscal_year=year)  # type: ignore[arg-type]
    return RequestOutcome(
        **common,  # type: ignore[arg-type]
        report=served.report,
        type=served.type,
        held=served.held is not None,
        served=_place_of(served, reports),
        in_hand=served.in_hand,
        fiscal_year=served.year,
        tested=served.tested,
        bridged=served.bridged,
        untested=served.untested,
        months_tested=served.months,
        beside=tuple(
            ReportOutcome(
                other.report,
                other.type,
                TIMELINESS[other.level],
                other.held is not None,
                _place_of(other, reports),
                other.in_hand,
            )
            for other in served.beside
        ),
    )


def _place_of(served: Served, reports: Sequence[PlannedReport]) -> int | None:
    return next((n for n, r in enumerate(reports) if r is served.planned), None)
