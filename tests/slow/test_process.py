"""The life of the process in a real pseudo-terminal: killed, stopped, closed, crashed; and what hostile files do to it."""

from __future__ import annotations

import errno
import io
import os
import pty
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace
from terminal import SOCUI, Terminal
from textual.drivers._writer_thread import WriterThread

from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens.driver import Outliving

LISTED = r"(?s)│› .*enter open"
"""The list stands: its cursor, and below it what can be done."""
MODES = {1049, 2004, 1000}


@pytest.fixture
def store(home: dict[str, str]) -> Store:
    """That user's profiles."""
    return Store(Path(home["XDG_CONFIG_HOME"], "socui", "profiles"))


def drafts(store: Store) -> list[dict[str, object]]:
    """The drafts on disk."""
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted(store.drafts.folder.glob("*.toml"))]


def interview(home: dict[str, str], *about: str) -> Terminal:
    """The app at its first question, once it is not known what happened."""
    t = Terminal(*about, env=home)
    begun(t)
    return t


def begun(t: Terminal) -> None:
    """Say that it is not known what happened; the first question follows."""
    t.wait_for(r"What happened")
    t.type("7")
    t.wait_for(r"What brings you here")


def test_a_kill_loses_at_most_the_last_second_of_a_saved_profile(home: dict[str, str], store: Store) -> None:
    opened = store.create(Profile(name="Payroll"))
    t = interview(home, "Payroll")
    t.type("1", "n")
    t.wait_for(r"Has anybody else asked")
    t.type("1", "n")
    t.wait_for(r"Who relies on what you do")
    t.type("1")
    t.wait_for(r"■ .*rganization")
    saved_at = time.monotonic()
    t.read_until(lambda: b"customer_types" in opened.path.read_bytes(), 5)
    assert time.monotonic() - saved_at < 1 + 1  # a second, and one for a machine that is busy
    t.type("2")  # what is said within the last second may be lost, and nothing else
    t.signal(signal.SIGKILL)
    assert t.wait() == 137
    profile = store.open(opened.path).profile
    assert profile.answers["role"] == "provide"
    assert profile.answers["customer_types"][0] == "organizations"
    assert not [path for path in store.root.iterdir() if path.name.endswith(".tmp")]
    again = Terminal("Payroll", env=home)
    again.wait_for(r"[23] of \d+ answered")
    again.type("q")
    assert again.wait() == 0


def test_a_kill_leaves_a_draft_that_is_offered_and_not_applied(home: dict[str, str], store: Store) -> None:
    before = store.create(Profile(name="Payroll")).path.read_bytes()
    t = Terminal(env=home)
    t.wait_for(r"Welcome back")
    t.type("3")
    begun(t)
    t.type("2")
    t.wait_for(r"issues no report here")
    t.read_until(lambda: bool(drafts(store)), 5)
    t.signal(signal.SIGKILL)
    t.wait()
    (draft,) = store.drafts.folder.glob("*.toml")
    assert draft.stat().st_mode & 0o777 == 0o600
    again = Terminal(env=home)
    again.wait_for(r"Continue.*unnamed draft")
    assert [p.read_bytes() for p in store.root.glob("*.toml")] == [before]
    again.type("1")
    again.wait_for(r"issues no report here")
    again.type("q")
    assert again.wait() == 0
    assert [d["answers"] for d in drafts(store)] == [{"role": "obtain"}]


def test_a_window_that_is_closed_keeps_the_work_within_two_seconds(home: dict[str, str], store: Store) -> None:
    t = interview(home)
    t.type("2")
    t.wait_for(r"issues no report here")
    os.close(t.fd)
    start = time.monotonic()
    while not t.ended():
        assert time.monotonic() - start < 2
        time.sleep(0.01)
    os.waitpid(t.pid, 0)
    assert [d["answers"] for d in drafts(store)] == [{"role": "obtain"}]


def test_a_terminal_that_goes_without_a_signal_ends_it(home: dict[str, str]) -> None:
    """Not controlled by the terminal, as under some servers, it hears of no end: it sees for itself, and is no orphan."""
    master, slave = pty.openpty()
    command, env = [SOCUI, "--example", "fintech-payments"], {**os.environ, **home, "TERM": "xterm-256color"}
    running = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env=env)
    os.close(slave)
    text = b""
    while b"Questions" not in text:
        text += os.read(master, 65536)
    os.close(master)
    try:
        assert running.wait(timeout=20) == 128 + signal.SIGHUP
    finally:
        running.kill()


def test_a_window_that_is_closed_while_much_is_painted_ends_the_program(home: dict[str, str], store: Store) -> None:
    """Textual's thread that writes ended with the window; whoever painted more waited for it for ever, deaf to the signal."""
    t = interview(home)
    t.type("2")
    t.wait_for(r"issues no report here")
    t.type("jk" * 400)
    os.close(t.fd)
    start = time.monotonic()
    while not t.ended():
        assert time.monotonic() - start < 30
        time.sleep(0.01)
    os.waitpid(t.pid, 0)
    assert [d["answers"] for d in drafts(store)] == [{"role": "obtain"}]


class Closed(io.StringIO):
    """A terminal whose window is gone."""

    tried = 0

    def write(self, *_: str) -> int:
        self.tried += 1
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def flush(self) -> None:
        self.write()


def test_the_thread_that_writes_outlives_the_terminal() -> None:
    """By itself it ends, and whoever writes the thirty-first text after that waits for ever."""
    terminal = Closed()
    writer = WriterThread(Outliving(terminal))  # type: ignore[arg-type]
    writer.start()
    for _ in range(25):
        writer.write("painted")
    writer.stop()
    assert terminal.tried >= 25


BOOM = """
import sys
from socui.screens.workspace.screen import Workspace
def boom(self):
    answers = "SECRET " + str(self.session.profile.answers)
    raise RuntimeError(len(answers))
Workspace.action_why = boom
from socui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_crash_shows_no_answers_keeps_them_and_ends_with_1(home: dict[str, str], store: Store) -> None:
    t = Terminal("-c", BOOM, env=home, program=Path(sys.executable))
    begun(t)
    t.type("2")
    t.wait_for(r"issues no report here")
    before = len(t.raw)
    t.type("e")
    assert t.wait() == 1
    assert t.restored()
    printed = t.raw[before:]
    assert "a fault of socui's own; what you said is kept as a draft" in printed.replace("\r\n", "")
    assert "RuntimeError" in printed and "SECRET" not in printed and "obtain" not in printed
    assert [d["answers"] for d in drafts(store)] == [{"role": "obtain"}]


SELDOM = """
import sys
from socui.screens.workspace import saving as keeping
keeping.LOOK_EVERY = 10_000
from socui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_stopped_and_continued_it_restores_the_terminal_and_sees_what_changed(
    home: dict[str, str], store: Store
) -> None:
    opened = store.create(Profile(name="Payroll", answers={"role": "provide"}))
    t = Terminal("-c", SELDOM, "Payroll", env=home, program=Path(sys.executable))
    t.wait_for(r"saved \d\d:\d\d")
    assert t.modes >= MODES
    t.signal(signal.SIGTSTP)
    t.read_until(lambda: t.state() == "T")
    t.read_until(lambda: not t.modes & MODES)
    assert t.restored()
    store.save(replace(opened.profile, answers={"role": "obtain"}), opened.digest, opened.path)
    t.signal(signal.SIGCONT)
    t.read_until(lambda: t.modes >= MODES)
    t.wait_for(r"issues no report here")
    t.wait_for(r"changed on disk, read again")
    t.resize(80, 24)
    t.wait_for(r"\[Questions\]")
    t.type("u")
    t.wait_for(r"1 of \d+ answered")
    t.type("q")
    assert t.wait() == 0
    assert t.restored()


def test_told_to_go_on_while_it_is_left_it_ends(home: dict[str, str]) -> None:
    t = Terminal("--example", "fintech-payments", env=home)
    t.wait_for("q quit")
    t.type("q")

    def told() -> bool:
        if t.ended():
            return True
        t.signal(signal.SIGCONT)
        return False

    t.read_until(told)
    assert t.wait() == 0
    assert t.restored()


def test_without_looking_a_change_on_disk_is_seen_within_seconds(home: dict[str, str], store: Store) -> None:
    opened = store.create(Profile(name="Payroll", answers={"role": "provide"}))
    t = Terminal("Payroll", env=home)
    t.wait_for(r"saved \d\d:\d\d")
    store.save(replace(opened.profile, answers={"role": "obtain"}), opened.digest, opened.path)
    t.wait_for(r"issues no report here", 10)
    t.type("q")
    assert t.wait() == 0


def test_of_two_on_one_profile_each_is_told_and_neither_overwrites(home: dict[str, str], store: Store) -> None:
    opened = store.create(Profile(name="Payroll"))
    one, two = (Terminal("-c", SELDOM, "Payroll", env=home, program=Path(sys.executable)) for _ in range(2))
    for t in (one, two):
        t.wait_for(r"saved \d\d:\d\d")
        begun(t)
    one.type("2")
    one.wait_for(r"issues no report here")
    one.read_until(lambda: b'role = "obtain"' in opened.path.read_bytes())
    theirs = opened.path.read_bytes()
    two.type("1")
    two.wait_for(r"not saved: changed on disk \(s\)")
    two.type("s")
    two.wait_for(r"Take the one on the disk")
    assert opened.path.read_bytes() == theirs
    two.type("down", "down", "enter")
    two.wait_for(r"issues no report here")
    for t in (one, two):
        t.type("q")
        assert t.wait() == 0
    assert opened.path.read_bytes() == theirs
    (draft,) = drafts(store)
    assert draft["answers"] == {"role": "provide"}


def test_a_terminal_that_can_nothing_or_is_none_is_no_crash(home: dict[str, str]) -> None:
    t = Terminal(env={**home, "TERM": "dumb"})
    t.wait_for(r"Number:$")
    assert "No full screen: this terminal cannot show it (TERM=dumb)" in t.text and "\x1b[?1049h" not in t.raw
    t.type("q", "enter")
    assert t.wait() == 0
    env = {**os.environ, **home}
    done = subprocess.run([SOCUI], env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith(b"No full screen: standard input is not a terminal")
    assert done.stderr == b""


PAYLOADS = (
    "\x1b]52;c;cGF3bg==\x07", "\x1b]0;pawn\x07", "\x1b]8;;http://pawn\x1b\\x\x1b]8;;\x1b\\", "\x1b[5;31mpawn", "\x9b31mpawn",
    "\x9d0;pawn\x9c", "\x1bPpawn\x1b\\", "\x1b_pawn\x1b\\", "\x1b^pawn\x1b\\", "\x1bXpawn\x1b\\", "\x1bcpawn", "\x1b#8pawn",
    "\x0epawn\x0f", "\u202epawn\u202c", "\u2066pawn\u2069", "\x1b[2J\x1b[Hpawn", "\x1b[?1000lpawn", "\x1b[6npawn", "\x05pawn",
    "\x1b[21tpawn", "\x1b]4;1;?\x07pawn", "\x1b]10;?\x07pawn", "\x1b[>cpawn", "\x1b[=cpawn", "\x1b(0pawn", "\x7f\x08pawn",
)  # fmt: skip
LEFT = ("\x1b]52", "\x1b]0;pawn", "\x1b]8", "\x1b]4;", "\x1b]10", "\x1b[5;31m", "\x1b_", "\x1b^", "\x1bX", "\x1bc", "\x1b#8", "\x0e",
        "\x0f", "\x1b[?1000lpawn", "\x1b[6n", "\x05", "\x1b[21t", "\x1b[>c", "\x1b[=c", "\x1b(0", "\x7f", "\x08")  # fmt: skip
"""What a terminal would act on, and Textual itself never writes while a screen stands."""


def test_nothing_in_a_profile_a_file_name_or_a_paste_acts_on_the_terminal(home: dict[str, str], store: Store) -> None:
    store.root.mkdir(parents=True)
    for number, payload in enumerate(PAYLOADS):
        text = "".join(f"\\u{ord(c):04x}" for c in payload)
        lines = ('kind = "socui-profile"', "schema = 2", f'name = "{number:02} {text}"', f'organization = "{text}"', "[answers]",
                 f'role = "{text}"', "[notes]", f'role = "{text}"', "")  # fmt: skip
        (store.root / f"{number:02}.toml").write_text("\n".join(lines), "utf-8")
        (store.root / f"x{number:02}{payload.replace('/', '')}.toml").write_bytes(b"x = [")
    t = Terminal(env=home, columns=160, rows=70)
    t.wait_for(r"What happened")
    before = len(t.raw)
    t.type("o")
    t.wait_for(LISTED)
    assert "25 ␡␈pawn" in t.text
    t.resize(120, 36)
    t.wait_for(LISTED)
    for number in ("00", "01", "07", "25"):
        t.type("/")
        t.read_until(lambda: "│›" not in t.text)  # the filter has the focus
        t.type(number)
        t.wait_for(rf"^│  {number}")
        t.read_until(lambda: "! x02" not in t.text)
        t.type("enter")
        t.wait_for(rf"^│› {number}")
        t.type("enter")
        t.wait_for(r"(?s)What (happened|brings you here).*space ")
        t.type("t")
        t.wait_for(r"enter keep")
        t.type("escape")
        t.read_until(lambda: "enter keep" not in t.text)
        t.type("s")
        t.wait_for(r"Save this profile")
        t.type("\x1b[200~" + "".join(PAYLOADS[1:5]) + "\x1b[201~")
        t.type("escape")
        t.read_until(lambda: "Save this profile" not in t.text)
        t.type("o")
        t.wait_for(LISTED)
    written = t.raw[before:]
    for payload in LEFT:
        assert payload not in written, payload
    assert not [c for c in written if "\x80" <= c <= "\x9f" or c in "\u202e\u202c\u2066\u2069"]
    t.type("escape")
    t.wait_for(r"(?s)What (happened|brings you here).*space ")
    t.type("q")
    assert t.wait() == 0
    assert t.restored()
