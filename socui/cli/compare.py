"""`socui compare`: prints two profiles side by side, with the answers, records and results that differ."""

from __future__ import annotations

import argparse
import json
from datetime import date

from socui.cli.output import put
from socui.profiles.migrate import brought_up
from socui.profiles.read_only import open_anywhere
from socui.profiles.store import Store
from socui.reports.side_by_side import sides
from socui.text import visible

WIDTHS = (28, 34, 34)
"""Columns of the table; with the gaps between them 100 at most."""


def run(args: argparse.Namespace) -> int:
    """Print what differs between two profiles. Status 0 whether anything does or not."""
    from socui.deciding.precompiled import decider as ready

    store = Store.default(args.profiles)
    opened = [open_anywhere(store, name).profile for name in (args.one, args.other)]
    decider = ready(args.data)
    one, other = (brought_up(decider.knowledge, profile)[0] for profile in opened)
    both = sides(decider, one, other, date.today())
    differing, recorded, concluded, dates = (
        [p for p in pairs if p.differs] for pairs in (both.answers, both.records, both.results, both.dates)
    )
    if args.json:
        comparison = {
            "profiles": [{"id": p.id, "name": p.name} for p in (one, other)],
            "answers": [{"question": d.id, "one": d.data[0], "other": d.data[1]} for d in differing],
            "records": [{"record": d.id, "one": d.data[0], "other": d.data[1]} for d in recorded],
            "results": [{"result": d.id, "one": d.data[0], "other": d.data[1]} for d in concluded],
            "dates": [{"row": d.id, "one": d.data[0], "other": d.data[1]} for d in dates],
        }
        put(json.dumps(comparison, indent=2) + "\n")
        return 0
    lines = [*_laid_out(("", visible(one.name), visible(other.name)))]
    for title, differences in (
        ("Answers that differ", differing),
        ("Records that differ", recorded),
        ("Results that differ", concluded),
        ("Dates that differ", dates),
    ):
        lines += ["", title if differences else f"{title}: none"]
        for difference in differences:
            lines += _laid_out((difference.title, *difference.words))
    put("\n".join(lines) + "\n")
    return 0


def _laid_out(cells: tuple[str, str, str]) -> list[str]:
    """Return the lines of a row, each cell wrapped in its column."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    lines = []
    for i in range(max(map(len, wrapped))):
        parts = [column[i] if i < len(column) else "" for column in wrapped]
        lines.append("  ".join(_padded(part, width) for part, width in zip(parts, WIDTHS, strict=True)).rstrip())
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """Return the text in lines that are at most `width` terminal columns wide."""
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in text.split():
        for piece in chop_cells(word, width):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cell_len(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _padded(text: str, width: int) -> str:
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))
