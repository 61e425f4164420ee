"""Plan, screen, report, JSON, table and calendar name the same reports, days and answers."""

from __future__ import annotations

import json
import tomllib
from datetime import date

import pytest
from base import DECIDER
from icalendar import Calendar
from msgspec.structs import replace
from planning.test_plan_for import AUDITOR
from planning.test_plan_requests import asked, both

from socui.cli.assess_plan import Planner
from socui.planning.calendar import day_after
from socui.planning.plan_for import plan_for
from socui.planning.words import report_days, report_title, row_title, short_day
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import to_bytes
from socui.profiles.records import Event, ReportHeld
from socui.reports.render import report, reporter
from socui.screens.widgets.plan_lines import chart_lines, plan_lines

TODAY = date(2026, 11, 24)
HELD = ReportHeld(report="soc1", type="type2", begins=date(2025, 9, 1), ends=date(2026, 8, 31))
YEAR = replace(AUDITOR, fiscal_year_end=date(2026, 12, 31), needed_by=date(2027, 2, 28))
MADE = {
    "both reports for one": both(asked("client", "soc1", "soc2", type="type2", needed_by=date(2027, 3, 31))),
    "both, one held": both(asked("client", "soc1", "soc2", type="type2", needed_by=date(2027, 3, 31)), held=(HELD,)),
    "no report named": both(AUDITOR, asked("partner_bank", "soc_unnamed", needed_by=date(2027, 2, 1))),
    "a letter that falls short": both(YEAR, held=(HELD,)),
    "a Type 1 report first": both(
        asked("client", "soc1", type="type1_ok", needed_by=date(2027, 4, 30)), since=date(2026, 11, 1)
    ),
}
CHANGES = (Event(date(2026, 12, 1), "system_change", "a ledger"), Event(date(2026, 11, 1), "acquisition", "a bureau"))
MADE["big changes"] = replace(MADE["both, one held"], events=CHANGES)
MADE["big changes without a day"] = replace(MADE["both, one held"], events=(Event(None, "acquisition"), Event()))
MADE["in the United Kingdom"] = replace(MADE["a Type 1 report first"], country="GB")
PROFILES = {name: p for name, p in (examples(TODAY) | MADE).items() if plan_for(DECIDER, p, TODAY).reports}


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
    events = [
        (str(e["summary"]), e["dtstart"].dt, e["dtend"].dt, str(e["description"])) for e in calendar.walk("VEVENT")
    ]
    assert len(data["reports"]) == len(plan.reports)
    for planned, written in zip(plan.reports, data["reports"], strict=True):
        assert (written["report"], written["type"]) == (planned.report, planned.type)
        assert written["in_hand"][1] == planned.in_hand.typical.isoformat()
        assert short_day(planned.in_hand.typical) in text
        title, hand = report_title(planned, plan.country), planned.in_hand
        (about,) = [e[3] for e in events if e[:2] == (f"{title}: typically in hand", hand.typical)]
        assert f"Between {short_day(hand.low)} and {short_day(hand.high)}" in about
        what = "as of this day" if planned.as_of else "period"
        span = (planned.begins or planned.as_of, day_after(planned.last))
        assert [e[1:3] for e in events if e[0] == f"{title}: {what}" and e[1] == span[0]] == [span]
        assert planned.next or short_day(planned.in_hand.typical) in screen
        assert planned.next or f"{row_title(planned, plan.country)}, {report_days(planned)}: in hand" in screen
        assert planned.next or plan.country != "GB" or "ISAE 3402" in row_title(planned, plan.country)
    for request, written in zip(plan.requests, data["requests"], strict=True):
        assert (written["answer"], written["sentence"]) == (request.answer, request.sentence)
        assert written["months_tested"] == request.months_tested
        assert [(b["report"], b["answer"], b["held"], b["served_by"]) for b in written["beside"]] == [
            (b.report, b.answer, b.held, b.served) for b in request.beside
        ]
        needed = [e[3] for e in events if e[0].startswith("Needed: ") and e[1] == request.needed_by]
        assert request.needed_by is None or request.sentence in needed
        assert squeezed(request.sentence) in text
        assert squeezed(request.sentence) in screen
    assert sum(e[0].startswith("Needed: ") for e in events) == sum(r.needed_by is not None for r in plan.requests)
    row = Planner(DECIDER, TODAY).assess(cells(profile), tomllib.loads(to_bytes(profile).decode()))
    for kind, type in (("soc1", row.type_soc1), ("soc2", row.type_soc2)):
        types = [r.type for r in plan.of(kind) if not r.next]
        assert type in ("", "_then_".join(dict.fromkeys(types)))
        assert bool(type) == (DECIDER.advise(profile, TODAY).advised(kind) and bool(types))
    first = [r for r in map(plan.first, ("soc1", "soc2")) if r and DECIDER.advise(profile, TODAY).advised(r.report)]
    assert row.report_by == max((r.in_hand.typical for r in first), default=None)
    assert len(row.late) == sum(r.answer in ("late", "unlikely", "no_report") for r in plan.requests)


def cells(profile: Profile) -> dict[str, str]:
    """The answers of a profile as a table has them."""
    return {
        id: answer if isinstance(answer, str) else ";".join(answer) or "none" for id, answer in profile.answers.items()
    }


def test_a_table_has_the_type_of_the_plan() -> None:
    answers = {"role": "provide", "customer_types": "organizations", "delivery_model": "outsourced_process",
               "financial_activities": "payroll", "financial_link": "posts", "client_check": "approves",
               "audited_clients": "many", "asked_by_finance": "soc1", "needed_by": "3_6m", "controls_age": "over_12m"}  # fmt: skip
    row = Planner(DECIDER, TODAY).assess(answers, {})
    profile = Profile(answers={k: (v,) if DECIDER.knowledge.questions[k].several else v for k, v in answers.items()})
    first = plan_for(DECIDER, profile, TODAY).first("soc1")
    assert first is not None
    assert row.type_soc1 == first.type
