"""kill -9 in an interview, again and again: what is unreadable, what is left over, how much of what was typed is lost.

`python tests/kills.py --trials 100 --seed 7`. Half of the profiles have a name, half are drafts. Each trial ticks answers of one
question in an order in which no set of ticks comes twice, so that the file tells which key was the last that it has. A key is
typed once the one before is seen on the screen; the time lost is that from when the first key was seen that the file has not, to
the kill. Exit status 1 where something is unreadable.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ["PYTHONPATH"] = str(ROOT)

from terminal import Terminal  # noqa: E402

from socui.knowledge.load import load_knowledge  # noqa: E402
from socui.profiles.profile import Profile  # noqa: E402
from socui.profiles.profile_toml import from_bytes  # noqa: E402
from socui.profiles.store import Store  # noqa: E402

QUESTION, WORDS, TICKS = "entrusted", "theirs is in your hands", 9


class Trial(NamedTuple):
    """What a kill left. `lost` is in seconds; `problem` says what could not be read."""

    lost: float
    keys_lost: int
    leftovers: int
    problem: str


def gray_keys(count: int) -> list[int]:
    """The tick that changes at each step of a Gray code: the sets that come of them are all different."""
    return [(step & -step).bit_length() for step in range(1, count + 1)]


def ticked(keys: list[int]) -> frozenset[int]:
    """What is ticked after these keys."""
    return frozenset(key for key in set(keys) if keys.count(key) % 2)


def trial(folder: Path, dice: random.Random, named: bool) -> Trial:
    """Start, type, kill, and look."""
    (folder / "socui").mkdir(parents=True)
    (folder / "socui" / "state.toml").write_text("welcomed = true\n")
    store = Store(folder / "socui" / "profiles", folder / "socui" / "drafts")
    if named:
        store.create(Profile(name="Killed"))
    env = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    t = Terminal(*(["Killed"] if named else []), env=env, columns=160, rows=90)
    t.wait_for("of \\d+ answered")
    t.type("/")
    t.wait_for("words of the question")
    t.type(WORDS)
    t.wait_for("1 of \\d+ questions? +Esc")
    t.type("enter")
    t.wait_for("9 □ ")
    begun, length = time.monotonic(), dice.uniform(0.3, 3.5)
    keys, times = gray_keys(2**TICKS - 1), list[float]()
    while time.monotonic() - begun < length and len(times) < len(keys):
        key = keys[len(times)]
        box = f"{key} {'■' if key in ticked(keys[: len(times) + 1]) else '□'} "
        t.type(str(key))
        t.wait_for(box)
        times.append(time.monotonic())
    t.signal(signal.SIGKILL)
    killed = time.monotonic()
    t.wait()
    files = [*store.root.glob("*.toml"), *store.drafts.folder.glob("*.toml")]
    leftovers = len([*folder.rglob("*.tmp")])
    order = [o.id for o in load_knowledge().questions[QUESTION].options][:TICKS]
    try:
        kept = [from_bytes(p.read_bytes(), "socui-profile" if named else "socui-draft").profile for p in files]
    except Exception as error:  # whatever reading raises is what this looks for
        return Trial(killed - begun, len(times), leftovers, repr(error))
    answers = {frozenset(order.index(a) + 1 for a in p.answers.get(QUESTION, ()) if a in order) for p in kept}
    at = next((n for n in range(len(times), 0, -1) if ticked(keys[:n]) in answers), 0)
    if at == 0 and any(answers - {frozenset()}):
        return Trial(killed - begun, len(times), leftovers, f"never typed: {answers}")
    return Trial(killed - times[at] if at < len(times) else 0.0, len(times) - at, leftovers, "")


def main() -> int:
    """Run the trials and say what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args()
    dice, trials = random.Random(args.seed), list[Trial]()
    for number in range(args.trials):
        with tempfile.TemporaryDirectory(prefix="kills-") as name:
            trials.append(trial(Path(name) / "config", dice, number % 2 == 0))
            print(f"{number}: {trials[-1]}", file=sys.stderr, flush=True)
    problems = [t.problem for t in trials if t.problem]
    lost = sorted(t.lost for t in trials)
    print(f"seed {args.seed}: {len(trials)} kills, {len(problems)} unreadable, {sum(t.leftovers for t in trials)} leftovers; lost "
          f"{lost[len(lost) // 2]:.2f} s in the middle, at most {lost[-1]:.2f} s and {max(t.keys_lost for t in trials)} keys")  # fmt: skip
    print(*problems, sep="\n", end="")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
