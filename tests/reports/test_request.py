"""The request for quotes: complete for a quote, blanks where nobody said, only for reports that are advised."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from random import Random

import pytest
from base import DECIDER, KNOWLEDGE
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace
from test_report import HOSTILE, harmless, tags, tokens, with_text
from worked import WORKED

from socui.day_words import day_words
from socui.deciding.random_profile import random_profile
from socui.errors import Usage
from socui.knowledge.texts import FIELD_PARTS, PARTS
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.records import ReportHeld, Request
from socui.reports.json_schema import request_schema
from socui.reports.quote_document import request_document
from socui.reports.quote_json import request_of
from socui.reports.quote_request import sheet
from socui.reports.render import FORMATS, request

TODAY = date(2026, 11, 24)
REQUEST_SCHEMA = request_schema()
FINTECH = examples()["fintech-payments"]
PARTIAL = Profile(answers={"role": "provide", "financial_activities": ("payroll",), "asked_by_security": ("soc2",)})
OBTAIN = Profile(answers={"role": "obtain"})
PROFILES = {"fintech": FINTECH, "partial": PARTIAL}
ASKED = Request(
    "r1",
    "Merchant Inc., audit team",
    reader="user_auditor",
    asks=("soc1",),
    type="type2",
    force="contract",
    fiscal_year_end=date(2026, 12, 31),
    needed_by=date(2027, 9, 30),
    words="Provide a SOC 1 Type 2 report.\nEvery year.",
)
HELD = ReportHeld("soc1", "type2", date(2025, 10, 1), date(2026, 9, 30), opinion="qualified", firm="Smith LLP")
WHOLE = replace(
    FINTECH,
    requests=(ASKED, *FINTECH.requests[1:]),
    reports_held=(HELD,),
    country="US",
    engagement={f.id: f"our {f.id}" for f in KNOWLEDGE.fields},
)


@cache
def of(text: str, format: str) -> str:
    return request(DECIDER, with_text(text), TODAY, format)


def said(profile: Profile) -> str:
    """The sheet as one line of text."""
    return " ".join(request(DECIDER, profile, TODAY).split())


def test_it_holds_what_a_quote_takes() -> None:
    text = said(WHOLE)
    for words in (
        "Example Payments, Inc.",
        "Payment processing and settlement",
        "We ask for a quote for a SOC 1 Type 2 examination and a SOC 2 Type 2 examination",
        "Merchant Inc., audit team",
        "in a contract",
        "> Provide a SOC 1 Type 2 report. Every year.",
        "1 Oct 2025 to 30 Sep 2026 - Opinion: qualified - Firm: Smith LLP",
        "Availability - For the SOC 2 report: in scope",
        "cloud infrastructure, payment processor",
        "carve-out",
        "CUECs",
        "PCI DSS",
        "peer review",
        "Which firm signs the opinion?",
        "What is the fee based on",
        "This is a request for quotes, not an order.",
        *(f"our {field.id}" for field in KNOWLEDGE.fields),
    ):
        assert words in text, words
    assert KNOWLEDGE.texts["quote.blank"] not in text


def test_what_nobody_said_is_a_blank() -> None:
    text, blank = said(FINTECH), KNOWLEDGE.texts["quote.blank"]
    for field in KNOWLEDGE.fields:
        if field.part in ("about", "service", "controls", "readers"):
            assert f"{field.title} ({field.hint}) - {blank}" in text, field.id


def test_it_teaches_no_firm_its_trade_and_uses_no_scale_of_ours() -> None:
    for profile in (FINTECH, WHOLE, PARTIAL):
        text = said(profile)
        for words in (
            "Facts referred to",
            "Verdict",
            "nobody by our answers",
            "practice of firms",
            "F-",
            "Licence",
            "licence",
        ):
            assert words not in text, words


def test_what_is_not_known_is_open() -> None:
    made = sheet(DECIDER, PARTIAL, TODAY)
    assert not made.advice.settled
    text = said(PARTIAL)
    assert "Not settled yet." in text and "still open" in text
    listed = {state.question.id for state in made.open}
    assert {"controls_age", "system_boundary", "subservice"} <= listed
    assert not listed & set(PARTIAL.answers)


@pytest.mark.parametrize("profile", [OBTAIN, examples()["early-saas"], Profile()], ids=["obtain", "early", "blank"])
def test_no_report_no_quote(profile: Profile) -> None:
    for format in FORMATS:
        with pytest.raises(Usage, match="advise no report"):
            request(DECIDER, profile, TODAY, format)


def test_only_what_is_advised_is_quoted() -> None:
    random, met = Random(6), set()
    for _ in range(60):
        profile = random_profile(KNOWLEDGE, random, random.random())
        advice = DECIDER.advise(profile, TODAY)
        advised = [r for r in ("soc1", "soc2") if advice.advised(r)]
        if not advised:
            continue
        made = sheet(DECIDER, profile, TODAY)
        met.add(tuple(advised))
        assert [r.report for r in made.reports] == advised
        if "soc2" not in advised:
            assert "Trust services" not in request_document(made).title
            assert not any(row.request.id == "service-commitments" for row in made.parts["service"])
    assert len(met) == 3


def test_every_part_has_lines() -> None:
    assert {r.part for r in KNOWLEDGE.requests} == set(PARTS)
    assert {f.part for f in KNOWLEDGE.fields} == set(FIELD_PARTS)


def valid(profile: Profile) -> None:
    data = json.loads(request(DECIDER, profile, TODAY, "json"))
    Draft202012Validator(REQUEST_SCHEMA, format_checker=FormatChecker()).validate(data)
    assert set(data) == set(REQUEST_SCHEMA["required"])
    assert {s for f in data["facts"].values() for s in f["sources"]} == set(data["sources"])


@pytest.mark.parametrize("profile", [FINTECH, PARTIAL, WHOLE], ids=["fintech", "partial", "whole"])
def test_json_keeps_the_schema(profile: Profile) -> None:
    Draft202012Validator.check_schema(REQUEST_SCHEMA)
    valid(profile)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_changes_no_structure(text: str) -> None:
    assert tags(of(text, "html")) == tags(of(harmless(text), "html"))
    assert tokens(of(text, "md")) == tokens(of(harmless(text), "md"))


@pytest.mark.parametrize("format", FORMATS)
def test_notes_are_not_handed_out(format: str) -> None:
    """A note may hold what is not meant for the firm."""
    profile = FINTECH.with_note("subservice", "do not tell anybody")
    assert "do not tell anybody" not in request(DECIDER, profile, TODAY, format)


def test_it_keeps_notes_to_ourselves_and_speaks_as_we() -> None:
    """No word on who of us finds out what, none of the labels that speak to whoever answers, no value of our own scale."""
    for profile in (FINTECH, WHOLE, PARTIAL):
        text = said(profile)
        whom = {state.question.whom for state in sheet(DECIDER, profile, TODAY).open if len(state.question.whom) > 12}
        assert not [words for words in whom if words in text]
        for words in (
            "Who relies on you",
            "in your hands",
            "Reports you hold",
            "probably leave out",
            "consider",
            "needed for the result",
        ):
            assert words not in text.partition("What we ask of you")[0], words


def test_reports_that_are_held_are_not_still_open() -> None:
    held = replace(PARTIAL, reports_held=(HELD,))
    assert not any(
        a.question.id == "existing_reports" for row in sheet(DECIDER, held, TODAY).parts["service"] for a in row.answers
    )
    assert any(
        a.question.id == "existing_reports"
        for row in sheet(DECIDER, PARTIAL, TODAY).parts["service"]
        for a in row.answers
    )


def test_every_period_that_is_planned_is_quoted_with_those_it_serves() -> None:
    """A reader of both reports stands with both; a day that nobody named is no date needed; a held report needs none."""
    both = Request(
        "r1", "Acre Bank", "prospect", ("soc1", "soc2"), type="type2", force="deal", needed_by=date(2027, 6, 30)
    )
    later = Request("r2", "Vantor, SOX team", "finance", ("soc1",), type="type2", force="contract", subject="amounts",
                    fiscal_year_end=date(2027, 12, 31), needed_by=date(2028, 1, 20))  # fmt: skip
    idle = Request("r3", "Plan Co", "user_auditor", ("soc1",), type="type2", force="contract", subject="amounts",
                   fiscal_year_end=date(2027, 12, 31))  # fmt: skip
    answers = {
        "role": "provide", "customer_types": ("organizations",), "delivery_model": ("saas",), "financial_activities": ("billing",),
        "financial_link": ("posts",), "client_check": "approves", "audited_clients": "many", "entrusted": ("card",),
        "controls_age": "6_12m", "more_requests": "no",
    }  # fmt: skip
    one = Profile(organization="Acme", service="Billing", answers=answers, requests=(both, later, idle))  # type: ignore[arg-type]
    made = sheet(DECIDER, one, TODAY)
    table = next(
        b for b in request_document(made).blocks if getattr(b, "caption", "") == KNOWLEDGE.texts["quote.wanted.caption"]
    )
    rows = [[line.text for line in row] for row in table.rows]  # type: ignore[union-attr]
    planned = [r for report in ("soc1", "soc2") for r in made.findings.plan.of(report) if not r.next]
    assert len(rows) == len(planned) >= 3, rows
    assert {row[0] for row in rows if "Acre Bank" in row[3]} == {"SOC 1 Type 2", "SOC 2 Type 2"}
    assert [row[2] for row in rows if row[3].startswith("Vantor")] == ["20 Jan 2028"]
    assert not any(day in row[2] for row in rows for o in made.findings.plan.requests if o.latest_use and o.needed_by
                   for day in [f"{o.needed_by.day} {o.needed_by:%b %Y}"])  # fmt: skip


def test_every_period_that_is_planned_stands_in_json_as_in_the_table() -> None:
    made = sheet(DECIDER, WORKED["SaaS with a deal"], TODAY)
    wanted = request_of(made).wanted
    assert [(w.report, w.type) for w in wanted] == [("soc2", "type1"), ("soc2", "type2")]
    assert wanted[0].as_of and wanted[1].begins and all(w.requests == ("r1",) for w in wanted)
    text = " ".join(request(DECIDER, WORKED["SaaS with a deal"], TODAY).split())
    assert all(day_words(w.as_of or w.ends) in text for w in wanted)  # type: ignore[arg-type]


BANK = Profile(
    organization="Swift Lend, Inc.",
    country="US",
    answers={"role": "provide", "customer_types": ("partner_bank",), "delivery_model": ("outsourced_process",), "more_requests": "no",
             "financial_activities": ("loan_servicing",), "financial_link": ("posts",), "entrusted": ("individual_personal",),
             "controls_age": "6_12m"},
    requests=(Request("r1", "First Bank, vendor risk", "partner_bank", ("soc_unnamed",), force="contract", needed_by=date(2027, 6, 30),
                      words="Dear partner,\nhope you are well.\nPlease send us your SOC report by June 30, 2027.\nAnn Lee, +1 555 0100"),),
)  # fmt: skip


@pytest.mark.parametrize("subject", ["", "both"])
def test_an_unnamed_request_stands_with_each_report_that_it_may_mean(subject: str) -> None:
    text = said(replace(BANK, requests=(replace(BANK.requests[0], subject=subject),)))
    assert text.count("- Needed by: 30 Jun 2027 - For: First Bank, vendor risk") == 2
    assert KNOWLEDGE.texts["quote.no_reader"] not in text


def test_only_what_asks_is_quoted_and_what_is_open_is_said_to_be_once_a_row() -> None:
    text = said(BANK)
    assert "> Please send us your SOC report by June 30, 2027." in text
    assert "hope you are well" not in text and "555 0100" not in text
    table = text.partition("The service ---")[2].partition("Controls ---")[0]
    assert "still open; " not in table and "- still open " not in table and table.count("* Still open - ") == 1
    assert "still open: Clients' own checks" in table


def test_no_line_says_its_title_twice() -> None:
    assert [line.id for line in KNOWLEDGE.requests if line.says.startswith(line.title)] == []
