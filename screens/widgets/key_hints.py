"""The last line of a screen: its keys. What matters most is always there, and in full words where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from socui.screens.widgets.lines import Line, Span

_GAP = 2


class Hint(NamedTuple):
    """A key and its use: the action, the key as shown, its use in a word or two, and a shorter form."""

    action: str
    key: str
    word: str
    short: str = ""

    def size(self, full: bool) -> int:
        """Cells that it takes, with the gap behind it."""
        return cell_len(self.key) + 1 + cell_len(self.words(full)) + _GAP

    def words(self, full: bool) -> str:
        """Return what it does."""
        return self.word if full or not self.short else self.short


def foot(hints: Sequence[Hint], width: int, first: Sequence[str] = ()) -> Line:
    """Return the hints in their order, as many as there is room for: those of the actions in `first` before all
    others, in that order, in short words where that makes room for one more of them. Each can be clicked."""
    room = width - 1 + _GAP  # none behind the last one
    shown: dict[Hint, bool] = {}
    for hint in sorted((h for h in hints if h.action in first), key=lambda h: first.index(h.action)):
        if hint.size(False) <= room:
            shown[hint] = False
            room -= hint.size(False)
    for hint in shown:
        more = hint.size(True) - hint.size(False)
        if more <= room:
            shown[hint] = True
            room -= more
    for hint in hints:
        if hint not in shown and hint.size(True) <= room:
            shown[hint] = True
            room -= hint.size(True)
    spans = [Span(" ")]
    for hint in hints:
        if hint in shown:
            run = ("run", hint.action)
            spans += [Span(hint.key, "key", run), Span(f" {hint.words(shown[hint])}", "", run), Span(" " * _GAP)]
    return Line(tuple(spans))
