"""`socui read` through the real program: JSON, text, and whatever bytes it is given."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

import forked
import pytest

from socui.asking.reading.reading import Reading, Suggestion
from socui.cli.read import as_json, lines

WORDS = """Hello,

we are the auditors of Merchant Inc. Please send your SOC 1 Type 2 report by this Friday.
A SOC 3 is not enough.
"""


def read(*args: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    return forked.socui("read", *args, typed=typed)


def test_json_has_field_value_quote_and_place() -> None:
    done = read("-", "--json", "--received", "2027-01-18", typed=WORDS.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    suggestions = {(s["field"], s["value"]): s for s in answer["suggestions"]}
    assert set(suggestions) == {
        ("side", "provide"),
        ("reader", "user_auditor"),
        ("asks", "soc1"),
        ("refused", "soc3"),
        ("type", "type2"),
        ("needed_by", "2027-01-22"),
    }
    for s in answer["suggestions"]:
        assert WORDS[s["start"] : s["end"]] == s["quote"] and s["phrase"]
    assert answer["question"] == "" and answer["soc_open"] is False and answer["questions"] == []


def test_what_rests_on_weak_evidence_stands_apart_with_a_question_mark() -> None:
    reader = Suggestion("reader", "security", "their team", 4, 14, "weights")
    reading = Reading((Suggestion("asks", "soc2", "SOC 2", 0, 5, "soc2"),), (reader,))
    assert [one["value"] for one in as_json(reading)["questions"]] == ["security"]  # type: ignore[attr-defined]
    assert [one["field"] for one in as_json(reading)["suggestions"]] == ["asks"]  # type: ignore[attr-defined]
    assert lines(reading)[2:] == ["On weak evidence, to be confirmed:", f'{"reader:":17}{"security?":24} "their team"']


def test_text_shows_each_with_its_quote_and_nothing_acts_on_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    file.write_text("Could you\x1b[2J send your SOC\u202e report?\n")
    done = read(str(file))
    assert done.returncode == 0 and b"\x1b" not in done.stdout and "\u202e" not in done.stdout.decode()
    lines = done.stdout.decode().splitlines()
    assert any(line.startswith("asks:") and "soc_unnamed" in line for line in lines)
    assert lines[-1].startswith("Ask back: Do you need it for an audit of financial statements (SOC 1)")


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 4000, b"\xff\xfe\x00S\x00O\x00C", Random(7).randbytes(5000), b"\xed\xa0\x80 soc"],
    ids=["nothing", "zeros", "utf-16", "anything", "surrogate"],
)
def test_any_bytes_give_a_list(data: bytes) -> None:
    done = read("-", "--json", typed=data)
    assert done.returncode == 0 and json.loads(done.stdout)["suggestions"] == []


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["/"], "/: not a file"),
        (["/dev/zero"], "/dev/zero: not a file"),
        (["/no/such"], "/no/such: No such file"),
        (["a\nb"], "No such file"),
        (["-", "--received", "8/1/2027"], "'8/1/2027' is not a day"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(args: list[str], line: str) -> None:
    done = read(*args)
    assert done.returncode == 2 and done.stdout == b""
    assert done.stderr.decode().count("\n") == 1 and line in done.stderr.decode()


def test_a_text_that_is_too_long_is_refused() -> None:
    done = read("-", typed=b"x" * ((1 << 20) + 1))
    assert done.returncode == 2 and b"give the part that asks" in done.stderr
