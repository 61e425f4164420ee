"""The workspace: questions, comparison and recommendation, all three answering every key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.timer import Timer

from socui.planning.plan import Bar as Step
from socui.planning.plan import planned
from socui.screens.guards import Ready
from socui.screens.reference.subject import Subject, facts_of, subject_of_lines, subject_of_question
from socui.screens.widgets.comparison import Comparison, comparison_head, comparison_lines
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import Line, Span
from socui.screens.widgets.questionnaire import Questionnaire, question_lines
from socui.screens.widgets.recommendation import Recommendation, View, plain, recommendation_lines
from socui.screens.workspace.bars import PANES, TITLES, foot_line, headline_line, small_line, tabs_line, top_line
from socui.screens.workspace.saving import Keeping
from socui.screens.workspace.search import Finding, filtered, sought_line
from socui.screens.workspace.what_if import Forking, forked_lines, marked
from socui.settings.commands import bindings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from socui.deciding.advice import Said, Tip, WhyNot
    from socui.screens.workspace.session import Session

SAVE_AFTER = 0.7
TIPS_AFTER = 0.25


class Box(Container):
    """Only holds panes: nothing of it is ever seen, so its lines need no styling when a pane is painted."""

    BLANK = True


class Workspace(Ready[None], Keeping, Forking, Finding, Screen[None]):
    """Holds the session, works out the advice once a change, and hands it down."""

    BLANK = True
    GROUPS = ("answer", "view", "profile")
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#questions"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.advice = self.decider.advise(session.profile, self.today)
        self.current: str | None = self.advice.next or next(iter(self.advice.states), None)
        self.pane = 0
        self.opened_rows: set[str] = set()
        self.folded: set[str] = set()
        self.tips: tuple[Tip, ...] | None = None
        self.why_not: tuple[WhyNot, ...] | None = None
        self.plan: tuple[Step, ...] = ()
        self.said_why: tuple[Said, ...] | None = None
        self.message = ""
        self._zoomed = False
        self._save_timer: Timer | None = None
        self._tips_timer: Timer | None = None
        self.classify()

    @property
    def today(self) -> date:
        """The date that turns dates into answers; tests pin it."""
        return self.socui.today()

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
        yield Bar(id="foot")
        yield Bar(id="small")

    def on_mount(self) -> None:
        """Give every pane what it is built from."""
        questions, comparison = self.sheet("questions"), self.sheet("comparison")
        questions.builder = self._questions
        comparison.builder = lambda w: (
            comparison_lines(self.knowledge, self.advice, self.profile, w, self.opened_rows, comparison.memory),
            comparison_head(self.advice, w),
        )
        self.sheet("recommendation").builder = self._recommendation
        self.sheet("top").builder = lambda w: ([top_line(self.session, self.advice, self.message, w, self.changes)], ())
        self.sheet("tabs").builder = lambda _: ([tabs_line(self.pane)], ())
        self.sheet("headline").builder = lambda w: ([headline_line(self.advice, w)], ())
        self.sheet("foot").builder = lambda w: ([foot_line(w, self.has_class("-one"))], ())
        self.sheet("small").builder = lambda w: ([small_line(w)], ())
        for pane, title in zip(PANES, TITLES, strict=True):
            self.sheet(pane).border_title = title
        questions.follow = self.moved
        questions.rebuild()
        self.go(self.current)
        self.watch_the_disk()
        self.tell_what_changed()
        self._tips_timer = self.set_timer(TIPS_AFTER, self._work_out_tips)

    def sheet(self, name: str) -> Sheet:
        """A pane or bar by its id."""
        return (
            self._sheets[name]
            if name in self._sheets
            else self._sheets.setdefault(name, self.query_one(f"#{name}", Sheet))
        )

    def _questions(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        advice, pin = self.advice, []
        if self.sought:
            advice = filtered(advice, self.found)
            pin = [sought_line(self.sought, advice.states.values(), self.advice.asked, width)]
        memory = self.sheet("questions").memory
        lines = question_lines(self.knowledge, advice, self.profile, width, self.current, memory)
        if self.session.fork is not None:
            lines = list(marked(lines, self.pairs, width))
        return lines or [Line((Span("  No question has these words.", "dim"),))], pin

    def _recommendation(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        return [*self._above(width), *recommendation_lines(self.view(width), self.sheet("recommendation").memory)], ()

    def _above(self, width: int) -> Iterable[Line]:
        return () if self.session.fork is None else forked_lines(self.moved_results, self.changes, width)

    def view(self, width: int) -> View:
        """What the recommendation is written from."""
        return View(
            knowledge=self.knowledge,
            advice=self.advice,
            profile=self.profile,
            width=width,
            folded=frozenset(self.folded),
            tips=self.tips,
            why=self.said_why,
            why_not=self.why_not,
            plan=self.plan,
        )

    # ---- one change, one advice, one repaint

    def changed(self) -> None:
        """The profile is another one: decide, show, and see to it that it is saved."""
        self.advice = self.decider.advise(self.profile, self.today)
        self.weigh()
        self.tips = self.said_why = self.why_not = None
        self.message = ""
        if self._tips_timer is not None:
            self._tips_timer.stop()
        self._tips_timer = self.set_timer(TIPS_AFTER, self._work_out_tips)
        self.show()
        if self._save_timer is None:
            self._save_timer = self.set_timer(SAVE_AFTER, self._save)

    def show(self, *names: str) -> None:
        """Build these panes and bars again; all of them by default. Each paints only the rows that differ."""
        with self.app.batch_update():
            for name in names or (*PANES, "top", "tabs", "headline"):
                self.sheet(name).rebuild()

    def tell(self, message: str) -> None:
        """A word in the top line, until the next key that changes something."""
        self.message = message
        self.show("top")

    def _work_out_tips(self) -> None:
        profile = self.profile
        self.why_not = self.decider.why_not(profile, self.today)
        self.tips = self.decider.tips(profile, self.today)
        self.plan = planned(self.decider, profile, self.today)
        self.show("recommendation")

    def _save(self) -> None:
        self._save_timer = None
        self.run_worker(self._write, thread=True, group="save", exit_on_error=False)

    def _write(self) -> None:
        self.session.write()
        self.app.call_from_thread(self._written)

    def _written(self) -> None:
        self.show("top")
        if self.session.dirty and self._save_timer is None:
            self._save_timer = self.set_timer(SAVE_AFTER, self._save)

    # ---- layout

    def classify(self) -> None:
        """Choose the layout for the size: set as classes, before the first frame."""
        width, height = self.app.size
        one = width < 100 or height < 30 or self._zoomed
        self.set_class(width < 60 or height < 18, "-tiny")
        self.set_class(one, "-one")
        self.set_class(width >= 160 and not one, "-three")
        for i, pane in enumerate(PANES):
            self.set_class(one and i == self.pane, f"-{pane}")

    def on_resize(self) -> None:
        """Another size may be another layout."""
        self.classify()
        self.show("foot")

    def focus_pane(self, index: int) -> None:
        """Make that pane the current one."""
        self.pane = index % len(PANES)
        self.classify()
        pane = self.sheet(PANES[self.pane])
        self.call_after_refresh(self._seen, pane)
        pane.focus()
        self.show("tabs")

    def _seen(self, pane: Sheet) -> None:
        """A pane that may not have been seen stands now: it has not followed what changed."""
        pane.rebuild()
        if self.has_class("-one"):
            pane.reveal()
            self.show("tabs", "headline")

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

    def subject(self) -> Subject:
        """What the line under the cursor speaks of, for the reference."""
        if self.pane == 0 and self.current:
            return subject_of_question(self.knowledge.questions[self.current])
        sheet = self.sheet(PANES[self.pane])
        return subject_of_lines(self.knowledge, sheet.lines, sheet.cursor)

    @on(Sheet.Chosen, "#comparison")
    def _row(self, event: Sheet.Chosen) -> None:
        if event.tag[0] == "facts":
            self.socui.show_reference((event.tag[1:], ""))
            return
        self.opened_rows ^= {event.tag[1]}
        self.show("comparison")
        event.sheet.reveal()

    @on(Sheet.Chosen, "#recommendation")
    async def _section(self, event: Sheet.Chosen) -> None:
        if event.tag[0] == "run":
            await self.perform(event.tag[1])
            return
        if event.tag[0] == "goto":
            self.go(event.tag[1])
            self.focus_pane(0)
            return
        if event.tag[0] == "plan":
            self.action_plan()
            return
        if event.tag[0] != "fold":
            self.socui.show_reference((facts_of(self.knowledge, event.tag), ""))
            return
        self.folded ^= {event.tag[1]}
        self.show("recommendation")

    def on_descendant_focus(self) -> None:
        """The pane that has the focus is the current one; leaving the questions completes the one begun."""
        focused = self.focused.id if self.focused else None
        if focused in PANES:
            self.pane = PANES.index(focused)
        if focused != "questions" and self.current and self.session.work.leave(self.current):
            self.changed()

    def text(self) -> str:
        """The recommendation as plain text."""
        lines = recommendation_lines(replace(self.view(100), folded=()))
        return plain([*self._above(100), *lines])

    def open_profile(self, session: Session) -> None:
        """Work on another profile from now on."""
        self.session, self._save_timer, self.sought = session, None, ""
        self.remove_class("-finding")
        self.current = None
        self.advice = self.decider.advise(session.profile, self.today)
        self.current = self.advice.next or next(iter(self.advice.states), None)
        self.weigh()
        self.tips = self.said_why = self.why_not = None
        self.message = ""
        self.show()
        self.go(self.current)
        self.tell_what_changed()
        self._tips_timer = self.set_timer(TIPS_AFTER, self._work_out_tips)

    def questions_in_order(self) -> Sequence[str]:
        """The question ids as they stand on the screen."""
        order = [s.id for s in self.knowledge.sections]
        shown = [q for q in self.advice.states if q in self.found] if self.sought else self.advice.states
        return sorted(shown, key=lambda q: order.index(self.advice.states[q].question.section))
