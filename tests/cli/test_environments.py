"""Ways of starting Python, and environments that lack something: the results are the same, and nothing else is said."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

COMMANDS = (("--help",), ("report", "--example", "early-saas", "--today", "2027-01-04"), ("ask", "--plain"))
OTHERS: dict[str, tuple[tuple[str, ...], dict[str, str | None]]] = {
    "no docstrings or asserts, another order of sets, no folder for temporary files": (
        ("-OO",),
        {"PYTHONHASHSEED": "77", "TMPDIR": "/nowhere"},
    ),
    "warnings are errors, development mode, no home": (("-bb", "-W", "error"), {"PYTHONDEVMODE": "1", "HOME": None}),
    "a home that cannot be written, a locale that does not exist": (
        (),
        {"HOME": "/proc/nowhere", "LC_ALL": "xx_YY.UTF-8"},
    ),
    "a locale without UTF-8": ((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
}


def results(folder: Path, flags: tuple[str, ...], changes: dict[str, str | None]) -> list[tuple[int, bytes, bytes]]:
    """Status, output and errors of each command; an interview is given up at once."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ["PYTHONPATH"], "HOME": str(folder)}
    env |= {"SOCUI_PROFILES": str(folder / "profiles"), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    program = [sys.executable, *flags, "-m", "socui"]
    env = {name: value for name, value in {**env, **changes}.items() if value is not None}
    runs = [
        subprocess.run([*program, *words], input=b"q\n", check=False, capture_output=True, timeout=120, env=env)
        for words in COMMANDS
    ]
    return [(run.returncode, run.stdout, run.stderr) for run in runs]


@cache
def usual(folder: Path) -> list[tuple[int, bytes, bytes]]:
    """The results with nothing odd."""
    return results(folder, (), {})


@pytest.mark.parametrize("kind", OTHERS)
def test_a_start_with_something_odd_gives_the_same(tmp_path: Path, kind: str) -> None:
    flags, changes = OTHERS[kind]
    plain = usual(tmp_path.parent)
    assert [status for status, _, _ in plain] == [0, 0, 0] and all(output for _, output, _ in plain)
    assert results(tmp_path, flags, changes) == plain
