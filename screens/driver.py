"""The terminal driver: Textual's own, which also turns off what that leaves on, repaints after a stop, and asks the
terminal for the color of its background."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import select
import signal
from collections.abc import Iterable
from typing import Any, TextIO

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.message import Message
from textual.messages import InBandWindowResize

from socui.settings.terminal import light_by_reply

_ASK = "\x1b]11;?\x1b\\"
_REPLY = re.compile(
    r"\x1b\]11;(?:rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})[^\x07\x1b]*|[^\x07\x1b]*)(?:\x07|\x1b\\)", re.I
)
_BEGUN = re.compile(r"\x1b\]11;[^\x07\x1b]{0,40}\x1b?\Z")
_DEAF = ("dumb", "linux", "cons25", "emacs", "eterm", "unknown")
"""Terminals, by the beginning of TERM, that print such a question or do not know it."""


class Background(Message):
    """The terminal's answer to the question for its background color."""

    def __init__(self, light: bool) -> None:
        super().__init__()
        self.light = light


class Replies(XTermParser):
    """Reads what comes from the terminal, and takes its answer on the background out of it.

    The answer never acts as keys, and keys around it are heard, whenever it comes.
    """

    _held = ""

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events in that data; with none it is the end."""
        ended, data, self._held = not data, self._held + data, ""
        while (reply := _REPLY.search(data)) is not None:
            if reply.start():
                yield from super().feed(data[: reply.start()])
            if reply[1]:
                yield Background(light_by_reply(reply[1], reply[2], reply[3]))
            data = data[reply.end() :]
        if not ended and (begun := _BEGUN.search(data)) is not None:
            self._held, data = data[begun.start() :], data[: begun.start()]
        if data:
            yield from super().feed(data)
        if ended:
            yield from super().feed("")


# Textual makes its parser by this name and takes no other one.
linux_driver.XTermParser = Replies  # type: ignore[attr-defined]


class Outliving:
    """A file that outlives its terminal: after the window is closed, what is written to it is dropped.

    Textual's writing thread would end with an error instead, and whoever writes more would wait for it for ever.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        """Write, where there is still a terminal."""
        with contextlib.suppress(OSError):
            return self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Have it seen, where there is still somebody."""
        with contextlib.suppress(OSError):
            self._file.flush()


class Driver(linux_driver.LinuxDriver):
    """Textual's driver of a terminal under Linux and macOS."""

    _on = _suspended = False
    _pixels = False

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file: Any = Outliving(self._file)
        # Between two messages, and not in the midst of one as Textual has it: what gives the terminal back waits for a lock
        # that a write, which the signal broke in on, may hold. The app would wait for itself for ever.
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._sigtstp_application)
        loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)

    def start_application_mode(self) -> None:
        """Take the terminal, and ask for its background where the app wants to know."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._on = True
        if self._asks:
            self.write(_ASK)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        self._on = False

    def suspend_application_mode(self) -> None:
        """Give the terminal back until it is taken again; where it is given back for good, there is nothing to do."""
        if self._on:
            self._suspended = True
            super().suspend_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal again after a stop. One that was stopped without a word (SIGSTOP) still has it, but is not seen
        any more: it is only painted again. One that is being left stays left: the system sends the signal to go on with that
        of a closed terminal, and an input thread that begins then would never end."""
        if self._on:
            self.send_message(self.SignalResume())
        elif self._suspended:
            self._suspended = False
            super().resume_application_mode()

    def disable_input(self) -> None:
        """Hear nothing any more. Textual asks for a mouse in pixels and leaves it so: the next program would take them for
        cells."""
        if self._pixels:
            self._pixels = False
            self.write("\x1b[?1016l")
        super().disable_input()

    def process_message(self, message: Message) -> None:
        """As Textual does, and see whether it turns on pixels."""
        if isinstance(message, InBandWindowResize) and message.supported:
            self._pixels = True
        super().process_message(message)

    @property
    def gone(self) -> bool:
        """Whether the terminal is closed. Who has it without being controlled by it gets no signal then."""
        poller = select.poll()
        poller.register(self.fileno, 0)
        return any(mask & (select.POLLHUP | select.POLLNVAL) for _, mask in poller.poll(0))

    @property
    def _asks(self) -> bool:
        term = os.environ.get("TERM", "")
        return bool(getattr(self._app, "asks_background", False)) and bool(term) and not term.startswith(_DEAF)
