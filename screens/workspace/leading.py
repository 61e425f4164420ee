"""Follows lines of the comparison and the recommendation, and opens the screens above the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from socui.screens.reference.subject import Subject, facts_behind, subject_of_lines, subject_of_question
from socui.screens.workspace.bars import PANES

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.screens.widgets.lines import Tag
    from socui.screens.workspace.screen import Workspace


class Leading:
    """Goes where a chosen line leads, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen, self.state = screen, screen.state

    async def perform(self, action: str) -> None:
        """Do what was clicked, where it belongs."""
        screen = self.screen
        target = screen.focused if action == "choose" and screen.focused else screen
        await screen.app.run_action(action, target if hasattr(target, f"action_{action}") else screen.app)

    async def tab(self, tag: Tag) -> None:
        """Show the pane of that name, or do what the line of names offers."""
        if tag[0] == "run":
            await self.perform(tag[1])
        else:
            self.screen.focus_pane(PANES.index(tag[1]))

    def row(self, tag: Tag) -> None:
        """Open that row of the comparison or close it; of what it cites, show the reference."""
        if tag[0] == "facts":
            self.reference((tag[1:], ""))
            return
        self.state.opened_rows ^= {tag[1]}
        self.screen.show("comparison")
        self.screen.sheet("comparison").reveal()

    async def section(self, tag: Tag) -> None:
        """Do what that line of the recommendation stands for."""
        match tag:
            case ("run", action):
                await self.screen.perform(action)
            case ("goto", key, *_) if self._asked(key):
                self.screen.answering.go(key)
                self.screen.focus_pane(0)
            case ("goto", key, *_):
                self.screen.records.lead_to(key)
            case ("plan", *_):
                self.plan()
            case ("fold", section):
                self.state.folded ^= {section}
                self.screen.show("recommendation")
            case _:
                self.reference((facts_behind(self.state.knowledge, tag), ""))

    def _asked(self, key: str) -> bool:
        """Return whether that is a question of the interview; requests answer the others."""
        question = self.state.knowledge.questions.get(key)
        return question is not None and not question.derived

    def reference(self, subject: Subject) -> None:
        """Show the reference at that subject."""
        cast("SocuiApp", self.screen.app).show_reference(subject)

    def subject(self) -> Subject:
        """Return what the line under the cursor speaks of, for the reference."""
        question = self.state.question
        if self.screen.pane == 0 and question is not None:
            return subject_of_question(question)
        sheet = self.screen.sheet(PANES[self.screen.pane])
        return subject_of_lines(self.state.knowledge, sheet.lines, sheet.cursor)

    def result(self) -> None:
        """Show the recommendation from its beginning, with no question open."""
        self.state.current = None
        self.screen.show("questions")
        self.screen.focus_pane(2)
        sheet = self.screen.sheet("recommendation")
        sheet.action_first()
        self.screen.call_after_refresh(sheet.scroll_to, y=0, animate=False)  # its beginning, not its first heading

    def why(self) -> None:
        """Show, or hide, the fewest answers that force the result."""
        shown = self.state.turn_why()
        if not shown:
            self.screen.show("recommendation")
        else:
            heading = ("fold", "because")
            self.state.folded.discard("because")
            self.screen.show("recommendation")
            self.screen.focus_pane(2)
            sheet = self.screen.sheet("recommendation")
            sheet.point(heading)
            # The heading at the top, so that what it is about is in sight.
            self.screen.call_after_refresh(lambda: sheet.scroll_to(y=sheet.row_of(heading), animate=False))

    async def copy(self, text: str) -> None:
        """Copy it, and say which way it went: whether a terminal takes it cannot be known."""
        from socui.screens.clipboard import copy

        self.screen.tell(await copy(cast("SocuiApp", self.screen.app), text))

    def report(self) -> None:
        """Show the report."""
        from socui.screens.report_preview import Preview

        self.screen.app.push_screen(Preview(self.state.session.profile, self.state.today))

    def save_report(self, suffix: str) -> None:
        """Show the report, and ask for the file of that format that it is to be saved into."""
        from socui.screens.report_preview import Preview

        self.screen.app.push_screen(Preview(self.state.session.profile, self.state.today, save_as=suffix))

    def question(self, id: str, option: str = "") -> None:
        """Open that question, with the cursor on that answer of it."""
        self.screen.answering.go(id)
        if option:
            self.screen.sheet("questions").point(("option", id, option), tell=False)
        self.screen.focus_pane(0)

    def details(self) -> None:
        """Show what a CPA firm needs to know for a quote, to be written down."""
        from socui.screens.engagement import Details

        self.screen.app.push_screen(Details(self.state))

    def vendors(self) -> None:
        """Show the vendors whose reports are asked for."""
        from socui.screens.vendors.screen import Vendors

        self.screen.app.push_screen(Vendors(self.state))

    def plan(self) -> None:
        """Show the plan over the whole screen."""
        from socui.screens.plan_chart import Timeline

        self.screen.app.push_screen(Timeline(self.state.session.profile, self.state.today))
