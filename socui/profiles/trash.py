"""The trash inside the folder of profiles: what was deleted, and versions that a save replaced."""

from __future__ import annotations

import os
import re
from pathlib import Path

from socui.profiles.atomic_write import locked, make_folder, move, not_saved, write_whole
from socui.profiles.folder_index import Head, Listing

_VERSION = re.compile(r".*\.(?:previous|other|unreadable|schema\d+)(?:\.\d+)?\.toml")
_NUMBERED = re.compile(r"(.+)\.\d+(\.toml)")


class Trash:
    """Nothing is ever removed from it; names tell deleted profiles from versions of those that still are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deleted(self) -> list[Head]:
        """The deleted profiles, the one deleted last first. Raises StoreError."""
        heads = [head for head in Listing(self.folder).heads() if not _VERSION.fullmatch(head.path.name)]
        return sorted(heads, key=lambda head: _changed(head.path), reverse=True)

    def put(self, path: Path) -> Path:
        """Move a file here under a free name. Raises NotSaved."""
        make_folder(self.folder)
        target = self._free(path.stem)
        move(path, target)
        return target

    def original(self, trashed: Path) -> str:
        """The file name a deleted profile had."""
        found = _NUMBERED.fullmatch(trashed.name)
        return found[1] + found[2] if found else trashed.name

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

    def previous(self, path: Path) -> Path | None:
        """Where the version before of that file is kept, None where it is not."""
        kept = self.folder / f"{path.stem}.previous.toml"
        return kept if kept.is_file() else None

    def _free(self, stem: str) -> Path:
        target, number = self.folder / f"{stem}.toml", 2
        while os.path.lexists(target):
            target, number = self.folder / f"{stem}.{number}.toml", number + 1
        return target


def _changed(path: Path) -> int:
    """When the file was moved here: a rename sets the time of change, not that of its content."""
    try:
        return path.lstat().st_ctime_ns
    except OSError:
        return 0
