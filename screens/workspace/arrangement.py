"""Arranges the panes for the size of the screen: which one is current, and which one is zoomed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from socui.screens.workspace.bars import PANES

if TYPE_CHECKING:
    from socui.screens.widgets.line_list import Sheet
    from socui.screens.workspace.screen import Workspace


THREE = 260
"""Cells from which on three panes stand side by side: in less the table of the comparison is cut."""


class Box(Container):
    """A container that only holds panes. Nothing of it is ever seen, so its lines need no styling."""

    BLANK = True


class Arrangement:
    """Places the panes, for the workspace that it is given. Layouts are classes of the screen."""

    def __init__(self, screen: Workspace) -> None:
        self.screen = screen
        self.pane = 0
        self.small = False
        """Whether only one pane has room."""
        self._zoomed = False

    def classify(self) -> None:
        """Choose the layout for the size: set as classes, before the first frame."""
        screen = self.screen
        width, height = screen.app.size
        self.small = width < 100 or height < 30
        one = self.small or self._zoomed
        screen.set_class(width < 60 or height < 18, "-tiny")
        screen.set_class(one, "-one")
        screen.set_class(width >= THREE and not one, "-three")
        for i, pane in enumerate(PANES):
            screen.set_class(one and i == self.pane, f"-{pane}")

    def begin(self) -> None:
        """The questions first, and no pane over the whole screen, as when the app starts."""
        self._zoomed = False
        self.focus(0)

    def zoom(self) -> None:
        """One pane over the whole screen, and back."""
        self._zoomed = not self._zoomed
        self.classify()
        self.screen.show("foot")
        self.screen.call_after_refresh(self.screen.show)  # a bar that was not seen has not followed what changed

    def focus(self, index: int) -> None:
        """Make that pane the current one."""
        self.pane = index % len(PANES)
        self.classify()
        pane = self.screen.sheet(PANES[self.pane])
        self.screen.call_after_refresh(self._seen, pane)
        self.screen.set_focus(pane)  # at once: keys may follow
        self.screen.show("tabs", "foot")

    def _seen(self, pane: Sheet) -> None:
        """A pane that may not have been seen stands now: it has not followed what changed."""
        pane.rebuild()
        if self.screen.has_class("-one"):
            if not pane.READ_FROM_TOP:
                pane.reveal()
            self.screen.show("tabs", "headline")

    def followed(self, focused: str | None) -> None:
        """The focus came to the widget of that id: a pane is the current one from then on."""
        if focused in PANES:
            self.pane = PANES.index(focused)
            self.screen.show("foot")
