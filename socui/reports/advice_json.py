"""A report as strict JSON in the schema `socui.reports.render/1` (socui.reports.json_schema)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from socui.deciding.advice import Advice, Finding, Noted, Reason, Said, Tip, WhyNot
from socui.deciding.headline import change_of
from socui.knowledge.model import Knowledge
from socui.planning.plan import Bar
from socui.profiles.profile import Profile
from socui.reports.json_schema import NAME
from socui.text import visible, visible_lines

JSON = dict[str, Any]


def render_json(
    knowledge: Knowledge,
    profile: Profile,
    advice: Advice,
    today: date,
    tips: Sequence[Tip] = (),
    bars: Sequence[Bar] = (),
    why_not: Sequence[WhyNot] = (),
) -> str:
    """The report as JSON text: no NaN, no half surrogates, what acts on a terminal made visible."""
    return dumped(report_data(knowledge, profile, advice, today, tips, bars, why_not))


def dumped(data: JSON) -> str:
    """Plain values as JSON text."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def report_data(
    knowledge: Knowledge,
    profile: Profile,
    advice: Advice,
    today: date,
    tips: Sequence[Tip] = (),
    bars: Sequence[Bar] = (),
    why_not: Sequence[WhyNot] = (),
) -> JSON:
    """The report as plain values. Every text of advice names its facts, every fact its sources."""
    presumed = {p.presumption.question: p for p in advice.presumed}
    data: JSON = {
        "schema": NAME,
        "date": today.isoformat(),
        "knowledge": {"version": knowledge.version, "digest": knowledge.digest},
        "profile": _profile(profile),
        "headline": {
            "result": advice.result,
            "settled": advice.settled,
            "possible": list(advice.possible),
            "leaning": advice.leaning,
            "sentence": advice.sentence,
            "asked_for_by": dict(advice.by_whom),
        },
        "answered": {"count": advice.answered, "of": advice.asked},
        "clarify": [_reason(r) for r in advice.clarify],
        "findings": {id: _finding(f) for id, f in advice.findings.items()},
        "categories": [
            {"id": c.id, "title": c.title, "criteria": c.criteria, "facts": list(c.facts)}
            for c in knowledge.categories.values()
        ],
        "open": [
            {
                "question": id,
                "ask": knowledge.questions[id].ask,
                "whom": knowledge.questions[id].whom,
                "presumed": list(presumed[id].options) if id in presumed else None,
                "because": presumed[id].presumption.because if id in presumed else "",
                "facts": list(presumed[id].presumption.facts if id in presumed else knowledge.questions[id].facts),
            }
            for id in advice.matter
        ],
        "tips": [
            {
                "changes": [_change(knowledge, profile, said) for said in t.changes],
                "possible": list(t.possible),
                "forces": t.forces,
            }
            for t in tips
        ],
        "why_not": [_why_not(w) for w in why_not],
        "plan": [bar_data(b) for b in bars],
        "notes": [_note(n) for n in advice.notes],
        "questions": {id: {"state": s.state, "purposes": sorted(s.purposes)} for id, s in advice.states.items()},
    }
    return cited_data(knowledge, data)


def cited_data(knowledge: Knowledge, data: JSON) -> JSON:
    """The data with the facts that it cites, and their sources, added."""
    facts = {id: knowledge.facts[id] for id in sorted(_cited(data)) if id in knowledge.facts}
    sources = {id: knowledge.sources[id] for id in sorted({s for f in facts.values() for s in f.sources})}
    cited = {
        id: {"says": f.says, "sources": list(f.sources), "confidence": f.confidence, "dispute": f.dispute}
        for id, f in facts.items()
    }
    published = {
        id: {"publisher": s.publisher, "title": s.title, "edition": s.edition, "address": s.address, "read": s.read}
        for id, s in sources.items()
    }
    return {**data, "facts": cited, "sources": published}


def _profile(profile: Profile) -> JSON:
    return {
        "id": visible(profile.id),
        "name": visible(profile.name),
        "organization": visible(profile.organization),
        "service": visible(profile.service),
        "answers": {
            visible(q): visible(a) if isinstance(a, str) else [visible(o) for o in a]
            for q, a in profile.answers.items()
        },
        "not_sure": _names(profile.not_sure),
        "begun": _names(profile.begun),
        "confirm": _names(profile.confirm),
        "notes": {visible(q): visible_lines(text) for q, text in profile.notes.items()},
        "dates": {visible(n): day.isoformat() for n, day in profile.dates.items()},
    }


def _names(names: Iterable[str]) -> list[str]:
    return sorted(visible(name) for name in names)


def _change(knowledge: Knowledge, profile: Profile, said: Said) -> JSON:
    adds, drops = change_of(knowledge.questions[said.question], profile, said.options)
    return {**_said(said), "adds": list(adds), "drops": list(drops)}


def _said(said: Said) -> JSON:
    return {"question": said.question, "options": list(said.options), "presumed": said.presumed}


def _reason(reason: Reason) -> JSON:
    rule = reason.rule
    return {
        "rule": rule.id,
        "result": rule.result,
        "value": rule.value,
        "because": rule.because,
        "ask_back": rule.ask_back,
        "certain": reason.certain,
        "deciding": reason.deciding,
        "answers": [_said(s) for s in reason.answers],
        "facts": list(rule.facts),
    }


def _why_not(found: WhyNot) -> JSON:
    rule = found.rule
    return {
        "rule": rule.id,
        "result": rule.result,
        "value": rule.value,
        "because": rule.because,
        "lacks": [
            {"question": x.question, "options": list(x.options), "only": x.only, "without": x.without}
            for x in found.lacks
        ],
        "set_aside_by": found.over.id if found.over else None,
        "facts": list(rule.facts),
    }


def _finding(finding: Finding) -> JSON:
    value = finding.result.value(finding.leaning)
    return {
        "title": finding.result.title,
        "settled": finding.settled,
        "possible": list(finding.possible),
        "leaning": finding.leaning,
        "label": finding.label,
        "says": value.says,
        "facts": list(value.facts),
        "reasons": [_reason(r) for r in finding.reasons],
    }


def _note(noted: Noted) -> JSON:
    n = noted.note
    return {
        "id": n.id,
        "kind": n.kind,
        "title": n.title,
        "says": n.says,
        "cost": n.cost,
        "reminder": n.reminder,
        "certain": noted.certain,
        "facts": list(n.facts),
    }


def bar_data(bar: Bar) -> JSON:
    """A step of the plan."""
    return {
        "step": bar.step.id,
        "title": bar.step.title,
        "lane": bar.step.lane,
        "months": list(bar.months),
        "start": list(bar.start),
        "end": list(bar.end),
        "begins": [day.isoformat() for day in bar.begins],
        "ends": [day.isoformat() for day in bar.ends],
        "kind": bar.step.kind,
        "delivers": bar.delivers,
        "late_by_days": bar.late_by,
        "facts": list(bar.step.facts),
    }


def _cited(value: object) -> set[str]:
    """The facts cited anywhere in the data: the lists under a key `facts`."""
    if isinstance(value, dict):
        own = value.get("facts", ())
        return {*(own if isinstance(own, list) else ()), *(f for v in value.values() for f in _cited(v))}
    return {f for v in value for f in _cited(v)} if isinstance(value, list) else set()
