"""Owns the profile that is being edited: its changes with undo and redo, and saving them to the disk."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from socui.errors import Conflict, ProfileError, StoreError
from socui.profiles.atomic_write import digest, read_regular, write_whole
from socui.profiles.migrate import brought_up
from socui.profiles.names import name_key
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import PROFILE_LIMIT, to_bytes
from socui.profiles.undo import History
from socui.text import visible

if TYPE_CHECKING:
    from socui.knowledge.model import Knowledge
    from socui.profiles.store import Opened, Store


class Session(History):
    """The work on one profile: the profile, its history, a what-if if one is open, and the file it is kept in.

    `write` may be called from a thread; no other method may.
    """

    def __init__(self, store: Store, knowledge: Knowledge, profile: Profile, opened: Opened | None = None) -> None:
        self.store, self.knowledge = store, knowledge
        self.saved = profile
        """The profile as the file has it; what is worked on is brought up to what is known now."""
        profile, _ = brought_up(knowledge, profile)
        super().__init__(profile)
        self.opened = opened
        self.fork: History | None = None
        self.result = profile.result
        self.draft: Path | None = None
        self._work = os.urandom(2).hex()
        self.origin: Path | None = None
        """A draft of an earlier run that this work came from; it goes once the work is kept elsewhere."""
        self.problem = ""
        self.conflict = self.gone = False
        """Whether the file is not the one that was opened, and whether it is not there at all any more."""
        self.saved_at: datetime | None = opened.profile.updated if opened else None
        self._kept: Profile | None = profile
        self._fork_draft: Path | None = None
        self._fork_kept: Profile | None = None
        self.fork_problem = ""
        self._lock = threading.Lock()
        self._looked_at: tuple[int, ...] = ()

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
        """Return the what-if becomes the profile, as one change that undo takes back. Gives whether anything changed."""
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
        """Return the what-if as a draft keeps it, None where there is nothing to keep."""
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
                self._fork_draft = self.store.drafts.write(forked, of, what_if=True, work=self._work)
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
        profile = self.profile
        if profile == self._kept:
            return
        try:
            if self.opened is not None and not self.opened.read_only and not self.conflict:
                self._save(self.opened, profile)
            else:
                self._keep_draft(profile)
        except Conflict as error:
            self._clashed(error)
            self._keep_draft_quietly(profile)
        except (StoreError, ProfileError) as error:
            self.problem = str(error)
            self._keep_draft_quietly(profile)

    def _clashed(self, error: Conflict) -> None:
        self.conflict, self.gone, self.problem = True, error.gone, str(error)

    def put_aside(self) -> None:
        """Other work begins: what is kept of this one as a draft is offered from now on. Raises NotSaved."""
        self.write()
        with self._lock:
            if self.draft is not None:
                self.store.drafts.offer(self.draft)

    def retry(self) -> None:
        """Put it onto the disk once more, after that failed. A conflict is not settled by this."""
        with self._lock:
            self._kept, self.problem = None, ""
        self.write()

    def look(self) -> str:
        """See whether the file has changed on the disk: reload it where nothing was said here meanwhile, as is told in
        one line; where it is gone that is a conflict. Empty where all is as it was, or there is something to save."""
        if not self._lock.acquire(blocking=False):
            return ""  # it is being saved, which looks for itself
        try:
            before = self.profile
            if self.opened is not None and not (self.conflict or self.dirty or self.problem) and self._is_another():
                self._reload()
            return "changed on disk, read again: u brings back what was here" if self.profile != before else ""
        except FileNotFoundError:
            self._clashed(Conflict(cast("Opened", self.opened).path, gone=True))
            return self.problem
        except (OSError, StoreError, ProfileError):
            return ""  # it may be written to just now; if not, the next save says so
        finally:
            self._lock.release()

    def _is_another(self) -> bool:
        """Return whether the file is another version by now. One whose times have not changed is not read."""
        assert self.opened is not None
        current = self.opened.path.stat()
        stamp = (current.st_ino, current.st_size, current.st_mtime_ns, current.st_ctime_ns)
        if stamp == self._looked_at:
            return False
        self._looked_at = stamp
        return digest(read_regular(self.opened.path, PROFILE_LIMIT)) != self.opened.digest

    def reload(self) -> None:
        """Answer a conflict by the version on the disk. This one is kept as a draft, and undo brings it back. Raises
        StoreError, ProfileError, and nothing has changed then."""
        with self._lock:
            if self.opened is not None:
                mine = self.profile
                aside = self.store.drafts.write(self._stamped(mine), self.opened.path, self.opened.digest, aside=True)
                try:
                    self._reload()
                except (StoreError, ProfileError):
                    self.store.drafts.discard(aside)
                    raise

    def _reload(self) -> None:
        assert self.opened is not None
        opened = self.store.open(self.opened.path)
        self.change(brought_up(self.knowledge, opened.profile)[0])
        self.saved, self.result = opened.profile, opened.profile.result
        self._settle(opened, self.profile)

    def _stamped(self, profile: Profile) -> Profile:
        return replace(profile, knowledge=profile.knowledge or self.knowledge.version, result=self.result)

    def _save(self, opened: Opened, profile: Profile) -> None:
        self._settle(self.store.save(self._stamped(profile), opened.digest, opened.path), profile)

    def _settle(self, opened: Opened, profile: Profile) -> None:
        """The profile is on the disk: forget problems and the draft."""
        self.opened, self.problem, self.conflict, self.gone = opened, "", False, False
        self._kept = profile
        self.saved_at = opened.profile.updated
        for path in (self.draft, self.origin):
            if path is not None:
                self.store.drafts.discard(path)
        self.draft = self.origin = None

    def _keep_draft(self, profile: Profile) -> None:
        of, digest = (self.opened.path, self.opened.digest) if self.opened else (None, "")
        self.draft = self.store.drafts.write(self._stamped(profile), of, digest, work=self._work)
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

    def save_as(self, profile: Profile, copy: bool = False) -> bool:
        """Save under the profile's name: in the file it has where that is its name already, else in a new one, which is
        the one in work from then on; in a new one too where that file is another version by now, and for a `copy`. Gives
        whether another file stays behind as it was. Raises StoreError, ProfileError."""
        with self._lock:
            before = self.opened
            own = before is not None and self.named and not self.conflict and not copy
            if before is not None and own and name_key(profile.name) == name_key(before.profile.name):
                stamped = self._stamped(replace(profile, name=before.profile.name))
                opened, own = self.store.rename(replace(before, profile=stamped), profile.name), False
            else:
                if own:
                    self._write_profile()  # what was said until now belongs to the file that it has
                opened = self.store.create(self._stamped(profile))
                self._be(opened.profile)
            self.change(
                replace(profile, id=opened.profile.id, name=opened.profile.name, created=opened.profile.created)
            )
            self._settle(opened, self.profile)
            return own

    def _be(self, other: Profile) -> None:
        """Be that profile from now on, also for undo, which takes answers back and not whose they are."""
        for steps in (self._undo, self._redo):
            steps[:] = [replace(p, id=other.id, name=other.name, created=other.created) for p in steps]
        self.profile = replace(self.profile, id=other.id, name=other.name, created=other.created)

    def save_fork_as(self, name: str, result: str) -> Opened:
        """Save the what-if as a profile of its own, with its result, and be done with it: the profile in work stays as it
        was. Raises StoreError, ProfileError, and the what-if is still open then."""
        with self._lock:
            fork = cast("History", self.fork)
            opened = self.store.create(replace(self._stamped(replace(fork.profile, name=name)), result=result))
            self.fork = None
            self._write_fork()  # its draft goes
            return opened

    def copy_to(self, target: Path, replace_it: bool) -> None:
        """Write the profile as it is here to a file elsewhere. Raises Exists unless `replace_it`, NotSaved."""
        write_whole(target, to_bytes(self._stamped(self.profile)), must_be_new=not replace_it)

    def overwrite(self) -> None:
        """Answer a conflict by this version; the other one is kept in the trash. Raises StoreError, ProfileError."""
        with self._lock:
            if self.opened is not None:
                self._settle(self.store.overwrite(self._stamped(self.profile), self.opened.path), self.profile)

    @property
    def drafted(self) -> bool:
        """Whether there is work without a file of its own, which is kept as a draft."""
        return not self.named and bool(self._undo or self.draft or self.dirty)

    def kept_words(self) -> str:
        """Return what was kept of the work, for who leaves; nothing where there was none."""
        if self.problem or self.conflict:
            return f"{self.problem or 'not saved'}; what you said is kept as a draft" if self.draft else self.problem
        if self.fork is not None and self._forked() is not None:
            return "the what-if is kept as a draft; socui offers it at the next start"
        if self.named and (self._undo or self._redo):
            return f"saved: {visible(self.profile.name)}"
        return "draft kept; socui continues it at the next start" if self.draft else ""
