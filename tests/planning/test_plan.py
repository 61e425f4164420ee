"""The plan serves clients' year end, says which months it leaves, draws bridge letters rightly and keeps to its facts."""

from __future__ import annotations

import re
from datetime import date

import pytest

from socui.deciding.decide import Decider
from socui.knowledge.check import check_months
from socui.knowledge.load import load_knowledge
from socui.knowledge.model import Fact
from socui.knowledge.toml_tables import Faults, Table
from socui.planning.calendar import following, month_on, next_of, serving, shifted
from socui.planning.plan import Bar, planned
from socui.planning.year_coverage import Year, coverage, told
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.reports.render import report

KNOWLEDGE = load_knowledge()
DECIDER = Decider(KNOWLEDGE)
TODAY = date(2026, 11, 24)
FINTECH = examples()["fintech-payments"]
EARLY = examples()["early-saas"]
DECEMBER = date(2026, 12, 31)


def bars(profile: Profile, today: date = TODAY) -> dict[str, Bar]:
    return {bar.step.id: bar for bar in planned(DECIDER, profile, today)}


def years(profile: Profile, today: date = TODAY) -> tuple[Year, ...]:
    return coverage(planned(DECIDER, profile, today), today)


def texts(profile: Profile, today: date = TODAY) -> str:
    return " ".join(text for year in years(profile, today) for text, _ in told(KNOWLEDGE, year))


def said(profile: Profile, format: str = "text") -> str:
    return " ".join(report(DECIDER, profile, TODAY, format).split())


# -------------------------------------------------------------------------------------------- placed by the year end


@pytest.mark.parametrize(
    ("first", "later", "last"),
    [
        (date(2027, 2, 1), False, date(2027, 9, 30)),  # grows to end within the reach of a bridge letter
        (date(2026, 10, 1), False, date(2027, 9, 30)),  # to twelve months at the most
        (date(2026, 9, 1), False, date(2027, 2, 28)),  # else six have to do
        (date(2027, 6, 1), False, date(2027, 11, 30)),  # six months that end in reach stay six
        (date(2027, 7, 1), False, date(2027, 12, 31)),
        (date(2027, 10, 1), True, date(2028, 9, 30)),
        (date(2028, 1, 1), True, date(2028, 9, 30)),  # a later period is shortened
        (date(2028, 5, 1), True, date(2029, 4, 30)),  # but not below six months
    ],
)
def test_a_period_ends_where_it_serves_the_year_end(first: date, later: bool, last: date) -> None:
    assert serving(first, DECEMBER, later) == last


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("month", range(1, 13))
def test_a_later_start_never_ends_earlier(month: int, later: bool) -> None:
    starts = [date(year, m, 1) for year in (2026, 2027, 2028) for m in range(1, 13)]
    ends = [serving(day, shifted(date(2024, month, 1), 0), later) for day in starts]
    assert ends == sorted(ends)
    assert all(6 <= month_on(a, b) <= 12 for a, b in zip(starts, ends, strict=True))


def test_days_at_the_edges() -> None:
    assert following(date(2024, 2, 29), date(2027, 1, 1)) == date(2027, 2, 28)
    assert following(date(2024, 2, 29), date(2028, 1, 1)) == date(2028, 2, 29)
    assert next_of(date(2026, 12, 1), date(2026, 12, 1)) == date(2026, 12, 1)
    assert next_of(date(2026, 12, 2), TODAY) == date(2027, 1, 1)
    assert shifted(date.max, 5) == date.max
    for today in (date(9999, 12, 1), date(1, 1, 1)):
        assert bars(FINTECH, today) is not None and years(FINTECH, today) is not None


def test_the_first_period_serves_a_known_year_end_and_soc2_matches_it() -> None:
    found = bars(FINTECH)
    assert found["soc1-period"].ends[1] == date(2027, 9, 30)
    assert found["soc2-period-matched"].ends == found["soc1-period"].ends
    june = bars(FINTECH.with_date("year_end", date(2026, 6, 30)))
    assert june["soc1-period"].ends[1] == date(2027, 7, 31), "six months: to 31 March 2028 would be too long"
    mixed = bars(FINTECH.with_answer("client_year_end", "mixed"))
    assert mixed["soc1-period"].ends[1] == date(2027, 7, 31) and mixed["soc1-period"].year_end is None


def test_soc2_first_keeps_its_own_period() -> None:
    profile = FINTECH.with_answer("binding", ("soc2",)).with_answer("request_detail", ())
    found = bars(profile)
    assert "soc2-period-matched" not in found and found["soc2-period"].ends[1] < found["soc1-period"].ends[1]


def test_a_date_needed_that_only_the_placing_misses_wins_and_the_months_are_said() -> None:
    profile = FINTECH.with_date("needed_by", date(2027, 10, 1))
    found = bars(profile)
    assert found["soc1-period"].ends[1] == date(2027, 7, 31) and found["soc1-report"].late_by == -1
    assert "November to December 2027" in texts(profile)
    late = bars(FINTECH.with_date("needed_by", date(2027, 1, 1)))
    assert late["soc1-period"].ends[1] == date(2027, 9, 30), "late either way: then the year end decides"


# ---------------------------------------------------------------------------------------------------- months uncovered


def test_the_months_that_nothing_covers_are_said_with_their_facts() -> None:
    none, first = years(FINTECH)
    assert none == Year(DECEMBER)
    assert first.months == 8 and first.report == date(2027, 11, 30)
    words = texts(FINTECH)
    assert "No month of it is tested" in words
    assert "Not covered: January 2027, before the period begins" in words
    assert "Not tested: October to December 2027" in words and "gives no assurance" in words
    facts = {f for year in years(FINTECH) for _, message in told(KNOWLEDGE, year) for f in message.facts}
    assert {"F-S1-34", "F-EX-11", "F-S1-29", "F-EX-51"} <= facts


def test_few_months_are_called_weak() -> None:
    year = Year(DECEMBER, (date(2026, 9, 30), DECEMBER), 4, report=date(2027, 2, 1))
    assert any("fewer than the six" in text for text, _ in told(KNOWLEDGE, year))


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_every_format_says_what_is_uncovered(format: str) -> None:
    assert "Not covered: January 2027" in said(FINTECH, format)


def test_a_year_end_that_nobody_said_is_presumed() -> None:
    profile = FINTECH.with_not_sure("client_year_end")
    assert "Assumed: The year to 2027-12-31" in said(profile)
    assert "Assumed: " not in said(FINTECH).split("fiscal years")[1].split("Scope of")[0]


def test_no_year_is_told_where_it_is_not_known() -> None:
    assert years(FINTECH.with_answer("client_year_end", "mixed")) == () == years(EARLY)


@pytest.mark.parametrize(("age", "first"), [("6_12m", date(2026, 6, 30)), ("over_12m", date(2026, 1, 31))])
def test_a_look_back_ends_with_the_year_and_counts_what_lies_behind(age: str, first: date) -> None:
    profile = FINTECH.with_answer("controls_age", age).with_answer("needed_by", "under_3m")
    profile = profile.with_answer("binding", ()).with_answer("request_detail", ())
    found = bars(profile)
    look = next(bar for id, bar in found.items() if id.startswith("soc1-lookback"))
    assert look.ends[1] == DECEMBER and "soc1-bridge" not in found, "nothing is to be bridged"
    assert found["soc1-next"].begins[1] == date(2027, 1, 1)
    assert years(profile)[0].tested == (first, DECEMBER)


# -------------------------------------------------------------------------------------------------------- bridge letter


def test_a_bridge_letter_covers_from_the_period_to_the_year_end_and_is_signed_after_the_report() -> None:
    for today in (TODAY, date(2027, 3, 1), date(2027, 5, 2)):
        found = bars(FINTECH, today)
        bridge, issued = found["soc1-bridge"], found["soc1-report"]
        assert bridge.signed is not None and issued.signed is None
        for index in range(3):
            assert (bridge.begins[index] - found["soc1-period"].ends[index]).days == 1
            assert bridge.signed[index] >= max(issued.ends[index], bridge.ends[index])
            assert month_on(bridge.begins[index], bridge.ends[index]) <= 3
    assert bars(FINTECH)["soc1-bridge"].ends[1] == date(2027, 12, 31)
    late = bars(FINTECH, date(2027, 3, 1))["soc1-bridge"]
    assert late.ends[1] == date(2027, 12, 31) and late.signed and late.signed[1] > late.ends[1]


# ------------------------------------------------------------------------------------------------------------ durations


def fault(months: tuple[float, float, float]) -> list[str]:
    faults = Faults()
    faults.texts["plan.toml"] = '[[step]]\nid = "s"\n'
    fact = Fact("F", "One to three months.", ("S",), "firms", "", {"readiness": (0.5, 1, 3, 6)})
    check_months("readiness", months, Table(faults, "plan.toml", ("step", 0), {}, "s"), [fact])
    return list(faults.lines())


def test_a_step_keeps_to_the_facts_it_cites() -> None:
    assert fault((0.5, 1, 6)) == []
    assert "where F says 0.5 to 6" in fault((0, 1, 3))[0] and "where F says 0.5 to 6" in fault((1, 2, 7))[0]
    assert "typically takes 0.5 months, where F says 1 to 3" in fault((0.5, 0.5, 1))[0], "a short readiness review"


def test_every_step_cites_a_duration() -> None:
    """The rest of a look-back period is what is left of one: no publication says how long that is."""
    for step in KNOWLEDGE.steps:
        stated = [f for f in step.facts if step.kind in KNOWLEDGE.facts[f].months]
        assert stated or step.kind == "lookback", step.id


# ------------------------------------------------------------------------------ a report to consider, and the order told


def test_a_report_to_consider_has_scope_and_type_said_in_short() -> None:
    text = said(EARLY)
    assert "If you order one all the same, this would be its scope" in text
    assert "include: Security * consider: Availability (assumed), Confidentiality (assumed)" in text
    assert "That would hold if you order one all the same" in text
    assert "Trust services categories" not in text and "Go straight to a Type 2" not in text
    assert "Trust services categories" in said(FINTECH) and "If you order" not in said(FINTECH)


def test_a_reason_that_rests_on_a_presumption_is_marked() -> None:
    profile = FINTECH.with_not_sure("confidentiality_promise")
    assert (
        "Assumed: You signed a general non-disclosure clause. It adds two criteria; include it if customers look for it."
        in said(profile)
    )


@pytest.mark.parametrize("mark", ["", "## ", "<h2"])
def test_what_a_reader_acts_on_comes_first_and_references_last(mark: str) -> None:
    format = {"": "text", "## ": "md", "<h2": "html"}[mark]
    text = said(FINTECH, format)
    heads = (
        "Why", "Plan", "On the SOC 2 report", "Next steps", "What people ask first", "The plan step by step",
        "Mistakes seen in these answers", "Answers and notes", "Facts referred to", "Sources",
    )  # fmt: skip
    places = [
        text.index(f"{head} ---" if not mark else f"## {head}" if mark == "## " else f">{head}") for head in heads
    ]
    assert places == sorted(places)


def test_text_names_a_source_in_a_line() -> None:
    text = said(FINTECH)
    source = KNOWLEDGE.sources["KFIN-BR"]
    assert f"* {source.publisher}: {source.title}, read {source.read}. {source.address}" in text
    assert not re.search(r"\b[FH]-[A-Z0-9]+-\d|KFIN-BR", text), "a reader is told no code"


def test_open_questions_with_whom_to_ask_stand_before_the_plan_and_the_rest() -> None:
    text = said(EARLY.with_not_sure("asked_by_security"))
    heads = ("Why ---", "Next steps ---", "Still open ---", "Whom to ask:", "Type and first period ---")
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
