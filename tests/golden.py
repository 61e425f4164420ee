"""`python tests/golden.py`: write the reports on the examples anew. Read the difference before you commit it.

The version and the digest of the knowledge are pinned, so that a file changes only where a reader sees a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from socui.deciding.decide import Decider
from socui.knowledge.load import load_knowledge
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.reports.render import report, request

FOLDER = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 24)
WHOLE = ("early-saas", "fintech-payments")
"""Examples of which every paper is kept; of the others the memo as text."""
WRITERS: dict[str, Callable[[Decider, Profile, date, str], str]] = {
    "memo": partial(report, full=False),
    "report": report,
    "request": request,
}


def golden() -> Iterator[tuple[Path, str]]:
    """Every file there should be, with its content."""
    decider = Decider(replace(load_knowledge(), version="pinned", digest="0" * 16))
    for name, profile in examples().items():
        for kind, write in WRITERS.items():
            if kind == "request" and not any(map(decider.advise(profile, TODAY).advised, ("soc1", "soc2"))):
                continue
            if kind != "memo" and name not in WHOLE:
                continue
            for format, suffix in (("text", "txt"), ("md", "md"))[: 2 if name in WHOLE else 1]:
                yield FOLDER / f"{name}-{kind}.{suffix}", write(decider, profile, TODAY, format)


if __name__ == "__main__":
    for path, content in golden():
        path.write_text(content, "utf-8", newline="\n")
