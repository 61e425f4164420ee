"""Handles the keys of the questions: choose, move among questions, undo, notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from socui.deciding.answers import chosen
from socui.profiles.record_labels import START
from socui.profiles.undo import History
from socui.screens.widgets.lines import Tag
from socui.screens.widgets.questionnaire import RECORD_TAGS, choice_key, choices
from socui.screens.workspace.navigation import Landing
from socui.screens.workspace.toggle import decided

if TYPE_CHECKING:
    from socui.screens.workspace.screen import Workspace


class Answering:
    """Takes answers and notes and moves among questions, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen, self.state = screen, screen.state

    async def chosen(self, tag: Tag) -> None:
        """Do what the line of the questions with that tag stands for."""
        if tag[0] == "question":
            self.go(tag[1])
        elif tag[0] == "note":
            self.note()
        elif tag[0] == "run":
            await self.screen.perform(tag[1])
        elif tag[0] == "start":
            self.screen.records.start(tag[1])
        elif tag[0] == "found":
            self.screen.search.elsewhere.run(int(tag[1]))
        elif tag[0] in RECORD_TAGS:
            self.screen.records.choose(tag)
        elif tag[0] != "ask":
            self.state.change(decided(self.state.profile, self.state.knowledge.questions[tag[1]], tag))

    def moved(self, tag: Tag, step: int) -> None:
        """The cursor came to a line of the questions: open its question, if it is of one."""
        if tag[0] in (*RECORD_TAGS, "start", "found"):
            if self.state.current is not None:
                self.state.rest()
                self.screen.show("questions")
        elif tag[1] != self.state.current:
            self.go(tag[1], last=step < 0)

    def go(self, id: str | None, last: bool = False) -> None:
        """Open that question, with the cursor on its answer, its first choice or, from below, its last."""
        if id is None:
            return
        question, sheet, sought = self.state.knowledge.questions[id], self.screen.sheet("questions"), self.state.sought
        tags = choices(question)
        with self.screen.app.batch_update():
            if not self.state.go(id):
                self.screen.show("questions")
            answer = chosen(self.state.profile, question) or ()
            own = [t for t in tags if t[0] == "option" and t[2] in answer]
            sheet.point(tags[-1] if last else own[0] if own and not question.several else tags[0], tell=False)
        if sought and not self.state.sought:
            self.screen.remove_class("-finding")

    def begin(self) -> None:
        """At the question that is open, or at what happened."""
        if self.state.current is None:
            self.screen.sheet("questions").point(("start", START[0][0]), tell=False)
        self.go(self.state.current)

    def number(self, digit: int) -> None:
        """Choose by number in the open question, or what happened."""
        if self.state.question is None and self.state.starting:
            if digit <= len(START):
                self.screen.records.start(START[digit - 1][0])
            return
        question = self.state.question
        tags = choices(question) if question is not None else []
        if question is not None and digit <= len(tags):
            self.screen.sheet("questions").point(tags[digit - 1], tell=False)
            self.state.change(decided(self.state.profile, question, tags[digit - 1]))
        elif question is not None:
            self.screen.tell(f"{question.short}: the answers end at {choice_key(len(tags)) or len(tags)}")

    def follow(self, step: Landing) -> None:
        """Open the question of that step and say what there is to say of it."""
        if step.question is None:
            if step.record:
                self.screen.records.point(step.record)
            self.screen.tell(step.words)
            return
        self.go(step.question)
        if self.screen.pane != 0:
            self.screen.focus_pane(0)
        if step.words or self.screen.message:
            self.screen.tell(step.words)  # what was said of the step before is over

    def check(self) -> None:
        """Open the next question whose answer does not fit another one; say where there is none."""
        ids = [id for c in self.state.advice.contradictions for id in c.questions]
        ids = [id for id in dict.fromkeys(ids) if id in self.state.navigation.order()]
        if not ids:
            self.screen.tell("all answers fit together")
            return
        at = ids.index(self.state.current) + 1 if self.state.current in ids else 0
        self.follow(Landing(ids[at % len(ids)]))

    def clear(self) -> None:
        """Take away the answer of the open question, or the record under the cursor."""
        if self.screen.pane == 0 and self.screen.records.remove(self.screen.sheet("questions").cursor):
            return
        if self.state.current:
            self.state.change(self.state.profile.cleared(self.state.current))

    def travel(self, step: Callable[[History], bool]) -> None:
        """Undo or redo, with the cursor at the question whose answer that changes."""
        changed = self.state.travel(step)
        if changed is None:
            self.screen.tell("nothing to undo or redo")
        else:
            self.go(changed.question)

    def note(self) -> None:
        """Write a note on the open question."""
        self.screen.ask(self._edit_note)

    async def _edit_note(self) -> None:
        from socui.screens.dialogs import NoteDialog

        if (question := self.state.question) is None:
            self.screen.tell("no question is open: go to one to write a note on it")
            return
        id = question.id
        note = self.state.profile.notes.get(id, "")
        dialog = NoteDialog(question.ask, note, "A note: it goes into the profile and the report")
        text = await self.screen.app.push_screen_wait(dialog)
        if text is not None:
            self.state.change(self.state.profile.with_note(id, text))
