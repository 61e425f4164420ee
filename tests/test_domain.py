"""What a practitioner would check of the knowledge: every statement carried, every mistake seen, every word in its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from socui.decide import Decider
from socui.knowledge import load_knowledge
from socui.profile import Profile

FACTS = {
    "F-S1": range(1, 35), "F-S2": (*range(1, 12), *range(20, 33)), "F-S3": range(1, 4), "F-S2P": range(1, 4),
    "F-BO": range(1, 9), "F-NO": range(1, 15), "F-TY": range(1, 7), "F-RD": range(1, 3), "F-TM": range(1, 7),
    "F-CO": range(1, 4), "F-GL": range(1, 7), "H": range(1, 22),
}  # fmt: skip
CATEGORY_FACTS = ("A1", "A2", "C1", "C2", "PI1", "PI2", "PI3", "P1", "P2", "P3", "P4", "X1", "X2")
SEED = {
    "question": "S1-1 S1-2 S2-2 S2-3 S2-4 S2-5 S2-6 S3-2 S3-3 S3-4 S3-5 S3-6 S3-7 S3-8 S3-9 S6-1 S6-2 S7-1 S7-2 S7-3",
    "mistake": "S1-3 S2-7 S3-9 S8-1 S8-2 S8-3",
    "question1": "S1-4",
    "question2": "S1-4 S3-9 S4-2",
    "question3": "S1-4 S4-1",
    "rule": "S2-1 S2-3 S2-4 S2-5 S3-1 S3-2 S3-3 S3-7 S7-4",
    "row": "S5-1 S5-2 S5-3 S5-4 S5-5 S5-6 S5-7 S6-1 S6-2 S10-1",
    "benefit": "S4-2 S4-4",
    "faq": "S4-3 S9-1 S9-2 S9-3 S9-4 S9-5 S9-6",
}
"""Where the user meets a statement of the article that this app answers to: its ids by the kind of text that cites it."""

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
    return Decider(load_knowledge())


def noted(answers: dict[str, Any], **changes: Any) -> set[str]:
    """The notes of a profile with some answers changed."""
    return {n.note.id for n in decider().advise(Profile(answers=answers | changes)).notes}


def cited() -> Iterator[tuple[str, str]]:
    """Every fact with the kind of text that cites it."""
    knowledge = decider().knowledge
    for kind, things in (
        ("question", knowledge.questions.values()),
        ("rule", knowledge.rules.values()),
        ("row", knowledge.rows),
    ):
        for thing in things:
            yield from ((kind, fact) for fact in thing.facts)
    for thing in (*knowledge.notes, *knowledge.entries):
        yield from ((thing.kind, fact) for fact in thing.facts)


def test_every_statement_of_the_fact_sheet_and_of_the_article_is_a_fact() -> None:
    """The proof that every fact is met cannot see a fact that was deleted with all that cites it."""
    wanted = {f"{prefix}-{n:02}" for prefix, numbers in FACTS.items() for n in numbers}
    wanted |= {f"F-CAT-{name}" for name in CATEGORY_FACTS}
    wanted |= {f"VISTA-{id}" for ids in SEED.values() for id in ids.split()}
    assert len(wanted) == 122 + 21 + 47
    knowledge = decider().knowledge
    assert wanted - set(knowledge.facts) - set(knowledge.left_out) == set()
    assert {f"M-{n:02}" for n in range(1, 27)} == {n.id for n in knowledge.notes if n.kind == "mistake"}


@pytest.mark.parametrize("kind", SEED)
def test_a_statement_of_the_article_is_met_where_it_belongs(kind: str) -> None:
    met = {fact for k, fact in cited() if k == kind}
    assert {f"VISTA-{id}" for id in SEED[kind].split()} - met == set()


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
    ("period-soc1-start", PAYROLL, {}, True),
    ("period-soc1-calendar", PAYROLL, {}, True),
    ("period-soc1-mixed", PAYROLL, {"client_year_end": "mixed"}, True),
    ("period-soc1-other", PAYROLL, {"client_year_end": "other_single"}, True),
    ("period-benefit-plans", PAYROLL, {"client_profile": ("benefit_plans",)}, True),
    ("period-bridge", PAYROLL, {"existing_reports": ("soc1_t2",)}, True),
    ("period-bridge", PAYROLL, {"existing_reports": ("soc1_t1",)}, False),
    ("period-bridge", PAYROLL, {}, False),
    ("period-lookback", PAYROLL, {"needed_by": "3_6m"}, True),
    ("period-soc2-short", SAAS, {"controls_age": "3_6m", "needed_by": "3_6m"}, True),
    ("period-soc2-first", SAAS, {}, True),
    ("period-renew", SAAS, {"existing_reports": ("soc2_t2",)}, True),
    ("period-align", BOTH, {}, True),
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
    ("near-iso27001", SAAS, {"client_profile": ("international",)}, True),
    ("near-isae3402", PAYROLL, {"client_profile": ("international",)}, True),
    ("near-isae3402", SAAS, {"client_profile": ("international",)}, False),
    ("near-isae3000", SAAS, {"client_profile": ("international",)}, True),
    ("near-isae3000", PAYROLL, {"client_profile": ("international",)}, False),
    ("near-soc3", SAAS, {"sharing_plans": ("website_public",)}, True),
    ("near-soc3", NOBODY, {"sharing_plans": ("website_public",), "entrusted": ()}, False),
    ("near-nacha", PAYROLL, {}, True),
    ("near-sec-custody", PAYROLL, {"financial_activities": ("custody_trust",)}, True),
    ("near-sec-transfer-agent", PAYROLL, {"financial_activities": ("fund_transfer_agent",)}, True),
    ("near-mortgage", PAYROLL, {"financial_activities": ("loan_servicing",)}, True),
    ("near-ffel", PAYROLL, {"financial_activities": ("loan_servicing",)}, True),
    ("near-agreed-upon-procedures", NOBODY, {"financial_link": ("posts",), "client_check": "approves", "audited_clients": "few"}, True),
    ("near-soc-supply-chain", SAAS, {"other_frameworks": ("supply_chain",)}, True),
    ("near-soc-cybersecurity", SAAS, {"other_frameworks": ("cyber_program",)}, True),
    ("near-ai", SAAS, {"delivery_model": ("api_ai",)}, True),
    ("q2-soc2-unnamed", SAAS, {"asked_by_security": ("unnamed",), "binding": ("unnamed",)}, True),
    ("q2-soc2-expected", SAAS, {"asked_by_security": ("unnamed",), "binding": ("unnamed",)}, False),
    ("q2-soc2-expected", SAAS, {}, True),
    ("q2-soc1-unnamed", PAYROLL, {"asked_by_finance": ("unnamed",), "binding": ("unnamed",)}, True),
    ("q2-both-unnamed", BOTH, {"binding": ("unnamed",)}, True),
    ("step-come-back", NOBODY, {}, True),
    ("step-come-back", SAAS, {}, False),
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
    assert all(r.ask_back.endswith("?") or "?" in r.ask_back for r in rules)
    assert {"step-clarify-soc1", "step-clarify-wait"} <= noted(
        NOBODY, entrusted=(), asked_by_finance=("soc1",), binding=()
    )
    assert {"step-clarify-soc2", "step-clarify-wait"} <= noted(SAAS, entrusted=())


def test_the_three_questions_people_come_with_are_always_answered_once() -> None:
    knowledge = decider().knowledge
    kinds = ("question1", "question2", "question3")
    for profile in (SAAS, PAYROLL, BOTH, NOBODY, OBTAIN):
        for bound in ((), ("soc1",), ("soc2",), ("unnamed",), ("other",), ("soc1", "soc2"), ("soc1", "unnamed")):
            found = noted(profile, binding=bound)
            told = [n.kind for n in knowledge.notes if n.id in found and n.kind in kinds]
            assert sorted(told) == list(kinds), (profile, bound)


def test_nothing_is_required_without_saying_by_whom() -> None:
    for changes in ({"binding": ("soc1",)}, {"binding": ("soc2",)}, {"binding": ("soc1", "soc2")}):
        advice = decider().advise(Profile(answers=BOTH | changes))
        for report in changes["binding"]:
            assert advice.findings[report].leaning == "required"
            assert advice.by_whom[report]


# ---------------------------------------------------------------- words


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the knowledge base that a user may read, with where it stands. Sources keep their own titles."""

    def walk(where: str, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("id", "facts", "sources", "when", "any", "unless", "only", "answers"):
                    yield from walk(f"{where} {value.get('id', '')}".strip(), inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(where, inner)
        elif isinstance(value, str):
            yield where, value

    for path in files("socui.data").iterdir():
        if path.name.endswith(".toml") and path.name != "sources.toml":
            yield from walk(path.name, tomllib.loads(path.read_text("utf-8")))


NOUNS = "or (?:ISAE 3402|SOC)|and a|report|Type|exam|period|matter|description|opinion|counterpart"
ADJECTIVE = rf"\b[Aa]n? SOC [123](?! (?:{NOUNS}))"
REFUSED = {
    r"\bSOC [123]s\b|\bSOC-[123]": "the marks are adjectives, without plural or hyphen",
    ADJECTIVE: "an adjective wants its noun",
    r"\bSOC [123] (?:certifi|complian)": "an attestation",
    r"\b(?:passed|passes|failed) (?:the|a|your) (?:SOC|audit|examination)": "an opinion is not a test result",
    r"\byou (?:do not |don't )?need (?:a|an) SOC\b": "your answers point to",
    r"\bauditors will accept\b": "nobody can say so",
    r"\bseal\b|\bSecurity is required by the AICPA\b": "no such thing",
    r"\b(?:guarantee[sd]?|ensures? that you)\b": "nobody can promise",
    r"\blisted (?:compan|client)": "the facts say public company",
}


def test_no_text_draws_a_practitioners_objection() -> None:
    found = [
        f"{where}: {text!r}: {why}"
        for where, text in texts()
        for pattern, why in REFUSED.items()
        if re.search(pattern, text)
    ]
    assert found == []
    assert re.search(next(iter(REFUSED)), "two SOC 1s")


def test_assurance_is_never_said_of_readiness_or_a_bridge_letter() -> None:
    for where, text in texts():
        if re.search(r"[Bb]ridge letter|[Rr]eadiness", text) and "assurance" in text:
            assert re.search(r"no assurance|for assurance|gives no|not assurance", text), (where, text)


def test_every_abbreviation_has_a_glossary_entry() -> None:
    terms = [e for e in decider().knowledge.entries if e.kind == "term"]
    known = " ".join(f"{e.title} {' '.join(e.also)} {e.says}" for e in terms)
    plain = {"US", "USD", "API", "AI", "IT", "CEO", "ERP", "GDPR", "CCPA", "II"}
    used = set()
    for where, text in texts():
        if where.split()[0] in ("questions.toml", "rules.toml", "hints.toml", "mistakes.toml", "comparison.toml"):
            used |= set(re.findall(r"\b[A-Z]{2,}\b", text))
    assert {w for w in used - plain if not re.search(rf"\b{w}s?\b", known)} == set()


# ---------------------------------------------------------------- sources

STANDARD_SETTERS = {
    "AICPA", "AICPA-CIMA", "AICPA Peer Review Board", "Journal of Accountancy", "PCAOB", "IAASB", "JICPA", "SEC", "FDIC",
    "US bank supervisors", "United States Congress", "US Department of Education, Office of Inspector General", "Nacha",
    "strongdm", "Wiley",
}  # fmt: skip
"""Who writes standards and rules, or whose page gives their text."""


def test_confidence_is_no_higher_than_the_sources_allow() -> None:
    """A standard needs its setter, "firms" two publishers beside this project's own review."""
    knowledge = decider().knowledge
    for fact in knowledge.facts.values():
        publishers = {knowledge.sources[s].publisher for s in fact.sources if s != "PRACTICE"}
        if fact.confidence == "standard":
            assert publishers & STANDARD_SETTERS, fact.id
        elif fact.confidence == "firms":
            assert len(publishers) >= 2, fact.id
        if not publishers:
            assert fact.confidence in ("one", "recalled", "background"), fact.id


def test_the_law_is_denied_only_in_general_and_its_exceptions_stand_among_the_neighbours() -> None:
    for where, text in texts():
        assert not re.search(r"\b[Nn]o (?:law|statute) (?:order|require|ask|demand)", text), (where, text)
    exceptions = {"near-sec-custody", "near-sec-transfer-agent", "near-mortgage", "near-ffel", "near-nacha"}
    assert exceptions <= {n.id for n in decider().knowledge.notes if n.kind == "neighbour"}
