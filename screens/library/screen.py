"""Saved profiles: open, new, from an example, rename, copy, delete, bring back, compare, import and export."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace
from textual import work

from socui.errors import ProfileError, StoreError
from socui.profiles.atomic_write import read_regular
from socui.profiles.examples import example, examples
from socui.profiles.migrate import brought_up
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import LIMIT
from socui.screens.dialogs import Ask, choose, write_to
from socui.screens.library.browser import Browsing
from socui.screens.library.entries import Entry
from socui.screens.widgets.lines import Tag, said
from socui.settings.commands import bindings, key_of

if TYPE_CHECKING:
    from socui.profiles.drafts import Draft
    from socui.profiles.store import Opened


class Library(Browsing):
    """The list and what can be done with what is in it. Gives what was chosen, or None."""

    CSS_PATH = "screen.tcss"
    GROUPS = ("library",)
    BINDINGS = bindings(*GROUPS)

    def _of(self, *kinds: str) -> Entry | None:
        """What the cursor is on, if it is of such a kind; else that is said."""
        entry = self.entry
        if entry is None or entry.kind in kinds:
            return entry
        what = {"file": "a saved profile", "draft": "a draft", "example": "an example", "trash": "in the trash"}
        self.tell(f"this is {what[entry.kind]}: choose {what[kinds[0]]}")
        return None

    # ---- opening

    def action_open(self) -> None:
        """Work on it; out of the trash, bring it back."""
        entry = self.entry
        if entry is None:
            return
        if entry.kind == "trash":
            self._bring_back(Path(entry.key))
        elif entry.kind == "draft":
            draft = self._draft(entry)
            if draft.problem:
                self.tell(f"this draft cannot be read: {draft.problem}")
            else:
                self.dismiss((draft.profile, self._opened_of(draft), draft.path))
        elif entry.kind == "example":
            self.dismiss((example(entry.key), None, None))
        elif opened := self._opened(entry):
            self.dismiss((opened.profile, opened, None))

    def _opened(self, entry: Entry) -> Opened | None:
        try:
            return self.store.open(Path(entry.key))
        except (StoreError, ProfileError) as error:
            self.tell(str(error))
            return None

    def _draft(self, entry: Entry) -> Draft:
        assert self.shelf is not None
        return self.shelf.drafts[entry.key]

    def _opened_of(self, draft: Draft) -> Opened | None:
        """The file a draft was written for, with the digest it was opened at, so that a change since is a conflict."""
        if draft.of is None:
            return None
        try:
            return replace(self.store.open(draft.of), digest=draft.digest)
        except (StoreError, ProfileError):
            return None

    def action_new(self) -> None:
        """An empty profile."""
        self.dismiss((Profile(), None, None))

    @work
    async def action_example(self) -> None:
        """A profile that starts as a copy of an example."""
        known = examples()
        ways = tuple(f"{name}: {profile.organization}" for name, profile in known.items())
        at = await choose(self.app, "New, from which example?", "A copy: the example stays as it is.", ways)
        if at is not None:
            self.dismiss((example([*known][at]), None, None))

    # ---- changing

    @work
    async def action_rename(self) -> None:
        """Give it another name."""
        if (entry := self._of("file")) is None or (opened := self._opened(entry)) is None:
            return
        name, problem = opened.profile.name, ""
        while (
            answer := await self.app.push_screen_wait(Ask("Rename the profile to", name, problem=problem))
        ) is not None:
            name = answer

            def rename(name: str = name) -> tuple[str, Tag]:
                return f"renamed to {self.store.rename(opened, name).profile.name}", entry.tag

            problem = await self.write(rename)
            if not problem:
                return

    @work
    async def action_duplicate(self) -> None:
        """A copy of the profile under the cursor."""
        if (entry := self._of("file")) is None or (opened := self._opened(entry)) is None:
            return

        def duplicate() -> tuple[str, Tag]:
            copy = self.store.duplicate(opened)
            return f"copied to {copy.profile.name}", ("file", str(copy.path))

        await self.write(duplicate)

    @work
    async def action_delete(self) -> None:
        """Into the trash; a draft is discarded."""
        if (entry := self._of("file", "draft")) is None:
            return
        path = Path(entry.key)

        def delete() -> tuple[str, Tag]:
            if entry.kind == "draft":
                self.store.drafts.discard(path)
                return "draft discarded", ()
            self.deleted.append(self.store.delete(path))
            return (
                f"deleted {entry.head.title}: {key_of('restore', 'u')} brings it back, {key_of('trash', 't')} shows the trash",
                (),
            )

        self.shown.pop(entry.tag)  # the next key has to mean the next one
        self.sheet.point(self._beside(entry.tag))
        await self.write(delete)

    def _beside(self, tag: Tag) -> Tag:
        row = self.sheet._row(tag)
        return self.sheet._nearest(row + 1 if row + 1 < len(self.sheet.lines) else row - 1)

    def action_restore(self) -> None:
        """Bring back what was deleted last."""
        if self.deleted:
            self._bring_back(self.deleted[-1])
        else:
            self.tell(f"nothing was deleted since the list was opened: {key_of('trash', 't')} shows the trash")

    @work
    async def _bring_back(self, trashed: Path) -> None:
        def restore() -> tuple[str, Tag]:
            opened = self.store.restore(trashed)
            if trashed in self.deleted:
                self.deleted.remove(trashed)
            return f"{opened.profile.name or opened.path.name} is back", ("file", str(opened.path))

        await self.write(restore)

    def action_trash(self) -> None:
        """What was deleted, and back to the profiles."""
        self.in_trash = not self.in_trash
        self.sheet.border_title = "Trash" if self.in_trash else "Profiles"
        self.run_worker(self.load("enter brings it back; nothing is ever removed from here" if self.in_trash else ""))

    @work
    async def action_earlier(self) -> None:
        """The version before the last change; doing it again undoes it."""
        if (entry := self._of("file")) is None:
            return

        def earlier() -> tuple[str, Tag]:
            self.store.restore_previous(Path(entry.key))
            return (
                f"the version before of {entry.head.title} is back: {key_of('earlier', 'v')} again undoes it",
                entry.tag,
            )

        await self.write(earlier)

    # ---- two of them

    def action_mark(self) -> None:
        """Mark it for comparing, or take the mark away; of three the first gives way."""
        if (entry := self._of("file", "draft", "example")) is not None:
            tag = entry.tag
            marked = [other for other in self.marked if other != tag]
            self.marked = tuple(marked) if tag in self.marked else (*marked[-1:], tag)
            self.message = ""
            self.sift(tag)

    def action_compare(self) -> None:
        """The two that are marked, or the one that is and the one under the cursor."""
        tags = [*self.marked]
        if len(tags) == 1 and self.sheet.cursor not in ((), tags[0]):
            tags.append(self.sheet.cursor)
        by_tag = {entry.tag: entry for entry in self.shelf.entries} if self.shelf else {}
        if len(tags) != 2:
            self.tell(f"mark one with {key_of('mark', 'm')}, then choose another, or mark two")
            return
        found = [self._profile(by_tag[tag]) for tag in tags]
        if found[0] is not None and found[1] is not None:
            cast("Any", self.app).compare(found[0], found[1])

    def _profile(self, entry: Entry) -> Profile | None:
        """What it says, brought up to what is known now."""
        if entry.kind == "example":
            profile = examples()[entry.key]
        elif entry.kind == "draft" and not self._draft(entry).problem:
            profile = self._draft(entry).profile
        elif entry.kind == "draft" or (opened := self._opened(entry)) is None:
            return None
        else:
            profile = opened.profile
        return brought_up(self.knowledge, profile)[0]

    # ---- other places

    @work
    async def action_import(self) -> None:
        """Add a profile from a file; a name that is taken is numbered."""
        value, problem = "", ""
        ask = "Import which file?"
        while (answer := await self.app.push_screen_wait(Ask(ask, value, "a profile's file", problem))) is not None:
            value = answer

            def add(value: str = value) -> tuple[str, Tag]:
                try:
                    path = Path(value).expanduser()
                    data = read_regular(path, LIMIT)
                except (OSError, ValueError, RuntimeError) as error:  # a NUL, no such ~user
                    why = getattr(error, "strerror", "") or str(error)
                    raise StoreError(f"{said(value)}: {why}") from None
                opened = self.store.import_(data, path.stem)
                return f"added {opened.profile.name}", ("file", str(opened.path))

            problem = await self.write(add)
            if not problem:
                return

    @work
    async def action_export(self) -> None:
        """Its file, as it is, to another place; one that is there is replaced only when that is said."""
        if (entry := self._of("file")) is None or (opened := self._opened(entry)) is None:
            return
        name = opened.profile.name or opened.path.stem
        where = await write_to(self.app, name, lambda path, again: self.store.export(opened, path, again))
        if where is not None:
            self.tell(f"written to {where}")
            await asyncio.shield(self.load())
