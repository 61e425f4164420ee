"""The folder of profiles: list, open, save, create, rename, duplicate, delete and restore, import and export."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from socui.errors import Conflict, Exists, NotFound, NotSaved, ProfileError, StoreError, Unreadable
from socui.profiles.atomic_write import digest, locked, make_folder, move, not_saved, read_regular, write_whole
from socui.profiles.drafts import Drafts
from socui.profiles.folder_index import Head, Listing
from socui.profiles.lookup import find
from socui.profiles.names import check_name, file_name, is_id, name_key, new_id, numbered
from socui.profiles.paths import places
from socui.profiles.profile import SCHEMA, Profile
from socui.profiles.profile_toml import PROFILE_LIMIT, Loaded, from_bytes, to_bytes
from socui.profiles.trash import Trash
from socui.text import scrub_line, visible

__all__ = ["Conflict", "Exists", "NotFound", "NotSaved", "Opened", "Store", "StoreError", "Unreadable"]


class Opened(Struct, frozen=True):
    """A profile as it stands in its file: `digest` tells that version from others. `read_only` says why it must not be
    saved there, empty where it may."""

    profile: Profile
    path: Path
    digest: str
    read_only: str = ""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """All profiles of a person. Every method that writes does so as a whole or raises NotSaved with nothing changed."""

    def __init__(self, root: Path, drafts: Path | None = None, now: Callable[[], datetime] = _utc_now) -> None:
        """`root` is the folder of profiles itself; `drafts` stands beside it if not given. Nothing is made yet."""
        self.root = root
        self.drafts = Drafts(drafts or root.parent / "drafts", now)
        self.trash = Trash(root / "trash")
        self.now = now
        self._listing = Listing(root)
        self._kept: set[Path] = set()  # files whose version before the first save of this opening is in the trash

    @classmethod
    def default(cls, profiles: str | None) -> Store:
        """Return the store that `--profiles` (None where it is not given), SOCUI_PROFILES and the config directory say."""
        root, drafts = places(profiles)
        return cls(root, drafts)

    # ------------------------------------------------------------ reading

    def heads(self) -> list[Head]:
        """Return every file of the folder, by name, quick enough for 10,000. Raises StoreError."""
        return self._listing.heads()

    def find(self, ref: str) -> Head:
        """Return the file that is meant by an exact name (case, composition and spaces make no difference), an id or
        a file of the folder. Raises StoreError with the nearest names where there is none, and where there are
        several."""
        return find(self.heads(), self.root, ref)

    def open(self, ref: str | Path) -> Opened:
        """Open what `find` finds, or the file itself where a Path is given. Raises StoreError, Unreadable."""
        path = ref if isinstance(ref, Path) else self.find(ref).path
        try:
            data = read_regular(path, PROFILE_LIMIT)
        except OSError as error:
            raise Unreadable(path, error.strerror or str(error)) from None
        loaded = self._loaded(path, data)
        self._kept.discard(path)
        return Opened(loaded.profile, path, digest(data), loaded.read_only)

    def _loaded(self, path: Path, data: bytes) -> Loaded:
        try:
            return from_bytes(data)
        except ProfileError as error:
            raise Unreadable(path, error.reason, error.line, self.trash.previous(path) is not None) from None

    # ------------------------------------------------------------ writing

    @contextlib.contextmanager
    def _holding(self) -> Iterator[None]:
        make_folder(self.root)
        try:
            with locked(self.root):
                yield
        except OSError as error:
            raise not_saved(error, self.root) from None

    def save(self, profile: Profile, expected: str, path: Path | None = None) -> Opened:
        """Save over the version `expected` (the digest as opened or saved last); without `path` the file that has the
        profile's id. Nothing said anew writes nothing. The version before is kept in the trash, once for each opening.

        Raises Conflict where the file is another version or gone, Unreadable, NotSaved, ProfileError.
        """
        path = path or self.find(profile.id).path
        try:
            current = read_regular(path, PROFILE_LIMIT)
        except FileNotFoundError:
            raise Conflict(path, gone=True) from None
        except OSError as error:
            raise not_saved(error, path) from None
        if digest(current) != expected:
            raise Conflict(path, gone=False)
        loaded = self._loaded(path, current)
        if loaded.read_only:
            raise NotSaved(f"not saved: {visible(path.name)}: {loaded.read_only}")
        old, same_time = loaded.profile, replace(profile, updated=loaded.profile.updated)
        if to_bytes(same_time, loaded.document) == to_bytes(old, loaded.document):
            return Opened(old, path, expected)
        profile = replace(profile, updated=self.now().replace(microsecond=0))
        data = to_bytes(profile, loaded.document)
        with self._holding():
            first = path not in self._kept
            if loaded.schema < SCHEMA:
                self.trash.keep(path, current, f"schema{loaded.schema}")
            elif first:
                self.trash.hold(path, current)
            written = write_whole(path, data, expected)
            if first:
                self._settle(path)
        self._kept.add(path)
        return Opened(from_bytes(data).profile, path, written)

    def overwrite(self, profile: Profile, path: Path) -> Opened:
        """Save over whatever version is there, which is kept in the trash, or anew where the file is gone: an answer
        to a Conflict, when the person has chosen it. Raises as `save`, Conflict only where it changes once more."""
        with self._holding():
            try:
                current = read_regular(path, PROFILE_LIMIT)
            except FileNotFoundError:
                data = to_bytes(replace(profile, updated=self.now().replace(microsecond=0)))
                return Opened(from_bytes(data).profile, path, write_whole(path, data, must_be_new=True))
            self._loaded(path, current)
            self.trash.keep(path, current, "other", again=True)
            return self.save(profile, digest(current), path)

    def create(self, profile: Profile, number: bool = False, id: str = "") -> Opened:
        """Save as a new file with a fresh id, or the one given, which must be free. A name that is taken is refused, or
        numbered on request."""
        if id and not is_id(id):
            raise StoreError(f"not an id: {visible(id)!r}: give 16 digits of 0-9 and a-f")
        now = self.now().replace(microsecond=0)
        return self._add(replace(profile, id=id or new_id(), created=now, updated=now), number)

    def _add(self, profile: Profile, number: bool, loaded: Loaded | None = None) -> Opened:
        name = check_name(profile.name)
        with self._holding():
            heads = self.heads()
            taken = [head.name for head in heads if head.name]
            if any(head.id == profile.id for head in heads):
                raise Exists(f"not saved: a profile with the id {profile.id} exists: choose another id")
            if number:
                name = numbered(name, taken)
            else:
                self._refuse_taken(name, taken)
            profile = replace(profile, name=name)
            data = to_bytes(profile, loaded.document if loaded else None)
            path = self.root / file_name(name, profile.id)
            return Opened(from_bytes(data).profile, path, write_whole(path, data, must_be_new=True))

    def _refuse_taken(self, name: str, taken: list[str]) -> None:
        for other in taken:
            if name_key(other) == name_key(name):
                raise Exists(f"not saved: a profile called {visible(other)} exists: choose another name")

    def rename(self, opened: Opened, name: str) -> Opened:
        """Change the name, inside the file; the file keeps its own. A name that is taken is refused."""
        name = check_name(name)
        with self._holding():
            if name_key(name) != name_key(opened.profile.name):  # only its spelling changes
                self._refuse_taken(name, [h.name for h in self.heads() if h.name and h.path.name != opened.path.name])
            return self.save(replace(opened.profile, name=name), opened.digest, opened.path)

    def duplicate(self, opened: Opened, name: str = "", id: str = "") -> Opened:
        """Return a copy under that name, which must be free, or under "... copy", numbered if need be; `id` as in
        `create`."""
        wanted = name or _shortened(opened.profile.name or opened.path.stem, " copy")
        return self.create(replace(opened.profile, name=wanted), not name, id)

    def delete(self, path: Path) -> Path:
        """Move the file to the trash; gives its place there, for `restore`. Raises NotSaved."""
        with self._holding():
            return self.trash.put(path)

    def restore(self, trashed: Path) -> Opened:
        """Bring a deleted profile back as it was. Raises Exists where its name or its file is taken by now."""
        with self._holding():
            opened = self.open(trashed)
            self._refuse_taken(opened.profile.name, [head.name for head in self.heads() if head.name])
            path = self.root / self.trash.original(trashed)
            move(trashed, path)
            return replace(opened, path=path)

    def restore_previous(self, path: Path) -> Opened:
        """Bring back the version before the last change, which takes its place in the trash: doing it again undoes it.
        A file that cannot be read is kept there as well. Raises StoreError where no other version is kept."""
        with self._holding():
            kept = self.trash.previous(path)
            if kept is None:
                raise StoreError(
                    f"nothing brought back: no other version is kept of {visible(path.name)}: see socui paths"
                )
            earlier = self.open(kept)
            data = read_regular(kept, PROFILE_LIMIT)
            try:
                current = read_regular(path, PROFILE_LIMIT)
            except FileNotFoundError:
                write_whole(path, data, must_be_new=True)
                return replace(earlier, path=path)
            try:
                from_bytes(current)
                self.trash.hold(path, current)
            except ProfileError:
                self.trash.keep(path, current, "unreadable", again=True)
            write_whole(path, data, digest(current))
            self._settle(path)
        return replace(earlier, path=path)

    def _settle(self, path: Path) -> None:
        """The file is written: what could not be put in its place in the trash waits there for the next save."""
        with contextlib.suppress(StoreError):
            self.trash.settle(path)

    def import_(self, data: bytes, name: str = "") -> Opened:
        """Add a profile from a file's bytes; it keeps its id where that is free. A name that is taken is numbered;
        `name` stands in for one that is missing. Raises ProfileError, NotSaved."""
        loaded = from_bytes(data)
        if loaded.read_only:
            raise ProfileError(loaded.read_only)
        profile = loaded.profile
        try:
            title = check_name(profile.name or scrub_line(name))
        except StoreError:
            title = check_name(_shortened(scrub_line(profile.name), "") or "Imported profile")
        free = is_id(profile.id) and all(head.id != profile.id for head in self.heads())
        return self._add(replace(profile, name=title, id=profile.id if free else new_id()), True, loaded)

    def export(self, opened: Opened, target: Path, replace_it: bool = False) -> None:
        """Write the file's bytes, as opened, to `target`. One that is there is refused unless `replace_it`. Raises
        NotSaved, Conflict where the profile has changed since it was opened."""
        write_whole(target, self.text(opened), must_be_new=not replace_it)

    def text(self, opened: Opened) -> bytes:
        """Return the file's bytes, as opened. Raises Conflict where it has changed since."""
        try:
            data = read_regular(opened.path, PROFILE_LIMIT)
        except OSError as error:
            raise Unreadable(opened.path, error.strerror or str(error)) from None
        if digest(data) != opened.digest:
            raise Conflict(opened.path, gone=False)
        return data


def _shortened(name: str, tail: str) -> str:
    """Return the name with that tail, in the bytes a name may have, and a few left for a number."""
    return name.encode("utf-8", "replace")[: 240 - len(tail)].decode("utf-8", "ignore").strip() + tail
