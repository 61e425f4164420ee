"""Checks and compares names of profiles, and makes file names of them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable

from socui.errors import StoreError
from socui.text import visible

_LONGEST = 255
"""Bytes of UTF-8 that a name may have."""

_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_ID = re.compile("[0-9a-f]{16}")


def check_name(name: str) -> str:
    """Return the name as it is kept: composed, with single spaces. Raises StoreError for one that cannot be a name."""
    if control := _REFUSED.search(name):
        raise StoreError(
            f"not a name: {visible(name)!r} has a control character (U+{ord(control[0]):04X}): leave it out"
        )
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not any(unicodedata.category(c)[0] in "LNPS" for c in name):
        raise StoreError(f"not a name: {visible(name)!r} has nothing to be seen: give at least a letter")
    if len(name.encode()) > _LONGEST:
        raise StoreError(f"not a name: {visible(name[:40])!r}...: longer than {_LONGEST} bytes: shorten it")
    return name


def name_key(name: str) -> str:
    """Return what two names have in common that count as the same: case, composition and runs of spaces make no
    difference."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())


def numbered(name: str, taken: Iterable[str]) -> str:
    """Return the name itself, or with the first number behind it that makes it free."""
    keys = {name_key(other) for other in taken}
    free, number = name, 2
    while name_key(free) in keys:
        free, number = f"{name} {number}", number + 1
    return free


def new_id() -> str:
    """Return a fresh id: 16 hexadecimal digits."""
    return os.urandom(8).hex()


def is_id(text: str) -> bool:
    """Return whether that is an id as `new_id` gives it."""
    return _ID.fullmatch(text) is not None


def slug(name: str) -> str:
    """Return what a name leaves of `a-z`, `0-9` and hyphens, at most 60 of them: harmless in a file name, wherever
    it is."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:60].strip("-") or "profile"


def file_name(name: str, id: str) -> str:
    """Return the name of the file for a profile: whatever its name is, its slug, a hyphen and the id."""
    return f"{slug(name)}-{id}.toml"
