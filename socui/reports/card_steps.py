"""What to do next, in the order of what cannot wait: answers that do not fit, readers served late, what is unclear, orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from socui.deciding.advice import REPORTS, Advice
from socui.knowledge.model import Knowledge
from socui.planning.model import Plan, RequestOutcome
from socui.profiles.profile import Profile
from socui.reports.words import day_words, joined, requester, sentence

if TYPE_CHECKING:
    from socui.reports.card import Entry

WAITS = ("clarify", "neither")


def next_steps(
    knowledge: Knowledge,
    profile: Profile,
    advice: Advice,
    plan: Plan,
    assumed: Sequence[Entry],
    missing: Sequence[Entry],
) -> Iterator[Entry]:
    """The steps that follow from advice and plan, most urgent first; each fits one line."""
    from socui.reports.card import Entry

    if advice.leaning in WAITS or advice.early:
        yield from _waiting(knowledge, profile, advice)
        return
    t = knowledge.texts
    late = [o for o in plan.requests if o.is_late or o.answer == "no_report"]
    if late:
        yield Entry(t["next.late"].format(whom=_whom(t, profile, advice, late)), "", late[0].facts)
    if advice.clarify:
        yield Entry(t["next.clarify"].format(whom=_whom(t, profile, advice, plan.requests)))
    for entry in missing:
        yield Entry(t["next.missing"].format(what=entry.text), entry.key)
    if asked := [o for o in plan.requests if o not in late]:
        yield Entry(t["next.confirm"].format(whom=_whom(t, profile, advice, asked)))
    if assumed:
        yield Entry(t["next.assumed"].format(what=assumed[0].text.rstrip(".")), assumed[0].key, assumed[0].facts)
    yield Entry(_evidence(t, profile, plan))
    yield Entry(t["next.quotes"])


def _waiting(knowledge: Knowledge, profile: Profile, advice: Advice) -> Iterator[Entry]:
    """Where no report is to be ordered yet: ask, answer, and what the knowledge base says to do."""
    from socui.reports.card import Entry

    t = knowledge.texts
    if advice.clarify:
        facts = tuple(dict.fromkeys(f for reason in advice.clarify for f in reason.rule.facts))
        yield Entry(t["next.clarify"].format(whom=_whom(t, profile, advice, ())), "", facts)
    if advice.early and advice.next:
        question = knowledge.questions[advice.next]
        yield Entry(t["next.missing"].format(what=question.ask), question.id, question.facts)
    for noted in advice.notes:
        if noted.note.kind == "step":
            yield Entry(sentence(noted.note.title), "", noted.note.facts)


def _whom(t: Mapping[str, str], profile: Profile, advice: Advice, outcomes: Sequence[RequestOutcome]) -> str:
    """Those who asked, in words; where no request is recorded, whoever the answers name."""
    requests = {r.id: r for r in profile.requests}
    names = [requester(t, requests[o.id]) for o in outcomes if o.id in requests]
    names = names or [requester(t, r) for r in profile.requests if not outcomes]
    names = names or [advice.by_whom[r] for r in REPORTS if advice.by_whom.get(r)]
    return joined(list(dict.fromkeys(names))) or t["reader.anybody"]


def _evidence(t: Mapping[str, str], profile: Profile, plan: Plan) -> str:
    """What to do about evidence before the first period begins, or where it began already."""
    first = min((r for r in plan.reports if not r.next), key=lambda r: r.begins or r.last, default=None)
    begins = first.begins or first.as_of if first else None
    if begins is None or profile.answers.get("controls_age") == "not_in_place":
        return t["next.readiness"]
    return t["next.look_back" if begins <= plan.today else "next.evidence"].format(day=day_words(begins))
