"""The reference: everything there is to read, searched as one types, each article opened in place with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from socui.knowledge.model import Knowledge
from socui.knowledge.synonyms import load_synonyms
from socui.knowledge.word_search import SearchResults, WordSearch
from socui.screens.guards import Modal
from socui.screens.reference.articles import Article, articles, articles_about, closed_line, entry_of, open_lines
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, Tag, clip, flow
from socui.screens.widgets.text_field import Field
from socui.settings.commands import anywhere

if TYPE_CHECKING:
    from socui.app import SocuiApp

HERE = "About this line"
CHOSEN_BEFORE = "Found"
NO_SUCH_WORDS = (
    "Nothing has these words. Try fewer or other ones, such as cost, pentest or bridge letter; esc goes back."
)
_WORDS = r"(?!/).*"
"""What may stand in the search: everywhere else `/` leads to one, so at its beginning it types nothing."""
_FEW = 4
"""The most articles of a search that are all opened at once."""


class Found(Sheet, can_focus=False):
    """The list of articles. It has no focus, because keys go into the search all the time, and is lit all the same."""

    @property
    def lit(self) -> bool:
        """Always: it is what the arrow keys move in."""
        return True

    def to_top(self) -> None:
        """Scroll the cursor's line, with the heading above it, to the top."""
        self.scroll_to(y=max(self._row(self.cursor) - 1, 0), animate=False)


class Reference(Modal[None]):
    """The reference. `facts` and `text` are those of the line it was opened from: what they speak of comes first; or
    `article` is what it is opened at."""

    CSS_PATH = "screen.tcss"
    # The keys of a search box with a list under it: letters search, all else moves in the list.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", show=False),
        *(
            Binding(key, f"move('{action}')", show=False)
            for key, action in (("down", "down"), ("up", "up"), ("pagedown", "page_down"), ("pageup", "page_up"))
        ),
        Binding("tab", "group(1)", "Next group", show=False),
        Binding("shift+tab", "group(-1)", "Group before", show=False),
        *anywhere("keys"),
    ]

    def __init__(self, knowledge: Knowledge, facts: Sequence[str] = (), text: str = "", article: Tag = ()) -> None:
        super().__init__()
        self.knowledge = knowledge
        self.groups = articles(knowledge)
        self._all = list({a.tag: a for _, group in self.groups for a in group}.values())
        self._search: WordSearch | None = None
        here = [a for a in self._all if a.tag == article] or articles_about(self.groups, facts, text)
        if here:
            self.groups.insert(0, (CHOSEN_BEFORE if article else HERE, here))
        self.opened: set[Tag] = {(self.groups[0][0], *a.tag) for a in here} if len(here) <= _FEW else set()

    def compose(self) -> ComposeResult:
        """The words sought, and what has them."""
        yield Field(placeholder="type to search", id="sought", compact=True, restrict=_WORDS)
        yield Found(id="reference")

    def on_mount(self) -> None:
        """Fill it."""
        self.sheet.border_title = "Reference"
        self.sheet.border_subtitle = "enter open, close · tab next group · esc back"
        self.sheet.builder = lambda w: (self.lines(w), ())
        self.sought.focus()

    @property
    def sheet(self) -> Found:
        """The list."""
        return self.query_one("#reference", Found)

    @property
    def sought(self) -> Input:
        """The search."""
        return self.query_one("#sought", Input)

    def lines(self, width: int) -> list[Line]:
        """Return every article that has all the words sought, in one row or, where it is open, in full."""
        words = self.sought.value.strip()
        results = self._found(words)
        rank = {self._all[place].tag: at for at, place in enumerate(results.places)}
        shown = [(title, [a for a in group if a.tag in rank]) for title, group in self.groups]
        if words:
            shown = [(title, sorted(group, key=lambda a: rank[a.tag])) for title, group in shown]
        count = sum(len(group) for _, group in shown)
        lines: list[Line] = []
        if results.read_as or (results.places and not results.whole):
            notice = (
                f"read as “{results.read_as}”" if results.read_as else "nothing has all of these words; these have some"
            )
            lines = [BLANK, Line((Span(clip(f"  {notice}", width), "warn"),))]
        for title, group in shown:
            if group:
                lines += [BLANK, Line((Span(f"  {title} ({len(group)})", "head"),))]
            for article in group:
                lines += self._article(article, title, width, bool(words) and count <= _FEW)
        return lines[1:] or list(flow(NO_SUCH_WORDS, width, (Span("  "),), style="dim"))

    def _found(self, words: str) -> SearchResults:
        if not words:
            return SearchResults(tuple(range(len(self._all))))
        self._search = self._search or WordSearch(
            map(entry_of, self._all), load_synonyms(cast("SocuiApp", self.app).data)
        )
        return self._search.search(words)

    def _article(self, article: Article, group: str, width: int, few: bool) -> list[Line]:
        # What is about the line stands in its own group too: the place is part of the tag, so that one is opened.
        tag = (group, *article.tag)
        if (tag in self.opened) != few:
            lines = list(open_lines(self.knowledge, article, width))
        else:
            lines = [closed_line(article, width)]
        return [line._replace(tag=tag) for line in lines]

    def on_input_changed(self) -> None:
        """Show what has the words, from its beginning."""
        self.opened.clear()
        self.sheet.rebuild()
        self.sheet.action_first()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._turn(self.sheet.cursor)

    @on(Sheet.Chosen)
    def _chosen(self, event: Sheet.Chosen) -> None:
        self._turn(event.tag)

    def _turn(self, tag: Tag) -> None:
        """Open the article, or close it."""
        if len(tag) > 2:
            self.opened ^= {tag}
            self.sheet.rebuild()
            self.sheet.reveal()

    def action_move(self, how: str) -> None:
        """Move in the list."""
        getattr(self.sheet, f"action_{how}")()

    def action_group(self, step: int) -> None:
        """To the first article of the next group, or of the one before; round the end."""
        heads: dict[str, Tag] = {}
        for line in self.sheet.lines:
            if line.stop:
                heads.setdefault(line.tag[0], line.tag)
        order = list(heads)
        if order:
            here = order.index(self.sheet.cursor[0]) if self.sheet.cursor else 0
            self.sheet.point(heads[order[(here + step) % len(order)]])
            self.sheet.to_top()
