"""Random keys, pastes, clicks and sizes over all screens: no exception, and what is on the disk is what is on the screen.

`python tests/soak.py --keys 1000000` plays as many as one has time for.
"""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from base import WIDTH
from conftest import ROOT
from soak import Failure, outcome, shortest
from soak_steps import PASTES, ROADS, TYPED_INTO, Step, drawn

from socui.app import SocuiApp
from socui.deciding.decide import Decider

KEYS = 300 * WIDTH


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a round sets is put back."""
    for name in ("HOME", "XDG_CONFIG_HOME", "SSH_CONNECTION"):
        monkeypatch.setenv(name, "")


def told(failure: Failure | None) -> str:
    return "" if failure is None else failure.text


@pytest.mark.parametrize("seed", range(4))
def test_no_keys_break_it(decider: Decider, seed: int) -> None:
    instances = 1 if seed % 3 else 2
    again = f"python tests/soak.py --seed {seed} finds the shortest sequence"
    assert told(outcome([*drawn(f"{seed}.0", KEYS, instances)], decider)) == "", again


class Broken(SocuiApp):
    """Help ends it."""

    def action_keys(self) -> None:
        raise LookupError("no help")


class Forgetful(SocuiApp):
    """What is pasted is seen, and gone when it is saved."""

    def action_reference(self) -> None:
        session = self.workspace.session
        session._kept = session.profile
        session.write = lambda: None  # type: ignore[method-assign]


def test_it_finds_what_breaks(decider: Decider) -> None:
    ending, losing = [Step(0, "keys", ("1", "question_mark", "2"))], [Step(0, "keys", ("f", "n", "1", "n", "1"))]
    assert outcome(ending, decider) is None
    broken, lost = outcome(ending, decider, Broken), outcome(losing, decider, Forgetful)
    assert broken and broken.place == "LookupError in test_soak.py:action_keys"
    assert lost and lost.place.startswith("AssertionError in soak.py:")


def test_an_app_that_has_ended_takes_no_room(decider: Decider) -> None:
    apps: list[weakref.ref[SocuiApp]] = []

    def made(*about: object, **more: object) -> SocuiApp:
        app = SocuiApp(*about, **more)  # type: ignore[arg-type]
        apps.append(weakref.ref(app))
        return app

    steps = [Step(0, "keys", ("1", "n", *road, "escape")) for road in ROADS.values()]
    assert outcome([*steps, Step(1, "keys", ("1",))], decider, made) is None  # type: ignore[arg-type]
    assert len(apps) > 1 and [app() for app in apps if app() is not None] == []


PROGRAM = """
import sys, soak
from soak_steps import Step
class Told(Exception): pass
def outcome(steps, decider):
    at = [(s.kind, key) for s in steps for key in s.what if s.kind == "keys"]
    return soak.Failure(Told("told")) if ("keys", "G") in at else None
soak.Failure.__init__ = lambda self, error: self.__dict__.update(place="Told in it", text="what broke")
soak.outcome = outcome
sys.exit(soak.main())
"""


def test_one_command_tells_the_seed_and_the_shortest_sequence(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--keys", "3000", "--seed", "7", "--jobs", "2"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = run.stdout.splitlines()
    assert (run.returncode, lines[0]) == (1, "seed 7"), run.stderr
    assert lines.count("the shortest that breaks it:") == 1  # one kind is told once
    assert lines[lines.index("the shortest that breaks it:") + 1] == "  keys G"
    pressed, kinds = lines[-1].split(" keys, ")
    assert int(pressed) >= 3000 and kinds == "1 kinds of fault"


@pytest.mark.parametrize("keys", [("K1",), ("K1", "K2"), ("K2", "K1", "K2")])
def test_it_names_the_shortest_sequence_that_breaks(keys: tuple[str, ...]) -> None:
    drawn_steps = [*drawn("of this test", 3000, 2)]
    steps = [*drawn_steps[:60], Step(1, "keys", ("x", *keys, "y")), *drawn_steps[60:], Step(0, "paste", ("here",))]

    def breaks(steps: Sequence[Step]) -> bool:
        pasted = any(s.what == ("here",) for s in steps)
        return pasted and any(s.who and " ".join(keys) in " ".join(map(str, s.what)) for s in steps)

    *_, first, last = shortest(steps, breaks)
    assert (first.what, last.what) == (keys, ("here",)) and len(shortest(steps, breaks)) == 2


def test_every_road_every_paste_and_a_mouse_are_drawn() -> None:
    steps = [*drawn("of this test", 40_000, 2)]
    assert {s.what for s in steps if s.kind == "keys"} >= {*ROADS.values()}
    assert {s.what[0] for s in steps if s.kind == "paste"} == {*PASTES}
    assert {s.kind for s in steps} >= {"click", "double", "right", "drag", "wheel", "resize", "settle"}
    assert {s.who for s in steps} == {0, 1}
    pasted = {step.what for step, then in pairwise(steps) if then.kind == "paste"}
    assert pasted >= {*TYPED_INTO}
    assert [*drawn("of this test", 40_000, 2)] == steps
