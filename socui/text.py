"""Makes text safe to keep and to print. Text from a person or a file is data and never acts on a terminal."""

from __future__ import annotations

import re

# Characters that act on a terminal or turn the reading direction, so that what is seen is not what is saved.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\n" if code in (0x2028, 0x2029) else "\ufffd"


def scrub(text: str) -> str:
    """Return a text that a person entered, made safe to keep. Scrubbing it twice changes nothing more.

    CRLF and the line separators U+2028 and U+2029 become LF. Control characters but tab and LF become their visible
    pictures (U+2400 and on). What has no picture becomes U+FFFD: C1, the controls of reading direction, halves of
    surrogate pairs.
    """
    return _ACTING.sub(_shown, text.replace("\r\n", "\n"))


def scrub_lines(text: str) -> str:
    """As `scrub`, for lines that a terminal sent: it sends the end of a pasted line as a carriage return."""
    return scrub(text.replace("\r\n", "\n").replace("\r", "\n"))


def scrub_line(text: str) -> str:
    """As `scrub`, for a text of one line: every run of white space becomes one space, none at the ends."""
    return " ".join(scrub(text).split())


# Characters that are not seen: they make two names look alike. ZWJ and ZWNJ are left, scripts and emoji need them.
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
                     "\ufff9-\ufffb\U000e0000-\U000e0fff]")  # fmt: skip


def visible_lines(text: str) -> str:
    """Return the text with everything that acts on a terminal or is not seen made visible; lines and tabs stay."""
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", scrub(text))


def visible(text: str) -> str:
    """As `visible_lines`, in one line."""
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", scrub_line(text))
