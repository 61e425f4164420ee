"""The very first start, explained in one screen: what is asked, what is shown, five keys, where things are kept."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ComposeResult

from socui.screens.guards import Modal
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, flow, said
from socui.settings.commands import key_of

KEYS = (
    ("choose", "space", "choose the answer at the cursor, as 1 to 9 do"),
    ("next", "n", "the next question that can change the result"),
    ("pane", "tab", "on to the comparison and the recommendation"),
    ("save", "s", "save under a name; then it saves by itself"),
    ("keys", "question_mark", "help: all keys, and how socui decides"),
)
"""Command, its key by default, and what it does."""
ROOMY = 22
"""Rows of a screen from which on there are blank lines."""


def welcome_lines(folder: Path, width: int, roomy: bool) -> list[Line]:
    """The screen, for a width in cells."""
    gap = [BLANK] if roomy else []
    lead = (Span(" "),)
    keys = [line for id, key, does in KEYS for line in flow(does, width, (Span(f" {key_of(id, key):>6}  ", "key"),))]
    return [
        *gap,
        *flow("SOC 1, SOC 2, both, or neither yet?", width, lead, style="head"),
        *gap,
        *flow(
            "It asks how your service is used, what clients and auditors ask for, and where you are heading. "
            '"Not sure" is an answer. At once you see the reports compared and a recommendation, with reasons and sources.',
            width,
            lead,
        ),
        *gap,
        *keys,
        *gap,
        *flow(f"All stays on this machine, in {said(str(folder))}. Without a name it is a draft.", width, lead),
        *gap,
        *flow("socui is not a CPA firm. Only a CPA firm can issue a SOC report.", width, lead),
    ]


class Page(Sheet, can_focus=False):
    """A sheet to read, without a cursor."""


class Welcome(Modal[None]):
    """The first screen of the first start."""

    CSS_PATH = "welcome.tcss"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def compose(self) -> ComposeResult:
        """One page."""
        yield Page(id="welcome")

    def on_mount(self) -> None:
        """Fill it."""
        page = self.query_one(Page)
        page.border_title = "socui"
        page.border_subtitle = "any key goes on; this is shown once"
        page.builder = lambda w: (welcome_lines(self.folder, w, self.app.size.height >= ROOMY), ())

    def on_key(self, event: events.Key) -> None:
        """Go on; the key itself does nothing, as whoever pressed it had not seen the questions."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_click(self) -> None:
        """Go on."""
        self.dismiss()
