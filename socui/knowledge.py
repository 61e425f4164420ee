"""Loads a knowledge base from a folder of TOML files. A base with faults is refused, with all of them at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib.resources import files
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from socui.knowledge_checks import ANSWERS, Checks, Written, report_loops
from socui.model import (
    NONE,
    Category,
    Change,
    Condition,
    Entry,
    Fact,
    Knowledge,
    Note,
    Option,
    Presumption,
    Question,
    Result,
    Row,
    Rule,
    Section,
    Source,
    Step,
    Term,
    Value,
)
from socui.toml_tables import Faults, Table, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from importlib.resources.abc import Traversable

NEEDED = ("sources.toml", "facts.toml", "questions.toml", "conclusions.toml", "rules.toml")
"""The files without which there is no base."""

NOTES = ("mistakes.toml", "neighbours.toml", "hints.toml")
FILES = (
    *NEEDED,
    *NOTES,
    "presumptions.toml",
    "comparison.toml",
    "scope.toml",
    "plan.toml",
    "reference.toml",
    "history.toml",
)
"""Every file of a base; no other is read."""

ANSWERED = {"questions.toml", "conclusions.toml", "rules.toml"}
"""The files that conditions refer to."""

CONFIDENCE = ("standard", "recalled", "firms", "one", "background")
PURPOSES = ("headline", "scope", "plan")
LANES = ("soc1", "soc2", "both")
KINDS = ("term", "faq")
PULLS = ("trigger", "against", "neutral")

T = TypeVar("T")


class KnowledgeError(Exception):
    """A knowledge base that cannot be used. `faults` has one line each: `file:line: [id] what. Fix.`"""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """The base in a folder, or the one that comes with socui. Raises KnowledgeError with every fault that it has."""
    faults = Faults()
    contents = _contents(folder or files("socui.data"), faults)
    reader = _Reader({name: _root(name, raw, faults) for name, raw in contents.items()})
    content = b"".join(name.encode() + b"\0" + contents[name] + b"\0" for name in sorted(contents))
    knowledge = reader.knowledge(hashlib.sha256(content).hexdigest()[:16])
    if faults:
        raise KnowledgeError(faults.lines())
    return knowledge


def _contents(folder: Traversable, faults: Faults) -> dict[str, bytes]:
    found = {}
    for name in FILES:
        try:
            found[name] = folder.joinpath(name).read_bytes()
        except FileNotFoundError:
            if name in NEEDED:
                faults.add(name, 1, name, f"this file is missing in {folder}", "Add it; a base cannot do without")
        except OSError as error:
            faults.add(name, 1, name, f"cannot be read: {error.strerror}", "Make it readable")
    return found


def _root(name: str, raw: bytes, faults: Faults) -> Table | None:
    try:
        text = raw.decode()
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(name, line, name, "this line is not UTF-8", "Save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        what = str(error).split(" (at ")[0]
        where = f" in column {at[2]}" if at else " at the end of the file"
        faults.add(name, int(at[1]) if at else raw.count(b"\n") + 1, name, what + where, "Correct the TOML here")
    else:
        faults.texts[name] = text
        return Table(faults, name, (), data, name)
    return None


class _Reader:
    """Reads the files in such an order that nearly everything referred to is known by then; the rest is for Checks."""

    def __init__(self, roots: dict[str, Table | None]) -> None:
        self.roots = {name: root for name, root in roots.items() if root}
        self.sources: dict[str, Source] = {}
        self.facts: dict[str, Fact] = {}
        self.sections: dict[str, Section] = {}
        self.checks = Checks()
        self.questions = self.checks.questions
        self.results = self.checks.results

    def knowledge(self, digest: str) -> Knowledge:
        """The whole base, as good as it is."""
        checks = self.checks
        self._all("sources.toml", "source", self._source, self.sources)
        self._all("facts.toml", "fact", self._fact, self.facts)
        self._all("questions.toml", "section", self._section, self.sections)
        self._all("questions.toml", "question", self._question, self.questions)
        self._all("conclusions.toml", "result", self._result, self.results)
        self._all("rules.toml", "term", self._term, checks.terms)
        self._all("rules.toml", "rule", self._rule, checks.written)
        notes: dict[str, Note] = {}
        for name in NOTES:
            self._all(name, "note", self._note, notes)
        changes = self._all("history.toml", "change", self._change, {}, "version")
        conclusions = self.roots.get("conclusions.toml")
        base = Knowledge(
            version=next(reversed(changes), ""),
            digest=digest,
            sources=self.sources,
            facts=self.facts,
            sections=tuple(self.sections.values()),
            questions=self.questions,
            terms=checks.terms,
            results=self.results,
            rules=checks.rules(),
            presumptions=tuple(self._all("presumptions.toml", "presumption", self._presumption, {}).values()),
            rows=tuple(self._all("comparison.toml", "row", self._row, {}).values()),
            categories=self._all("scope.toml", "category", self._category, {}),
            notes=tuple(notes.values()),
            steps=self._steps(),
            entries=tuple(self._all("reference.toml", "entry", self._entry, {}).values()),
            changes=tuple(changes.values()),
            texts=conclusions.mapping("texts") if conclusions else {},
            left_out=self._all("history.toml", "left_out", lambda t: t.text("reason"), {}),
            exceptions=self._all("history.toml", "exception", lambda t: t.text("reason"), {}),
        )
        if self.roots.keys() >= ANSWERED:
            checks.run()
        self._check_cited()
        for root in self.roots.values():
            root.close()
        return base

    def _all(
        self, file: str, key: str, build: Callable[[Table], T], known: dict[str, T], name: str = "id"
    ) -> dict[str, T]:
        """Read every [[key]] of a file into `known`, by id."""
        for table in self.roots[file].tables(key) if file in self.roots else ():
            self._add(known, table, build(table), name)
            self.checks.tables[key, table.text(name)] = table
        return known

    @staticmethod
    def _add(known: dict[str, T], table: Table, value: T, name: str = "id") -> None:
        id = table.text(name)
        table.close()
        if id in known:
            table.fault(f"`{id}` is used twice", "Give this one another id", name)
        elif id:
            known[id] = value

    # ------------------------------------------------------------------------------------------- facts, questions

    def _source(self, t: Table) -> Source:
        more = {key: t.text(key, need=False) for key in ("edition", "address", "read")}
        return Source(t.text("id"), t.text("publisher"), t.text("title"), **more)

    def _fact(self, t: Table) -> Fact:
        sources = self._known(t, "sources", "source", self.sources, "sources.toml")
        if not sources:
            t.fault("cites no source", 'Add sources = ["..."]')
        confidence = t.text("confidence", among=CONFIDENCE)
        return Fact(t.text("id"), t.text("says"), sources, confidence, t.text("dispute", need=False))

    def _check_cited(self) -> None:
        """Report the sources that no fact cites."""
        if "facts.toml" in self.roots:
            cited = {id for fact in self.facts.values() for id in fact.sources}
            for id in self.sources.keys() - cited:
                self.checks.tables["source", id].fault("no fact cites this source", "Cite it or remove it")

    def _known(self, t: Table, key: str, kind: str, known: Iterable[str], file: str) -> tuple[str, ...]:
        """The ids listed under a key, each of which has to be known; not checked where their file cannot be read."""
        ids = t.texts(key)
        if file in self.roots:
            for index, id in enumerate(ids):
                if id not in known:
                    t.fault(f"unknown {kind} `{id}`", suggest(id, known), key, index)
        return ids

    def _facts(self, t: Table) -> tuple[str, ...]:
        facts = self._known(t, "facts", "fact", self.facts, "facts.toml")
        if not facts:
            t.fault("cites no fact", 'Add facts = ["..."]')
        return facts

    def _section(self, t: Table) -> Section:
        return Section(t.text("id"), t.text("title"), t.text("about", need=False))

    def _question(self, t: Table) -> Question:
        options: dict[str, Option] = {}
        several = t.flag("several")
        for table in t.tables("option"):
            self._add(options, table, self._option(table, several))
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
            facts=self._facts(t),
            several=several,
            ask_when=self.checks.whole(ask_when, ANSWERS, len(self.questions)) if ask_when else None,
            otherwise=_answer(t, "otherwise", options, several) if t.has("otherwise") else (),
            dated=t.text("dated", need=False),
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

    def _result(self, t: Table) -> Result:
        values: dict[str, Value] = {}
        for table in t.tables("value"):
            self._add(values, table, self._value(table))
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
        return Value(t.text("id"), t.text("label", most=24), says, self._facts(t) if says else t.texts("facts"))

    def _term(self, t: Table) -> Term:
        return Term(t.text("id"), t.text("means"), self.checks.needed(t))

    def _rule(self, t: Table) -> Written:
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
                    facts=self._facts(t),
                    ask_back=t.text("ask_back", need=False),
                )
                for result, value in concludes
            ),
            t.texts("overrides"),
        )

    def _concluded(self, t: Table, index: int, text: str) -> tuple[str, str]:
        known = {f"{result.id}.{value.id}" for result in self.results.values() for value in result.values}
        if text not in known and "conclusions.toml" in self.roots:
            t.fault(f"concludes the unknown `{text}`", suggest(text, sorted(known)), "concludes", index)
        result, _, value = text.partition(".")
        return result, value

    def _presumption(self, t: Table) -> Presumption:
        id = t.text("question", among=self.questions)
        question = self.questions.get(id)
        options = {option.id: option for option in question.options} if question else {}
        return Presumption(
            id=t.text("id"),
            question=id,
            answer=_answer(t, "answer", options, question.several) if question else t.texts("answer"),
            condition=self.checks.condition(t, ANSWERS),
            because=t.text("because"),
            facts=self._facts(t),
        )

    # --------------------------------------------------------------------------------------- what is said besides

    def _row(self, t: Table) -> Row:
        return Row(
            id=t.text("id"),
            title=t.text("title"),
            soc1=t.text("soc1", most=130),
            soc2=t.text("soc2", most=130),
            soc3=t.text("soc3", need=False, most=130),
            more=t.text("more", need=False),
            facts=self._facts(t),
            questions=self._known(t, "questions", "question", self.questions, "questions.toml"),
        )

    def _category(self, t: Table) -> Category:
        return Category(t.text("id"), t.text("title"), t.whole("criteria"), t.text("says"), self._facts(t))

    def _note(self, t: Table) -> Note:
        return Note(
            id=t.text("id"),
            kind=t.text("kind"),
            title=t.text("title"),
            says=t.text("says"),
            facts=self._facts(t),
            condition=self.checks.condition(t),
            cost=t.text("cost", need=False),
            reminder=t.flag("reminder"),
            purpose=t.text("purpose", need=False, among=PURPOSES) or "scope",
        )

    def _steps(self) -> tuple[Step, ...]:
        steps = self._all("plan.toml", "step", self._step, {})
        tables = {id: self.checks.tables["step", id] for id in steps}
        for id, step in steps.items():
            if step.after and step.after not in steps:
                tables[id].fault(f"unknown step `{step.after}`", suggest(step.after, steps), "after")
        report_loops({id: (step.after,) for id, step in steps.items()}, tables, "after", "comes after itself")
        return tuple(steps.values())

    def _step(self, t: Table) -> Step:
        return Step(
            id=t.text("id"),
            title=t.text("title"),
            lane=t.text("lane", among=LANES),
            months=t.months("months"),
            facts=self._facts(t),
            condition=self.checks.condition(t),
            after=t.text("after", need=False),
        )

    def _entry(self, t: Table) -> Entry:
        kind = t.text("kind", among=KINDS)
        return Entry(t.text("id"), kind, t.text("title"), t.text("says"), self._facts(t), t.texts("also"))

    def _change(self, t: Table) -> Change:
        confirm = self._known(t, "confirm", "question", self.questions, "questions.toml")
        return Change(t.text("version"), t.text("says"), confirm, t.mapping("renamed"))


def _answer(t: Table, key: str, options: Mapping[str, Option], several: bool) -> tuple[str, ...]:
    """The answer under a key: one option or, where several may be chosen, any number; "none" is the empty set."""
    if not t.has(key):
        t.fault(f"`{key}` is missing", f'Add {key} = "..."')
    answer = t.texts(key)
    if several and answer == (NONE,):
        return ()
    for index, id in enumerate(answer):
        if id not in options:
            t.fault(f"`{key}` names the unknown option `{id}`", suggest(id, options), key, index)
    if not several and t.has(key) and len(answer) != 1:
        t.fault(f"`{key}` is not one option", "Name exactly one", key)
    if len(answer) > 1 and any(id in options and options[id].alone for id in answer):
        t.fault(f"`{key}` joins an option that stands alone with others", "Name it alone or leave it", key)
    return answer
