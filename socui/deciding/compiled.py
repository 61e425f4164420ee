"""A knowledge base turned into decision diagrams: questions become variables, rules become functions of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from socui.deciding.diagram import Diagrams, TooLarge
from socui.deciding.ways import Ways
from socui.knowledge.conditions import NONE, Condition
from socui.knowledge.model import HEADLINES, Knowledge, Question, Result, Rule

NOT_ALONE = 0
"""The value of a question's first variable that says: none of the options that stand alone."""

COUNTS = ("expected", "required")
"""The verdicts at which a report counts in the headline."""


def headline_of(soc1: str, soc2: str) -> str:
    """Return the joint result of two verdicts: reports at expected or above count, else a clarification is due, else
    neither."""
    one, two = soc1 in COUNTS, soc2 in COUNTS
    if one or two:
        return "both" if one and two else "soc1" if one else "soc2"
    return "clarify" if "clarify" in (soc1, soc2) else "neither"


_ORDER = (
    "role",
    "entrusted",
    "financial_activities",
    "delivery_model",
    "layer",
    "financial_link",
    "client_check",
    "plans_12_18m",
    "audited_clients",
    "customer_types",
    "binding",
    "asked_by_security",
    "asked_by_others",
    "asked_by_finance",
    "anybody_asked",
    "existing_reports",
    "insists",
    "ask_weight",
    "single_wish",
    "asked_by_investors",
)
"""The questions that diagrams test first, in an order, found by trial, that keeps those of the shipped base small. It has
nothing to do with the order in which they are asked, and changes nothing but speed."""


class Compiled:
    """The functions of a knowledge base. Those that every advice asks for are compiled at once, others when first needed.

    A single-answer question is one variable, an option a value. A several-answers question is a variable an option
    (ticked or not); options that stand alone share one variable before them, and where one of them holds the ticks of
    the others do not count, so that every assignment is a valid set of answers.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.variables: list[tuple[str, str]] = []
        domains: list[int] = []
        self.place: dict[tuple[str, str], int] = {}
        self.alone: dict[str, tuple[str, ...]] = {}
        self.of_question: dict[str, tuple[int, ...]] = {}
        place = {id: number for number, id in enumerate(_ORDER)}
        for question in sorted(knowledge.questions.values(), key=lambda q: place.get(q.id, len(_ORDER))):
            first = len(domains)
            if question.several:
                self.alone[question.id] = alone = tuple(o.id for o in question.options if o.alone)
                if alone:
                    self.place[question.id, ""] = len(domains)
                    self.variables.append((question.id, ""))
                    domains.append(1 + len(alone))
                for option in question.options:
                    if not option.alone:
                        self.place[question.id, option.id] = len(domains)
                        self.variables.append((question.id, option.id))
                        domains.append(2)
            else:
                self.place[question.id, ""] = len(domains)
                self.variables.append((question.id, ""))
                domains.append(len(question.options))
            self.of_question[question.id] = tuple(range(first, len(domains)))
        self.diagrams = Diagrams(domains)
        self._atoms: dict[tuple[str, str], int] = {}
        self._terms: dict[str, int] = {}
        self._results: dict[str, int] = {}
        self._fires: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        # By identity, which is quicker than by value; the condition is kept so that its identity stays its own.
        self._conditions: dict[int, tuple[Condition, int]] = {}
        self._by_result: dict[str, list[Rule]] = {}
        for rule in knowledge.rules.values():
            self._by_result.setdefault(rule.result, []).append(rule)
        try:
            self.joint = self.diagrams.combine((self.result("soc1"), self.result("soc2")), lambda a, b: (a, b))
            self.headline = self.diagrams.map(self.joint, lambda pair: headline_of(*pair))  # type: ignore[misc]
            for rule in knowledge.rules.values():
                self.counts(rule)
            for id in knowledge.questions:
                self.applies(id)
            self.purposes: Mapping[str, list[int]] = self._by_purpose()
            """The functions that a question can matter to, by purpose: headline, strength (of a verdict), scope, plan."""
        except TooLarge as error:
            question, _ = self.variables[error.args[0]]
            raise ValueError(
                f"questions.toml: [{question}] the rules grow too large here. Test fewer questions at once."
            ) from None
        self._pack()
        self.bits = [(h, self.diagrams.reach[self.diagrams.terminal(h)]) for h in HEADLINES]
        """The bit of each headline in a mask of what can be reached."""
        self._size = len(self.diagrams.var)
        self._rests: dict[tuple[int, tuple[int | None, ...]], int] = {}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_conditions": list(self._conditions.values()), "_rests": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._conditions = {id(c): (c, f) for c, f in state["_conditions"]}

    def _pack(self) -> None:
        """Lay the functions out as the base of the diagrams, without what was needed on the way only."""
        kept = (self._atoms, self._terms, self._results, self._fires, self._counts)
        made = [*(f for functions in kept for f in functions.values()), self.joint, self.headline]
        made += [f for _, f in self._conditions.values()]
        made += [f for functions in self.purposes.values() for f in functions]
        new = self.diagrams.pack(made)
        for functions in kept:
            functions.update({key: new[f] for key, f in functions.items()})  # type: ignore[misc]
        self._conditions = {key: (c, new[f]) for key, (c, f) in self._conditions.items()}
        self.joint, self.headline = new[self.joint], new[self.headline]
        self.purposes = {purpose: [new[f] for f in functions] for purpose, functions in self.purposes.items()}

    def rest(self, function: int, cube: Mapping[int, int]) -> int:
        """Return the function that is left once the known variables are fixed; remembered by those it depends on."""
        key = (function, tuple(map(cube.get, self.diagrams.support(function))))
        rest = self._rests.get(key)
        if rest is None:
            rest = self._rests[key] = self.diagrams.restrict(function, cube)
        return rest

    def rests(self, function: int, ways: Ways) -> tuple[int, ...]:
        """Return the functions that are left in any way to read a profile, each once."""
        first = self.rest(function, ways.shared)
        if ways.single or first < 2:
            return (first,)
        return tuple({self.rest(first, own) for own in ways.told_apart(self.diagrams.support(first))})

    def reached(self, function: int, ways: Ways) -> int:
        """The values that a function can still take in any way to read a profile, as a mask. Makes few nodes."""
        first, mask, d = self.rest(function, ways.shared), 0, self.diagrams
        for own in ways.told_apart(d.support(first)):
            mask |= d.under(first, own)
        return mask

    def live(self, functions: Iterable[int], ways: Ways) -> set[int]:
        """The variables on which any of the functions can still depend, in any way to read a profile."""
        d, live = self.diagrams, set[int]()
        fixed = ways.shared.keys() | ways.always
        for function in functions:
            if all(v in live or v in ways.shared for v in d.support(function)):
                continue
            first = self.rest(function, ways.shared)
            wanted = {v for v in d.support(first) if v not in fixed}
            for own in ways.told_apart(d.support(first)):
                if wanted <= live:  # no way can show more
                    break
                live.update(d.support(self.rest(first, own)))
        return live

    def stay_small(self) -> None:
        """Drop the functions that answers have led to, once there are many of them."""
        size, nodes = self._size, len(self.diagrams.var)
        if nodes - size < (self.diagrams.limit - size) // 2 and len(self._rests) < 50_000:
            return
        self._rests.clear()
        self.diagrams.forget(size)
        self._conditions = {k: (c, f) for k, (c, f) in self._conditions.items() if f < size}
        self._atoms = {k: f for k, f in self._atoms.items() if f < size}
        self._terms = {k: f for k, f in self._terms.items() if f < size}

    def _by_purpose(self) -> dict[str, list[int]]:
        d = self.diagrams
        functions: dict[str, list[int]] = {
            "headline": [self.headline],
            "strength": [self.joint],
            "scope": [],
            "plan": [],
        }
        for result in self.knowledge.results.values():
            if result.stage > 1:
                needs = d.true if result.needs is None else self.condition(result.needs)
                spoken = d.choose(needs, self.result(result.id), d.terminal(""))
                functions.setdefault(result.purpose, []).append(spoken)
        return {p: list(dict.fromkeys(f)) for p, f in functions.items()}

    def assignment(
        self, question: Question, ticked: Iterable[str], complete: bool, open: frozenset[str] | None = None
    ) -> dict[int, int]:
        """Return what an answer says of the question's variables. Options the question does not have say nothing.
        `open` are those that may apply beside the ticked ones of an answer that is not complete; None: any."""
        place, id, ticked = self.place, question.id, frozenset(ticked)
        if not question.several:
            return next(({place[id, ""]: i} for i, o in enumerate(question.options) if o.id in ticked), {})
        chosen = [o.id for o in question.options if o.id in ticked]
        alone = self.alone[id]
        cube: dict[int, int] = {}
        if alone and (chosen or complete):
            cube[place[id, ""]] = next((alone.index(o) + 1 for o in chosen if o in alone), NOT_ALONE)
        for option in question.options:
            fixed = complete or option.id in ticked or (open is not None and option.id not in open)
            if fixed and not option.alone:
                cube[place[id, option.id]] = int(option.id in ticked)
        return cube

    def rules(self, result: str) -> list[Rule]:
        """Return the rules that conclude on a result."""
        return self._by_result.get(result, [])

    def result(self, id: str) -> int:
        """Return the function from answers to the value of a result ("soc1" ...) or of "headline"."""
        if id == "headline":
            return self.headline
        if id not in self._results:
            result = self.knowledge.results[id]
            function = self.diagrams.terminal(result.default)
            for value in result.values:
                chosen = self.diagrams.any(self.counts(r) for r in self.rules(id) if r.value == value.id)
                function = self.diagrams.choose(chosen, self.diagrams.terminal(value.id), function)
            self._results[id] = function
        return self._results[id]

    def fires(self, rule: Rule) -> int:
        """Where the rule's condition holds."""
        if rule.id not in self._fires:
            self._fires[rule.id] = self.condition(rule.condition)
        return self._fires[rule.id]

    def over(self, rule: Rule) -> list[Rule]:
        """Return the rules that override that one."""
        return [r for r in self.rules(rule.result) if rule.id in r.overrides]

    def counts(self, rule: Rule) -> int:
        """Where the rule fires and no rule that counts overrides it."""
        if rule.id not in self._counts:
            counts = [self.fires(rule), *(self.diagrams.no(self.counts(r)) for r in self.over(rule))]
            self._counts[rule.id] = self.diagrams.all(counts)
        return self._counts[rule.id]

    def applies(self, question: str) -> int:
        """Where the question applies."""
        when = self.knowledge.questions[question].ask_when
        return self.diagrams.true if when is None else self.condition(when)

    def condition(self, condition: Condition) -> int:
        """Where a condition holds."""
        key = id(condition)
        if key not in self._conditions:
            d = self.diagrams
            parts = [self._one_of(name, values) for name, values in condition.when.items()]
            parts += [self._atom(name, v) for name, values in condition.all.items() for v in values]
            for name, values in condition.only.items():
                options = [o.id for o in self.knowledge.questions[name].options]
                parts.append(self._one_of(name, values))
                parts += [d.no(self._atom(name, o)) for o in options if o not in values]
            if condition.any:
                parts.append(d.any(self.condition(c) for c in condition.any))
            parts += [d.no(self._one_of(name, values)) for name, values in condition.unless.items()]
            self._conditions[key] = condition, d.all(parts)
        return self._conditions[key][1]

    def _one_of(self, name: str, values: tuple[str, ...]) -> int:
        knowledge = self.knowledge
        if name in knowledge.questions:
            return self.diagrams.any(self._atom(name, v) for v in values)
        if name in knowledge.terms:
            if name not in self._terms:
                self._terms[name] = self.condition(knowledge.terms[name].condition)
            return self._terms[name]
        return self.diagrams.map(self.result(name), lambda value: value in values)

    def _atom(self, name: str, value: str) -> int:
        """Where the effective answer to a question has a value: the raw one while it applies, else the other one."""
        key = (name, value)
        if key in self._atoms:
            return self._atoms[key]
        question, d = self.knowledge.questions[name], self.diagrams
        if question.several and value == NONE:
            function = d.no(d.any(self._atom(name, o.id) for o in question.options))
        else:
            raw = self._raw(question, value)
            if question.ask_when is None:
                function = raw
            else:
                function = d.choose(self.applies(name), raw, d.terminal(value in question.otherwise))
        self._atoms[key] = function
        return function

    def _raw(self, question: Question, value: str) -> int:
        d = self.diagrams
        if not question.several:
            return d.test(self.place[question.id, ""], [[o.id for o in question.options].index(value)])
        alone = self.alone[question.id]
        if value in alone:
            return d.test(self.place[question.id, ""], [alone.index(value) + 1])
        ticked = d.test(self.place[question.id, value], [1])
        return d.all([d.test(self.place[question.id, ""], [NOT_ALONE]), ticked]) if alone else ticked


def strength(result: Result) -> Mapping[str, int]:
    """Return how strong each value of a result is; equal where the result has no ladder."""
    return {v.id: i if result.ladder else 0 for i, v in enumerate(result.values)}
