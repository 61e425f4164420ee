"""Where a report goes: files, pipes, full disks and what is no file at all. Each command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import forked
import pytest

REPORT = ["report", "--example", "early-saas", "--today", "2026-11-24"]
QUOTES = ["--for-auditors", "--example", "fintech-payments"]


def run(*more: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command line; in a Python of its own where it is said how its output stands."""
    if not how:
        return forked.socui(*REPORT, *more)
    command = [sys.executable, "-m", "socui", *REPORT, *more]
    return subprocess.run(command, check=False, timeout=60, **how)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("kind", [[], QUOTES], ids=["report", "request"])
@pytest.mark.parametrize(
    ("suffix", "start"),
    [("txt", b""), ("md", b"# "), ("html", b"<!doctype html>"), ("json", b'{\n  "schema": "socui.')],
)
def test_the_suffix_says_the_format(tmp_path: Path, kind: list[str], suffix: str, start: bytes) -> None:
    target = tmp_path / f"r.{suffix}"
    done = run(*kind, "-o", str(target))
    assert (done.returncode, done.stdout) == (0, b"") and b"written" in done.stderr
    assert target.read_bytes().startswith(start)
    assert target.stat().st_mode & 0o777 == 0o600
    again = run(*kind, "-o", str(target))
    assert again.returncode == 1 and b"--replace" in again.stderr and len(again.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["r.pdf", "r.doc", "r.xlsx", "r.html.bak", "R.PDF", "r.\x1b[31m"])
def test_a_suffix_that_is_no_format_is_refused(tmp_path: Path, name: str) -> None:
    done = run("-o", str(tmp_path / name))
    assert (
        (done.returncode, done.stdout) == (2, b"") and len(done.stderr.splitlines()) == 1 and b"\x1b" not in done.stderr
    )
    assert b".html, .docx, .md" in done.stderr and not list(tmp_path.iterdir())
    assert run("-o", str(tmp_path / name), "--format", "html").returncode == 0  # said in so many words


def test_no_place_is_one_line(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "file").write_text("x")
    for target in (tmp_path, fifo, tmp_path / "file" / "r.txt", tmp_path / "none" / "r.txt"):
        for replace in ([], ["--replace"]):
            done = run("-o", str(target), *replace)
            assert done.returncode in (1, 2), (target, done)
            assert len(done.stderr.splitlines()) == 1 and b"Traceback" not in done.stderr
    assert (tmp_path / "file").read_text() == "x" and sorted(p.name for p in tmp_path.iterdir()) == ["fifo", "file"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1


def test_a_reader_that_leaves_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = run(stdout=write, stderr=subprocess.PIPE, capture_output=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (128 + 13, b"")
