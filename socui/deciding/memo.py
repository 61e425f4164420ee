"""Remembers a computed value as long as its inputs stay equal."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")

MOST_KEPT = 4_000
"""How many answers are remembered by what counts of them. A table has few different ones; one that has many, which are worked
out anew, takes no more memory."""


class Recall:
    """A cache of one value for each part, with the inputs it was made from. It keeps only the last, so it never grows."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, Any]] = {}

    def value(self, part: Hashable, read: object, make: Callable[[], _T]) -> _T:
        """Return the value of a part. `read` has to hold everything that `make` looks at and that can change."""
        kept = self._kept.get(part)
        if kept is None or kept[0] != read:
            kept = self._kept[part] = read, make()
        value: _T = kept[1]
        return value
