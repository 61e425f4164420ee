"""Plan, screen, report, JSON, table and calendar name the same reports, days and answers."""

from __future__ import annotations

import json
from datetime import date

import pytest
from icalendar import Calendar
from planning.generated import KNOWLEDGE

from socui.cli.assess_plan import Planner
from socui.deciding.decide import Decider
from socui.planning.plan_for import plan_for
from socui.planning.words import short_day
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.reports.render import report, reporter
from socui.screens.widgets.plan_lines import chart_lines, plan_lines

TODAY = date(2026, 11, 24)
DECIDER = Decider(KNOWLEDGE)
PROFILES = {name: p for name, p in examples(TODAY).items() if plan_for(DECIDER, p, TODAY).reports}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", PROFILES)
def test_the_same_plan_everywhere(name: str) -> None:
    profile: Profile = PROFILES[name]
    plan = plan_for(DECIDER, profile, TODAY)
    data = json.loads(report(DECIDER, profile, TODAY, "json"))["plan"]
    text = squeezed(report(DECIDER, profile, TODAY))
    rows = [*plan_lines(plan, 140), *chart_lines(plan, 140)]
    screen = squeezed(" ".join("".join(s.text for s in line.spans) for line in rows))
    calendar = Calendar.from_ical(reporter(DECIDER, profile, TODAY)("ics"))
    starts = {event["dtstart"].dt for event in calendar.walk("VEVENT")}
    assert len(data["reports"]) == len(plan.reports)
    for planned, written in zip(plan.reports, data["reports"], strict=True):
        assert (written["report"], written["type"]) == (planned.report, planned.type)
        assert written["in_hand"][1] == planned.in_hand.typical.isoformat()
        assert short_day(planned.in_hand.typical) in text
        assert {planned.in_hand.typical, planned.begins or planned.as_of} <= starts
        assert planned.next or short_day(planned.in_hand.typical) in screen
    for request, written in zip(plan.requests, data["requests"], strict=True):
        assert (written["answer"], written["sentence"]) == (request.answer, request.sentence)
        assert written["months_tested"] == request.months_tested
        assert squeezed(request.sentence) in text
        assert squeezed(request.sentence) in screen


def test_a_table_has_the_type_of_the_plan() -> None:
    answers = {"role": "provide", "customer_types": "organizations", "delivery_model": "outsourced_process",
               "financial_activities": "payroll", "financial_link": "posts", "client_check": "approves",
               "audited_clients": "many", "asked_by_finance": "soc1", "needed_by": "3_6m", "controls_age": "over_12m"}  # fmt: skip
    row = Planner(DECIDER, TODAY).assess(answers, {})
    profile = Profile(answers={k: (v,) if DECIDER.knowledge.questions[k].several else v for k, v in answers.items()})
    first = plan_for(DECIDER, profile, TODAY).first("soc1")
    assert first is not None
    assert row.type_soc1 == first.type
