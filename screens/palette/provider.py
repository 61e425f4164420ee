"""The palette's search: everything by the words that people use, best first, and a line where a word means nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from socui.errors import StoreError
from socui.knowledge.synonyms import load_synonyms
from socui.knowledge.word_search import SearchResults, WordSearch
from socui.profiles.folder_index import Head
from socui.screens.palette.findable import Findable, commands, everything
from socui.screens.widgets.lines import clip, fill
from socui.screens.workspace.screen import Workspace
from socui.text import visible

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.profiles.store import Store

MOST_HITS = 60
"""Hits shown: more are not read."""
TITLE = 22
"""Cells of a title, so that what stands beside short ones begins in one column."""
_AROUND = 8
"""Cells of a row that are not text: the frame, the scrollbar and the blanks."""


class Anything(Provider):
    """Searches commands, papers, questions, answers, profiles, themes and the reference, from the screen below."""

    _findable: tuple[Findable, ...] = ()
    _words: WordSearch | None = None

    async def startup(self) -> None:
        """Gather what there is to find; the folder of profiles is read in a thread."""
        app, heads = cast("SocuiApp", self.app), list[Head]()
        if isinstance(self.screen, Workspace):
            heads = await asyncio.to_thread(_heads, self.screen.session.store)
        self._findable = tuple(everything(app, self.screen, heads))
        self._words = WordSearch((one.entry for one in self._findable), load_synonyms(app.data))

    async def discover(self) -> Hits:
        """Return what can be done here, before anything is typed."""
        for one in commands(cast("SocuiApp", self.app), self.screen):
            yield DiscoveryHit(self._shown(one), one.run, one.entry.title)

    async def search(self, query: str) -> Hits:
        """Return what the words find; where they find nothing, a line that says what to do."""
        results = self._words.search(query) if self._words else SearchResults()
        if not results.places:
            yield Hit(0.0, self._nothing(query), cast("SocuiApp", self.app).action_reference, query)
        note = _note(results)
        for rank, place in enumerate(results.places[:MOST_HITS]):
            one = self._findable[place]
            yield Hit(1.0 - rank / 1000, self._shown(one, note if rank == 0 else ""), one.run, one.entry.title)

    def _shown(self, one: Findable, note: str = "") -> Content:
        """Return its title and what is said of it: in one line where both have room. What a person wrote is never markup."""
        room = max(self.app.size.width - _AROUND, 20)
        title, below = visible(one.entry.title), " · ".join(filter(None, (note, one.below)))
        beside = fill(title, TITLE) if cell_len(title) <= TITLE else title
        if cell_len(beside) + 2 + cell_len(below) <= room:
            return Content.assemble((beside, "bold"), "  ", (below, "not bold"))
        return Content.assemble((clip(title, room), "bold"), "\n", (clip(below, room), "not bold"))

    def _nothing(self, query: str) -> Content:
        words = f"Nothing has “{clip(visible(query), 24)}”. Try fewer or other words, such as cost, pentest or bridge letter."
        return Content.assemble(clip(words, max(self.app.size.width - _AROUND, 20)), "\n", "Enter opens the reference.")


def _heads(store: Store) -> list[Head]:
    try:
        return [head for head in store.heads() if head.opens]
    except StoreError:
        return []


def _note(results: SearchResults) -> str:
    if results.read_as:
        return f"read as “{results.read_as}”"
    return "" if results.whole else "has some of these words"
