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
from socui.screens.history import History

if TYPE_CHECKING:
    from socui.store import Opened, Store


class Session(History):
    """The profile, what it was before, a what-if of it where one is open, and where it is kept. `write` may be called
    from a thread; all else may not."""

    def __init__(self, store: Store, knowledge_version: str, profile: Profile, opened: Opened | None = None) -> None:
        super().__init__(profile)
        self.store, self.version = store, knowledge_version
        self.opened = opened
        self.fork: History | None = None
        self.result = profile.result
        self.draft: Path | None = None
        self.origin: Path | None = None
        """A draft of an earlier run that this work came from; it goes once the work is kept elsewhere."""
        self.problem = ""
        self.conflict = False
        self.saved_at: datetime | None = opened.profile.updated if opened else None
        self._kept = profile
        self._fork_draft: Path | None = None
        self._fork_kept: Profile | None = None
        self.fork_problem = ""
        self._lock = threading.RLock()

    @property
    def dirty(self) -> bool:
        """Whether something was said that is not on the disk yet."""
        return self.profile != self._kept or self._forked() != self._fork_kept

    @property
    def named(self) -> bool:
        """Whether the profile has a file of its own that may be written."""
        return self.opened is not None and not self.opened.read_only

    # ---- what if

    @property
    def work(self) -> History:
        """What the keys change: the what-if where one is open, else the profile itself."""
        return self.fork or self

    def begin_fork(self) -> bool:
        """Open a what-if of the profile as it is now. Gives False where one is open already."""
        if self.fork is not None:
            return False
        self.fork = History(self.profile)
        return True

    def keep_fork(self) -> bool:
        """The what-if becomes the profile, as one change that undo takes back. Gives whether anything changed."""
        fork = self.fork
        if fork is None:
            return False
        moved = self.change(fork.profile)  # first: a write in between finds the two alike, never the what-if gone
        self.fork = None
        return moved

    def drop_fork(self) -> None:
        """Forget the what-if: the profile is as it was."""
        self.fork = None

    def _forked(self) -> Profile | None:
        """The what-if as a draft keeps it, None where there is nothing to keep."""
        fork = self.fork
        if fork is None or fork.profile == self.profile:
            return None
        name = f"{self.profile.name} (what if)" if self.profile.name else "What if"
        return replace(fork.profile, name=name, result="")

    def _write_fork(self) -> None:
        """Keep an open what-if as a draft of its own, for the case that the app ends. It names no file: opened again, it
        is work without a name, which cannot get into the profile's file by itself."""
        forked = self._forked()
        if forked == self._fork_kept or (forked is None and self.profile != self._kept):
            return  # a what-if that was kept goes once the profile is on the disk
        try:
            if forked is not None:
                of = self.opened.path if self.opened else None
                self._fork_draft = self.store.drafts.write(forked, of, what_if=True)
            elif self._fork_draft is not None:
                self.store.drafts.discard(self._fork_draft)
                self._fork_draft = None
            self._fork_kept, self.fork_problem = forked, ""
        except (StoreError, ProfileError) as error:
            self.fork_problem = str(error)

    # ---- the disk

    def write(self) -> None:
        """Put the profile as it is now onto the disk: into its file, or as a draft where it has none or that fails. A
        what-if never goes into the file."""
        with self._lock:
            self._write_profile()
            self._write_fork()

    def _write_profile(self) -> None:
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
        if problem := self.problem or self.fork_problem:
            return problem if problem.startswith("not saved") else f"not saved: {problem}"
        if self.named and self.saved_at is not None:
            return "saving" if self.dirty else f"saved {self.saved_at.astimezone():%H:%M}"
        if self._undo or self.draft or self.dirty:
            return f"not saved: no name yet ({key_of('save', 's')})"
        return "new"
