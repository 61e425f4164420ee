"""Lists the keys of a record, what each asks and the values it takes: the end of `socui request --help` and its like."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from socui.cli.record_fields import FORMS_OF_VALUES, keys
from socui.profiles.record_labels import FORMS, RecordField
from socui.profiles.records import Event, Evidence, ReportHeld, Request

RECORD_KINDS: dict[str, type] = {"request": Request, "held": ReportHeld, "event": Event, "evidence": Evidence}
"""By command: the record that it writes."""
_WIDTH, _KEY = 80, 22
"""Cells of a line, as argparse has them, and of what stands before the words."""


def keys_help(command: str) -> str:
    """Return the keys of that command's records, for people; "" for a command that writes none."""
    kind = RECORD_KINDS.get(command)
    return "\n".join(["", "keys:", *_lines(kind), ""]) if kind else ""


def _lines(kind: type) -> Iterator[str]:
    asked = {name: field for field in FORMS[kind] for name in (field.name, field.day) if name}
    listed: dict[tuple[tuple[str, str], ...], str] = {}
    for key, (name, what) in keys(kind).items():
        field = asked[name]
        options = field.options if name == field.name else ()
        yield from _filled(f"  {key}", f"{field.ask}{_form(field, what, bool(options))}")
        if options and options in listed:
            yield from _filled("", f"as {listed[options]}")
        else:
            for value, label in options:
                yield from _filled(f"    {value}", label)
        listed.setdefault(options, key)


def _form(field: RecordField, what: str, options: bool) -> str:
    if field.several:
        return " (several, with commas)"
    return "" if options or what == "text" else f" ({FORMS_OF_VALUES[what]})"


def _filled(lead: str, text: str) -> Iterator[str]:
    yield from wrap(text, _WIDTH, initial_indent=f"{lead:{_KEY}}  ", subsequent_indent=" " * (_KEY + 2))
