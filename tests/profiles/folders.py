"""What is in a folder of profiles."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from socui.profiles.store import Store

HEAD = b'kind = "socui-profile"\nschema = 2\n'
"""How each file of a profile begins."""


def hashes(folder: Path) -> dict[str, str]:
    """The digest of each file, by name."""
    files = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def kinds(store: Store) -> dict[str, str]:
    """The kind that each file is listed as, by name."""
    return {head.path.name: head.kind for head in store.heads()}


def python(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start that code in a process of its own, which finds socui."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stdin=subprocess.PIPE)
