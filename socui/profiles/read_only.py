"""A profile that is only read: one of the folder, or a file anywhere else, which is never written to."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from socui.errors import NotFound, ProfileError, StoreError
from socui.profiles.atomic_write import digest, read_regular
from socui.profiles.profile_toml import PROFILE_LIMIT, from_bytes
from socui.profiles.store import Opened, Store
from socui.text import visible

OTHER_FOLDER = "it lies outside the folder of profiles"


def is_place(ref: str) -> bool:
    """Return whether that names a file by its place, and is no mere name."""
    return ref.endswith(".toml") or os.sep in ref or bool(os.altsep and os.altsep in ref)


def open_anywhere(store: Store, ref: str) -> Opened:
    """Return what the folder has by that name, id or file, else the file of that place, read only. Raises StoreError."""
    try:
        return store.open(ref)
    except NotFound as error:
        if not is_place(ref):
            raise
        return _elsewhere(ref, error)


def _elsewhere(ref: str, missing: NotFound) -> Opened:
    try:
        path = Path(ref).expanduser()
        data = read_regular(path, PROFILE_LIMIT)
        loaded = from_bytes(data)
    except ProfileError as error:
        where = f", line {error.line}" if error.line else ""
        raise StoreError(f"{visible(ref)}: {visible(error.reason)}{where}: name another file") from None
    except OSError as error:
        if error.errno == errno.ENOENT and ref.endswith(".toml") and os.sep not in ref:
            raise missing from None  # a name, more likely than a place
        raise StoreError(f"{visible(ref)}: {error.strerror or error}: name a profile's file") from None
    except (ValueError, RuntimeError) as error:  # a NUL, no such ~user
        raise StoreError(f"{visible(ref)}: {error}: name a profile's file") from None
    return Opened(loaded.profile, path, digest(data), loaded.read_only or OTHER_FOLDER)
