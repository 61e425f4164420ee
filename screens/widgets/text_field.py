"""An Input in which what acts on a terminal is made visible as it comes in, so that what is seen is what is kept."""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from socui.text import scrub


def own_action(widget: Widget, key: str) -> str:
    """Return the action of the widget's own that a key is bound to; "" where there is none."""
    bound = (binding.action for binding in widget._bindings.key_to_bindings.get(key, ()))
    # A line has nothing to scroll: the list beside it has.
    return next((action for action in bound if not action.startswith(("scroll_", "page_"))), "")


async def in_order(widget: Widget, event: events.Key) -> None:
    """Do at once what the widget's own bindings say of a key. Textual inserts a letter at once, but lets a key that is bound
    go all the way up first: of keys that arrive together, as on a slow line, a backspace would act after what was typed
    behind it."""
    if action := own_action(widget, event.key):
        event.stop()
        event.prevent_default()
        await widget.run_action(action)


class Field(Input):
    """One line of text, typed or pasted by a person or read from a file."""

    def validate_value(self, value: str) -> str:
        """Return the text with its controls made visible: pictures that take a cell, as the cursor counts them."""
        return value if value.isprintable() else scrub(value).replace("\n", " ").replace("\t", " ")

    def on_paste(self, event: events.Paste) -> None:
        """Several pasted lines become one: none is dropped."""
        event.text = " ".join(filter(None, map(str.strip, event.text.splitlines())))

    def acts_on(self, event: events.Key) -> bool:
        """Return whether this key does something in the field."""
        return event.is_printable or bool(own_action(self, event.key))

    async def on_key(self, event: events.Key) -> None:
        """Keys act in the order in which they are typed."""
        await in_order(self, event)
