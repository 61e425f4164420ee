"""Keys typed ahead: none acts on a screen that does not stand yet, and what leaves a screen leaves that one only."""

from __future__ import annotations

import contextlib
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.events import Event, Key, MouseDown
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList
from textual.worker import Worker

from socui.screens.widgets.line_list import Sheet

if TYPE_CHECKING:
    _Screen = Screen
else:  # not a widget at run time: Textual takes the styles of the first base that is one

    class _Screen:
        def __class_getitem__(cls, _: object) -> type:
            return cls


Result = TypeVar("Result")
CHOICES = (Input.Submitted, OptionList.OptionSelected, Sheet.Chosen)
"""What leaves a screen."""
ONCE_MORE = "enter once more to choose"


class Ready(_Screen[Result]):
    """For a screen whose actions need what it is composed of: what comes before that, or from the palette when the screen
    is left already, does nothing."""

    @property
    def stands(self) -> bool:
        """Whether what it is composed of is there: from when it is mounted until it is left."""
        return self.is_mounted and any(screen is self for screen in self.app.screen_stack)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As the screen has it, while it stands."""
        return self.stands and super().check_action(action, parameters)


class Once(Ready[Result]):
    """For a screen that is dismissed. Textual dismisses whatever stands on top, also for a message that comes late."""

    @property
    def on_top(self) -> bool:
        """Whether this is the screen that is seen."""
        stack = self.app.screen_stack if self.app.is_running else []
        return bool(stack) and stack[-1] is self

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen, if it is the one that is seen."""
        return super().dismiss(result) if self.on_top else AwaitComplete()

    async def _on_message(self, message: Message) -> None:
        # What a widget was told before the screen was left, and says only now.
        if self.on_top or not isinstance(message, CHOICES):
            await super()._on_message(message)


class Modal(Once[Result], ModalScreen[Result]):
    """A screen before the others."""


class Opening:
    """A screen that came to light again by an enter. What was meant for the screen before must not choose anything here:
    an enter that was typed before this one was painted, and the first one after, which a finger that hits twice gives as
    well. That one is told and not lost: once more, and it counts. Any other key or click ends it; nothing is timed."""

    def __init__(self, screen: Screen[Any] | None = None) -> None:
        self._screen, self._painted = screen, inf
        if screen is not None:
            screen.call_after_refresh(self._stands)

    def _stands(self) -> None:
        self._painted = Message().time  # by the clock that stamps the keys

    def swallows(self, event: Event, screen: Screen[Any]) -> bool:
        """Whether that key was meant for the screen before, `screen` being the one seen now."""
        if self._screen is None or not isinstance(event, Key | MouseDown):
            return False
        if screen is not self._screen or not isinstance(event, Key) or event.key != "enter":
            self._screen = None
            return False
        if event.time >= self._painted:
            self._screen = None
            if (tell := getattr(screen, "tell", None)) is not None:
                tell(ONCE_MORE)
        return True


class Palette(Once[None], CommandPalette):
    """Textual's palette, for those who type faster than it opens and closes. It has no id: the next one may be asked for
    while the one before is still being closed."""

    def _action_command_list(self, action: str) -> None:
        with contextlib.suppress(KeyError):  # a page up in a list that is not laid out yet
            super()._action_command_list(action)

    def run_worker(self, *args: Any, **options: Any) -> Worker[Any]:
        """Search; the search of a palette that is gone meanwhile finds no list to show itself in, which is no fault."""
        return super().run_worker(*args, **{**options, "exit_on_error": False})
