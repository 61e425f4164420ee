"""Shows messages of the workspace: one in the last line, and notices above it that disappear."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from socui.screens.workspace.bars import foot_line, notice_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from socui.screens.widgets.lines import Line
    from socui.screens.workspace.screen import Workspace

AGAIN = 2.0
"""Seconds after which a notice below another screen is looked at again."""
MOST_ROWS = 6
"""Rows that notices take at most."""


class Notices:
    """Shows the last line and the notices, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen = screen
        self.message = ""
        self.shown: list[str] = []

    def fill(self) -> None:
        """Give both what they are built from."""
        self.screen.sheet("foot").builder = self._foot
        self.screen.sheet("notice").builder = lambda w: (notice_lines(self.shown, w), ())

    def _foot(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        screen = self.screen
        small, tabs = screen.arrangement.small, screen.has_class("-one")
        forked = screen.session.fork is not None
        read = (width, screen.pane, tabs, small, forked, self.message)

        def write() -> Sequence[Line]:
            return [foot_line(width, screen.pane, tabs=tabs, small=small, forked=forked, message=self.message)]

        return screen.sheet("foot").memory.lines("foot", read, write), ()

    def tell(self, message: str) -> None:
        """A word in the last line, until the next key that changes something."""
        self.message = message
        self.screen.show("foot")

    def notice(self, message: str, seconds: float) -> None:
        """Say something above the last line for so long, or until a key changes something."""
        self.shown = [*(n for n in self.shown if n != message), message]
        self._show()
        self.screen.set_timer(seconds, partial(self._end, message))

    def clear(self) -> None:
        """Something changed: what was said before is over."""
        self.message = ""
        if self.shown:
            self.shown = []
            self._show()

    def _end(self, message: str) -> None:
        if message in self.shown and not self.screen.is_active:  # nobody can have read it yet
            self.screen.set_timer(AGAIN, partial(self._end, message))
            return
        self.shown = [n for n in self.shown if n != message]
        self._show()

    def _show(self) -> None:
        bar = self.screen.sheet("notice")
        lines = len(notice_lines(self.shown, max(self.screen.app.size.width, 20)))
        self.screen.set_class(bool(lines), "-noticed")
        bar.styles.height = min(max(lines, 1), MOST_ROWS)
        bar.rebuild()
