"""Requests that take a Type 1 report, ask for both reports, or name none: what they get, and the sentence that says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from planning.test_plan_for import AUDITOR, DECIDER, PROFILE, SERVICE, plan

from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.profiles.records import Evidence, ReportHeld, Request
from socui.reports.render import report

BOTH = SERVICE | {"entrusted": ("employee_personal",), "more_requests": "no"}
TODAY = date(2026, 11, 20)


def asked(reader: str, *asks: str, **more: Any) -> Request:
    return Request(id="r1", asked_by="Whoever", reader=reader, asks=asks, force="contract", **more)


def both(*requests: Request, held: tuple[ReportHeld, ...] = (), since: date = date(2026, 6, 1)) -> Profile:
    return Profile(answers=BOTH, requests=requests, reports_held=held, evidence=Evidence(since), country="US")


def test_a_type_1_report_that_is_taken_serves_a_year_that_nothing_can_test() -> None:
    """Nothing is in place, the year is over before a period could test it, and the contract takes Type 1 for a start."""
    answers = SERVICE | {"controls_age": "not_in_place", "more_requests": "no"}
    request = asked(
        "user_auditor", "soc1", type="type1_ok", fiscal_year_end=date(2026, 12, 31), needed_by=date(2027, 6, 30)
    )
    made = plan_for(DECIDER, Profile(answers=answers, requests=(request,), country="US"), date(2026, 9, 14))
    assert [r.type for r in made.reports] == ["type1", "type2", "type2"]
    (outcome,) = made.requests
    assert (outcome.type, outcome.answer, outcome.months_tested) == ("type1", "tight", 0)
    assert any("Type 2 follows" in text.says for text in outcome.says)


def test_a_step_that_a_type_1_report_typically_serves_places_no_period_where_another_needs_one() -> None:
    answers = SERVICE | {"controls_age": "not_in_place", "more_requests": "no"}
    step = asked("client", "soc1", type="type1_ok", needed_by=date(2027, 4, 30))
    year = Request("r2", "Auditor", "user_auditor", ("soc1",), type="type2", force="contract", audited_as="private",
                   fiscal_year_end=date(2027, 12, 31), needed_by=date(2028, 3, 15))  # fmt: skip
    made = plan_for(DECIDER, Profile(answers=answers, requests=(step, year), country="US"), date(2026, 9, 14))
    assert [(r.type, r.last) for r in made.reports[:2]] == [
        ("type1", date(2026, 12, 31)),
        ("type2", date(2027, 12, 31)),
    ]
    assert [r.answer for r in made.requests] == ["tight", "tight"]


def test_who_asks_for_both_reports_is_told_of_both_with_their_dates() -> None:
    request = asked("client", "soc1", "soc2", type="type2", needed_by=date(2027, 6, 30))
    security = Request("r2", "Buyer", "security", ("soc2",), type="type2", force="deal", needed_by=date(2027, 3, 31))
    held = ReportHeld(report="soc1", type="type2", begins=date(2026, 4, 1), ends=date(2026, 5, 31))
    made = plan(both(request, security, held=(held,)))
    outcome = made.requests[0]
    (other,) = outcome.beside
    assert {outcome.report, other.report} == {"soc1", "soc2"}
    for name in ("SOC 1", "SOC 2"):
        assert f"{name} report" in outcome.sentence or f"{name} Type 2 report" in outcome.sentence
    planned = [made.reports[n] for n in (outcome.served, other.served) if n is not None]
    assert planned
    for one in planned:
        assert f"{one.in_hand.typical.day} {one.in_hand.typical:%b %Y}" in outcome.sentence


def test_of_both_reports_the_later_one_stands_first_and_json_has_the_other() -> None:
    request = asked("client", "soc1", "soc2", type="type2", needed_by=date(2027, 2, 10))
    profile = both(
        request, held=(ReportHeld(report="soc1", type="type2", begins=date(2025, 10, 1), ends=date(2026, 9, 30)),)
    )
    (outcome,) = plan(profile).requests
    assert (outcome.report, outcome.is_late) == ("soc2", True)
    assert "They can have the SOC 1 report at once: you hold it, for 1 Oct 2025 to 30 Sep 2026." in outcome.sentence
    assert '"beside":[{"report":"soc1","type":"type2","answer":"on_time","held":true' in "".join(
        report(DECIDER, profile, TODAY, "json").split()
    )


def test_either_report_is_answered_with_one() -> None:
    request = asked("client", "soc1", "soc2", either=True, needed_by=date(2027, 6, 30))
    (outcome,) = plan(both(request)).requests
    assert outcome.beside == ()
    assert outcome.sentence.count("report for") == 1


def test_no_date_of_the_other_report_is_said_where_its_last_period_is_not_known() -> None:
    request = asked("client", "soc1", "soc2", type="type2", needed_by=date(2027, 6, 30))
    (outcome,) = plan(both(request, held=(ReportHeld(report="soc1", type="type2"),))).requests
    assert outcome.report == "soc2"
    assert "For the SOC 1 report no date can be given before its last period is known." in outcome.sentence


@pytest.mark.parametrize(
    ("reader", "subject", "reports"),
    [
        ("user_auditor", "", {"soc1"}),
        ("finance", "", {"soc1"}),
        ("prospect", "", {"soc2"}),
        ("security", "", {"soc2"}),
        ("client", "", {"soc1", "soc2"}),
        ("partner_bank", "", {"soc1", "soc2"}),
        ("service_auditor", "", {"soc1", "soc2"}),
        ("", "", {"soc1", "soc2"}),
        ("client", "amounts", {"soc1"}),
        ("partner_bank", "data", {"soc2"}),
        ("user_auditor", "both", {"soc1", "soc2"}),
    ],
)
@pytest.mark.parametrize("asks", ["soc_unnamed", "assurance_unnamed", ""])
def test_a_request_that_names_no_report_gets_what_its_reader_reads(
    reader: str, subject: str, reports: set[str], asks: str
) -> None:
    unnamed = Request(
        "r9", "Unnamed", reader, (asks,) if asks else (), subject=subject, force="deal", needed_by=date(2027, 9, 30)
    )
    buyer = Request("r2", "Buyer", "security", ("soc2",), type="type2", force="deal", needed_by=date(2027, 12, 31))
    made = plan(both(AUDITOR, buyer, unnamed))
    assert {r.report for r in made.reports} == {"soc1", "soc2"}
    outcome = made.requests[2]
    assert {outcome.report, *(other.report for other in outcome.beside)} == reports


def test_a_report_of_the_other_kind_is_not_handed_to_who_cannot_use_it() -> None:
    """Only a SOC 1 report is planned: a security team that names none is not told that it serves."""
    unnamed = Request("r9", "Team", "security", ("soc_unnamed",), force="wish", needed_by=date(2027, 9, 30))
    made = plan(
        Profile(answers=SERVICE | {"more_requests": "no"}, requests=(AUDITOR, unnamed), evidence=PROFILE.evidence)
    )
    assert {r.report for r in made.reports} == {"soc1"}
    assert made.requests[1].answer == "no_report"


def test_what_is_named_as_not_enough_is_not_what_an_unnamed_request_gets() -> None:
    buyer = Request("r2", "Buyer", "security", ("soc2",), type="type2", force="deal", needed_by=date(2027, 12, 31))
    unnamed = asked("client", "assurance_unnamed", refused=("soc1",), needed_by=date(2027, 9, 30))
    outcome = plan(both(AUDITOR, buyer, unnamed)).requests[2]
    assert (outcome.report, outcome.beside) == ("soc2", ())


@pytest.mark.parametrize(
    ("question", "reports"), [("asked_by_security", {"soc2"}), ("asked_by_others", {"soc1", "soc2"})]
)
def test_unnamed_requests_of_tables_are_requests_too(question: str, reports: set[str]) -> None:
    answers = BOTH | {
        "asked_by_finance": ("soc1",),
        question: ("unnamed", "soc2"),
        "needed_by": "6_12m",
        "controls_age": "6_12m",
    }
    made = plan(Profile(answers=answers, country="US"))
    got = [{o.report, *(other.report for other in o.beside)} for o in made.requests]
    assert got == [{"soc1"}, {"soc2"}, reports]


@pytest.mark.parametrize("type", ["", "type1_ok"])
def test_a_soc_3_report_comes_with_the_type_2_report_that_it_rests_on(type: str) -> None:
    request = asked("prospect", "soc3", type=type, needed_by=date(2027, 9, 30))
    made = plan(both(request))
    (outcome,) = made.requests
    assert (outcome.report, outcome.type, outcome.answer) == ("soc2", "type2", "on_time")
    text = report(DECIDER, both(request), TODAY, "text", full=False)
    assert "A SOC 3 report, which rests on a SOC 2 examination, is required by Whoever." in " ".join(
        DECIDER.advise(both(request), TODAY).sentence.split()
    )
    assert "has no report that they ask for" not in " ".join(text.split())


def test_either_of_two_reports_is_no_sign_that_something_else_will_do() -> None:
    def details(*asks: str) -> set[str]:
        request = asked("user_auditor", *asks, either=True)
        return {n.note.id for n in DECIDER.advise(both(request), TODAY).notes} & {"near-agreed-upon-procedures"}

    assert details("soc1", "aaf") == set()
    assert details("soc1", "questionnaire") == {"near-agreed-upon-procedures"}


def test_an_auditors_own_questions_are_answered_and_a_report_can_take_their_place() -> None:
    """Of a security team's questionnaire it is said that no report replaces it; nor where answers are enough."""
    (questions, *_) = plan(both(asked("user_auditor", "questionnaire"))).requests
    assert "can take the place of many of them" in questions.sentence and "none replaces it" not in questions.sentence
    for request in (asked("security", "questionnaire"), asked("user_auditor", "questionnaire_enough")):
        (other, *_) = plan(both(request)).requests
        assert "none replaces it" in other.sentence, other


@pytest.mark.parametrize(
    ("opinion", "offered"), [("unmodified", True), ("", True), ("qualified", True), ("adverse", False)]
)
def test_who_has_to_wait_is_sent_the_report_that_is_held(opinion: str, offered: bool) -> None:
    """A Type 1 report does not answer a request for Type 2, but it is more than a summary of one's own."""
    held = ReportHeld(report="soc2", type="type1", as_of=date(2026, 9, 30), opinion=opinion)
    request = asked("security", "soc2", type="type2", needed_by=date(2027, 1, 10))
    (outcome,) = plan(both(request, held=(held,), since=date(2026, 9, 1))).requests
    assert outcome.is_late
    assert ("the report you hold as of 30 Sep 2026" in outcome.sentence) == offered
    assert ("a readiness summary" in outcome.sentence) != offered
