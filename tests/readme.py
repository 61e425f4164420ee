"""`python tests/readme.py` writes the README's list of keys from the command table; a test compares the two."""

from __future__ import annotations

import re
from pathlib import Path

from socui.settings.commands import readme_keys

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)


def written(text: str) -> str:
    """A README with its list of keys made anew."""
    return BLOCK.sub(lambda m: m[1] + readme_keys() + "\n" + m[2], text)


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
