"""The sheet for CPA firms: honest about what is open, complete for a quote, and of the same make as the report."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from random import Random

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from test_report import HOSTILE, harmless, tags, tokens, with_text

from socui.deciding.decide import Decider
from socui.deciding.proofs import random_profile
from socui.knowledge.load import load_knowledge
from socui.knowledge.model import PARTS
from socui.planning.plan import planned, year_ends
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.reports.json_schema import request_schema
from socui.reports.quote_document import request_document
from socui.reports.quote_request import sheet
from socui.reports.render import FORMATS, request

TODAY = date(2026, 11, 24)
KNOWLEDGE = load_knowledge()
DECIDER = Decider(KNOWLEDGE)
REQUEST_SCHEMA = request_schema()
FINTECH = examples()["fintech-payments"]
PARTIAL = Profile(answers={"role": "provide", "financial_activities": ("payroll",), "asked_by_security": ("soc2",)})
OBTAIN = Profile(answers={"role": "obtain"})
PROFILES = {"fintech": FINTECH, "partial": PARTIAL, "obtain": OBTAIN, "blank": Profile()}


@cache
def of(text: str, format: str) -> str:
    return request(DECIDER, with_text(text), TODAY, format)


def said(profile: Profile) -> str:
    """The sheet as one line of text."""
    return " ".join(request(DECIDER, profile, TODAY).split())


def test_it_holds_what_a_quote_takes() -> None:
    text = said(FINTECH)
    for words in (
        "Example Payments, Inc.",
        "Payment processing and settlement",
        "SOC 1 report - Verdict: yes, required - Asked for by: clients' auditors",
        "Availability - For the SOC 2 report: include",
        "Processing integrity - For the SOC 2 report: consider",
        "Privacy - For the SOC 2 report: leave out",
        "First period, about: 2027-02-01 to 2027-09-30",
        "cloud infrastructure, payment processor",
        "carve-out",
        "CUECs",
        "Clients' fiscal year ends - By our answers: 31 December",
        "Report needed by - By our answers: 6 to 12 months",
        "PCI DSS",
        "peer review",
        "Who signs",
        "paid by a compliance tool",
        "How do you choose samples",
        "What is the fee based on",
    ):
        assert words in text, words


def test_what_is_not_known_is_open() -> None:
    made = sheet(DECIDER, PARTIAL, TODAY)
    assert not made.advice.settled
    text = said(PARTIAL)
    assert "Not settled yet." in text
    assert "Service - By our answers: still open" in text
    assert "Clients' fiscal year ends - By our answers: still open" in text
    assert "as far as answered)" in text
    listed = {state.question.id for state in made.open}
    assert {"needed_by", "client_year_end", "controls_age", "system_boundary", "subservice"} <= listed
    assert not listed & set(PARTIAL.answers)


def test_no_report_no_quote() -> None:
    text = said(OBTAIN)
    assert "not to have one of our own" in text
    assert "What we ask of you" not in text and "Trust services" not in text
    assert "No order yet" not in text
    assert "nothing so far calls for" in said(examples()["early-saas"]).casefold()


@pytest.mark.parametrize("name", PROFILES)
def test_every_sentence_of_the_sheet_names_a_fact(name: str) -> None:
    found = request_document(sheet(DECIDER, PROFILES[name], TODAY))
    sentences = [r.says for r in KNOWLEDGE.requests if r.says]
    for line in found.lines():
        if any(sentence in line.text for sentence in sentences):
            assert found.numbered(line), line.text


def test_every_part_has_lines() -> None:
    assert {r.part for r in KNOWLEDGE.requests} == set(PARTS)


def valid(profile: Profile) -> None:
    data = json.loads(request(DECIDER, profile, TODAY, "json"))
    Draft202012Validator(REQUEST_SCHEMA, format_checker=FormatChecker()).validate(data)
    assert set(data) == set(REQUEST_SCHEMA["required"])
    assert {s for f in data["facts"].values() for s in f["sources"]} == set(data["sources"])


@pytest.mark.parametrize("name", PROFILES)
def test_json_keeps_the_schema(name: str) -> None:
    Draft202012Validator.check_schema(REQUEST_SCHEMA)
    valid(PROFILES[name])


def test_json_of_random_profiles_keeps_the_schema() -> None:
    random = Random(6)
    for _ in range(40):
        valid(random_profile(KNOWLEDGE, random, random.random()))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_changes_no_structure(text: str) -> None:
    assert tags(of(text, "html")) == tags(of(harmless(text), "html"))
    assert tokens(of(text, "md")) == tokens(of(harmless(text), "md"))


@pytest.mark.parametrize("format", FORMATS)
def test_notes_are_not_handed_out(format: str) -> None:
    """A note may hold what is not meant for the firm."""
    profile = FINTECH.with_note("subservice", "do not tell anybody")
    assert "do not tell anybody" not in request(DECIDER, profile, TODAY, format)


def test_year_ends_within_the_plan() -> None:
    def ends(profile: Profile) -> tuple[date, ...]:
        return year_ends(TODAY, planned(DECIDER, profile, TODAY))

    assert ends(FINTECH) == (date(2026, 12, 31), date(2027, 12, 31))
    dated = FINTECH.with_date("year_end", date(2024, 2, 29))
    assert ends(dated)[:2] == (date(2027, 2, 28), date(2028, 2, 29))
    assert ends(FINTECH.with_answer("client_year_end", "mixed")) == ()


def test_a_bridge_letter_reaches_on_from_an_issued_period() -> None:
    """Never before a period, and only beside a Type 2 report."""
    bars = {b.step.id: b for b in planned(DECIDER, FINTECH, TODAY)}
    for lane, matched in (("soc1", ""), ("soc2", "-matched")):
        period, bridge = bars[f"{lane}-period{matched}"], bars[f"{lane}-bridge"]
        assert bridge.begins == bars[f"{lane}-next{matched}"].begins
        assert [(b - e).days for b, e in zip(bridge.begins, period.ends, strict=True)] == [1, 1, 1]
        assert not bridge.delivers and not bars[f"{lane}-next{matched}"].delivers
        assert bars[f"{lane}-report"].delivers
