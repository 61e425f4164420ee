"""Reasons name who asked for what, each for what it asked, as one writes English."""

from __future__ import annotations

import pytest
from base import DECIDER, KNOWLEDGE

from socui.asking.speaks_for import behind
from socui.deciding.named_rule import named_rule
from socui.profiles.profile import Profile
from socui.profiles.records import Request

BOOKS = KNOWLEDGE.rules["soc1-asked-books"]
BOUND = KNOWLEDGE.rules["soc2-bound"]


def asked(who: str, *asks: str, reader: str = "user_auditor", **more: object) -> Request:
    return Request(who, who, reader, asks, **more)  # type: ignore[arg-type]


def test_those_who_asked_for_the_same_are_named_together() -> None:
    because = named_rule(KNOWLEDGE, BOOKS, (asked("Acme", "soc1"), asked("Beta", "soc1"))).because
    assert because == "Acme and Beta asked for a SOC 1 report, and your work reaches clients' books."


def test_each_is_said_to_have_asked_for_what_it_asked_for() -> None:
    because = named_rule(KNOWLEDGE, BOOKS, (asked("Acme", "soc1"), asked("Beta", "soc_unnamed"))).because
    assert because == (
        "Acme asked for a SOC 1 report; Beta asked for a SOC report without a number; and your work reaches clients' books."
    )


@pytest.mark.parametrize(
    ("names", "begins"),
    [
        (("Merchant Inc., audit team",), "Merchant Inc., audit team, asked for a SOC 1 report, and your work"),
        (
            ("Merchant Inc., audit team", "Acme"),
            "Merchant Inc. (audit team) and Acme asked for a SOC 1 report, and your work",
        ),
        (
            ("Acme, Inc., finance", "Beta, LLC"),
            "Acme, Inc. (finance) and Beta, LLC asked for a SOC 1 report, and your work",
        ),
        (("Fund, East, auditor", "Acme"), "Fund, East, auditor; and Acme, asked for a SOC 1 report, and your work"),
    ],
)
def test_a_name_with_a_comma_is_closed_by_another(names: tuple[str, ...], begins: str) -> None:
    assert named_rule(KNOWLEDGE, BOOKS, tuple(asked(n, "soc1") for n in names)).because.startswith(begins)


def test_what_one_request_asks_for_beside_is_one_list() -> None:
    request = asked("BigCo", "soc2", "pentest", reader="security", force="deal")
    assert named_rule(KNOWLEDGE, BOUND, (request,)).because.startswith(
        "BigCo made a SOC 2 report and a penetration test report a condition, and"
    )


def test_every_reason_that_speaks_of_somebody_can_name_who_it_is() -> None:
    unnamed = [
        r.id
        for r in KNOWLEDGE.rules.values()
        if r.because.startswith(("Somebody ", "Whoever ", "They ", "One reader ", "An investor ")) and not r.named
    ]
    assert unnamed == []


def test_whoever_takes_a_certificate_in_place_of_the_report_is_named() -> None:
    request = asked("BigCo", "soc2", "iso27001", reader="security", either=True, force="contract")
    answers = {"role": "provide", "customer_types": ("organizations",), "delivery_model": ("saas",), "more_requests": "no",
               "entrusted": ("business_confidential",), "financial_link": ()}  # fmt: skip
    advice = DECIDER.advise(Profile(answers=answers, requests=(request,)))  # type: ignore[arg-type]
    reasons = [r.rule.because for r in advice.findings["soc2"].reasons if r.rule.id == "soc2-or-certificate"]
    assert reasons == [
        "BigCo asked for a SOC 2 report or an ISO/IEC 27001 certificate, and no such certificate is on record."
    ]
    assert behind((request,), "certificate") == (request,)
    assert not behind((asked("BigCo", "soc2", "iso27001", reader="security", either=False),), "certificate")


def test_a_wish_of_an_investor_sets_neither_type_nor_categories() -> None:
    answers = {"role": "provide", "customer_types": ("organizations",), "delivery_model": ("saas",), "more_requests": "no",
               "entrusted": ("business_confidential",), "financial_link": (), "controls_age": "3_6m"}  # fmt: skip
    deal = asked("BigCo", "soc2", reader="security", type="type1_ok", force="deal")
    wish = asked(
        "Lender", "soc2", reader="investor", type="type2", force="wish", categories=("availability", "privacy")
    )
    for force, sets in (("wish", False), ("", False), ("contract", True)):
        lender = Request(**{**{f: getattr(wish, f) for f in wish.__struct_fields__}, "force": force})
        advice = DECIDER.advise(Profile(answers=answers, requests=(deal, lender)))  # type: ignore[arg-type]
        counting = DECIDER.given(Profile(answers=answers, requests=(deal, lender)), None)  # type: ignore[arg-type]
        assert ("type2_named" in counting["request_detail"].chosen) is sets, force
        assert (
            "privacy" in counting["categories_asked"].chosen if "categories_asked" in counting else False
        ) is sets, force
        assert advice.findings["soc2"].leaning in ("expected", "required", "clarify")
