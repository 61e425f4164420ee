"""The proofs: the shipped base is clean, and each proof catches a base broken in its own way."""

from __future__ import annotations

from random import Random

import pytest
from base import KNOWLEDGE
from msgspec.structs import replace

from socui.cli.check import outcomes, profiles_to_try
from socui.deciding.presumptions import Leaning
from socui.deciding.proofs import prove
from socui.deciding.random_profile import random_profile
from socui.knowledge.conditions import Condition
from socui.knowledge.model import Knowledge, Presumption, Question, Rule, Value
from socui.knowledge.sources import Fact
from socui.knowledge.texts import VersionChange

ANY = KNOWLEDGE.rules["soc2-entrusted"]


def test_shipped_base_is_clean() -> None:
    """What is shipped holds every proof."""
    assert prove(KNOWLEDGE) == ()


def with_rule(rule: Rule) -> Knowledge:
    """The base with one more rule."""
    return replace(KNOWLEDGE, rules={**KNOWLEDGE.rules, rule.id: rule})


def with_question(question: Question) -> Knowledge:
    """The base with one question changed or added."""
    return replace(KNOWLEDGE, questions={**KNOWLEDGE.questions, question.id: question})


def never() -> Knowledge:
    condition = Condition(when={"role": ("provide",)}, unless={"role": ("provide",)})
    return with_rule(replace(ANY, id="broken", condition=condition))


def shadowed() -> Knowledge:
    condition = Condition(when={"soc2_fits": ("true",), "soc2_asked": ("true",)}, unless={"ask_weight": ("little",)})
    return with_rule(replace(ANY, id="broken", condition=condition))


def contradiction() -> Knowledge:
    condition = Condition(when={"controls_age": ("not_in_place",)})
    return with_rule(replace(KNOWLEDGE.rules["type-straight/type_soc2"], id="broken", condition=condition))


def two_presumptions() -> Knowledge:
    broken = Presumption(
        "broken", "delivery_model", ("physical_goods",), Condition(when={"entrusted": ("health",)}), "x", ("F-NO-01",)
    )
    return replace(KNOWLEDGE, presumptions=(*KNOWLEDGE.presumptions, broken))


def unreachable() -> Knowledge:
    order = KNOWLEDGE.results["order"]
    values = (*order.values, Value("broken", "x", "x", ("F-BO-08",)))
    return replace(KNOWLEDGE, results={**KNOWLEDGE.results, "order": replace(order, values=values)})


def idle_question() -> Knowledge:
    return with_question(replace(KNOWLEDGE.questions["service_changes"], id="broken"))


def twins() -> Knowledge:
    question = KNOWLEDGE.questions["availability_promise"]
    twins = (replace(question.options[0], id="broken"), replace(question.options[0], id="broken2"))
    return with_question(replace(question, options=(*question.options, *twins)))


def weakening() -> Knowledge:
    question = KNOWLEDGE.questions["client_check"]
    options = tuple(replace(o, pulls={"soc1": "trigger"}) if o.id == "reconciles" else o for o in question.options)
    return with_question(replace(question, options=options))


def undeclared() -> Knowledge:
    question = KNOWLEDGE.questions["audited_clients"]
    return with_question(replace(question, options=tuple(replace(o, pulls={}) for o in question.options)))


def looks_ahead() -> Knowledge:
    condition = Condition(when={"service_changes": ("migration",)})
    return with_question(replace(KNOWLEDGE.questions["layer"], ask_when=condition))


def without_fact() -> Knowledge:
    return with_rule(replace(ANY, facts=()))


def without_source() -> Knowledge:
    fact = ANY.facts[0]
    return replace(KNOWLEDGE, facts={**KNOWLEDGE.facts, fact: replace(KNOWLEDGE.facts[fact], sources=())})


def article_alone() -> Knowledge:
    article = next(f.id for f in KNOWLEDGE.facts.values() if f.id.startswith("VISTA-"))
    return with_rule(replace(ANY, facts=(article,)))


def lost_question() -> Knowledge:
    return replace(KNOWLEDGE, changes=(*KNOWLEDGE.changes, VersionChange("2027.1", "x", confirm=("broken",))))


def unmet_fact() -> Knowledge:
    fact = Fact("F-BROKEN", "x", ("VISTA",), "one")
    return replace(KNOWLEDGE, facts={**KNOWLEDGE.facts, fact.id: fact})


@pytest.mark.parametrize(
    ("proof", "broken"),
    [
        ("P1 [broken]", never()),
        ("P2 [broken]", shadowed()),
        ("P3 [", contradiction()),
        ("P3 [", two_presumptions()),
        ("P4 [order]", unreachable()),
        ("P5 [broken]", idle_question()),
        ("P6 [availability_promise]", twins()),
        ("P7 [client_check]", weakening()),
        ("P7 [audited_clients]", undeclared()),
        ("P8 [layer]", looks_ahead()),
        ("P9 [soc2-entrusted]", without_fact()),
        ("P14 [", without_source()),
        ("P14 [soc2-entrusted]", article_alone()),
        ("P12 [2027.1]", lost_question()),
        ("P13 [F-BROKEN]", unmet_fact()),
    ],
)
def test_each_proof_catches_its_fault(proof: str, broken: Knowledge) -> None:
    """A base broken in one way fails the proof that is meant to see it."""
    failures = prove(broken, only=proof.split()[:1])
    assert any(f.startswith(proof) for f in failures), failures


def test_an_excepted_failure_needs_its_reason() -> None:
    """Without the exception in the data the constant is reported."""
    assert any(f.startswith("P4 [security]") for f in prove(replace(KNOWLEDGE, exceptions={}), only=["P4"]))


def test_seed_article_is_covered() -> None:
    """Every statement of the article that the app was built from is a fact of the base; P13 proves that it is met."""
    counts = {"S1": 4, "S2": 7, "S3": 9, "S4": 4, "S5": 7, "S6": 2, "S7": 4, "S8": 3, "S9": 6, "S10": 1}
    expected = {f"VISTA-{s}-{i}" for s, n in counts.items() for i in range(1, n + 1)}
    assert expected <= KNOWLEDGE.facts.keys()


def test_outcomes_tell_which_results_change() -> None:
    """Without the rule that decides it, the example's result changes and `socui check --against` says so."""
    kept = {id: r for id, r in KNOWLEDGE.rules.items() if r.result != "soc1" or r.value not in ("required", "expected")}
    changed = ("example fintech-payments", "answer financial_activities=payroll", "case T01")
    tried = {name: p for name, p in profiles_to_try(KNOWLEDGE).items() if name in (*changed, "case T03", "case T04")}
    lines = outcomes(KNOWLEDGE, replace(KNOWLEDGE, rules=kept), tried)
    assert sorted(line.partition(":")[0] for line in lines) == sorted(f"! {name}" for name in changed)
    assert "! case T01: both, leaning both -> " in "\n".join(lines)
    assert outcomes(KNOWLEDGE, KNOWLEDGE, tried) == ()


def test_a_leaning_that_ignores_answers_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """P10: a completion that does not agree with what was answered leans to the impossible."""
    real = Leaning.fill
    monkeypatch.setattr(Leaning, "fill", lambda self, _given: real(self, {}))
    assert any(f.startswith("P10 [") for f in prove(KNOWLEDGE, only=["P10"]))


def test_an_added_option_or_question_shifts_no_seeded_sample() -> None:
    """Every other answer of a sample stays, so that no test fails for an option that does not concern it."""
    asked = KNOWLEDGE.questions["audited_clients"]
    more = with_question(replace(asked, options=(*asked.options, replace(asked.options[0], id="more"))))
    first = replace(KNOWLEDGE, questions={"zero": replace(asked, id="zero"), **more.questions})
    one, other = Random(4), Random(4)
    for _ in range(30):
        before, after = random_profile(KNOWLEDGE, one, 0.7), random_profile(first, other, 0.7)
        kept = {q: a for q, a in after.answers.items() if q not in ("zero", "audited_clients")}
        assert kept == {q: a for q, a in before.answers.items() if q != "audited_clients"}
        assert after.begun == before.begun
        assert after.answers.get("audited_clients") in ("more", before.answers.get("audited_clients"))
