"""Mistakes, periods, vendors, neighbours and clarifications: each stands where it applies, and only there."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from base import DECIDER

from socui.deciding.decide import Decider
from socui.profiles.profile import Profile
from socui.profiles.records import Request

SAAS: dict[str, Any] = {
    "role": "provide", "customer_types": ("organizations",), "delivery_model": ("saas",), "financial_activities": (),
    "financial_link": (), "entrusted": ("business_confidential",), "asked_by_finance": (), "asked_by_others": (),
    "asked_by_security": ("soc2",), "binding": (), "request_detail": (), "client_profile": (), "audited_clients": "many",
    "other_frameworks": (), "plans_12_18m": (), "existing_reports": (), "planned_reports": (), "sharing_plans": (),
    "availability_promise": "no", "processing_promise": "no", "confidentiality_promise": "no",
    "personal_data_role": "none", "categories_asked": (), "categories_planned": (), "system_boundary": "one_product",
    "subservice": ("cloud_infra",), "subservice_reports": "all_read", "needed_by": "over_12m", "controls_age": "over_12m",
    "service_changes": "none",
}  # fmt: skip
PAYROLL: dict[str, Any] = SAAS | {
    "delivery_model": ("outsourced_process",), "financial_activities": ("payroll",), "financial_link": ("posts",),
    "client_check": "approves", "entrusted": ("employee_personal",), "asked_by_finance": ("soc1",),
    "asked_by_security": (), "client_year_end": "calendar",
}  # fmt: skip
BOTH: dict[str, Any] = PAYROLL | {"asked_by_security": ("soc2",)}
NOBODY: dict[str, Any] = SAAS | {"asked_by_security": ()}
NOBODY.pop("binding")
OBTAIN: dict[str, Any] = {"role": "obtain"}


@cache
def decider() -> Decider:
    return DECIDER


def noted(answers: dict[str, Any], **changes: Any) -> set[str]:
    """The notes of a profile with some answers changed."""
    return {n.note.id for n in decider().advise(Profile(answers=answers | changes)).notes}


MISTAKES: tuple[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]], ...] = (
    ("M-01", PAYROLL, {"existing_reports": ("soc2_t2",)}, {"existing_reports": ("soc2_t2", "soc1_t2")}),
    ("M-01", PAYROLL, {"existing_reports": ("iso27001",)}, {}),
    ("M-02", SAAS, {"planned_reports": ("soc1_t2",)}, {"planned_reports": ("soc2_t2",)}),
    ("M-02", PAYROLL, {"existing_reports": ("soc1_t2",), "asked_by_security": ("soc2",)}, {"existing_reports": ("soc1_t2",)}),
    ("M-03", SAAS, {"controls_age": "not_in_place", "needed_by": "under_3m"}, {"controls_age": "not_in_place"}),
    ("M-04", SAAS, {"sharing_plans": ("certified_claim",)}, {"sharing_plans": ("prospects_nda",)}),
    ("M-05", PAYROLL, {"planned_reports": ("soc1_t1",)}, {"planned_reports": ("soc1_t1",), "request_detail": ("type1_ok",)}),
    (
        "M-06",
        PAYROLL,
        {"request_detail": ("fiscal_year_coverage",), "controls_age": "under_3m"},
        {"request_detail": ("fiscal_year_coverage",)},
    ),
    ("M-07", SAAS, {"existing_reports": ("provider_soc_only",)}, {"existing_reports": ("pentest",)}),
    (
        "M-08",
        SAAS,
        {"categories_planned": ("availability",)},
        {"categories_planned": ("availability",), "availability_promise": "contractual"},
    ),
    (
        "M-09",
        SAAS,
        {"availability_promise": "contractual", "planned_reports": ("soc2_t2",)},
        {"planned_reports": ("soc2_t2",)},
    ),
    (
        "M-10",
        SAAS,
        {"personal_data_role": "on_behalf", "privacy_promise": "no", "categories_planned": ("privacy",)},
        {"personal_data_role": "direct", "privacy_promise": "no", "categories_planned": ("privacy",)},
    ),
    ("M-11", SAAS, {"sharing_plans": ("website_public",)}, {"sharing_plans": ("website_public",), "existing_reports": ("soc3",)}),
    ("M-11", PAYROLL, {"sharing_plans": ("prospects_nda",)}, {"sharing_plans": ("clients_auditors",)}),
    ("M-14", SAAS, {"existing_reports": ("soc2_t2",)}, {"existing_reports": ("soc2_t2",), "planned_reports": ("soc2_t2",)}),
    ("M-16", SAAS, {"subservice": ()}, {}),
    ("M-16", SAAS, {"subservice_reports": "no"}, {}),
    (
        "M-18",
        SAAS,
        {"controls_age": "not_in_place", "planned_reports": ("soc2_t2",)},
        {"planned_reports": ("soc2_t2",)},
    ),
    ("M-19", SAAS, {"entrusted": ("card",)}, {}),
    ("M-21", SAAS, {"asked_by_security": ("unnamed",)}, {}),
    ("M-25", SAAS, {"other_frameworks": ("iso27001",)}, {"other_frameworks": ("pci",)}),
    ("M-26", SAAS, {"system_boundary": "undecided"}, {}),
    (
        "M-27",
        NOBODY,
        {"planned_reports": ("soc2_t2",), "other_frameworks": ("fedramp",), "asked_by_others": ("other",), "binding": ("other",)},
        {"planned_reports": ("soc2_t2",), "other_frameworks": ("iso27001",), "asked_by_others": ("other",), "binding": ("other",)},
    ),
)  # fmt: skip
REMINDERS: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("M-12", PAYROLL, SAAS),
    ("M-13", SAAS, NOBODY),
    ("M-15", PAYROLL, SAAS),
    ("M-17", SAAS, NOBODY),
    ("M-20", SAAS, OBTAIN),
    ("M-22", SAAS, NOBODY),
    ("M-23", SAAS, NOBODY),
    ("M-24", SAAS | {"controls_age": "not_in_place"}, SAAS),
)


@pytest.mark.parametrize(
    ("mistake", "profile", "made", "avoided"), MISTAKES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_mistake_is_seen_where_it_is_made_and_not_where_it_is_avoided(
    mistake: str, profile: dict[str, Any], made: dict[str, Any], avoided: dict[str, Any]
) -> None:
    assert mistake in noted(profile, **made)
    assert mistake not in noted(profile, **avoided)


@pytest.mark.parametrize(("mistake", "there", "absent"), REMINDERS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_reminder_stands_beside_the_result_it_belongs_to(
    mistake: str, there: dict[str, Any], absent: dict[str, Any]
) -> None:
    assert mistake in noted(there)
    assert mistake not in noted(absent)


def test_every_mistake_has_a_case_here_and_says_what_it_costs() -> None:
    seen = {m[0] for m in MISTAKES} | {r[0] for r in REMINDERS}
    mistakes = [n for n in decider().knowledge.notes if n.kind == "mistake"]
    assert seen == {n.id for n in mistakes}
    assert {n.id for n in mistakes if n.reminder} == {r[0] for r in REMINDERS}
    assert all(n.cost for n in mistakes)


ADVICE: tuple[tuple[str, dict[str, Any], dict[str, Any], bool], ...] = (
    ("period-bridge", PAYROLL, {"existing_reports": ("soc1_t2",)}, True),
    ("period-bridge", PAYROLL, {"existing_reports": ("soc1_t1",)}, False),
    ("period-bridge", PAYROLL, {}, False),
    ("period-changes", SAAS, {"service_changes": "migration"}, True),
    ("vendor-method", SAAS, {}, True),
    ("vendor-monitor", SAAS, {}, True),
    ("vendor-soc1", PAYROLL, {}, True),
    ("vendor-soc1", SAAS, {}, False),
    ("vendor-unread", SAAS, {"subservice_reports": "some"}, True),
    ("vendor-downstream", SAAS, {"customer_types": ("other_providers",)}, True),
    ("near-pci-dss", SAAS, {"entrusted": ("card",)}, True),
    ("near-hipaa", SAAS, {"entrusted": ("health",)}, True),
    ("near-fedramp", SAAS, {"client_profile": ("us_government",)}, True),
    ("near-cmmc", SAAS, {"client_profile": ("defense_supply",)}, True),
    ("near-hipaa", SAAS, {"client_profile": ("healthcare",)}, False),
    ("near-iso27001", SAAS, {"client_profile": ("international",)}, True),
    ("near-iso27001", PAYROLL, {"client_profile": ("international",)}, False),
    ("near-other-attestation", SAAS, {"asked_by_others": ("other",), "other_frameworks": ("dora",)}, False),
    ("near-other-attestation", SAAS, {"asked_by_others": ("other",)}, True),
    ("near-stock-confirmation", PAYROLL, {"financial_activities": ("inventory",)}, True),
    ("near-isae3402", PAYROLL, {"client_profile": ("international",)}, True),
    ("near-isae3402", SAAS, {"client_profile": ("international",)}, False),
    ("near-isae3000", SAAS, {"client_profile": ("international",)}, True),
    ("near-isae3000", PAYROLL, {"client_profile": ("international",)}, False),
    ("near-soc3", SAAS, {"sharing_plans": ("website_public",)}, True),
    ("near-soc3", NOBODY, {"sharing_plans": ("website_public",), "entrusted": ()}, False),
    ("near-nacha", PAYROLL, {}, True),
    ("near-nacha", SAAS, {"financial_activities": ("payment_routing",), "entrusted": ("card",)}, False),
    ("near-nacha", SAAS, {"financial_activities": ("payment_routing",), "entrusted": ("financial_account",)}, True),
    ("near-sec-custody", PAYROLL, {"financial_activities": ("custody_trust",)}, True),
    ("near-sec-transfer-agent", PAYROLL, {"financial_activities": ("transfer_agency",)}, True),
    ("near-sec-transfer-agent", PAYROLL, {"financial_activities": ("fund_transfer_agent",)}, False),
    ("near-mortgage", PAYROLL, {"financial_activities": ("loan_servicing",)}, True),
    ("near-title-iv", PAYROLL, {"financial_activities": ("loan_servicing",)}, False),
    ("near-title-iv", PAYROLL, {"other_frameworks": ("student_aid",)}, True),
    ("near-mortgage", PAYROLL, {"financial_activities": ("loan_servicing",), "other_frameworks": ("student_aid",)}, False),
    ("near-csae3416", PAYROLL, {"client_profile": ("international",)}, False),
    ("near-csae3416", PAYROLL, {"country_region": "canada"}, True),
    ("near-aaf", PAYROLL, {"country_region": "uk"}, True),
    ("near-aaf", PAYROLL, {"country_region": "canada"}, False),
    ("near-gs007", PAYROLL, {"country_region": "australia"}, True),
    ("near-abroad-signer", SAAS, {"country_region": "eu"}, True),
    ("near-abroad-signer", SAAS, {"country_region": "us"}, False),
    ("near-abroad-signer", SAAS, {}, False),
    ("near-nacha", PAYROLL, {"country_region": "uk"}, False),
    ("near-nacha", PAYROLL, {"customer_types": ("affiliates",)}, False),
    ("near-dora", SAAS, {"country_region": "eu", "client_profile": ("regulated_financial",)}, True),
    ("near-dora", SAAS, {"client_profile": ("regulated_financial",)}, False),
    ("near-ebsa", PAYROLL, {"client_profile": ("benefit_plans",)}, True),
    ("near-ebsa", PAYROLL, {"client_profile": ("benefit_plans",), "country_region": "uk"}, False),
    ("near-alta", SAAS, {"other_frameworks": ("alta",)}, True),
    ("near-peo", PAYROLL, {"other_frameworks": ("peo",)}, True),
    ("near-fedramp-moderate", SAAS, {"entrusted": ("gov_controlled",)}, True),
    ("M-13", SAAS, {"country_region": "uk"}, False),
    ("near-agreed-upon-procedures", NOBODY, {"financial_link": ("posts",), "client_check": "approves", "audited_clients": "few"}, True),
    ("near-agreed-upon-procedures", PAYROLL, {"request_detail": ("alternatives_ok",)}, True),
    ("near-agreed-upon-procedures", SAAS, {"request_detail": ("alternatives_ok",)}, False),
    ("near-soc-supply-chain", SAAS, {"other_frameworks": ("supply_chain",)}, True),
    ("near-soc-cybersecurity", SAAS, {"other_frameworks": ("cyber_program",)}, True),
    ("near-ai", SAAS, {"delivery_model": ("api_ai",)}, False),
    ("near-ai", SAAS, {"delivery_model": ("ai_model",)}, True),
    ("q2-soc2-unnamed", SAAS, {"asked_by_security": ("unnamed",), "binding": ("unnamed",)}, True),
    ("q2-soc2-expected", SAAS, {"asked_by_security": ("unnamed",), "binding": ("unnamed",)}, False),
    ("q2-soc2-expected", SAAS, {}, True),
    ("q2-soc1-unnamed", PAYROLL, {"asked_by_finance": ("unnamed",), "binding": ("unnamed",)}, True),
    ("q2-both-unnamed", BOTH, {"binding": ("unnamed",)}, True),
    ("step-come-back", NOBODY, {}, True),
    ("step-come-back", SAAS, {}, False),
    ("step-investor", NOBODY, {"asked_by_investors": ("report",)}, True),
    ("step-investor", NOBODY, {"asked_by_investors": ("soc2_condition",)}, False),
    ("step-obtain-list", OBTAIN, {}, True),
    ("step-combined", BOTH, {}, True),
    ("benefit-two-opinions", BOTH, {}, True),
)  # fmt: skip


@pytest.mark.parametrize(("note", "profile", "changes", "there"), ADVICE)
def test_advice_stands_where_it_applies(
    note: str, profile: dict[str, Any], changes: dict[str, Any], there: bool
) -> None:
    assert (note in noted(profile, **changes)) == there


def test_a_clarification_always_says_what_to_ask_back() -> None:
    rules = [r for r in decider().knowledge.rules.values() if r.value == "clarify"]
    assert len(rules) >= 6
    assert all("?" in r.ask_back for r in rules if "insists" not in r.condition.when)  # who insists was asked back
    assert {"step-clarify-soc1", "step-clarify-wait"} <= noted(
        NOBODY, entrusted=(), asked_by_finance=("soc1",), binding=()
    )
    assert {"step-clarify-soc2", "step-clarify-wait"} <= noted(SAAS, entrusted=())


def test_the_three_questions_people_come_with_are_always_answered_once() -> None:
    knowledge = decider().knowledge
    kinds = ("question1", "question2", "question3")
    for profile in (SAAS, PAYROLL, BOTH, NOBODY, OBTAIN):
        for bound in ((), ("soc1",), ("soc2",), ("unnamed",), ("other",), ("soc1", "soc2"), ("soc1", "unnamed")):
            note_ids = noted(profile, binding=bound)
            shown_kinds = [n.kind for n in knowledge.notes if n.id in note_ids and n.kind in kinds]
            assert sorted(shown_kinds) == list(kinds), (profile, bound)


def test_nothing_is_required_without_saying_by_whom() -> None:
    for changes in ({"binding": ("soc1",)}, {"binding": ("soc2",)}, {"binding": ("soc1", "soc2")}):
        advice = decider().advise(Profile(answers=BOTH | changes))
        for report in changes["binding"]:
            assert advice.findings[report].leaning == "required"
            assert advice.by_whom[report]


def test_a_report_held_that_nobody_asks_for_is_not_left_to_lapse_unsaid() -> None:
    """Its readers are to be asked; not so where the report is advised anyway."""
    held = {**NOBODY, "existing_reports": ("soc2_t2",), "entrusted": ("business_confidential",)}
    asked = {**held, "asked_by_security": ("soc2",)}
    for answers, shown in ((held, True), (asked, False)):
        notes = {n.note.id for n in decider().advise(Profile(answers=answers)).notes}
        assert ("step-held" in notes) == shown


def test_a_report_held_that_nobody_asks_for_is_kept_and_never_just_no() -> None:
    """What is settled stays so: to hold a report moves no verdict, only what is said of it."""
    for base in (PAYROLL | {"personal_data_role": "on_behalf"}, NOBODY):
        plain, kept = (
            decider().advise(Profile(answers=base | {"existing_reports": held})) for held in ((), ("soc2_t2",))
        )
        assert (plain.possible, plain.findings["soc2"].possible) == (kept.possible, kept.findings["soc2"].possible)
        assert not plain.findings["soc2"].kept and kept.findings["soc2"].kept
        assert kept.findings["soc2"].label == "keep the one held" != plain.findings["soc2"].label
        assert "keep the report you hold" in kept.sentence and "SOC 2: no" not in kept.sentence
    asked = decider().advise(Profile(answers=BOTH | {"existing_reports": ("soc2_t2",)}))
    assert not asked.findings["soc2"].kept


def test_whoever_takes_something_else_has_a_wish_and_no_more() -> None:
    """As long as nothing else is said: the leaning is no report, and one that hangs on a contract stays."""
    open_ = {q: a for q, a in NOBODY.items() if q not in ("asked_by_security", "asked_by_finance", "asked_by_others")}
    for force, headline in (("wish", "neither"), ("contract", "soc2")):
        asked = Request("r1", reader="security", asks=("soc2",), force=force)
        advice = decider().advise(Profile(answers=open_ | {"insists": "accepts"}, requests=(asked,)))
        assert advice.leaning == headline and "soc2" in advice.possible


def test_us_guidance_on_benefit_plans_presumes_nothing_abroad() -> None:
    plan = {
        "role": "provide", "customer_types": ("organizations",), "delivery_model": ("outsourced_process",),
        "financial_link": ("posts",), "financial_activities": ("benefits_admin",), "client_profile": ("benefit_plans",),
        "entrusted": ("individual_personal",), "audited_clients": "many",
    }  # fmt: skip
    leaning = [decider().advise(Profile(answers=plan, country=c)).findings["soc2"].leaning for c in ("US", "GB")]
    assert leaning == ["expected", "consider"]
