"""What carries on from a report held: the end moves once and then stays, a half year held serves with a letter, two reports of one
name are asked about."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from planning.test_plan_for import DECIDER, SERVICE

from socui.planning.calendar import day_after, plus
from socui.planning.model import Plan
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.profiles.records import Event, Evidence, ReportHeld, Request

TODAY = date(2026, 11, 30)
USE = {"private": 4, "accelerated": 2}


def held_to(last: date) -> ReportHeld:
    return ReportHeld(report="soc1", type="type2", begins=day_after(plus(last, -12)), ends=last, opinion="unmodified")


def renewal(last: date, audited_as: str, year: date = date(2026, 12, 31), today: date = TODAY) -> Plan:
    request = Request("r1", "Auditor", "user_auditor", ("soc1",), type="type2", force="contract", fiscal_year_end=year,
                      needed_by=plus(year, USE[audited_as]), audited_as=audited_as)  # fmt: skip
    answers = SERVICE | {"controls_age": "over_12m", "more_requests": "no"}
    profile = Profile(
        answers=answers, requests=(request,), reports_held=(held_to(last),), dates={"year_end": year}, country="US"
    )
    return plan_for(DECIDER, profile, today)


@pytest.mark.parametrize("audited_as", USE)
@pytest.mark.parametrize(
    "last",
    [date(2025, 9, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
     date(2026, 5, 31), date(2026, 9, 30), date(2026, 10, 31)],
)  # fmt: skip
def test_the_end_moves_once_and_then_periods_are_years(last: date, audited_as: str) -> None:
    """No eight months and then eleven: one short or long period, and twelve months from then on."""
    made = renewal(last, audited_as)
    months = [r.months for r in made.reports]
    assert len(months) > 1
    assert months[1:] == [12] * len(months[1:])
    assert months[0] >= 5
    sentences = [text.says for text in made.reports[0].says if "moves the end" in text.says]
    assert sentences == (
        [] if months[0] == 12 else [t for t in sentences if "from then on periods are twelve months" in t]
    )
    assert bool(sentences) == (months[0] != 12)
    assert made.requests[0].answer in ("on_time", "tight")


def test_a_far_year_is_not_reached_by_two_long_periods() -> None:
    made = renewal(date(2025, 12, 31), "private", year=date(2028, 9, 30), today=date(2026, 9, 14))
    assert [r.months for r in made.reports if r.months > 12] == []


def test_half_a_year_held_serves_with_a_letter_that_falls_a_month_short() -> None:
    """Eight months are tested and the letter ends in November: no period of three months is ordered for December."""
    made = renewal(date(2026, 8, 31), "accelerated")
    (outcome,) = made.requests
    assert (outcome.held, outcome.answer, outcome.months_tested) == (True, "tight", 8)
    assert "tests 8 months of it, and a bridge letter covers September to November 2026" in outcome.sentence
    assert "December 2026 is beyond its reach" in outcome.sentence
    assert outcome.meanwhile
    assert made.reports[0].months == 13


def test_the_report_held_is_named_by_its_own_months_where_the_next_one_tests_the_rest() -> None:
    request = Request("r1", "Auditor", "user_auditor", ("soc1",), type="type2", force="contract",
                      fiscal_year_end=date(2026, 12, 31), needed_by=date(2028, 1, 31), audited_as="private")  # fmt: skip
    answers = SERVICE | {"controls_age": "over_12m", "more_requests": "no"}
    made = plan_for(
        DECIDER, Profile(answers=answers, requests=(request,), reports_held=(held_to(date(2026, 9, 30)),)), TODAY
    )
    (outcome,) = made.requests
    assert outcome.months_tested == 12
    assert "tests 9 months of it, and a bridge letter covers October to December 2026" in outcome.sentence


def test_a_reader_without_a_year_is_told_to_take_the_current_report_until_then() -> None:
    request = Request("r1", "Buyer", "client", ("soc1",), type="type2", force="contract", needed_by=date(2028, 1, 31))
    answers = SERVICE | {"controls_age": "over_12m", "more_requests": "no"}
    made = plan_for(
        DECIDER, Profile(answers=answers, requests=(request,), reports_held=(held_to(date(2026, 9, 30)),)), TODAY
    )
    assert any("is current to 30 Sep 2027: send it" in text.says for text in made.requests[0].says)


def bought(*held: ReportHeld, day: date | None = date(2026, 8, 1), since: date | None = None) -> Plan:
    request = Request("r1", "Buyer", "client", ("soc1",), type="type2", force="contract", needed_by=date(2027, 12, 31))
    answers = SERVICE | {"controls_age": "over_12m", "more_requests": "no"}
    event = Event(date=day, kind="acquisition", about="a bureau with a report of its own")
    profile = Profile(
        answers=answers, requests=(request,), reports_held=held, events=(event,), evidence=Evidence(since)
    )
    return plan_for(DECIDER, profile, TODAY)


def test_two_reports_of_one_name_on_overlapping_periods_are_asked_about() -> None:
    made = bought(held_to(date(2026, 9, 30)), held_to(date(2026, 10, 31)))
    assert made.reports == ()
    (missing,) = made.missing
    assert (missing.key, missing.report) == ("reports_held.soc1.to", "soc1")
    assert "to 30 Sep 2026 and to 31 Oct 2026" in missing.sentence
    assert [r.answer for r in made.requests] == ["unknown"]


def test_reports_of_one_name_in_a_row_are_one_history() -> None:
    made = bought(held_to(date(2025, 9, 30)), held_to(date(2026, 9, 30)))
    assert made.missing == ()
    assert made.reports[0].begins == date(2026, 10, 1)


def test_what_is_presumed_of_a_unit_that_was_bought_is_said() -> None:
    assert any(
        a.key == "evidence.since" and "stays out" in a.sentence for a in bought(held_to(date(2026, 9, 30))).assumed
    )
    (undated,) = [a for a in bought(held_to(date(2026, 9, 30)), day=None).assumed if a.key == "events.date"]
    assert "a bureau with a report of its own" in undated.sentence


def said_of_changes(plan: Plan) -> list[list[str]]:
    """By report, in order: what is said of big changes."""
    words = ("the unit bought on", "a system changes")
    return [[t.says for t in r.says if any(w in t.says for w in words)] for r in plan.reports]


@pytest.mark.parametrize(
    ("bought_on", "spoken"),
    [
        (date(2025, 9, 30), [False, False]),  # the report held tells of it
        (date(2025, 10, 1), [True, False]),
        (date(2026, 8, 1), [True, False]),
        (date(2027, 9, 30), [True, False]),
        (date(2027, 10, 1), [False, True]),
        (date(2031, 1, 1), [False, False]),
    ],
)
def test_a_unit_that_was_bought_is_spoken_of_where_a_period_runs_on_over_it(
    bought_on: date, spoken: list[bool]
) -> None:
    changes = said_of_changes(bought(held_to(date(2026, 9, 30)), day=bought_on))
    assert [bool(texts) for texts in changes[:2]] == spoken


@pytest.mark.parametrize(("day", "presumed"), [(date(2025, 9, 30), False), (date(2025, 10, 1), True)])
def test_a_unit_bought_before_the_period_held_is_nothing_new(day: date, presumed: bool) -> None:
    """It neither stays out of what runs on, nor does a later day of evidence speak of it alone."""
    made = bought(held_to(date(2026, 9, 30)), day=day)
    assert any("stays out of the period" in a.sentence for a in made.assumed) is presumed
    after = bought(held_to(date(2026, 9, 30)), day=day, since=date(2026, 11, 1)).reports[0]
    assert (after.begins == date(2026, 10, 1)) is presumed


def test_a_unit_bought_before_a_first_period_is_no_part_of_one_that_runs() -> None:
    first = bought(day=date(2025, 12, 1))
    assert first.reports[0].begins == date(2026, 1, 1)
    assert not any(said_of_changes(first))


@pytest.mark.parametrize(("day", "place"), [(date(2027, 6, 1), 0), (date(2028, 6, 1), 1)])
def test_a_system_change_is_spoken_of_in_the_period_that_it_falls_into(day: date, place: int) -> None:
    request = Request("r1", "Buyer", "client", ("soc1",), type="type2", force="contract", needed_by=date(2027, 12, 31))
    answers = SERVICE | {"controls_age": "over_12m", "more_requests": "no"}
    event = Event(day, "system_change", "a ledger")
    profile = Profile(answers=answers, requests=(request,), reports_held=(held_to(date(2026, 9, 30)),), events=(event,))
    changes = said_of_changes(plan_for(DECIDER, profile, TODAY))
    assert [len(texts) for texts in changes] == [int(at == place) for at in range(len(changes))]
    assert "the service auditor can ask for them" in changes[place][0]


@pytest.mark.parametrize(("opinion", "void"), [("qualified", False), ("adverse", True), ("disclaimer", True)])
def test_a_qualified_opinion_does_not_void_the_report_held(opinion: str, void: bool) -> None:
    request = Request("r1", "Buyer", "client", ("soc1",), type="type2", force="contract", needed_by=date(2027, 12, 31))
    answers = SERVICE | {"controls_age": "over_12m", "more_requests": "no"}
    held = replace(held_to(date(2026, 9, 30)), opinion=opinion)
    made = plan_for(DECIDER, Profile(answers=answers, requests=(request,), reports_held=(held,)), TODAY)
    (sentence,) = [t.says for t in made.requests[0].says if "The opinion on the report you hold" in t.says]
    assert (
        "That does not void the report" in sentence
    ) is not void and "A bridge letter has to disclose it" in sentence


@pytest.mark.parametrize(("reader", "kind"), [("service_auditor", "report period"), ("user_auditor", "year")])
def test_the_auditor_of_another_service_organization_has_a_report_period(reader: str, kind: str) -> None:
    request = Request("r1", "Auditor", reader, ("soc1",), force="contract", fiscal_year_end=date(2027, 9, 30))
    profile = Profile(answers=SERVICE | {"controls_age": "over_12m", "more_requests": "no"}, requests=(request,))
    (outcome,) = plan_for(DECIDER, profile, TODAY).requests
    (tested,) = [t.says for t in outcome.says if t.says.startswith("Tested: ")]
    assert tested.endswith(f"of the {kind}.") and f", {kind} to 30 Sep 2027" in outcome.sentence
