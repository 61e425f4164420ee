"""An Input in which what acts on a terminal is made visible as it comes in, so that what is seen is what is kept."""

from __future__ import annotations

from textual.widgets import Input

from socui.text import scrub


class Field(Input):
    """One line of text, typed or pasted by a person or read from a file."""

    def validate_value(self, value: str) -> str:
        """The text with its controls made visible: pictures that take a cell, as the cursor counts them."""
        return value if value.isprintable() else scrub(value).replace("\n", " ").replace("\t", " ")
