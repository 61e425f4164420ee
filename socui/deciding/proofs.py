"""The proofs over a knowledge base, run by `socui check` and by the tests. Each failure is a line with a witness.

P1 every rule can count. P2 every rule is a deciding reason somewhere. P3 rules and presumptions do not contradict each
other. P4 nothing concluded is constant, every headline can be reached. P5 every question matters. P6 no two answers are
interchangeable. P7 a trigger never weakens a verdict. P8 questions look back only. P9 every text has a fact
that exists. P10 the leaning is among the possible. P11 every rule decides a worked case. P12 saved answers migrate.
P13 every fact is met by the user. P14 the confidence of a fact fits its sources, and a source has its publisher's address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import eq
from random import Random

from socui.deciding.advice import REPORTS
from socui.deciding.compiled import Compiled
from socui.deciding.decide import Decider
from socui.deciding.diagram import LEAF
from socui.deciding.random_profile import random_profile
from socui.knowledge.citations import citation_faults, of_article
from socui.knowledge.conditions import Condition
from socui.knowledge.model import HEADLINES, LADDER, Knowledge, Question
from socui.profiles.profile import Profile

SAMPLES = 150


EVERY_PROOF = tuple(f"P{number}" for number in range(1, 15))


def prove(knowledge: Knowledge, cases: Iterable[Profile] = (), only: Collection[str] = EVERY_PROOF) -> tuple[str, ...]:
    """Return every proof that fails, in order. P11 is run where `cases` are given. `only` names the proofs to run."""
    decider = Decider(knowledge)
    compiled = decider.compiled
    proofs: tuple[tuple[set[str], Iterable[str]], ...] = (
        ({"P1", "P2"}, _reachable(compiled)),
        ({"P3"}, _contradictions(compiled)),
        ({"P4"}, _constants(compiled)),
        ({"P5", "P6"}, _questions(compiled)),
        ({"P7"}, _monotone(compiled)),
        ({"P8"}, _looks_back(knowledge)),
        ({"P9", "P14"}, _sourced(knowledge)),
        ({"P10"}, _leaning(decider)),
        ({"P11"}, _deciding(decider, list(cases))),
        ({"P12"}, _migrations(knowledge)),
        ({"P13"}, _carried(knowledge)),
        ({"P14"}, (f"P14 {fault}" for fault in citation_faults(knowledge))),
    )
    failures = [fault for names, faults in proofs if names.intersection(only) for fault in faults]
    excepted = knowledge.exceptions
    return tuple(f for f in failures if f.split(" ", 2)[0] + ":" + f.split(" ", 2)[1].strip("[]") not in excepted)


def witness(compiled: Compiled, function: int, wanted: object) -> str:
    """Return answers under which the function has a value, in words; for error messages."""
    d = compiled.diagrams
    index = d.values.index(wanted)
    tests = []
    while d.var[function] != LEAF:
        question, option = compiled.variables[d.var[function]]
        kids = d.below(function)
        value = next(i for i, kid in enumerate(kids) if d.reach[kid] >> index & 1)
        asked = compiled.knowledge.questions[question]
        if option:
            tests.append(f"{question}{'=' if value else '!='}{option}")
        elif not asked.several:
            tests.append(f"{question}={asked.options[value].id}")
        elif value:
            tests.append(f"{question}={compiled.alone[question][value - 1]}")
        function = kids[value]
    return ", ".join(tests) or "any answers"


def _reachable(compiled: Compiled) -> Iterator[str]:
    d = compiled.diagrams
    for rule in compiled.knowledge.rules.values():
        counts = compiled.counts(rule)
        if counts == d.false:
            yield f"P1 [{rule.id}] can never count. Loosen its conditions or remove it."
            continue
        result = compiled.result(rule.result)
        value = rule.value
        if d.all([counts, d.map(result, lambda v, value=value: v == value)]) == d.false:  # type: ignore[misc]
            yield f"P2 [{rule.id}] never decides: something stronger always counts beside it. Remove it or narrow the other."


def _contradictions(compiled: Compiled) -> Iterator[str]:
    d = compiled.diagrams
    for result in compiled.knowledge.results.values():
        rules = compiled.rules(result.id)
        for i, one in enumerate(rules):
            for other in rules[i + 1 :]:
                if not result.ladder and one.value != other.value:
                    both = d.all([compiled.counts(one), compiled.counts(other)])
                    if both != d.false:
                        yield f"P3 [{one.id}] contradicts [{other.id}], for instance where {witness(compiled, both, True)}."
    presumptions = [p for p in compiled.knowledge.presumptions if p.condition is not None]
    for i, first in enumerate(presumptions):
        for second in presumptions[i + 1 :]:
            if first.question == second.question and set(first.answer) != set(second.answer):
                assert first.condition is not None and second.condition is not None
                both = d.all([compiled.condition(first.condition), compiled.condition(second.condition)])
                if both != d.false:
                    yield f"P3 [{first.id}] contradicts [{second.id}], for instance where {witness(compiled, both, True)}."


def _constants(compiled: Compiled) -> Iterator[str]:
    d = compiled.diagrams
    for result in compiled.knowledge.results.values():
        reached = d.possible(compiled.result(result.id))
        for value in result.values:
            if value.id not in reached:
                yield f"P4 [{result.id}] can never be {value.id}. Add a rule for it or remove the value."
        if len(reached) == 1:
            yield f"P4 [{result.id}] is always {reached[0]}. A constant is no conclusion."
    for headline in HEADLINES:
        if headline not in d.possible(compiled.headline):
            yield f"P4 [headline] can never be {headline}."


def _functions(compiled: Compiled) -> list[int]:
    knowledge = compiled.knowledge
    functions = [compiled.headline, *(compiled.result(r) for r in knowledge.results)]
    conditions: list[Condition | None] = [n.condition for n in knowledge.notes]
    conditions += [p.condition for p in knowledge.presumptions]
    conditions += [q.ask_when for q in knowledge.questions.values()]
    functions += [compiled.condition(c) for c in conditions if c is not None]
    return functions + [compiled.fires(r) for r in knowledge.rules.values()]


def _questions(compiled: Compiled) -> Iterator[str]:
    d = compiled.diagrams
    supports = {f: frozenset(d.support(f)) for f in _functions(compiled)}
    shown = {q for row in compiled.knowledge.rows for q in row.questions}
    made = len(d.var)
    for question in compiled.knowledge.questions.values():
        if len(d.var) - made > 50_000:
            d.forget(made)
        if question.closes:
            continue  # it says whether the derived answers are complete
        functions = [f for f, places in supports.items() if not places.isdisjoint(compiled.of_question[question.id])]
        if question.id not in shown and not functions:
            yield f"P5 [{question.id}] matters to no result and no text. Use it or remove it."
        results = {o.id: _Results(compiled, question, o.id, functions) for o in question.options}
        for i, one in enumerate(question.options):
            for other in question.options[i + 1 :]:
                told_apart = question.id in shown and (one.short, one.you) != (other.short, other.you)
                declared = one.same_as == other.id or other.same_as == one.id
                if not (told_apart or declared) and all(map(eq, results[one.id], results[other.id])):
                    yield f"P6 [{question.id}] {one.id} and {other.id} are interchangeable everywhere. Say same_as, or use them."


class _Results:
    """What functions are once a question has an answer; each is worked out when it is first compared."""

    def __init__(self, compiled: Compiled, question: Question, option: str, functions: list[int]) -> None:
        self._diagrams, self._functions = compiled.diagrams, functions
        self._assignment = compiled.assignment(question, [option], True)
        self._worked_out: list[int] = []

    def __iter__(self) -> Iterator[int]:
        for i, function in enumerate(self._functions):
            if i == len(self._worked_out):
                self._worked_out.append(self._diagrams.restrict(function, self._assignment))
            yield self._worked_out[i]


def _monotone(compiled: Compiled) -> Iterator[str]:
    d = compiled.diagrams
    rank = {v: i for i, v in enumerate(LADDER)}
    for report in REPORTS:
        result = compiled.result(report)
        support = set(d.support(result))
        for question in compiled.knowledge.questions.values():
            if not support.intersection(compiled.of_question[question.id]):
                continue
            for option in question.options:
                place = compiled.place.get((question.id, option.id))
                if place is not None and place not in support:
                    continue
                pull = option.pulls.get(report)
                if pull is None:
                    yield f"P7 [{question.id}] {option.id} bears on {report}. Say {report} = trigger, against or neutral."
                elif pull == "trigger":
                    for stronger, weaker in _turns(compiled, question, option.id):
                        grows = d.combine(
                            (d.restrict(result, stronger), d.restrict(result, weaker)),
                            lambda a, b: rank[str(a)] >= rank[str(b)],
                        )
                        if grows != d.true:
                            where = witness(compiled, grows, False)
                            yield f"P7 [{question.id}] {option.id} is a trigger of {report} but weakens it where {where}."
                            break


def _turns(compiled: Compiled, question: Question, option: str) -> Iterator[tuple[dict[int, int], dict[int, int]]]:
    """Yield pairs of assignments: with the trigger, and with what it may be turned from."""
    if not question.several:
        place = compiled.place[question.id, ""]
        ids = [o.id for o in question.options]
        for i in range(len(ids)):
            yield {place: ids.index(option)}, {place: i}
        return
    place = compiled.place[question.id, option]
    yield {place: 1}, {place: 0}
    if compiled.alone[question.id]:
        first = compiled.place[question.id, ""]
        for value in range(1, 1 + len(compiled.alone[question.id])):
            yield {first: 0, place: 1}, {first: value}


def _looks_back(knowledge: Knowledge) -> Iterator[str]:
    seen: set[str] = set()
    for question in knowledge.questions.values():
        for name in question.ask_when.names() if question.ask_when else ():
            if name not in seen:
                yield f"P8 [{question.id}] asks by {name}, which does not stand before it. Move it or ask otherwise."
        seen.add(question.id)


def _texts(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    for group in (knowledge.questions.values(), knowledge.rules.values(), knowledge.presumptions, knowledge.rows):
        for item in group:
            yield item.id, item.facts
    for more in (
        knowledge.notes,
        knowledge.durations.values(),
        knowledge.messages.values(),
        knowledge.entries,
        knowledge.categories.values(),
    ):
        for thing in more:
            yield thing.id, thing.facts
    for result in knowledge.results.values():
        for value in result.values:
            yield f"{result.id}.{value.id}", value.facts


def _sourced(knowledge: Knowledge) -> Iterator[str]:
    for id, facts in _texts(knowledge):
        if not facts:
            yield f"P9 [{id}] has no fact. Cite one."
        elif all(of_article(knowledge, fact) for fact in facts):
            yield f"P14 [{id}] rests on the article alone, which is no authority. Cite another fact beside it."
        for fact in facts:
            if fact not in knowledge.facts:  # P14 sees that a fact has its source
                yield f"P9 [{id}] cites {fact}, which does not exist. Add the fact."


def _leaning(decider: Decider) -> Iterator[str]:
    random = Random(2026)
    for _ in range(SAMPLES):
        profile = random_profile(decider.knowledge, random, random.random())
        advice = decider.advise(profile)
        if advice.leaning not in advice.possible:
            yield f"P10 [headline] leans to {advice.leaning}, which is impossible, where {dict(profile.answers)}."
            return
        for id, finding in advice.findings.items():
            if finding.leaning not in finding.possible:
                yield f"P10 [{id}] leans to {finding.leaning}, which is impossible, where {dict(profile.answers)}."
                return


def _deciding(decider: Decider, cases: list[Profile]) -> Iterator[str]:
    if not cases:
        return
    decided = {
        r.rule.id for case in cases for f in decider.advise(case).findings.values() for r in f.reasons if r.deciding
    }
    for rule in decider.knowledge.rules.values():
        if rule.id not in decided:
            yield f"P11 [{rule.id}] decides no worked case. Add a case that shows it."


def _migrations(knowledge: Knowledge) -> Iterator[str]:
    for change in knowledge.changes:
        for name in (*change.confirm, *(v.split(".")[0] for v in change.renamed.values())):
            if name not in knowledge.questions:
                yield f"P12 [{change.version}] speaks of the question {name}, which does not exist. Correct the change."


def _carried(knowledge: Knowledge) -> Iterator[str]:
    met = {f for _, facts in _texts(knowledge) for f in facts}
    for fact in knowledge.facts:
        if fact not in met and fact not in knowledge.left_out:
            yield f"P13 [{fact}] is met nowhere. Cite it in a text, or list it as left out with the reason."
