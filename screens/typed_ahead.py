"""What is typed before that stands which it is for: it acts there, or not at all, and never on what stood before."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.events import Event, InputEvent, Key, MouseDown, Paste
from textual.message import Message
from textual.screen import Screen

from socui.screens.guards import Asks, Ready

if TYPE_CHECKING:
    from socui.app import SocuiApp


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


class TypedAhead:
    """Holds keys and pastes back from the key that opens a screen until that screen takes them, and lets them go in the
    order in which they were typed."""

    def __init__(self, app: SocuiApp) -> None:
        self.app = app
        self._held: list[Key | Paste] = []
        self._going: Event | None = None

    def holds(self, event: Event) -> bool:
        """Return whether that event waits. To be called with every event."""
        if (
            event is self._going
            or not isinstance(event, Key | Paste)
            or (isinstance(event, Paste) and event.is_forwarded)
        ):
            return False  # a paste that comes back was already dealt with
        if not self._held and not self._opening(event):
            return False
        self.hold(event)
        return True

    def hold(self, event: Key | Paste) -> None:
        """Have it wait. What was on its way to the screen before comes back later than what was typed after it."""
        again = Key(event.key, event.character) if isinstance(event, Key) else Paste(event.text)
        again.time = event.time
        insort(self._held, again, key=lambda held: held.time)

    def _opening(self, event: Event) -> bool:
        """Return whether a screen is about to be shown, or is shown and not laid out yet."""
        _, *above = self.app.screen_stack or (None,)
        top = self.app.screen
        if above and isinstance(top, Ready) and not top.takes_keys:
            return True
        return isinstance(top, Asks) and top.holds(event.key if isinstance(event, Key) else "")

    async def let_go(self) -> None:
        """Let act what waits, as far as the next key that opens something. To be called in the app's turn."""
        while self._held and not self._opening(self._held[0]):
            self._going = self._held.pop(0)
            await self.app.on_event(self._going)
        self._going = None


class HeldEnter:
    """Tells an Enter that is held down or doubled from one that is meant.

    The repeats belong to the screen that the first press was for; on the screen that it opened or came back to they do
    nothing.
    """

    REPEAT = 0.7
    """Seconds within which an Enter repeats the one before: keyboards begin to repeat after 0.25 to 0.66."""

    def __init__(self) -> None:
        self._screen: Screen[Any] | None = None
        self._first = self._time = 0.0

    def repeats(self, event: InputEvent, screen: Screen[Any]) -> bool:
        """Return whether this is the repeat of an Enter that another screen than `screen` got. To be called with
        every event."""
        if not isinstance(event, Key) or event.key != "enter":
            if isinstance(event, Key | MouseDown):
                self._screen = None
            return False
        # The first one comes again where it had to wait for what it is for.
        repeated = self._screen is not None and self._first != event.time and event.time - self._time < self.REPEAT
        if not repeated:
            self._screen, self._first = screen, event.time
        self._time = event.time
        return self._screen is not screen
