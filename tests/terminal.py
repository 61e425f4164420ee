"""A real pseudo-terminal with an emulator behind it: starts the installed socui, types keys, waits for text."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pyte
from wcwidth import wcwidth

SOCUI = Path(sys.executable).parent / "socui"
KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "enter": "\r", "space": " ", "tab": "\t",
    "shift+tab": "\x1b[Z", "escape": "\x1b", "backspace": "\x7f", "ctrl+q": "\x11", "ctrl+s": "\x13", "end": "\x1b[F",
}  # fmt: skip
# What the emulator does not understand: private parameters, intermediate bytes, string sequences.
FOREIGN = re.compile(
    r"\x1b\[[<=>][\d;]*[@-~]|\x1b\[[?\d;]*[ -/]+[@-~]|\x1b\[[?\d;]*[nu]|\x1b[P_^X\]][^\x07\x1b]*(?:\x07|\x1b\\)"
)
STYLE = re.compile(r"\x1b\[[\d;:]*m")
"""Colors and the like: most of what is written, and nothing that `Terminal.text` shows. Tests look for them in `Terminal.raw`."""
MODE = re.compile(r"\x1b\[\?([\d;]+)([hl])")
UNFINISHED = re.compile(r"\x1b(?:\[[?<=>]?[\d;]*[ -/]*|[P_^X\]][^\x07\x1b]*|)$")


class Terminal:
    """One program in a pseudo-terminal of `columns` by `rows`; `env` adds to a bare environment."""

    def __init__(
        self, *args: str, env: dict[str, str], columns: int = 120, rows: int = 36, program: Path = SOCUI
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen, strict=False)
        self.modes: set[int] = set()
        self.raw = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")  # a read may end within a character
        self._rest = ""
        self._lines: dict[int, str] = {}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            base = {
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.environ["PYTHONPATH"],
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "COLORTERM": "truecolor",
            }
            os.execve(str(program), [str(program), *args], {**base, **env})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.fd)

    @property
    def text(self) -> str:
        """The screen as text, a line a row. Only the rows that were written to are read anew."""
        for row in self.screen.dirty:
            self._lines[row] = self._line(row)
        self.screen.dirty.clear()
        return "\n".join(self._lines[row] for row in range(self.screen.lines))

    def _line(self, row: int) -> str:
        cells, characters, wide = self.screen.buffer[row], [], False
        for column in range(self.screen.columns):
            if wide:  # the second cell of the character before
                wide = False
                continue
            character = cells[column].data
            wide = not character.isascii() and wcwidth(character[0]) == 2
            characters.append(character)
        return "".join(characters).rstrip()

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = self._decoder.decode(os.read(self.fd, 65536))
        except OSError:
            return False
        self.raw += data
        data = self._rest + data
        cut = UNFINISHED.search(data)
        self._rest = data[cut.start() :] if cut else ""
        data = data[: cut.start()] if cut else data
        for numbers, how in MODE.findall(data):
            for number in map(int, numbers.split(";")):
                (self.modes.add if how == "h" else self.modes.discard)(number)
        self.stream.feed(FOREIGN.sub("", STYLE.sub("", data)))
        return True

    def wait_for(self, pattern: str, seconds: float = 30) -> str:
        """Read until the screen matches; the screen. AssertionError with the screen where it does not."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text, re.MULTILINE):
            left = end - time.monotonic()
            if left <= 0 or (not self._read(left) and self.ended()):
                raise AssertionError(f"{pattern!r} did not appear:\n{self.text}")
        return self.text

    def type(self, *keys: str) -> None:
        """Send keys: names of KEYS, or text as it is."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def state(self) -> str:
        """What the system says the program does: S sleeping, R running, T stopped."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]

    def read_until(self, done: Callable[[], bool], seconds: float = 20) -> None:
        """Read until that is so. AssertionError with the screen where it does not become so."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, f"it did not become so:\n{self.text}"
            self._read(0.02)

    def ended(self) -> bool:
        """Whether the program is gone."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def wait(self, seconds: float = 20) -> int:
        """Read to the end of the program; its exit status, 128+n after a signal."""
        end = time.monotonic() + seconds
        while not self.ended():
            if time.monotonic() > end:
                self.signal(signal.SIGKILL)
                raise AssertionError(f"it did not end:\n{self.text}")
            self._read(0.05)
        while self._read(0):
            pass
        _, status = os.waitpid(self.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        return code if code >= 0 else 128 - code

    def restored(self) -> bool:
        """Whether the terminal is as it was: line settings, screen, cursor, mouse and paste modes."""
        left_on = self.modes & {1049, 1047, 47, 2004, 1004, 1000, 1002, 1003, 1006, 1015}
        return (
            not left_on
            and 25 in self.modes | ({25} if "\x1b[?25" not in self.raw else set())
            and termios.tcgetattr(self.fd) == self.before
        )
