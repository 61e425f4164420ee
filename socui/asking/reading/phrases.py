"""Loads the phrases: what words of a request mean, as they stand in `phrases.toml`, and proves each by its examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, count
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from socui.asking.reading.fold import DAY, MENTION
from socui.asking.reading.pattern import Joined, Pattern, PatternError, PatternPart, pattern_keys, read_pattern
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
    "no_request": ("text", "hint", "field"),
}
"""By what a phrase tells: the values it may have. The last four are about the sentence or the text: that it refuses the
report named in it (or in the one before; `answer`: which is a question), asks for it (`renewed`: for a newer one of what
the one before speaks of), speaks of it without asking (a
`statement` where it does not ask as well), or that the text is no request: surely so, or by a `hint` of another field,
which counts where no word of this `field` stands."""


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


class Entry:
    """A pattern, and where it belongs: to a phrase, to the `unless` of one, or as a part to patterns that are joined. The
    regular expression is made when it is first tried: few of them are for one text. `need`: the bits of what a line
    has to have."""

    __slots__ = ("among", "grouped", "initial", "match", "need", "number", "part_of", "phrase", "regex", "unless")

    def __init__(self, pattern: Pattern, phrase: Phrase | None, unless: bool, number: int, need: int) -> None:
        self.number = number
        self.regex, self.initial, self.phrase, self.unless = pattern.regex, pattern.initial, phrase, unless
        self.part_of: list[int] = []
        self.grouped = "(?P<" in pattern.regex
        self.among, self.need = pattern.among, need
        self.match: Callable[[str, int], re.Match[str] | None] = self._first

    def _first(self, text: str, at: int) -> re.Match[str] | None:
        self.match = re.compile(self.regex).match
        return self.match(text, at)


class JoinedEntry:
    """Patterns that are joined, with the phrase they belong to; `parts`: their numbers, `need`: the bits of those."""

    __slots__ = ("close", "need", "number", "parts", "phrase", "unless")

    def __init__(self, joined: Joined, phrase: Phrase, unless: bool, number: int, parts: tuple[int, ...]) -> None:
        self.number, self.parts = number, parts
        self.need = sum({1 << part for part in parts})
        self.close, self.phrase, self.unless = joined.close, phrase, unless


class Entries:
    """The patterns to try at a word: those for any line, and by word those for lines that have that word. `parts`: the
    parts of joined patterns that the word itself is."""

    __slots__ = ("always", "by_word", "first_words", "parts")

    def __init__(self) -> None:
        self.parts: list[int] = []
        self.always: list[Entry] = []
        self.by_word: dict[str, list[Entry]] = {}
        self.first_words: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Add a pattern."""
        if not entry.among:
            self.always.append(entry)
        self.first_words |= entry.among
        for word in entry.among:
            self.by_word.setdefault(word, []).append(entry)

    def of_words(self, words: set[str]) -> list[Entry]:
        """Return the patterns to try in a line that has these of the first words."""
        if not words:
            return self.always
        if len(words) == 1:
            return self.always + self.by_word[next(iter(words))]
        return list(dict.fromkeys(chain(self.always, *[self.by_word[word] for word in words])))


MOST_LOOKED_UP = 5_000  # words that were looked up
NAME_BIT, DAY_BIT = 1, 2
"""The bits of a report that is named and of a day, which have to stand behind the word or be it."""


class Index:
    """Patterns by the key of the word that they begin with. A line is tried only for those that have all they need in
    it and behind the word: each set of keys that patterns need is a bit, and `_bits` says which sets a key is of."""

    def __init__(self) -> None:
        self.by_key: dict[str, Entries] = {}
        self.joined: list[JoinedEntry] = []
        self.looked_up: dict[str, tuple[tuple[Entries, ...], int]] = {}
        """Words that were looked up."""
        self._bits: dict[str, int] = {}
        self._sets: dict[frozenset[str], int] = {}
        self._parts: dict[PatternPart, int] = {}
        self._of_parts: dict[str, Entry] = {}

    def add(self, one: Pattern | Joined, phrase: Phrase, unless: bool, numbers: Iterator[int]) -> None:
        """Add a pattern of a phrase."""
        if isinstance(one, Pattern):
            self._entry(one, phrase, unless, next(numbers))
            return
        parts = tuple(self._part(part, numbers) for part in one.parts)
        self.joined.append(JoinedEntry(one, phrase, unless, next(numbers), parts))

    def look_up(self, word: str) -> tuple[tuple[Entries, ...], int]:
        """Return the patterns that may begin with a word of a text, and the bits of what a line has with it."""
        bits = (NAME_BIT if MENTION in word else 0) | (DAY_BIT if DAY in word else 0)
        keys = pattern_keys(word)
        for key in keys:
            bits |= self._bits.get(key, 0)
        if len(self.looked_up) >= MOST_LOOKED_UP:
            self.looked_up.clear()
        self.looked_up[word] = entry_sets = (tuple(self.by_key[key] for key in keys if key in self.by_key), bits)
        return entry_sets

    def _entry(self, pattern: Pattern, phrase: Phrase | None, unless: bool, number: int) -> Entry:
        need = {MENTION: NAME_BIT, DAY: DAY_BIT}.get(pattern.needed, 0)
        for keys in pattern.needs if not pattern.among else (pattern.among, *pattern.needs):
            need |= self._bit(keys)
        entry = Entry(pattern, phrase, unless, number, need)
        for key in pattern.keys:
            self._at(key).add(entry)
        return entry

    def _part(self, part: PatternPart, numbers: Iterator[int]) -> int:
        if part in self._parts:
            return self._parts[part]
        self._parts[part] = number = len(self._parts)
        for word in part.words:
            self._at(word).parts.append(number)
        if part.pattern is not None:
            source = part.pattern.source
            if source not in self._of_parts:
                self._of_parts[source] = self._entry(part.pattern, None, False, next(numbers))
            self._of_parts[source].part_of.append(number)
        return number

    def _at(self, key: str) -> Entries:
        return self.by_key.setdefault(key, Entries())

    def _bit(self, keys: frozenset[str]) -> int:
        if keys not in self._sets:
            self._sets[keys] = bit = 4 << len(self._sets)
            for key in keys:
                self._bits[key] = self._bits.get(key, 0) | bit
        return self._sets[keys]


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
    phrases: dict[str, Phrase] = {}
    for table in root.tables("phrase"):
        keep(phrases, table, _phrase(table, lists))
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


def _phrase(table: Table, lists: Mapping[str, tuple[str, ...]]) -> Phrase:
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


def _patterns(table: Table, field: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[Pattern | Joined]:
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
