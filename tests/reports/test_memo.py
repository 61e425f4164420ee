"""The memo of ten worked profiles: two printed pages, the first of which answers; nothing claimed that nobody said."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace
from test_report import DECIDER, KNOWLEDGE
from worked import TODAY, WORKED

from socui.knowledge.model import names_in
from socui.profiles.records import Request
from socui.reports.card_lines import card_text
from socui.reports.findings import Findings, findings
from socui.reports.memo import memo
from socui.reports.render import report
from socui.reports.words import day_words

T = KNOWLEDGE.texts
LINES = 150
"""Lines of text of 80 columns that two printed pages hold, the picture aside."""


@cache
def of(name: str) -> Findings:
    return findings(DECIDER, WORKED[name], TODAY, full=False)


def text_of(name: str) -> str:
    return report(DECIDER, WORKED[name], TODAY, full=False)


@pytest.mark.parametrize("name", WORKED)
def test_it_fits_two_pages(name: str) -> None:
    assert text_of(name).count("\n") <= LINES


@pytest.mark.parametrize("name", WORKED)
def test_the_card_answers_what_people_ask_first(name: str) -> None:
    """Which, Type, period, date, fee, next: all that there is to say."""
    made = of(name)
    card, text = made.card, card_text(made.card, T)
    who = WORKED[name].organization
    assert (who in card.title or made.advice.contradictions) and card.title.count("\n") == 0 and card.next
    assert text.splitlines()[0].startswith(card.title)
    for shown in card.reports:
        planned = made.plan.first(shown.report)
        assert planned is not None
        assert shown.name in text and shown.period in text and "USD" in shown.fee.text
        assert day_words(planned.in_hand.typical) in text
    for asked in WORKED[name].requests if card.reports else ():
        assert asked.asked_by in text
        if asked.needed_by:
            assert day_words(asked.needed_by) in text


@pytest.mark.parametrize("name", WORKED)
def test_the_title_is_the_question_and_no_code_stands_in_it(name: str) -> None:
    text = text_of(name)
    assert text.startswith(f"Which SOC report does {WORKED[name].organization} need?\n====")
    assert not re.search(r"\b[FH]-[A-Z0-9]+-?\d|\bM-\d|knowledge|[0-9a-f]{12}|\{|\}", text)
    assert "PRACTICE" not in text and "unpublished" not in text


@pytest.mark.parametrize("name", WORKED)
def test_what_nobody_said_is_said_as_assumed(name: str) -> None:
    """A reason that rests on a presumption begins with it; nothing presumed is told as a fact about the reader."""
    made = of(name)
    lines = [line.text for line in memo(made).lines()]
    for finding in (made.advice.findings[r] for r in ("soc1", "soc2")):
        for reason in finding.reasons:
            because_lines = [line for line in lines if reason.rule.because in line]
            if because_lines and not reason.certain and any(a.presumed for a in reason.answers):
                assert all(line.startswith(("Assuming that ", T["memo.assuming.told"])) for line in because_lines), (
                    because_lines
                )
    for presumed in made.advice.presumed:
        clause = presumed.presumption.assumed
        for line in lines if clause else ():
            if clause in line:
                assert re.match(r"Assum|Confirm what is assumed", line) or line == clause, line


@pytest.mark.parametrize(
    ("name", "reports", "settled"),
    [
        ("payroll", ["SOC 1 Type 2"], True),
        ("SaaS with a deal", ["SOC 2 Type 1"], True),
        ("both", ["SOC 1 Type 2", "SOC 2 Type 2"], True),
        ("nothing in place", ["SOC 1 Type 2"], False),  # and too late: never settled
        ("UK", ["ISAE 3402 or AAF 01/20 (SOC 1) Type 2"], True),
        ("neither", [], True),
        ("clarify", [], False),  # whether the one who asked insists is still open
    ],
)
def test_the_answer_is_the_one_a_practitioner_gives(name: str, reports: list[str], settled: bool) -> None:
    card = of(name).card
    assert ([r.name for r in card.reports], card.settled) == (reports, settled)


def test_answers_that_do_not_fit_together_come_first_with_where_to_change_them() -> None:
    made = of("contradicting")
    card, lines = made.card, card_text(made.card, T).splitlines()
    assert made.advice.contradictions and not card.settled
    assert lines[0].startswith("Check these answers first: ") and lines[1].startswith("Check: ")
    assert card.next[0].key in WORKED["contradicting"].answers and "do not fit together" in card.next[0].text
    assert {entry.key for entry in card.check} <= set(KNOWLEDGE.questions)


def test_late_comes_first_with_a_way_out() -> None:
    text = card_text(of("nothing in place").card, T).splitlines()
    assert text[1].startswith("Late: ") and "Merchant Inc." in text[1]
    assert "Tell Merchant Inc., audit team, now" in text[-1]


def test_abroad_no_license_of_a_state_and_no_fee_as_if_it_were_there() -> None:
    text = " ".join(text_of("UK").split())
    assert "in the United States usually USD" in text and "CPA firm" not in text.split("Dates and fees")[0]


def test_three_who_are_late_with_long_names_leave_room() -> None:
    """What is said to one is not said again to the next, and the first is told in full."""
    names = [
        f"{place} Regional Health System and Affiliated Surgical Centers, statutory auditors"
        for place in ("North", "Middle", "South")
    ]
    asks = [
        Request(f"r{n}", name, "user_auditor", ("soc1", "soc2"), type="type2", force="contract", fiscal_year_end=date(2027, 6, 30),
                needed_by=date(2027, 2, 28))
        for n, name in enumerate(names)
    ]  # fmt: skip
    one = WORKED["nothing in place"]
    late = replace(one, organization="Consolidated " * 9 + "Inc.", requests=tuple(asks))
    made = findings(DECIDER, late, TODAY, full=False)
    assert len(made.card.late) == 3 and made.card.late[0].text == made.card.readers[0].sentence
    assert all(
        name in text.text and len(text.text) < len(name) + 60
        for name, text in zip(names[1:], made.card.late[1:], strict=True)
    )
    text = report(DECIDER, late, TODAY, full=False)
    assert text.count("\n") <= LINES
    assert text.count("name both dates") == 1


def test_what_of_a_readers_year_is_not_tested_is_said() -> None:
    """In time is not enough: the months that a letter bridges and those that nothing reaches stand there too."""
    one = WORKED["payroll"]
    second = replace(
        one.requests[0],
        id="r2",
        asked_by="Farm Co",
        fiscal_year_end=date(2027, 6, 30),
        needed_by=date(2027, 8, 15),
        force="wish",
    )
    made = findings(DECIDER, replace(one, requests=(*one.requests, second)), TODAY, full=False)
    outcome = made.plan.requests[1]
    assert outcome.answer == "on_time" and outcome.bridged and outcome.untested
    text = " ".join(report(DECIDER, made.profile, TODAY, full=False).split())
    assert "a bridge letter can cover January to March 2027" in text
    assert "April to June 2027 is beyond the reach of a bridge letter" in text


def test_a_request_for_both_reports_has_a_line_on_each() -> None:
    both = Request(
        "r1", "Acre Bank", "prospect", ("soc1", "soc2"), type="type2", force="deal", needed_by=date(2027, 6, 30)
    )
    one = replace(WORKED["both"], requests=(both,))
    made = findings(DECIDER, one, TODAY, full=False)
    text = " ".join(
        report(DECIDER, one, TODAY, full=False).partition("Who gets what")[2].partition("Plan\n")[0].split()
    )
    for kind, name in (("soc1", "SOC 1 Type 2"), ("soc2", "SOC 2 Type 2")):
        assert made.plan.first(kind) is not None and name in text, name


def test_eight_who_asked_fit_two_pages_and_none_is_left_out() -> None:
    one = WORKED["both"]
    more = [
        Request(f"x{n}", f"Buyer number {n}, vendor management", "security", ("soc2",), type="type2", subject="data", force="deal",
                needed_by=date(2027, 1 + n, 28))
        for n in range(6)
    ]  # fmt: skip
    text = report(DECIDER, replace(one, requests=(*one.requests, *more)), TODAY, full=False)
    assert text.count("\n") <= LINES
    flat = " ".join(text.partition("Who gets what")[2].split())
    assert all(f"Buyer number {n}, vendor management" in flat for n in range(6))


@pytest.mark.parametrize("name", WORKED)
def test_an_assumption_is_said_once(name: str) -> None:
    text = " ".join(text_of(name).split())
    for entry in of(name).card.assumed:
        assert text.count(entry.text) == 1, entry.text


def test_while_answers_contradict_each_other_no_reason_that_rests_on_them_is_given() -> None:
    made = of("contradicting")
    doubted = {q for c in made.advice.contradictions for q in c.questions}
    lines = [line.text for line in memo(made).lines()]
    resting = [
        r
        for f in made.advice.findings.values()
        for r in f.reasons
        if doubted & {*names_in(KNOWLEDGE, r.rule.condition)}
    ]
    assert any(r.deciding for r in resting)
    assert not [r.rule.id for r in resting for line in lines if r.rule.because in line]
    full = report(DECIDER, WORKED["contradicting"], TODAY)
    assert "In doubt until the answers above are checked: " in " ".join(full.split())
    assert "In doubt" not in report(DECIDER, WORKED["payroll"], TODAY)


def test_what_is_settled_rests_on_no_assumption() -> None:
    bank = WORKED["partner bank"]
    sure = replace(bank, requests=(replace(bank.requests[0], subject="both"),))
    made = findings(DECIDER, sure, TODAY, full=False)
    assert made.advice.settled
    assert not [line.text for line in memo(made).lines() if line.text.startswith(("Assuming", T["memo.assuming.told"]))]
    text = " ".join(report(DECIDER, sure, TODAY, full=False).split())
    assert "a SOC report without a number, on amounts and data" in text and "The SOC 2 Type 2 report for " in text


def test_what_is_asked_for_beside_a_report_is_said_to_be_answered_apart() -> None:
    both = WORKED["both"]
    more = replace(both, requests=(both.requests[0], replace(both.requests[1], asks=("soc2", "pci", "pentest"))))
    text = " ".join(report(DECIDER, more, TODAY, full=False).split())
    assert "They also ask for evidence on PCI DSS and a penetration test report. No SOC report replaces that" in text


@pytest.mark.parametrize("name", WORKED)
def test_days_are_written_as_people_write_them(name: str) -> None:
    full = report(
        DECIDER, replace(WORKED[name], dates={"needed_by": date(2027, 2, 8), "year_end": date(2026, 12, 31)}), TODAY
    )
    assert not re.search(r"(?<![\w/-])20\d\d-\d\d-\d\d\b(?!/)", full) and "8 Feb 2027" in full


def test_what_is_not_advised_is_planned_for_nobody() -> None:
    wish = Request("r1", "Seed Lender", "investor", ("soc2",), type="type2", force="wish", needed_by=date(2027, 3, 31))
    saas = WORKED["SaaS with a deal"]
    full = report(DECIDER, replace(saas, requests=(wish,)), TODAY)
    assert "Type 2 report for" not in full and "Who gets what by when" not in full


def test_who_may_mean_either_of_two_reports_is_not_said_to_get_one_of_them() -> None:
    text = " ".join(text_of("partner bank").split())
    assert T["memo.unclear.both"] in text and "this holds if it is" not in text


def test_who_named_type_2_is_told_that_a_type_1_could_be_there_sooner() -> None:
    """The first thing that a consultant asks of a date that is missed; nothing is planned that nobody asked for."""
    assert "They named Type 2, so no Type 1 report is planned." in " ".join(text_of("nothing in place").split())
    assert all("no Type 1 report is planned" not in text_of(name) for name in WORKED if name != "nothing in place")


def test_a_reason_on_what_was_said_is_not_doubted() -> None:
    full = " ".join(report(DECIDER, WORKED["UK"], TODAY).split())
    assert "Probably as well: Scheme auditor asked" not in full and "Scheme auditor asked for a SOC 1 report" in full
