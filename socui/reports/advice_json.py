"""Writes a report as strict JSON: fills the records of socui.reports.advice_records from advice and profile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from socui.deciding.advice import TYPE, Advice, Finding, Noted, Said, Tip, WhyNot
from socui.deciding.headline import change_of
from socui.knowledge.model import Knowledge
from socui.profiles.profile import Profile
from socui.reports.advice_records import (
    Answered,
    ChangeOf,
    FindingOf,
    HeadlineOf,
    LackOf,
    NoteOf,
    OpenOf,
    ProfileOf,
    QuestionOf,
    Report,
    TipOf,
    WhyNotOf,
)
from socui.reports.findings import Findings
from socui.reports.json_records import (
    AnswerOf,
    CategoryOf,
    answer_record,
    cited_facts,
    encoded,
    knowledge_of,
    reason_of,
    sources_of,
)
from socui.reports.plan_json import plan_record
from socui.text import visible, visible_lines

REPORT_SCHEMA: Literal["socui.reports.render/2"] = "socui.reports.render/2"
"""The name of the format. A change that could break a reader gets a new number; an addition does not."""


def render_json(findings: Findings) -> str:
    """Return the report as JSON text: no NaN, no half surrogates, what acts on a terminal made visible."""
    return encoded(report_of(findings))


def report_of(findings: Findings) -> Report:
    """Return the report as a record. Every text of advice names its facts, every fact its sources."""
    knowledge, profile, advice = findings.knowledge, findings.profile, findings.advice
    clarify = tuple(map(reason_of, advice.clarify))
    results = {id: _finding(f) for id, f in advice.findings.items() if not id.startswith(TYPE)}
    categories = tuple(CategoryOf(c.id, c.title, c.criteria, c.facts) for c in knowledge.categories.values())
    open = _open(knowledge, advice)
    whys = tuple(map(_why_not, findings.why_not))
    plan = plan_record(findings.plan)
    notes = tuple(map(_note, advice.notes))
    facts = cited_facts(knowledge, findings.card, clarify, results, categories, open, whys, plan, notes)
    return Report(
        schema=REPORT_SCHEMA,
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
        questions={id: QuestionOf(s.state, tuple(sorted(s.purposes)), s.recorded) for id, s in advice.states.items()},
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
