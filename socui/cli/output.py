"""Prints for the command line: UTF-8 in any locale, nothing that acts on a terminal, each error in one line."""

from __future__ import annotations

import errno
import sys

from socui.text import visible


def put(text: str | bytes) -> None:
    """Write data to standard output, at once. Raises OSError, BrokenPipeError."""
    if isinstance(text, str):
        text = text.encode("utf-8", "replace")
    if sys.stdout is None:
        raise OSError(errno.EBADF, "there is no standard output")
    sys.stdout.flush()
    raw = sys.stdout.buffer
    raw.write(text)
    raw.flush()


def say(line: str) -> None:
    """Talk to the person on standard error, in one line; nobody listening is no error."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.flush()
        sys.stderr.buffer.write((visible(line) + "\n").encode("utf-8", "replace"))
        sys.stderr.buffer.flush()
    except OSError:
        pass
