"""The folder of profiles as a list: every file with what it says, or with the reason why it cannot be read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from socui.errors import ProfileError, StoreError
from socui.profiles.atomic_write import read_regular
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import PROFILE_LIMIT, from_bytes
from socui.text import visible

_Stamp = tuple[int, int, int, int]
Kind = Literal["profile", "newer", "conflict", "unreadable", "not_a_file"]


class Head(Struct, frozen=True):
    """One file of the folder. `kind`: a profile; one of a newer schema (read only); a conflict copy (`of` names the
    file it is a copy of); a file that cannot be read; or something that is not a regular file. `problem` is one line
    where there is something to say. `answered` counts answers, `not_sure` what was marked so."""

    path: Path
    kind: Kind = "profile"
    id: str = ""
    name: str = ""
    organization: str = ""
    service: str = ""
    result: str = ""
    updated: datetime | None = None
    answered: int = 0
    not_sure: int = 0
    of: str = ""
    problem: str = ""
    line: int | None = None

    @property
    def title(self) -> str:
        """The name, or the file's where there is none; not scrubbed."""
        return self.name or self.path.name

    @property
    def opens(self) -> bool:
        """Whether it can be opened."""
        return self.kind in ("profile", "newer", "conflict")


_CONFLICT = re.compile(
    r"(?P<of>.+?)(?:\.sync-conflict-\d{8}-\d{6}(?:-\w+)?| \([^()]*conflict[^()]*\))(?P<end>\.toml)", re.IGNORECASE
)


class Listing:
    """Reads a folder; remembers what it read of files that have not changed since."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen: dict[str, tuple[_Stamp, Head]] = {}

    def heads(self) -> list[Head]:
        """Return every `*.toml` of the folder, by name. None where there is no folder yet. Raises StoreError."""
        heads = list(self._read())
        return sorted(_with_conflicts(heads), key=lambda head: (head.title.casefold(), head.path.name))

    def _read(self) -> Iterator[Head]:
        seen: dict[str, tuple[_Stamp, Head]] = {}
        for name, stamp in _files(self.root):
            before = self._seen.get(name)
            head = (
                before[1] if before and stamp and before[0] == stamp else read_head(self.root / name, stamp is not None)
            )
            # An error of the system (too many files open, a disk fault) may be over the next time.
            if stamp and (head.opens or head.line):
                seen[name] = (stamp, head)
            yield head
        self._seen = seen


def _files(root: Path) -> list[tuple[str, _Stamp | None]]:
    """Return the names of the folder's profiles, each with what changes when the file does; None where that is not
    known, or where it is no regular file."""
    try:
        with os.scandir(root) as entries:
            return [(e.name, _stamp(e)) for e in entries if e.name.endswith(".toml") and e.name[0] != "."]
    except FileNotFoundError:
        for place in (root, *root.parents):
            if place.is_symlink():
                raise StoreError(f"profiles: {visible(str(place))}: a link that leads nowhere: mend it") from None
            if os.path.lexists(place):
                break
        return []
    except OSError as error:
        where = visible(str(root))
        raise StoreError(f"profiles: {where}: {error.strerror}: check it, or name another with --profiles") from None


def _stamp(entry: os.DirEntry[str]) -> _Stamp | None:
    try:
        status = entry.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def read_head(path: Path, regular: bool = False) -> Head:
    """Return one file as it stands in the list, `regular` where it was seen to be one. Never raises for what it is
    or holds."""
    try:
        data = read_regular(str(path), PROFILE_LIMIT, regular)
    except FileNotFoundError:
        return Head(path, "unreadable", problem="a link that leads nowhere" if path.is_symlink() else "just deleted")
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO) or str(error).endswith("not a regular file"):
            return Head(path, "not_a_file", problem="not a regular file")
        return Head(path, "unreadable", problem=f"cannot be read: {error.strerror}")
    try:
        loaded = from_bytes(data)
    except ProfileError as error:
        return Head(path, "unreadable", problem=str(error), line=error.line)
    return _head(path, loaded.profile, loaded.read_only)


def _head(path: Path, profile: Profile, read_only: str) -> Head:
    odd = profile.extra.get("answers")
    return Head(
        path,
        "newer" if read_only else "profile",
        profile.id,
        profile.name,
        profile.organization,
        profile.service,
        profile.result,
        profile.updated if profile.updated != Profile().updated else None,
        len(profile.answers) + (len(odd) if isinstance(odd, dict) else 0),
        len(profile.not_sure),
        problem=read_only,
    )


def _with_conflicts(heads: Iterable[Head]) -> Iterator[Head]:
    """Mark copies that sync tools made of a file that changed in two places: by their names, and where two files have
    the same id, all but the one whose file name ends with it."""
    heads = list(heads)
    ids = [head.id for head in heads if head.id]
    if len(set(ids)) == len(ids) and not any("conflict" in head.path.name.lower() for head in heads):
        yield from heads  # as nearly always
        return
    first: dict[str, Head] = {}
    for head in sorted(heads, key=_unlike_the_first):
        if head.id:
            first.setdefault(head.id, head)
    for head in heads:
        original = first.get(head.id, head)
        if copy := _CONFLICT.fullmatch(head.path.name):
            yield _as_copy(head, copy["of"] + copy["end"])
        elif original is not head:
            yield _as_copy(head, original.path.name)
        else:
            yield head


def _unlike_the_first(head: Head) -> tuple[bool, bool, int, str]:
    name = head.path.name
    ours = re.fullmatch(r"[a-z0-9-]+-" + re.escape(head.id), head.path.stem)
    return _CONFLICT.fullmatch(name) is not None, ours is None, len(name), name


def _as_copy(head: Head, of: str) -> Head:
    problem = f"conflict copy of {visible(of)}" + (f": {head.problem}" if head.problem else "")
    return replace(head, kind="conflict" if head.kind == "profile" else head.kind, of=of, problem=problem)
