"""How times grow with sizes: the knowledge base, the profiles, the rows of a table. A slope of 1 is linear: twice the size
takes twice the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log
from random import Random
from statistics import median
from time import perf_counter

from msgspec.structs import replace

from socui.deciding.decide import Decider
from socui.deciding.random_profile import random_profile
from socui.knowledge.conditions import Condition
from socui.knowledge.load import load_knowledge
from socui.knowledge.model import Knowledge
from socui.profiles.profile import Profile


@dataclass(frozen=True)
class Growth:
    """Seconds at sizes that grow."""

    what: str
    times: Mapping[int, float]

    @property
    def slope(self) -> float:
        """The greatest from one size to the next."""
        sizes = [*self.times]
        return max(log(self.times[b] / self.times[a]) / log(b / a) for a, b in pairwise(sizes))

    def row(self) -> str:
        """A line of the table."""
        sizes = " / ".join(f"{n:,}" for n in self.times)
        times = " / ".join(f"{t * 1000:,.1f}" for t in self.times.values())
        return f"| {self.what} | {sizes} | {times} | **{self.slope:.2f}** |"


def widened(knowledge: Knowledge, times: int) -> Knowledge:
    """A base so many times as large: every question, term, result, rule, presumption and note again under other
    names. The copies say nothing of the headline, as what a base grows by does: it is already decided by few questions."""
    questions, terms, rules = dict(knowledge.questions), dict(knowledge.terms), dict(knowledge.rules)
    results = dict(knowledge.results)
    presumptions, notes = [*knowledge.presumptions], [*knowledge.notes]
    for i in range(1, times):
        own = {name: f"{name}_{i}" for name in (*knowledge.questions, *knowledge.terms, *knowledge.results)}

        def again(condition: Condition | None, own: Mapping[str, str] = own) -> Condition | None:
            return None if condition is None else renamed(condition, own)

        for q in knowledge.questions.values():
            questions[own[q.id]] = replace(q, id=own[q.id], ask_when=again(q.ask_when))
        for term in knowledge.terms.values():
            terms[own[term.id]] = replace(term, id=own[term.id], condition=renamed(term.condition, own))
        for rule in knowledge.rules.values():
            over = tuple(f"{r}_{i}" for r in rule.overrides)
            id, condition = f"{rule.id}_{i}", renamed(rule.condition, own)
            rules[id] = replace(rule, id=id, result=own[rule.result], condition=condition, overrides=over)
        for result in knowledge.results.values():
            id, purpose = own[result.id], "scope" if result.purpose == "headline" else result.purpose
            results[id] = replace(result, id=id, stage=2, needs=again(result.needs), purpose=purpose)
        presumptions += [
            replace(p, id=f"{p.id}_{i}", question=own[p.question], condition=again(p.condition))
            for p in knowledge.presumptions
        ]
        notes += [replace(n, id=f"{n.id}_{i}", condition=again(n.condition)) for n in knowledge.notes]
    return replace(
        knowledge,
        questions=questions,
        terms=terms,
        results=results,
        rules=rules,
        presumptions=tuple(presumptions),
        notes=tuple(notes),
    )


def renamed(condition: Condition, own: Mapping[str, str]) -> Condition:
    """The condition on other questions, terms and results."""

    def tests(of: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {own.get(name, name): values for name, values in of.items()}

    return Condition(
        when=tests(condition.when),
        all=tests(condition.all),
        only=tests(condition.only),
        any=tuple(renamed(c, own) for c in condition.any),
        unless=tests(condition.unless),
    )


def base() -> Iterator[Growth]:
    """Compiling, and advice after one answer, over bases of 1, 2 and 4 times the size."""
    knowledge = load_knowledge()
    compiled: dict[int, float] = {}
    advised: dict[int, float] = {}
    for times in (1, 2, 4):  # at 8 times the diagrams are larger than a base may make them
        wide = widened(knowledge, times)
        compiled[times] = min(timed(lambda wide=wide: Decider(wide).advise(Profile())) for _ in range(3))  # type: ignore[misc]
        advised[times] = median(changes(Decider(wide)))
    yield Growth("compiling the base and the first advice (times the size)", compiled)
    yield Growth("advice after one answer (times the size)", advised)


def changes(decider: Decider) -> Iterator[float]:
    """Seconds for the advice after each of ninety answers taken back."""
    for seed in range(3):
        answers = dict(random_profile(decider.knowledge, Random(seed), 0.5).answers)
        decider.advise(Profile(answers=dict(answers)))
        for name in Random(seed).sample(sorted(answers), min(30, len(answers))):
            del answers[name]
            profile = Profile(answers=dict(answers))
            yield timed(lambda profile=profile: decider.advise(profile))  # type: ignore[misc]


def timed(do: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begin = perf_counter()
    do()
    return perf_counter() - begin
