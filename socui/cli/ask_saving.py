"""Saves the answers of plain prompts in a profile."""

from __future__ import annotations

from msgspec.structs import replace

from socui.cli.output import put
from socui.errors import Conflict, StoreError
from socui.profiles.names import check_name, name_key
from socui.profiles.profile import Profile
from socui.profiles.store import Opened, Store
from socui.text import visible


class SavedProfile:
    """Saves the answers of an interview after each of them, as soon as the profile has a name."""

    def __init__(self, store: Store, name: str | None) -> None:
        self._store = store
        self._opened: Opened | None = None
        self.profile = Profile()
        if name:
            self._opened = self._found(name)
            self.profile = self._opened.profile if self._opened else Profile(name=check_name(name))
            if self._opened and self._opened.read_only:
                raise StoreError(f"not saved: {visible(self._opened.path.name)}: {self._opened.read_only}")

    def _found(self, name: str) -> Opened | None:
        try:
            return self._store.open(name)
        except StoreError:
            heads = self._store.heads()
            if any(name in (h.id, h.path.name, h.path.stem) or name_key(h.name) == name_key(name) for h in heads):
                raise
            return None

    def save(self, profile: Profile, number: bool = False) -> None:
        """Save under the profile's name. Where another program has changed the file meanwhile, as a copy."""
        if self._opened is None:
            self._opened = self._store.create(profile, number)
            return
        try:
            kept = self._opened.profile
            profile = replace(profile, id=kept.id, name=kept.name, created=kept.created)
            self._opened = self._store.save(profile, self._opened.digest, self._opened.path)
        except Conflict:
            self._opened = self._store.create(profile, number=True)
            put(f"Another program has changed the profile: yours is now {visible(self._opened.profile.name)}.\n")

    @property
    def name(self) -> str:
        """The name it is saved under."""
        assert self._opened is not None
        return self._opened.profile.name

    def where(self) -> str:
        """Return what is saved, and where, in words."""
        assert self._opened is not None
        return f"Saved as {visible(self._opened.profile.name)}: {visible(str(self._opened.path))}"
