"""Makes facts, questions, results and rules out of TOML tables, and checks each against what was read before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from math import inf

from socui.knowledge.check import ONLY_ANSWERS, Checks, Written
from socui.knowledge.conditions import NONE, Condition
from socui.knowledge.model import (
    Contradiction,
    Option,
    Presumption,
    Question,
    Result,
    Rule,
    Section,
    Term,
    Value,
    answer_fault,
)
from socui.knowledge.sources import CONFIDENCE, DURATIONS, SOURCE_KINDS, DurationRange, Fact, Source
from socui.knowledge.toml_tables import Table, keep, suggest

PURPOSES = ("headline", "scope", "plan")
_NAMED = re.compile(r"\[[^][]*\{who\}[^][]*\][^][]*")
WHO = ("soc1", "soc2", "soc3", "either", "certificate", "investor", "survey", "soc1_bound", "soc2_bound")
"""The kinds of requests that a rule can name: those for a report, whether a wish or a condition."""
PULLS = ("trigger", "against", "neutral")


class Parts:
    """Reads the parts of a base, by id, in this order: sources, facts, sections, questions, results, terms, rules.

    A method makes one value of one table and reports the table's faults. `readable` names the files that could be read:
    a reference to another file is not checked, so that one missing file is one fault and not hundreds.
    """

    def __init__(self, readable: Collection[str]) -> None:
        self.readable = readable
        self.sources: dict[str, Source] = {}
        self.facts: dict[str, Fact] = {}
        self.sections: dict[str, Section] = {}
        self.checks = Checks()
        self.questions = self.checks.questions
        self.results = self.checks.results

    # ------------------------------------------------------------------------------------------- facts, questions

    def source(self, t: Table) -> Source:
        """Return a [[source]]."""
        kind = t.text("kind", among=SOURCE_KINDS)
        more = {key: t.text(key, need=False) for key in ("edition", "address", "read", "no_page", "read_at")}
        return Source(t.text("id"), t.text("publisher"), t.text("title"), kind, **more)

    def fact(self, t: Table) -> Fact:
        """Return a [[fact]]."""
        sources = self.listed(t, "sources", "source", self.sources, "sources.toml")
        if not sources:
            t.fault("cites no source", 'Add sources = ["..."]')
        confidence = t.text("confidence", among=CONFIDENCE)
        dispute = t.text("dispute", need=False)
        return Fact(t.text("id"), t.text("says"), sources, confidence, dispute, self._durations(t))

    def judgement(self, t: Table) -> Fact:
        """Return a [[judgement]]: an opinion of socui, printed as that."""
        return self._own(t, "judgement")

    def statement(self, t: Table) -> Fact:
        """Return a [[statement]]: what socui itself does or means."""
        return self._own(t, "program")

    def _own(self, t: Table, confidence: str) -> Fact:
        return Fact(t.text("id"), t.text("says"), (), confidence, t.text("dispute", need=False), self._durations(t))

    def _durations(self, t: Table) -> dict[str, DurationRange]:
        months = t.table("months")
        if months is None:
            return {}
        for kind in months.data.keys() - set(DURATIONS):
            t.fault(f"`months` names the unknown duration `{kind}`", suggest(kind, DURATIONS), "months")
        return {kind: months.range(kind) for kind in months.data}

    def listed(self, t: Table, key: str, kind: str, by_id: Collection[str], file: str) -> tuple[str, ...]:
        """Return the ids listed under a key, each of which has to be known; not checked where their file cannot be
        read."""
        ids = t.texts(key)
        if file in self.readable:
            for index, id in enumerate(ids):
                if id not in by_id:
                    t.fault(f"unknown {kind} `{id}`", suggest(id, by_id), key, index)
        return ids

    def cited(self, t: Table, need: bool = True) -> tuple[str, ...]:
        """Return the ids of the facts that a table cites; without `need` it may cite none."""
        facts = self.listed(t, "facts", "fact", self.facts, "facts.toml")
        if need and not facts:
            t.fault("cites no fact", 'Add facts = ["..."]')
        return facts

    def section(self, t: Table) -> Section:
        """Return a [[section]]."""
        return Section(t.text("id"), t.text("title"), t.text("about", need=False))

    def question(self, t: Table) -> Question:
        """Return a [[question]]."""
        options: dict[str, Option] = {}
        several = t.flag("several")
        for table in t.tables("option"):
            keep(options, table, self._option(table, several))
        if not options:
            t.fault("has no option", "Add a [[question.option]]")
        ask_when = t.table("ask_when")
        if t.has("otherwise") != (ask_when is not None):
            t.fault("`ask_when` and `otherwise` need each other", "Add the one that is missing", "ask_when")
        return Question(
            id=t.text("id"),
            section=t.text("section", among=self.sections),
            ask=t.text("ask"),
            short=t.text("short", most=26),
            help=t.text("help"),
            whom=t.text("whom"),
            options=tuple(options.values()),
            facts=self.cited(t),
            several=several,
            ask_when=self.checks.whole(ask_when, ONLY_ANSWERS, len(self.questions)) if ask_when else None,
            otherwise=_answer(t, "otherwise", options, several) if t.has("otherwise") else (),
            dated=t.text("dated", need=False),
            derived=t.flag("derived"),
            closes=t.flag("closes"),
            reports=t.texts("reports"),
        )

    def _option(self, t: Table, several: bool) -> Option:
        id = t.text("id")
        if several and id == NONE:
            t.fault(f'the option id "{NONE}" is reserved for "none of these"', "Choose another id", "id")
        return Option(
            id=id,
            label=t.text("label"),
            short=t.text("short", most=28),
            detail=t.text("detail", need=False),
            you=t.text("you", need=False),
            alone=t.flag("alone"),
            pulls={key: t.text(key, among=PULLS) for key in ("soc1", "soc2") if t.has(key)},
            same_as=t.text("same_as", need=False),
        )

    # ------------------------------------------------------------------------------------------ what is concluded

    def result(self, t: Table) -> Result:
        """Return a [[result]]."""
        values: dict[str, Value] = {}
        for table in t.tables("value"):
            keep(values, table, self._value(table))
        if not values:
            t.fault("has no value", "Add a [[result.value]]")
        stage = t.whole("stage")
        needs = t.table("needs")
        return Result(
            id=t.text("id"),
            title=t.text("title"),
            stage=stage,
            ladder=t.flag("ladder"),
            values=tuple(values.values()),
            default=t.text("default", among=values),
            purpose=t.text("purpose", need=False, among=PURPOSES) or "headline",
            needs=self.checks.whole(needs, stage) if needs else None,
        )

    def _value(self, t: Table) -> Value:
        says = t.text("says", need=False)
        return Value(t.text("id"), t.text("label", most=24), says, self.cited(t, need=bool(says)))

    def term(self, t: Table) -> Term:
        """Return a [[term]]."""
        return Term(t.text("id"), t.text("means"), self.checks.needed(t))

    def rule(self, t: Table) -> Written:
        """Return a [[rule]]."""
        concludes = [self._concluded(t, index, text) for index, text in enumerate(t.texts("concludes"))]
        if not concludes:
            t.fault("concludes nothing", 'Add concludes = "result.value"')
        if len({result for result, _ in concludes}) < len(concludes):
            t.fault("concludes the same result twice", "Leave one", "concludes")
        stages = (self.results[result].stage for result, _ in concludes if result in self.results)
        id = t.text("id")
        condition = self.checks.condition(t, min(stages, default=inf)) or Condition()
        return Written(
            t,
            tuple(
                Rule(
                    id=id if len(concludes) == 1 else f"{id}/{result}",
                    result=result,
                    value=value,
                    condition=condition,
                    because=t.text("because"),
                    facts=self.cited(t),
                    ask_back=t.text("ask_back", need=False),
                    named=_named(t),
                    who=t.text("who", need=t.has("named"), among=WHO),
                )
                for result, value in concludes
            ),
            t.texts("overrides"),
        )

    def contradiction(self, t: Table) -> Contradiction:
        """Return a [[contradiction]]."""
        questions = self.listed(t, "questions", "question", self.questions, "questions.toml")
        if len(questions) < 2:
            t.fault("names fewer than two questions", "Name those whose answers contradict each other", "questions")
        return Contradiction(t.text("id"), questions, t.text("says"), self.checks.needed(t), self.cited(t))

    def _concluded(self, t: Table, index: int, text: str) -> tuple[str, str]:
        result, _, value = text.partition(".")
        values = self.results[result].values if result in self.results else ()
        if "conclusions.toml" in self.readable and all(value != choices.id for choices in values):
            choices = [f"{result.id}.{value.id}" for result in self.results.values() for value in result.values]
            t.fault(f"concludes the unknown `{text}`", suggest(text, choices), "concludes", index)
        return result, value

    def presumption(self, t: Table) -> Presumption:
        """Return a [[presumption]]."""
        id = t.text("question", among=self.questions if "questions.toml" in self.readable else None)
        question = self.questions.get(id)
        options = {option.id: option for option in question.options} if question else {}
        return Presumption(
            id=t.text("id"),
            question=id,
            answer=_answer(t, "answer", options, question.several) if question else t.texts("answer"),
            condition=self.checks.condition(t, ONLY_ANSWERS),
            because=t.text("because"),
            facts=self.cited(t),
            assumed=t.text("assumed", need=False),
        )


def _answer(t: Table, key: str, options: Mapping[str, Option], several: bool) -> tuple[str, ...]:
    """Return the answer under a key: one option or, where several may be chosen, any number; "none" is the empty set."""
    if not t.has(key):
        t.fault(f"`{key}` is missing", f'Add {key} = "..."')
    answer = t.texts(key)
    if several and answer == (NONE,):
        return ()
    unknown = [(index, id) for index, id in enumerate(answer) if id not in options]
    for index, id in unknown:
        t.fault(f"`{key}` names the unknown option `{id}`", suggest(id, options), key, index)
    if not unknown and t.has(key) and (fault := answer_fault(options.values(), several, answer)):
        t.fault(f"`{key}`: {fault.what}", "Name exactly one" if not several else "Name it alone or leave it", key)
    return answer


def _named(t: Table) -> str:
    """Return the reason of a rule that names who asked for what."""
    text = t.text("named", need=False)
    if text and not _NAMED.fullmatch(text):
        t.fault("`named` does not begin with who asked for what", "Write [{who} asked for {what}], and go on", "named")
    return text
