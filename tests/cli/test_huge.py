"""Files that are larger than memory: each is refused in one line, and stops nothing beside it."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from socui.cli import assess_workbook
from socui.profiles.examples import example
from socui.profiles.profile_toml import to_bytes

HUGE = 8 << 30
"""Bytes of a file that is nothing but a hole: it takes no room on the disk."""
MEMORY = 2 << 30


def socui(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """What socui says that may take MEMORY of addresses and no more."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "socui", "--profiles", "profiles", *args],
        preexec_fn=bounded,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
    )


def hole(file: Path, start: bytes = b"") -> None:
    """A file of HUGE bytes, most of them never written."""
    file.parent.mkdir(exist_ok=True)
    with file.open("wb") as out:
        out.write(start)
        out.truncate(HUGE)


@pytest.mark.parametrize(
    ("name", "start", "args"),
    [
        ("mail.txt", b"", ("read",)),
        ("acme.toml", b"schema = 2\n", ("import",)),
        ("acme.json", b"{", ("import",)),
        ("rows.csv", b"name,role\nAcme,provide\n", ("assess",)),
        ("rows.jsonl", b'{"role": "provide"}\n', ("assess",)),
        ("rows.xlsx", b"", ("assess",)),
        ("rows.xlsx", b"PK\3\4", ("assess",)),
        ("vendors.csv", b"name,books\nAcme,yes\n", ("vendors", "New", "--csv")),
    ],
)
def test_a_huge_file_is_refused_in_one_line(tmp_path: Path, name: str, start: bytes, args: tuple[str, ...]) -> None:
    hole(tmp_path / name, start)
    done = socui(tmp_path, *args, name)
    assert done.returncode == 2, done.stderr[-500:]
    assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith("socui: ")


def test_a_huge_file_among_profiles_is_listed_with_its_fault(tmp_path: Path) -> None:
    hole(tmp_path / "profiles" / "huge.toml", b"schema = 2\n")
    (tmp_path / "profiles" / "acme.toml").write_bytes(to_bytes(example("fintech-payments")))
    done = socui(tmp_path, "list")
    assert done.returncode == 0 and "too large" in done.stdout and "acme.toml" in done.stdout, done.stderr


def test_a_workbook_that_is_too_large_is_not_called_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assess_workbook, "MOST_BYTES", 1_000)
    (tmp_path / "rows.xlsx").write_bytes(assess_workbook.workbook_of([["name", "role"], ["Acme", "provide"]]))
    with (tmp_path / "rows.xlsx").open("rb") as raw, pytest.raises(Exception, match="more than 1,000 bytes"):
        assess_workbook.lines_of(raw, "rows.xlsx")
