"""Loads a knowledge base from a folder of TOML files. It refuses a base with faults and reports all of them at once."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import tomli

from socui.data import FOLDER
from socui.errors import KnowledgeError
from socui.knowledge.check import check_months
from socui.knowledge.model import Knowledge
from socui.knowledge.parse import Parts
from socui.knowledge.parse_texts import TextParts
from socui.knowledge.sources import Duration
from socui.knowledge.texts import Note
from socui.knowledge.toml_tables import Faults, Table, keep

if TYPE_CHECKING:
    from collections.abc import Callable

_NEEDED = ("sources.toml", "facts.toml", "questions.toml", "conclusions.toml", "rules.toml")
"""The files without which there is no base."""

NOTES = ("mistakes.toml", "neighbours.toml", "hints.toml")
_SPOKEN = ("card.toml", "letters.toml", "vendors.toml")
"""Files of texts and messages of the papers."""
FILES = (
    *_NEEDED,
    *NOTES,
    "own.toml",
    "presumptions.toml",
    "comparison.toml",
    "scope.toml",
    "plan.toml",
    "request.toml",
    "reference.toml",
    "history.toml",
    *_SPOKEN,
)
"""Every file of a base. Other files are not read."""

ANSWERED = {"questions.toml", "conclusions.toml", "rules.toml"}
"""The files with questions, results and rules, which conditions refer to."""

T = TypeVar("T")


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Return the base in a folder, or the one that comes with socui. Raises KnowledgeError with every fault that it
    has."""
    faults = Faults()
    contents = _contents(folder or FOLDER, faults)
    reader = _Reader({name: _root(name, raw, faults) for name, raw in contents.items()})
    content = b"".join(name.encode() + b"\0" + contents[name] + b"\0" for name in sorted(contents))
    knowledge = reader.knowledge(hashlib.sha256(content).hexdigest()[:16])
    if faults:
        raise KnowledgeError(faults.lines())
    return knowledge


def _contents(folder: Path, faults: Faults) -> dict[str, bytes]:
    contents = {}
    for name in FILES:
        try:
            contents[name] = (folder / name).read_bytes()
        except FileNotFoundError:
            if name in _NEEDED:
                faults.add(name, 1, name, f"this file is missing in {folder}", "Add it; a base cannot do without")
        except OSError as error:
            faults.add(name, 1, name, f"cannot be read: {error.strerror}", "Make it readable")
    return contents


def _root(name: str, raw: bytes, faults: Faults) -> Table | None:
    try:
        text = raw.decode()
        data = tomli.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(name, line, name, "this line is not UTF-8", "Save the file as UTF-8")
    except tomli.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        what = str(error).split(" (at ")[0]
        where = f" in column {at[2]}" if at else " at the end of the file"
        faults.add(name, int(at[1]) if at else raw.count(b"\n") + 1, name, what + where, "Correct the TOML here")
    except (RecursionError, ValueError) as error:  # nested too deeply, a number of thousands of digits
        faults.add(name, 1, name, f"cannot be read: {error}", "Correct the TOML")
    else:
        faults.texts[name] = text
        return Table(faults, name, (), data, name)
    return None


class _Reader:
    """Reads the files in such an order that nearly everything referred to is known by then; the rest is for Checks."""

    def __init__(self, roots: dict[str, Table | None]) -> None:
        self.roots = {name: root for name, root in roots.items() if root}
        self.parts = Parts(self.roots.keys())
        self.texts = TextParts(self.parts)

    def knowledge(self, digest: str) -> Knowledge:
        """Return the whole base; it is incomplete where files have faults."""
        parts, checks = self.parts, self.parts.checks
        self._all("sources.toml", "source", parts.source, parts.sources)
        self._all("facts.toml", "fact", parts.fact, parts.facts)
        self._all("own.toml", "judgement", parts.judgement, parts.facts)
        self._all("own.toml", "statement", parts.statement, parts.facts)
        self._all("questions.toml", "section", parts.section, parts.sections)
        self._all("questions.toml", "question", parts.question, parts.questions)
        self._all("conclusions.toml", "result", parts.result, parts.results)
        self._all("rules.toml", "term", parts.term, checks.terms)
        self._all("rules.toml", "rule", parts.rule, checks.written)
        notes: dict[str, Note] = {}
        for name in NOTES:
            self._all(name, "note", self.texts.note, notes)
        changes = self._all("history.toml", "change", self.texts.change, {}, "version")
        texts: dict[str, str] = {}
        messages = self._all("plan.toml", "message", self.texts.message, {})
        for name in ("conclusions.toml", "request.toml", *_SPOKEN):
            texts |= self.roots[name].mapping("texts") if name in self.roots else {}
            self._all(name, "message", self.texts.message, messages)
        base = Knowledge(
            version=next(reversed(changes), ""),
            digest=digest,
            sources=parts.sources,
            facts=parts.facts,
            sections=tuple(parts.sections.values()),
            questions=parts.questions,
            terms=checks.terms,
            results=parts.results,
            rules=checks.rules(),
            presumptions=tuple(self._all("presumptions.toml", "presumption", parts.presumption, {}).values()),
            rows=tuple(self._all("comparison.toml", "row", self.texts.row, {}).values()),
            categories=self._all("scope.toml", "category", self.texts.category, {}),
            notes=tuple(notes.values()),
            requests=tuple(self._all("request.toml", "request", self.texts.request, {}).values()),
            entries=tuple(self._all("reference.toml", "entry", self.texts.entry, {}).values()),
            changes=tuple(changes.values()),
            texts=texts,
            left_out=self._all("history.toml", "left_out", lambda t: t.text("reason"), {}),
            exceptions=self._all("history.toml", "exception", lambda t: t.text("reason"), {}),
            messages=messages,
            contradictions=tuple(self._all("rules.toml", "contradiction", parts.contradiction, {}).values()),
            fields=tuple(self._all("request.toml", "field", self.texts.field, {}).values()),
            durations=self._durations(),
        )
        if self.roots.keys() >= ANSWERED:
            checks.run()
        self._check_cited()
        for root in self.roots.values():
            root.close()
        return base

    def _all(
        self, file: str, key: str, build: Callable[[Table], T], by_id: dict[str, T], name: str = "id"
    ) -> dict[str, T]:
        """Read every [[key]] of a file into `by_id`."""
        for table in self.roots[file].tables(key) if file in self.roots else ():
            keep(by_id, table, build(table), name)
            self.parts.checks.tables.setdefault((key, table.text(name)), table)
        return by_id

    def _check_cited(self) -> None:
        """Report the sources that no fact cites."""
        if "facts.toml" in self.roots:
            cited = {id for fact in self.parts.facts.values() for id in fact.sources}
            for id in self.parts.sources.keys() - cited:
                self.parts.checks.tables["source", id].fault("no fact cites this source", "Cite it or remove it")

    def _durations(self) -> dict[str, Duration]:
        durations = self._all("plan.toml", "duration", self.texts.duration, {})
        for id, duration in durations.items():
            cited = [self.parts.facts[f] for f in duration.facts if f in self.parts.facts]
            check_months(id, duration.months, self.parts.checks.tables["duration", id], cited)
        return durations
