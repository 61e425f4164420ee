"""`socui vendors` from the command line: a list begun from a table, changed, judged, written out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import forked
import pytest

from socui.profiles.store import Store


def socui(folder: Path, *arguments: str, input: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line on a folder of profiles."""
    done = forked.text(forked.socui("--profiles", str(folder), *arguments, typed=input.encode("utf-8")))
    assert "Traceback" not in done.stderr and done.stderr.count("\n") <= 1
    return done


def test_from_a_table_to_a_letter(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    table = socui(folder, "vendors", "--template").stdout
    done = socui(folder, "vendors", "Ours", "--csv", "-", "--year-end", "2026-12-31", input=table)
    assert (done.returncode, done.stderr) == (0, "socui: 2 vendors in Ours\n")
    assert Store(folder).open("Ours").profile.answers == {"role": "obtain"}
    add = ("--add", "name=Cloud AG", "books=systems", "entrusts=health", "stops=operations", "holds=none")
    assert socui(folder, "vendors", "Ours", *add).returncode == 0
    assert socui(folder, "vendors", "Ours", "cloud ag", "holds=soc1", "type=type1", "as_of=2026-06-30").returncode == 0
    shown = socui(folder, "vendors", "Ours", "--today", "2026-11-28").stdout
    assert "9 of 12 months tested" in shown and "Cloud AG" in shown and "SOC 1 Type 1, as of 30 Jun 2026" in shown
    letter = socui(folder, "vendors", "Ours", "--letter", "Cloud AG").stdout
    assert letter.startswith("To: Cloud AG\n") and "HIPAA" in letter
    page = tmp_path / "a.html"
    assert socui(folder, "vendors", "Ours", "-o", str(page)).returncode == 0
    assert "<table" in page.read_text() and "Boards GmbH" in page.read_text()
    out = socui(folder, "vendors", "Ours", "--format", "csv", "--today", "2026-11-28").stdout
    assert socui(folder, "vendors", "Again", "--csv", "-", input=out).returncode == 0
    first, again = (Store(folder).open(name).profile.vendors for name in ("Ours", "Again"))
    assert first == again
    assert socui(folder, "vendors", "Ours", "--remove", "CLOUD AG").returncode == 0
    assert [v.name for v in Store(folder).open("Ours").profile.vendors] == ["Acme Payroll", "Boards GmbH"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["vendors"], "give the NAME"),
        (["vendors", "Nobody"], "Nobody"),
        (["vendors", "Ours", "--add", "books=no"], "which vendor"),
        (["vendors", "Ours", "--add", "name=B", "books=perhaps"], "books cannot be 'perhaps'"),
        (["vendors", "Ours", "--add", "name=B", "type=type2"], "which report"),
        (["vendors", "Ours", "--add", "name=B", "none=yes"], "holds=none"),
        (["vendors", "Ours", "--add", "name=a"], "there already"),
        (["vendors", "Ours", "books=no"], "add or change"),
        (["vendors", "Ours", "A"], "nothing to change"),
        (["vendors", "Ours", "Z", "books=no"], "no vendor 'Z'"),
        (["vendors", "Ours", "--letter", "A"], "nothing to ask for"),
        (["vendors", "Ours", "-o", "x.pdf"], "no format"),
        (["vendors", "Ours", "--year-end", "3/4/2026"], "write a day, such as"),
        (["vendors", "Ours", "--csv", "/nowhere.csv"], "cannot be read"),
        (["vendors", "Ours", "--remove", "A", "--csv", "-"], "one at a time"),
    ],
)
def test_what_cannot_be_followed_is_one_line_and_changes_nothing(tmp_path: Path, words: list[str], says: str) -> None:
    assert socui(tmp_path, "vendors", "Ours", "--add", "name=A").returncode == 0
    (file,) = tmp_path.glob("*.toml")
    before = file.read_bytes()
    done = socui(tmp_path, *words, input="")
    assert done.returncode == 2 and says in done.stderr, done.stderr
    assert file.read_bytes() == before and len(list(tmp_path.glob("*.toml"))) == 1
