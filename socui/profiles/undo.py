"""Keeps a profile with its earlier versions, so that every change can be undone."""

from __future__ import annotations

from msgspec.structs import replace

from socui.profiles.profile import Profile

_DEPTH = 500


class History:
    """A profile with undo and redo. A what-if has a history of its own, so that its undo stops at its beginning."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._undo: list[Profile] = []
        self._redo: list[Profile] = []

    def change(self, profile: Profile) -> bool:
        """Take a new value. Gives whether it differs from the one before, which undo then brings back."""
        if profile == self.profile:
            return False
        self._undo = [*self._undo[-_DEPTH:], self.profile]
        self._redo.clear()
        self.profile = profile
        return True

    def leave(self, question: str) -> bool:
        """Return the person moved on: what is not ticked in that question is now no. Part of the change before, for
        undo."""
        if question not in self.profile.begun:
            return False
        self.profile = replace(self.profile, begun=self.profile.begun - {question})
        return True

    def undo(self) -> bool:
        """Back to the value before the last change."""
        if not self._undo:
            return False
        self._redo.append(self.profile)
        self.profile = self._undo.pop()
        return True

    def redo(self) -> bool:
        """Forward again."""
        if not self._redo:
            return False
        self._undo.append(self.profile)
        self.profile = self._redo.pop()
        return True
