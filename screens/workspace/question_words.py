"""Finds questions by their words, by notes on them, and by synonyms."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from socui.knowledge.model import Knowledge, Question
from socui.knowledge.synonyms import load_synonyms
from socui.knowledge.word_search import SearchEntry, WordSearch
from socui.profiles.profile import Profile


class Matching(NamedTuple):
    """The questions that match the words sought. `read_as` holds the corrected words where one was misspelled."""

    ids: frozenset[str]
    read_as: str = ""


class QuestionWords:
    """Finds questions of a knowledge base."""

    def __init__(self, knowledge: Knowledge, data: Path | None = None) -> None:
        questions = [question for question in knowledge.questions.values() if not question.derived]
        self._texts = {question.id: words_of(question) for question in knowledge.questions.values()}
        self._ids = [question.id for question in questions]
        entries = (SearchEntry(("question", q.id), f"{q.short} {q.ask}", self._texts[q.id]) for q in questions)
        self._search = WordSearch(entries, load_synonyms(data))

    def matching(self, asked: Collection[str], profile: Profile, sought: str) -> Matching:
        """Those of the questions asked that have all the words sought, parts of words included; all of them where none
        are sought. Where a word stands for what a question asks, that question has it."""
        wanted = sought.casefold().split()
        notes = profile.notes
        ids = {
            id
            for id in asked
            if all(word in self._texts[id] or word in notes.get(id, "").casefold() for word in wanted)
        }
        if not wanted:
            return Matching(frozenset(ids))
        results = self._search.search(sought)
        if results.whole and not (ids and results.read_as):
            ids |= {self._ids[place] for place in results.places} & set(asked)
        return Matching(frozenset(ids), results.read_as if results.whole and ids else "")


def words_of(question: Question) -> str:
    """Return everything that a question is searched by, but the note on it."""
    options = " ".join(f"{o.label} {o.short}" for o in question.options)
    return f"{question.short} {question.ask} {question.help} {options}".casefold()
