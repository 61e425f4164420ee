"""Fit to the world: worked cases give exactly their verdicts, labelled organizations agree."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from socui.deciding.decide import Decider
from socui.deciding.proofs import prove
from socui.knowledge.load import load_knowledge
from socui.profiles.examples import examples


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("socui_agreement", Path(__file__).parents[1] / "agreement.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


agreement = _load()
WORKED = agreement.worked()
ORGANIZATIONS = agreement.organizations()
INVENTED = agreement.invented()
UNSEEN = agreement.unseen()


@cache
def decider() -> Decider:
    return Decider(load_knowledge())


def test_every_answer_exists() -> None:
    questions = decider().knowledge.questions
    for case in (*WORKED, *ORGANIZATIONS, *agreement.second_reading(), *INVENTED, *(u.organization for u in UNSEEN)):
        for name, answer in case.profile.answers.items():
            question = questions[name]
            assert question.several != isinstance(answer, str), (case.id, name)
            for option in (answer,) if isinstance(answer, str) else answer:
                assert question.option(option) is not None, (case.id, name, option)
    assert len({c.id for c in WORKED}) == len(WORKED)
    assert len({c.id for c in ORGANIZATIONS}) == len(ORGANIZATIONS) == 68


@pytest.mark.parametrize("case", [c for c in WORKED if not c.open], ids=lambda c: c.id)
def test_worked_case(case: Any) -> None:
    advice = decider().advise(case.profile, agreement.TODAY)
    for name, state in advice.states.items():
        if state.question.section in ("use", "asks"):
            assert (state.state == "inapplicable") == (name not in case.profile.answers), (name, state.state)
    assert advice.possible == (case.expect["headline"],)
    for report in ("soc1", "soc2"):
        assert advice.findings[report].possible == (case.expect[report],), report
    clarified = {r.rule.result for r in advice.clarify}
    assert clarified == {report for report in ("soc1", "soc2") if case.expect[report] == "clarify"}
    for name, value in case.findings.items():
        assert advice.findings[name].leaning == value, name


@pytest.mark.parametrize("case", [c for c in WORKED if c.open], ids=lambda c: c.id)
def test_open_case(case: Any) -> None:
    advice = decider().advise(case.profile, agreement.TODAY)
    assert advice.possible == case.possible
    assert advice.leaning == case.leaning


@pytest.mark.parametrize("case", ORGANIZATIONS, ids=lambda c: c.id)
def test_organization(case: Any) -> None:
    advice = decider().advise(case.profile, agreement.TODAY)
    assert advice.leaning in case.fair
    if not case.also:
        assert case.expected in advice.possible


@pytest.mark.parametrize("case", agreement.second_reading(), ids=lambda c: c.id)
def test_the_second_reading_agrees_where_the_label_is_uncontested(case: Any) -> None:
    """A reader who ticks other words for the same facts gets a defensible result too."""
    advice = decider().advise(case.profile, agreement.TODAY)
    if not case.also:
        assert advice.leaning in case.fair
        assert case.expected in advice.possible


@pytest.mark.parametrize("case", INVENTED, ids=lambda c: c.id)
def test_invented_organization(case: Any) -> None:
    knowledge = decider().knowledge
    advice = decider().advise(case.profile, agreement.TODAY)
    assert advice.possible == (case.expect["headline"],)
    for report in ("soc1", "soc2"):
        assert advice.findings[report].leaning == case.expect[report], report
    for name, value in case.findings.items():
        assert advice.findings[name].leaning == value, name
    assert set(case.notes) <= {n.note.id for n in advice.notes}
    assert case.facts and set(case.facts) <= set(knowledge.facts)


@pytest.mark.parametrize("case", UNSEEN, ids=lambda c: c.organization.id)
def test_an_organization_that_no_rule_was_written_for(case: Any) -> None:
    """The headline is one that the verdicts, written before any result, leave room for."""
    advice = decider().advise(case.organization.profile, agreement.TODAY)
    assert advice.leaning in case.organization.fair
    for report, verdict in case.reports.items():
        if verdict in ("yes", "ask"):
            assert advice.findings[report].leaning in agreement.SAID[verdict], report


def test_one_answer_taken_away_seldom_makes_the_leaning_indefensible() -> None:
    less = [w for o in ORGANIZATIONS for w in agreement.weakened(o)]
    lost = [w.id for w in less if decider().advise(w.profile, agreement.TODAY).leaning not in w.fair]
    assert len(lost) <= 0.1 * len(less), lost


@pytest.mark.parametrize("choose", [agreement.authored, agreement.most_deciding], ids=["authored", "most_deciding"])
def test_an_interview_settles_the_headline_with_fewer_questions(choose: Any) -> None:
    complete = [c for c in WORKED if not c.open]
    counts = [agreement.questions_until_settled(decider(), c, choose) for c in complete]
    every = [agreement.headline_questions(decider().knowledge, c) for c in complete]
    assert all(n <= e for n, e in zip(counts, every, strict=True))
    assert sum(counts) < sum(every)


def test_every_rule_decides_a_worked_case() -> None:
    """P11, and the proof sees it where a rule has no case."""
    knowledge = decider().knowledge
    cases = [c.profile for c in WORKED] + list(examples().values())
    assert [f for f in prove(knowledge, cases) if f.startswith("P11")] == []
    assert any(f.startswith("P11 [soc1-bound]") for f in prove(knowledge, cases[:1]))
