"""What has to hold of every plan holds over generated inputs, equals a second judge, and each proof catches a broken planner."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from base import DECIDER
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from planning.generated import KNOWLEDGE, inputs, naive_best, without_steps

from socui.planning import arrange, bands, candidates, choose, extract, proofs
from socui.planning.bands import check_t4
from socui.planning.candidates import Course
from socui.planning.claims import check_t8
from socui.planning.inputs import DatedRequest, Inputs
from socui.planning.made_inputs import made_inputs
from socui.planning.proofs import PLAN_PROOFS, failures_of, outcome_of, prove_plans
from socui.planning.sentences import Sentences

WIDE = os.environ.get("SOCUI_PLAN_EXAMPLES", "")
EXAMPLES = int(WIDE or "60")
"""How many inputs each property is tried on. By default always the same ones, so that a change is told from chance; a wide
run draws new ones."""
MANY = settings(max_examples=EXAMPLES, deadline=None, derandomize=not WIDE, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("proof", PLAN_PROOFS, ids=lambda p: p.__name__)
@MANY
@given(inputs())
def test_it_holds_over_generated_inputs(proof: Callable[[Inputs], Iterator[str]], made: Inputs) -> None:
    assert failures_of(made, [proof]) == []


@MANY
@given(inputs())
def test_every_day_in_a_sentence_is_one_of_the_plan(made: Inputs) -> None:
    assert list(check_t8(made, KNOWLEDGE)) == []


@MANY
@given(inputs())
def test_a_range_of_dates_says_what_its_days_have_in_common(made: Inputs) -> None:
    assert list(check_t4(made, KNOWLEDGE)) == []


@settings(MANY, max_examples=2 * EXAMPLES)
@given(inputs())
def test_the_choice_equals_a_walk_through_all_plans(made: Inputs) -> None:
    one = replace(made, reports=made.reports[:1], asks=tuple(a for a in made.asks if made.reports[0] in a.reports))
    outcome = outcome_of(one)
    naive = naive_best(without_steps(one))
    if outcome.search.chosen and naive:
        chosen = outcome.head[: len(naive)]
        assert chosen <= naive
        assert chosen == naive or len(outcome.search.chosen.chains[0].ends) > 2, (
            "the second judge goes two periods deep"
        )


def test_the_shipped_knowledge_proves_its_plans() -> None:
    assert prove_plans(KNOWLEDGE) == ()


# ------------------------------------------------------------------------- each proof catches a planner broken that way


def broken(proof: Callable[[Inputs], Iterator[str]]) -> list[str]:
    return [text for _, made in made_inputs(KNOWLEDGE) for text in proof(made)]


def test_t1_catches_a_fresh_start_where_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """As bands did: a need far ahead leads to a fresh period, and evidence is thrown away."""
    begin = Course.begin

    def fresh(self: Course, end: date) -> date:
        far = any(a.due and (a.due - self.inputs.today).days > 120 for a in self.asks)
        return max(begin(self, end), self.inputs.today) if far else begin(self, end)

    monkeypatch.setattr(Course, "begin", fresh)
    assert broken(proofs.check_t1)


def test_t2_catches_evidence_that_is_too_good(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = Course.begin

    def fresh(self: Course, end: date) -> date:
        since = self.inputs.since
        old = since is not None and since < date(2026, 5, 20)
        return max(begin(self, end), self.inputs.today) if old else begin(self, end)

    monkeypatch.setattr(Course, "begin", fresh)
    assert broken(proofs.check_t2)


def test_t3_catches_a_type1_that_is_withheld_from_who_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DatedRequest, "takes_type1", property(lambda self: self.type == "type2"))
    monkeypatch.setattr(arrange, "takes_step", lambda ask: ask.type == "type2")
    assert broken(proofs.check_t3)


def test_t3_catches_a_type1_that_is_withheld_where_the_year_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    first = arrange.type1_first
    monkeypatch.setattr(arrange, "type1_first", lambda choice, *rest: first(choice, *rest) if choice.binding else [])
    assert any("would be" in text for text in broken(proofs.check_t3))


@pytest.mark.parametrize("age", ["under_3m", "6_12m"])
def test_t4_catches_an_age_that_is_taken_at_its_far_end(monkeypatch: pytest.MonkeyPatch, age: str) -> None:
    monkeypatch.setitem(extract.AGES, age, bands.AGE_SPANS[age][1])
    assert any(age in text for text in bands.check_bands(DECIDER))


def test_t4_catches_a_range_that_is_held_against_its_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extract._BANDS, "3_6m", (3, 3))
    assert any("3_6m" in text for text in bands.check_bands(DECIDER))


def test_t4_catches_a_range_whose_first_day_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sentences, "_band", lambda *_: iter(()))
    assert [text for _, made in made_inputs(KNOWLEDGE) for text in check_t4(made, KNOWLEDGE)]


def test_t5_catches_a_choice_by_the_last_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = arrange.pairs
    monkeypatch.setattr(arrange, "pairs", lambda choices: pairs(choices)[::-1])
    assert broken(proofs.check_t5)


def test_t6_catches_a_period_before_the_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = Course.begin
    monkeypatch.setattr(Course, "begin", lambda self, end: begin(self, end) - timedelta(31))
    assert broken(proofs.check_t6)


def test_t6_catches_a_gap_after_the_last_period(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Course, "begin", lambda self, _: max(self.evidence, self.inputs.today))
    assert broken(proofs.check_t6)


def test_where_nothing_is_planned_the_proofs_say_so_and_do_not_break(monkeypatch: pytest.MonkeyPatch) -> None:
    """A period that is always too long is no candidate: no plan is left, and what T1 compares gets worse."""
    monkeypatch.setattr(arrange, "pairs", lambda _: [])
    (_, made), *_ = made_inputs(KNOWLEDGE)
    assert outcome_of(made).fares == ((4, 0),)
    assert any("check_t3" in text for text in failures_of(made))
    monkeypatch.undo()
    pairs = arrange.pairs
    late = made.asks[0].due
    monkeypatch.setattr(
        arrange, "pairs", lambda choices: pairs(choices) if choices[0].inputs.asks[0].due == late else []
    )
    assert list(proofs.check_t1(made))


def test_t7_catches_that_one_alone_is_served_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = choose.pairs

    def worst(choices: list[choose.ReportChoice]) -> list[choose.ChainPair]:
        in_order = pairs(choices)
        return in_order[::-1] if choices and len(choices[0].inputs.asks) == 1 else in_order

    monkeypatch.setattr(arrange, "pairs", worst)
    assert broken(proofs.check_t7)


def test_t8_catches_a_date_of_its_own_in_a_text() -> None:
    first = KNOWLEDGE.messages["who-tight"]
    messages = {
        **KNOWLEDGE.messages,
        "who-tight": replace(first, says=first.says + " April is early enough: 1 Apr 2031."),
    }
    spoiled = replace(KNOWLEDGE, messages=messages)
    assert [t for _, made in made_inputs(KNOWLEDGE) for t in check_t8(made, spoiled)]


def test_t9_catches_a_leap_of_months(monkeypatch: pytest.MonkeyPatch) -> None:
    work_out = Course._work_out

    def leaping(self: Course, end: date, later: bool) -> candidates.InHand:
        hand = work_out(self, end, later)
        if self.inputs.today.day % 2 == 0 or any(a.due for a in self.asks):
            return hand
        return candidates.InHand(*(day + timedelta(300) for day in (hand.low, hand.typical, hand.high)))

    monkeypatch.setattr(Course, "_work_out", leaping)
    undated = [replace(made, asks=tuple(replace(a, due=None) for a in made.asks)) for _, made in made_inputs(KNOWLEDGE)]
    assert [text for made in undated for text in proofs.check_t9(replace(made, today=date(2026, 11, 19)))]
