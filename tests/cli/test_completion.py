"""The tab key, in a real bash (and in zsh and fish where there are any), through the real program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from socui.cli.verbs import VERBS
from socui.profiles.profile import Profile
from socui.profiles.records import Event, ReportHeld, Request
from socui.profiles.store import Store

BIN = Path(sys.executable).parent
BASH = shutil.which("bash")
ASK = """
eval "$(socui completion bash)"
COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9; COMP_KEY=9
_python_argcomplete socui
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Profiles whose names need care."""
    store = Store(tmp_path / "profiles")
    for name in ("Acme Payroll", "Zeta $(touch hit)", "Zeta 'two'"):
        requests, held, events = (Request(id="r1"),), (ReportHeld(report="soc2"),), (Event(kind="acquisition"),)
        answers = {"role": "provide"}
        store.create(Profile(name=name, answers=answers, requests=requests, reports_held=held, events=events))
    return store.root


def environment(folder: Path) -> dict[str, str]:
    """What the shell is given."""
    return {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PYTHONPATH": os.environ["PYTHONPATH"],
        "HOME": str(folder.parent),
        "SOCUI_PROFILES": str(folder),
    }


def bash(folder: Path, line: str) -> list[str]:
    """What bash is offered behind that line."""
    done = subprocess.run(
        [str(BASH), "--norc", "-c", ASK, "bash", line],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env=environment(folder),
    )
    assert done.stderr == ""
    return [word.rstrip(" ") for word in done.stdout.splitlines() if word]


needs_bash = pytest.mark.skipif(BASH is None, reason="no bash here")


@needs_bash
@pytest.mark.parametrize(
    ("line", "some", "none"),
    [
        ("socui rep", {"report"}, {"rename"}),
        ("socui ", {"report", "assess", "Acme\\ Payroll"}, {"--data"}),
        ("socui Ac", {"Acme\\ Payroll"}, {"Zeta\\ \\'two\\'"}),
        ("socui report Ac", {"Acme\\ Payroll"}, set()),
        ("socui report --f", {"--format", "--for-auditors"}, {"--data"}),
        ("socui report --format ", {"text", "md", "html", "json"}, {"Acme\\ Payroll"}),
        ("socui report --example ", {"early-saas", "fintech-payments"}, {"Acme\\ Payroll"}),
        ("socui show Z", {"Zeta\\ \\$\\(touch\\ hit\\)", "Zeta\\ \\'two\\'"}, {"Acme\\ Payroll"}),
        ("socui compare Acme\\ Payroll Z", {"Zeta\\ \\'two\\'"}, {"Acme\\ Payroll"}),
        ("socui new A", set(), {"Acme\\ Payroll"}),
        ("socui set Acme\\ Payroll fin", {"financial_link=", "financial_activities="}, {"role="}),
        ("socui set Acme\\ Payroll role=", {"provide", "obtain", "\\?"}, {"none"}),
        ("socui set Acme\\ Payroll financial_link=posts,f", {"posts,feeds"}, {"posts,posts"}),
        ("socui set Acme\\ Payroll --note ro", {"role="}, set()),
        ("socui set Acme\\ Payroll --date ", {"needed_by=", "year_end="}, set()),
        ("socui completion ", {"bash", "zsh", "fish"}, set()),
        ("socui request Acme\\ Payroll --add re", {"reader=", "refused="}, {"asks="}),
        ("socui request Acme\\ Payroll reader=fi", {"finance"}, {"security"}),
        ("socui request Acme\\ Payroll --add asks=soc1,soc", {"soc1,soc2"}, {"soc1,soc1"}),
        ("socui request Acme\\ Payroll r", {"r1"}, set()),
        ("socui held Acme\\ Payroll --remove ", {"soc2"}, set()),
        ("socui held Acme\\ Payroll --add op", {"opinion="}, {"reader="}),
        ("socui event Acme\\ Payroll --add ", {"kind=", "date=", "about="}, {"opinion="}),
        ("socui event Acme\\ Payroll --add kind=", {"system_change", "acquisition"}, set()),
        ("socui event Acme\\ Payroll --remove ", {"acquisition"}, set()),
        ("socui event Acme\\ Payroll ac", {"acquisition"}, set()),
        ("socui ev", {"event", "evidence"}, set()),
        ("socui evidence Acme\\ Payroll ", {"since="}, {"date="}),
        ("socui vendors Acme\\ Payroll --add ", {"name=", "stops="}, {"reader=", "reports="}),
        ("socui questions fin", {"financial_link", "financial_activities"}, {"role"}),
    ],
)
def test_bash_offers(folder: Path, line: str, some: set[str], none: set[str]) -> None:
    offered = set(bash(folder, line))
    assert some <= offered and not none & offered, offered
    assert not (folder / "hit").exists()


@needs_bash
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("#1 client", "\\#"), ("~", "\\~"), ("~root", "\\~"), ("Yes!ls", '"Y'), ("e@f", "e"), ("A $(touch hit)", '"A'),
        ("B `touch hit`", "'B"),
        ("G * glob?", "G"), ("N\\back", "'N"), ("C 'one' two", "'C"), ("D \"quoted\"", '"D'), ("I;touch hit", "I"), ("Ünö ñame", "Ü"),
    ],
)  # fmt: skip
def test_a_name_is_completed_to_itself(tmp_path: Path, name: str, typed: str) -> None:
    """What bash makes of the word that it was offered is the name, and nothing was executed."""
    folder = Store(tmp_path / "profiles")
    folder.create(Profile(name=name))
    (word,) = bash(folder.root, f"socui show {typed}")
    quote = typed[0] if typed[0] in "'\"" else ""
    line = f"set -o history -o histexpand; HOME=/elsewhere; printf %s {quote}{word}{quote}"
    done = subprocess.run([str(BASH), "--norc", "-c", line], check=True, capture_output=True, timeout=60, cwd=tmp_path)
    assert done.stdout.decode() == name
    assert not (tmp_path / "hit").exists()


@needs_bash
def test_bash_replaces_a_word_from_its_at_sign_on(tmp_path: Path) -> None:
    folder = Store(tmp_path / "profiles")
    folder.create(Profile(name="e@f"))
    assert bash(folder.root, "socui show e@") == ["@f"]


@pytest.mark.parametrize(
    ("shell", "typed", "offered"),
    [("fish", "", {"=S"}), ("zsh", "", {"\\~root:", "\\=S:", "\\#1:"}), ("zsh", "\"'", {"\\'h\\':"})],
)
def test_other_shells_read_no_name_as_something_else(tmp_path: Path, shell: str, typed: str, offered: set[str]) -> None:
    """fish lets nobody escape a `~` at the start; zsh reads `=S` as the path of a command."""
    folder = Store(tmp_path / "profiles")
    for name in ("~root", "=S", "#1", "'h'"):
        folder.create(Profile(name=name))
    out = tmp_path / "out"
    env = {"_ARGCOMPLETE": "1", "COMP_LINE": f"socui show {typed}", "COMP_POINT": "99", "_ARGCOMPLETE_SHELL": shell}
    env |= {"_ARGCOMPLETE_STDOUT_FILENAME": str(out), "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_SUPPRESS_SPACE": "1"}
    subprocess.run([sys.executable, "-m", "socui"], check=False, timeout=60, env={**environment(folder.root), **env})
    words = {line.removesuffix("None").strip() for line in out.read_text("utf-8").splitlines()}
    assert offered <= words and not any(word.startswith(("~", "=S:", "#1:")) for word in words), words


@needs_bash
def test_files_are_the_shells_own(folder: Path) -> None:
    (folder.parent / "rows.csv").write_text("role\n")
    assert bash(folder, f"socui assess {folder.parent}/ro") in ([], [f"{folder.parent}/rows.csv"])


def test_a_file_of_another_folder_is_offered_where_it_may_be_read(folder: Path) -> None:
    (folder.parent / "rows.toml").write_text("")
    (folder.parent / "rows.csv").write_text("")
    for verb in ("report", "show", "compare", "open"):
        assert bash(folder, f"socui {verb} {folder.parent}/ro") == [f"{folder.parent}/rows.toml"]
    assert f"{folder.parent}/rows.toml" not in bash(folder, f"socui rename {folder.parent}/ro")


def test_every_command_is_offered(folder: Path) -> None:
    if BASH is None:
        pytest.skip("no bash here")
    assert {verb.name for verb in VERBS} <= set(bash(folder, "socui "))


@pytest.mark.parametrize("shell", [shell for shell in ("bash", "zsh", "fish") if shutil.which(shell)])
def test_a_shell_takes_the_script(tmp_path: Path, shell: str) -> None:
    script = subprocess.run(
        [str(BIN / "socui"), "completion", shell], check=True, capture_output=True, timeout=60
    ).stdout
    assert b"socui" in script
    program = str(shutil.which(shell))
    file = tmp_path / "script"
    file.write_bytes(script)
    assert subprocess.run([program, "-n", str(file)], check=False, timeout=60).returncode == 0


def test_a_tab_shows_no_screen_and_imports_none(folder: Path) -> None:
    """At a tab the knowledge is not checked and Textual not imported."""
    line = "socui set Acme\\ Payroll fin"
    env = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_SHELL": "bash"}
    env["_ARGCOMPLETE_STDOUT_FILENAME"] = str(folder.parent / "out")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "socui"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**environment(folder), **env},
    )
    assert "financial_link=" in (folder.parent / "out").read_text()
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "argcomplete" in imported
    assert not {
        m
        for m in imported
        if m.split(".")[0] in ("textual", "rich") or m in ("socui.knowledge.load", "socui.deciding.decide")
    }
