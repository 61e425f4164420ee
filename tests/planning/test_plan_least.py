"""What of an input is presumed, and what is the least that is sure: every paper and screen labels them alike."""

from __future__ import annotations

from datetime import date

from base import DECIDER
from msgspec.structs import replace
from worked import WORKED

from socui.planning.model import Plan
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.profiles.records import Evidence
from socui.reports.blocks import Bullets
from socui.reports.plan_document import plan_blocks
from socui.screens.widgets.plan_lines import chart_lines, plan_lines

TODAY = date(2026, 11, 24)
YOUNG = {"role": "provide", "customer_types": ("organizations",), "financial_activities": ("payroll",)}


def shown(plan: Plan) -> tuple[str, ...]:
    """The plan's inputs on the pane, on the screen of the plan and in a report."""
    bullets = next(block for block in plan_blocks(plan) if isinstance(block, Bullets))
    papers = "\n".join("".join(run.text for run in item.line.runs) for item in bullets.items)
    screens = (plan_lines(plan, 200), chart_lines(plan, 200))
    return papers, *("\n".join("".join(s.text for s in line.spans) for line in lines) for lines in screens)


def test_the_least_that_is_sure_is_no_assumption() -> None:
    plan = plan_for(DECIDER, Profile(answers={**YOUNG, "controls_age": "under_3m"}), TODAY)
    assert "evidence.since" in [a.key for a in plan.assumed]
    for text in shown(plan):
        assert "At least: your controls have run since 24 Nov 2026. The exact day may allow more." in text
        assert "Assumed: your controls" not in text.replace("Your", "your") and "At least: At least" not in text


def test_every_input_is_labelled_as_one_of_the_two() -> None:
    profiles = [*WORKED.values(), *(replace(p, evidence=Evidence()) for p in WORKED.values())]
    plans = [plan_for(DECIDER, profile, TODAY) for profile in profiles]
    labels = {a.parts[0] for plan in plans for a in plan.assumed}
    assert labels <= {"Assumed: ", "At least: "} and "Assumed: " in labels
