"""The words that a slot of a pattern stands for, those of the lists that it names among them."""

from __future__ import annotations

from collections.abc import Mapping

from socui.asking.reading.keys import PatternError


class WordLists:
    """The lists of words of a file of phrases."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.lists = lists
        self._words: dict[str, tuple[str, ...]] = {}

    def words(self, slot: str) -> tuple[str, ...]:
        """Return the words of a slot, longest first where a list is. Raises PatternError."""
        if slot not in self._words:
            self._words[slot] = self._spread(slot)
        return self._words[slot]

    def _spread(self, slot: str) -> tuple[str, ...]:
        words: list[str] = []
        for word in slot.split("|"):
            head, end, ending = word.partition(">")
            if not head.startswith("<"):
                words.append(word)
            elif not end or head[1:] not in self.lists:
                raise PatternError(f"there is no list {word}")
            else:
                words += [one + ending for one in self.lists[head[1:]]]
        return tuple(dict.fromkeys(words))
