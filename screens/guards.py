"""Guards against keys typed ahead: no key acts on a screen that is not shown yet, and one key leaves one screen."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.events import InputEvent, Key, MouseDown
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


_Result = TypeVar("_Result")
CHOICES = (Input.Submitted, OptionList.OptionSelected, Sheet.Chosen)
"""What leaves a screen."""


@runtime_checkable
class Tells(Protocol):
    """A screen with a last line that can say something."""

    def tell(self, message: str) -> None:
        """A word in the last line."""


@runtime_checkable
class TypedInto(Protocol):
    """A field, which acts on keys before anything else does."""

    def acts_on(self, event: Key) -> bool:
        """Return whether this key does something in the field."""

    def post_message(self, message: Message) -> bool:
        """Send it a message."""


def sent_on(event: InputEvent, focused: object) -> bool:
    """Send a key on to the field that has the focus by now, where it was for what had the focus before: the key that
    opened the field was not dealt with yet when this one was typed. Return whether it was sent on."""
    if not (
        isinstance(event, Key) and event.is_forwarded and isinstance(focused, TypedInto) and focused.acts_on(event)
    ):
        return False  # had it been the field's to begin with, it would not have come as far as the app
    again = Key(event.key, event.character)
    again._set_forwarded()
    focused.post_message(again)
    return True


class Ready(_Screen[_Result]):
    """A screen that ignores actions before it is composed and after it is left, as the palette may send them."""

    @property
    def stands(self) -> bool:
        """Whether what it is composed of is there: from when it is mounted until it is left."""
        return self.is_mounted and any(screen is self for screen in self.app.screen_stack)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As the screen has it, while it stands."""
        return self.stands and super().check_action(action, parameters)


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
        # What a widget was told before the screen was left, and says only now.
        if self.on_top or not isinstance(message, CHOICES):
            await super()._on_message(message)


class Modal(Once[_Result], ModalScreen[_Result]):
    """A screen that lies over the others until it is answered."""


class HeldEnter:
    """Tells an Enter that is held down or doubled from one that is meant.

    The repeats belong to the screen that the first press was for; on the screen that it opened or came back to they do
    nothing.
    """

    REPEAT = 0.7
    """Seconds within which an Enter repeats the one before: keyboards begin to repeat after 0.25 to 0.66."""

    def __init__(self) -> None:
        self._screen: Screen[Any] | None = None
        self._time = 0.0

    def repeats(self, event: InputEvent, screen: Screen[Any]) -> bool:
        """Return whether this is the repeat of an Enter that another screen than `screen` got. To be called with
        every event."""
        if not isinstance(event, Key) or event.key != "enter":
            if isinstance(event, Key | MouseDown):
                self._screen = None
            return False
        repeated = self._screen is not None and event.time - self._time < self.REPEAT
        if not repeated:
            self._screen = screen
        self._time = event.time
        return self._screen is not screen


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
