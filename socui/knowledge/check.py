"""Reads conditions and rules, and checks their references once every part of the base has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from socui.knowledge.conditions import NONE, Condition
from socui.knowledge.model import HEADLINES, Question, Result, Rule, Term
from socui.knowledge.sources import Fact
from socui.knowledge.toml_tables import Table, suggest

_PARTS = ("when", "all", "only", "unless")
ONLY_ANSWERS = -1.0
"""A stage before all results: a condition of that stage may look at answers only."""


class Test(Struct, frozen=True):
    """A reference in a condition: a question, term or result, and the values that it is compared with.

    Results looked at have to be of a stage below `before`. In an `ask_when` only the first `asked` questions exist.
    """

    table: Table
    part: str
    id: str
    values: tuple[str, ...]
    before: float
    asked: int | None


class Written(Struct, frozen=True):
    """A [[rule]] as the file has it: one rule for each result that it concludes, and the ids that it overrides."""

    table: Table
    rules: tuple[Rule, ...]
    overrides: tuple[str, ...]


class Checks:
    """Holds what conditions and rules may refer to, and the tests that run once all of it has been read."""

    def __init__(self) -> None:
        self.questions: dict[str, Question] = {}
        self.results: dict[str, Result] = {}
        self.terms: dict[str, Term] = {}
        self.written: dict[str, Written] = {}
        self.tables: dict[tuple[str, str], Table] = {}
        self._tests: list[Test] = []

    # ------------------------------------------------------------------------------------------------- reading

    def condition(self, table: Table, before: float = inf, asked: int | None = None) -> Condition | None:
        """Return the condition that a table's condition keys make up, None where it has none of them."""
        present = [part for part in (*_PARTS, "any") if table.has(part)]
        if not present:
            return None
        parts = {part: self._part(table.table(part), part, before, asked) for part in _PARTS}
        branches = table.tables("any", named=False)
        if "any" in present and not branches:
            table.fault("`any` has no alternatives, so it never holds", "Add one or remove it", "any")
        return Condition(**parts, any=tuple(self.whole(branch, before, asked) for branch in branches))

    def whole(self, table: Table, before: float = inf, asked: int | None = None) -> Condition:
        """Return a table that is nothing but a condition; without any condition key it is taken as its `when`."""
        condition = self.condition(table, before, asked)
        if condition is None:
            return Condition(when=self._part(table, "when", before, asked))
        table.close()
        return condition

    def needed(self, table: Table, before: float = inf) -> Condition:
        """Return the condition of a table that cannot do without."""
        condition = self.condition(table, before)
        if condition is None:
            table.fault("has no condition", f"Add `when`, or one of {', '.join((*_PARTS[1:], 'any'))}")
        return condition or Condition()

    def _part(self, table: Table | None, part: str, before: float, asked: int | None) -> dict[str, tuple[str, ...]]:
        tests: dict[str, tuple[str, ...]] = {}
        if table is None:
            return tests
        if not table.data:
            table.fault(f"`{part}` is empty", "Add what has to hold or remove it")
        for id, value in table.data.items():
            tests[id] = ("true",) if value is True and table.has(id) else table.texts(id)
            if value == []:
                table.fault(f"`{id}` has no values, so `{part}` says nothing", f'Give values, or "{NONE}"', id)
            self._tests.append(Test(table, part, id, tests[id], before, asked))
        return tests

    def rules(self) -> dict[str, Rule]:
        """Return every rule by id, with the ids it overrides made out; a cycle or an id across results is a fault."""
        rules: dict[str, Rule] = {}
        for id, written in self.written.items():
            listed = [self._overridden(id, written, index, name) for index, name in enumerate(written.overrides)]
            for rule in written.rules:
                ids = tuple(other.id for others in listed for other in others if other.result == rule.result)
                rules[rule.id] = replace(rule, overrides=ids)
        owners = {rule.id: written.table for written in self.written.values() for rule in written.rules}
        report_loops({id: rule.overrides for id, rule in rules.items()}, owners, "overrides", "overrides itself")
        return rules

    def _overridden(self, id: str, written: Written, index: int, name: str) -> tuple[Rule, ...]:
        if name == id:
            written.table.fault("overrides itself", "Remove it", "overrides", index)
            return ()
        bare = name.partition("/")[0]
        others = tuple(r for r in self.written[bare].rules if name in (bare, r.id)) if bare in self.written else ()
        results = [rule.result for rule in written.rules]
        if not others:
            written.table.fault(f"overrides the unknown rule `{name}`", suggest(name, self.written), "overrides", index)
        elif not any(other.result in results for other in others):
            what = f"overrides `{name}`, which concludes {others[0].result} and not {' or '.join(results)}"
            written.table.fault(what, "Override only rules on the same result", "overrides", index)
        return others

    # ------------------------------------------------------------------------------------------------ checking

    def run(self) -> None:
        """Check every condition read: that what it looks at exists, has those values and is known by then."""
        for result in self.results.keys() & self.questions.keys():
            self._clash("result", result, "a question")
        for term in self.terms:
            if term in self.questions or term in self.results:
                self._clash("term", term, "a question" if term in self.questions else "a result")
        looked = {id: tuple(dict.fromkeys(term.condition.names())) for id, term in self.terms.items()}
        owners = {id: self.tables["term", id] for id in self.terms}
        report_loops(looked, owners, "", "is defined by itself")
        for test in self._tests:
            self._check(test)

    def _clash(self, kind: str, id: str, what: str) -> None:
        self.tables[kind, id].fault(f"is the id of {what} too, so a condition cannot tell", "Rename one of them", "id")

    def _check(self, test: Test) -> None:
        if test.id in self.questions:
            self._check_question(test, self.questions[test.id])
            return
        if test.asked is not None:
            names: Iterable[str] = list(self.questions)[: test.asked]
            if test.id in self.terms or test.id in self.results or test.id == "headline":
                test.table.fault(f"`ask_when` looks at `{test.id}`, not at an answer", "Use earlier questions", test.id)
                return
        else:
            names = [*self.questions, *self.terms, *self.results, "headline"]
        if test.id in self.terms:
            self._allow(test, ("true",), "a term: it holds or not", "Write true; to deny it, put it under `unless`")
        elif test.id in self.results:
            self._allow(test, [value.id for value in self.results[test.id].values])
        elif test.id == "headline":
            self._allow(test, HEADLINES)
        else:
            test.table.fault(f"unknown question, term or result `{test.id}`", suggest(test.id, names), test.id)
            return
        self._check_stage(test)

    def _check_question(self, test: Test, question: Question) -> None:
        if test.asked is not None and (place := list(self.questions).index(test.id)) >= test.asked:
            itself = place == test.asked
            what = "looks at itself" if itself else f"looks at `{test.id}`, which is asked later"
            test.table.fault(f"`ask_when` {what}", "Use earlier questions", test.id)
        if test.part in ("all", "only") and not question.several:
            what = f"`{test.part}` looks at `{test.id}`, where only one answer is chosen"
            test.table.fault(what, "Use `when`", test.id)
            return
        options = [option.id for option in question.options]
        self._allow(test, [*options, NONE] if question.several and test.part in ("when", "unless") else options)

    def _allow(self, test: Test, values: Iterable[str], what: str = "", fix: str = "") -> None:
        allowed = list(values)
        for index, value in enumerate(test.values):
            if value not in allowed:
                what_is_wrong = f"`{test.id}` is {what}" if what else f"`{test.id}` has no `{value}`"
                test.table.fault(what_is_wrong, fix or suggest(value, allowed), test.id, index)

    def _check_stage(self, test: Test) -> None:
        if test.part in ("all", "only"):
            test.table.fault(f"`{test.part}` looks at `{test.id}`, which is no question", "Use `when`", test.id)
        if (stage := self._stage(test.id, frozenset())) >= test.before:
            what = f"`{test.id}` is concluded at stage {stage:g}, too late to be looked at here"
            fix = "Use answers only" if test.before == ONLY_ANSWERS else "Use a result of an earlier stage"
            test.table.fault(what, fix, test.id)

    def _stage(self, id: str, seen: frozenset[str]) -> float:
        """Return the stage in which an id gets its value: below all stages for what rests on answers alone."""
        if id in self.results:
            return self.results[id].stage
        if id == "headline":
            return max((self.results[report].stage for report in ("soc1", "soc2") if report in self.results), default=0)
        if id in self.terms and id not in seen:
            inner = (self._stage(name, seen | {id}) for name in self.terms[id].condition.names())
            return max(inner, default=-inf)
        return -inf


def check_months(kind: str, months: tuple[float, float, float], table: Table, facts: Iterable[Fact]) -> None:
    """Report a duration that is longer or shorter than a fact it cites says of that kind: low to high have to lie within
    what is found at all, the typical one within what is usual."""
    for fact in facts:
        if kind in fact.months:
            least, low, high, most = fact.months[kind]
            if not least <= months[0] <= months[2] <= most:
                what = f"takes {months[0]:g} to {months[2]:g} months, where {fact.id} says {least:g} to {most:g}"
                table.fault(what, "Keep to the fact or cite another", "months")
            elif not low <= months[1] <= high:
                what = f"typically takes {months[1]:g} months, where {fact.id} says {low:g} to {high:g}"
                table.fault(what, "Keep to the fact or cite another", "months")


def report_loops(graph: Mapping[str, Iterable[str]], owners: Mapping[str, Table], key: str, what: str) -> None:
    """Report each cycle of a graph once, at the first of its members as they are written."""
    edges = {id: list(dict.fromkeys(others)) for id, others in graph.items()}
    order = list(edges)
    while True:
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1]
            edges[cycle[1]].remove(cycle[0])
            ring = cycle[:0:-1]
            first = min(range(len(ring)), key=lambda index: order.index(ring[index]))
            ring = [*ring[first:], *ring[:first], ring[first]]
            through = f": {' -> '.join(ring)}" if len(ring) > 2 else ""
            owners[ring[0]].fault(what + through, "Break the circle", *([key] if key else []))
        else:
            return
