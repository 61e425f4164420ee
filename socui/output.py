"""What the command line prints: UTF-8 whatever the locale says, nothing that acts on a terminal, errors in one line."""

from __future__ import annotations

import errno
import re
import sys

from socui.profile import scrub, scrub_line

# Characters that are not seen: they make two names look alike. ZWJ and ZWNJ are left, scripts and emoji need them.
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
                     "\ufff9-\ufffb\U000e0000-\U000e0fff]")  # fmt: skip


class Usage(Exception):
    """The command line cannot be followed; its text is one line a person can act on. Exit status 2."""


def visible_lines(text: str) -> str:
    """The text with everything that acts on a terminal or is not seen made visible; lines and tabs stay."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", scrub(text))


def visible(text: str) -> str:
    """As `visible_lines`, in one line."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", scrub_line(text))


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
