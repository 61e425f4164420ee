"""The day of a big change on the picture of a plan: in cells, in ASCII and in SVG, with what it is in the legend."""

from __future__ import annotations

from datetime import date

import pytest
from base import DECIDER
from msgspec.structs import replace
from worked import WORKED

from socui.planning.model import Plan
from socui.planning.picture import picture
from socui.planning.plan_for import plan_for
from socui.profiles.records import Event
from socui.reports.blocks import Chart
from socui.reports.svg import drawing
from socui.screens.themes import ASCII
from socui.screens.widgets.plan_lines import chart_lines

TODAY = date(2026, 11, 24)


def planned(*events: Event) -> Plan:
    """The plan of the renewals with those changes alone."""
    return plan_for(DECIDER, replace(WORKED["renewals"], events=events), TODAY)


def rows(plan: Plan) -> list[str]:
    """The rows of the reports, and all that follows as one text."""
    lines = [*chart_lines(plan, 120)]
    reports = ["".join(s.text for s in line.spans) for line in lines if line.tag[:1] == ("report",)]
    return [*reports, " ".join("".join(s.text for s in line.spans).strip() for line in lines[len(reports) :])]


@pytest.mark.parametrize(
    ("event", "legend"),
    [
        (Event(date(2027, 3, 1), "system_change", "a ledger"), "system change 1 Mar 2027: a ledger"),
        (Event(date(2027, 3, 1), "acquisition"), "acquisition 1 Mar 2027"),
    ],
)
def test_the_day_of_a_change_is_marked_and_named(event: Event, legend: str) -> None:
    plan = planned(event)
    *reports, below = rows(plan)
    assert f"▼ {legend}" in below
    assert all(row.count("▼") == 1 for row in reports), "over the bar of the period as well"
    assert len({row.index("▼") for row in reports}) == 1
    assert all("V" in row.translate(ASCII) for row in reports) and f"V {legend}" in below.translate(ASCII)
    drawn = drawing(Chart(plan, "Plan"))
    assert drawn.count('class="change"') == 2 and f">{legend}</text>" in drawn, "its line, and its sign in the legend"


def test_without_a_day_or_beyond_the_picture_nothing_is_marked() -> None:
    for plan in (planned(), planned(Event(None, "acquisition")), planned(Event(date(2090, 1, 1), "acquisition"))):
        assert "▼" not in "".join(rows(plan)) and "change" not in drawing(Chart(plan, "Plan"))
    assert picture(planned(Event(date(2090, 1, 1), "acquisition"))).ends < date(2090, 1, 1), "it is made no wider"


def test_what_a_person_wrote_of_a_change_is_no_markup() -> None:
    assert "<b>" not in drawing(Chart(planned(Event(date(2027, 3, 1), "system_change", "<b>x")), "Plan"))
