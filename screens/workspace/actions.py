"""What the keys of the workspace do: answering, moving among questions, and the commands that open other screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.screen import Screen

from socui.deciding.answers import chosen
from socui.deciding.compare import answers_changed
from socui.profiles.profile import Profile
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import Tag
from socui.screens.widgets.questionnaire import choices
from socui.screens.workspace.toggle import decided

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.deciding.advice import Advice, Said
    from socui.deciding.decide import Decider
    from socui.knowledge.model import Knowledge
    from socui.screens.workspace.session import Session


class Answering(Screen[None]):
    """The actions of the workspace. What they act on is declared here and kept by the workspace."""

    session: Session
    advice: Advice
    current: str | None
    message: str
    pane: int
    said_why: tuple[Said, ...] | None
    sought: str
    _zoomed: bool

    def __init__(self) -> None:
        super().__init__()
        self._sheets: dict[str, Sheet] = {}

    @property
    def socui(self) -> SocuiApp:
        """The app, by its own type."""
        return cast("SocuiApp", self.app)

    @property
    def decider(self) -> Decider:
        """What decides."""
        return self.socui.decider

    @property
    def knowledge(self) -> Knowledge:
        """What is known."""
        return self.socui.knowledge

    @property
    def profile(self) -> Profile:
        """What is shown and changed: the what-if where one is open, else the profile itself."""
        return self.session.work.profile

    if TYPE_CHECKING:

        @property
        def today(self) -> date: ...
        def sheet(self, name: str) -> Sheet: ...
        def changed(self) -> None: ...
        def show(self, *names: str) -> None: ...
        async def perform(self, action: str) -> None: ...
        def tell(self, message: str) -> None: ...
        def classify(self) -> None: ...
        def focus_pane(self, index: int) -> None: ...
        def text(self) -> str: ...
        async def settle_fork(self, again: str = "") -> bool: ...
        def leave_fork(self) -> None: ...
        def questions_in_order(self) -> Sequence[str]: ...

    # ---- answering

    def change(self, profile: Profile) -> None:
        """Take a new profile, if it is one."""
        if self.session.work.change(profile):
            self.changed()

    @on(Sheet.Chosen, "#questions")
    async def _chosen(self, event: Sheet.Chosen) -> None:
        tag = event.tag
        if tag[0] == "question":
            self.go(tag[1])
        elif tag[0] == "note":
            self.action_note()
        elif tag[0] == "run":
            await self.perform(tag[1])
        elif tag[0] != "ask":
            self.change(decided(self.profile, self.knowledge.questions[tag[1]], tag))

    def moved(self, tag: Tag, step: int) -> None:
        """The cursor came to a line of the questions: open its question."""
        if tag[1] != self.current:
            self.go(tag[1], last=step < 0)

    def go(self, id: str | None, last: bool = False) -> None:
        """Open that question; the one before is complete now. The cursor comes to its answer, its first choice or, from
        below, its last."""
        if id is None:
            return
        question, sheet = self.knowledge.questions[id], self.sheet("questions")
        done = self.current is not None and self.current != id and self.session.work.leave(self.current)
        self.current = id
        if done:
            self.changed()
        tags = choices(question)
        own = [t for t in tags if t[0] == "option" and t[2] in (chosen(self.profile, question) or ())]
        with self.app.batch_update():
            if not done:
                self.show("questions")
            sheet.point(tags[-1] if last else own[0] if own and not question.several else tags[0], tell=False)

    def action_number(self, digit: int) -> None:
        """Choose by number in the open question."""
        if self.current is None:
            return
        question = self.knowledge.questions[self.current]
        tags = choices(question)
        if digit <= len(tags):
            self.sheet("questions").point(tags[digit - 1], tell=False)
            self.change(decided(self.profile, question, tags[digit - 1]))

    def action_next(self) -> None:
        """To the next question that can still change the result, else anything; from the end it starts over."""
        self._left()
        order, states = self.questions_in_order(), self.advice.states
        open_ = [q for q in order if q in self.advice.matter]
        if not [q for q in open_ if q != self.current]:
            open_ = [q for q in order if states[q].state in ("waiting", "confirm", "begun") and states[q].purposes]
        if self.sought and not [q for q in open_ if q != self.current]:
            open_ = list(order)  # of the questions sought, those that matter come first, else any
        here = order.index(self.current) if self.current in order else -1
        turned = [*order[here + 1 :], *order[: max(here, 0)]]
        found = next((q for q in turned if q in open_), None)
        again = found is not None and order.index(found) <= here
        self._to(found, "no other question matters any more", "from the top again" if again else "")

    def action_previous(self) -> None:
        """Back to the question before, answered or not, as long as its answer counts."""
        self._left()
        order, states = self.questions_in_order(), self.advice.states
        here = order.index(self.current) if self.current in order else len(order)
        before = (q for q in reversed(order[:here]) if states[q].state not in ("needless", "inapplicable"))
        self._to(next(before, None), "this is the first question")

    def _left(self) -> None:
        if self.current and self.session.work.leave(self.current):
            self.changed()

    def _to(self, found: str | None, none: str, told: str = "") -> None:
        """To that question, saying `told`; where there is none, say that."""
        if found is None:
            self.tell(none)
            return
        self.go(found)
        if self.pane != 0:
            self.focus_pane(0)
        if told or self.message:
            self.tell(told)  # what was said of the step before is over

    def action_clear(self) -> None:
        """Take the answer of the open question away."""
        if self.current:
            self.change(self.profile.cleared(self.current))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._travel(self.session.work.undo)

    def action_redo(self) -> None:
        """Make the change again."""
        self._travel(self.session.work.redo)

    def _travel(self, step: Callable[[], bool]) -> None:
        """Through what was, with the cursor at the question whose answer that changes."""
        before = self.profile
        if not step():
            self.tell("nothing to undo or redo")
            return
        self.changed()
        moved = answers_changed(before, self.profile)
        if moved and self.current not in moved:
            self.go(next((q for q in self.questions_in_order() if q in moved), None))

    def action_note(self) -> None:
        """Write a note on the open question."""
        self._edit_note()

    @work
    async def _edit_note(self) -> None:
        from socui.screens.dialogs import NoteDialog

        if self.current is None:
            return
        id = self.current
        question = self.knowledge.questions[id]
        text = await self.app.push_screen_wait(NoteDialog(question.ask, self.profile.notes.get(id, "")))
        if text is not None:
            self.change(self.profile.with_note(id, text))

    # ---- looking

    def action_pane(self) -> None:
        """The next pane."""
        self.focus_pane(self.pane + 1)

    def action_pane_back(self) -> None:
        """The pane before."""
        self.focus_pane(self.pane - 1)

    def action_zoom(self) -> None:
        """One pane over the whole screen, and back."""
        self._zoomed = not self._zoomed
        self.classify()
        self.show("foot")
        self.call_after_refresh(self.show)  # a bar that was not seen has not followed what changed

    def action_why(self) -> None:
        """Show, or hide, the fewest answers that force the result."""
        self.said_why = self.decider.why(self.profile, self.today) if self.said_why is None else None
        self.show("recommendation")
        if self.said_why is not None:
            self.focus_pane(2)
            self.sheet("recommendation").point(("fold", "because"))

    @work(exclusive=True, group="copy")
    async def action_copy(self) -> None:
        """Copy the recommendation, and say which way it went: whether a terminal takes it cannot be known."""
        from socui.screens.clipboard import copy

        self.tell(await copy(self.socui, self.text()))

    def action_report(self) -> None:
        """Read the report, and save it."""
        from socui.screens.report_preview import Preview

        self.app.push_screen(Preview(self.session.profile, self.today))

    def action_plan(self) -> None:
        """The plan over the whole screen."""
        from socui.screens.plan_chart import Timeline

        self.app.push_screen(Timeline(self.session.profile, self.today))
