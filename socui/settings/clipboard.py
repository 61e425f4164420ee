"""Copying: by pyperclip where the machine has a clipboard, into tmux where it runs, and by a sequence that the terminal may
or may not obey."""

from __future__ import annotations

import base64
import contextlib
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping

TIMEOUT = 2.0
"""Seconds that a program has to take the text."""

# A process of its own: a program that hangs, or writes on the terminal, hangs and writes there. pyperclip does not look at
# how the programs that it starts end, so that is done here; those that stay behind to serve the text have not ended yet.
_BY_PYPERCLIP = """
import subprocess, sys, pyperclip
class Started(subprocess.Popen):
    of = []
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        Started.of.append(self)
copy, _ = pyperclip.determine_clipboard()
if not copy:
    sys.exit(3)
subprocess.Popen = Started
copy(sys.stdin.buffer.read().decode())
if any(p.returncode for p in Started.of):
    sys.exit(1)
sys.stdout.write(Started.of[-1].args[0] if Started.of else "")
"""


def copy_natively(text: str, env: Mapping[str, str] | None = None, timeout: float = TIMEOUT) -> str:
    """Give the text to the clipboard of this machine and to tmux. Says who took it, empty where nobody did. Waits up to
    `timeout` seconds for each of them, so not to be called where a key must not wait."""
    env = os.environ if env is None else env
    data = text.encode("utf-8", "replace")
    took = []
    if _is_near(env):
        done = _ran([sys.executable, "-P", "-c", _BY_PYPERCLIP], data, env, timeout)
        if done is not None:
            took.append(done.strip() or "the system's clipboard")
    # With -w tmux hands it on to the terminal around it; before tmux 3.2 there is no -w.
    if env.get("TMUX") and any(
        _ran(["tmux", "load-buffer", *more, "-"], data, env, timeout) is not None for more in (["-w"], [])
    ):
        took.append("tmux")
    return " and ".join(took)


def _is_near(env: Mapping[str, str]) -> bool:
    """Return whether the clipboard that pyperclip finds is where the person sits: over ssh that is so by a display
    only."""
    if not (env.get("SSH_CONNECTION") or env.get("SSH_TTY")):
        return True
    of_the_machine = sys.platform == "darwin" or "microsoft" in platform.uname().release.lower()
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")) and not of_the_machine


def _ran(command: list[str], data: bytes, env: Mapping[str, str], timeout: float) -> str | None:
    """Return what the program printed when it took the text; None where it did not."""
    # Some stay behind to serve the text: they hold no pipe of ours, and outlive the terminal in a session of their own.
    with tempfile.TemporaryFile() as printed:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=printed,
                stderr=subprocess.DEVNULL,
                env=dict(env),
                start_new_session=True,
            )
        except OSError:
            return None
        with process:
            try:
                process.communicate(data, timeout)
            except (subprocess.TimeoutExpired, OSError):
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
                return None
        printed.seek(0)
        return printed.read().decode("utf-8", "replace") if process.returncode == 0 else None


def sequences(text: str, env: Mapping[str, str] | None = None) -> str:
    """Return what asks the terminal to copy (OSC 52). It never answers. tmux hears the plain form or passes the
    wrapped one on, by how it is set; each is harmless where it is not heard."""
    env = os.environ if env is None else env
    plain = f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\x07"
    if not env.get("TMUX"):
        return plain
    return plain + "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
