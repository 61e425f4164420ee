"""socui as a library: answers in, Advice out, nothing read but the knowledge and nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from socui.deciding.answers import check, parse, replied
from socui.deciding.batch import Outcome, assess
from socui.deciding.decide import Decider
from socui.knowledge.toml_tables import suggest
from socui.profiles.profile import Profile
from socui.profiles.records import Event, Evidence, ReportHeld, Request

if TYPE_CHECKING:
    from socui.deciding.advice import Advice
    from socui.knowledge.model import Knowledge
    from socui.reports.card import Card

__all__ = ["Outcome", "advise", "answer_card", "assess"]

_deciders: dict[int, Decider] = {}
_shipped: list[Decider] = []


def advise(
    answers: Mapping[str, str | Iterable[str] | date],
    *,
    partly: Iterable[str] = (),
    not_sure: Iterable[str] = (),
    today: date | None = None,
    knowledge: Knowledge | None = None,
    requests: Iterable[Request] = (),
    reports_held: Iterable[ReportHeld] = (),
    events: Iterable[Event] = (),
    evidence: Evidence | None = None,
) -> Advice:
    """Return everything that is said of a set of answers.

    `answers` maps question ids to option ids: one; for a question with several answers any number, none at all being
    "none of these". A text is read as in a table ("payroll;billing", "none", "?"). A date answers a question that a date
    can answer; it needs `today`. A question that is left out is unknown, which is never "no".
    `partly` names questions of which more options may apply than are listed, `not_sure` questions nobody can answer yet.
    `requests`, `reports_held`, `events` (big changes) and `evidence` are records of socui.profiles.records. Days of the
    last two say nothing without `today`.
    `knowledge` is the base to use (socui.knowledge.load.load_knowledge), else the one that comes with socui.

    The same arguments always give the same advice. Raises ValueError for questions and options that do not exist.
    """
    decider = _decider(knowledge)
    profile = replace(
        _profile(decider, answers, partly, not_sure, today),
        requests=tuple(requests),
        reports_held=tuple(reports_held),
        events=tuple(events),
        evidence=evidence or Evidence(),
    )
    return decider.advise(profile, today)


def answer_card(  # noqa: PLR0913  (a profile has so many parts)
    answers: Mapping[str, str | Iterable[str] | date],
    *,
    today: date,
    organization: str = "",
    country: str = "",
    requests: Iterable[Request] = (),
    reports_held: Iterable[ReportHeld] = (),
    events: Iterable[Event] = (),
    evidence: Evidence | None = None,
    partly: Iterable[str] = (),
    not_sure: Iterable[str] = (),
    knowledge: Knowledge | None = None,
) -> Card:
    """Return the answer on one card: which report, which Type, over which days, in hand when, at what fee, for whom,
    what next.

    `answers`, `partly`, `not_sure`, `knowledge` and the records (`requests`, `reports_held`, `events`, `evidence`) are as
    in `advise`. `today` is the day the plan begins. socui.reports.card_lines.card_text writes it as text.
    """
    from socui.reports.card import card_for

    decider = _decider(knowledge)
    answered = _profile(decider, answers, partly, not_sure, today)
    profile = replace(
        answered,
        organization=organization,
        country=country,
        requests=tuple(requests),
        reports_held=tuple(reports_held),
        events=tuple(events),
        evidence=evidence or Evidence(),
    )
    return card_for(decider, profile, today)


def _profile(
    decider: Decider,
    answers: Mapping[str, str | Iterable[str] | date],
    partly: Iterable[str],
    not_sure: Iterable[str],
    today: date | None,
) -> Profile:
    """Return the answers as a profile. Raises ValueError for questions and options that do not exist."""
    questions = decider.knowledge.questions
    profile = Profile()
    begun, unsure = set(partly), set(not_sure)
    for id in (*answers, *begun, *unsure):
        if id not in questions:
            raise ValueError(f"no question {id!r}. {suggest(id, questions)}")
    for id in begun:
        if not questions[id].several:
            raise ValueError(f"{id}: takes one answer: no more options can apply")
    for id, answer in answers.items():
        question = questions[id]
        if isinstance(answer, date):
            if not question.dated or today is None:
                raise ValueError(f"{id}: a date {'needs today' if question.dated else 'is no answer to it'}")
            profile = profile.with_date(question.dated, answer)
        elif isinstance(answer, str):
            profile = replied(profile, question, parse(question, answer))
        else:
            options = check(question, answer)
            profile = profile.with_answer(id, options if question.several else options[0])
    return replace(profile, begun=profile.begun | begun, not_sure=profile.not_sure | unsure)


def _decider(knowledge: Knowledge | None) -> Decider:
    """Return the decider of a base, remembered for the last few. One holds its base, so that the base's id stays its
    own."""
    if knowledge is None:
        if not _shipped:
            from socui.deciding.precompiled import decider

            _shipped.append(decider())
        return _shipped[0]
    remembered = _deciders.get(id(knowledge))
    if remembered is None:
        if len(_deciders) >= 4:
            _deciders.clear()
        remembered = _deciders[id(knowledge)] = Decider(knowledge)
    return remembered
