"""What users of terminal apps report of terminals: stopping, mice, light backgrounds, encodings, sizes, pasted lines."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from terminal import SOCUI, Terminal

from socui.settings.terminal import light_by_environment

LIGHT_REPLY = "\x1b]11;rgb:ffff/fbfb/f7f7\x1b\\"
DARK_REPLY = "\x1b]11;rgb:1515/1818/1d1d\x07"
LIGHT_GROUND, DARK_GROUND = "48;2;251;250;247", "48;2;21;24;29"


def state(home: dict[str, str]) -> dict[str, object]:
    """What is remembered."""
    return tomllib.loads(Path(home["XDG_CONFIG_HOME"], "socui", "state.toml").read_text())


def painted(t: Terminal) -> int:
    """How many rows of the screen hold something."""
    return sum(bool(row.strip()) for row in t.screen.display)


def stopped(t: Terminal) -> bool:
    """Whether the program is stopped."""
    return t.state() == "T"


@pytest.mark.parametrize("how", ["ctrl+z", "TSTP", "STOP"])
def test_it_stops_for_the_shell_and_paints_everything_again(home: dict[str, str], how: str) -> None:
    t = Terminal("--example", "fintech-payments", env=home)
    t.wait_for("Recommendation")
    rows = t.screen.lines - 1
    if how == "ctrl+z":
        t.type("\x1a")
    else:
        t.signal(signal.SIGTSTP if how == "TSTP" else signal.SIGSTOP)
    t.read_until(lambda: stopped(t))
    t.read_until(lambda: not t._read(0.05))
    if how != "STOP":  # of which a program hears nothing
        assert t.restored()
    t.screen.reset()
    assert painted(t) == 0
    t.signal(signal.SIGCONT)
    t.read_until(lambda: painted(t) >= rows)
    t.type("q")
    assert t.wait() == 0
    assert t.restored()


WRITING = """
import os, signal
from textual.app import App
from socui.screens.driver import Driver

class Writing(App):
    def on_key(self, event):
        if event.key == "w":
            with self._driver._writer_thread._queue.mutex:
                os.kill(os.getpid(), signal.SIGTSTP)
                sum(range(1000))
        else:
            self.exit()

Writing(driver_class=Driver).run()
"""


def test_it_stops_also_while_it_writes(home: dict[str, str]) -> None:
    """Found by a process that a test had left: stopped in the midst of a write it waited for itself for ever."""
    t = Terminal("-c", WRITING, env=home, program=Path(sys.executable))
    t.read_until(lambda: 1049 in t.modes and t.state() == "S")
    t.type("w")
    t.read_until(lambda: stopped(t))
    assert t.restored()
    t.signal(signal.SIGCONT)
    t.read_until(lambda: 1049 in t.modes)
    t.type("q")
    assert t.wait() == 0


def test_what_was_said_is_on_the_disk_when_it_stops(home: dict[str, str]) -> None:
    t = Terminal(env=home)
    t.wait_for("What happened")
    t.type("6", "\x1a")
    t.read_until(lambda: stopped(t))
    (draft,) = Path(home["XDG_CONFIG_HOME"], "socui", "drafts").glob("*.toml")
    assert 'role = "obtain"' in draft.read_text()
    t.signal(signal.SIGCONT)
    t.wait_for("no report here")
    t.type("q")
    assert t.wait() == 0


def test_the_mouse_in_pixels_is_turned_off(home: dict[str, str]) -> None:
    t = Terminal(env=home)
    t.wait_for("What happened")
    t.type("\x1b[?2048;2$y")  # as kitty and foot answer
    t.read_until(lambda: 1016 in t.modes)
    t.type("q")
    assert t.wait() == 0
    assert 1016 not in t.modes and t.restored()


def cell(t: Terminal, text: str) -> tuple[int, int]:
    """Column and row of that text, as the mouse counts."""
    row, line = next((y, line) for y, line in enumerate(t.screen.display) if text in line)
    return line.index(text) + 1, row + 1


def test_dragging_is_no_click(home: dict[str, str]) -> None:
    t = Terminal(env=home)
    t.wait_for("5 ○ Nobody yet")
    x, y = cell(t, "Nobody yet")
    for across, down in ((20, 0), (0, -1), (12, -1), (-3, 0), (4, 3)):
        to = (x + across, y + down)
        t.type(f"\x1b[<0;{x};{y}M", f"\x1b[<32;{to[0]};{to[1]}M", f"\x1b[<0;{to[0]};{to[1]}m")
        t.type("?")
        t.wait_for("hold\\s+shift")
        t.type("escape")
        t.read_until(lambda: "Help" not in t.text and "hold shift" not in t.text)
        t.wait_for("0 of \\d+ answered[\\s\\S]*5 ○ Nobody yet")
    t.type(f"\x1b[<0;{x};{y}M", f"\x1b[<0;{x + 1};{y}m")  # a hand that trembles
    t.wait_for("[1-9]\\d* of \\d+ answered")
    t.type("q")
    assert t.wait() == 0


def grounds(t: Terminal) -> str:
    """The background painted last."""
    asked = re.findall(f"{LIGHT_GROUND}|{DARK_GROUND}", t.raw)
    return asked[-1] if asked else ""


@pytest.mark.parametrize("split", [0, 1, 9])
def test_a_light_terminal_is_seen_and_no_key_is_lost(home: dict[str, str], split: int) -> None:
    """The answer may come in pieces, between keys that are typed."""
    t = Terminal(env=home)
    t.read_until(lambda: "\x1b]11;?" in t.raw)
    t.type(LIGHT_REPLY[:split])
    t.type(LIGHT_REPLY[split:] + "6") if split else t.type("6" + LIGHT_REPLY)
    t.wait_for("no report here")
    t.read_until(lambda: grounds(t) == LIGHT_GROUND)
    t.read_until(lambda: state(home).get("light") is True)
    t.type("q")
    assert t.wait() == 0
    assert "theme" not in state(home)
    again = Terminal(env=home)  # it starts as it ended
    again.wait_for("Welcome back")
    assert DARK_GROUND not in again.raw and LIGHT_GROUND in again.raw
    again.type(DARK_REPLY)  # the terminal is dark now
    again.read_until(lambda: grounds(again) == DARK_GROUND)
    again.type("q")
    assert again.wait() == 0


@pytest.mark.parametrize(("colorfgbg", "ground"), [("0;15", LIGHT_GROUND), ("15;0", DARK_GROUND)])
def test_the_environment_tells_a_light_terminal(home: dict[str, str], colorfgbg: str, ground: str) -> None:
    t = Terminal(env={**home, "COLORFGBG": colorfgbg})
    t.wait_for("What happened")
    assert set(re.findall(f"{LIGHT_GROUND}|{DARK_GROUND}", t.raw)) == {ground}
    t.type("q")
    assert t.wait() == 0


@pytest.mark.parametrize(
    ("colorfgbg", "light"),
    [("0;15", True), ("0;default;15", True), ("0;7", True), ("15;0", False), ("7;8", False), ("nonsense", None),
     ("0;default", None), ("0;99", None), ("", None)],
)  # fmt: skip
def test_what_the_environment_says_of_the_background(colorfgbg: str, light: bool | None) -> None:
    assert light_by_environment(colorfgbg) is light


def test_a_theme_that_was_chosen_stays(home: dict[str, str]) -> None:
    t = Terminal(env={**home, "SOCUI_THEME": "socui-dark", "COLORFGBG": "0;15"})
    t.wait_for("What happened")
    assert "\x1b]11;?" not in t.raw
    t.type(LIGHT_REPLY, "6")  # nobody asked; still it is no key
    t.wait_for("no report here")
    assert LIGHT_GROUND not in t.raw
    t.type("q")
    assert t.wait() == 0


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1", "SOCUI_ASCII"])
def test_nothing_is_written_that_the_encoding_lacks(home: dict[str, str], encoding: str) -> None:
    """Everywhere: panes, palette, theme picker, list of profiles, help, reference, dialogs. One way of asking for plain
    letters is tried on all of them, the others on the panes and the help."""
    env = {"SOCUI_ASCII": "1"} if encoding == "SOCUI_ASCII" else {"PYTHONIOENCODING": encoding}
    t = Terminal("--example", "fintech-payments", env={**home, **env})
    t.wait_for("Recommendation")
    for key, sees in [
        ("?", "glyphs mean"), (":", "Next pane"), ("T", "nord"), ("o", "filter by name"), ("f", "tab next group"),
        ("s", "fiscal year end"), ("t", "enter keep"), ("r", "for auditors"), ("P", "Esc"),
    ][: None if encoding == "ascii" else 1]:  # fmt: skip
        t.type(*(("p", "t") if key == "t" else (key,)))  # a note is one on the question that is open
        t.wait_for(sees)
        t.type("escape")
        t.read_until(lambda sees=sees: not re.search(sees, t.text))
    t.type("q")
    assert t.wait() == 0
    odd = {c for c in t.raw if ord(c) > 0x7E}
    assert not odd
    assert not re.findall(r"\\[uU][0-9a-f]{4}|\\x[0-9a-f]{2}", t.raw)


def test_letters_that_an_encoding_has_stay(home: dict[str, str]) -> None:
    env = {**home, "PYTHONIOENCODING": "iso-8859-1"}
    base = {**os.environ, **env}
    subprocess.run([SOCUI, "new", "Z\u00fcrich \u65e5\u672c"], env={**base, "PYTHONIOENCODING": "utf-8"}, check=True)
    t = Terminal("Z\u00fcrich \u65e5\u672c", env=env)
    t.wait_for("rich \\?\\?\\?\\?")
    t.type("q")
    assert t.wait() == 0


def test_the_line_of_a_small_terminal_says_what_it_needs_and_what_it_is(home: dict[str, str]) -> None:
    t = Terminal(env=home, columns=44, rows=12)
    t.wait_for(r"60x18.*44x12.*socui ask --plain")
    t.resize(110, 10)
    t.wait_for(r"60 columns and 18 rows.*110 and 10.*socui ask --plain")
    t.type("q")
    assert t.wait() == 0


def test_several_pasted_lines_stay_in_a_note(home: dict[str, str]) -> None:
    t = Terminal("--example", "early-saas", env=home)
    t.wait_for("Recommendation")
    t.type("p", "t")
    t.wait_for("enter keep")
    t.type("\x1b[200~Dear vendor,\rplease send your SOC 1\r\x1b[201~", "Thanks", "\n", "B.", "enter")
    t.read_until(lambda: "enter keep" not in t.text)
    t.type("t")
    t.wait_for("enter keep")
    for line in ("Dear vendor,", "please send your SOC 1", "Thanks", "B\\."):
        t.wait_for(line)
    t.type("escape")
    t.read_until(lambda: "enter keep" not in t.text)
    t.type("q")
    assert t.wait() == 0
    (draft,) = Path(home["XDG_CONFIG_HOME"], "socui", "drafts").glob("*.toml")
    assert tomllib.loads(draft.read_text())["notes"].popitem()[1] == "Dear vendor,\nplease send your SOC 1\nThanks\nB."


def test_standard_error_in_a_file_is_named(home: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "run"
    script.write_text(f"#!/bin/sh\nexec {sys.executable} -m socui 2>{tmp_path / 'log'}\n")
    script.chmod(0o755)
    t = Terminal(env=home, program=script)
    t.wait_for(r"standard error, on which the screen is drawn[\s\S]*Number:$")
    t.type("q", "enter")
    assert t.wait() == 0
    assert (tmp_path / "log").read_text() == ""
