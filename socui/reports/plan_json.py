"""The plan in the JSON report: `plan.reports[]` and `plan.requests[]`, with everything that the screen says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from socui.planning.model import DateSpan, InHand, Plan, PlannedReport, RequestOutcome, RunnerUp, Text
from socui.reports.json_records import Facts

Days = Annotated[tuple[date, date, date], Meta(description="low, typical, high")]


class TextOf(Struct, frozen=True):
    """A sentence or a few, and what it rests on."""

    says: str
    facts: Facts


class SpanOf(Struct, frozen=True):
    """Days, both included."""

    from_: date = field(name="from")
    to: date


class PlannedOf(Struct, frozen=True):
    """A report of the plan: an estimate."""

    report: Literal["soc1", "soc2"]
    type: Literal["type1", "type2"]
    from_: Annotated[date | None, Meta(description="first day of the period; null for a Type 1")] = field(name="from")
    to: date | None
    as_of: Annotated[date | None, Meta(description="the day a Type 1 speaks of")]
    in_hand: Days
    next: Annotated[bool, Meta(description="whether it only carries on after the reports that requests need")]
    look_back: Annotated[
        bool, Meta(description="whether its period began before today and does not just carry on from a report held")
    ]
    gap: Annotated[SpanOf | None, Meta(description="days after the report held that no period holds")]
    bridge: Annotated[SpanOf | None, Meta(description="days after the period that a letter can cover")]
    says: tuple[TextOf, ...]


class BesideOf(Struct, frozen=True):
    """What the other report does for a request that asks for both."""

    report: str
    type: str
    answer: str
    held: bool
    served_by: int | None
    in_hand: Days | None


class OutcomeOf(Struct, frozen=True):
    """The outcome for one request."""

    id: Annotated[str, Meta(description="the id of the request; empty where the answers imply it")]
    from_: Annotated[str, Meta(description="who asked, in the user's words")] = field(name="from")
    force: str
    answer: Annotated[
        Literal["on_time", "tight", "unlikely", "late", "unknown", "no_report", "elsewhere"],
        Meta(
            description="on_time: in time even if everything takes long; tight: if nothing takes longer than typical; "
            "unlikely: only if everything takes little; late: not even then; unknown: an input is missing; no_report: no "
            "planned or held report is what was asked for; elsewhere: a questionnaire or another framework meets the request"
        ),
    ]
    report: str
    type: str
    type_asked: str
    held: Annotated[bool, Meta(description="whether a report held already serves")]
    served_by: Annotated[int | None, Meta(description="the place in plan.reports of the one that serves")]
    in_hand: Days | None
    needed_by: date | None
    needed_from: Annotated[date | None, Meta(description="the near end of a range of dates")]
    answer_from: Annotated[str, Meta(description="the answer on that day; empty without a range")]
    latest_use: Annotated[bool, Meta(description="whether needed_by follows from the reader's fiscal year")]
    fiscal_year: SpanOf | None
    tested: tuple[SpanOf, ...]
    bridged: tuple[SpanOf, ...]
    untested: tuple[SpanOf, ...]
    months_tested: Annotated[int | None, Meta(description="whole months of the year; null where none was named")]
    beside: Annotated[
        tuple[BesideOf, ...],
        Meta(description="the other report, where both are asked for: the one that comes off better"),
    ]
    sentence: str
    says: tuple[TextOf, ...]
    meanwhile: Annotated[tuple[TextOf, ...], Meta(description="what to send until the report is in hand")]
    facts: Facts


class RunnerUpOf(Struct, frozen=True):
    """Another plan that could be chosen, and who would be worse off."""

    reports: tuple[PlannedOf, ...]
    answers: Annotated[tuple[str, ...], Meta(description="to each request, in order")]
    says: TextOf


class InputOf(Struct, frozen=True):
    """An input that is presumed or missing: the question or the key of a record that answers it."""

    key: str
    says: str
    facts: Facts


class PlanOf(Struct, frozen=True):
    """Which report when, and what each request gets. Planning estimates, no promise."""

    today: date
    reports: tuple[PlannedOf, ...]
    requests: tuple[OutcomeOf, ...]
    runners_up: tuple[RunnerUpOf, ...]
    assumed: tuple[InputOf, ...]
    missing: Annotated[tuple[InputOf, ...], Meta(description="without them no date is given")]
    says: tuple[TextOf, ...]


def plan_record(plan: Plan) -> PlanOf:
    """Return the plan as a record of the report."""
    return PlanOf(
        today=plan.today,
        reports=planned_of(plan.reports),
        requests=tuple(map(_outcome, plan.requests)),
        runners_up=tuple(map(_runner_up, plan.runners_up)),
        assumed=tuple(InputOf(a.key, a.sentence, a.facts) for a in plan.assumed),
        missing=tuple(InputOf(m.key, m.sentence, ()) for m in plan.missing),
        says=_texts(plan.says),
    )


def planned_of(reports: Sequence[PlannedReport]) -> tuple[PlannedOf, ...]:
    """Planned reports as records."""
    return tuple(
        PlannedOf(
            report=r.report,  # type: ignore[arg-type]  # one of REPORTS
            type=r.type,  # type: ignore[arg-type]
            from_=r.begins,
            to=r.ends,
            as_of=r.as_of,
            in_hand=_days(r.in_hand),
            next=r.next,
            look_back=r.look_back,
            gap=_span(r.gap),
            bridge=_span(r.bridge),
            says=_texts(r.says),
        )
        for r in reports
    )


def _outcome(r: RequestOutcome) -> OutcomeOf:
    return OutcomeOf(
        id=r.id,
        from_=r.asked_by,
        force=r.force,
        answer=r.answer,  # type: ignore[arg-type]  # one of ANSWERS, OPEN, NONE
        report=r.report,
        type=r.type,
        type_asked=r.type_asked,
        held=r.held,
        served_by=r.served,
        in_hand=_days(r.in_hand) if r.in_hand else None,
        needed_by=r.needed_by,
        needed_from=r.needed_from,
        answer_from=r.answer_from,
        latest_use=r.latest_use,
        fiscal_year=_span(r.fiscal_year),
        tested=_spans(r.tested),
        bridged=_spans(r.bridged),
        untested=_spans(r.untested),
        months_tested=r.months_tested,
        beside=tuple(
            BesideOf(b.report, b.type, b.answer, b.held, b.served, _days(b.in_hand) if b.in_hand else None)
            for b in r.beside
        ),
        sentence=r.sentence,
        says=_texts(r.says),
        meanwhile=_texts(r.meanwhile),
        facts=r.facts,
    )


def _runner_up(other: RunnerUp) -> RunnerUpOf:
    return RunnerUpOf(planned_of(other.reports), other.answers, TextOf(other.sentence.says, other.sentence.facts))


def _days(hand: InHand) -> tuple[date, date, date]:
    return hand.low, hand.typical, hand.high


def _span(span: DateSpan | None) -> SpanOf | None:
    return SpanOf(span.begins, span.ends) if span else None


def _spans(spans: Sequence[DateSpan]) -> tuple[SpanOf, ...]:
    return tuple(SpanOf(s.begins, s.ends) for s in spans)


def _texts(texts: Sequence[Text]) -> tuple[TextOf, ...]:
    return tuple(TextOf(t.says, t.facts) for t in texts)
