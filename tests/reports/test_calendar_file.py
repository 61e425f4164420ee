"""The plan as a calendar: the same days as on screen and in JSON, ids that stay, nothing that breaks out of a line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from base import DECIDER
from icalendar import Calendar
from msgspec.structs import replace
from test_report import HOSTILE, harmless, with_text

from socui.planning.plan_for import plan_for
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.records import Request
from socui.reports.calendar_file import render_calendar
from socui.reports.render import report, reporter

TODAY = date(2026, 11, 24)
FINTECH = examples(TODAY)["fintech-payments"]
NEEDED = Request(
    id="r9", asked_by="Acme\r\nEND:VCALENDAR", reader="security", asks=("soc2",), needed_by=date(2027, 8, 1)
)


def events(profile: Profile) -> dict[str, tuple[date, date, str]]:
    calendar = Calendar.from_ical(reporter(DECIDER, profile, TODAY)("ics"))
    return {str(e["uid"]): (e["dtstart"].dt, e["dtend"].dt, str(e["summary"])) for e in calendar.walk("VEVENT")}


def test_it_holds_every_report_and_every_date_needed() -> None:
    plan = plan_for(DECIDER, FINTECH, TODAY)
    days = {(first, last) for first, last, _ in events(FINTECH).values()}
    for planned in plan.reports:
        assert planned.begins is not None and planned.ends is not None
        assert (planned.begins, date.fromordinal(planned.ends.toordinal() + 1)) in days
        assert any(first == planned.in_hand.typical for first, _ in days)
    for request in plan.requests:
        assert request.needed_by is None or any(first == request.needed_by for first, _ in days)


def test_screen_json_and_calendar_name_the_same_days() -> None:
    data = json.loads(report(DECIDER, FINTECH, TODAY, "json"))["plan"]
    starts = {first.isoformat() for first, _, _ in events(FINTECH).values()}
    assert {r["from"] or r["as_of"] for r in data["reports"]} <= starts
    assert {r["in_hand"][1] for r in data["reports"]} <= starts


def test_an_event_keeps_its_id_when_a_date_moves() -> None:
    moved = replace(FINTECH, requests=(*FINTECH.requests, NEEDED))
    again = replace(FINTECH, requests=(*FINTECH.requests, replace(NEEDED, needed_by=date(2027, 9, 1))))
    one, other = events(moved), events(again)
    key = next(id for id in one if "request-r9" in id)
    assert one[key][0] == date(2027, 8, 1)
    assert other[key][0] == date(2027, 9, 1)


def test_what_a_person_wrote_stays_in_its_line() -> None:
    plan = plan_for(DECIDER, replace(FINTECH, requests=(NEEDED,)), TODAY)
    lines = render_calendar(FINTECH, plan, DECIDER.advise(FINTECH, TODAY)).split(b"\r\n")
    assert lines.count(b"END:VCALENDAR") == 1


def test_the_same_plan_gives_the_same_bytes() -> None:
    plan = plan_for(DECIDER, FINTECH, TODAY)
    assert render_calendar(FINTECH, plan, DECIDER.advise(FINTECH, TODAY)) == render_calendar(
        FINTECH, plan, DECIDER.advise(FINTECH, TODAY)
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_adds_no_component_and_no_property(text: str) -> None:
    def shape(words: str) -> list[tuple[str, list[str]]]:
        calendar = Calendar.from_ical(reporter(DECIDER, with_text(words), TODAY)("ics"))
        return [(part.name or "", sorted(part.keys())) for part in calendar.walk()]

    assert shape(text) == shape(harmless(text))
