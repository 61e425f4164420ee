"""Ends the app where something other than a key ends it: a signal, a window that was closed, a server that is gone."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from typing import TYPE_CHECKING

from textual import constants

if TYPE_CHECKING:
    from socui.app import SocuiApp

LOOK_FOR_TERMINAL = 2.0
"""Seconds between looks whether the terminal is still there."""
LOOK_FOR_SERVER = 2.0
"""Seconds between looks whether the server that shows the app in a browser is still there."""


class Ending:
    """Saves the work and ends the given app when a signal tells it to, or when nobody can see it any more.

    The exit status is 128 and the number of the signal.
    """

    def __init__(self, app: SocuiApp) -> None:
        self.app = app

    def listen(self) -> None:
        """Handle the signals that end a program, and look for the terminal and the server from time to time."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            # Not outside the main thread: there the autosave alone has to do.
            with contextlib.suppress(RuntimeError, ValueError):
                loop.add_signal_handler(number, self._end, number)
        self.app.set_interval(LOOK_FOR_TERMINAL, self._end_without_terminal)
        if constants.DRIVER is not None:
            self.app.set_interval(LOOK_FOR_SERVER, self._end_without_server)

    def _end(self, number: int) -> None:
        self.app.workspace.session.write()
        self.app.exit(return_code=128 + number)

    def _end_without_terminal(self) -> None:
        if getattr(self.app._driver, "gone", False):
            self._end(signal.SIGHUP)

    def _end_without_server(self) -> None:
        """End where the server that showed the app is gone. The app saves as it exits."""
        from select import POLLHUP, poll

        gone = poll()
        gone.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
        if any(event & POLLHUP for _, event in gone.poll(0)):
            self.app.exit(return_code=128 + signal.SIGHUP)
