"""The workspace: questions, comparison and recommendation, all three answering every key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from socui.commands import bindings
from socui.plan import Bar as Step
from socui.plan import holding, plan
from socui.screens.bars import PANES, TITLES, foot_line, headline_line, small_line, tabs_line, top_line
from socui.screens.keeping import Keeping
from socui.screens.widgets.comparison import Comparison, comparison_head, comparison_lines
from socui.screens.widgets.questionnaire import Questionnaire, question_lines
from socui.screens.widgets.recommendation import Recommendation, View, plain, recommendation_lines
from socui.screens.widgets.sheet import Bar, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from socui.advice import Said, Tip
    from socui.screens.session import Session

SAVE_AFTER = 0.7
TIPS_AFTER = 0.25


class Workspace(Keeping):
    """Holds the session, works out the advice once a change, and hands it down."""

    BINDINGS = bindings("answer", "view", "profile")
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
        with Container(id="panes"):
            yield Questionnaire(id="questions")
            with Container(id="right"):
                yield Comparison(id="comparison")
                yield Recommendation(id="recommendation")
        yield Bar(id="foot")
        yield Bar(id="small")

    def on_mount(self) -> None:
        """Give every pane what it is built from."""
        self.sheet("questions").builder = lambda w: (
            question_lines(self.knowledge, self.advice, self.session.profile, w, self.current),
            (),
        )
        self.sheet("comparison").builder = lambda w: (
            comparison_lines(self.knowledge, self.advice, self.session.profile, w, self.opened_rows),
            comparison_head(self.advice, w),
        )
        self.sheet("recommendation").builder = lambda w: (recommendation_lines(self.view(w)), ())
        self.sheet("top").builder = lambda w: ([top_line(self.session, self.advice, self.message, w)], ())
        self.sheet("tabs").builder = lambda _: ([tabs_line(self.pane)], ())
        self.sheet("headline").builder = lambda w: ([headline_line(self.advice, w)], ())
        self.sheet("foot").builder = lambda w: ([foot_line(w)], ())
        self.sheet("small").builder = lambda w: ([small_line(w)], ())
        for pane, title in zip(PANES, TITLES, strict=True):
            self.sheet(pane).border_title = title
        self.sheet("questions").follow = self.moved
        self.sheet("questions").rebuild()
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

    def view(self, width: int) -> View:
        """What the recommendation is written from."""
        return View(
            knowledge=self.knowledge,
            advice=self.advice,
            profile=self.session.profile,
            width=width,
            folded=frozenset(self.folded),
            tips=self.tips,
            why=self.said_why,
            plan=self.plan,
        )

    # ---- one change, one advice, one repaint

    def changed(self) -> None:
        """The profile is another one: decide, show, and see to it that it is saved."""
        self.advice = self.decider.advise(self.session.profile, self.today)
        self.session.result = self.advice.result
        self.tips = self.said_why = None
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
        profile = self.session.profile
        self.tips = self.decider.tips(profile, self.today)
        holds = holding(self.decider, profile, self.today)
        self.plan = plan(self.knowledge, holds, self.today, profile.dates)
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

    def focus_pane(self, index: int) -> None:
        """Make that pane the current one."""
        self.pane = index % len(PANES)
        self.classify()
        pane = self.sheet(PANES[self.pane])
        self.call_after_refresh(pane.rebuild)
        pane.focus()
        self.show("tabs")

    @on(Sheet.Chosen, "#tabs")
    def _tab(self, event: Sheet.Chosen) -> None:
        self.focus_pane(PANES.index(event.tag[1]))

    @on(Sheet.Chosen, "#foot")
    async def _foot_key(self, event: Sheet.Chosen) -> None:
        target = self.focused if event.tag[1] == "choose" and self.focused else self
        await self.app.run_action(event.tag[1], target if hasattr(target, f"action_{event.tag[1]}") else self.app)

    @on(Sheet.Chosen, "#comparison")
    def _row(self, event: Sheet.Chosen) -> None:
        self.opened_rows ^= {event.tag[1]}
        self.show("comparison")
        event.sheet.reveal()

    @on(Sheet.Chosen, "#recommendation")
    def _section(self, event: Sheet.Chosen) -> None:
        if event.tag[0] == "goto":
            self.go(event.tag[1])
            self.focus_pane(0)
            return
        self.folded ^= {event.tag[1]}
        self.show("recommendation")

    def on_descendant_focus(self) -> None:
        """The pane that has the focus is the current one; leaving the questions completes the one begun."""
        focused = self.focused.id if self.focused else None
        if focused in PANES:
            self.pane = PANES.index(focused)
        if focused != "questions" and self.current and self.session.leave(self.current):
            self.changed()

    def text(self) -> str:
        """The recommendation as plain text."""
        return plain(recommendation_lines(replace(self.view(100), folded=())))

    def open_profile(self, session: Session) -> None:
        """Work on another profile from now on."""
        self.session, self._save_timer = session, None
        self.current = None
        self.advice = self.decider.advise(session.profile, self.today)
        self.current = self.advice.next or next(iter(self.advice.states), None)
        self.tips = self.said_why = None
        self.message = ""
        self.show()
        self.go(self.current)
        self.tell_what_changed()
        self._tips_timer = self.set_timer(TIPS_AFTER, self._work_out_tips)

    def questions_in_order(self) -> Sequence[str]:
        """All question ids as they stand on the screen."""
        order = [s.id for s in self.knowledge.sections]
        return sorted(self.advice.states, key=lambda q: order.index(self.advice.states[q].question.section))
