"""Defines every exception of socui. Each text is one line that says what happened, where, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socui.text import visible

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(Exception):
    """Profiles cannot be found, read or saved as asked. The text is one line that a person can act on."""


class NotSaved(StoreError):
    """Nothing was written: the file is as it was."""


class Exists(NotSaved):
    """The file must be new, but it exists already."""


class Conflict(NotSaved):
    """The file has changed since it was opened. `gone` is true where it no longer exists."""

    def __init__(self, path: Path, gone: bool) -> None:
        what = "it was deleted or renamed" if gone else "it was changed"
        super().__init__(f"not saved: {what} on disk meanwhile: {visible(str(path))}: open it again, or save a copy")
        self.path, self.gone = path, gone


class NotFound(StoreError):
    """No profile has that name, id or file."""


class Unreadable(StoreError):
    """The file holds no profile that socui can read. socui never writes to it."""

    def __init__(self, path: Path, reason: str, line: int | None = None, kept: bool = False) -> None:
        where = f", line {line}" if line else ""
        fix = f"socui restore {path.stem} --previous brings back the version before" if kept else "mend it by hand"
        super().__init__(f"{visible(path.name)}: {visible(reason)}{where}: nothing was changed, {visible(fix)}")
        self.path, self.reason, self.line = path, reason, line


class ProfileError(Exception):
    """The file is no profile that socui can read. `line` is the line of the fault, where it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"{reason}, line {line}" if line else reason)
        self.reason, self.line = reason, line


class KnowledgeError(Exception):
    """The knowledge base cannot be used. `faults` holds one line for each fault: `file:line: [id] what. Fix.`"""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Usage(Exception):
    """The command line cannot be followed; its text is one line a person can act on. Exit status 2."""
