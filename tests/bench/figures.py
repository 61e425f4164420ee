"""`python tests/bench/run.py | tee figures.md; python tests/bench/figures.py < figures.md` puts the figures into the README,
between its markers."""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)
MEASURED = re.compile(r"Measured \d{4}-\d\d-\d\d, .+ \d+ cores, Python [\d.]+, Textual [\d.]+.*\n\n(?:\|.*\n){4,}")


def written(text: str, figures: str) -> str:
    """A README with these figures. ValueError where it has no markers, or where they are not the benchmark's."""
    if not BLOCK.search(text):
        raise ValueError("the README has no <!-- figures --> and <!-- /figures -->")
    if not MEASURED.fullmatch(figures):
        raise ValueError("this is not what the benchmark prints")
    return BLOCK.sub(lambda found: found[1] + figures + found[2], text)


if __name__ == "__main__":
    try:
        README.write_text(written(README.read_text("utf-8"), sys.stdin.read()), "utf-8")
    except ValueError as error:
        sys.exit(f"figures: {error}")
