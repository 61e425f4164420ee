"""request and held: records of a profile from the command line, driven through the real program."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from socui.profiles.profile import Profile
from socui.profiles.records import Period, ReportHeld, Request
from socui.profiles.store import Store


def socui(folder: Path, *args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real program on profiles of its own."""
    command = [sys.executable, "-m", "socui", "--profiles", str(folder / "profiles"), *args]
    return subprocess.run(
        command, input=typed, capture_output=True, check=False, text=True, timeout=60, encoding="utf-8"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile with one request and one report held."""
    request = Request(id="r1", asked_by="Merchant Inc.", asks=("soc1",), extra={"color": "blue"})
    report = ReportHeld(report="soc2", type="type2")
    Store(tmp_path / "profiles").create(Profile(name="Acme", requests=(request,), reports_held=(report,)))
    return tmp_path


def saved(folder: Path) -> Profile:
    """The profile as it is on disk."""
    return Store(folder / "profiles").open("Acme").profile


def test_a_request_is_added_changed_listed_and_removed(folder: Path) -> None:
    words = "Send it.\n[b]=1\x1b[2J"
    pairs = [
        "from=Bank of A",
        "reader=security",
        "asks=soc2,iso27001",
        "either=yes",
        "needed_by=2027-03-15",
        "period=2026-01-01..2026-12-31",
        "max_age_months=12",
        f"words={words}",
    ]
    done = socui(folder, "request", "Acme", "--add", *pairs)
    assert done.returncode == 0 and done.stdout == "" and done.stderr == "socui: added request r2\n"
    added = saved(folder).requests[1]
    assert added == Request(
        id="r2",
        asked_by="Bank of A",
        reader="security",
        asks=("soc2", "iso27001"),
        either=True,
        needed_by=date(2027, 3, 15),
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        max_age_months=12,
        words="Send it.\n[b]=1\u241b[2J",
    )
    assert socui(folder, "request", "Acme", "r2", "either=", "asks=soc2").returncode == 0
    assert saved(folder).requests[1].either is None and saved(folder).requests[1].asks == ("soc2",)
    listed = socui(folder, "request", "Acme").stdout
    assert listed.startswith("r1\n  from:            Merchant Inc.\n")
    assert "  period:          2026-01-01..2026-12-31\n" in listed and "\x1b" not in listed
    assert "  words:           Send it.\n                   [b]=1\u241b[2J\n" in listed
    assert socui(folder, "request", "Acme", "--remove", "r2").returncode == 0
    assert [r.id for r in saved(folder).requests] == ["r1"]
    assert saved(folder).requests[0].extra == {"color": "blue"}


def test_a_report_held_is_added_changed_listed_and_removed(folder: Path) -> None:
    done = socui(
        folder, "held", "Acme", "--add", "report=soc1", "from=2025-10-01", "to=2026-09-30", "opinion=qualified"
    )
    assert done.returncode == 0
    assert socui(folder, "held", "Acme", "soc1", "firm=A & B").returncode == 0
    held = ReportHeld(
        report="soc1", begins=date(2025, 10, 1), ends=date(2026, 9, 30), opinion="qualified", firm="A & B"
    )
    assert saved(folder).reports_held[1] == held
    assert socui(folder, "held", "Acme").stdout.startswith(
        "1 soc2\n  report:          soc2\n  type:            type2\n2"
    )
    assert socui(folder, "held", "Acme", "--remove", "1").returncode == 0
    assert saved(folder).reports_held == (held,)


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["request", "Acme", "r1", "reader=finence"], "reader cannot be 'finence': Did you mean finance?"),
        (["request", "Acme", "r1", "raeder=finance"], "no key 'raeder': Did you mean reader?"),
        (["request", "Acme", "r1", "id=r9"], "no key 'id'"),
        (["request", "Acme", "r1", "asks=soc1,soc9"], "asks cannot be 'soc9'"),
        (["request", "Acme", "r1", "needed_by=31/3/27"], "write it as needed_by=YYYY-MM-DD"),
        (["request", "Acme", "r1", "period=2027-01-01..2026-01-01"], "write it as period="),
        (["request", "Acme", "r1", "either=perhaps"], "write it as either=yes or no"),
        (["request", "Acme", "r1", "max_age_months=-1"], "a whole number"),
        (["request", "Acme", "r1"], "nothing to change"),
        (["request", "Acme", "reader=finance"], "add or change?"),
        (["request", "Acme", "r2", "reader=finance"], "no 'r2' in this profile, which has r1"),
        (["request", "Acme", "--remove", "r2"], "no 'r2'"),
        (["request", "Acme", "--remove", "r1", "--add", "asks=soc1"], "one at a time"),
        (["request", "Nobody"], "Nobody"),
        (["held", "Acme", "--add", "type=type2"], "which report?"),
        (["held", "Acme", "soc2", "from=2027-01-01", "to=2026-01-01"], "ends before it begins"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_saved(folder: Path, args: list[str], line: str) -> None:
    before = saved(folder)
    done = socui(folder, *args)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("socui: ") and done.stderr.count("\n") == 1 and line in done.stderr
    assert saved(folder) == before


def test_an_empty_list_says_how_to_add_one(folder: Path) -> None:
    assert socui(folder, "request", "Acme", "--remove", "r1").returncode == 0
    done = socui(folder, "request", "Acme")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "socui: none in Acme: add one with socui request NAME --add KEY=VALUE\n"
