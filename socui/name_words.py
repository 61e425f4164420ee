"""Names of people and organizations within a sentence."""

from __future__ import annotations

import re

_GOES_ON = re.compile(r"\{(\w+)\} (?=[a-z\[{])")
"""A name after which the sentence goes on."""
_FORM = re.compile(r", (?:inc|ltd|limited|llc|llp|lp|corp|co|plc|pc|n\.a|s\.a|gmbh|ag|b\.v)\.?$", re.IGNORECASE)
_WHO = ("who", "whom")


def closed(name: str) -> str:
    """Return a name before more of its sentence: where it has a comma of its own, another ends it, as in "Acme, finance,
    asked". The comma before a legal form is none of these."""
    return f"{name}," if "," in _FORM.sub("", name) else name


def with_names(template: str, **fields: object) -> str:
    """Return a template filled in; names ({who}, {whom}) after which the sentence goes on are closed."""
    goes_on = {found[1] for found in _GOES_ON.finditer(template)}
    named = {key: closed(str(value)) if key in _WHO and key in goes_on else value for key, value in fields.items()}
    return template.format(**named)
