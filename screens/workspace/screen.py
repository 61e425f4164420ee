"""The workspace: questions, comparison and recommendation, all three answering every key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import Worker

from socui.profiles.record_labels import START
from socui.profiles.undo import History
from socui.screens.guards import Ready
from socui.screens.reference.subject import Subject, facts_behind, subject_of_lines, subject_of_question
from socui.screens.widgets.answer_card import card_lines, pinned_lines
from socui.screens.widgets.comparison import Comparison, comparison_head, comparison_lines
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import BLANK, Line, Span
from socui.screens.widgets.questionnaire import Questionnaire, question_lines
from socui.screens.widgets.recommendation import Recommendation, View, plain, recommendation_lines
from socui.screens.widgets.record_lines import records_lines, start_lines
from socui.screens.workspace.answering import Answering
from socui.screens.workspace.bars import (
    PANES,
    TITLES,
    foot_line,
    headline_line,
    notice_lines,
    settled_lines,
    small_line,
    tabs_line,
    top_line,
)
from socui.screens.workspace.records import Records
from socui.screens.workspace.saving import Saving
from socui.screens.workspace.search import Search, filtered, sought_line
from socui.screens.workspace.what_if import WhatIf, forked_lines, marked
from socui.settings.commands import bindings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from socui.app import SocuiApp
    from socui.deciding.advice import Advice
    from socui.profiles.session import Session
    from socui.screens.workspace.state import WorkspaceState

LATE_AFTER = 0.25
BELOW_CARD = 4
"""Rows of the recommendation that are left below the answer card, at least."""
TEXT = 100
"""Cells that a line of text takes at most: longer ones are hard to read."""


class Box(Container):
    """Only holds panes: nothing of it is ever seen, so its lines need no styling when a pane is painted."""

    BLANK = True


class Workspace(Ready[None], Screen[None]):
    """Shows the state in three panes and binds the keys; what they do is in Answering, Records, Saving, Search and WhatIf."""

    BLANK = True
    GROUPS = ("answer", "view", "profile")
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#questions"

    def __init__(self, state: WorkspaceState, at_result: bool = False) -> None:
        """`at_result`: it begins at the result, and not at a question."""
        super().__init__()
        self.state, self._at_result = state, at_result
        self.answering, self.saving = Answering(self), Saving(self)
        self.search, self.what_if, self.records = Search(self), WhatIf(self), Records(self)
        self.pane = 0
        self.message = ""
        self.notices: list[str] = []
        self._zoomed = self._small = False
        self._sheets: dict[str, Sheet] = {}
        self._late_timer: Timer | None = None
        self._asks: Worker[object] | None = None
        self.classify()

    @property
    def session(self) -> Session:
        """The profile in work with its file."""
        return self.state.session

    @property
    def advice(self) -> Advice:
        """What is shown of the answers."""
        return self.state.advice

    @property
    def current(self) -> str | None:
        """The question that is open."""
        return self.state.current

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
        """Give every pane what it is built from."""
        state, questions, comparison = self.state, self.sheet("questions"), self.sheet("comparison")
        questions.builder = self._questions
        comparison.builder = lambda w: (
            comparison_lines(state.knowledge, state.advice, state.profile, w, state.opened_rows, comparison.memory),
            comparison_head(state.advice, w),
        )
        self.sheet("recommendation").builder = self._recommendation
        self.sheet("top").builder = lambda w: ([top_line(state, w)], ())
        self.sheet("tabs").builder = lambda _: ([tabs_line(self.pane)], ())
        self.sheet("headline").builder = lambda w: ([headline_line(state, w)], ())
        self.sheet("foot").builder = lambda w: ([self._foot(w)], ())
        self.sheet("notice").builder = lambda w: (notice_lines(self.notices, w), ())
        self.sheet("small").builder = lambda w: ([small_line(w, self.app.size.height)], ())
        for pane, title in zip(PANES, TITLES, strict=True):
            self.sheet(pane).border_title = title
        questions.follow = self.answering.moved
        questions.rebuild()
        if state.current is None:
            questions.point(("start", START[0][0]), tell=False)
        self.answering.go(state.current)
        self.saving.watch_the_disk()
        self.saving.tell_what_changed()
        self._soon_late()
        state.subscribe(self.changed)
        if self._at_result:
            self.show_result()

    def sheet(self, name: str) -> Sheet:
        """A pane or bar by its id."""
        if name not in self._sheets:
            self._sheets[name] = self.query_one(f"#{name}", Sheet)
        return self._sheets[name]

    def _questions(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        state, pin = self.state, []
        advice = state.advice
        if state.sought:
            advice = filtered(advice, state.matching)
            pin = [sought_line(state.sought, advice.states.values(), advice.asked, width)]
        memory, profile, width = self.sheet("questions").memory, state.profile, min(width, TEXT)
        lines = question_lines(state.knowledge, advice, profile, width, state.current, memory)
        if not state.sought:
            if advice.settled and not state.starting:
                pin = settled_lines(len(state.fixing()), width)
            fields = state.deciding_fields()
            read = (width, state.starting, profile.requests, profile.reports_held, profile.evidence, fields)
            records = partial(records_lines, profile, width, fields)
            write = partial(start_lines, width) if state.starting else records
            lines = [*memory.lines("records", read, write), *lines]
        if state.session.fork is not None:
            lines = list(marked(lines, state.moved.answers, width))
        return lines or [Line((Span("  No question has these words.", "dim"),))], pin

    def _recommendation(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        width, sheet, state = min(width, TEXT), self.sheet("recommendation"), self.state
        lines, above = recommendation_lines(self.view(width), sheet.memory), [*self._above(width)]
        if state.silent:
            return [*above, *lines], ()
        # Never scrolled away: of a what-if what it changes, else the answer.
        room = max(sheet.size.height - BELOW_CARD, sheet.size.height * 2 // 3)
        texts, answer = state.knowledge.texts, state.answer.card
        rule = Line((Span(" " + "─" * (width - 2), "dim"),))
        if above:
            return [*above[room:], *card_lines(answer, texts, width), *lines], [*above[:room], rule]
        pin, rest = pinned_lines(answer, texts, width, room)
        return [*rest, *lines], [*pin, rule]

    def _above(self, width: int) -> Iterable[Line]:
        moved = self.state.moved
        return () if self.session.fork is None else forked_lines(moved.results, moved.changes, width)

    def view(self, width: int) -> View:
        """What the recommendation is written from."""
        state = self.state
        late = state.late
        return View(
            knowledge=state.knowledge,
            advice=state.advice,
            profile=state.profile,
            width=width,
            folded=frozenset(state.folded),
            tips=late.tips if late else None,
            why=state.why,
            why_not=late.why_not if late else None,
            plan=state.answer.plan,
        )

    def _foot(self, width: int) -> Line:
        tabs = self.has_class("-one")
        return foot_line(width, self.pane, tabs=tabs, small=self._small, message=self.message)

    # ---- one change, one repaint

    def changed(self) -> None:
        """The profile is another one: show it, and see to it that it is saved."""
        self.message = ""
        if self.notices:
            self._end_notices()
        self._soon_late()
        self.show()
        self.saving.soon()

    def show(self, *names: str) -> None:
        """Build these panes and bars again; all of them by default. Each paints only the rows that differ."""
        with self.app.batch_update():
            for name in names or (*PANES, "top", "tabs", "headline", "foot"):
                self.sheet(name).rebuild()

    def show_result(self) -> None:
        """Show the recommendation from its beginning, with no question open."""
        self.state.current = None
        self.show("questions")
        self.focus_pane(2)
        sheet = self.sheet("recommendation")
        sheet.action_first()
        self.call_after_refresh(sheet.scroll_to, y=0, animate=False)  # its beginning, not its first heading

    def tell(self, message: str) -> None:
        """A word in the last line, until the next key that changes something."""
        self.message = message
        self.show("foot")

    def notice(self, message: str, seconds: float) -> None:
        """Say something above the last line for so long, or until a key changes something."""
        self.notices = [*(n for n in self.notices if n != message), message]
        self._show_notices()
        self.set_timer(seconds, partial(self._end_notices, message))

    def _end_notices(self, *messages: str) -> None:
        self.notices = [n for n in self.notices if messages and n not in messages]
        self._show_notices()

    def _show_notices(self) -> None:
        bar = self.sheet("notice")
        lines = len(notice_lines(self.notices, max(self.app.size.width, 20)))
        self.set_class(bool(lines), "-noticed")
        bar.styles.height = min(max(lines, 1), 6)
        bar.rebuild()

    def _soon_late(self) -> None:
        if self._late_timer is not None:
            self._late_timer.stop()
        self._late_timer = self.set_timer(LATE_AFTER, self._work_out_late)

    def _work_out_late(self) -> None:
        self.state.work_out_late()
        self.show("recommendation")

    # ---- layout

    def classify(self) -> None:
        """Choose the layout for the size: set as classes, before the first frame."""
        width, height = self.app.size
        self._small = width < 100 or height < 30
        one = self._small or self._zoomed
        self.set_class(width < 60 or height < 18, "-tiny")
        self.set_class(one, "-one")
        self.set_class(width >= 190 and not one, "-three")
        for i, pane in enumerate(PANES):
            self.set_class(one and i == self.pane, f"-{pane}")

    def on_resize(self) -> None:
        """Another size may be another layout."""
        self.classify()
        self.show("foot", "small")

    def focus_pane(self, index: int) -> None:
        """Make that pane the current one."""
        self.pane = index % len(PANES)
        self.classify()
        pane = self.sheet(PANES[self.pane])
        self.call_after_refresh(self._seen, pane)
        pane.focus()
        self.show("tabs", "foot")

    def _seen(self, pane: Sheet) -> None:
        """A pane that may not have been seen stands now: it has not followed what changed."""
        pane.rebuild()
        if self.has_class("-one"):
            pane.reveal()
            self.show("tabs", "headline")

    def on_descendant_focus(self) -> None:
        """The pane that has the focus is the current one; leaving the questions completes the one begun."""
        focused = self.focused.id if self.focused else None
        if focused in PANES:
            self.pane = PANES.index(focused)
            self.show("foot")
        if focused != "questions":
            self.state.leave()

    # ---- what is chosen

    @on(Sheet.Chosen, "#questions")
    async def _chosen(self, event: Sheet.Chosen) -> None:
        await self.answering.chosen(event.tag)

    @on(Sheet.Chosen, "#tabs")
    async def _tab(self, event: Sheet.Chosen) -> None:
        if event.tag[0] == "run":
            await self.perform(event.tag[1])
        else:
            self.focus_pane(PANES.index(event.tag[1]))

    @on(Sheet.Chosen, "#foot")
    @on(Sheet.Chosen, "#top")
    async def _foot_key(self, event: Sheet.Chosen) -> None:
        await self.perform(event.tag[1])

    async def perform(self, action: str) -> None:
        """Do what was clicked, where it belongs."""
        target = self.focused if action == "choose" and self.focused else self
        await self.app.run_action(action, target if hasattr(target, f"action_{action}") else self.app)

    @on(Sheet.Chosen, "#comparison")
    def _row(self, event: Sheet.Chosen) -> None:
        if event.tag[0] == "facts":
            self._reference((event.tag[1:], ""))
            return
        self.state.opened_rows ^= {event.tag[1]}
        self.show("comparison")
        event.sheet.reveal()

    @on(Sheet.Chosen, "#recommendation")
    async def _section(self, event: Sheet.Chosen) -> None:
        match event.tag:
            case ("run", action):
                await self.perform(action)
            case ("goto", key) if self._asked(key):
                self.answering.go(key)
                self.focus_pane(0)
            case ("goto", key):
                self.records.lead_to(key)
            case ("plan", *_):
                self.action_plan()
            case ("fold", section):
                self.state.folded ^= {section}
                self.show("recommendation")
            case tag:
                self._reference((facts_behind(self.state.knowledge, tag), ""))

    def _asked(self, key: str) -> bool:
        """Whether that is a question of the interview; requests answer the others."""
        question = self.state.knowledge.questions.get(key)
        return question is not None and not question.derived

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        self.search.typed(event.value)

    @on(Input.Submitted, "#find")
    def _entered(self) -> None:
        self.search.entered()

    def _reference(self, subject: Subject) -> None:
        cast("SocuiApp", self.app).show_reference(subject)

    @property
    def asking(self) -> bool:
        """Whether a dialog is shown or about to be."""
        return self._asks is not None and not self._asks.is_finished

    def ask(self, work: Callable[[], Awaitable[object]]) -> None:
        """Run what shows a dialog, unless one is shown or about to be: keys typed ahead open it once."""
        if not self.asking:
            self._asks = self.run_worker(work())

    def subject(self) -> Subject:
        """What the line under the cursor speaks of, for the reference."""
        question = self.state.question
        if self.pane == 0 and question is not None:
            return subject_of_question(question)
        sheet = self.sheet(PANES[self.pane])
        return subject_of_lines(self.state.knowledge, sheet.lines, sheet.cursor)

    def text(self) -> str:
        """The card and the recommendation as plain text."""
        texts = self.state.knowledge.texts
        top = () if self.state.silent else (*card_lines(self.state.answer.card, texts, TEXT), BLANK)
        lines = recommendation_lines(replace(self.view(TEXT), folded=()))
        return plain([*self._above(TEXT), *top, *lines])

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
        self.answering.follow(self.state.next_question())

    def action_previous(self) -> None:
        """Back to the question before."""
        self.answering.follow(self.state.previous_question())

    def action_deciding(self) -> None:
        """To the open question whose answer tells most about the result."""
        self.search.most_deciding()

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
        self._zoomed = not self._zoomed
        self.classify()
        self.show("foot")
        self.call_after_refresh(self.show)  # a bar that was not seen has not followed what changed

    def action_why(self) -> None:
        """Show, or hide, the fewest answers that force the result."""
        shown = self.state.turn_why()
        self.show("recommendation")
        if shown:
            self.focus_pane(2)
            self.sheet("recommendation").point(("fold", "because"))

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

    def action_copy(self) -> None:
        """Copy the answer card, in some ten lines."""
        self._copy(self.text() if self.state.silent else self.state.card_text())

    def action_copy_all(self) -> None:
        """Copy the card and the whole recommendation."""
        self._copy(self.text())

    @work(exclusive=True, group="copy")
    async def _copy(self, text: str) -> None:
        """Copy it, and say which way it went: whether a terminal takes it cannot be known."""
        from socui.screens.clipboard import copy

        self.tell(await copy(cast("SocuiApp", self.app), text))

    def action_report(self) -> None:
        """Read the report, and save it."""
        from socui.screens.report_preview import Preview

        self.app.push_screen(Preview(self.session.profile, self.state.today))

    def action_vendors(self) -> None:
        """The vendors whose reports are asked for."""
        from socui.screens.vendors.screen import Vendors

        self.app.push_screen(Vendors(self.state))

    def action_plan(self) -> None:
        """The plan over the whole screen."""
        from socui.screens.plan_chart import Timeline

        self.app.push_screen(Timeline(self.session.profile, self.state.today))
