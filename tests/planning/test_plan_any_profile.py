"""A plan is made of any profile: whatever dates and words its records hold, nothing is raised and no date is left over."""

from __future__ import annotations

from datetime import date

from base import DECIDER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socui.planning.model import MET_ELSEWHERE, NO_REPORT, TIMELINESS, UNKNOWN
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.profiles.records import (
    ASKS,
    AUDITS,
    BANDS,
    EVENTS,
    FORCES,
    OPINIONS,
    READERS,
    Event,
    Evidence,
    Period,
    ReportHeld,
    Request,
)

SERVICE = {
    "role": "provide",
    "customer_types": ("organizations",),
    "delivery_model": ("outsourced_process",),
    "audited_clients": "many",
    "client_check": "approves",
    "financial_link": ("posts",),
    "financial_activities": ("payroll",),
    "entrusted": ("employee_personal",),
}
DAYS = (
    st.none() | st.dates(date(2020, 1, 1), date(2035, 1, 1)) | st.sampled_from((date.min, date.max, date(2024, 2, 29)))
)
NUMBERS = st.none() | st.sampled_from((-3, 0, 1, 3, 6, 12, 400))
TEXTS = st.sampled_from(("", "Acme", "{who}", "[b]x", "a\r\nb", "\x1b[2J", "odd"))


def among(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from((*words, "", "something else"))


REQUESTS = st.builds(
    Request,
    id=TEXTS,
    asked_by=TEXTS,
    reader=among(READERS),
    asks=st.lists(st.sampled_from(ASKS), max_size=3).map(tuple),
    either=st.none() | st.booleans(),
    subject=among(("amounts", "data", "both")),
    type=among(("type2", "type1_ok")),
    force=among(FORCES),
    fiscal_year_end=DAYS,
    period=st.none() | st.builds(Period, begins=DAYS, ends=DAYS),
    needed_by=DAYS,
    needed=among(BANDS),
    max_age_months=NUMBERS,
    audited_as=among(AUDITS),
    accepts_months=NUMBERS,
    bridge=st.none() | st.booleans(),
)
HELD = st.builds(
    ReportHeld,
    report=st.sampled_from(("soc1", "soc2", "soc3", "odd")),
    type=among(("type1", "type2")),
    begins=DAYS,
    ends=DAYS,
    as_of=DAYS,
    issued=DAYS,
    opinion=among(OPINIONS),
)
PROFILES = st.builds(
    Profile,
    answers=st.fixed_dictionaries(
        {name: st.just(value) for name, value in SERVICE.items()},
        optional={
            "controls_age": st.sampled_from(("not_in_place", "under_3m", "3_6m", "6_12m", "over_12m")),
            "client_year_end": st.sampled_from(("calendar", "other_single", "mixed")),
            "existing_reports": st.sampled_from((("soc1_t2",), ("soc2_t2",), ())),
        },
    ),
    country=st.sampled_from(("", "US", "GB", "DE", "??")),
    dates=st.dictionaries(st.sampled_from(("year_end", "needed_by")), DAYS.filter(bool)),
    requests=st.lists(REQUESTS, max_size=4).map(tuple),
    reports_held=st.lists(HELD, max_size=3).map(tuple),
    events=st.lists(st.builds(Event, date=DAYS, kind=among(EVENTS), about=TEXTS), max_size=2).map(tuple),
    evidence=st.builds(Evidence, since=DAYS),
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(PROFILES, st.dates(date(2024, 1, 1), date(2030, 1, 1)) | st.sampled_from((date.min, date.max)))
def test_a_plan_is_made_of_any_profile(profile: Profile, today: date) -> None:
    plan = plan_for(DECIDER, profile, today)
    assert plan == plan_for(DECIDER, profile, today)
    for report in plan.reports:
        assert report.in_hand.low <= report.in_hand.typical <= report.in_hand.high
        assert (report.as_of is None) == (report.begins is not None and report.ends is not None)
        assert report.begins is None or report.ends is None or report.begins <= report.ends
    for request in plan.requests:
        assert request.answer in (*TIMELINESS, UNKNOWN, NO_REPORT, MET_ELSEWHERE)
        assert request.sentence
        assert "\x1b" not in request.sentence
    if profile.requests:
        assert [r.id for r in plan.requests] == [r.id for r in profile.requests]
