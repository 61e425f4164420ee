"""Which notes apply to a profile: mistakes seen, neighboring frameworks, hints and steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from socui.asking.given import Given
from socui.deciding.advice import Noted
from socui.deciding.decided import Decided
from socui.deciding.presumptions import certainty
from socui.knowledge.model import names_in

if TYPE_CHECKING:
    from socui.deciding.decide import Decider


class NoteJudge:
    """Judges the notes of a knowledge base for the decider that it is given.

    `looked_at` pairs each note that has a condition with the questions that the condition looks at.
    """

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        knowledge = decider.knowledge
        self._conditional = tuple((note, note.condition) for note in knowledge.notes if note.condition is not None)
        reads = {note.id: names_in(knowledge, condition) for note, condition in self._conditional}
        self.looked_at = tuple((note, knowledge.questions.keys() & reads[note.id]) for note, _ in self._conditional)
        self._readers: dict[str, list[str]] = {}
        """By question or result: the notes whose condition looks at it."""
        for id, names in reads.items():
            for name in names:
                self._readers.setdefault(name, []).append(id)
        self._last: tuple[dict[str, object], dict[str, bool | None]] = {}, {}
        """What was looked at last, and how the notes were judged by it: few of them look at what an answer changes."""

    def judged(self, decided: Decided) -> dict[str, bool | None]:
        """Return by note whether it certainly holds (True), cannot hold (False) or may (None), by what is given."""
        decider, knowledge, answers = self._decider, self._decider.knowledge, decided.answers
        c = decider.compiled
        possible = {r: decider.values(c.result(r), decided.ways) for r in (*knowledge.results, "headline")}
        effective = {}
        for question in knowledge.questions.values():
            applies = decider.applies(question, decided.ways)
            if applies is False:
                effective[question.id] = decider.leaning.otherwise[question.id]
            elif applies and question.id in answers:
                effective[question.id] = answers[question.id]
        values: dict[str, object] = {**effective, **possible}
        before, judged = self._last
        names = {name for name in before.keys() | values.keys() if before.get(name) != values.get(name)}
        changed = {id for name in names for id in self._readers.get(name, ())}
        judged = {
            note.id: certainty(knowledge, condition, effective, possible)
            if note.id in changed or note.id not in judged
            else judged[note.id]
            for note, condition in self._conditional
        }
        self._last = values, judged
        return judged

    def noted(self, judged: Mapping[str, bool | None], lean: Mapping[str, Given]) -> tuple[Noted, ...]:
        """Return the notes that hold, or would by the leaning; a mistake only where the answers show it."""
        return tuple(
            Noted(note, sure is True)
            for note in self._decider.knowledge.notes
            if (sure := judged.get(note.id, True)) is not False
            and (
                sure or note.condition is None or (not note.shown and self._decider.leaning.holds(note.condition, lean))
            )
        )
