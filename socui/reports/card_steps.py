"""Lists what to do next, the most urgent first: contradictions, late reports, unclear requests, orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from socui.day_words import day_words
from socui.deciding.advice import REPORTS, Advice
from socui.knowledge.model import Knowledge
from socui.name_words import closed, names_in_a_row, with_names
from socui.planning.model import Plan, RequestOutcome
from socui.planning.sentences import MODIFIED
from socui.profiles.profile import Profile
from socui.reports.card_values import CardEntry
from socui.reports.words import (
    asked_by_words,
    asks_back,
    asks_no_report,
    asks_read_aloud,
    ended,
    is_unclear,
    read_aloud,
    span_words,
    surveyed,
)

WAITS = ("clarify", "neither")
MOST_NAMED = 2
"""Of more than so many who asked, a step says "everyone who asked"."""
_EVIDENCE = "controls_age"
"""The answer that tells since when there is evidence."""


def next_steps(
    knowledge: Knowledge,
    profile: Profile,
    advice: Advice,
    plan: Plan,
    assumed: Sequence[CardEntry],
    missing: Sequence[CardEntry],
) -> Iterator[CardEntry]:
    """Yield the steps that follow from advice and plan, most urgent first; each fits one line."""
    if advice.contradictions:  # nothing else can be done on answers of which one is wrong
        for contradiction in advice.contradictions:
            names = read_aloud([knowledge.questions[q].short for q in contradiction.questions])
            text = knowledge.texts["next.check"].format(what=names)
            yield CardEntry(text, contradiction.questions[0], contradiction.facts)
        if asking := [r for r in profile.requests if not asks_no_report(r)]:
            whom = list(dict.fromkeys(asked_by_words(knowledge.texts, r) for r in asking))
            key = "next.answer" + (".all" if len(whom) > MOST_NAMED else "")
            yield CardEntry(with_names(knowledge.texts[key], whom=names_in_a_row(whom)))
        return
    if advice.leaning in WAITS or advice.early:
        yield from _waiting(knowledge, profile, advice)
        return
    t = knowledge.texts
    yield from _to_readers(knowledge, t, profile, advice, plan)
    for entry in missing:
        yield CardEntry(t["next.missing"].format(what=entry.text), entry.key)
    if assumed:
        yield CardEntry(_to_confirm(knowledge, profile, assumed[0]), assumed[0].key, assumed[0].facts)
    yield CardEntry(_evidence(t, profile, plan))
    carried_on = {h.report for h in profile.reports_held if h.type == "type2"}
    first = next((r for r in plan.reports if r.type == "type2"), None)
    if first is not None and all(r in carried_on for r in REPORTS if advice.advised(r)):
        begins, ends = span_words(first.begins, first.ends)
        yield CardEntry(t["next.book"].format(begins=begins, ends=ends))
    else:
        yield CardEntry(t["next.quotes"])


def _to_confirm(knowledge: Knowledge, profile: Profile, assumed: CardEntry) -> str:
    """Return what to do about an assumption, which stands on the card already: whom to ask."""
    t, question = knowledge.texts, knowledge.questions.get(assumed.key)
    if question is not None and question.whom:
        return ended(t["next.assumed.who"].format(whom=question.whom))
    if assumed.key.endswith("needed_by"):
        undated = [r for r in profile.requests if assumed.key == f"requests.{r.id}.needed_by"]
        one = len(undated) == 1 and assumed.text.startswith(closed(asked_by_words(t, undated[0])) + " sets")
        return with_names(
            t[f"next.assumed.date{'' if one else 's'}"], whom=asked_by_words(t, undated[0]) if one else ""
        )
    if assumed.key.startswith("events."):
        return t["next.assumed.change"]
    key = "next.confirm_that" if assumed.text.endswith(".") else "next.assumed"
    return t[key].format(what=assumed.text)


def _to_readers(
    knowledge: Knowledge, t: Mapping[str, str], profile: Profile, advice: Advice, plan: Plan
) -> Iterator[CardEntry]:
    """Yield what to send to those who asked: late first, then questions, what is held, and confirmations."""
    requests = {r.id: r for r in profile.requests}
    groups: dict[str, list[RequestOutcome]] = {"late": [], "clarify": [], "send": [], "confirm": [], "investor": []}
    for outcome in plan.requests:
        asked = requests.get(outcome.id)
        if asked is not None and asks_no_report(asked):
            continue
        if asked is not None and is_unclear(asked, advice):
            groups["clarify"].append(outcome)
        elif asked is not None and asks_back(asked, advice) and not outcome.held:
            groups["investor"].append(outcome)
        elif outcome.is_late or outcome.answer == "no_report":
            groups["late"].append(outcome)
        else:
            groups["send" if outcome.held else "confirm"].append(outcome)
    for kind, outcomes in groups.items():
        if outcomes:
            key = f"next.{kind}" + (".all" if len(outcomes) > MOST_NAMED else "")
            yield CardEntry(with_names(t[key], whom=_whom(t, profile, advice, outcomes)), "", outcomes[0].facts)
        if kind in ("late", "send") and outcomes:
            yield from _on_held(knowledge, profile, plan, outcomes)
    yield from _other_asks(t, profile, any(map(advice.advised, REPORTS)))
    if advice.clarify and not groups["clarify"]:
        yield CardEntry(with_names(t["next.clarify"], whom=_whom(t, profile, advice, plan.requests)))


def _on_held(
    knowledge: Knowledge, profile: Profile, plan: Plan, outcomes: Sequence[RequestOutcome]
) -> Iterator[CardEntry]:
    """Yield what goes with a report that is held: a word on an opinion that is not clean, a letter for the months
    after it."""
    sent = {o.report for o in outcomes}
    opinions = (h.opinion for h in profile.reports_held if h.report in sent and h.opinion in MODIFIED)
    for opinion in dict.fromkeys(opinions):
        message = knowledge.messages["next-opinion"]
        yield CardEntry(message.says.format(other=opinion), "", message.facts)
    if spans := [span for o in outcomes if o.held for span in o.bridged]:
        last = max(s.ends for s in spans)
        message = knowledge.messages["next-bridge-later" if last > plan.today else "next-bridge"]
        yield CardEntry(message.says.format(day=day_words(last)), "", message.facts)
    elif any(r.bridge for r in profile.requests if r.id in {o.id for o in outcomes if o.held}):
        message = knowledge.messages["next-bridge-open"]
        yield CardEntry(message.says, "", message.facts)


def _other_asks(t: Mapping[str, str], profile: Profile, advised: bool) -> Iterator[CardEntry]:
    """Yield what to do about requests for something that is no SOC report, where a report is advised or none is."""
    for request in profile.requests:
        if asks_no_report(request):
            survey = "next.survey.beside" if advised else "next.survey"
            key = survey if surveyed(request) else "next.other"
            text = with_names(t[key], whom=asked_by_words(t, request), what=asks_read_aloud(t, request))
            yield CardEntry(text, f"requests.{request.id}")


def _waiting(knowledge: Knowledge, profile: Profile, advice: Advice) -> Iterator[CardEntry]:
    """Where no report is to be ordered yet: ask, answer, and what the knowledge base says to do."""
    t = knowledge.texts
    if advice.clarify:
        facts = tuple(dict.fromkeys(f for reason in advice.clarify for f in reason.rule.facts))
        yield CardEntry(with_names(t["next.clarify"], whom=_whom(t, profile, advice, ())), "", facts)
    yield from _other_asks(t, profile, advised=False)
    if advice.early and advice.next:
        question = knowledge.questions[advice.next]
        yield CardEntry(t["next.missing"].format(what=question.ask), question.id, question.facts)
    for noted in advice.notes:
        if noted.note.kind == "step" and not (advice.clarify and noted.note.id.startswith("step-clarify-soc")):
            text = t.get(f"next.{noted.note.id}") or ended(noted.note.title)
            yield CardEntry(text, "", noted.note.facts)


def _whom(t: Mapping[str, str], profile: Profile, advice: Advice, outcomes: Sequence[RequestOutcome]) -> str:
    """Those who asked, in words; where no request is recorded, whoever the answers name."""
    requests = {r.id: r for r in profile.requests}
    names = [asked_by_words(t, requests[o.id]) for o in outcomes if o.id in requests]
    names = names or [asked_by_words(t, r) for r in profile.requests if not outcomes]
    names = names or [advice.by_whom[r] for r in REPORTS if advice.by_whom.get(r)]
    return names_in_a_row(list(dict.fromkeys(names))) or t["reader.anybody"]


def _evidence(t: Mapping[str, str], profile: Profile, plan: Plan) -> str:
    """Return what to do about evidence before the first period begins, or where it began already."""
    first = min((r for r in plan.reports if not r.next), key=lambda r: r.begins or r.last, default=None)
    begins = first.begins or first.as_of if first else None
    if begins is None or profile.answers.get("controls_age") == "not_in_place":
        return t["next.readiness"]
    key = "next.evidence" if begins >= plan.today else "next.look_back"
    if begins < plan.today and any(a.key == _EVIDENCE for a in plan.assumed):
        key = "next.look_back.assumed"
    return t[key].format(day=day_words(begins))
