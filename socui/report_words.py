"""The few words of a report that are the program's own: marks of a state, answers in words, the groups of notes."""

from __future__ import annotations

from collections.abc import Iterable

from socui.model import Note, Question

NONE_OF_THESE = "none of these"

MARKS = {
    "answered": "answered",
    "begun": "answered in part",
    "not_sure": "not sure",
    "waiting": "open",
    "needless": "no longer needed",
    "inapplicable": "does not apply",
    "confirm": "to be confirmed",
}

GROUPS = {
    "mistake": "Mistakes seen in these answers",
    "neighbour": "Besides a SOC report",
    "next": "Next steps",
    "period": "Type and first period",
}


def mark(state: str) -> str:
    """A state of a question in words."""
    return MARKS.get(state, state)


def answer_words(question: Question, options: Iterable[str], long: bool = False) -> str:
    """An answer in words: the options' short labels, or the whole ones."""
    chosen = set(options)
    found = [o.label.rstrip(".") if long else o.short for o in question.options if o.id in chosen]
    return "; ".join(found) or NONE_OF_THESE


def note_group(note: Note) -> str:
    """The section a note stands in."""
    if note.reminder:
        return "Reminders"
    return GROUPS.get(note.kind, "Worth knowing")
