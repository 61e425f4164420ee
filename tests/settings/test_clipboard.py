"""Copying, with real programs put on PATH in the place of the desktop's."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from seen import shown, until
from terminal import Terminal

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.screens.help import Keys
from socui.settings.clipboard import copy_natively, sequences

TEXT = "SOC 1 – Zürich [EU]\n" * 3
SCREEN = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}


@pytest.fixture
def bin(tmp_path: Path) -> Path:
    """An empty folder for programs."""
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def program(bin: Path, name: str, body: str = "") -> Path:
    """A program that writes its arguments and what it is given into a file; the file."""
    taken = bin / f"{name}.taken"
    path = bin / name
    path.write_text(f"#!/bin/sh\n{body or f'echo $@ > {taken}; /bin/cat >> {taken}'}\n")
    path.chmod(0o755)
    return taken


def env(bin: Path, **more: str) -> dict[str, str]:
    """An environment where only those programs are found."""
    return {"PATH": str(bin), **more}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("wl-copy", ""), ("xclip", "-selection c"), ("xsel", "-b -i")],
)
def test_the_program_gets_the_text(bin: Path, name: str, arguments: str) -> None:
    taken = program(bin, name)
    program(bin, "wl-paste") if name == "wl-copy" else None
    assert copy_natively(TEXT, env(bin, **SCREEN)) == name
    assert taken.read_text("utf-8") == f"{arguments}\n{TEXT}"


def test_without_a_display_or_far_away_the_desktop_is_not_asked(bin: Path) -> None:
    program(bin, "xclip")
    assert copy_natively(TEXT, env(bin)) == ""
    assert copy_natively(TEXT, env(bin, SSH_CONNECTION="a b")) == ""
    assert copy_natively(TEXT, env(bin, SSH_TTY="/dev/pts/1", DISPLAY="localhost:10.0")) == "xclip"
    assert copy_natively(TEXT, {"PATH": ""}) == ""


def test_one_that_fails_hangs_or_is_none_has_not_copied(bin: Path) -> None:
    start = time.monotonic()
    for body in ("/bin/cat > /dev/null; exit 1", "exec /bin/sleep 60", "exit 3"):
        program(bin, "xclip", body)
        assert copy_natively("x" * 1_000_000, env(bin, DISPLAY=":0"), timeout=1.5) == ""
    assert time.monotonic() - start < 20
    (bin / "xclip").write_text("no program")
    assert copy_natively(TEXT, env(bin, DISPLAY=":0")) == ""


def test_what_it_complains_of_never_reaches_the_terminal(bin: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program(bin, "xclip", "echo Error: no display; echo again >&2; exit 1")
    assert copy_natively(TEXT, env(bin, DISPLAY=":0")) == ""
    assert capfd.readouterr() == ("", "")


def test_one_that_stays_to_serve_is_not_waited_for(bin: Path) -> None:
    taken = program(bin, "xclip", f"/bin/cat > {bin / 'xclip.taken'}; /bin/sleep 30 & exit 0")
    start = time.monotonic()
    assert copy_natively(TEXT, env(bin, DISPLAY=":0"), timeout=20) == "xclip"
    assert time.monotonic() - start < 15 and taken.read_text("utf-8") == TEXT


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """A tmux of its own, as it is set where nobody set anything."""

    def run(*arguments: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-S", str(tmp_path / "tmux"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=base).stdout

    base = {**os.environ, "HOME": str(tmp_path), "TERM": "xterm-256color"}
    base.pop("TMUX", None)
    run("new-session", "-d", "-s", "a", "-x", "120", "-y", "36", "exec sh")
    yield run
    run("kill-server")


if shutil.which("tmux"):  # no test is skipped: where there is no tmux there is none

    def test_tmux_at_its_defaults_has_it(bin: Path, tmux: Callable[..., str]) -> None:
        (bin / "tmux").symlink_to(str(shutil.which("tmux")))
        tmux("set-buffer", "BEFORE")
        inside = tmux("display", "-p", "#{socket_path},#{pid},#{session_id}").strip().replace("$", "")
        assert copy_natively(TEXT, env(bin, TMUX=inside)) == "tmux"
        assert tmux("show-buffer") == TEXT
        assert copy_natively(TEXT, env(bin, TMUX="/nowhere,1,0")) == ""


def test_the_sequence_and_its_way_through_tmux() -> None:
    plain = sequences(TEXT, {})
    assert base64.b64decode(plain.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode() == TEXT
    both = sequences(TEXT, {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert both.startswith(plain)
    wrapped = both.removeprefix(plain)
    assert wrapped.startswith("\x1bPtmux;\x1b\x1b]52;c;") and wrapped.endswith("\x07\x1b\\")
    assert wrapped[7:-2].replace("\x1b\x1b", "\x1b") == plain


def test_y_hands_the_recommendation_to_the_program(home: dict[str, str], bin: Path) -> None:
    taken = program(bin, "xclip")
    t = Terminal("--example", "early-saas", env={**home, **env(bin, DISPLAY=":0")})
    t.wait_for("Recommendation")
    t.type("y")
    t.wait_for("copied with xclip")
    assert "SOC report" in taken.read_text("utf-8") and "\x1b]52" not in t.raw
    t.type("q")
    assert t.wait() == 0


def test_y_asks_the_terminal_where_there_is_no_program_and_claims_nothing(home: dict[str, str], bin: Path) -> None:
    t = Terminal("--example", "early-saas", env={**home, **env(bin, TMUX="x")}, columns=160)
    t.wait_for("Recommendation")
    t.type("y")
    t.wait_for("sent to the terminal")
    assert "copied" not in t.text
    copies = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", t.raw)
    assert "SOC report" in base64.b64decode(copies[0]).decode() and "\x1bPtmux;" in t.raw
    t.type("q")
    assert t.wait() == 0


async def test_keys_are_heard_while_a_program_hangs(
    make_app: Callable[..., SocuiApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copying waits for the program in a thread, for as long as it takes: keys act before it is over."""
    over, gave_up = threading.Event(), threading.Event()

    def hangs(_: str) -> str:
        if not over.wait(30):
            gave_up.set()
        return ""

    monkeypatch.setattr("socui.screens.clipboard.copy_natively", hangs)
    app = make_app(example=examples()["early-saas"])
    async with app.run_test(size=(160, 50)) as pilot:
        try:
            await pilot.press("y", "question_mark")
            await until(pilot, lambda: isinstance(app.screen, Keys))
            assert not gave_up.is_set()
            await pilot.press("escape")
        finally:
            over.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "sent to the terminal" in shown(app)
