"""The brute-force evaluator: the meaning of a knowledge base in a few lines, against which the diagrams are tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from socui.deciding.compiled import headline_of
from socui.deciding.presumptions import Given
from socui.knowledge.conditions import NONE, Condition
from socui.knowledge.model import Knowledge, Question

Full = dict[str, frozenset[str]]


def sets(question: Question, answer: Given | None) -> Iterator[frozenset[str]]:
    """Every complete valid answer that agrees with what is given."""
    if answer is not None and answer.complete:
        yield answer.chosen
        return
    must = answer.chosen if answer else frozenset()
    if not question.several:
        yield from (frozenset([o.id]) for o in question.options)
        return
    for option in question.options:
        if option.alone and must <= {option.id}:
            yield frozenset([option.id])
    free = [o.id for o in question.options if not o.alone]
    if must <= set(free):
        rest = [o for o in free if o not in must]
        for n in range(len(rest) + 1):
            for more in combinations(rest, n):
                yield must | frozenset(more)


def completions(knowledge: Knowledge, answers: Mapping[str, Given]) -> Iterator[Full]:
    """Every complete profile that agrees with what is given."""
    questions = list(knowledge.questions.values())
    for choice in product(*(list(sets(q, answers.get(q.id))) for q in questions)):
        yield {q.id: c for q, c in zip(questions, choice, strict=True)}


class Oracle:
    """Evaluates one complete profile, rule by rule."""

    def __init__(self, knowledge: Knowledge, raw: Full) -> None:
        self.k = knowledge
        self.terms: dict[str, bool] = {}
        self.answers: Full = {}
        for question in knowledge.questions.values():
            applies = question.ask_when is None or self.holds(question.ask_when)
            self.answers[question.id] = raw[question.id] if applies else frozenset(question.otherwise)
        self.results: dict[str, str] = {}
        for result in sorted(knowledge.results.values(), key=lambda r: r.stage):
            if result.stage > 1 and "headline" not in self.results:
                self.results["headline"] = headline_of(self.results["soc1"], self.results["soc2"])
            fired = [r for r in knowledge.rules.values() if r.result == result.id and self.holds(r.condition)]
            firing = {r.id for r in fired}

            def counts(id: str, firing: set[str] = firing) -> bool:
                return id in firing and not any(counts(o) for o in firing if id in knowledge.rules[o].overrides)

            counting = [r.id for r in fired if counts(r.id)]
            ranks = [v.id for v in result.values]
            values = [knowledge.rules[r].value for r in counting]
            self.results[result.id] = max(values, key=ranks.index) if values else result.default
        self.results.setdefault("headline", headline_of(self.results["soc1"], self.results["soc2"]))

    def holds(self, c: Condition) -> bool:
        """Whether a condition holds."""
        return (
            all(self.one_of(n, v) for n, v in c.when.items())
            and all(set(v) <= self.answers[n] for n, v in c.all.items())
            and all(bool(self.answers[n]) and self.answers[n] <= set(v) for n, v in c.only.items())
            and (not c.any or any(self.holds(a) for a in c.any))
            and not any(self.one_of(n, v) for n, v in c.unless.items())
        )

    def one_of(self, name: str, values: tuple[str, ...]) -> bool:
        """Whether a question, term or result has one of the values."""
        if name in self.k.terms:
            if name not in self.terms:  # what it looks at has its value once and for all
                self.terms[name] = self.holds(self.k.terms[name].condition)
            return self.terms[name]
        if name in self.k.questions:
            return (NONE in values and not self.answers[name]) or not self.answers[name].isdisjoint(values)
        return self.results[name] in values
