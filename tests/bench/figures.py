"""`python tests/bench/run.py | tee figures.md; python tests/bench/figures.py < figures.md` puts the figures into README.md,
between its markers; `run.py --growth` likewise."""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parent / "README.md"
GROWTH = "| slope |"
"""In the head of the table of growth, which has a block of its own."""
MEASURED = re.compile(r"Measured \d{4}-\d\d-\d\d, .+ \d+ cores, Python [\d.]+, Textual [\d.]+.*\n\n(?:\|.*\n){4,}")


def written(text: str, figures: str) -> str:
    """A page with these figures, or with how they grow, between the markers of that. ValueError where it has no such
    markers, or where the figures are not the benchmark's."""
    if not MEASURED.fullmatch(figures):
        raise ValueError("this is not what the benchmark prints")
    name = "growth" if GROWTH in figures else "figures"
    block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not block.search(text):
        raise ValueError(f"the README has no <!-- {name} --> and <!-- /{name} -->")
    return block.sub(lambda mark: mark[1] + figures + mark[2], text)


if __name__ == "__main__":
    try:
        README.write_text(written(README.read_text("utf-8"), sys.stdin.read()), "utf-8")
    except ValueError as error:
        sys.exit(f"figures: {error}")
