"""The plan over the whole screen: every report and every request against the months, and what else could be done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen

from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.screens.guards import Once
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import Tag
from socui.screens.widgets.plan_lines import chart_head, chart_lines, detail_lines
from socui.settings.commands import bindings, key_of

if TYPE_CHECKING:
    from socui.app import SocuiApp


class Timeline(Once[None], Screen[None]):
    """Shows the plan of a profile as of a day. The report or request under the cursor stands in full below."""

    CSS_PATH = "plan_chart.tcss"
    GROUPS = ("picture",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#chart"

    def __init__(self, profile: Profile, today: date) -> None:
        super().__init__()
        self.profile, self.today = profile, today

    def compose(self) -> ComposeResult:
        """The picture, and in words what the cursor is on."""
        yield Sheet(id="chart")
        yield Sheet(id="step")

    def on_mount(self) -> None:
        """Work out the plan and show it."""
        decider = cast("SocuiApp", self.app).decider
        knowledge = decider.knowledge
        plan = plan_for(decider, self.profile, self.today)
        chart, step = self.query_one("#chart", Sheet), self.query_one("#step", Sheet)
        chart.border_title = "Plan: a planning estimate, no promise"
        keys = (
            ("other_pane", "tab", "to the words below"),
            ("leave", "escape", "back"),
            ("keys", "question_mark", "help"),
        )
        chart.border_subtitle = " · ".join(f"{key_of(command, key)} {does}" for command, key, does in keys)
        profile = self.profile
        silent = profile.silent
        chart.builder = lambda w: ([*chart_lines(plan, w, silent)], chart_head(plan, w))
        step.builder = lambda w: (detail_lines(knowledge, plan, chart.cursor, w), ())
        chart.follow = self._tell
        self.call_after_refresh(step.rebuild)

    def on_resize(self) -> None:
        """Where rows are few, most are the picture's."""
        self.set_class(self.app.size.height < 24, "-low")

    def _tell(self, _tag: Tag, _step: int) -> None:
        step = self.query_one("#step", Sheet)
        step.rebuild()
        step.scroll_to(y=0, animate=False)

    def action_other_pane(self) -> None:
        """From the picture to the words below it, which scroll, and back."""
        chart, step = self.query_one("#chart", Sheet), self.query_one("#step", Sheet)
        (step if chart.has_focus else chart).focus()

    def action_leave(self) -> None:
        """Back to the answers."""
        self.dismiss()
