"""The few words of a report that are the program's own: marks of a state, answers in words, the groups of notes."""

from __future__ import annotations

from collections.abc import Iterable

from socui.deciding.answers import option_words
from socui.knowledge.model import Note, Question

OPEN, AGREE, NEEDLESS = "still open", "to be agreed", "not needed for the result"
"""Said in the sheet for CPA firms of what is not answered, of what is settled with the firm, and of what nobody answered
because it changes nothing."""

CONFIDENCE = {
    "standard": "a standard or an official source",
    "firms": "several firms or publications",
    "one": "one source",
    "judgement": "socui's own judgement",
    "program": "how socui works",
}
MARKS = {
    "answered": "answered",
    "begun": "answered in part",
    "not_sure": "not sure",
    "waiting": "open",
    "needless": "no longer needed",
    "inapplicable": "does not apply",
    "confirm": "to be confirmed",
}

QUESTIONS, TYPES, LIMITS = "What people ask first", "Type and first period", "What this report is not"
GROUPS = {
    "question1": QUESTIONS,
    "question2": QUESTIONS,
    "question3": QUESTIONS,
    "period": TYPES,
    "limit": LIMITS,
    "mistake": "Mistakes seen in these answers",
    "vendor": "Vendors",
    "neighbour": "Besides a SOC report",
    "benefit": "Benefits",
    "step": "Next steps",
}
"""The section that a kind of note stands in."""
REMINDERS, OTHER = "Reminders", "Worth knowing"
STEPS = GROUPS["step"]
BESIDES = (
    GROUPS["vendor"],
    GROUPS["neighbour"],
    REMINDERS,
    GROUPS["benefit"],
    OTHER,
)
"""The sections at the end of the advice that hold nothing but notes, in order."""
IN_FULL = "Word for word these facts stand in this document as Markdown, HTML or JSON."
"""Said above the facts where a format names them only."""


def sentence(title: str) -> str:
    """A title that runs on into a text."""
    return title if title[-1:] in ".?!" else f"{title}."


def mark(state: str) -> str:
    """A state of a question in words."""
    return MARKS.get(state, state)


def answer_words(question: Question, options: Iterable[str], long: bool = False) -> str:
    """An answer in words: the options' short labels, or the whole ones."""
    return option_words(question, options, full=long, separator="; ")


def note_group(note: Note) -> str:
    """The section a note stands in."""
    if note.reminder:
        return REMINDERS
    return GROUPS.get(note.kind, OTHER)
