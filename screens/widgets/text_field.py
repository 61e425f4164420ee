"""An Input in which what acts on a terminal is made visible as it comes in, so that what is seen is what is kept."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from socui.text import scrub


class Field(Input):
    """One line of text, typed or pasted by a person or read from a file."""

    def validate_value(self, value: str) -> str:
        """The text with its controls made visible: pictures that take a cell, as the cursor counts them."""
        return value if value.isprintable() else scrub(value).replace("\n", " ").replace("\t", " ")

    def on_paste(self, event: events.Paste) -> None:
        """Several pasted lines become one: none is dropped."""
        event.text = " ".join(filter(None, map(str.strip, event.text.splitlines())))
