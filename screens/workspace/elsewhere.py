"""Finds what the words sought among the questions mean elsewhere: in the reference, among commands and papers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from socui.screens.widgets.lines import BLANK, Line, Span, flow

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.knowledge.word_search import WordSearch
    from socui.screens.palette.findable import Findable
    from socui.screens.workspace.screen import Workspace

MOST_FOUND = 6
"""What is named at most: the palette has the rest."""
PALETTE_ONLY = ("fact", "source")
"""What the palette alone finds: whole sentences."""
LEAST = 3
"""Letters from which on it is looked elsewhere: fewer stand in too much."""


class Elsewhere:
    """What the palette finds beside questions, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self._screen = screen
        self._findable: tuple[Findable, ...] = ()
        self._search: WordSearch | None = None
        self._gathering = threading.Lock()

    def gather(self) -> None:
        """Gather what there is to find, and show it. To be called in a thread: it takes longer than a key may."""
        with self._gathering:
            if self._search is not None:
                return
            from socui.knowledge.synonyms import load_synonyms
            from socui.knowledge.word_search import WordSearch
            from socui.screens.palette.findable import commands, papers, reference

            screen = self._screen
            app = cast("SocuiApp", screen.app)
            entries = [one for one in reference(app) if one.entry.key[0] not in PALETTE_ONLY]
            self._findable = (*commands(app, screen), *papers(screen), *entries)
            self._search = WordSearch((one.entry for one in self._findable), load_synonyms(app.data))
        self._screen.app.call_from_thread(self._screen.show, "questions")

    def places(self, sought: str) -> Sequence[int]:
        """Return the places of what has all these words, best first."""
        if self._search is None or len(sought.strip()) < LEAST:
            return ()
        results = self._search.search(sought)
        return results.places[:MOST_FOUND] if results.whole else ()

    def lines(self, sought: str, width: int) -> Sequence[Line]:
        """Return a line for each, below a heading; none where nothing has the words."""
        places = self.places(sought)
        if not places:
            return ()
        lines = [BLANK, Line((Span(" Not a question, but found", "head"),))]
        for place in places:
            one, tag = self._findable[place], ("found", str(place))
            below = one.below if one.entry.key[0] in ("command", "paper") else one.below.partition(":")[0]
            lines += flow(one.entry.title, width, (Span("  ▸ ", "key"),), tag=tag, stop=True)
            lines += flow(below, width, (Span("    "),), style="dim", tag=tag)
        return lines

    def run(self, place: int) -> None:
        """Do what the line of that place stands for."""
        if place < len(self._findable):
            self._findable[place].run()
