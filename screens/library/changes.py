"""Changes the files of the list: rename, copy, delete, restore, import and export."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from socui.errors import StoreError
from socui.profiles.atomic_write import read_regular
from socui.profiles.names import slug
from socui.profiles.profile_toml import PROFILE_LIMIT
from socui.screens.dialogs import TextDialog, write_to
from socui.screens.widgets.lines import Tag
from socui.settings.commands import key_of
from socui.text import visible

if TYPE_CHECKING:
    from socui.screens.library.screen import Library


class Changes:
    """Changes files, for the list that it is given. Every method waits for dialogs: await it in a worker."""

    def __init__(self, screen: Library) -> None:
        self.screen = screen
        self.deleted: list[Path] = []

    async def rename(self) -> None:
        """Give it another name."""
        if (entry := self.screen.entry_of("file")) is None or (opened := self.screen.opened(entry)) is None:
            return
        name, problem = opened.profile.name, ""
        while (
            answer := await self.screen.app.push_screen_wait(
                TextDialog("Rename the profile to", name, problem=problem, name=True)
            )
        ) is not None:
            name = answer

            def rename(name: str = name) -> tuple[str, Tag]:
                return f"renamed to {self.screen.store.rename(opened, name).profile.name}", entry.tag

            problem = await self.screen.browser.write(rename)
            if not problem:
                return

    async def duplicate(self) -> None:
        """A copy of the profile under the cursor."""
        if (entry := self.screen.entry_of("file")) is None or (opened := self.screen.opened(entry)) is None:
            return

        def duplicate() -> tuple[str, Tag]:
            copy = self.screen.store.duplicate(opened)
            return f"copied to {copy.profile.name}", ("file", str(copy.path))

        await self.screen.browser.write(duplicate)

    async def delete(self) -> None:
        """Into the trash; a draft is discarded."""
        if (entry := self.screen.entry_of("file", "draft")) is None:
            return
        path = Path(entry.key)

        def delete() -> tuple[str, Tag]:
            if entry.kind == "draft":
                self.screen.store.drafts.discard(path)
                return "draft discarded", ()
            self.deleted.append(self.screen.store.delete(path))
            return (
                f"deleted {entry.head.title}: {key_of('restore', 'u')} brings it back, {key_of('trash', 'X')} shows the trash",
                (),
            )

        self.screen.browser.shown.pop(entry.tag)  # the next key has to mean the next one
        self.screen.browser.sheet.point(self.screen.browser.sheet.beside(entry.tag))
        await self.screen.browser.write(delete)

    async def bring_back(self, trashed: Path) -> None:
        """Out of the trash."""

        def restore() -> tuple[str, Tag]:
            opened = self.screen.store.restore(trashed)
            if trashed in self.deleted:
                self.deleted.remove(trashed)
            return f"{opened.profile.name or opened.path.name} is back", ("file", str(opened.path))

        await self.screen.browser.write(restore)

    async def earlier(self) -> None:
        """The version before the last change; doing it again undoes it."""
        if (entry := self.screen.entry_of("file")) is None:
            return

        def earlier() -> tuple[str, Tag]:
            self.screen.store.restore_previous(Path(entry.key))
            return (
                f"the version before of {entry.head.title} is back: {key_of('earlier', 'v')} again undoes it",
                entry.tag,
            )

        await self.screen.browser.write(earlier)

    async def read(self) -> None:
        """Add a profile from a file; a name that is taken is numbered."""
        value, problem = "", ""
        ask = "Import which file?"
        while (
            answer := await self.screen.app.push_screen_wait(TextDialog(ask, value, "a profile's file", problem))
        ) is not None:
            value = answer

            def add(value: str = value) -> tuple[str, Tag]:
                try:
                    path = Path(value).expanduser()
                    data = read_regular(path, PROFILE_LIMIT)
                except (OSError, ValueError, RuntimeError) as error:  # a NUL, no such ~user
                    why = getattr(error, "strerror", "") or str(error)
                    raise StoreError(f"{visible(value)}: {why}") from None
                opened = self.screen.store.import_(data, path.stem)
                return f"added {opened.profile.name}", ("file", str(opened.path))

            problem = await self.screen.browser.write(add)
            if not problem:
                return

    async def write(self) -> None:
        """Its file, as it is, to another place; one that is there is replaced only when that is said."""
        if (entry := self.screen.entry_of("file")) is None or (opened := self.screen.opened(entry)) is None:
            return
        name = opened.profile.name or opened.path.stem
        where = await write_to(
            self.screen.app, f"{slug(name)}.toml", lambda path, again: self.screen.store.export(opened, path, again)
        )
        if where is not None:
            self.screen.tell(f"written to {where}")
            await asyncio.shield(self.screen.browser.load())
