"""What stands on the screen of an app that a pilot drives."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.keys import key_to_character
from textual.pilot import Pilot

from socui.screens.typed_ahead import HeldEnter


def shown(app: App[Any]) -> str:
    """Every cell of the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip) for strip in strips)


def toasts(app: App[Any]) -> str:
    """What the notices say."""
    shown = app.workspace.notices.shown if hasattr(app, "workspace") else ()
    return "\n".join([*shown, *(notice.message for notice in app._notifications)])


async def type_ahead(pilot: Pilot[Any], *keys: str) -> None:
    """Keys in one go, and all that they bring about."""
    send(pilot, *keys)
    await settled(pilot)


def send(pilot: Pilot[Any], *keys: str) -> None:
    """Keys in one go, as a terminal sends them that was blocked; the pilot's own way waits after each."""
    for key in keys:
        event = events.Key(key, key_to_character(key))
        event.set_sender(pilot.app)
        assert pilot.app._driver is not None
        pilot.app._driver.send_message(event)


def later(app: Any) -> None:
    """As if the last key had been pressed a while ago: the next Enter repeats nothing."""
    app._enter = HeldEnter()


async def until(pilot: Pilot[Any], holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait until that holds, such as for what is worked out once keys rest. AssertionError where it does not in time."""
    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, "it did not become so"
        await pilot.pause(0.01)
    await settled(pilot)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nobody has a message left to deal with."""
    quiet = 0
    while quiet < 3 and pilot.app.return_code is None:
        await pilot.pause()
        nodes = [pilot.app, *pilot.app.screen.walk_children(with_self=True)] if pilot.app.is_running else []
        quiet = 0 if any(node.message_queue_size for node in nodes) else quiet + 1
