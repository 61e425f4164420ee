"""Screens that go away once: a key pressed twice must not take away what stands behind them."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class Once(Screen[ScreenResultType]):
    """A screen whose first answer counts. Textual takes away whatever is on top, and fails where nothing is left."""

    _answered = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go away with that result; nothing where it went already."""
        if self._answered:
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)
