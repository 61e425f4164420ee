"""The one owner of the profile being worked on: changes with undo and redo, and getting them onto the disk."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from socui.commands import key_of
from socui.profile import Profile
from socui.profile_file import ProfileError
from socui.save import Conflict, StoreError

if TYPE_CHECKING:
    from socui.store import Opened, Store

DEPTH = 500


class Session:
    """A profile, what it was before, and where it is kept. `write` may be called from a thread; all else may not."""

    def __init__(self, store: Store, knowledge_version: str, profile: Profile, opened: Opened | None = None) -> None:
        self.store, self.version = store, knowledge_version
        self.profile, self.opened = profile, opened
        self.result = profile.result
        self.draft: Path | None = None
        self.origin: Path | None = None
        """A draft of an earlier run that this work came from; it goes once the work is kept elsewhere."""
        self.problem = ""
        self.conflict = False
        self.saved_at: datetime | None = opened.profile.updated if opened else None
        self._kept = profile
        self._undo: list[Profile] = []
        self._redo: list[Profile] = []
        self._lock = threading.Lock()

    @property
    def dirty(self) -> bool:
        """Whether something was said that is not on the disk yet."""
        return self.profile != self._kept

    @property
    def named(self) -> bool:
        """Whether the profile has a file of its own that may be written."""
        return self.opened is not None and not self.opened.read_only

    def change(self, profile: Profile) -> bool:
        """Take a new value. Gives whether it differs from the one before, which undo then brings back."""
        if profile == self.profile:
            return False
        self._undo = [*self._undo[-DEPTH:], self.profile]
        self._redo.clear()
        self.profile = profile
        return True

    def leave(self, question: str) -> bool:
        """The person moved on: what is not ticked in that question is now no. Part of the change before, for undo."""
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

    def write(self) -> None:
        """Put the profile as it is now onto the disk: into its file, or as a draft where it has none or that fails."""
        with self._lock:
            profile = self.profile
            if profile == self._kept:
                return
            try:
                if self.opened is not None and not self.opened.read_only and not self.conflict:
                    self._save(self.opened, profile)
                else:
                    self._keep_draft(profile)
            except Conflict as error:
                self.conflict, self.problem = True, str(error)
                self._keep_draft_quietly(profile)
            except (StoreError, ProfileError) as error:
                self.problem = str(error)
                self._keep_draft_quietly(profile)

    def _stamped(self, profile: Profile) -> Profile:
        return replace(profile, knowledge=self.version, result=self.result)

    def _save(self, opened: Opened, profile: Profile) -> None:
        self._settle(self.store.save(self._stamped(profile), opened.digest, opened.path), profile)

    def _settle(self, opened: Opened, profile: Profile) -> None:
        """The profile is on the disk: forget problems and the draft."""
        self.opened, self.problem, self.conflict = opened, "", False
        self._kept = profile
        self.saved_at = opened.profile.updated
        for path in (self.draft, self.origin):
            if path is not None:
                self.store.drafts.discard(path)
        self.draft = self.origin = None

    def _keep_draft(self, profile: Profile) -> None:
        of, digest = (self.opened.path, self.opened.digest) if self.opened else (None, "")
        self.draft = self.store.drafts.write(profile, of, digest)
        if self.origin not in (None, self.draft):
            self.store.drafts.discard(self.origin)
            self.origin = None
        if not self.conflict:
            self.problem = self.opened.read_only if self.opened and self.opened.read_only else ""
        self._kept = profile

    def _keep_draft_quietly(self, profile: Profile) -> None:
        try:
            problem = self.problem
            self._keep_draft(profile)
            self.problem = problem
        except (StoreError, ProfileError):
            pass  # the reason why it was not saved is already shown

    def save_as(self, profile: Profile) -> None:
        """Save under the profile's name: rename the file it has, or make one. Raises StoreError, ProfileError."""
        with self._lock:
            if self.opened is not None and self.named and not self.conflict:
                opened = self.opened
                if profile.name != opened.profile.name:
                    opened = self.store.rename(opened, profile.name)
                opened = self.store.save(
                    self._stamped(replace(profile, name=opened.profile.name)), opened.digest, opened.path
                )
            else:
                opened = self.store.create(self._stamped(profile))
            self.change(
                replace(profile, id=opened.profile.id, name=opened.profile.name, created=opened.profile.created)
            )
            self._settle(opened, self.profile)

    def overwrite(self) -> None:
        """Answer a conflict by this version; the other one is kept in the trash. Raises StoreError, ProfileError."""
        with self._lock:
            if self.opened is not None:
                self._settle(self.store.overwrite(self._stamped(self.profile), self.opened.path), self.profile)

    def status(self) -> str:
        """What the top line says of saving."""
        if self.problem:
            return self.problem if self.problem.startswith("not saved") else f"not saved: {self.problem}"
        if self.named and self.saved_at is not None:
            return "saving" if self.dirty else f"saved {self.saved_at.astimezone():%H:%M}"
        if self._undo or self.draft or self.dirty:
            return f"not saved: no name yet ({key_of('save', 's')})"
        return "new"
