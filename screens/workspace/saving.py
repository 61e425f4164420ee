"""Saves the profile of the workspace, settles conflicts, opens other profiles and watches the disk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.worker import Worker

from socui.errors import ProfileError, StoreError
from socui.profiles.migrate import since_saved
from socui.profiles.session import Session
from socui.text import visible

if TYPE_CHECKING:
    from socui.profiles.latest import Latest
    from socui.screens.library.screen import Pick
    from socui.screens.workspace.screen import Workspace

LOOK_EVERY = 2.0
SAVE_AFTER = 0.7


class Saving:
    """Saves the profile and opens others, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen, self.state = screen, screen.state
        self._timer: Timer | None = None
        self._looking: Worker[None] | None = None

    @property
    def session(self) -> Session:
        """The profile with its file."""
        return self.state.session

    # ---- by itself

    def soon(self) -> None:
        """Write what has changed a moment from now."""
        if self._timer is None:
            self._timer = self.screen.set_timer(SAVE_AFTER, self._save)

    def _save(self) -> None:
        self._timer = None
        self.screen.run_worker(self._write, thread=True, group="save", exit_on_error=False)

    def _write(self) -> None:
        self.session.write()
        self.screen.app.call_from_thread(self._written)

    def _written(self) -> None:
        self.screen.show("top")
        if self.session.dirty:
            self.soon()

    # ---- the file and what happens to it meanwhile

    def tell_what_changed(self) -> None:
        """Say what is not as it was when the profile was saved."""
        session = self.session
        if change := since_saved(self.state.knowledge, session.saved, session.profile, self.state.advice):
            self.screen.notify(visible(change), timeout=12, markup=False)

    def watch_the_disk(self) -> None:
        """Look at the file now and then, and at once when the program comes back to the foreground."""
        self.screen.set_interval(LOOK_EVERY, self.look)
        self.screen.app.app_resume_signal.subscribe(self.screen, lambda _: self.look(), immediate=True)

    def look(self) -> None:
        """Take over what another program wrote, where nothing was said here meanwhile."""
        if change := self.session.look():
            if not self.session.conflict:
                self.state.decide()
                self.screen.notify(f"{visible(self.session.profile.name)}: {change}", timeout=8, markup=False)
            self.screen.show("top")

    # ---- commands

    async def save(self) -> None:
        """Name the profile, or settle what keeps it from being saved."""
        from socui.screens.dialogs import ProfileDialog

        if self.session.fork is not None and not await self.screen.what_if.settle(
            "First: what is to become of the what-if?"
        ):
            return
        copy: bool | None = False
        if self.session.conflict:
            copy = await self._settle_conflict()
        elif self.session.problem:
            copy = await self._settle_failure()
        if copy is None:
            self.screen.show("top")
            return
        problem, profile = "", self.session.profile
        while (answer := await self.screen.app.push_screen_wait(ProfileDialog(profile, problem))) is not None:
            profile = answer
            try:
                before = self.session.profile.name
                behind = self.session.save_as(profile, copy)
            except (StoreError, ProfileError) as error:
                problem = str(error)
                continue
            self.state.decide()
            if behind:
                self.screen.notify(
                    f"This is {visible(self.session.profile.name)} now; {visible(before)} stays as it was.",
                    markup=False,
                )
            return

    async def _settle_conflict(self) -> bool | None:
        """Ask what to do about another version on the disk. True for a copy, None where all is done."""
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
        chosen = await choose(self.screen.app, title, session.problem, tuple(ways.values()))
        how = [*ways][chosen] if chosen is not None else ""
        if how == "copy":
            return True
        try:
            if how == "mine":
                session.overwrite()
            elif how == "theirs":
                session.reload()
                self.state.decide()
        except (StoreError, ProfileError) as error:
            session.problem = str(error)
            self.screen.notify(session.problem, severity="warning", markup=False)
        return None

    async def _settle_failure(self) -> bool | None:
        """Ask what to do about a save that failed. True for a copy, None where all is done."""
        from socui.screens.dialogs import choose

        ways = ("Try again", "Save a copy among the profiles, under another name", "Write a copy to a file elsewhere",
                "Not now")  # fmt: skip
        how = await choose(self.screen.app, "Not saved", self.session.problem, ways)
        if how == 0:
            self.session.retry()
        if how == 2:
            await self._write_elsewhere()
        return True if how == 1 else None

    async def _write_elsewhere(self) -> None:
        from socui.profiles.names import slug
        from socui.screens.dialogs import write_to

        proposed = f"{slug(self.session.profile.name or 'profile')}.toml"
        where = await write_to(self.screen.app, proposed, self.session.copy_to)
        if where is not None:
            self.screen.notify(f"A copy is in {visible(str(where))}", markup=False)

    async def library(self) -> None:
        """Show saved profiles, examples and drafts, and work on the one that is chosen."""
        from socui.screens.library.screen import Library

        self.session.write()
        pick = await self.screen.app.push_screen_wait(Library(self.session.store, self.state.knowledge))
        if pick is None:
            self.look()
            self.screen.show("top")
            return
        await self._settle_and_open(pick)

    def open(self, pick: Pick) -> None:
        """Work on that profile; a what-if is settled before."""
        self.session.write()
        self.screen.ask(lambda: self._settle_and_open(pick))

    async def _settle_and_open(self, pick: Pick) -> None:
        if self.session.fork is not None:
            if not await self.screen.what_if.settle("Before another profile opens: what is to become of the what-if?"):
                return
            self.session.write()
        self._work_on(pick)

    def _work_on(self, pick: Pick) -> None:
        try:
            self.session.put_aside()
        except StoreError as error:  # the draft stands, and the next start offers it
            self.screen.notify(str(error), severity="warning", markup=False)
        session = Session(self.session.store, self.state.knowledge, pick.profile, pick.opened)
        session.origin = pick.origin
        self._timer = None
        self.screen.remove_class("-finding")
        self.state.open(session)
        self.screen.arrangement.begin()
        self.screen.answering.begin()
        self.tell_what_changed()
        if pick.at_result:
            self.screen.leading.result()

    def again(self) -> None:
        """Look for what an earlier run left, and offer it. Who did something while it was looked for is not interrupted:
        the keys work meanwhile, and a folder may be slow to read."""
        self._looking = self.screen.run_worker(self._look_for_what_was_left)

    async def _look_for_what_was_left(self) -> None:
        from socui.profiles.latest import latest

        session = self.session
        left = await asyncio.to_thread(latest, session.store)
        if left.draft is None and left.head is None:
            return
        begun = self.session is not session or session.drafted or self.screen.asking
        if not begun and self.screen.app.screen is self.screen:
            self.screen.ask(lambda: self._offer(left))

    async def _offer(self, left: Latest) -> None:
        """To go on with what an earlier run left, to choose a profile, or to begin a new one."""
        from socui.profiles.latest import opened_of
        from socui.screens.library.screen import Pick
        from socui.screens.welcome import Again

        store = self.session.store
        way = await self.screen.app.push_screen_wait(Again(left, store.now()))
        if way == "library":
            await self.library()
        elif way == "continue" and left.draft is not None:
            self._work_on(Pick(left.draft.profile, opened_of(store, left.draft), left.draft.path))
        elif way == "continue" and left.head is not None:
            try:
                opened = store.open(left.head.path)
            except (StoreError, ProfileError) as error:
                self.screen.notify(str(error), severity="warning", markup=False)
            else:
                self._work_on(Pick(opened.profile, opened))
