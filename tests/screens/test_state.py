"""The state of the workspace, without a screen."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from random import Random

from socui.deciding.decide import Decider
from socui.planning.plan_for import plan_for
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.profiles.store import Store
from socui.profiles.undo import History
from socui.screens.workspace.navigation import Landing
from socui.screens.workspace.state import WorkspaceState

TODAY = date(2026, 11, 23)


def made(store: Store, decider: Decider, profile: Profile | None = None) -> WorkspaceState:
    """The state of a profile that has no file."""
    session = Session(store, decider.knowledge, profile or examples()["fintech-payments"])
    return WorkspaceState(session, decider, lambda: TODAY)


def test_it_needs_no_screen() -> None:
    code = "import sys, socui.screens.workspace.state; sys.exit(any(m.split('.')[0] == 'textual' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_change_is_decided_and_told_once(store: Store, decider: Decider) -> None:
    state, calls = made(store, decider), []
    state.subscribe(lambda: calls.append(state.advice.result))
    before = state.advice
    assert state.change(state.profile.with_answer("role", "obtain")) and calls == ["neither"]
    assert not state.change(state.profile), "the same value is no change"
    assert state.travel(History.undo) == Landing("role") and calls == ["neither", before.result]
    assert state.travel(History.undo) is None, "there is nothing more to take back"
    assert state.session.result == before.result


def test_a_what_if_is_weighed_against_today_and_leaves_it_alone(store: Store, decider: Decider) -> None:
    state = made(store, decider)
    today = state.session.profile
    assert state.begin_what_if() and not state.begin_what_if()
    state.change(state.profile.with_answer("role", "obtain"))
    assert state.moved.changes == 1 and [p.id for p in state.moved.answers if p.differs] == ["role"]
    assert state.session.profile is today and state.session.result != "neither"
    state.drop_what_if()
    assert state.profile is today and state.moved.changes == 0 and state.current is None
    state.begin_what_if()
    state.change(state.profile.with_answer("role", "obtain"))
    assert state.keep_what_if() and state.profile.answers["role"] == "obtain" and state.session.result == "neither"


def test_another_profile_leaves_nothing_of_the_one_before(store: Store, decider: Decider) -> None:
    state, calls = made(store, decider), []
    state.work_out_late()
    state.sought, state.current = "payroll", "role"
    state.turn_why()
    state.subscribe(lambda: calls.append(1))
    state.open(Session(store, decider.knowledge, Profile()))
    assert calls == [1] and (state.sought, state.late, state.why, state.advice.answered) == ("", None, None, 0)
    assert state.starting and state.current is None


def test_the_plan_is_that_of_the_answers_whatever_was_planned_before(store: Store, decider: Decider) -> None:
    """Random answers, back and forth: what is kept between them is never the plan of others."""
    random, state = Random(7), made(store, decider)
    for _ in range(60):
        question = random.choice([*decider.knowledge.questions.values()])
        option = random.choice(question.options).id
        answer = (option,) if question.several else option
        kept = (
            state.profile.with_answer(question.id, answer)
            if random.random() < 0.7
            else state.profile.cleared(question.id)
        )
        state.change(kept)
        assert state.answer.plan == plan_for(decider, state.profile, TODAY)
