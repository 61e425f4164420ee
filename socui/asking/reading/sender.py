"""Finds who wrote a mail that was pasted with its head: what the "From:" line next above the request names."""

from __future__ import annotations

import re

_FROM = re.compile(r"^[>* \t]*(?:from|von|de|da|van)[ \t]*:[* \t]*([^\n\r]{1,200})$", re.I | re.M)
_BESIDE = re.compile(
    r"^[>* \t]*(?:sent|date|subject|gesendet|datum|betreff|envoyé|objet|enviado|asunto|verzonden|onderwerp|inviato|oggetto)[ \t]*:",
    re.I | re.M,
)
_HEAD = 400
"""Letters behind a "From:" line within which another line of a mail's head stands, else it may be a period's."""
_NAME = re.compile(r"[^\d\W][^\d]*|.*@.*")


def sender(text: str, request: int) -> tuple[str, int, int] | None:
    """Return the name in the head of the mail in which the request stands, at that offset, and where the name is; the
    address where there is no name. None where the text has no such head."""
    heads = [m for m in _FROM.finditer(text, 0, request) if _of_a_mail(text, m)]
    if not heads:
        return None
    line = heads[-1]
    name = re.split(r"[<\[;]", line[1], maxsplit=1)[0].strip(" \t\"'*,") or line[1].strip(" \t<>[];*")
    if not _NAME.fullmatch(name):
        return None
    start = text.index(name, line.start(1))
    return name, start, start + len(name)


def _of_a_mail(text: str, line: re.Match[str]) -> bool:
    return "@" in line[1] or _BESIDE.search(text, line.end(), line.end() + _HEAD) is not None
