"""What a practitioner would check of the texts: every statement carried, every word in its place, sources as said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from socui.knowledge.load import load_knowledge
from socui.knowledge.model import Knowledge

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


@cache
def base() -> Knowledge:
    return load_knowledge()


def cited() -> Iterator[tuple[str, str]]:
    """Every fact with the kind of text that cites it."""
    knowledge = base()
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
    knowledge = base()
    assert wanted - set(knowledge.facts) - set(knowledge.left_out) == set()
    assert {f"M-{n:02}" for n in range(1, 28)} == {n.id for n in knowledge.notes if n.kind == "mistake"}


@pytest.mark.parametrize("kind", SEED)
def test_a_statement_of_the_article_is_met_where_it_belongs(kind: str) -> None:
    met = {fact for k, fact in cited() if k == kind}
    assert {f"VISTA-{id}" for id in SEED[kind].split()} - met == set()


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
        if path.name.endswith(".toml") and path.name not in ("sources.toml", "phrases.toml", "synonyms.toml"):
            yield from walk(path.name, tomllib.loads(path.read_text("utf-8")))


NOUNS = "or (?:ISAE 3402|SOC)|and a|report|Type|exam|period|matter|description|opinion|counterpart"
ADJECTIVE = rf"\b[Aa]n? SOC [123](?!®? (?:{NOUNS}))"
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
    objections = [
        f"{where}: {text!r}: {why}"
        for where, text in texts()
        for pattern, why in REFUSED.items()
        if re.search(pattern, text)
    ]
    assert objections == []
    assert re.search(next(iter(REFUSED)), "two SOC 1s")


def test_assurance_is_never_said_of_readiness_or_a_bridge_letter() -> None:
    for where, text in texts():
        if re.search(r"[Bb]ridge letter|[Rr]eadiness", text) and "assurance" in text:
            assert re.search(r"no assurance|for assurance|gives no|not assurance", text), (where, text)


def test_every_abbreviation_has_a_glossary_entry() -> None:
    terms = [e for e in base().entries if e.kind == "term"]
    glossary = " ".join(f"{e.title} {' '.join(e.also)} {e.says}" for e in terms)
    plain = {"US", "USD", "API", "AI", "IT", "CEO", "CFO", "ERP", "GDPR", "CCPA", "II", "IV", "EU", "UK", "CFR"}
    used = set()
    for where, text in texts():
        if where.split()[0] not in ("facts.toml", "own.toml", "cases.toml", "history.toml"):
            used |= set(re.findall(r"\b[A-Z][A-Z0-9]+\b", text))
    used -= {w for w in used if re.fullmatch(r"CC\d|[A-Z]\d\.\d", w)}
    assert {w for w in used - plain if not re.search(rf"\b{w}s?\b", glossary)} == set()


STUMBLED_OVER = (
    "look-back", "as of", "fieldwork", "engagement letter", "penetration test", "trust center", "C5", "bridge letter",
    "carve-out", "subservice organization", "user entity", "control objective", "assertion", "readiness assessment", "ITGC",
    "SSAE 18", "SAS 70", "ERISA", "ACH", "Title IV", "questionnaire", "exception", "period", "Type I", "settled", "consider",
)  # fmt: skip


@pytest.mark.parametrize("word", STUMBLED_OVER)
def test_a_word_that_users_stumble_over_has_its_explanation(word: str) -> None:
    terms = [e for e in base().entries if e.kind == "term"]
    assert any(word.lower() in f"{e.title} {' '.join(e.also)}".lower() for e in terms)


# ---------------------------------------------------------------- sources


def test_the_law_is_denied_only_in_general_and_its_exceptions_stand_among_the_neighbours() -> None:
    for where, text in texts():
        assert not re.search(r"\b[Nn]o (?:law|statute) (?:order|require|ask|demand)", text), (where, text)
    exceptions = {"near-sec-custody", "near-sec-transfer-agent", "near-mortgage", "near-title-iv", "near-nacha"}
    assert exceptions <= {n.id for n in base().notes if n.kind == "neighbour"}
