"""Loads a knowledge base from a folder of TOML files. A base with faults is refused, with all of them at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from socui.knowledge_checks import ANSWERS, ANYTHING, Checks, Written
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

CONFIDENCE = ("standard", "recalled", "firms", "one", "background")
PURPOSES = ("headline", "scope", "plan")
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
    digest = hashlib.sha256(b"".join(b"%s\0%s\0" % (name.encode(), contents[name]) for name in sorted(contents)))
    knowledge = reader.knowledge(digest.hexdigest()[:16])
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
        self.facts: dict[str, Fact] = {}
        self.sources: dict[str, Source] = {}
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
        steps = self._all("plan.toml", "step", self._step, {})
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
            steps=tuple(steps.values()),
            entries=tuple(self._all("reference.toml", "entry", self._entry, {}).values()),
            changes=tuple(changes.values()),
            texts=conclusions.mapping("texts") if conclusions else {},
            left_out=self._all("history.toml", "left_out", lambda t: t.text("reason"), {}),
            exceptions=self._all("history.toml", "exception", lambda t: t.text("reason"), {}),
        )
        if {"questions.toml", "conclusions.toml", "rules.toml"} <= self.roots.keys():
            checks.conditions()
        checks.loops({id: (step.after,) for id, step in steps.items()}, "comes after itself", "after", "plan.toml")
        for root in self.roots.values():
            root.close()
        return base

    def _all(self, file: str, key: str, build: Callable[[Table], T], known: dict[str, T], name: str = "id") -> dict[str, T]:
        ...
