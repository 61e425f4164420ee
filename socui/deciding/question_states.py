"""Finds which questions still matter and for what, which comes next, and whose answer would say most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log2
from typing import TYPE_CHECKING

from socui.asking.speaks_for import BRANCHES, left_out
from socui.deciding.advice import OpenField, State
from socui.deciding.answers import chosen
from socui.knowledge.model import Question

if TYPE_CHECKING:
    from datetime import date

    from socui.asking.given import Given
    from socui.deciding.decide import Decider
    from socui.deciding.decided import Decided
    from socui.profiles.profile import Profile

READ_BY_PLANS = {
    "soc1": ("needed_by", "controls_age", "client_year_end", "existing_reports"),
    "soc2": ("needed_by", "controls_age", "existing_reports"),
}
"""The questions that a plan looks at, by report."""

_OPEN = ("waiting", "begun", "not_sure", "confirm")
"""The states of a question that can still be answered to some effect."""


def is_open(state: State) -> bool:
    """Return whether a question is open. What is no longer needed is not: screen, report and sheet say the same of it."""
    return state.state in _OPEN


def question_states(
    decider: Decider, decided: Decided, judged: Mapping[str, bool | None]
) -> tuple[dict[str, State], tuple[OpenField, ...]]:
    """Where every question stands, and what it can still change; and what requests leave out that can change something.
    `judged` says which notes are undecided. The question that closes the list of requests stands for the
    derived ones: whoever else asked can change what they say."""
    compiled = decider.compiled
    noted: dict[str, set[str]] = {}
    for item, names in decider.notes.looked_at:
        if judged[item.id] is None:
            purpose = "plan" if item.purpose == "plan" else "scope"
            noted.setdefault(purpose, set()).update(names)
    live = {p: compiled.live(functions, decided.ways) for p, functions in compiled.purposes.items()}

    def purposes_of(id: str) -> set[str]:
        variables = compiled.of_question[id]
        return {p for p, alive in live.items() if not alive.isdisjoint(variables)} | {
            p for p, names in noted.items() if id in names
        }

    states = {}
    derived: dict[str, set[str]] = {}
    for question in decider.knowledge.questions.values():
        if question.derived:
            derived[question.id] = purposes_of(question.id)
    open_list = {p for q, ps in derived.items() if _may_grow(decided.answers.get(q)) for p in ps}
    for question in decider.knowledge.questions.values():
        purposes = open_list if question.closes else derived.get(question.id) or purposes_of(question.id)
        states[question.id] = _state(decider, question, decided, frozenset(purposes))
    return states, tuple(_fields(decider, decided, derived))


def _may_grow(answer: Given | None) -> bool:
    """Return whether requests that nobody told of could still change an answer."""
    return answer is None or (not answer.complete and answer.open is None)


def _fields(decider: Decider, decided: Decided, derived: Mapping[str, set[str]]) -> Iterator[OpenField]:
    rests = decider.compiled.rests(decider.compiled.headline, decided.ways)
    masks = {decider.compiled.diagrams.reach[rest] for rest in rests}
    branched = {"headline"} if len(masks) > 1 else {"strength"} if not decided.ways.single else set()
    for request in decided.profile.requests:
        for name, questions in left_out(request).items():
            purposes = {p for q in questions if _unsettled(decided.answers.get(q)) for p in derived.get(q, ())}
            if name in BRANCHES:
                purposes |= branched
            if purposes:
                yield OpenField(request.id, name, frozenset(purposes))


def _unsettled(answer: Given | None) -> bool:
    return answer is None or not answer.complete


def _state(decider: Decider, question: Question, decided: Decided, purposes: frozenset[str]) -> State:
    profile = decided.profile
    answer = decided.answers.get(question.id)
    if decider.applies(question, decided.ways) is False:
        word = "inapplicable"
    elif question.id in profile.confirm:
        word = "confirm"
    elif question.id in profile.not_sure:
        word = "not_sure"
    elif answer is not None and answer.complete:
        word = "answered"
    elif answer is not None and answer.chosen:
        word = "begun"
    else:
        word = "waiting" if purposes else "needless"
    return State(question, word, purposes, _recorded(question, profile, answer))


def _recorded(question: Question, profile: Profile, answer: Given | None) -> tuple[str, ...]:
    """Return the options that count by a record or a date, where they are not just what was answered."""
    if answer is None or question.derived or answer.chosen.issubset(chosen(profile, question) or ()):
        return ()
    return tuple(o.id for o in question.options if o.id in answer.chosen)


def still_open(states: Mapping[str, State], purpose: str) -> tuple[str, ...]:
    """Return the open questions that can still change what is concluded for that purpose, in authored order."""
    return tuple(q for q, s in states.items() if purpose in s.purposes and is_open(s) and not s.question.derived)


def stage_of(
    states: Mapping[str, State],
    fields: Sequence[OpenField],
    settled: bool,
    advised: Sequence[str],
    profile: Profile,
) -> tuple[str, tuple[str, ...]]:
    """Where the interview is, and the questions of that stage that are still to be asked, in authored order: first who
    asks; then what decides which report fits; once that is settled what fixes Type and dates, then the scope of what is
    advised. What was marked not sure is not asked again."""
    asked = [s for s in states.values() if is_open(s) and s.state != "not_sure" and not s.question.derived]
    if settled or not any("headline" in s.purposes for s in states.values()):
        wanted = [s for s in asked if not s.question.reports or set(s.question.reports) & set(advised)]
        dates = tuple(s.question.id for s in wanted if "plan" in s.purposes and s.question.section == "timing")
        if advised and dates:
            return "dates", dates
        rest = tuple(s.question.id for s in wanted if s.purposes and not s.question.closes)
        return ("scope", rest) if rest else ("done", ())
    decides = tuple(s.question.id for s in asked if "headline" in s.purposes)
    first = [id for id in decides if states[id].question.section == "requests"]
    waiting = any("headline" in f.purposes for f in fields)
    if first or waiting or (profile.requests and not decides):
        return "requests", decides
    return "fit", decides


def most_deciding(decider: Decider, profile: Profile, today: date | None = None) -> tuple[str, float] | None:
    """Return the open question whose answer tells most about the headline, all answers being taken as equally
    frequent, and how many bits it tells. Greedy: the best next question, not the shortest interview."""
    compiled, d = decider.compiled, decider.compiled.diagrams
    rest = compiled.rest(compiled.headline, decider.known(decider.given(profile, today)))
    memo: dict[int, dict[str, float]] = {}

    def shares(node: int) -> dict[str, float]:
        """Return how the completions below a node are spread over the headlines."""
        if node not in memo:
            kids = d.below(node)
            if not kids:
                memo[node] = {str(d.value(node)): 1.0}
            else:
                total: dict[str, float] = {}
                for kid in kids:
                    for value, share in shares(kid).items():
                        total[value] = total.get(value, 0.0) + share / len(kids)
                memo[node] = total
        return memo[node]

    before = entropy(shares(rest))
    best: tuple[str, float] | None = None
    live = set(d.support(rest))
    for question in decider.knowledge.questions.values():
        variables = [v for v in compiled.of_question[question.id] if v in live]
        if not variables or question.derived or question.id in profile.not_sure:
            continue
        classes = {rest: 1.0}
        for variable in variables:
            split: dict[int, float] = {}
            for function, share in classes.items():
                for value in range(d.domains[variable]):
                    part = d.restrict(function, {variable: value})
                    split[part] = split.get(part, 0.0) + share / d.domains[variable]
            classes = split
        gain = before - sum(share * entropy(shares(f)) for f, share in classes.items())
        if best is None or gain > best[1] + 1e-9:
            best = (question.id, gain)
    return best


def entropy(shares: Mapping[str, float]) -> float:
    """Return the uncertainty of a distribution, in bits."""
    return -sum(p * log2(p) for p in shares.values() if p > 0)
