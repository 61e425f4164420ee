"""Finding questions by the words in them."""

from __future__ import annotations

from socui.knowledge.model import Question
from socui.profiles.profile import Profile


def words_of(question: Question) -> str:
    """Everything that a question is searched by, but the note on it."""
    options = " ".join(f"{o.label} {o.short}" for o in question.options)
    return f"{question.short} {question.ask} {question.help} {options}".casefold()


def matching(words: dict[str, str], profile: Profile, sought: str) -> frozenset[str]:
    """The questions that have all the words sought; `words` is what each is searched by."""
    wanted = sought.casefold().split()
    return frozenset(
        id for id, text in words.items() if all(w in text or w in profile.notes.get(id, "").casefold() for w in wanted)
    )
