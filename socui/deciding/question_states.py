"""Which questions still matter and for what, which comes next, and which would tell most."""

from __future__ import annotations

from collections.abc import Mapping
from math import log2
from typing import TYPE_CHECKING

from socui.deciding.advice import State
from socui.knowledge.model import Question, Step

if TYPE_CHECKING:
    from datetime import date

    from socui.deciding.decide import Decider
    from socui.deciding.presumptions import Given
    from socui.profiles.profile import Profile

OPEN = ("waiting", "begun", "not_sure", "confirm")
"""The states of a question that can still be answered to some effect."""


def is_open(state: State) -> bool:
    """Whether a question is open. What is no longer needed is not: screen, report and sheet say the same of it."""
    return state.state in OPEN


def question_states(
    decider: Decider,
    profile: Profile,
    given: Mapping[str, Given],
    known: Mapping[int, int],
    judged: Mapping[str, bool | None],
) -> dict[str, State]:
    """Where every question stands, and what it can still change. `judged` says which notes and steps are undecided."""
    compiled, d = decider.compiled, decider.compiled.diagrams
    noted: dict[str, set[str]] = {}
    for item, names in decider.looked_at:
        if judged[item.id] is None:
            purpose = "plan" if isinstance(item, Step) or item.purpose == "plan" else "scope"
            noted.setdefault(purpose, set()).update(names)
    live = {p: {v for f in fs for v in d.support(compiled.rest(f, known))} for p, fs in compiled.purposes.items()}
    found = {}
    for question in decider.knowledge.questions.values():
        variables = compiled.of_question[question.id]
        purposes = frozenset(
            [p for p, alive in live.items() if not alive.isdisjoint(variables)]
            + [p for p, names in noted.items() if question.id in names]
        )
        found[question.id] = State(question, _state(decider, question, profile, given, known, purposes), purposes)
    return found


def _state(
    decider: Decider,
    question: Question,
    profile: Profile,
    given: Mapping[str, Given],
    known: Mapping[int, int],
    purposes: frozenset[str],
) -> str:
    compiled = decider.compiled
    if question.ask_when is not None:
        applies = compiled.rest(compiled.applies(question.id), known)
        if applies == compiled.diagrams.false:
            return "inapplicable"
    if question.id in profile.confirm:
        return "confirm"
    if question.id in profile.not_sure:
        return "not_sure"
    answer = given.get(question.id)
    if answer is not None and answer.complete:
        return "answered"
    if answer is not None and answer.chosen:
        return "begun"
    return "waiting" if purposes else "needless"


def still_open(states: Mapping[str, State], purpose: str) -> tuple[str, ...]:
    """The open questions that can still change what is concluded for that purpose, in authored order."""
    return tuple(q for q, s in states.items() if purpose in s.purposes and is_open(s))


def next_question(states: Mapping[str, State]) -> str | None:
    """The next question in authored order without the needless: first what can change the headline. None: all said."""
    for purposes in ({"headline"}, {"strength", "scope", "plan"}):
        for id, state in states.items():
            if is_open(state) and state.state != "not_sure" and state.purposes & purposes:
                return id
    return None


def most_deciding(decider: Decider, profile: Profile, today: date | None = None) -> tuple[str, float] | None:
    """The open question whose answer tells most about the headline, all answers being taken as equally frequent, and how
    many bits it tells. Greedy: the best next question, not the shortest interview."""
    compiled, d = decider.compiled, decider.compiled.diagrams
    rest = compiled.rest(compiled.headline, decider.known(decider.given(profile, today)))
    memo: dict[int, dict[str, float]] = {}

    def shares(node: int) -> dict[str, float]:
        """How the completions below a node are spread over the headlines."""
        if node not in memo:
            kids = d.kids[node]
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
        if not variables or question.id in profile.not_sure:
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
    """The uncertainty of a distribution, in bits."""
    return -sum(p * log2(p) for p in shares.values() if p > 0)
