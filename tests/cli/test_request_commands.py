"""request, held, event and evidence: records of a profile from the command line, each command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import forked
import pytest

from socui.profiles.profile import Profile
from socui.profiles.records import Event, Evidence, Period, ReportHeld, Request
from socui.profiles.store import Store


def socui(folder: Path, *args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line on profiles of its own."""
    return forked.text(forked.socui("--profiles", str(folder / "profiles"), *args, typed=typed.encode("utf-8")))


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


def test_a_change_is_added_changed_listed_and_removed(folder: Path) -> None:
    add = ["event", "Acme", "--add"]
    assert socui(folder, *add, "kind=system_change", "date=1 June 2027", "about=a [b] ledger\x1b[2J").returncode == 0
    assert socui(folder, *add, "kind=acquisition").returncode == 0
    platform = Event(date(2027, 6, 1), "system_change", "a [b] ledger\u241b[2J")
    assert saved(folder).events == (platform, Event(kind="acquisition"))
    listed = socui(folder, "event", "Acme").stdout
    assert listed.startswith("1 system_change\n  date:            2027-06-01\n") and "\n2 acquisition\n" in listed
    assert socui(folder, "event", "Acme", "acquisition", "date=2027-02-01").returncode == 0
    assert socui(folder, "event", "Acme", "1", "about=").returncode == 0
    assert socui(folder, "event", "Acme", "--remove", "2").returncode == 0
    assert saved(folder).events == (Event(date(2027, 6, 1), "system_change"),)
    assert socui(folder, "event", "Acme", "--remove", "system_change").returncode == 0
    done = socui(folder, "event", "Acme")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "socui: none in Acme: add one with socui event NAME --add KEY=VALUE\n"


def test_the_day_since_which_controls_run_is_written_printed_and_cleared(folder: Path) -> None:
    assert socui(folder, "evidence", "Acme", "since=1 July 2026").returncode == 0
    assert saved(folder).evidence == Evidence(date(2026, 7, 1))
    assert socui(folder, "evidence", "Acme").stdout == "evidence\n  since:           2026-07-01\n"
    assert socui(folder, "evidence", "Acme", "since=").returncode == 0
    assert saved(folder).evidence == Evidence()
    done = socui(folder, "evidence", "Acme")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "socui: none in Acme: add it with socui evidence NAME since=YYYY-MM-DD\n"


def test_profiles_are_compared_by_their_records_too(folder: Path) -> None:
    assert socui(folder, "duplicate", "Acme", "Acme later").returncode == 0
    assert socui(folder, "event", "Acme later", "--add", "kind=acquisition", "date=2027-02-01").returncode == 0
    assert socui(folder, "held", "Acme later", "soc2", "to=2026-09-30").returncode == 0
    shown = socui(folder, "compare", "Acme", "Acme later").stdout.splitlines()
    at = shown.index("Records that differ")
    assert [" ".join(line.split()) for line in shown[at + 1 : at + 3]] == [
        "Report you hold Period to: - Period to: 30 Sep 2026",
        "Acquisition - 1 Feb 2027",
    ]
    compared = json.loads(socui(folder, "compare", "--json", "Acme", "Acme later").stdout)["records"]
    assert compared[1] == {"record": "events.1", "one": None, "other": {"date": "2027-02-01", "kind": "acquisition"}}


def test_show_prints_every_record_and_what_it_overrides(folder: Path) -> None:
    assert socui(folder, "set", "Acme", "service_changes=none").returncode == 0
    assert socui(folder, "event", "Acme", "--add", "kind=acquisition", "about=a bureau").returncode == 0
    assert socui(folder, "evidence", "Acme", "since=2026-07-01").returncode == 0
    lines = socui(folder, "show", "Acme").stdout.splitlines()
    assert "  Merchant Inc.: SOC 1" in lines and "  Report you hold: SOC 2 Type 2" in lines
    assert "  Controls run since: 1 Jul 2026" in lines
    assert "  Acquisition: a bureau, open: the day" in lines
    assert "  Changes ahead: acquisition, as recorded (answered: no change)" in lines


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["request", "Acme", "r1", "reader=finence"], "reader cannot be 'finence': Did you mean finance?"),
        (["request", "Acme", "r1", "raeder=finance"], "no key 'raeder': Did you mean reader?"),
        (["request", "Acme", "r1", "id=r9"], "no key 'id'"),
        (["request", "Acme", "r1", "asks=soc1,soc9"], "asks cannot be 'soc9'"),
        (["request", "Acme", "r1", "needed_by=3/4/27"], "write a day, such as"),
        (["request", "Acme", "r1", "period=2027-01-01..2026-01-01"], "write two days with .. between them"),
        (["request", "Acme", "r1", "either=perhaps"], "write yes or no"),
        (["request", "Acme", "r1", "max_age_months=-1"], "a whole number"),
        (["request", "Acme", "r1"], "nothing to change"),
        (["request", "Acme", "reader=finance"], "add or change?"),
        (["request", "Acme", "r2", "reader=finance"], "no 'r2' in this profile, which has r1"),
        (["request", "Acme", "--remove", "r2"], "no 'r2'"),
        (["request", "Acme", "--remove", "r1", "--add", "asks=soc1"], "one at a time"),
        (["request", "Nobody"], "Nobody"),
        (["held", "Acme", "--add", "type=type2"], "which report?"),
        (["held", "Acme", "soc2", "from=2027-01-01", "to=2026-01-01"], "ends before it begins"),
        (["event", "Acme", "--add", "about=x"], "which kind? add kind=system_change, or kind=acquisition"),
        (["event", "Acme", "--add", "kind=merger"], "kind cannot be 'merger'"),
        (["event", "Acme", "--add", "kind=acquisition", "date=soon"], "write a day, such as"),
        (["event", "Acme", "1", "about=x"], "no '1' in this profile, which has none"),
        (["evidence", "Acme", "since=soon"], "write a day, such as"),
        (["evidence", "Acme", "sinc=2026-07-01"], "Did you mean since?"),
        (["evidence", "Acme", "2026-07-01"], "write it as KEY=VALUE"),
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


MAIL = """Hello, we are the auditors of Merchant Inc. Please send your SOC 1 Type 2 report
by this Friday. A SOC 3 is not enough.
"""


def test_a_text_is_read_and_nothing_counts_before_it_is_confirmed(folder: Path) -> None:
    done = socui(folder, "request", "Acme", "--read", "-", "--received", "2027-01-18", typed=MAIL)
    assert done.returncode == 0 and "soc1" in done.stdout and "nothing saved" in done.stderr
    assert len(saved(folder).requests) == 1
    done = socui(folder, "request", "Acme", "--read", "-", "--received", "2027-01-18", "--yes", typed=MAIL)
    assert done.returncode == 0 and "added request r2" in done.stderr
    assert saved(folder).requests[1] == Request(
        id="r2",
        reader="user_auditor",
        asks=("soc1",),
        refused=("soc3",),
        type="type2",
        needed_by=date(2027, 1, 22),
        received=date(2027, 1, 18),
        words=MAIL,
    )


def test_a_text_that_asks_for_nothing_adds_nothing(folder: Path) -> None:
    done = socui(folder, "request", "Acme", "--read", "-", "--yes", typed="Thanks for the SOC 1 report.")
    assert (done.returncode, done.stdout) == (0, "") and "asks for a report: nothing saved" in done.stderr
    assert len(saved(folder).requests) == 1


def test_on_a_terminal_each_can_be_left_out_or_changed(folder: Path) -> None:
    file = folder / "mail.txt"
    file.write_text(MAIL)
    for keys, kept in (("q\n", 1), ("9\n5\nreader=finance\n\n", 2)):
        primary, secondary = os.openpty()
        command = [sys.executable, "-m", "socui", "--profiles", str(folder / "profiles")]
        command += ["request", "Acme", "--read", str(file), "--received", "2027-01-18"]
        with subprocess.Popen(command, stdin=secondary, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            os.write(primary, keys.encode())
            _, talk = program.communicate(timeout=60)
        os.close(primary)
        os.close(secondary)
        assert program.returncode == 0 and b"enter: take these" in talk
        assert len(saved(folder).requests) == kept
    assert b"give numbers from 1 to" in talk
    request = saved(folder).requests[1]
    assert (request.reader, request.type, request.refused) == ("finance", "", ("soc3",))
