"""`python tests/readme.py` writes the README's list of keys from the command table; a test compares the two."""

from __future__ import annotations

import re
from pathlib import Path

from socui.commands import COMMANDS, GROUPS

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)
SHOWN = {"slash": "/", "question_mark": "?", "colon": ":"}


def keys() -> str:
    """The commands as a Markdown table, a group after the other."""
    lines = ["| where | keys | what |", "| --- | --- | --- |"]
    for group, title in GROUPS.items():
        for n, command in enumerate(c for c in COMMANDS if c.group == group):
            where = "" if n else title
            names = ["1-9"] if command.id == "number" else [SHOWN.get(k, k) for k in command.keys]
            lines.append(f"| {where} | {' '.join(f'`{k}`' for k in names)} | {command.help} |")
    return "\n".join(lines) + "\n"


def written(text: str) -> str:
    """A README with its list of keys made anew."""
    return BLOCK.sub(lambda m: m[1] + keys() + m[2], text)


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
