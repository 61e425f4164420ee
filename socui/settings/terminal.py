"""Finds out about the terminal: whether it can show the screen, which characters it can show, and whether it is light."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import TextIO

HALF = 0.5
"""The least luminance of a light background."""


def why_no_screen(env: Mapping[str, str], stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> str:
    """Return why the full screen cannot be shown on these streams, in words that continue "no full screen: "; empty
    where it can. A driver that a server names needs no terminal."""
    if env.get("TEXTUAL_DRIVER"):
        return ""
    for stream, why in (
        (stdin, "standard input is not a terminal"),
        (stdout, "standard output is not a terminal"),
        (stderr, "standard error, on which the screen is drawn, is not a terminal (leave out 2>)"),
    ):
        if stream is None or not stream.isatty():
            return why
    if env.get("TERM") == "dumb":
        return "this terminal cannot show it (TERM=dumb)"
    return ""


def writes_unicode(stream: TextIO | None) -> bool:
    """Return whether that stream can write every character."""
    try:
        return stream is None or codecs.lookup(stream.encoding or "utf-8").name.startswith("utf-")
    except LookupError:
        return False


def light_by_environment(colorfgbg: str) -> bool | None:
    """Return whether the background is light by COLORFGBG, which some terminals set (`0;15`, `0;default;15`). None
    where it says nothing."""
    last = colorfgbg.rpartition(";")[2]
    if not (last.isascii() and last.isdigit()) or int(last) > 15:
        return None
    return int(last) == 7 or int(last) > 8


def light_by_reply(red: str, green: str, blue: str) -> bool:
    """Return whether a color is light: its parts in hexadecimal, one to four digits each, of which all ones is the
    most."""
    r, g, b = (int(part, 16) / float(16 ** len(part) - 1) for part in (red, green, blue))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > HALF
