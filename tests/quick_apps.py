"""What makes apps that a pilot drives start and settle quickly, and the same in tests and in the soak."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import disk_usage
from typing import Any

import textual.app
import textual.pilot
from idle import wait_for_idle
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

MEMORY = Path("/dev/shm")
"""Where the folders of tests are, if it is there and has room: every save is synced, and a disk takes its time."""


def folder_in_memory() -> str | None:
    """Return a folder that lies in memory; None where there is none with room."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > 2**30
    return str(MEMORY) if roomy else None


def wait_by_events() -> None:
    """Let pilots wait for events, not for the clock: see idle.py."""
    textual.app.wait_for_idle = textual.pilot.wait_for_idle = wait_for_idle  # type: ignore[attr-defined]


def parse_styles_once() -> None:
    """Parse each style sheet once for a theme's variables, not anew in each of a thousand apps."""
    rules: dict[tuple[tuple[str, str], ...], LRUCache[Any, Any]] = {}
    set_variables = Stylesheet.set_variables

    def with_shared_rules(self: Stylesheet, variables: dict[str, str]) -> None:
        self._parse_cache = LRUCache(1)  # Textual empties it
        set_variables(self, variables)
        self._parse_cache = rules.setdefault(tuple(sorted(variables.items())), LRUCache(1024))

    Stylesheet.set_variables = with_shared_rules  # type: ignore[method-assign]
