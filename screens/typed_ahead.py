"""What is typed before that stands which it is for: it acts there, or not at all, and never on what stood before."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.dom import DOMNode
from textual.events import Event, InputEvent, Key, MouseDown, Paste
from textual.message import Message
from textual.messages import ExitApp
from textual.screen import Screen

from socui.screens.guards import Asks, Ready

if TYPE_CHECKING:
    from socui.app import SocuiApp

ROUNDS = 2
"""How often a message follows a key: first behind it, then behind what it brought about, such as that a line is chosen."""
LOST = 5.0
"""Seconds after which a message that follows a key is taken for lost."""


@runtime_checkable
class TypedInto(Protocol):
    """A field, which takes letters in their order."""

    def acts_on(self, event: Key) -> bool:
        """Return whether this key does something in the field."""


class Passed(Message):
    """Posted behind a key to whatever got it: where it arrives at the app, the key has been dealt with."""

    def __init__(self, target: DOMNode, rounds: int) -> None:
        super().__init__()
        self.target, self.rounds = target, rounds


class TypedAhead:
    """Lets one key or paste act at a time, in the order in which they were typed: what comes behind one that opens or
    leaves a screen waits until that screen takes keys, or is gone."""

    def __init__(self, app: SocuiApp) -> None:
        self.app = app
        self._held: deque[Key | Paste] = deque()
        self._going: Event | None = None
        self._passing: Passed | None = None
        self._end: ExitApp | None = None

    @property
    def held(self) -> int:
        """How many keys and pastes wait."""
        return len(self._held)

    def holds(self, event: Event) -> bool:
        """Return whether that event waits. To be called with every event."""
        if event is self._going or not isinstance(event, Key | Paste) or event.is_forwarded:
            return False
        if self._leaves(event):
            self._held.clear()  # and what was typed for what does not come
            return False
        waits = self._busy()
        if waits:
            self._held.append(event)
        return waits

    def target(self, event: Event) -> DOMNode | None:
        """Return what gets that event and has others wait for it; None of all but keys and pastes, and of a letter in a
        field, which takes them in their order."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            return None
        target: DOMNode = self.app.focused or self.app.screen
        if isinstance(event, Key) and isinstance(target, TypedInto) and event.is_printable and target.acts_on(event):
            return None
        return target

    def follow(self, target: DOMNode | None) -> None:
        """Have what is typed next wait until that target, which got an event, and all around it have dealt with it."""
        if target is not None:
            self._send(Passed(target, ROUNDS))

    async def passed(self, message: Passed) -> None:
        """A key has been dealt with: let act what waits. To be called in the app's turn."""
        if message is self._passing:
            self._passing = None
            if message.rounds > 1:
                self._send(Passed(message.target, message.rounds - 1))
        await self.let_go()

    async def let_go(self) -> None:
        """Let act what waits, one after the other; in an app that has been left, nothing. To be called in the app's turn."""
        if not self.app.screen_stack:
            self._held.clear()
            return
        while self._held and not self._waits():
            self._going = self._held.popleft()
            await self.app.on_event(self._going)
        self._going = None
        if self._end is not None and not self._busy():
            self._end_now()

    def delays(self, end: ExitApp) -> bool:
        """Return whether that end waits for what was typed before it, for LOST seconds at most; it then comes anew. To be
        called with every end that comes from elsewhere."""
        if self._end is None and self._busy():
            self._end = end
            self.app.set_timer(LOST, self._end_now)
            return True
        return False

    def _end_now(self) -> None:
        self.app.post_message(ExitApp())

    def _busy(self) -> bool:
        return bool(self._held) or self._waits()

    def _send(self, message: Passed) -> None:
        if message.target.post_message(message):
            self._passing = message

    def _waits(self) -> bool:
        """Return whether a key is under way, or a screen is about to be shown, or is shown and not laid out yet."""
        passing, top = self._passing, self.app.screen
        if passing is not None and passing.target.is_attached and monotonic() - passing.time < LOST:
            return True
        if len(self.app.screen_stack) > 1 and isinstance(top, Ready) and not top.takes_keys:
            return True
        return isinstance(top, Asks) and top.asking

    def _leaves(self, event: Key | Paste) -> bool:
        """Return whether that key leaves a screen that works on something before it asks."""
        top = self.app.screen
        return isinstance(event, Key) and isinstance(top, Asks) and top.asking and top.leaves_by(event.key)


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
            if isinstance(event, Key | Paste | MouseDown):
                self._screen = None
            return False
        repeated = self._screen is not None and event.time - self._time < self.REPEAT
        if not repeated:
            self._screen = screen
        self._time = event.time
        return self._screen is not screen
