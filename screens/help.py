"""All keys, from the table of commands."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from socui.commands import grouped, keys_of
from socui.screens.once import Once
from socui.screens.widgets.lines import BLANK, Line, Span, flow
from socui.screens.widgets.sheet import Sheet


def key_lines(width: int) -> list[Line]:
    """Every command by group: keys, title, help."""
    lines: list[Line] = []
    for title, commands in grouped():
        lines += [BLANK, Line((Span(f"  {title}", "head"),))]
        for command in commands:
            words = (Span(f"{command.title}. ", "strong"), Span(command.help, "dim"))
            lines += flow(words, width, (Span(f"  {keys_of(command):<16} ", "key"),))
    return lines[1:]


class Keys(Once[None], ModalScreen[None]):
    """The help."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(k, "dismiss", "Back", show=False) for k in ("escape", "q", "question_mark", "f1")
    ]

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Sheet(id="keys")

    def on_mount(self) -> None:
        """Fill it."""
        sheet = self.query_one("#keys", Sheet)
        sheet.border_title = "Keys"
        sheet.border_subtitle = "esc back"
        sheet.builder = lambda w: (key_lines(w), ())
        sheet.focus()
