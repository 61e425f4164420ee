"""The installed program in a real pseudo-terminal: the whole job, as a user does it."""

from __future__ import annotations

import signal
import tomllib
from pathlib import Path

import pytest
from terminal import Terminal


def saved(home: dict[str, str]) -> list[Path]:
    """The profiles on disk."""
    return sorted(Path(home["XDG_CONFIG_HOME"], "socui", "profiles").glob("*.toml"))


def test_the_example_shows_both_with_reasons(home: dict[str, str]) -> None:
    """The seed's fintech opens as an unnamed copy and recommends both."""
    t = Terminal("--example", "fintech-payments", env=home, columns=160, rows=50)
    screen = t.wait_for(r"needs a SOC 1 Type 2 report and a SOC 2")
    assert "SOC 1: yes" in screen and "Questions" in screen and "Comparison" in screen
    t.type("q")
    assert t.wait() == 0
    assert t.restored()
    assert saved(home) == []


def test_interview_save_leave_reopen(home: dict[str, str]) -> None:
    """Answers by keys change the recommendation; saved under a name, they are there again after reopening."""
    t = Terminal(env=home)
    t.wait_for(r"What happened")
    t.type("7")
    t.wait_for(r"What brings you here")
    t.type("2")
    t.wait_for(r"issues no report here")
    t.type("1")
    t.wait_for(r"can still change|decides|robably")
    t.type("n")
    t.wait_for(r"Has anybody else asked")
    t.type("1", "n")
    t.wait_for(r"Who relies on what you do")
    t.type("1", "n")
    t.wait_for(r"How do clients get it")
    t.type("1", "n")
    t.wait_for(r"What from your service ends up")
    t.type("s")
    t.wait_for(r"Name")
    t.type("Acme [EU] Ltd", "enter")
    t.wait_for(r"saved \d\d:\d\d")
    t.type("q")
    assert t.wait() == 0
    assert t.restored()
    (path,) = saved(home)
    data = tomllib.loads(path.read_text("utf-8"))
    assert data["kind"] == "socui-profile" and data["name"] == "Acme [EU] Ltd"
    assert data["answers"] == {
        "role": "provide",
        "more_requests": "no",
        "customer_types": ["organizations"],
        "delivery_model": ["saas"],
    }
    assert path.stat().st_mode & 0o777 == 0o600

    again = Terminal("Acme [EU] Ltd", env=home)
    again.wait_for(r"4 of \d+ answered")
    again.type("g")
    again.wait_for(r"Acme \[EU\] Ltd[\s\S]*provides a[\s\S]*organizations[\s\S]*hosted softw")
    again.type("q")
    assert again.wait() == 0


def test_a_change_of_the_command_line_is_changed_and_removed_on_the_screen(home: dict[str, str]) -> None:
    """One record for both: what `socui event` writes is a line with a form, and what keys do is in the file again."""

    def run(*args: str) -> str:
        t = Terminal(*args, env=home, columns=160)
        assert t.wait() == 0, t.text
        return t.text

    run("new", "Acme", "role=provide")
    run("event", "Acme", "--add", "kind=system_change", "date=1 June 2027", "about=a ledger")
    assert "2027-06-01" in run("event", "Acme")
    t = Terminal("Acme", env=home, columns=160, rows=50)
    t.wait_for(r"\d+ of \d+ answered")
    t.type("g", "down", "down", "down")
    t.wait_for(r"› ✓ System change\s+1 Jun 2027, a ledger")
    t.type("space")
    t.wait_for(r"What changes\?")
    t.type("2")
    t.wait_for(r"◉ We acquire a company")
    t.type("escape")
    t.wait_for(r"› ✓ Acquisition\s+1 Jun 2027, a ledger")
    t.wait_for(r"saved \d\d:\d\d")
    t.type("q")
    assert t.wait() == 0
    assert "kind:            acquisition" in run("event", "Acme")
    t = Terminal("Acme", env=home, columns=160, rows=50)
    t.wait_for(r"\d+ of \d+ answered")
    t.type("g", "down", "down", "down", "x")
    t.wait_for(r"removed: acquisition; u brings it back")
    t.wait_for(r"saved \d\d:\d\d")
    t.type("q")
    assert t.wait() == 0
    assert "none in Acme" in run("event", "Acme")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["SIGTERM", "SIGHUP"])
def test_signals_keep_the_work_and_restore_the_terminal(
    home: dict[str, str], number: signal.Signals, status: int
) -> None:
    """Unnamed work is a draft when the program is told to end."""
    t = Terminal(env=home)
    t.wait_for(r"What happened")
    t.type("7")
    t.wait_for(r"What brings you here")
    t.type("2")
    t.wait_for(r"issues no report here")
    t.signal(number)
    assert t.wait() == status
    assert t.restored()
    drafts = list(Path(home["XDG_CONFIG_HOME"], "socui", "drafts").glob("*.toml"))
    assert len(drafts) == 1 and 'role = "obtain"' in drafts[0].read_text("utf-8")


def test_an_unknown_name_is_one_line_and_status_2(home: dict[str, str]) -> None:
    """No screen is opened for a profile that does not exist."""
    t = Terminal("Nobody", env=home)
    assert t.wait() == 2
    assert "Nobody" in t.text and "Traceback" not in t.text
    assert "\x1b[?1049h" not in t.raw


def test_a_broken_knowledge_base_is_refused_with_file_and_line(home: dict[str, str], tmp_path: Path) -> None:
    """An edited copy with a mistake: what, where and what to do."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rules.toml").write_text("[[rule]\n", "utf-8")
    t = Terminal("--data", str(tmp_path / "data"), env=home)
    assert t.wait() == 2
    assert "rules.toml:1" in t.text and "Traceback" not in t.text


def test_a_small_terminal_says_what_it_needs(home: dict[str, str]) -> None:
    """Below 60 by 18 there is a line instead of a crash."""
    t = Terminal(env=home, columns=50, rows=12)
    t.wait_for(r"60")
    t.type("q")
    assert t.wait() == 0
