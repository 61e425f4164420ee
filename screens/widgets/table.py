"""A sheet of very many rows, one line each: a line is made when it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from textual import events

from socui.screens.widgets.lines import Line, Tag
from socui.screens.widgets.sheet import Sheet


class Rows(Sequence[Line]):
    """Lines that are made by `make` when they are asked for. `tags` has each row's, no two alike."""

    def __init__(self, tags: Sequence[Tag], make: Callable[[int], Line]) -> None:
        self.tags, self._make = tags, make
        self._made: dict[int, Line] = {}
        self._rows: dict[Tag, int] | None = None

    def __len__(self) -> int:
        return len(self.tags)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self.tags)))]
        at = range(len(self.tags))[at]
        if at not in self._made:
            self._made[at] = self._make(at)
        return self._made[at]

    def row(self, tag: Tag) -> int:
        """The row with that tag, -1 where there is none."""
        if self._rows is None:
            self._rows = {tag: row for row, tag in enumerate(self.tags)}
        return self._rows.get(tag, -1)


class Table(Sheet):
    """The rows; the cursor can rest on each of them. A click puts the cursor there, one on the cursor's row chooses."""

    def _row(self, tag: Tag, lines: Sequence[Line]) -> int:
        return lines.row(tag) if isinstance(lines, Rows) else -1

    def _nearest(self, row: int) -> Tag:
        rows = self.lines
        return rows.tags[min(max(row, 0), len(rows) - 1)] if isinstance(rows, Rows) and rows else ()

    def _first_stop(self) -> int:
        return 0

    def block(self) -> tuple[int, int]:
        """The row of the cursor."""
        row = self._row(self.cursor, self.lines)
        return row, row

    def repaint(self, tag: Tag) -> None:
        """Paint the row of that tag again."""
        row = self._row(tag, self.lines)
        if row >= 0:
            self.refresh_lines(row + len(self.pin))

    def move(self, step: int) -> None:
        """To the next row."""
        self.point(self._nearest(self._row(self.cursor, self.lines) + step), step)

    def on_click(self, event: events.Click) -> None:
        """See the class."""
        at = event.get_content_offset(self)
        row = -1 if at is None else at.y + self.scroll_offset.y - len(self.pin)
        if at is not None and at.y >= len(self.pin) and 0 <= row < len(self.lines):
            tag = self.lines[row].tag
            if tag != self.cursor:
                event.prevent_default()
                self.point(tag)
