"""Fit to the world: worked cases give exactly their verdicts, labelled organizations agree."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from base import DECIDER, WIDTH
from msgspec.structs import replace

from socui.cli.main import main
from socui.data import FOLDER
from socui.deciding.case_results import case_failures
from socui.deciding.decide import Decider
from socui.deciding.proofs import prove
from socui.errors import KnowledgeError
from socui.profiles.cases import worked_cases
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
    return DECIDER


def answering(case: Any, question: str, answer: Any) -> Any:
    """A case with one answer changed, or taken away."""
    answers = {**case.profile.answers, question: answer}
    kept = {q: a for q, a in answers.items() if a is not None}
    return replace(case, profile=replace(case.profile, answers=kept))


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


@pytest.mark.parametrize("case", WORKED, ids=lambda c: c.id)
def test_worked_case(case: Any) -> None:
    assert case_failures(decider(), [case]) == ()


T01 = WORKED[0]


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (replace(T01, expect={**T01.expect, "headline": "soc2"}), "expected headline = soc2, got both."),
        (replace(T01, expect={**T01.expect, "soc1": "consider"}), "expected soc1 = consider, got expected."),
        (replace(T01, expect={**T01.expect, "soc2": "clarify"}), "but a clarification of it is not spoken."),
        (replace(T01, findings={"order": "soc1_first"}), "expected order = soc1_first, got soc2_first."),
        (replace(T01, findings={"ordre": "soc1_first"}), "nothing is concluded on `ordre`. Did you mean order?"),
        (
            replace(T01, open=True, possible=("both", "soc1"), leaning="both"),
            "expected possible = both/soc1, got both.",
        ),
        (replace(T01, open=True, possible=("both",), leaning="soc1"), "expected leaning = soc1, got both."),
        (answering(T01, "role", "provides"), "role has no answer `provides`. Did you mean provide?"),
        (answering(T01, "rolle", "provide"), "no question `rolle`. Did you mean role?"),
        (answering(T01, "role", ("provide",)), "role takes one answer."),
        (answering(T01, "layer", ("facility",)), "answers layer, which does not apply after its other answers."),
        (answering(T01, "financial_link", None), "does not answer financial_link, which applies."),
    ],
)
def test_a_worked_case_with_another_result_is_a_fault_with_its_line(broken: Any, line: str) -> None:
    failures = case_failures(decider(), [broken])
    assert any(f.startswith(f"cases.toml:{T01.line}: [T01] ") and line in f for f in failures), failures


def test_check_fails_where_the_file_expects_another_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says nothing else: the proofs of rules and plans, which look at no expected result, are tested by themselves."""
    monkeypatch.setattr("socui.deciding.proofs.prove", lambda *_: ())
    monkeypatch.setattr("socui.planning.proofs.prove_plans", lambda _: ())
    folder = tmp_path / "data"
    copytree(FOLDER, folder)
    text = (folder / "cases.toml").read_text("utf-8")
    (folder / "cases.toml").write_text(text.replace('headline = "both"', 'headline = "neither"', 1), "utf-8")
    assert main(["check", str(folder)]) == 1
    line = text[: text.index('headline = "both"')].count("[[case]]") - 1
    begins = [n for n, row in enumerate(text.splitlines(), 1) if row == "[[case]]"][line]
    err = capsys.readouterr().err
    assert err.startswith(f"cases.toml:{begins}: [T01] expected headline = neither, got both.")
    assert err.count("\n") == 1


def test_a_file_of_cases_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "cases.toml").write_text(
        '[[case]]\nid = "A"\ntitle = "x"\nanswer = {}\n[[case]]\nid = "B"\ntitle = "y"\nanswers = {}\n'
        'expect = { soc1 = "expect", soc2 = "required", headline = "both" }\n'
    )
    with pytest.raises(KnowledgeError) as error:
        worked_cases(tmp_path)
    text = "\n".join(error.value.faults)
    for line in (
        "cases.toml:1: [A] `answers` is missing",
        "cases.toml:1: [A] `expect` is missing",
        "cases.toml:4: [A] unknown key `answer`. Did you mean answers?",
        "cases.toml:9: [B] `soc1` cannot be 'expect'. Did you mean expected?",
    ):
        assert line in text, text


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
    leanings = [decider().leaning_headline(decider().decided(w.profile, agreement.TODAY).lean) for w in less]
    lost = [w.id for w, leaning in zip(less, leanings, strict=True) if leaning not in w.fair]
    assert len(lost) <= 0.1 * len(less), lost


@pytest.mark.parametrize("choose", [agreement.authored, agreement.most_deciding], ids=["authored", "most_deciding"])
def test_an_interview_settles_the_headline_with_fewer_questions(choose: Any) -> None:
    complete = [c for c in WORKED if not c.open][:: max(4 // WIDTH, 1)]
    counts = [agreement.questions_until_settled(decider(), c, choose) for c in complete]
    every = [agreement.headline_questions(decider().knowledge, c) for c in complete]
    assert all(n <= e for n, e in zip(counts, every, strict=True))
    assert sum(counts) < sum(every)


def test_every_rule_decides_a_worked_case() -> None:
    """P11, and the proof sees it where a rule has no case."""
    knowledge = decider().knowledge
    cases = [c.profile for c in WORKED] + list(examples().values())
    assert prove(knowledge, cases, only=["P11"]) == ()
    assert any(f.startswith("P11 [soc1-bound]") for f in prove(knowledge, cases[:1], only=["P11"]))
