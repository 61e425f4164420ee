"""A text of several lines: what is pasted stays whole, and what acts on a terminal is made visible as it comes in."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import TextArea

from socui.screens.widgets.text_field import in_order, own_action
from socui.text import scrub_lines

NEW_LINE = ("ctrl+j", "shift+enter", "alt+enter")


class Lines(TextArea):
    """A field of several lines, typed or pasted. Enter says that it is done; ctrl+j begins a new line."""

    DEFAULT_CSS = """
    Lines { border: none; padding: 0 1; height: auto; min-height: 3; max-height: 10; background: $background; }
    Lines:focus { border: none; background: $cursor-row; }
    Lines .text-area--cursor-line { background: transparent; }
    Lines .text-area--placeholder { color: $quiet; }
    """

    class Done(Message):
        """Posted on Enter: the text is as it should be."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str = "", placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            scrub_lines(text), id=id, soft_wrap=True, tab_behavior="focus", compact=True, placeholder=placeholder
        )
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        """As a text area does, with what comes in made visible."""
        return super().edit(replace(edit, text=scrub_lines(edit.text)))

    def acts_on(self, event: events.Key) -> bool:
        """Return whether this key does something in the text."""
        return event.is_printable or event.key in ("enter", *NEW_LINE) or bool(own_action(self, event.key))

    async def on_key(self, event: events.Key) -> None:
        """Enter and the keys of a new line, and what is bound: in the order in which they are typed."""
        if event.key == "enter":
            self.post_message(self.Done(self.text))
        elif event.key in NEW_LINE:
            self.replace("\n", *self.selection, maintain_selection_offset=False)
        else:
            await in_order(self, event)
            return
        event.stop()
        event.prevent_default()
