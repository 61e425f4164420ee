"""The README says what is so."""

from __future__ import annotations

import re
from urllib.parse import unquote

from readme import BLOCK, README, written

from socui.commands import COMMANDS

TEXT = README.read_text("utf-8")


def test_keys_are_the_commands() -> None:
    """`python tests/readme.py` makes it so."""
    assert BLOCK.search(TEXT) and written(TEXT) == TEXT
    assert all(command.help in TEXT for command in COMMANDS)


def test_pictures_and_links_stand_where_it_says() -> None:
    """The picture is a snapshot that the tests compare with the real app."""
    targets = [unquote(t) for t in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in t]
    assert any(t.endswith(".svg") for t in targets)
    for target in targets:
        assert (README.parent / target).exists(), target
