"""Builds the lines of each pane and bar of the workspace from its state, for the width of the pane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from socui.screens.widgets.answer_card import card_lines, pinned_lines
from socui.screens.widgets.check_lines import contradiction_lines
from socui.screens.widgets.comparison import comparison_head, comparison_lines
from socui.screens.widgets.lines import BLANK, Line, Span
from socui.screens.widgets.questionnaire import question_lines
from socui.screens.widgets.recommendation import plain, recommendation_lines
from socui.screens.widgets.record_lines import records_lines, start_lines
from socui.screens.widgets.view import View
from socui.screens.workspace.bars import PANES, TITLES, headline_line, settled_lines, small_line, tabs_line, top_line
from socui.screens.workspace.search import filtered, nothing_lines, sought_lines
from socui.screens.workspace.what_if import forked_lines, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.timer import Timer

    from socui.screens.workspace.screen import Workspace

LATE_AFTER = 0.25
"""Seconds after the last key in which what takes longer than a key may is worked out."""
BELOW_CARD = 3
"""Rows of the recommendation that are left below the answer card, at least."""
CARD = 9
"""Rows that the answer card may take of a low pane; of a high one it may take half."""
TEXT = 100
"""Cells that a line of text takes at most: longer ones are hard to read."""


class Panes:
    """Writes the panes and bars, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen, self.state = screen, screen.state
        self._late: Timer | None = None

    def fill(self) -> None:
        """Give every pane and bar what it is built from."""
        screen, state = self.screen, self.state
        bars = {
            "top": lambda w: top_line(state, w),
            "tabs": lambda _: tabs_line(screen.pane),
            "headline": lambda w: headline_line(state, w),
            "small": lambda w: small_line(w, screen.app.size.height),
        }
        for name, line in bars.items():
            screen.sheet(name).builder = lambda w, line=line: ([line(w)], ())
        screen.sheet("questions").builder = self.questions
        screen.sheet("comparison").builder = self.comparison
        screen.sheet("recommendation").builder = self.recommendation
        for pane, title in zip(PANES, TITLES, strict=True):
            screen.sheet(pane).border_title = title

    def soon_late(self) -> None:
        """Show a moment from now what takes longer than a key may."""
        if self._late is not None:
            self._late.stop()
        self._late = self.screen.set_timer(LATE_AFTER, self.work_out_late)

    def work_out_late(self) -> None:
        """Show what takes longer than a key may."""
        self.state.work_out_late()
        self.screen.show("recommendation")

    def questions(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        """Return the requests and the questions."""
        state, pin = self.state, []
        advice = state.advice
        if state.sought:
            advice = filtered(advice, state.matching)
            pin = sought_lines(state.sought, state.sought_as, advice.states.values(), advice.asked, width)
        memory, profile, width = self.screen.sheet("questions").memory, state.profile, min(width, TEXT)
        lines = question_lines(state.knowledge, advice, profile, width, state.current, memory)
        if not state.sought:
            if advice.settled and not state.starting:
                pin = settled_lines(len(state.navigation.fixing()), state.obtains, width)
            fields = state.navigation.deciding_fields()
            held = (profile.requests, profile.reports_held, profile.evidence, profile.events)
            read = (width, state.starting, state.obtains, held, fields)
            records = partial(records_lines, profile, width, fields)
            write = partial(start_lines, width) if state.starting else records
            lines = [*memory.lines("records", read, write), *lines]
        if state.session.fork is not None:
            lines = list(marked(lines, state.moved.answers, width))
        if state.sought:
            elsewhere = self.screen.search.elsewhere.lines(state.sought, width)
            return [*lines, *elsewhere] if lines else nothing_lines(width, elsewhere), pin
        return lines, pin

    def comparison(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        """Return the two reports side by side, and what the answers say to each row."""
        state, memory = self.state, self.screen.sheet("comparison").memory
        lines = comparison_lines(state.knowledge, state.advice, state.profile, width, state.opened_rows, memory)
        return lines, comparison_head(state.advice, width)

    def recommendation(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        """Return the answer card, which is never scrolled away, and what it rests on."""
        width, sheet, state = min(width, TEXT), self.screen.sheet("recommendation"), self.state
        lines, above = recommendation_lines(self.view(width), sheet.memory), [*self._above(width)]
        if state.silent:
            return [*above, *lines], ()
        # Never scrolled away: of a what-if what it changes, else the answer.
        height = sheet.size.height
        room = max(min(height - BELOW_CARD, CARD), height // 2)
        texts, answer = state.knowledge.texts, state.answer.card
        rule = Line((Span(" " + "─" * (width - 2), "dim"),))
        if above:
            return [*above[room:], *card_lines(answer, texts, width), *lines], [*above[:room], rule]
        if state.advice.contradictions:
            answer = replace(answer, check=(), next=())  # said in the lines that follow, with what was answered
            check = contradiction_lines(state.advice, state.profile, width)
            return [*card_lines(answer, texts, width), *check, *lines], ()
        pinned = partial(pinned_lines, answer, texts, width, room)
        pin, rest = sheet.memory.value("card", (answer, width, room), pinned)
        return [*rest, *lines], [*pin, rule]

    def _above(self, width: int) -> Iterable[Line]:
        moved = self.state.moved
        return () if self.state.session.fork is None else forked_lines(moved, width)

    def view(self, width: int) -> View:
        """Return what the recommendation is written from."""
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

    def text(self) -> str:
        """Return the card and the recommendation as plain text."""
        texts = self.state.knowledge.texts
        top = () if self.state.silent else (*card_lines(self.state.answer.card, texts, TEXT), BLANK)
        lines = recommendation_lines(replace(self.view(TEXT), folded=()))
        return plain([*self._above(TEXT), *top, *lines])
