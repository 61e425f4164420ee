"""Names of people and organizations within a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GOES_ON = re.compile(r"\{(\w+)\} (?=[a-z\[{])")
"""A name after which the sentence goes on."""
_FORM = re.compile(
    r", (?:inc|ltd|limited|llc|llp|lp|corp|co|plc|pc|n\.a|s\.a|gmbh|ag|b\.v)\.?(?=$|[,;]| \(| and )", re.IGNORECASE
)
_WHO = ("who", "whom")
_ROW = re.compile(r", [^,;]+ and [^,;]+$")
"""The end of names in a row, which no comma has to close: "A, B and C set no date"."""


def closed(name: str) -> str:
    """Return a name before more of its sentence: where it has a comma of its own, another ends it, as in "Acme, finance,
    asked". The comma before a legal form is none of these."""
    return f"{name}," if "," in _FORM.sub("", name) else name


def names_in_a_row(names: Sequence[str]) -> str:
    """Return names in a row: "A", "A and B", "A, B and C". One with a comma of its own has its last part in parentheses
    there, "Acme (finance) and B"; semicolons part them where a comma is left."""
    if len(names) < 2:
        return "".join(names)
    shown = [_within_row(name) for name in names]
    part, last = ("; ", "; and ") if any(closed(name) != name for name in shown) else (", ", " and ")
    return part.join(shown[:-1]) + last + shown[-1]


def _within_row(name: str) -> str:
    head, comma, tail = name.rpartition(", ")
    plain = comma and closed(name) != name and closed(head) == head and "(" not in name
    return f"{head} ({tail})" if plain else name


def with_names(template: str, **fields: object) -> str:
    """Return a template filled in; names ({who}, {whom}) after which the sentence goes on are closed, unless they stand in
    a row."""
    goes_on = {match[1] for match in _GOES_ON.finditer(template)}.intersection(_WHO)
    named = {k: closed(str(v)) if k in goes_on and not _ROW.search(str(v)) else v for k, v in fields.items()}
    return template.format(**named)
