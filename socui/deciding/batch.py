"""Many sets of answers, fast: a row of table text in, the headline and its main conclusions out.

The figures are those of `Decider.advise`, without the reasons: what is possible is read off the diagrams without building
new ones, so that any number of rows takes the same memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from socui.asking.derive import DERIVED, worlds
from socui.asking.given import Given
from socui.deciding.answers import parse
from socui.deciding.compiled import headline_of
from socui.deciding.decide import REPORTS, Decider
from socui.deciding.diagram import LEAF
from socui.knowledge.toml_tables import suggest

REMEMBERED = 4_000
"""How many texts of one question are remembered; tables repeat few."""


REMEMBERED_REQUESTS = 200
"""How many rows' requests are remembered as they were read."""


class Outcome(NamedTuple):
    """What is concluded of one row. Where `problem` says what is wrong with it, everything else is empty.

    `headline` is the settled one (one of socui.knowledge.model.HEADLINES), else "open"; `possible` are those still possible, in
    that order; `leaning` is the likely one, equal to a settled one. `soc1` and `soc2` are verdicts (socui.knowledge.model.LADDER),
    settled or leaning. `categories` are the trust services categories to include, `types` pairs of a report and the
    conclusion on its Type; both empty where they are not spoken of.
    """

    headline: str = ""
    leaning: str = ""
    possible: tuple[str, ...] = ()
    soc1: str = ""
    soc2: str = ""
    categories: tuple[str, ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    problem: str = ""


class Assessor:
    """Assesses rows over one knowledge base. `assess` depends on nothing but its argument."""

    def __init__(self, decider: Decider) -> None:
        self.knowledge = knowledge = decider.knowledge
        self._decider = decider
        compiled, d = decider.compiled, decider.compiled.diagrams
        self._var, self._kids = d.var, d.kids
        self._headline, self._joint = compiled.headline, compiled.joint
        self._spoken = {verdicts: self._speaks(verdicts) for verdicts in d.possible(compiled.joint)}
        self._terminals: dict[int, Any] = {d.terminal(v): v for v in list(d.values)}
        self._cells: dict[str, dict[str, tuple[Given | None, dict[int, int]]]] = {q: {} for q in knowledge.questions}
        self._derived = [q.id for q in knowledge.questions.values() if q.derived or q.closes]
        self._ways: dict[tuple[tuple[str, str], ...], tuple[tuple[dict[str, Given], dict[int, int]], ...]] = {}
        self._fixed: dict[str, dict[frozenset[str], dict[int, int]]] = {q: {} for q in knowledge.questions}

    def _speaks(self, verdicts: Any) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """Under these verdicts: the categories and the reports whose Type may be spoken of, each with what to walk."""
        compiled, d, k = self._decider.compiled, self._decider.compiled.diagrams, self.knowledge
        here = d.map(compiled.joint, lambda value: value == verdicts)
        found: tuple[list[tuple[str, int]], list[tuple[str, int]]] = ([], [])
        for speaks, names, prefix in ((found[0], k.categories, ""), (found[1], REPORTS, "type_")):
            for name in names:
                result = k.results.get(prefix + name)
                if result is None:
                    continue
                needs = d.true if result.needs is None else compiled.condition(result.needs)
                both = d.all([here, needs])
                if both == here:  # the verdicts alone say that it is spoken of, as a rule
                    speaks.append((name, compiled.result(result.id)))
                elif both != d.false:
                    speaks.append((name, d.choose(needs, compiled.result(result.id), d.terminal(""))))
        return found

    def assess(self, answers: Mapping[str, str]) -> Outcome:
        """What is concluded of answers: texts by question id, as socui.deciding.answers.parse reads them."""
        given: dict[str, Given] = {}
        known: dict[int, int] = {}
        problems: list[str] = []
        cells = self._cells
        for id, text in answers.items():
            if text:
                try:
                    said, fixed = cells[id][text]
                except KeyError:
                    try:
                        said, fixed = self._read(id, text)
                    except ValueError as error:
                        problems.append(str(error))
                        continue
                if said is not None:
                    given[id] = said
                    known.update(fixed)
        if problems:
            return Outcome(problem="; ".join(problems))
        told = [(q, answers[q]) for q in self._derived if answers.get(q)]
        if not told:
            return self._outcome((given,), (known,))
        ways = self._ways.get(key := tuple(told))
        if ways is None:
            if len(self._ways) >= REMEMBERED_REQUESTS:
                self._ways.clear()
            ways = self._ways[key] = tuple((way, self._decider.known(way)) for way in self._read_requests(given))
        return self._outcome([given | way for way, _ in ways], [known | fixed for _, fixed in ways])

    def _read_requests(self, given: Mapping[str, Given]) -> tuple[dict[str, Given], ...]:
        """What the answers to the derived questions say, in each way to read them."""
        flat = {q: given[q] for q in DERIVED if q in given}
        closed = any("no" in given[q].chosen for q in self._derived if q in given and q not in flat)
        questions = self.knowledge.questions
        return tuple({q: a for q, a in way.items() if q in questions} for way in worlds((), closed, flat))

    def _read(self, id: str, text: str) -> tuple[Given | None, dict[int, int]]:
        question = self.knowledge.questions.get(id)
        if question is None:
            raise ValueError(f"no question {id[:60]!r}. {suggest(id[:60], self.knowledge.questions)}")
        reply = parse(question, text)
        said = None if reply.options is None else Given(frozenset(reply.options), reply.complete)
        if reply.not_sure and question.several and said is None:
            said = Given(frozenset(), False)
        fixed = self._decider.known({id: said}) if said else {}
        remembered = self._cells[id]
        if len(remembered) >= REMEMBERED:
            remembered.clear()
        remembered[text] = said, fixed
        return said, fixed

    def _outcome(self, ways: Sequence[Mapping[str, Given]], cubes: Sequence[dict[int, int]]) -> Outcome:
        if len(ways) == 1:
            try:  # where the walk meets no open answer, nothing has to be presumed
                return self._concluded(cubes[0], None)
            except KeyError:
                pass
        leans = [self._completed(way, cube) for way, cube in zip(ways, cubes, strict=True)]
        lean = min(leans, key=lambda known: self._value(self._joint, known).count("clarify"))
        return self._concluded(lean, self._decider.possible(cubes))

    def _concluded(self, lean: Mapping[int, int], possible: tuple[str, ...] | None) -> Outcome:
        """The outcome of the leaning; KeyError where it depends on an answer that is not known. Without `possible` the
        answers are those given, so that the leaning is the only one possible."""
        value = self._value
        soc1, soc2 = verdicts = value(self._joint, lean)
        categories, types = self._spoken[verdicts]
        leaning = headline_of(soc1, soc2)
        if possible is None:
            possible = (leaning,)
        return Outcome(
            possible[0] if len(possible) == 1 else "open",
            leaning,
            possible,
            soc1,
            soc2,
            tuple([name for name, function in categories if value(function, lean) == "include"]),
            tuple([(name, said) for name, function in types if (said := value(function, lean))]),
        )

    def _value(self, function: int, known: Mapping[int, int]) -> Any:
        var, kids = self._var, self._kids
        at = var[function]
        while at != LEAF:
            function = kids[function][known[at]]
            at = var[function]
        return self._terminals[function]

    def _completed(self, given: Mapping[str, Given], known: Mapping[int, int]) -> dict[int, int]:
        """The variables as the leaning takes them."""
        filled, _ = self._decider.leaning.fill(given)
        lean = dict(known)
        for id, answer in filled.items():
            if answer is not given.get(id):
                remembered = self._fixed[id]
                fixed = remembered.get(answer.chosen)
                if fixed is None:
                    if len(remembered) >= REMEMBERED:
                        remembered.clear()
                    fixed = remembered[answer.chosen] = self._decider.known({id: answer})
                lean.update(fixed)
        return lean


@cache
def _shipped() -> Assessor:
    from socui.deciding.precompiled import decider

    return Assessor(decider())


def assess(answers: Mapping[str, str]) -> Outcome:
    """What is concluded of one row of answers by the knowledge that comes with socui: texts by question id, as a table
    has them ("provide", "payroll;billing", "payroll;?", "none", "?", ""). A row with something wrong in it is no error:
    see `Outcome.problem`. Pure and picklable, so that it can be mapped over processes."""
    return _shipped().assess(answers)
