"""A sheet of rows to choose from: a click puts the cursor on a row, one more click chooses it."""

from __future__ import annotations

from textual import events

from socui.screens.widgets.line_list import Sheet


class RowList(Sheet):
    """The rows; the cursor can rest on each of them."""

    def on_click(self, event: events.Click) -> None:
        """The first click only moves the cursor; one on its own row, or on a head, does what a sheet does."""
        at = event.get_content_offset(self)
        row = -1 if at is None else at.y + self.scroll_offset.y - len(self.pin)
        if at is not None and at.y >= len(self.pin) and 0 <= row < len(self.lines):
            tag = self.lines[row].tag
            if tag != self.cursor:
                event.prevent_default()
                self.point(tag)
