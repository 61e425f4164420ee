"""Copying: by a program of the desktop where there is one, else by a sequence that the terminal may or may not obey."""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping

TIMEOUT = 2.0
"""Seconds that a program has to take the text."""

# Name, arguments, and the variable without which it has no display to copy to (None: it needs none).
_PROGRAMS: tuple[tuple[str, tuple[str, ...], str | None], ...] = (
    ("wl-copy", (), "WAYLAND_DISPLAY"),
    ("xclip", ("-selection", "clipboard", "-in"), "DISPLAY"),
    ("xsel", ("--clipboard", "--input"), "DISPLAY"),
    ("pbcopy", (), None),
    ("clip.exe", (), None),
)
_OF_THE_MACHINE = ("pbcopy", "clip.exe")
"""Programs whose clipboard belongs to the machine they run on: over ssh that is not where the person sits."""


def programs(env: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Name and command of each program that can copy here, the best first."""
    far = bool(env.get("SSH_CONNECTION") or env.get("SSH_TTY"))
    for name, arguments, display in _PROGRAMS:
        if (display and not env.get(display)) or (far and name in _OF_THE_MACHINE):
            continue
        if path := shutil.which(name, path=env.get("PATH")):
            yield name, [path, *arguments]


def copy_natively(text: str, env: Mapping[str, str] | None = None, timeout: float = TIMEOUT) -> str:
    """Give the text to the first program that takes it: its name, or empty where none does. Waits up to `timeout`
    seconds for each of them, so not to be called where a key must not wait."""
    env = os.environ if env is None else env
    for name, command in programs(env):
        # Windows reads its code page, unless the text says that it is UTF-16.
        data = text.encode("utf-16") if name == "clip.exe" else text.encode("utf-8", "replace")
        if _takes(command, data, env, timeout):
            return name
    return ""


def _takes(command: list[str], data: bytes, env: Mapping[str, str], timeout: float) -> bool:
    try:
        # Some stay behind to serve the text: they hold no pipe of ours, and outlive the terminal in a session of
        # their own.
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(env),
            start_new_session=True,
        )
    except OSError:
        return False
    with process:
        try:
            process.communicate(data, timeout)
        except (subprocess.TimeoutExpired, OSError):
            _end(process)
            return False
    return process.returncode == 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that hangs, with whatever it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def sequences(text: str, env: Mapping[str, str] | None = None) -> str:
    """What asks the terminal to copy (OSC 52). It never answers. tmux hears the plain form or passes the wrapped one on,
    by how it is set; each is harmless where it is not heard."""
    env = os.environ if env is None else env
    plain = f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\x07"
    if not env.get("TMUX"):
        return plain
    return plain + "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
