"""Searching by the words that people use: parts of words, synonyms, and a word that is misspelled.

Every part of what is typed has to speak for an entry: by its title, its text, or a synonym that leads to it. Where a part
speaks for nothing, the nearest known word is taken for it; where no entry has all parts, those with most of them are shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from socui.knowledge.synonyms import Key, Synonym, Synonyms

NEAR = 0.75
"""The least likeness, from 0 to 1, of a misspelled word to the word that is meant."""
SPELLED = 4
"""Letters of a word from which on it can be misspelled."""
SYNONYM_WORDS = 5
"""Words of a synonym at most."""
BEGUN = 3
"""Letters from which on the beginning of a synonym is enough."""
_LEAD, _TITLE, _TITLE_WORD, _TITLE_PART, _WORD, _PART = 1000.0, 60.0, 40.0, 20.0, 10.0, 5.0
"""What it counts that a part leads to an entry, begins its title, a word in it, stands in it, begins a word of its text,
stands in it."""
_LATER = 100.0
"""What it counts less to be the next that a synonym leads to: more than all that a text can count."""


class SearchEntry(NamedTuple):
    """An entry of a search: it is found by its title and by its text."""

    key: Key
    title: str
    text: str = ""


class SearchResults(NamedTuple):
    """The places of the matching entries, best first.

    `read_as` holds the corrected words where one was misspelled. `whole` is True where each entry has all words typed.
    """

    places: tuple[int, ...] = ()
    read_as: str = ""
    whole: bool = True


def folded(text: str) -> str:
    """Return the words of a text in small letters, all other signs as one blank."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


class _Part(NamedTuple):
    """A word or a synonym of what is typed: the ways in which texts write it, and what it leads to."""

    typed: str
    written: tuple[str, ...]
    leads: Mapping[Key, float]


class WordSearch:
    """Finds entries by words."""

    def __init__(self, entries: Iterable[SearchEntry], synonyms: Synonyms) -> None:
        self._entries = [(entry.key, f" {folded(entry.title)}", f" {folded(entry.text)}") for entry in entries]
        self._passing = synonyms.passing
        self._synonyms: dict[str, Synonym] = {}
        for synonym in synonyms.all:
            for word in map(folded, synonym.words):
                self._synonyms[word] = synonym
                self._synonyms.setdefault(word.replace(" ", ""), synonym)
        self._words: Sequence[str] = ()

    def search(self, typed: str) -> SearchResults:
        """Return what the words typed find; everything where there are none."""
        words = folded(typed).split()
        if not words:
            return SearchResults(tuple(range(len(self._entries))))
        right = [self._spelled(word, words) for word in words]
        places, whole = self._ranked(right)
        return SearchResults(places, " ".join(right) if right != words and places else "", whole)

    def _ranked(self, words: Sequence[str]) -> tuple[tuple[int, ...], bool]:
        parts = list(self._parts(words))
        scored = []
        for at, (key, title, text) in enumerate(self._entries):
            scores = [score for part in parts if (score := _score(part, key, title, text))]
            if scores:
                scored.append((-len(scores), -sum(scores), at))
        scored.sort()
        most = -scored[0][0] if scored else 0
        return tuple(at for count, _, at in scored if -count == most), most == len(parts)

    def _parts(self, words: Sequence[str]) -> Iterator[_Part]:
        """Yield the synonyms and words, one after the other; words that say nothing are left out where others say
        something."""
        telling = [word for word in words if word not in self._passing] or words
        at, parts = 0, []
        while at < len(words):
            size, phrase, synonyms = 1, "", list[Synonym]()
            for size in range(min(SYNONYM_WORDS, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + size])
                synonyms = self._meant(phrase, last=at + size == len(words))
                if synonyms or size == 1:
                    break
            if synonyms or phrase in telling:
                parts.append(_part(phrase, synonyms))
            at += size
        return iter(parts)

    def _meant(self, phrase: str, last: bool) -> list[Synonym]:
        """Return the synonyms that a phrase is; of the last one, the beginning of a word that is no word yet is enough."""
        if phrase in self._synonyms:
            return [self._synonyms[phrase]]
        if not last or len(phrase) < BEGUN or phrase in self._passing:
            return []
        begun = (synonym for word, synonym in self._synonyms.items() if word.startswith(phrase))
        return list({synonym.id: synonym for synonym in begun}.values())

    def _spelled(self, word: str, words: Sequence[str]) -> str:
        """Return the word, or the nearest one where nothing has it."""
        if len(word) < SPELLED or word in self._passing or self._has(word) or self._meant(" ".join(words), last=True):
            return word
        self._words = self._words or self._vocabulary()
        near = difflib.get_close_matches(word, self._words, 1, NEAR)
        return near[0] if near else word

    def _has(self, word: str) -> bool:
        if any(word in title or word in text for _, title, text in self._entries):
            return True
        return any(word in synonym for synonym in self._synonyms)

    def _vocabulary(self) -> Sequence[str]:
        words = {word for _, title, text in self._entries for word in f"{title}{text}".split() if len(word) >= SPELLED}
        return sorted(words | {word for synonym in self._synonyms for word in synonym.split() if len(word) >= SPELLED})


def _part(phrase: str, synonyms: Sequence[Synonym]) -> _Part:
    leads: dict[Key, float] = {}
    for synonym in synonyms:
        for place, lead in enumerate(synonym.leads):
            leads.setdefault(lead, _LEAD - _LATER * place)
    written = (phrase, *(folded(synonym.means) for synonym in synonyms if synonym.means))
    return _Part(phrase, tuple(dict.fromkeys(written)), leads)


def _score(part: _Part, key: Key, title: str, text: str) -> float:
    """Return how much a part speaks for an entry; 0: not at all."""
    score = part.leads.get(key, 0.0)
    for words in part.written:
        score += _spoken(words, title, text)
    return score


def _spoken(words: str, title: str, text: str) -> float:
    begins = f" {words}"
    if title.startswith(begins):
        return _TITLE
    if begins in title:
        return _TITLE_WORD
    long = len(words) >= SPELLED  # a short one stands in many words by chance
    if long and words in title:
        return _TITLE_PART
    if begins in text:
        return _WORD
    return _PART if long and words in text else 0.0
