"""The reference: everything there is to read, searched as one types, each article opened in place with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from socui.knowledge.model import Knowledge
from socui.screens.guards import Modal
from socui.screens.reference.articles import Article, articles, articles_about, closed_line, open_lines
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, Tag
from socui.screens.widgets.text_field import Field
from socui.settings.commands import anywhere

HERE = "About this line"
_FEW = 4
"""So many articles found, or fewer, are opened at once."""


class Found(Sheet, can_focus=False):
    """The list. What is typed goes into the search all the time, so the list has no focus and is lit all the same."""

    @property
    def lit(self) -> bool:
        """Always: it is what the arrow keys move in."""
        return True

    def to_top(self) -> None:
        """Scroll the cursor's line, with the heading above it, to the top."""
        self.scroll_to(y=max(self._row(self.cursor) - 1, 0), animate=False)


class Reference(Modal[None]):
    """The reference. `facts` and `text` are those of the line it was opened from: what they speak of comes first."""

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

    def __init__(self, knowledge: Knowledge, facts: Sequence[str] = (), text: str = "") -> None:
        super().__init__()
        self.knowledge = knowledge
        self.groups = articles(knowledge)
        if here := articles_about(self.groups, facts, text):
            self.groups.insert(0, (HERE, here))
        self.opened: set[Tag] = {(HERE, *a.tag) for a in here} if len(here) <= _FEW else set()

    def compose(self) -> ComposeResult:
        """The words sought, and what has them."""
        yield Field(placeholder="type to search", id="sought", compact=True)
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
        """Every article that has all the words sought, in one row or, where it is open, in full."""
        words = self.sought.value.lower().split()
        shown = [(title, [a for a in group if all(w in a.find for w in words)]) for title, group in self.groups]
        count = sum(len(group) for _, group in shown)
        lines: list[Line] = []
        for title, group in shown:
            if group:
                lines += [BLANK, Line((Span(f"  {title} ({len(group)})", "head"),))]
            for article in group:
                lines += self._article(article, title, width, bool(words) and count <= _FEW)
        return lines[1:] or [Line((Span("  Nothing has these words.", "dim"),))]

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
