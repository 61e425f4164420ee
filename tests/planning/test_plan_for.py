"""The plan of a profile: which report when, what each request gets, and what is said where an input is missing."""

from __future__ import annotations

from datetime import date

from base import DECIDER
from msgspec.structs import replace

from socui.planning.model import Plan
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.profiles.records import Evidence, ReportHeld, Request

TODAY = date(2026, 11, 20)
SERVICE = {
    "role": "provide",
    "customer_types": ("organizations",),
    "delivery_model": ("outsourced_process",),
    "audited_clients": "many",
    "client_check": "approves",
    "financial_link": ("posts",),
    "financial_activities": ("payroll",),
    "entrusted": (),
}
AUDITOR = Request(
    id="r1",
    asked_by="Corvo Inc., auditors",
    reader="user_auditor",
    asks=("soc1",),
    type="type2",
    force="contract",
    fiscal_year_end=date(2026, 12, 31),
    needed_by=date(2027, 3, 5),
    audited_as="accelerated",
)
PROFILE = Profile(answers=SERVICE, requests=(AUDITOR,), evidence=Evidence(date(2026, 7, 2)), country="US")


def plan(profile: Profile, today: date = TODAY) -> Plan:
    return plan_for(DECIDER, profile, today)


def test_period_begins_with_the_evidence_and_serves_the_year() -> None:
    made = plan(PROFILE)
    first = made.first("soc1")
    assert first is not None
    assert (first.type, first.begins, first.ends) == ("type2", date(2026, 7, 2), date(2026, 12, 31))
    assert first.look_back
    (request,) = made.requests
    assert (request.answer, request.months_tested) == ("tight", 5)
    assert "28 Feb 2027" in request.sentence
    assert "5 Mar 2027" in request.sentence
    assert request.meanwhile


def test_renewal_begins_the_day_after_the_last_period() -> None:
    held = ReportHeld(report="soc1", type="type2", begins=date(2025, 10, 1), ends=date(2026, 9, 30))
    request = replace(AUDITOR, fiscal_year_end=date(2027, 12, 31), needed_by=date(2028, 2, 15))
    made = plan(replace(PROFILE, reports_held=(held,), requests=(request,), evidence=Evidence()))
    first = made.first("soc1")
    assert first is not None
    assert (first.begins, first.gap) == (date(2026, 10, 1), None)


def test_no_date_is_given_where_the_end_of_the_last_period_is_not_known() -> None:
    held = ReportHeld(report="soc1", type="type2")
    made = plan(replace(PROFILE, reports_held=(held,)))
    assert made.reports == ()
    assert [m.key for m in made.missing] == ["reports_held.soc1.to"]
    assert [r.answer for r in made.requests] == ["unknown"]


def test_what_is_presumed_is_said() -> None:
    made = plan(replace(PROFILE, evidence=Evidence(), requests=()))
    assert {a.key for a in made.assumed} == {"controls_age", "client_year_end"}


def test_what_needs_no_report_is_not_called_late() -> None:
    """A questionnaire, another framework, or either of which one will do: the request is met by itself."""
    survey = Request(id="r2", asked_by="Bolt", reader="security", asks=("questionnaire",), force="deal")
    certificate = replace(survey, id="r3", asks=("iso27001", "pci"), force="contract")
    other = replace(survey, id="r4", asks=("soc2", "questionnaire"), either=True, needed_by=date(2026, 12, 1))
    answers = {**SERVICE, "more_requests": "no"}
    planned = plan(replace(PROFILE, answers=answers, requests=(AUDITOR, survey, certificate, other)))
    assert [o.answer for o in planned.requests] == ["tight", "elsewhere", "elsewhere", "elsewhere"]
    assert "ISO 27001, PCI DSS" in planned.requests[2].sentence
    assert not any(o.is_late for o in planned.requests)


def test_a_report_of_the_other_kind_takes_no_evidence_away_and_is_named_with_its_next_period() -> None:
    """Who holds a SOC 2 report and is asked for a SOC 1 report looks back as far as the controls ran."""
    held = ReportHeld(report="soc2", type="type2", begins=date(2025, 10, 1), ends=date(2026, 9, 30))
    aged = replace(PROFILE, evidence=Evidence(), answers={**SERVICE, "controls_age": "over_12m", "more_requests": "no"})
    plain, holder = plan(aged), plan(replace(aged, reports_held=(held,)))
    assert plain.reports == holder.reports
    assert [t.says for t in holder.says if "30 Sep 2026" in t.says and "1 Oct 2026" in t.says]
    assert not [t for t in plain.says if "the one you hold" in t.says]


def test_a_report_that_the_result_leaves_out_is_not_planned_though_one_asks_for_it() -> None:
    both = replace(AUDITOR, asks=("soc1", "soc2"), force="wish")
    answers = SERVICE | {"entrusted": ("business_confidential",), "ask_weight": "little", "more_requests": "no"}
    made = plan(Profile(answers=answers, requests=(both,), evidence=Evidence(date(2026, 7, 2)), country="US"))
    assert {r.report for r in made.reports} == {"soc1"}
    assert any("No SOC 2 report is planned" in text.says for text in made.requests[0].says)


def test_a_type_1_report_that_a_contract_names_as_a_step_takes_no_period_of_its_own() -> None:
    """Type 1 by April, then Type 2 over the year: one Type 2 period, not a short one for the first step."""
    step = Request(
        "r2", "Vendor oversight", "client", ("soc1",), type="type1_ok", force="contract", needed_by=date(2027, 4, 30)
    )
    year = replace(AUDITOR, fiscal_year_end=date(2027, 12, 31), needed_by=date(2028, 2, 29), audited_as="private")
    made = plan(replace(PROFILE, requests=(step, year), evidence=Evidence(date(2026, 10, 20))))
    type1, type2, following = made.reports
    assert (type1.type, type2.type, following.next) == ("type1", "type2", True)
    assert type2.ends == date(2027, 10, 31)
    assert [(r.answer, r.type) for r in made.requests] == [("on_time", "type1"), ("on_time", "type2")]
