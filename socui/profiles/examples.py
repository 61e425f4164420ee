"""The example profiles that come with the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping

from socui.data import FOLDER
from socui.errors import Usage
from socui.profiles.profile import Profile, as_new
from socui.profiles.profile_toml import from_bytes


def examples() -> Mapping[str, Profile]:
    """Every example by its short name, the file's name without its ending, in alphabetical order."""
    return {file.stem: from_bytes(file.read_bytes()).profile for file in sorted((FOLDER / "examples").glob("*.toml"))}


def example(name: str) -> Profile:
    """A copy of an example as new work: without name and id, so that saving it asks for a name, and with no result that
    was saved. Raises Usage for an unknown one."""
    shipped = examples()
    if name not in shipped:
        from difflib import get_close_matches

        near = get_close_matches(name, shipped, 1, 0.4)
        meant = f"did you mean {near[0]}?" if near else "socui --example lists them"
        raise Usage(f"--example: there is no example {name!r}: {meant}")
    return as_new(shipped[name])
