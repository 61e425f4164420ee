"""One program in a pseudo-terminal, timed from outside: every byte is stamped when it comes and looked at later, so that
the emulator does not add to what is measured."""

from __future__ import annotations

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
from codecs import getincrementaldecoder
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyte

sys.path.insert(0, str(Path(__file__).parent.parent))
from terminal import FOREIGN, KEYS, UNFINISHED

SIZE = (120, 40)
QUIET = 0.04
"""Seconds of silence that end a repaint. The time of a repaint is that of its last byte, not of the silence."""
SYNC_QUERY = re.compile(rb"\x1b\[\?2026\$p")
now = time.perf_counter


class Burst(NamedTuple):
    """What a program wrote after something was done to it: seconds to the last byte, bytes, and seconds of CPU."""

    seconds: float
    size: int
    cpu: float


class Program:
    """A running program. The terminal says that it knows synchronized output, as those of today do."""

    def __init__(self, command: Sequence[str], env: dict[str, str], size: tuple[int, int] = SIZE) -> None:
        self.command = command
        self.screen = pyte.Screen(*size)
        self.stream = pyte.Stream(self.screen, strict=False)
        self._pending: list[tuple[float, bytes]] = []
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._tail = b""
        self.peak = 0.0
        self.begun = now()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (size[1], size[0]))
            base = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
            os.execve(command[0], list(command), {**base, **env})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.screen.display)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.fd], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self._pending.append((now(), data))
        if SYNC_QUERY.search(self._tail + data):
            os.write(self.fd, b"\x1b[?2026;2$y")
        self._tail = data[-8:]
        return bool(data)

    def _feed(self, data: bytes) -> None:
        text = self._rest + self._decode(data)
        cut = UNFINISHED.search(text)
        self._rest = text[cut.start() :] if cut else ""
        self.stream.feed(FOREIGN.sub("", text[: cut.start()] if cut else text))

    def _replay(self) -> None:
        for _, data in self._pending:
            self._feed(data)
        self._pending.clear()

    def _shows(self, patterns: Sequence[str]) -> bool:
        return all(re.search(p, self.text) for p in patterns)

    def until(self, patterns: Sequence[str], begun: float, seconds: float = 60) -> float:
        """Seconds from `begun` to the byte that completes a screen with all of these patterns."""
        end = now() + seconds
        while now() < end:
            quiet = not self._read(QUIET)
            if quiet and self._pending:
                while self._pending:
                    when, data = self._pending.pop(0)
                    self._feed(data)
                    if self._shows(patterns):
                        self._replay()
                        return when - begun
            if quiet and self.ended():
                break
        raise RuntimeError(f"{' '.join(self.command)}: {patterns} did not appear:\n{self.text}")

    def settle(self, quiet: float) -> None:
        """Wait until it has written nothing for so long."""
        while self._read(quiet):
            pass
        self._replay()

    def press(self, key: str, times: int = 1, quiet: float = QUIET) -> Burst:
        """Type a key, so many at once; what came of it. RuntimeError where nothing did."""
        data = KEYS.get(key, key).encode() * times
        cpu, begun, seen = self.cpu(), now(), len(self._pending)
        os.write(self.fd, data)
        if self._read(2):
            while self._read(quiet):
                pass
        answer = self._pending[seen:]
        if not answer:
            raise RuntimeError(f"{' '.join(self.command)}: {key!r} did nothing:\n{self.text}")
        burst = Burst(answer[-1][0] - begun, sum(len(d) for _, d in answer), self.cpu() - cpu)
        self._replay()
        return burst

    def hold(self, key: str, times: int, patterns: Sequence[str]) -> float:
        """Type a key so many times at once: seconds to the screen with these patterns."""
        begun = now()
        os.write(self.fd, KEYS.get(key, key).encode() * times)
        return self.until(patterns, begun)

    def cpu(self) -> float:
        """Seconds of CPU used so far."""
        return time.clock_gettime(((~self.pid) << 3) | 2)

    def ended(self) -> bool:
        """Whether it is gone."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def memory(self) -> float:
        """Peak resident memory so far, in MB."""
        with Path(f"/proc/{self.pid}/status").open() as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 1024  # type: ignore[index]

    def leave(self, key: str = "q") -> float:
        """Seconds from the key to the end of the process."""
        begun = now()
        os.write(self.fd, KEYS.get(key, key).encode())
        return self._end(begun)

    def _end(self, begun: float, seconds: float = 20) -> float:
        pidfd = os.pidfd_open(self.pid)
        try:
            while True:
                ready = select.select([self.fd, pidfd], [], [], seconds)[0]
                if pidfd in ready or not ready:
                    gone = now() - begun
                    break
                try:
                    os.read(self.fd, 1 << 16)
                except OSError:
                    select.select([pidfd], [], [], seconds)
        finally:
            os.close(pidfd)
        self.close()
        return gone

    def close(self) -> None:
        """End it, if it still runs, and let go of the terminal."""
        if self.pid and not self.ended():
            os.kill(self.pid, signal.SIGKILL)
        if self.pid:
            os.waitpid(self.pid, 0)
            os.close(self.fd)
        self.pid = 0


def run(command: Sequence[str], env: dict[str, str]) -> float:
    """Seconds that a command takes which ends by itself; its output is thrown away."""
    base = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **env}
    begun = now()
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(command[0], list(command), base, file_actions=nowhere)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    seconds = now() - begun
    if status:
        raise RuntimeError(f"{' '.join(command)}: exit status {status}")
    return seconds
