"""A report as strict JSON: its records, and how advice and profile fill them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from socui.deciding.advice import Advice, Finding, Noted, Said, Tip, WhyNot
from socui.deciding.headline import change_of
from socui.knowledge.model import Knowledge
from socui.profiles.profile import Profile
from socui.reports.card import Card
from socui.reports.findings import Findings
from socui.reports.json_records import (
    AnswerOf,
    CategoryOf,
    FactOf,
    Facts,
    Headline,
    Headlines,
    KnowledgeOf,
    ReasonOf,
    ResultOf,
    SourceOf,
    answer_record,
    cited_facts,
    encoded,
    knowledge_of,
    reason_of,
    sources_of,
)
from socui.reports.plan_json import PlanOf, plan_record
from socui.text import visible, visible_lines

NAME: Literal["socui.reports.render/2"] = "socui.reports.render/2"
"""A change that could break a reader gets a new number, an addition does not."""


class ProfileOf(Struct, frozen=True):
    """What the person said."""

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
    """How many of the questions asked have an answer."""

    count: int
    of: int


class FindingOf(Struct, frozen=True):
    """What is concluded on one result."""

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
    """What a rule lacks: one of `options` (`none`: none of these); with `only` nothing else; with `without` that they be
    not."""

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
    """Where a question stands."""

    state: str
    purposes: tuple[str, ...]


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


def render_json(findings: Findings) -> str:
    """The report as JSON text: no NaN, no half surrogates, what acts on a terminal made visible."""
    return encoded(report_of(findings))


def report_of(findings: Findings) -> Report:
    """The report as a record. Every text of advice names its facts, every fact its sources."""
    knowledge, profile, advice = findings.knowledge, findings.profile, findings.advice
    clarify = tuple(map(reason_of, advice.clarify))
    results = {id: _finding(f) for id, f in advice.findings.items() if not id.startswith("type_")}
    categories = tuple(CategoryOf(c.id, c.title, c.criteria, c.facts) for c in knowledge.categories.values())
    open = _open(knowledge, advice)
    whys = tuple(map(_why_not, findings.why_not))
    plan = plan_record(findings.plan)
    notes = tuple(map(_note, advice.notes))
    facts = cited_facts(knowledge, findings.card, clarify, results, categories, open, whys, plan, notes)
    return Report(
        schema=NAME,
        date=findings.today,
        knowledge=knowledge_of(knowledge),
        profile=_profile(profile),
        headline=HeadlineOf(
            result=advice.result,  # type: ignore[arg-type]  # one of HEADLINES, or "open"
            settled=advice.settled,
            possible=advice.possible,  # type: ignore[arg-type]
            leaning=advice.leaning,  # type: ignore[arg-type]
            sentence=advice.sentence,
            asked_for_by=dict(advice.by_whom),
        ),
        card=findings.card,
        answered=Answered(advice.answered, advice.asked),
        clarify=clarify,
        findings=results,
        categories=categories,
        open=open,
        tips=tuple(_tip(knowledge, profile, tip) for tip in findings.tips),
        why_not=whys,
        plan=plan,
        notes=notes,
        questions={id: QuestionOf(s.state, tuple(sorted(s.purposes))) for id, s in advice.states.items()},
        facts=facts,
        sources=sources_of(knowledge, facts.values()),
    )


def _profile(profile: Profile) -> ProfileOf:
    return ProfileOf(
        id=visible(profile.id),
        name=visible(profile.name),
        organization=visible(profile.organization),
        service=visible(profile.service),
        answers={
            visible(q): visible(a) if isinstance(a, str) else tuple(visible(o) for o in a)
            for q, a in profile.answers.items()
        },
        not_sure=_names(profile.not_sure),
        begun=_names(profile.begun),
        confirm=_names(profile.confirm),
        notes={visible(q): visible_lines(text) for q, text in profile.notes.items()},
        dates={visible(n): day for n, day in profile.dates.items()},
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(visible(name) for name in names))


def _finding(finding: Finding) -> FindingOf:
    value = finding.result.value(finding.leaning)
    return FindingOf(
        title=finding.result.title,
        settled=finding.settled,
        possible=finding.possible,
        leaning=finding.leaning,
        label=finding.label,
        says=value.says,
        facts=value.facts,
        reasons=tuple(map(reason_of, finding.reasons)),
    )


def _open(knowledge: Knowledge, advice: Advice) -> tuple[OpenOf, ...]:
    presumed = {p.presumption.question: p for p in advice.presumed}
    rows = []
    for id in advice.matter:
        question, taken = knowledge.questions[id], presumed.get(id)
        options = taken.options if taken else None
        because = taken.presumption.because if taken else ""
        facts = taken.presumption.facts if taken else question.facts
        rows.append(OpenOf(id, question.ask, question.whom, options, because, facts))
    return tuple(rows)


def _tip(knowledge: Knowledge, profile: Profile, tip: Tip) -> TipOf:
    changes = tuple(_change(knowledge, profile, change) for change in tip.changes)
    return TipOf(changes, tip.possible, tip.forces)  # type: ignore[arg-type]  # of HEADLINES


def _change(knowledge: Knowledge, profile: Profile, change: Said) -> ChangeOf:
    adds, drops = change_of(knowledge.questions[change.question], profile, change.options)
    answer: AnswerOf = answer_record(change)
    return ChangeOf(answer.question, answer.options, answer.presumed, adds, drops)


def _why_not(missed: WhyNot) -> WhyNotOf:
    rule = missed.rule
    lacks = tuple(LackOf(x.question, x.options, x.only, x.without) for x in missed.lacks)
    over = missed.over.id if missed.over else None
    return WhyNotOf(rule.id, rule.result, rule.value, rule.because, lacks, over, rule.facts)


def _note(noted: Noted) -> NoteOf:
    n = noted.note
    return NoteOf(n.id, n.kind, n.title, n.says, n.cost, n.reminder, noted.certain, n.facts)
