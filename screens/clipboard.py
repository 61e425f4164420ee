"""Copies text from a screen off the event loop, and says truthfully which way it went."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App

from socui.settings.clipboard import copy_natively, sequences


async def copy(app: App[Any], text: str) -> str:
    """Copy the text. Gives what to tell: who took it, or that the terminal was asked, which never answers."""
    taken = await asyncio.to_thread(copy_natively, text)
    if taken:
        return f"copied with {taken}"
    if app._driver is None:
        return "not copied: there is no terminal"
    app._driver.write(sequences(text))
    return "sent to the terminal, which may ignore it: paste to see"
