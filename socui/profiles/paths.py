"""Finds the folders of profiles, trash and drafts. It gives an absolute path or refuses; it never uses the current directory."""

from __future__ import annotations

import os
from pathlib import Path

from socui.errors import StoreError
from socui.text import visible


def config_folder() -> Path:
    """Return the user's config directory for socui; not made. Raises StoreError where the system does not know one."""
    import platformdirs

    try:
        folder = Path(platformdirs.user_config_path("socui", appauthor=False))
    except (RuntimeError, KeyError, OSError):  # no HOME, and a user the system does not know
        folder = Path()
    if not folder.is_absolute() or str(folder).startswith("~"):
        raise StoreError("profiles: no home directory: set HOME or XDG_CONFIG_HOME, or name a folder with --profiles")
    return folder


def places(profiles: str | None) -> tuple[Path, Path]:
    """Return the folders of profiles and of drafts: `profiles` as given on the command line, else SOCUI_PROFILES,
    else the config directory. Drafts stay in the config directory where there is one. Raises StoreError."""
    if profiles == "":
        raise StoreError("profiles: --profiles is empty: name a folder")
    if profiles is not None:
        root: Path | None = Path.cwd() / profiles
    elif value := os.environ.get("SOCUI_PROFILES"):
        if not Path(value).is_absolute():  # the same shell would find other profiles in every directory
            raise StoreError(f"profiles: SOCUI_PROFILES is {visible(value)}: give the folder from the root, as /...")
        root = Path(value)
    else:
        root = None
    if root is not None and "\0" in str(root):
        raise StoreError("profiles: a folder's name cannot hold NUL: name another")
    try:
        config = config_folder()
    except StoreError:
        if root is None:
            raise
        return root, root / "drafts"
    return root or config / "profiles", config / "drafts"
