"""The very first start, explained in one screen: what is asked, what is shown, five keys, where things are kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from socui.profiles.latest import Latest
from socui.screens.guards import Modal
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, flow
from socui.settings.commands import anywhere, key_of
from socui.text import visible

_KEYS = (
    ("choose", "space", "choose the answer at the cursor, as 1 to 9 do"),
    ("next", "n", "the next question that can change the result"),
    ("pane", "tab", "on to the comparison and the recommendation"),
    ("save", "s", "save under a name; it is kept as a draft until then"),
    ("keys", "question_mark", "help: all keys, and how socui decides"),
)
"""Command, its key by default, and what it does."""
ROOMY = 22
"""Rows of a screen from which on there are blank lines."""


def welcome_lines(folder: Path, width: int, roomy: bool) -> list[Line]:
    """Return the screen, for a width in cells."""
    gap = [BLANK] if roomy else []
    lead = (Span(" "),)
    keys = [line for id, key, does in _KEYS for line in flow(does, width, (Span(f" {key_of(id, key):>6}  ", "key"),))]
    return [
        *gap,
        *flow("SOC 1, SOC 2, both, or neither yet?", width, lead, style="head"),
        *gap,
        *flow(
            "socui asks who wants what from you, how your service is used and where you are heading. "
            '"Not sure" is an answer. You see the reports compared and a recommendation as you answer.',
            width,
            lead,
        ),
        *gap,
        *keys,
        *gap,
        *flow(f"Everything stays on this machine, in {visible(str(folder))}. Drafts are kept too.", width, lead),
        *gap,
        *flow("socui is not a CPA firm. Only a CPA firm can issue a SOC report.", width, lead),
    ]


class Page(Sheet, can_focus=False):
    """A page to read, without a cursor."""


class Welcome(Modal[None]):
    """Shows the first screen of the first start."""

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
        page.border_subtitle = "any key starts; this is shown once"
        page.builder = lambda w: (welcome_lines(self.folder, w, self.app.size.height >= ROOMY), ())

    def on_key(self, event: events.Key) -> None:
        """Go on; the key itself does nothing, as whoever pressed it had not seen the questions."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_click(self) -> None:
        """Go on."""
        self.dismiss()


_WAYS = ("continue", "library", "new")
"""What a second start can do."""


def again_lines(left: Latest, width: int, now: datetime) -> list[Line]:
    """Return the ways to begin, each with its number. What is continued is named and dated."""
    draft, head = left.draft, left.head
    if draft is not None:
        count = _counted(len(draft.profile.answers) + len(draft.profile.requests), "answer")
        named = visible(draft.profile.name or draft.profile.organization)
        name, count = (named, f"draft, {count}") if named else ("unnamed draft", count)
        about = f"{count}, {ago(draft.written, now)}" if draft.written else count
    else:
        assert head is not None
        name, about = visible(head.title), f"{_counted(head.answered, 'answer')}, {ago(head.updated, now)}"
    both = [_counted(left.profiles, "profile")] + ([_counted(left.drafts, "draft")] if left.drafts else [])
    words = ((f"Continue {name}", about), ("Profiles", ", ".join(both)), ("New", "an empty profile"))
    lines = [BLANK]
    for number, (way, (title, rest)) in enumerate(zip(_WAYS, words, strict=True), 1):
        spans = (Span(title, "strong"), Span(f" – {rest}", "dim"))
        lines += flow(spans, width, (Span(f"  {key_of('number', str(number))}  ", "key"),), tag=("way", way), stop=True)
        lines.append(BLANK)
    return lines


def _counted(number: int, noun: str) -> str:
    """Return a number of things."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def ago(moment: datetime | None, now: datetime) -> str:
    """Return when something was, as one says it: minutes and hours of today, else the date."""
    if moment is None:
        return "no date"
    minutes = int((now - moment).total_seconds() // 60)
    if minutes == 0:
        return "just now"
    if 0 < minutes < 60:
        return f"{_counted(minutes, 'minute')} ago"
    if 0 <= minutes < 24 * 60:
        return f"{_counted(minutes // 60, 'hour')} ago"
    return f"{moment.astimezone():%d %b %Y, %H:%M}"


class Again(Modal[str]):
    """Shows the first screen of every later start: go on, choose a profile, or begin a new one."""

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(f"{n}", f"pick('{way}')", show=False) for n, way in enumerate(_WAYS, 1)),
        Binding("escape", "pick('new')", show=False),
        *anywhere("keys", "quit"),
    ]

    def __init__(self, left: Latest, now: datetime) -> None:
        super().__init__()
        self.left, self.now = left, now

    def compose(self) -> ComposeResult:
        """The ways."""
        yield Sheet(id="again")

    def on_mount(self) -> None:
        """Fill it."""
        sheet = self.query_one(Sheet)
        sheet.border_title = "Welcome back"
        sheet.border_subtitle = "enter choose · esc new"
        sheet.builder = lambda w: (again_lines(self.left, w, self.now), ())
        sheet.point(("way", _WAYS[0]))

    @on(Sheet.Chosen)
    def _chosen(self, event: Sheet.Chosen) -> None:
        self.dismiss(event.tag[1])

    def action_pick(self, way: str) -> None:
        """Take that way."""
        self.dismiss(way)
