"""Fills open answers with presumptions, so that the leaning is the exact result of one complete set of answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from socui.asking.given import Given
from socui.deciding.advice import Presumed, Said
from socui.knowledge.conditions import NONE, Condition
from socui.knowledge.model import Knowledge, Presumption

__all__ = ["Given", "Leaning", "certainty"]


class Leaning:
    """Fills open answers by the presumptions of a knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._for: dict[str, list[Presumption]] = {}
        for presumption in knowledge.presumptions:
            self._for.setdefault(presumption.question, []).append(presumption)
        for presumptions in self._for.values():
            presumptions.sort(key=lambda p: p.condition is None)
        self._answers = {p.id: Given(frozenset(p.answer), True) for p in knowledge.presumptions}
        self.otherwise = {q.id: Given(frozenset(q.otherwise), True) for q in knowledge.questions.values()}
        """The effective answer to each question where it does not apply."""

    def fill(self, answers: Mapping[str, Given]) -> tuple[dict[str, Given], tuple[Presumed, ...]]:
        """Return the effective answers of the leaning, all complete, and what was presumed for questions that apply."""
        filled: dict[str, Given] = dict(answers)
        presumed: list[Presumed] = []
        for question in self.knowledge.questions.values():
            if question.ask_when is not None and not self.holds(question.ask_when, filled):
                filled[question.id] = self.otherwise[question.id]
                continue
            answer = answers.get(question.id)
            if answer is None or not (answer.complete or answer.chosen):
                taken = self._presume(question.id, filled)
                if taken is not None:
                    filled[question.id] = self._answers[taken.id]
                    presumed.append(Presumed(taken, taken.answer))
                    continue
            if answer is None or not answer.complete:
                filled[question.id] = Given(answer.chosen if answer else frozenset(), True)
        return filled, tuple(presumed)

    def _presume(self, question: str, answers: Mapping[str, Given]) -> Presumption | None:
        for presumption in self._for.get(question, ()):
            if presumption.condition is None or self.holds(presumption.condition, answers):
                return presumption
        return None

    def holds(self, condition: Condition, answers: Mapping[str, Given]) -> bool:
        """Return whether a condition on answers and terms certainly holds by what is given; `unless` asks for no
        more than that its tests do not certainly hold."""
        # Loops and no generators: this is asked tens of times for each answer and each row of a table.
        one_of = self._one_of
        for name, values in condition.when.items():
            if not one_of(name, values, answers):
                return False
        for name, values in condition.all.items():
            for value in values:
                if not one_of(name, (value,), answers):
                    return False
        for name, values in condition.only.items():
            if not self._only(name, values, answers):
                return False
        if condition.any and not any(self.holds(c, answers) for c in condition.any):
            return False
        for name, values in condition.unless.items():  # noqa: SIM110
            if one_of(name, values, answers):
                return False
        return True

    def rests_on(self, condition: Condition, answers: Mapping[str, Given], presumed: Iterable[str]) -> tuple[Said, ...]:
        """Return the answers that make a condition hold, in the order of the questions."""
        resting: dict[str, set[str]] = {}
        self._collect(condition, answers, resting)
        guessed = set(presumed)
        stated = {name: answer for name, answer in answers.items() if name not in guessed}
        for name in self._excluded(condition, stated):  # what is ruled out by a mere presumption has to be said as well
            if name in guessed and name not in resting:
                resting[name] = set(answers[name].chosen)
        return tuple(
            Said(q.id, tuple(o.id for o in q.options if o.id in resting[q.id]), q.id in guessed)
            for q in self.knowledge.questions.values()
            if q.id in resting
        )

    def _collect(self, condition: Condition, answers: Mapping[str, Given], resting: dict[str, set[str]]) -> None:
        tests = [*condition.when.items(), *condition.all.items(), *condition.only.items()]
        for name, values in tests:
            if name in self.knowledge.questions:
                answer = answers.get(name)
                resting.setdefault(name, set()).update(answer.chosen & set(values) if answer else ())
            elif name in self.knowledge.terms:
                self._collect(self.knowledge.terms[name].condition, answers, resting)
        for alternative in condition.any:
            if self.holds(alternative, answers):
                self._collect(alternative, answers, resting)

    def _excluded(self, condition: Condition, answers: Mapping[str, Given]) -> Iterator[str]:
        """Yield the questions of what must not hold, but for terms that what was said rules out already."""
        for name in condition.unless:
            term = self.knowledge.terms.get(name)
            if term is None:
                yield name
            elif certainty(self.knowledge, term.condition, answers, {}) is not False:
                yield from self._questions(term.condition)

    def _questions(self, condition: Condition) -> Iterator[str]:
        for kind, name, _ in condition.parts():
            if name in self.knowledge.terms and kind != "unless":
                yield from self._questions(self.knowledge.terms[name].condition)
            elif kind != "unless":
                yield name

    def _one_of(self, name: str, values: tuple[str, ...], answers: Mapping[str, Given]) -> bool:
        term = self.knowledge.terms.get(name)
        if term is not None:
            return self.holds(term.condition, answers)
        answer = answers.get(name)
        if answer is None:
            return False
        if not answer.chosen:
            return answer.complete and NONE in values
        return not answer.chosen.isdisjoint(values)

    def _only(self, name: str, values: tuple[str, ...], answers: Mapping[str, Given]) -> bool:
        answer = answers.get(name)
        return answer is not None and answer.complete and bool(answer.chosen) and answer.chosen <= set(values)


def certainty(
    knowledge: Knowledge, condition: Condition, answers: Mapping[str, Given], possible: Mapping[str, set[str]]
) -> bool | None:
    """Return whether a condition holds whatever the open answers turn out to be (True), cannot hold (False), or is not
    known.

    Parts are judged one by one, so None may be said of a condition that the whole would decide; True and False are always
    right. `possible` maps results to the values they can still take.
    """

    def every(parts: Iterable[bool | None]) -> bool | None:
        all_hold: bool | None = True
        for part in parts:
            if part is False:
                return False
            if part is None:
                all_hold = None
        return all_hold

    def opposite(part: bool | None) -> bool | None:
        return None if part is None else not part

    def one_of(name: str, values: tuple[str, ...]) -> bool | None:
        if name in knowledge.terms:
            return judge(knowledge.terms[name].condition)
        if name in possible:
            inside = len(possible[name].intersection(values))
            return inside > 0 if inside in (0, len(possible[name])) else None
        answer = answers.get(name)
        if answer is None:
            return None
        if answer.chosen.intersection(values):
            return True
        if answer.complete:
            return NONE in values and not answer.chosen
        impossible = answer.open is not None and NONE not in values and not answer.open.intersection(values)
        return False if impossible else None

    def only(name: str, values: tuple[str, ...]) -> bool | None:
        answer = answers.get(name)
        if answer is None:
            return None
        if not answer.chosen <= set(values):
            return False
        return bool(answer.chosen) if answer.complete else None

    def judge(c: Condition) -> bool | None:
        unsure = False
        for name, values in c.when.items():
            holds = one_of(name, values)
            if holds is False:
                return False
            unsure = unsure or holds is None
        for name, values in c.unless.items():
            holds = one_of(name, values)
            if holds:
                return False
            unsure = unsure or holds is None
        rest = [one_of(n, (v,)) for n, values in c.all.items() for v in values]
        rest += [only(n, v) for n, v in c.only.items()]
        if c.any:
            rest.append(opposite(every(opposite(judge(a)) for a in c.any)))
        holds = every(rest)
        return None if holds and unsure else holds

    return judge(condition)
