"""`python tests/bench/run.py`: the figures of README.md beside it. It reports ratios and never fails a build by a time.

Each ratio is that of a pair, socui and the bare app one right after the other, the order turned at every pair; the table
gives the least, the median and the greatest. Machines differ, ratios hardly do. `--growth` measures how times grow.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from growth import Growth

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from program import Program, run  # noqa: E402

PYTHON = sys.executable
SOCUI = str(Path(PYTHON).parent / "socui")
BARE = (PYTHON, str(HERE / "bare.py"))
THREE = (PYTHON, str(HERE / "three.py"))
MANY = (PYTHON, str(HERE / "many.py"), "10000")
READY = {
    BARE: ("READY",),
    THREE: ("option 20", "controls financial", "text 0"),
    MANY: ("READY",),
}
WORKSPACE = ("▾ ", "Purpose", "In time", "q quit")
KEYS = 25
"""Answers given in one process; three moves of the cursor before each."""
PAUSE = 0.35
"""Seconds without output before an answer: a person reads. What is worked out meanwhile is there by then."""


class Pair(NamedTuple):
    """One measure of ours and one of what it is compared with, in the same unit."""

    ours: float
    theirs: float


@dataclass(frozen=True)
class Figure:
    """A line of the table. `unit` where `values` are no ratios."""

    what: str
    target: str
    values: tuple[float, ...]
    unit: str = ""

    def row(self) -> str:
        """The line as Markdown."""
        low, middle, high = (
            f"{v:,.0f}" if v >= 1000 else f"{v:.2f}" for v in (min(self.values), median(self.values), max(self.values))
        )
        return f"| {self.what} | {self.target} | {low} | **{middle}** | {high} | {self.unit} |"


class Bench:
    """All measures, over one temporary home."""

    def __init__(self, folder: Path, pairs: int) -> None:
        self.folder, self.pairs = folder, pairs

    @cached_property
    def env(self) -> dict[str, str]:
        """A user with one profile."""
        from made import home

        return home(self.folder / "one")

    @cached_property
    def crowd(self) -> dict[str, str]:
        """A user with ten thousand."""
        from made import home

        return home(self.folder / "many", 10_000)

    def alternate(self, ours: Callable[[], float], theirs: Callable[[], float]) -> list[Pair]:
        """So many pairs, the order turned at each; one of each before that is not counted."""
        ours(), theirs()
        pairs = []
        for i in range(self.pairs):
            if i % 2:
                second = theirs()
                pairs.append(Pair(ours(), second))
            else:
                pairs.append(Pair(ours(), theirs()))
        return pairs

    def ratios(self, ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, ...]:
        """The ratios of those pairs."""
        return tuple(p.ours / p.theirs for p in self.alternate(ours, theirs))

    # ---- one measure each

    def workspace(self) -> tuple[Program, float]:
        """socui with the profile open, and the seconds that took."""
        from made import NAME, home

        program = Program((SOCUI, NAME), home(self.folder / "one"))
        return program, program.until(WORKSPACE, program.begun)

    def app(self, command: tuple[str, ...]) -> tuple[Program, float]:
        """A bare app, and the seconds that it took to show itself."""
        program = Program(command, self.env)
        return program, program.until(READY[command], program.begun)

    def started(self, command: tuple[str, ...] | None = None) -> float:
        """Seconds to the first complete screen; of socui without a command."""
        program, seconds = self.app(command) if command else self.workspace()
        program.close()
        return seconds

    def left(self, command: tuple[str, ...] | None = None) -> float:
        """Seconds from q to the end of the process."""
        program, _ = self.app(command) if command else self.workspace()
        program.settle(PAUSE)
        return program.leave()

    def memory(self, command: tuple[str, ...] | None = None) -> float:
        """Peak memory once a few keys were pressed."""
        program, _ = self.app(command) if command else self.workspace()
        program.settle(PAUSE)
        for _ in range(5):
            program.press("down")
        peak = program.memory()
        program.close()
        return peak

    def keys(self, command: tuple[str, ...] | None = None) -> Keys:
        """Moves of the cursor, answers (moves, in a bare app) and a held key, in one process."""
        program, _ = self.app(command) if command else self.workspace()
        program.settle(PAUSE)
        program.press("down")
        moves, answers, work = [], [], []
        for number in range(KEYS):
            for move in ("down", "up", "down"):
                program.settle(0.06)
                moves.append(program.press(move).seconds)
            program.settle(PAUSE)
            answer = program.press("down" if command else "123"[number % 3])  # ticks of the open question, on and off
            answers.append(answer.seconds)
            work.append(answer.cpu)
        program.settle(PAUSE)
        held = program.press("up", 100, quiet=0.15).seconds
        program.close()
        return Keys(moves, answers, work, held)

    # ---- the rows of the table

    def start(self) -> Iterator[Figure]:
        """Start, leaving, memory, and what runs without a screen."""
        yield Figure(
            "start to the first complete workspace, to bare",
            "1.20",
            self.ratios(self.started, lambda: self.started(BARE)),
        )
        yield Figure(
            "start to the first complete workspace, to three",
            "1.25",
            self.ratios(self.started, lambda: self.started(THREE)),
        )

    def leave(self) -> Iterator[Figure]:
        """Leaving."""
        yield Figure("leaving, to bare", "1.20", self.ratios(self.left, lambda: self.left(BARE)))

    def size(self) -> Iterator[Figure]:
        """Memory."""
        yield Figure("peak memory, to three", "1.30", self.ratios(self.memory, lambda: self.memory(THREE)))

    def typing(self) -> Iterator[Figure]:
        """Keys."""
        runs: list[tuple[Keys, Keys]] = []
        for i in range(self.pairs):
            if i % 2:
                three = self.keys(THREE)
                runs.append((self.keys(), three))
            else:
                runs.append((self.keys(), self.keys(THREE)))
        yield Figure("answer key to all panes repainted, p50, to three", "0.60",
                     tuple(median(a.answers) / median(b.answers) for a, b in runs))  # fmt: skip
        yield Figure("answer key, p99, to three", "1.50", tuple(p99(a.answers) / p99(b.answers) for a, b in runs))
        yield Figure(
            "CPU of an answer key, p50, to three", "0.60", tuple(median(a.work) / median(b.work) for a, b in runs)
        )
        yield Figure("answer key, p50", "one frame: 16.7", tuple(median(a.answers) * 1000 for a, _ in runs), "ms")
        yield Figure("answer key of three, p50", "", tuple(median(b.answers) * 1000 for _, b in runs), "ms")
        yield Figure("cursor to the next answer or question, to three", "0.50",
                     tuple(median(a.moves) / median(b.answers) for a, b in runs))  # fmt: skip
        yield Figure("100 keys held, to 100 single ones", "1.00",
                     tuple(a.held / 100 / median(a.moves) for a, _ in runs))  # fmt: skip

    def command(self) -> Iterator[Figure]:
        """The command line."""
        from made import NAME

        nothing = (PYTHON, "-c", "pass")
        for option in ("--version", "--help"):
            yield Figure(f"socui {option}, to python -c pass", "3.00",
                         self.ratios(lambda o=option: run((SOCUI, o), self.env), lambda: run(nothing, self.env)))  # type: ignore[misc]  # fmt: skip
        yield Figure("socui report NAME, to bare's start", "0.60",
                     self.ratios(lambda: run((SOCUI, "report", NAME), self.env), lambda: self.started(BARE)))  # fmt: skip

    def listed(self, env: dict[str, str], typed: list[float]) -> float:
        """Seconds from the key to the list of profiles; the filter keys after it go to `typed`, in milliseconds."""
        program = Program((SOCUI,), env)
        program.until(("Welcome back", "esc new"), program.begun)
        program.press("escape")  # new work: the list comes later, by its key
        program.settle(PAUSE)
        seconds = program.hold("o", 1, (r"Profile \d{5}",))
        program.settle(PAUSE)
        program.press("/")
        for key in "prof":
            program.settle(0.1)
            typed.append(program.press(key).seconds * 1000)
        program.close()
        return seconds

    def many(self) -> Iterator[Figure]:
        """Ten thousand profiles."""
        typed: list[float] = []

        def theirs() -> float:
            program, _ = self.app(MANY)
            program.settle(PAUSE)
            seconds = program.hold("l", 1, ("Profile 00000",))
            program.close()
            return seconds

        ratios = self.ratios(lambda: self.listed(self.crowd, typed), theirs)
        yield Figure("list of 10,000 profiles, to an OptionList of 10,000", "0.60", ratios)
        yield Figure("filter key among 10,000", "50", tuple(typed), "ms")

    def grown(self) -> Iterator[Growth]:
        """How times grow."""
        from growth import Growth, base
        from made import home, table

        yield from base()
        sizes = (100, 1_000, 10_000)
        homes = {n: home(self.folder / f"grown{n}", n) for n in sizes}
        lists: dict[int, list[float]] = {n: [] for n in sizes}
        filters: dict[int, list[float]] = {n: [] for n in sizes}
        for _ in range(self.pairs):
            for n in sizes:
                lists[n].append(self.listed(homes[n], filters[n]))
        yield Growth("the list of profiles (profiles)", {n: median(t) for n, t in lists.items()})
        yield Growth("a key of its filter (profiles)", {n: median(t) / 1000 for n, t in filters.items()})
        rows: dict[int, float] = {}
        for n in (1_000, 10_000, 100_000):
            file = self.folder / f"grown{n}.csv"
            table(file, n, 0.8)
            rows[n] = min(run((SOCUI, "assess", "--quick", str(file)), self.env) for _ in range(2))
        yield Growth("socui assess (rows)", rows)

    def tables(self) -> Iterator[Figure]:
        """socui assess."""
        from made import table

        for share, words, target in ((1.0, "complete", "10,000"), (0.5, "half-filled", "3,000")):
            file = self.folder / f"{words}.csv"
            table(file, 100_000, share)
            seconds = [
                run((SOCUI, "assess", "--quick", str(file)), self.env) for _ in range(1 if self.pairs < 5 else 3)
            ]
            yield Figure(f"socui assess, 100,000 {words} rows", target, tuple(100_000 / s for s in seconds), "rows/s")

    def deciding(self) -> Iterator[Figure]:
        """Advice in this process."""
        from decide import interviews

        verdicts, whole, tips = interviews()
        for what, target, times in (
            ("verdicts, possible headlines, leaning", "1; worst 5", verdicts),
            ("the whole advice", "", whole),
            ("what would change it, on demand", "20", tips),
        ):
            yield Figure(what, target, tuple(t * 1000 for t in times), "ms")


class Keys(NamedTuple):
    """Seconds of each move and answer, of CPU for an answer, and of 100 held keys."""

    moves: list[float]
    answers: list[float]
    work: list[float]
    held: float


def p99(values: list[float]) -> float:
    """The 99th percentile."""
    return quantiles(values, n=100, method="inclusive")[98]


PARTS = ("start", "leave", "size", "typing", "command", "many", "tables", "deciding")
GROWTH = "| what | sizes | milliseconds | slope |\n| --- | --: | --: | --: |"
HEAD = "| what | target | least | median | greatest | unit |\n| --- | --- | --: | --: | --: | --- |"


def machine() -> str:
    """Where and when this was measured."""
    return (
        f"{date.today()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, Textual {version('textual')}, load {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5, metavar="N", help="pairs of each measure (default 5)")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, help="these parts")
    parser.add_argument("--growth", action="store_true", help="how times grow with sizes, instead")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), args.pairs)
        if args.growth:
            print(f"Measured {machine()}.\n\n{GROWTH}")
            for growth in bench.grown():
                print(growth.row(), flush=True)
            return
        print(f"Measured {machine()}; {args.pairs} pairs.\n\n{HEAD}")
        for part in args.only:
            for figure in getattr(bench, part)():
                print(figure.row(), flush=True)


if __name__ == "__main__":
    main()
