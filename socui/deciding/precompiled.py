"""Gives the knowledge base in use, ready to decide. A built package carries the shipped base read, checked and compiled.

Reading, checking and compiling takes longer than everything else at the start, and gives the same each time. So it is
done when the package is built (socui.deciding.build_hook). What is kept is used only where it was made from the very files beside
it; in a checkout, and for an edited base, everything is read, checked and compiled as always.
"""

from __future__ import annotations

import gc
import os
import pickle
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from socui.data import FOLDER
from socui.deciding.compiled import Compiled
from socui.deciding.decide import Decider

if TYPE_CHECKING:
    from socui.knowledge.model import Knowledge

KEPT = "ready.pickle"
"""The file beside the base that a build adds."""

CODE = ("knowledge/*.py", "deciding/compiled.py", "deciding/diagram.py")
"""The modules that make what is kept: it fits no other version of them."""


def decider(named: str | None = None) -> Decider:
    """Return what decides over the base in the folder `named` (`--data`), in SOCUI_DATA, else the shipped one.
    Raises KnowledgeError."""
    compiled = _compiled(named)
    return Decider(compiled.knowledge, compiled)


def knowledge(named: str | None = None) -> Knowledge:
    """Return the base alone, chosen as by `decider`. Raises KnowledgeError."""
    folder = edited(named)
    if not folder and (compiled := kept_base()):
        return compiled.knowledge
    from socui.knowledge.load import load_knowledge

    return load_knowledge(folder)


def prepare() -> bytes:
    """Return what a build keeps: the shipped base, compiled, behind the marks of what it was made from and of itself."""
    from socui.knowledge.load import load_knowledge

    body = pickle.dumps(Compiled(load_knowledge()), protocol=5)
    return _stamp() + _sum(body) + body


def edited(named: str | None) -> Path | None:
    """Return the folder of the base in the folder `named`, else in SOCUI_DATA; None: the shipped one."""
    folder = named or os.environ.get("SOCUI_DATA")
    return Path(folder) if folder else None


def _compiled(named: str | None) -> Compiled:
    folder = edited(named)
    if not folder and (compiled := kept_base()):
        return compiled
    from socui.knowledge.load import load_knowledge

    return Compiled(load_knowledge(folder))


def kept_base() -> Compiled | None:
    """Return what the build kept, where it is there, whole, and made from the files as they are now."""
    try:
        data = (FOLDER / KEPT).read_bytes()
        stamp = _stamp()
    except OSError:
        return None
    body = memoryview(data)[2 * len(stamp) :]
    if data[: 2 * len(stamp)] != stamp + _sum(body):
        return None
    collects = gc.isenabled()
    gc.disable()  # nothing of what is made here is garbage, and the collector would look for it twenty times
    try:
        # Trusted as the code is: it stands in the same folder, and who can write there can change the code as well.
        compiled = pickle.loads(body)
    finally:
        if collects:
            gc.enable()
    return compiled if isinstance(compiled, Compiled) else None


def _stamp() -> bytes:
    """Return a checksum of the base and of the code that reads and compiles it."""
    code = Path(__file__).parent.parent
    files = [*sorted(FOLDER.glob("*.toml")), *(file for pattern in CODE for file in sorted(code.glob(pattern)))]
    return _sum(*(part for file in files for part in (file.name.encode(), b"\0", file.read_bytes(), b"\0")))


def _sum(*parts: bytes | memoryview) -> bytes:
    """Tells an edit from none, and a torn file from a whole one. No guard against malice, which could as well edit the
    code."""
    length = total = 0
    for part in parts:
        length, total = length + len(part), zlib.crc32(part, total)
    return length.to_bytes(4) + total.to_bytes(4)
