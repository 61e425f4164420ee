"""Where socui is served to a browser: no file outside of the folders that are served is read or written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

SERVED = "SOCUI_SERVED"
"""The variable that names those folders, as PATH names its own; without it every path may be used."""


def check_inside(path: Path | str) -> None:
    """Raises PermissionError for a path that leads out of the folders that are served, by whatever way."""
    served = os.environ.get(SERVED)
    if not served:
        return
    target = Path(os.path.realpath(path))
    if not any(target.is_relative_to(folder) for folder in served.split(os.pathsep) if folder):
        raise PermissionError(errno.EACCES, "outside of the folder that is served: give a plain name", str(path))
