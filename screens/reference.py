"""What people ask, the glossary, common mistakes and every fact with its sources: one list, filtered as you type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from socui.model import Knowledge
from socui.screens.once import Once
from socui.screens.widgets.field import Field
from socui.screens.widgets.lines import BLANK, Line, Span, flow
from socui.screens.widgets.sheet import Sheet

Article = tuple[str, str, tuple[str, ...], str]
"""Title, text, the facts it rests on, and what to search in, lower-cased."""


def articles(knowledge: Knowledge) -> Iterator[tuple[str, list[Article]]]:
    """The groups of the reference and what stands in them."""

    def made(title: str, says: str, facts: tuple[str, ...], more: str = "") -> Article:
        return title, says, facts, f"{title} {says} {more}".lower()

    for kind, name in (("faq", "Questions people ask"), ("term", "Glossary")):
        entries = [e for e in knowledge.entries if e.kind == kind]
        yield name, [made(e.title, e.says, e.facts, " ".join(e.also)) for e in entries]
    mistakes = [n for n in knowledge.notes if n.kind == "mistake"]
    yield "Common mistakes", [made(n.title, f"{n.says} {n.cost}", n.facts, n.id) for n in mistakes]
    yield "Facts and sources", [fact(knowledge, id) for id in knowledge.facts]


def fact(knowledge: Knowledge, id: str) -> Article:
    """A fact with its other side, where credible sources disagree, and its publications in full."""
    found = knowledge.facts[id]
    says = (
        f"{found.says} Others say: {found.dispute} What stands first is this app's stance."
        if found.dispute
        else found.says
    )
    sources = [knowledge.sources[s] for s in found.sources]
    cited = "; ".join(", ".join(p for p in (s.publisher, s.title, s.edition, s.address) if p) for s in sources)
    text = f"{says} [{cited}]"
    return id, text, (), f"{id} {text}".lower()


def reference_lines(groups: list[tuple[str, list[Article]]], sought: str, width: int) -> list[Line]:
    """Every article that has all the words sought."""
    words = sought.lower().split()
    lines: list[Line] = []
    for title, found in groups:
        shown = [a for a in found if all(w in a[3] for w in words)]
        if shown:
            lines += [BLANK, Line((Span(f"  {title} ({len(shown)})", "head"),))]
        for name, says, facts, _ in shown:
            cited = (Span(f" [{', '.join(facts)}]", "dim"),) if facts else ()
            stop = "" if name.endswith("?") else "."
            lines += flow((Span(f"{name}{stop} ", "strong"), Span(says), *cited), width, (Span("  "),))
    return lines[1:] or [Line((Span("  Nothing has these words.", "dim"),))]


class Reference(Once[None], ModalScreen[None]):
    """The reference."""

    CSS_PATH = "reference.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", show=False),
        Binding("down", "into", "To the list", show=False),
    ]

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__()
        self.groups = list(articles(knowledge))

    def compose(self) -> ComposeResult:
        """The words sought, and what has them."""
        yield Field(placeholder="Search the reference", id="sought", compact=True)
        yield Sheet(id="reference")

    def on_mount(self) -> None:
        """Fill it."""
        sheet = self.query_one("#reference", Sheet)
        sheet.border_title = "Reference"
        sheet.border_subtitle = "down to the list, esc back"
        sought = self.query_one("#sought", Input)
        sheet.builder = lambda w: (reference_lines(self.groups, sought.value, w), ())
        sought.focus()

    def on_input_changed(self) -> None:
        """Show what has the words."""
        sheet = self.query_one("#reference", Sheet)
        sheet.rebuild()
        sheet.scroll_to(y=0, animate=False)

    def on_input_submitted(self) -> None:
        """Enter goes to the list."""
        self.action_into()

    def action_into(self) -> None:
        """From the words to the list."""
        self.query_one("#reference", Sheet).focus()
