"""Screens that stand before they act: no key acts on one that is not shown yet, one key leaves one screen, and one dialog
is asked for at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast, runtime_checkable

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.events import Mount
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList
from textual.worker import Worker

from socui.screens.widgets.line_list import Sheet

if TYPE_CHECKING:
    from socui.app import SocuiApp

    _Screen = Screen
else:  # not a widget at run time: Textual takes the styles of the first base that is one

    class _Screen:
        def __class_getitem__(cls, _: object) -> type:
            return cls


_Result = TypeVar("_Result")
CHOICES = (Input.Submitted, OptionList.OptionSelected, Sheet.Chosen)
"""What leaves a screen."""


@runtime_checkable
class Tells(Protocol):
    """A screen with a last line that can say something."""

    def tell(self, message: str) -> None:
        """A word in the last line."""


class Ready(_Screen[_Result]):
    """A screen that ignores actions before it is composed and after it is left, as the palette may send them."""

    @property
    def stands(self) -> bool:
        """Whether what it is composed of is there: from when it is mounted until it is left."""
        return self.is_mounted and any(screen is self for screen in self.app.screen_stack)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As the screen has it, while it stands."""
        return self.stands and super().check_action(action, parameters)

    takes_keys = False
    """Whether it was laid out, so that keys find what they are for."""

    def on_screen_resume(self) -> None:
        """It is on top now: what was typed ahead of it acts once it is laid out."""
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        self.takes_keys = True
        self.let_go()

    def let_go(self) -> None:
        """Let the keys act that were typed ahead, if nothing is to be waited for any more."""
        cast("SocuiApp", self.app).let_go()


class Asks(Ready[_Result]):
    """A screen that asks by dialogs, one at a time."""

    _asks: Worker[object] | None = None

    @property
    def asking(self) -> bool:
        """Whether a dialog is shown or about to be."""
        return self._asks is not None and not self._asks.is_finished

    def ask(self, work: Callable[[], Awaitable[object]]) -> None:
        """Run what shows a dialog, unless one is shown or about to be; keys typed meanwhile act where it leads."""
        if not self.asking:

            async def shown() -> None:  # called by the worker: one that never starts leaves no coroutine behind
                await work()

            self._asks = self.run_worker(shown)

    def leaves_by(self, key: str) -> bool:
        """Return whether that key leaves the screen at once, also while it works on something before it asks."""
        del key
        return False

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Nothing is asked any more: what was typed meanwhile acts."""
        if event.worker is self._asks and event.worker.is_finished:
            self.let_go()


class Once(Ready[_Result]):
    """A screen that is dismissed at most once, and only while it is on top, also when a message comes late."""

    @property
    def on_top(self) -> bool:
        """Whether this is the screen that is seen."""
        stack = self.app.screen_stack if self.app.is_running else []
        return bool(stack) and stack[-1] is self

    def dismiss(self, result: _Result | None = None) -> AwaitComplete:
        """Leave this screen, if it is the one that is seen."""
        return super().dismiss(result) if self.on_top else AwaitComplete()

    async def _on_message(self, message: Message) -> None:
        if isinstance(message, Mount) and not self.children:
            return  # asked for as the app was left: Textual gives it no parts then, and there is nothing to fill
        # What a widget was told before the screen was left, and says only now.
        if self.on_top or not isinstance(message, CHOICES):
            await super()._on_message(message)


class Modal(Once[_Result], ModalScreen[_Result]):
    """A screen that lies over the others until it is answered."""


class Palette(Once[None], CommandPalette):
    """Textual's palette, for those who type faster than it opens and closes. It has no id: the next one may be asked for
    while the one before is still being closed."""

    def _action_command_list(self, action: str) -> None:
        with contextlib.suppress(KeyError):  # a page up in a list that is not laid out yet
            super()._action_command_list(action)

    async def _watch__show_busy(self) -> None:
        with contextlib.suppress(NoMatches):  # a palette that is being closed has nothing left to show it by
            await super()._watch__show_busy()

    def run_worker(self, *args: Any, **options: Any) -> Worker[Any]:
        """Search; the search of a palette that is gone meanwhile finds no list to show itself in, which is no fault."""
        return super().run_worker(*args, **{**options, "exit_on_error": False})
