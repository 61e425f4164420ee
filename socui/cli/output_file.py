"""Writes what a command made to the file that `-o` names, or to standard output."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from socui.cli.output import put, say
from socui.errors import Exists, StoreError
from socui.text import visible

if TYPE_CHECKING:
    from mmap import mmap


def put_out(args: argparse.Namespace, content: bytes | mmap) -> None:
    """Write to `args.output`: `-` is standard output; a file that exists is overwritten only with `args.replace`.

    Raises StoreError, which Exists is one of, and OSError.
    """
    if args.output == "-":
        put(bytes(content))
        return
    from socui.profiles.atomic_write import write_whole

    path = Path(args.output)
    if path.is_dir():
        raise StoreError(f"not saved: {visible(args.output)} is a folder: name a file")
    try:
        write_whole(path, content, must_be_new=not args.replace)
    except Exists as error:
        raise Exists(f"{error}, or add --replace") from None
    say(f"socui: written: {args.output}")
