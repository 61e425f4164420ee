"""The workspace: questions, comparison and recommendation, all three answering every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from socui.profiles.undo import History
from socui.screens.guards import Asks
from socui.screens.widgets.comparison import Comparison
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.questionnaire import Questionnaire
from socui.screens.widgets.recommendation import Recommendation
from socui.screens.workspace.answering import Answering
from socui.screens.workspace.arrangement import Arrangement, Box
from socui.screens.workspace.bars import PANES
from socui.screens.workspace.leading import Leading
from socui.screens.workspace.notices import Notices
from socui.screens.workspace.panes import Panes
from socui.screens.workspace.records import Records
from socui.screens.workspace.saving import Saving
from socui.screens.workspace.search import Search
from socui.screens.workspace.what_if import WhatIf
from socui.settings.commands import bindings

if TYPE_CHECKING:
    from socui.profiles.session import Session
    from socui.screens.workspace.state import WorkspaceState


class Workspace(Asks[None], Screen[None]):
    """Shows the state in three panes and binds the keys. What the panes show is in Panes, where they stand in Arrangement, what
    is said beside them in Notices; what the keys do is in Answering, Records, Saving, Search, WhatIf and Leading."""

    BLANK = True
    GROUPS = ("answer", "view", "profile")
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#questions"

    def __init__(self, state: WorkspaceState, at_result: bool = False) -> None:
        """`at_result`: it begins at the result, and not at a question."""
        super().__init__()
        self.state, self._at_result = state, at_result
        self.panes, self.arrangement, self.notices = Panes(self), Arrangement(self), Notices(self)
        self.answering, self.saving, self.leading = Answering(self), Saving(self), Leading(self)
        self.search, self.what_if, self.records = Search(self), WhatIf(self), Records(self)
        self._sheets: dict[str, Sheet] = {}
        self.arrangement.classify()

    @property
    def session(self) -> Session:
        """The profile in work with its file."""
        return self.state.session

    @property
    def pane(self) -> int:
        """The place of the current pane."""
        return self.arrangement.pane

    @property
    def message(self) -> str:
        """The word in the last line."""
        return self.notices.message

    def compose(self) -> ComposeResult:
        """The bars and the three panes."""
        yield Bar(id="top")
        yield Bar(id="tabs")
        yield Bar(id="headline")
        with Box(id="panes"):
            yield Questionnaire(id="questions")
            with Box(id="right"):
                yield Comparison(id="comparison")
                yield Recommendation(id="recommendation")
        yield Bar(id="notice")
        yield Bar(id="foot")
        yield Bar(id="small")

    def on_mount(self) -> None:
        """Fill the panes, and begin at the question that is open or with what happened."""
        state, questions = self.state, self.sheet("questions")
        self.panes.fill()
        self.notices.fill()
        questions.follow = self.answering.moved
        questions.rebuild()
        self.answering.begin()
        self.saving.watch_the_disk()
        self.saving.tell_what_changed()
        self.panes.soon_late()
        state.subscribe(self.changed)
        if self._at_result:
            self.leading.result()

    def sheet(self, name: str) -> Sheet:
        """Return a pane or bar by its id."""
        if name not in self._sheets:
            self._sheets[name] = self.query_one(f"#{name}", Sheet)
        return self._sheets[name]

    # ---- one change, one repaint

    def changed(self) -> None:
        """The profile is another one: show it, and see to it that it is saved."""
        self.notices.clear()
        self.panes.soon_late()
        self.show()
        self.saving.soon()

    def show(self, *names: str) -> None:
        """Build these panes and bars again; all of them by default. Each paints only the rows that differ."""
        with self.app.batch_update():
            for name in names or (*PANES, "top", "tabs", "headline", "foot"):
                self.sheet(name).rebuild()

    def tell(self, message: str) -> None:
        """A word in the last line, until the next key that changes something."""
        self.notices.tell(message)

    def notice(self, message: str, seconds: float) -> None:
        """Say something above the last line for so long, or until a key changes something."""
        self.notices.notice(message, seconds)

    def on_resize(self) -> None:
        """Another size may be another layout."""
        self.arrangement.classify()
        self.show("foot", "small")

    def focus_pane(self, index: int) -> None:
        """Make that pane the current one."""
        self.arrangement.focus(index)

    def on_paste(self, event: events.Paste) -> None:
        """A text that is pasted here is a request."""
        self.records.paste(event.text)

    def on_descendant_focus(self) -> None:
        """The pane that has the focus is the current one; leaving the questions completes the one begun."""
        focused = self.focused.id if self.focused else None
        self.arrangement.followed(focused)
        if focused != "questions":
            self.state.leave()

    # ---- what is chosen

    @on(Sheet.Chosen, "#questions")
    async def _chosen(self, event: Sheet.Chosen) -> None:
        await self.answering.chosen(event.tag)

    @on(Sheet.Chosen, "#tabs")
    async def _tab(self, event: Sheet.Chosen) -> None:
        await self.leading.tab(event.tag)

    @on(Sheet.Chosen, "#foot")
    @on(Sheet.Chosen, "#top")
    async def _foot_key(self, event: Sheet.Chosen) -> None:
        await self.perform(event.tag[1])

    async def perform(self, action: str) -> None:
        """Do what was clicked, where it belongs."""
        await self.leading.perform(action)

    @on(Sheet.Chosen, "#comparison")
    def _row(self, event: Sheet.Chosen) -> None:
        self.leading.row(event.tag)

    @on(Sheet.Chosen, "#recommendation")
    async def _section(self, event: Sheet.Chosen) -> None:
        await self.leading.section(event.tag)

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        self.search.typed(event.value)

    @on(Input.Submitted, "#find")
    def _entered(self) -> None:
        self.search.entered()

    # ---- the keys

    def action_number(self, digit: int) -> None:
        """Choose by number in the open question."""
        self.answering.number(digit)

    def action_add_request(self) -> None:
        """Record one more request."""
        self.records.add_request()

    def action_further(self, place: int) -> None:
        """Choose the tenth, the eleventh and so on."""
        self.action_number(9 + place)

    def action_next(self) -> None:
        """To the next question that can still change the result."""
        self.answering.follow(self.state.navigation.next())

    def action_previous(self) -> None:
        """Back to the question before."""
        self.answering.follow(self.state.navigation.previous())

    def action_deciding(self) -> None:
        """To the open question whose answer tells most about the result."""
        self.search.most_deciding()

    def action_check_answers(self) -> None:
        """To the next of the answers that do not fit together."""
        self.answering.check()

    def action_clear(self) -> None:
        """Take the answer of the open question away."""
        self.answering.clear()

    def action_note(self) -> None:
        """Write a note on the open question."""
        self.answering.note()

    def action_undo(self) -> None:
        """Take the last change back."""
        self.answering.travel(History.undo)

    def action_redo(self) -> None:
        """Make the change again."""
        self.answering.travel(History.redo)

    def action_pane(self) -> None:
        """The next pane."""
        self.focus_pane(self.pane + 1)

    def action_pane_back(self) -> None:
        """The pane before."""
        self.focus_pane(self.pane - 1)

    def action_zoom(self) -> None:
        """One pane over the whole screen, and back."""
        self.arrangement.zoom()

    def action_why(self) -> None:
        """Show, or hide, the fewest answers that force the result."""
        self.leading.why()

    async def action_find(self) -> None:
        """Type words; only the questions that have them are shown."""
        await self.search.begin()

    def action_show_all(self) -> None:
        """End the filter; where there is none, lead out of a what-if."""
        self.search.end()

    def action_what_if(self) -> None:
        """Begin a what-if; lead out of one."""
        self.what_if.begin()

    def action_save(self) -> None:
        """Name the profile, or settle what keeps it from being saved."""
        self.ask(self.saving.save)

    def action_library(self) -> None:
        """Saved profiles, examples and drafts."""
        self.ask(self.saving.library)

    def action_engagement(self) -> None:
        """What a CPA firm needs to know for a quote."""
        self.leading.details()

    @work(exclusive=True, group="copy")
    async def action_copy(self) -> None:
        """Copy the answer card, in some ten lines."""
        await self.leading.copy(self.panes.text() if self.state.silent else self.state.card_text())

    @work(exclusive=True, group="copy")
    async def action_copy_all(self) -> None:
        """Copy the card and the whole recommendation."""
        await self.leading.copy(self.panes.text())

    def action_report(self) -> None:
        """Read the report, and save it."""
        self.leading.report()

    def action_vendors(self) -> None:
        """The vendors whose reports are asked for."""
        self.leading.vendors()

    def action_plan(self) -> None:
        """The plan over the whole screen."""
        self.leading.plan()
