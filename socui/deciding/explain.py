"""Explains why a result holds, why no other, and what would change it. This runs on request, not at every key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from socui.asking.given import Given, common
from socui.deciding.advice import Lack, Said, Tip, WhyNot
from socui.deciding.compiled import COUNTS, NOT_ALONE, strength
from socui.deciding.diagram import LEAF
from socui.deciding.headline import can_come_about
from socui.deciding.ways import Ways, ways_of
from socui.knowledge.conditions import NONE, Condition
from socui.profiles.countries import seat

if TYPE_CHECKING:
    from datetime import date

    from socui.deciding.decide import Decider
    from socui.profiles.profile import Profile

MAX_TIPS = 5
MOST_CHANGES = 3
"""How many answers at a time are looked at for a change of a settled result."""
MAX_RULES = 3
"""How many rules that do not hold are named for a report, those that lack least first."""


def why(decider: Decider, profile: Profile, today: date | None = None) -> tuple[Said, ...]:
    """Return an irreducible set of answers, in authored order, that already forces what is settled: with any one of
    them taken away, more would be possible."""
    ways = decider.worlds(profile, today)
    answers = common(ways)
    target = decider.possible(ways_of([decider.known(way) for way in ways]))
    kept = {name: None for way in ways for name in way}
    for name in reversed(list(kept)):
        fewer = {k: None for k in kept if k != name}
        left = [decider.known({k: v for k, v in way.items() if k in fewer}) for way in ways]
        if decider.possible(ways_of(left)) == target:
            kept = fewer
    named = [name for name in decider.knowledge.questions if name in kept and name in answers]
    return tuple(_said(decider, name, answers[name]) for name in named)


def _said(decider: Decider, name: str, answer: Given) -> Said:
    return Said(name, tuple(o.id for o in decider.knowledge.questions[name].options if o.id in answer.chosen))


# ---------------------------------------------------------------- why not the other


def why_not(decider: Decider, profile: Profile, today: date | None = None) -> tuple[WhyNot, ...]:
    """For each report that does not count by the leaning: the rules that would make it count, with what each lacks, those
    that lack least first. What is open is taken as the leaning takes it."""
    decider = decider.local(seat(profile))
    decided = decider.decided(profile, today)
    filled, lean = decided.filled, decided.lean
    compiled, d, rules = decider.compiled, decider.compiled.diagrams, decider.knowledge.rules
    nearest: list[WhyNot] = []
    for report in ("soc1", "soc2"):
        if d.evaluate(compiled.result(report), lean) in COUNTS:
            continue
        near = []
        for rule in compiled.rules(report):
            if rule.value in COUNTS:
                over = next((o for o in compiled.over(rule) if d.evaluate(compiled.counts(o), lean)), None)
                fires = d.evaluate(compiled.fires(rule), lean)
                lacks = () if fires else tuple(_lacks(decider, rule.condition, filled))
                near.append(WhyNot(rules[rule.id], lacks, rules[over.id] if over else None))
        order = strength(decider.knowledge.results[report])
        near.sort(key=lambda w: (len(w.lacks) + (w.over is not None), -order[w.rule.value]))
        nearest += near[:MAX_RULES]
    return tuple(nearest)


def _lacks(decider: Decider, condition: Condition, filled: Mapping[str, Given]) -> list[Lack]:
    """Return what would have to be otherwise for a condition to hold; of alternatives the one that lacks least."""
    holds = decider.leaning.holds
    lacks: list[Lack] = []
    for name, values in condition.when.items():
        if not holds(Condition(when={name: values}), filled):
            lacks += _wanted(decider, name, values, filled)
    for name, values in condition.all.items():
        missing = tuple(v for v in values if not holds(Condition(when={name: (v,)}), filled))
        lacks += [Lack(name, (value,)) for value in missing]
    for name, values in condition.only.items():
        if not holds(Condition(only={name: values}), filled):
            lacks.append(Lack(name, values, only=True))
    if condition.any and not any(holds(c, filled) for c in condition.any):
        ways = [_lacks(decider, c, filled) for c in condition.any]
        nearest: list[Lack] = min(ways, key=len)
        lacks += nearest
    for name, values in condition.unless.items():
        if holds(Condition(when={name: values}), filled):
            lacks += _unwanted(decider, name, values, filled)
    return list(dict.fromkeys(lacks))


def _wanted(decider: Decider, name: str, values: tuple[str, ...], filled: Mapping[str, Given]) -> list[Lack]:
    term = decider.knowledge.terms.get(name)
    return [Lack(name, values)] if term is None else _lacks(decider, term.condition, filled)


def _unwanted(decider: Decider, name: str, values: tuple[str, ...], filled: Mapping[str, Given]) -> list[Lack]:
    term = decider.knowledge.terms.get(name)
    if term is None:
        unwanted = filled[name].chosen & set(values) if name in filled else set(values)
        return [Lack(name, tuple(v for v in values if v in unwanted or v == NONE), without=True)]
    answers = decider.leaning.rests_on(term.condition, filled, ())
    return [Lack(a.question, a.options, without=True) for a in answers]


# ---------------------------------------------------------------- what would change it


def tips(decider: Decider, profile: Profile, today: date | None = None) -> tuple[Tip, ...]:
    """Return at most five changes that would change the possible headlines: of one answer; where none does, the
    fewest answers that together would. What can come about comes first, then questions that the person is unsure of, and
    those about requests and plans."""
    own, readings = decider.reader.read(profile, today)
    answers = decider.reader.shared(own, readings)
    changes = _Changes(decider, decider.ways(own, readings))
    before = changes.before
    candidates = [tip for move in _moves(decider, answers) if (tip := changes.effect([move]))]
    if not candidates and len(before) == 1:
        candidates = [tip for moves in _fewest(decider, answers, before[0]) if (tip := changes.effect(moves))]
    order = {q: i for i, q in enumerate(decider.knowledge.questions)}

    def rank(tip: Tip) -> tuple[bool, bool, bool, bool, int]:
        section = decider.knowledge.questions[tip.question].section
        return (
            not can_come_about(decider.knowledge, profile, tip),
            tip.question not in profile.not_sure,
            not tip.forces,
            section not in ("asks", "heading"),
            -order[tip.question],  # what the service is at all is asked first, and seldom turns out otherwise
        )

    best: dict[tuple[str, ...], Tip] = {}
    for tip in sorted(candidates, key=rank):
        best.setdefault((tip.question, *(a.question for a in tip.also), *tip.possible), tip)
    return tuple(list(best.values())[:MAX_TIPS])


Move = tuple[str, Given]


class _Changes:
    """What changes of answers do to the possible headlines. What the other answers leave of the headline is worked out once
    for the questions that change."""

    def __init__(self, decider: Decider, ways: Ways) -> None:
        self._decider, self._ways = decider, ways
        self.before = decider.possible(ways)
        self._left: dict[tuple[str, ...], tuple[int, Ways]] = {}

    def effect(self, moves: Sequence[Move]) -> Tip | None:
        """Return the tip to change those answers; None where that changes nothing."""
        after = self._after(moves)
        if after == self.before:
            return None
        first, *rest = moves
        change = _said(self._decider, *first)
        return Tip(
            change.question, change.options, after, len(after) == 1, tuple(_said(self._decider, *m) for m in rest)
        )

    def _after(self, moves: Sequence[Move]) -> tuple[str, ...]:
        compiled, d = self._decider.compiled, self._decider.compiled.diagrams
        names = tuple(sorted(name for name, _ in moves))
        if names not in self._left:
            ways = self._ways.without({v for name in names for v in compiled.of_question[name]})
            self._left[names] = compiled.rest(compiled.headline, ways.shared), ways
        function, ways = self._left[names]
        function = compiled.rest(function, self._decider.known(dict(moves)))
        mask = 0
        for own in ways.told_apart(d.support(function)):
            mask |= d.under(function, own)
        return tuple([headline for headline, bit in compiled.bits if mask & bit])


def _moves(decider: Decider, answers: Mapping[str, Given]) -> Iterator[Move]:
    """Yield every change of one answer: another option, one more ticked or taken away, the rest said to be no."""
    compiled, d = decider.compiled, decider.compiled.diagrams
    matters = {compiled.variables[v][0] for v in d.support(compiled.headline)}
    cube = decider.known(answers)
    for question in decider.knowledge.questions.values():
        if question.id not in matters or compiled.rest(compiled.applies(question.id), cube) == d.false:
            continue
        now = answers.get(question.id)
        for option in question.options:
            if now is not None and not question.several and option.id in now.chosen:
                continue
            if not question.several or now is None or option.alone:
                yield question.id, Given(frozenset([option.id]), not question.several or now is not None)
            elif option.id in now.chosen:
                yield question.id, Given(now.chosen - {option.id}, True)
            else:
                alone = {o.id for o in question.options if o.alone}
                yield question.id, Given((now.chosen - alone) | {option.id}, now.complete)
        if question.several and (now is None or not now.complete):
            yield question.id, Given(frozenset() if now is None else now.chosen, True)


def _fewest(decider: Decider, answers: Mapping[str, Given], before: str) -> Iterator[list[Move]]:
    """Yield the smallest sets of answers whose change leads away from a settled headline.

    A way through the diagram to another headline costs one for each question in which it leaves the answers given; what
    is open costs nothing. Only the cheapest ways are followed, so none of their changes can be left out.
    """
    compiled, d = decider.compiled, decider.compiled.diagrams
    cube = decider.known(answers)
    owner = [name for name, _ in compiled.variables]
    costs: dict[tuple[int, str], float] = {}

    def steps(node: int, left: str) -> Iterator[tuple[int, int, str, int]]:
        """Yield the kids of a node: the value taken, the kid, the question left by then, and what the step costs."""
        at = d.var[node]
        here = left if left == owner[at] else ""
        for value, kid in enumerate(d.below(node)):
            if cube.get(at, value) == value:
                yield value, kid, here, 0
            else:
                yield value, kid, owner[at], int(not here)

    def cost(node: int, left: str) -> float:
        if d.var[node] == LEAF:
            return 0 if d.value(node) != before else float("inf")
        key = (node, left)
        if key not in costs:
            costs[key] = min(extra + cost(kid, now) for _, kid, now, extra in steps(node, left))
        return costs[key]

    def ways(node: int, left: str, budget: float, path: tuple[tuple[int, int], ...]) -> Iterator[dict[int, int]]:
        if d.var[node] == LEAF:
            yield dict(path)
            return
        for value, kid, now, extra in steps(node, left):
            if extra + cost(kid, now) <= budget:
                leaves = cube.get(d.var[node], value) != value
                further = (*path, (d.var[node], value)) if leaves else path
                yield from ways(kid, now, budget - extra, further)

    least = cost(compiled.headline, "")
    if least > MOST_CHANGES:
        return
    seen = set()
    for way in islice(ways(compiled.headline, "", least, ()), 2_000):
        moves = _as_moves(decider, answers, way)
        key = tuple((name, tuple(sorted(answer.chosen))) for name, answer in moves)
        if key not in seen:
            seen.add(key)
            yield moves


def _as_moves(decider: Decider, answers: Mapping[str, Given], way: Mapping[int, int]) -> list[Move]:
    """Return the answers that a way through the diagram stands for, by the variables in which it leaves the given ones."""
    compiled = decider.compiled
    changed: dict[str, Given] = {}
    for variable, value in way.items():
        name, option = compiled.variables[variable]
        question = decider.knowledge.questions[name]
        now = changed.get(name, answers.get(name, Given(frozenset(), True)))
        if option:
            chosen = now.chosen | {option} if value else now.chosen - {option}
        elif not question.several:
            chosen = frozenset([question.options[value].id])
        else:
            alone = compiled.alone[name]
            chosen = now.chosen - set(alone) if value == NOT_ALONE else frozenset([alone[value - 1]])
        changed[name] = Given(chosen, now.complete)
    return list(changed.items())
