"""Remembers a computed value as long as its inputs stay equal."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")


class Recall:
    """The last value of each part, with what it was made from. Only the last: it never grows with use."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, Any]] = {}

    def value(self, part: Hashable, read: object, make: Callable[[], _T]) -> _T:
        """Return the value of a part. `read` has to hold everything that `make` looks at and that can change."""
        kept = self._kept.get(part)
        if kept is None or kept[0] != read:
            kept = self._kept[part] = read, make()
        value: _T = kept[1]
        return value
