"""Loads `synonyms.toml`: the words that people use for things that have another name in the knowledge base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from socui.data import FOLDER
from socui.errors import KnowledgeError
from socui.knowledge.model import Knowledge
from socui.knowledge.toml_tables import Faults, Table, keep, suggest

SYNONYMS_FILE = "synonyms.toml"

Key = tuple[str, ...]
"""The kind and id of something that a search can find, such as ("entry", "faq-cost")."""


class Synonym(Struct, frozen=True):
    """Words that people type, the words of the base for the same thing, and what a search shows first."""

    id: str
    words: tuple[str, ...]
    leads: tuple[Key, ...]
    means: str = ""


class Synonyms(Struct, frozen=True):
    """All synonyms, and the words that a search ignores beside others."""

    all: tuple[Synonym, ...] = ()
    passing: frozenset[str] = frozenset()


@cache
def load_synonyms(folder: Path | None = None) -> Synonyms:
    """Return the synonyms of a knowledge base, or those that come with socui. Raises KnowledgeError with every fault."""
    faults = Faults()
    try:
        raw = ((folder or FOLDER) / SYNONYMS_FILE).read_text("utf-8")
        root: dict[str, Any] = tomli.loads(raw)
    except FileNotFoundError:
        return load_synonyms() if folder else Synonyms()
    except (OSError, ValueError) as error:
        raise KnowledgeError((f"{SYNONYMS_FILE}:1: cannot be read: {error}. Correct the file.",)) from None
    faults.texts[SYNONYMS_FILE] = raw
    synonyms = read_synonyms(Table(faults, SYNONYMS_FILE, (), root, SYNONYMS_FILE))
    if faults:
        raise KnowledgeError(faults.lines())
    return synonyms


def read_synonyms(root: Table) -> Synonyms:
    """Return the synonyms in the table of a file; its faults are noted there."""
    passing = frozenset(root.texts("passing"))
    by_id: dict[str, Synonym] = {}
    owners: dict[str, str] = {}
    for table in root.tables("synonym"):
        synonym = _synonym(table)
        for index, word in enumerate(synonym.words):
            if (owner := owners.setdefault(word, synonym.id)) != synonym.id:
                table.fault(f"`{word}` is a word of `{owner}` too", "Leave it in one of them", "words", index)
        keep(by_id, table, synonym)
    root.close()
    return Synonyms(tuple(by_id.values()), passing)


def _synonym(table: Table) -> Synonym:
    words = table.texts("words")
    for index, word in enumerate(words):
        if word != word.casefold():
            table.fault(f"`{word}` has capital letters", "Write it in small letters", "words", index)
    leads = []
    for index, lead in enumerate(table.texts("leads")):
        kind, colon, id = lead.partition(":")
        if not colon or kind not in LEAD_KINDS:
            table.fault(
                f"leads to `{lead}`", f'Write "kind:id", the kind one of {", ".join(LEAD_KINDS)}', "leads", index
            )
        leads.append((kind, id))
    for key, what in (("words", words), ("leads", leads)):
        if not what:
            table.fault(f"has no {key}", f'Add {key} = ["..."]')
    return Synonym(table.text("id"), words, tuple(leads), table.text("means", need=False))


LEAD_KINDS = ("question", "entry", "note", "fact", "source", "command", "paper")
"""The kinds of things that a synonym can point to."""


def synonym_faults(
    synonyms: Synonyms, knowledge: Knowledge, commands: Collection[str], papers: Collection[str]
) -> tuple[str, ...]:
    """Return what is wrong with the synonyms, one line each: a lead to nothing, a meaning that no text has. `commands` are
    the ids of the commands, `papers` the suffixes of the formats of a report."""
    return tuple(_faults(synonyms, knowledge, commands, papers))


def _faults(
    synonyms: Synonyms, knowledge: Knowledge, commands: Collection[str], papers: Collection[str]
) -> Iterator[str]:
    there: dict[str, Collection[str]] = {
        "question": [id for id, question in knowledge.questions.items() if not question.derived],
        "entry": {entry.id for entry in knowledge.entries},
        "note": {note.id for note in knowledge.notes},
        "fact": knowledge.facts,
        "source": knowledge.sources,
        "command": commands,
        "paper": papers,
    }
    texts = [text.casefold() for text in _texts(knowledge)]
    for synonym in synonyms.all:
        for kind, id in synonym.leads:
            if id not in there[kind]:
                yield f"{SYNONYMS_FILE}: [{synonym.id}] leads to the unknown {kind} `{id}`. {suggest(id, there[kind])}"
        if synonym.means and not any(synonym.means in text for text in texts):
            yield f"{SYNONYMS_FILE}: [{synonym.id}] means `{synonym.means}`, which no text has. Write it as the texts do."


def _texts(knowledge: Knowledge) -> Iterable[str]:
    yield from (f"{e.title} {e.says}" for e in knowledge.entries)
    yield from (f"{q.ask} {q.help} {' '.join(o.label for o in q.options)}" for q in knowledge.questions.values())
    yield from (fact.says for fact in knowledge.facts.values())
