"""Random keys, pastes, clicks and sizes over all screens: no exception, and what is on the disk is what is on the screen.

`python tests/soak.py --keys 1000000` plays as many as one has time for.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from base import WIDTH
from soak import Failure, outcome, shortest
from soak_steps import PASTES, ROADS, Step, drawn

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
    assert [*drawn("of this test", 40_000, 2)] == steps
