"""An Input in which what acts on a terminal is made visible as it comes in, so that what is seen is what is kept."""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from socui.text import scrub


async def in_order(widget: Widget, event: events.Key) -> None:
    """Do at once what the widget's own bindings say of a key. Textual inserts a letter at once, but lets a key that is bound
    go all the way up first: of keys that arrive together, as on a slow line, a backspace would act after what was typed
    behind it."""
    for binding in widget._bindings.key_to_bindings.get(event.key, ()):
        if binding.action.startswith(("scroll_", "page_")):  # a line has nothing to scroll: the list beside it has
            continue
        event.stop()
        event.prevent_default()
        await widget.run_action(binding.action)
        return


class Field(Input):
    """One line of text, typed or pasted by a person or read from a file."""

    def validate_value(self, value: str) -> str:
        """Return the text with its controls made visible: pictures that take a cell, as the cursor counts them."""
        return value if value.isprintable() else scrub(value).replace("\n", " ").replace("\t", " ")

    def on_paste(self, event: events.Paste) -> None:
        """Several pasted lines become one: none is dropped."""
        event.text = " ".join(filter(None, map(str.strip, event.text.splitlines())))

    async def on_key(self, event: events.Key) -> None:
        """Keys act in the order in which they are typed."""
        await in_order(self, event)
