"""The trash inside the folder of profiles. It keeps deleted profiles, and versions that a save replaced."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from socui.profiles.atomic_write import locked, make_folder, move, not_saved, read_regular, write_whole
from socui.profiles.folder_index import Head, Listing
from socui.profiles.profile_toml import PROFILE_LIMIT

_VERSION = re.compile(r".*\.(?:previous|other|unreadable|schema\d+)(?:\.\d+)?\.toml")
_NUMBERED = re.compile(r"(.+)\.\d+(\.toml)")


class Trash:
    """The folder of deleted profiles and of earlier versions; file names tell one from the other. Nothing is ever removed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deleted(self) -> list[Head]:
        """Return the deleted profiles, the one deleted last first. Raises StoreError."""
        heads = [head for head in Listing(self.folder).heads() if not _VERSION.fullmatch(head.path.name)]
        return sorted(heads, key=lambda head: _changed(head.path), reverse=True)

    def put(self, path: Path) -> Path:
        """Move a file here under a free name. Raises NotSaved."""
        make_folder(self.folder)
        target = self._free(path.stem)
        move(path, target)
        return target

    def original(self, trashed: Path) -> str:
        """Return the file name a deleted profile had."""
        numbered = _NUMBERED.fullmatch(trashed.name)
        return numbered[1] + numbered[2] if numbered else trashed.name

    def keep(self, path: Path, data: bytes, why: str, again: bool = False) -> Path:
        """Keep a version of a file: the only one of its kind, or one more with `again`. Raises NotSaved."""
        make_folder(self.folder)
        try:
            with locked(self.folder):
                target = self.folder / f"{path.stem}.{why}.toml"
                if again:
                    target = self._free(f"{path.stem}.{why}")
                write_whole(target, data)
        except OSError as error:
            raise not_saved(error, self.folder) from None
        return target

    # The version before has two places: while a save or an exchange is under way the version that is about to be replaced
    # waits beside the one kept, so that at every moment both stand somewhere whole.

    def previous(self, path: Path) -> Path | None:
        """Where the version before of that file is kept: the last one that is not what the file holds. None where there
        is no such version."""
        for kept in (self._waiting(path), self._before(path)):
            with contextlib.suppress(OSError):
                if kept.is_file() and not _same(kept, path):
                    return kept
        return None

    def hold(self, path: Path, data: bytes) -> None:
        """Keep `data`, which is about to be replaced, as the version before that `settle` will make it. Raises NotSaved."""
        self.settle(path)
        self.keep(path, data, "previous.2")

    def settle(self, path: Path) -> None:
        """Let what `hold` kept take the place of the version kept before it; where the file still holds the same, so that
        nothing was replaced, it goes. Raises NotSaved."""
        waiting = self._waiting(path)
        try:
            if not waiting.is_file():
                return
            if _same(waiting, path):
                waiting.unlink()
                return
        except OSError as error:
            raise not_saved(error, waiting) from None
        move(waiting, self._before(path), over=True)

    def _before(self, path: Path) -> Path:
        return self.folder / f"{path.stem}.previous.toml"

    def _waiting(self, path: Path) -> Path:
        return self.folder / f"{path.stem}.previous.2.toml"

    def _free(self, stem: str) -> Path:
        target, number = self.folder / f"{stem}.toml", 2
        while os.path.lexists(target):
            target, number = self.folder / f"{stem}.{number}.toml", number + 1
        return target


def _same(kept: Path, path: Path) -> bool:
    """Return whether a kept version is what the file holds. Raises OSError where one of them cannot be read."""
    try:
        return read_regular(kept, PROFILE_LIMIT) == read_regular(path, PROFILE_LIMIT)
    except FileNotFoundError:
        return False


def _changed(path: Path) -> int:
    """Return when the file was moved here: a rename sets the time of change, not that of its content."""
    try:
        return path.lstat().st_ctime_ns
    except OSError:
        return 0
