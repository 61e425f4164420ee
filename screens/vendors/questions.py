"""A vendor in full: what comes of it, which is not scrolled away, and the four questions on it."""

from __future__ import annotations

from socui.screens.vendors.lines import FIRST_CHOICE, choices_of, question_of
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import Tag


class VendorSheet(Sheet):
    """The vendor under the cursor of the list. Of its questions the whole one is in sight."""

    def block(self) -> range:
        """Return the rows of the question that the cursor is in; of no question, the rows of its line."""
        row = self._row(self.cursor)
        question = question_of(self.lines[row].tag) if row >= 0 else ""
        if not question:
            return super().block()
        rows = [y for y, line in enumerate(self.lines) if question_of(line.tag) == question]
        return range(rows[0], rows[-1] + 1)

    def begin(self) -> None:
        """Come to the first question."""
        self.point(FIRST_CHOICE)

    def choose(self, digit: int) -> None:
        """Choose by number in the question under the cursor; with the cursor on none, in the first one."""
        stops, questions = self._stops_and_questions()
        choices = choices_of(stops, question_of(self.cursor) or questions[0]) if questions else []
        if digit <= len(choices):
            self.point(choices[digit - 1])
            self.action_choose()

    def to_question(self, step: int) -> bool:
        """Come to the next question, to the one before, or to the first one where the focus is elsewhere. Gives whether
        there is one."""
        stops, questions = self._stops_and_questions()
        here = question_of(self.cursor) if self.has_focus else ""
        at = questions.index(here) + step if here in questions else 0
        if not 0 <= at < len(questions):
            return False
        self.focus()
        self.point(choices_of(stops, questions[at])[0])
        return True

    def _stops_and_questions(self) -> tuple[list[Tag], list[str]]:
        """Return what the cursor can rest on, and the questions in their order."""
        stops = [line.tag for line in self.lines if line.stop]
        return stops, list(dict.fromkeys(filter(None, map(question_of, stops))))
