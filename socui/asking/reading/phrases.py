"""Loads the phrases: what words of a request mean, as they stand in `phrases.toml`, and proves each by its examples."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from socui.asking.reading.index import Index
from socui.asking.reading.keys import PatternError
from socui.asking.reading.pattern import Joined, Pattern, read_pattern
from socui.asking.reading.word_lists import WordLists
from socui.data import FOLDER
from socui.errors import KnowledgeError
from socui.knowledge.toml_tables import Faults, Table, keep
from socui.profiles.records import FIELD_WORDS, Request

_FILE = "phrases.toml"

TELLS: Mapping[str, tuple[str, ...]] = {
    "side": ("provide", "obtain"),
    **{name: FIELD_WORDS[Request][name] for name in ("reader", "asks", "subject", "type", "force", "categories")},
    "either": ("true",),
    "bridge": ("true", "false"),
    "max_age_months": ("months", "years", "sign"),
    "fiscal_year_end": ("day",),
    "period": ("range", "day", "months"),
    "needed_by": ("day", "firm_day", "span", "firm_span", "then", "back_span", "column"),
    "refused": ("mention", "before", "answer"),
    "asking": ("here", "before", "renewed"),
    "not_asked": ("mention", "sentence", "statement"),
    "enough": ("questionnaire_enough",),
    "no_request": ("text", "hint", "field"),
}
"""By what a phrase tells: the values it may have. The last five are about the sentence or the text: that it refuses the
report named in it (or in the one before; `answer`: which is a question), asks for it (`renewed`: for a newer one of what
the one before speaks of), speaks of it without asking (a `statement` where it does not ask as well), takes answers to the
questionnaire that it means in place of any report, or that the text is no request: surely so, or by a `hint` of another
field, which counts where no word of this `field` stands."""


class Phrase(Struct, frozen=True):
    """Words and what they tell. A match of `unless` that overlaps one of `patterns` takes it away. `values` are
    several where one name stands for several reports, `either` where any one of those will do; `weak`: gives way;
    `firm`: goes before others."""

    id: str
    tells: str
    values: tuple[str, ...]
    patterns: tuple[Pattern | Joined, ...]
    unless: tuple[Pattern | Joined, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    facts: tuple[str, ...]
    either: bool = False
    weak: bool = False
    firm: bool = False


class Phrases:
    """All phrases, and where to look for their patterns: first for the names, then for the rest."""

    def __init__(self, phrases: Iterable[Phrase], lists: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.all = {phrase.id: phrase for phrase in phrases}
        self.folder: Path | None = None
        """The folder of the knowledge base that they are of; None: that of socui."""
        self.families = _families(lists or {})
        self.names, self.rest = Index(), Index()
        numbers = count()
        for phrase in self.all.values():
            index = self.names if phrase.tells == "asks" else self.rest
            for one in phrase.patterns:
                index.add(one, phrase, False, numbers)
            for one in phrase.unless:
                index.add(one, phrase, True, numbers)

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self.all.values())


@cache
def load_phrases(folder: Path | None = None) -> Phrases:
    """Return the phrases of a knowledge base, or those that come with socui. Raises KnowledgeError with every fault."""
    faults = Faults()
    try:
        raw = ((folder or FOLDER) / _FILE).read_text("utf-8")
        root: dict[str, Any] = tomli.loads(raw)
    except FileNotFoundError:
        return load_phrases() if folder else Phrases(())
    except (OSError, ValueError) as error:
        raise KnowledgeError((f"{_FILE}:1: [{_FILE}] cannot be read: {error}. Correct the file.",)) from None
    faults.texts[_FILE] = raw
    phrases = read_phrases(Table(faults, _FILE, (), root, _FILE))
    if faults:
        raise KnowledgeError(faults.lines())
    phrases.folder = folder
    return phrases


def read_phrases(root: Table) -> Phrases:
    """Return the phrases in the table of a file; its faults are noted there."""
    words = root.table("words")
    lists: dict[str, tuple[str, ...]] = {}
    for name in words.data if words else ():
        lists[name] = _spread(words.texts(name), lists) if words else ()
    word_lists = WordLists(lists)
    phrases: dict[str, Phrase] = {}
    for table in root.tables("phrase"):
        keep(phrases, table, _phrase(table, word_lists))
    root.close()
    return Phrases(phrases.values(), lists)


MOST_FAMILIES = 2
"""Lists of a word that are weighed: the first ones of the file."""


def _families(lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return by word the lists that it stands in."""
    families: dict[str, tuple[str, ...]] = {}
    for name, words in lists.items():
        for word in words:
            if len(families.get(word, ())) < MOST_FAMILIES:
                families[word] = (*families.get(word, ()), f"<{name}>")
    return families


def _spread(words: Collection[str], lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of a list, longest first, those of earlier lists that it names among them."""
    spread = [one for word in words for one in (lists.get(word[1:-1], (word,)) if word[0] == "<" else (word,))]
    return tuple(sorted(dict.fromkeys(spread), key=len, reverse=True))


def _phrase(table: Table, lists: WordLists) -> Phrase:
    tells = table.text("tells", among=TELLS)
    values = table.texts("value")
    for value in values:
        if value not in TELLS.get(tells, (value,)):
            table.fault(f"`value` cannot be {value!r}", f"Use one of {', '.join(TELLS[tells])}", "value")
    for needed in ("value", "patterns", "examples", "counterexamples"):
        if not table.texts(needed):
            table.fault(f"`{needed}` is missing", "Add it", needed)
    return Phrase(
        id=table.text("id"),
        tells=tells,
        values=values,
        patterns=tuple(_patterns(table, "patterns", lists)),
        unless=tuple(_patterns(table, "unless", lists)),
        examples=table.texts("examples"),
        counterexamples=table.texts("counterexamples"),
        facts=table.texts("facts"),
        either=table.flag("either"),
        weak=table.flag("weak"),
        firm=table.flag("firm"),
    )


def _patterns(table: Table, field: str, lists: WordLists) -> Iterator[Pattern | Joined]:
    for index, source in enumerate(table.texts(field)):
        try:
            yield read_pattern(source, lists)
        except PatternError as error:
            table.fault(f"`{field}`: {source!r}: {error}", "Correct the pattern", field, index)


def phrase_faults(phrases: Phrases, facts: Collection[str]) -> tuple[str, ...]:
    """Return what is wrong with the phrases, one line each: an example that is not matched, a counterexample that
    is, a fact that the base does not have."""
    from socui.asking.reading.matcher import match_text

    def matched(phrase: Phrase, text: str) -> bool:
        matched = match_text(text, phrases)
        return any(match.phrase.id == phrase.id for match in (*matched.names, *matched.phrases))

    failures = []
    for phrase in phrases:
        where = f"{_FILE}: [{phrase.id}]"
        failures += [
            f"{where} does not match its example {x!r}. Mend one." for x in phrase.examples if not matched(phrase, x)
        ]
        failures += [
            f"{where} matches its counterexample {x!r}. Mend one." for x in phrase.counterexamples if matched(phrase, x)
        ]
        failures += [f"{where} unknown fact `{id}`. Correct or remove it." for id in phrase.facts if id not in facts]
    return tuple(failures)
