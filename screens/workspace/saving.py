"""What the workspace does about files: saving, settling what stands in the way of it, other profiles, the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work

from socui.profiles.migrate import since_saved
from socui.screens.widgets.lines import said
from socui.screens.workspace.actions import Answering

if TYPE_CHECKING:
    from socui.screens.workspace.session import Session

LOOK_EVERY = 2.0


class Keeping(Answering):
    """The actions of the workspace that have to do with profiles and their files."""

    if TYPE_CHECKING:

        def open_profile(self, session: Session) -> None: ...

    # ---- the file and what happens to it meanwhile

    def tell_what_changed(self) -> None:
        """Say what is not as it was when the profile was saved."""
        session = self.session
        if change := since_saved(self.knowledge, session.saved, session.profile, self.advice):
            self.notify(said(change), timeout=12, markup=False)

    def watch_the_disk(self) -> None:
        """Look at the file now and then, and at once when the program comes back to the foreground."""
        self.set_interval(LOOK_EVERY, self.look)
        self.app.app_resume_signal.subscribe(self, lambda _: self.look(), immediate=True)

    def look(self) -> None:
        """Take over what another program wrote, where nothing was said here meanwhile."""
        if change := self.session.look():
            if not self.session.conflict:
                self.changed()
                self.notify(f"{said(self.session.profile.name)}: {change}", timeout=8, markup=False)
            self.show("top")

    # ---- commands

    @work
    async def action_save(self) -> None:
        """Name the profile, or settle what keeps it from being saved."""
        from socui.errors import ProfileError, StoreError
        from socui.screens.dialogs import ProfileDialog

        if self.session.fork is not None and not await self.settle_fork("First: what is to become of the what-if?"):
            return
        copy: bool | None = False
        if self.session.conflict:
            copy = await self._settle_conflict()
        elif self.session.problem:
            copy = await self._settle_failure()
        if copy is None:
            self.show("top")
            return
        problem, profile = "", self.session.profile
        while (answer := await self.app.push_screen_wait(ProfileDialog(profile, problem))) is not None:
            profile = answer
            try:
                self.session.save_as(profile, copy)
            except (StoreError, ProfileError) as error:
                problem = str(error)
                continue
            self.changed()
            return

    async def _settle_conflict(self) -> bool | None:
        """Ask what to do about another version on the disk. True for a copy, None where all is done."""
        from socui.errors import ProfileError, StoreError
        from socui.screens.dialogs import choose

        session = self.session
        gone = session.gone
        ways = {
            "copy": "Save mine as a copy, under another name",
            "mine": "Make it again, as it is here" if gone else "Keep mine; the one on the disk goes to the trash",
            **({} if gone else {"theirs": "Take the one on the disk; undo brings mine back"}),
            "": "Not now",
        }
        title = "Gone from the disk" if gone else "Changed on the disk"
        chosen = await choose(self.app, title, session.problem, tuple(ways.values()))
        how = [*ways][chosen] if chosen is not None else ""
        if how == "copy":
            return True
        try:
            if how == "mine":
                session.overwrite()
            elif how == "theirs":
                session.reload()
                self.changed()
        except (StoreError, ProfileError) as error:
            session.problem = str(error)
            self.notify(session.problem, severity="warning", markup=False)
        return None

    async def _settle_failure(self) -> bool | None:
        """Ask what to do about a save that failed. True for a copy, None where all is done."""
        from socui.screens.dialogs import choose

        ways = ("Try again", "Save a copy among the profiles, under another name", "Write a copy to a file elsewhere",
                "Not now")  # fmt: skip
        how = await choose(self.app, "Not saved", self.session.problem, ways)
        if how == 0:
            self.session.retry()
        if how == 2:
            await self._write_elsewhere()
        return True if how == 1 else None

    async def _write_elsewhere(self) -> None:
        from socui.screens.dialogs import write_to

        profile = self.session.profile
        where = await write_to(self.app, profile.name or "profile", self.session.copy_to)
        if where is not None:
            self.notify(f"A copy is in {said(str(where))}", markup=False)

    @work
    async def action_library(self) -> None:
        """Saved profiles, examples and drafts."""
        from socui.screens.library.screen import Library
        from socui.screens.workspace.session import Session

        self.session.write()
        found: Any = await self.app.push_screen_wait(Library(self.socui.store, self.knowledge))
        if found is None:
            self.look()
            self.show("top")
            return
        if self.session.fork is not None:
            if not await self.settle_fork("Before another profile opens: what is to become of the what-if?"):
                return
            self.session.write()
        profile, opened, origin = found
        session = Session(self.socui.store, self.knowledge, profile, opened)
        session.origin = origin
        self.open_profile(session)
