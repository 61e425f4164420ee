"""Finds the profile that a person means by a typed name, id or file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from socui.errors import NotFound, StoreError
from socui.profiles.folder_index import Head
from socui.profiles.names import name_key
from socui.text import visible


def find(heads: Sequence[Head], root: Path, ref: str) -> Head:
    """Return the file that is meant by an exact name (case, composition and spaces make no difference), an id or a
    file of the folder `root`. Raises NotFound with the nearest names where there is none, StoreError where there are
    several."""
    named = [head for head in heads if head.name and name_key(head.name) == name_key(ref)]
    exact = [head for head in named if head.name == ref]
    file = _file_of(ref, root)
    for matches in (
        [head for head in exact if not head.of],
        [head for head in named if not head.of],
        [head for head in heads if head.id == ref and not head.of],
        [head for head in heads if head.path.name in (file, f"{file}.toml")],
        named,
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            files = ", ".join(visible(head.path.stem) for head in matches[:4])
            raise StoreError(f"{len(matches)} profiles are called {visible(ref)}: say which: {files}")
    if ref.endswith(".toml") and Path(ref).is_file():  # only reading it is allowed where it lies
        raise NotFound(f"{visible(ref)} is outside the folder of profiles: socui import {_quoted(ref)} adds it first")
    raise NotFound(f"no profile is called {visible(ref)}: {_nearest(ref, heads)}")


def _quoted(ref: str) -> str:
    import shlex

    return shlex.quote(visible(ref))


def _file_of(ref: str, root: Path) -> str:
    """Return the file name that is meant by a path, which has to lie directly in the folder; else an impossible one."""
    if "\0" in ref:
        return "/"
    folder, name = os.path.split(ref)
    if folder and os.path.realpath(folder) != os.path.realpath(root):
        return "/"
    return name or "/"


def _nearest(ref: str, heads: Sequence[Head]) -> str:
    import difflib

    names = {name_key(head.name): head.name for head in heads if head.name}
    near = difflib.get_close_matches(name_key(ref), names, 3, 0.5)
    near += [key for key in names if name_key(ref) in key and key not in near][: 3 - len(near)]
    if near:
        return "nearest: " + ", ".join(visible(names[key]) for key in near)
    return "see socui list" if heads else "there are no profiles yet: socui new NAME"
