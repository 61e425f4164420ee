"""`python tests/bench/assess.py`: rows a second and peak memory of `socui assess`. It reports and never fails."""

from __future__ import annotations

import csv
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter

from socui.deciding.random_profile import random_profile
from socui.knowledge.load import load_knowledge

SIZES = (1_000, 10_000, 100_000)
KINDS = {"complete": 1.0, "half-filled": 0.5}
DISTINCT = 5_000
"""Rows that differ; a longer table repeats them."""


def table(path: Path, rows: int, answered: float) -> None:
    """A table of random organizations."""
    knowledge, random = load_knowledge(), Random(3)
    made = []
    for _ in range(min(rows, DISTINCT)):
        answers = random_profile(knowledge, random, answered).answers
        made.append({q: a if isinstance(a, str) else ";".join(a) or "none" for q, a in answers.items()})
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["name", *knowledge.questions], restval="")
        writer.writeheader()
        writer.writerows({"name": f"Organization {i}", **made[i % len(made)]} for i in range(rows))


def assessed(path: Path) -> tuple[float, int]:
    """Seconds and peak memory in kB of the whole program."""
    start = perf_counter()
    done = subprocess.Popen([sys.executable, "-m", "socui", "assess", "--quick", str(path)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(done.pid, 0)
    if status:
        raise SystemExit(f"socui assess ended with {status}")
    return perf_counter() - start, usage.ru_maxrss


def main() -> None:
    """A line a table."""
    print(platform.platform(), platform.python_version())
    with tempfile.TemporaryDirectory() as folder:
        for kind, answered in KINDS.items():
            for rows in SIZES:
                path = Path(folder) / "rows.csv"
                table(path, rows, answered)
                seconds, memory = assessed(path)
                print(
                    f"{kind:12} {rows:8,} rows {seconds:7.2f} s {rows / seconds:9,.0f} rows/s {memory / 1024:6.1f} MB"
                )


if __name__ == "__main__":
    main()
