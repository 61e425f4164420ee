"""Every exception of socui. The text of each is one line a person can act on: what, where, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socui.text import visible

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(Exception):
    """Something about the place or the names of profiles; its text is one line a person can act on."""


class NotSaved(StoreError):
    """Nothing was written: the file is as it was."""


class Exists(NotSaved):
    """A file that must be new is there already."""


class Conflict(NotSaved):
    """The file is not the one that was opened. `gone` where it is not there any more."""

    def __init__(self, path: Path, gone: bool) -> None:
        what = "it was deleted or renamed" if gone else "it was changed"
        super().__init__(f"not saved: {what} on disk meanwhile: {visible(str(path))}: open it again, or save a copy")
        self.path, self.gone = path, gone


class NotFound(StoreError):
    """No profile has that name, id or file."""


class Unreadable(StoreError):
    """A file of the folder that holds no profile socui can read; it is never written to."""

    def __init__(self, path: Path, reason: str, line: int | None = None, kept: bool = False) -> None:
        where = f", line {line}" if line else ""
        fix = f"socui restore {path.stem} --previous brings back the version before" if kept else "mend it by hand"
        super().__init__(f"{visible(path.name)}: {visible(reason)}{where}: nothing was changed, {visible(fix)}")
        self.path, self.reason, self.line = path, reason, line


class ProfileError(Exception):
    """A file that is not a profile socui can read. `line` is where, if that is known; its text is one line."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"{reason}, line {line}" if line else reason)
        self.reason, self.line = reason, line


class KnowledgeError(Exception):
    """A knowledge base that cannot be used. `faults` has one line each: `file:line: [id] what. Fix.`"""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Usage(Exception):
    """The command line cannot be followed; its text is one line a person can act on. Exit status 2."""
