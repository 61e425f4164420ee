"""The help: how socui decides, what the glyphs mean, and all keys from the table of commands, filtered as one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from socui.deciding.advice import NO, OPEN, PROBABLY_NOT, YES
from socui.screens.guards import Modal
from socui.screens.widgets.comparison import ASK_FIRST, MARKS, REQUIRED
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, flow
from socui.screens.widgets.questionnaire import GLYPHS, WORDS
from socui.screens.widgets.text_field import Field
from socui.settings.commands import GROUPS, grouped, key_of, keys_of

DECIDES = (
    "Settled: whatever you answer to what is open, the result stays. That is worked out, not guessed.",
    "Probably: what normally follows from your answers, always with what is assumed for it.",
    "Open: the result depends on the answers named. Not sure is never taken for no: it leaves open what it could change.",
)


def _legend() -> Iterator[tuple[str, str]]:
    """Yield what the glyphs mean, a row for each place they stand in."""
    yield "Questions", " · ".join(f"{glyph} {WORDS.get(key, key)}" for key, glyph in GLYPHS.items())
    yield "Choices", "○ ◉ one of them · □ ■ as many as apply · ? not sure · › the cursor"
    verdicts = {MARKS[OPEN]: "open", REQUIRED: "yes, required", MARKS[YES]: "yes or probably", ASK_FIRST: "ask first"}
    verdicts |= {MARKS[word]: word.lower() for word in (PROBABLY_NOT, NO)}
    yield "Reports", " · ".join(f"{glyph} {words}" for glyph, words in verdicts.items())
    yield "Reasons", "~ probably, by an assumption · ← the answers it rests on · [ ] who says so · ! a mistake"
    yield "Mouse", "click chooses · wheel scrolls · to select text hold shift (on a Mac fn or option); y copies without"
    yield "Lists", "▾ open · ▸ closed · ◀ for which report your answers speak · ✎ your note"


def key_lines(width: int, first: Sequence[str] = (), sought: str = "") -> list[Line]:
    """Return the help for a width. The groups `first` come first; with words `sought`, only the commands that have
    them."""
    words = sought.lower().split()
    lines: list[Line] = []
    if not words:
        lines += [BLANK, Line((Span("  How it decides", "head"),))]
        for text in DECIDES:
            word, _, rest = text.partition(":")
            lines += flow((Span(f"{word}: ", "strong"), Span(rest.strip())), width, (Span("  "),))
        lines += [BLANK, Line((Span("  What the glyphs mean", "head"),))]
        for place, text in _legend():
            lines += flow((Span(text),), width, (Span(f"  {place:<10} ", "dim"),))
    order = [*first, *(g for g in GROUPS if g not in first)]
    for group, commands in sorted(grouped(), key=lambda g: order.index(g[1][0].group)):
        matching = [c for c in commands if all(w in f"{keys_of(c)} {c.title} {c.help} {c.id}".lower() for w in words)]
        if matching:
            lines += [BLANK, Line((Span(f"  {group}", "head"),))]
        for command in matching:
            words_of = (Span(f"{command.title}. ", "strong"), Span(command.help), Span(f" ({command.id})", "dim"))
            lines += flow(words_of, width, (Span(f"  {keys_of(command):<16} ", "key"),))
    if not words:
        text = (
            'Other keys: config.toml, under [keys], as next = "m", by the words in brackets. "socui paths" says where.'
        )
        lines += [BLANK, *flow(text, width, (Span("  "),), style="dim")]
    return lines[1:] or [Line((Span("  No command has these words.", "dim"),))]


class Keys(Modal[None]):
    """Shows the help. `first` holds the groups of the screen it was opened on; their keys come first."""

    CSS_PATH = "help.tcss"
    # The ids are those of the commands: whoever chose other keys closes with what opened.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        Binding("slash", "filter", "Filter", show=False, id="library.filter"),
        Binding("down", "into", "To the list", show=False),
        *(
            Binding(k, "dismiss", "Back", show=False, id=id)
            for k, id in (("q", "app.quit"), ("question_mark", "app.keys"), ("f1", "app.keys"))
        ),
    ]

    def __init__(self, first: Sequence[str] = ()) -> None:
        super().__init__()
        self.first = first

    def compose(self) -> ComposeResult:
        """The words sought, and one sheet."""
        yield Field(placeholder="type to filter", id="sought", compact=True)
        yield Sheet(id="keys")

    def on_mount(self) -> None:
        """Fill it."""
        sheet, sought = self.query_one("#keys", Sheet), self.query_one("#sought", Input)
        sheet.border_title = "Help"
        sheet.border_subtitle = f"{key_of('filter', 'slash')} filter · esc back"
        sheet.builder = lambda w: (key_lines(w, self.first, sought.value), ())
        sheet.focus()

    def on_input_changed(self) -> None:
        """Show what has the words."""
        sheet = self.query_one("#keys", Sheet)
        sheet.rebuild()
        sheet.scroll_to(y=0, animate=False)

    def on_input_submitted(self) -> None:
        """Enter goes to the list."""
        self.action_into()

    def action_filter(self) -> None:
        """Type in the filter."""
        self.query_one("#sought", Input).focus()

    def action_into(self) -> None:
        """From the words to the list."""
        self.query_one("#keys", Sheet).focus()

    def action_back(self) -> None:
        """From the words to the list, from the list back to where it was asked."""
        sought = self.query_one("#sought", Input)
        if sought.has_focus:
            sought.value = ""
            self.action_into()
        else:
            self.dismiss()
