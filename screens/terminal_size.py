"""The size of a terminal, held to what a screen can have: a terminal, or whoever pretends to be one, may claim any."""

from __future__ import annotations

from textual.events import Resize
from textual.geometry import Size

MOST_PAINTED = Size(2000, 1000)
"""Columns and rows that are painted at most: more than the largest screen has in its smallest letters. 65,535 of each would take
gigabytes, and minutes in which no key is heard."""


def bounded(size: Size) -> Size:
    """Return that size, within what is painted."""
    return Size(min(max(size.width, 0), MOST_PAINTED.width), min(max(size.height, 0), MOST_PAINTED.height))


def bounded_resize(event: Resize) -> Resize:
    """Return that event, with its size within what is painted."""
    size = bounded(event.size)
    return event if size == event.size else Resize(size, size)
