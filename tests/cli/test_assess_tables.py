"""assess from the command line: tables in, tables out, and what is wrong with them said in words."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import tracemalloc
from argparse import Namespace
from pathlib import Path

import forked
import openpyxl
import pytest
from base import DECIDER, KNOWLEDGE
from test_assess import cells, expected, samples

from socui.cli.assess import _Out
from socui.cli.assess_plan import QUICK as ADDED
from socui.cli.assess_writers import TableWriter
from socui.deciding.batch import assess
from socui.profiles.profile import Profile


def socui(*args: str, typed: bytes = b"", folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    return forked.socui(*args, typed=typed, folder=folder)


def table(profiles: list[Profile]) -> str:
    """Profiles as CSV, with columns of the owner's own."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["name", "owner", *KNOWLEDGE.questions], restval="")
    writer.writeheader()
    for number, profile in enumerate(profiles):
        writer.writerow({"name": f"Org {number}", "owner": 'a, "b"\nc', **cells(profile)})
    return out.getvalue()


def test_csv_round_trip(tmp_path: Path) -> None:
    """Every cell comes back, the columns added say what advise says, and assessing the output changes nothing."""
    profiles = list(samples(300))
    (tmp_path / "in.csv").write_text(table(profiles), newline="")
    done = socui("assess", "--quick", "in.csv", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    before = list(csv.DictReader(io.StringIO(table(profiles))))
    after = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    assert len(after) == len(profiles)
    for old, new, profile in zip(before, after, profiles, strict=True):
        assert {k: v for k, v in new.items() if k not in ADDED} == old
        outcome = expected(DECIDER.advise(profile)) if new["name"].endswith("7") else assess(cells(profile))
        assert new["possible"] == ";".join(outcome.possible)
        assert new["headline"] == outcome.headline and new["leaning"] == outcome.leaning and new["problem"] == ""
        assert new["categories"] == ";".join(outcome.categories)
    again = socui("assess", "--quick", "-", typed=done.stdout)
    assert again.stdout == done.stdout
    assert b"column headline is written anew" in again.stderr


def test_json_lines() -> None:
    """Lists and texts; what else is in the object is written as it was; a line that is none is told of."""
    lines = [
        '{"name": "A", "role": "provide", "layer": ["facility"], "n": 1.10, "u": "\\ud800é"}',
        "",
        '{"role": "obtain", "layer": [], "customer_types": null}',
        '{"role": 1}',
        "{",
        "[1]",
        "{}",
        '{"n": NaN}',
    ]
    done = socui("assess", "--quick", "-", typed="\n".join(lines).encode())
    out = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert done.stdout.decode().startswith(lines[0][:-1] + ', "headline": "open"')
    assert out[1]["headline"] == "neither" and out[1]["possible"] == ["neither"] and out[1]["problem"] == ""
    assert out[2]["problem"] == "role: neither a text nor a list of texts" and out[2]["headline"] is None
    assert [bool(o["problem"]) for o in out] == [False, False, True, True, True, False, True]
    places = [line.split(": ")[0] for line in done.stderr.decode().splitlines()]
    assert places == [f"standard input:{n}" for n in (4, 5, 6, 8)]
    again = socui("assess", "--quick", "-", typed=b"\n".join(done.stdout.splitlines()[:2]))
    assert [json.loads(x) for x in again.stdout.splitlines()] == out[:2]


def test_bad_rows(tmp_path: Path) -> None:
    """Each is told of by file and line, the others are assessed, and the status is 1."""
    text = 'name,role,notes\nA,provide,"two\nlines"\nB,sell,\nC,provide\n\nD,obtain,x,y\nE,obtain,\n'
    (tmp_path / "t.csv").write_text(text)
    done = socui("assess", "--quick", "t.csv", folder=tmp_path)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "t.csv:4: role: no answer 'sell'. Use one of provide, obtain, own_assurance, nothing",
        "t.csv:5: 2 cells where the headings are 3",
        "t.csv:7: 4 cells where the headings are 3",
    ]
    assert [r["name"] for r in rows] == list("ABCDE")
    assert [r["headline"] for r in rows] == ["open", "", "", "", "neither"]
    assert {r[c] for r in rows[1:4] for c in ADDED[:-1]} == {""}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (b"", "empty"),
        (b"name,role\nCaf\xe9,provide\n", "not UTF-8"),
        (b"PK\x03\x04\xff\xfe\x00", "not UTF-8"),
        (b'role,name\nprovide,"open\n', "not closed"),
        (b"name,city\nA,B\n", "no column is a question"),
        (b"role,role\nprovide,obtain\n", "two columns are called role"),
        (b"role\n" + b"x" * 1_100_000, "longer than"),
        (b"role,name\nprovide," + b"x" * 140_000, "field larger"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_files(table: bytes, message: str) -> None:
    """One line that says what to do, and status 2."""
    done = socui("assess", "--quick", "-", typed=table)
    assert done.returncode == 2
    assert message in done.stderr.decode() and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("args", [["none.csv"], ["."], ["/dev/null/x"], [], ["-", "--jobs", "2"]])
def test_bad_command_lines(args: list[str], tmp_path: Path) -> None:
    """Files that cannot be read and numbers that make no sense."""
    done = socui("assess", "--quick", *args, folder=tmp_path)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1


def test_formulas_and_misspelt_columns() -> None:
    """What a spreadsheet would run is written as text; a column that looks like a question is told of once."""
    table = 'role,=1+1,custmer_types,city\nprovide,=cmd|x,consumers,-5\nobtain,"\t=1",,@a\nobtain,+1,,plain\n'
    done = socui("assess", "--quick", "-", typed=table.encode())
    rows = list(csv.reader(io.StringIO(done.stdout.decode())))
    assert rows[0][1] == "'=1+1"
    assert [r[1] for r in rows[1:]] == ["'=cmd|x", "'\t=1", "'+1"]
    assert [r[3] for r in rows[1:]] == ["'-5", "'@a", "plain"]
    warning = "column 'custmer_types' is no question and is kept as it is. Did you mean customer_types?"
    assert done.stderr.decode() == f"socui: standard input: {warning}\n"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_no_cell_ends_a_row(end: str) -> None:
    """A carriage return that is not in quotes does, for a spreadsheet, and what follows begins a cell."""
    done = socui("assess", "--quick", "-", typed=f'role,city\nprovide,"a{end}=1+1"\n'.encode())
    assert b'provide,"a\n=1+1",' in done.stdout and b"\r" not in done.stdout


def test_other_spreadsheets() -> None:
    """A byte order mark and semicolons between cells are kept, the lines may end anyhow."""
    done = socui("assess", "--quick", "-", typed=b'\xef\xbb\xbfrole;layer\r\nprovide;"facility;?"\r\n')
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbfrole;layer;headline;leaning")
    assert done.stdout.splitlines()[1].startswith(b'provide;"facility;?";open;')


def test_template_can_be_assessed() -> None:
    """Its one row has an answer to most questions and a settled headline."""
    made = socui("assess", "--template")
    header, row = csv.reader(io.StringIO(made.stdout.decode()))
    assert header == ["name", *KNOWLEDGE.questions] and sum(map(bool, row)) > 20
    done = socui("assess", "--quick", "-", typed=made.stdout)
    (assessed,) = csv.DictReader(io.StringIO(done.stdout.decode()))
    assert done.returncode == 0 and assessed["headline"] == "both"


def test_words_of_the_screen_are_answers_too(tmp_path: Path) -> None:
    """A sheet may say what the screen says, whatever its capitals; a template is a workbook where its name says so."""
    by_id = socui("assess", "--quick", "-", typed=b"delivery_model,financial_activities\nsaas,payroll\n").stdout
    in_words = socui("assess", "--quick", "-", typed=b"delivery_model,financial_activities\nSaaS,Payroll\n").stdout
    assert by_id.splitlines()[1].split(b",")[2:] == in_words.splitlines()[1].split(b",")[2:] != []
    assert b"no answer" not in in_words and b"no answer" in socui("assess", "-", typed=b"layer\nlayers\n").stdout
    assert socui("assess", "--template", "-o", str(tmp_path / "t.xlsx")).returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["name", *KNOWLEDGE.questions]


def test_closed_pipe(tmp_path: Path) -> None:
    """A reader that has enough ends it without a word."""
    (tmp_path / "in.csv").write_text("role,name\n" + "provide,x\n" * 10_000)
    command = f"({sys.executable} -m socui assess in.csv 2>err; echo $? >status) | head -n 2; cat err status"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, cwd=tmp_path, timeout=120)
    assert done.stdout.splitlines()[2:] == [b"141"] and done.stderr == b""


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """How far it is, on a terminal, and nothing of it left at the end."""
    (tmp_path / "in.csv").write_text("role,name\n" + "provide,x\n" * 4_000)
    main, other = pty.openpty()
    command = [sys.executable, "-m", "socui", "assess", "--quick", "in.csv"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=other, cwd=tmp_path) as process:
        os.close(other)
        seen = b""
        try:
            while piece := os.read(main, 1000):
                seen += piece
        except OSError:  # how a terminal says that nobody writes any more
            pass
    os.close(main)
    assert process.returncode == 0
    assert b" rows" in seen and seen.endswith(b" \r")


def test_names_of_questions_as_on_the_screen_are_columns_too() -> None:
    """Whatever their capitals; a question in two columns is told of, by either name."""
    by_id = socui("assess", "--quick", "-", typed=b"delivery_model,financial_activities\nsaas,payroll\n").stdout
    by_name = socui("assess", "--quick", "-", typed=b"how clients get it,Financial work\nsaas,payroll\n")
    assert by_name.stdout.startswith(b"how clients get it,Financial work,headline") and not by_name.stderr
    assert by_id.splitlines()[1] == by_name.stdout.splitlines()[1]
    twice = socui("assess", "--quick", "-", typed=b"Financial work,financial_activities\npayroll,payroll\n")
    assert twice.returncode == 2 and b"two columns are called financial_activities" in twice.stderr


@pytest.mark.parametrize("how", [(), ("--quick",)])
def test_a_day_is_written_as_in_every_other_field(how: tuple[str, ...]) -> None:
    rows = "needed_by,layer\n2027-04-30,\n30 April 2027,\nApril 30 2027,\n6_12m,\n"
    done = socui("assess", *how, "--today", "2026-11-23", "-", typed=rows.encode())
    assert done.returncode == 0 and not done.stderr
    first, *others = [line.partition(",")[2] for line in done.stdout.decode().splitlines()[1:4]]
    assert others == [first, first]
    wrong = socui("assess", *how, "-", typed=b"needed_by,layer\nsoon,\n")
    assert wrong.returncode == 1 and b"no answer 'soon'. Use one of" in wrong.stderr
    assert how or b"or a day, such as 2027-03-31" in wrong.stderr


@pytest.mark.parametrize("parts", [0, 64])
def test_a_long_table_is_not_held_in_memory_until_it_is_written(tmp_path: Path, parts: int) -> None:
    part = b"x" * (1 << 20)

    class Long(TableWriter):
        def head(self) -> bytes:
            return b""

        def rows(self, *_: object) -> bytes:
            return bytes(part)

        def end(self) -> bytes:
            return b""

    args = Namespace(output=str(tmp_path / "out.csv"), replace=False)
    tracemalloc.start()
    try:
        out = _Out(args, Long())  # type: ignore[abstract]
        for _ in range(parts):
            out.rows((), ())
        out.end()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out.csv").read_bytes() == part * parts
    assert peak < 8 << 20
