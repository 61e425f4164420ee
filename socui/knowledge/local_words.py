"""What a report and its firm are called where the service organization sits: one rule for everything that people read.

SOC 1 and SOC 2 are the names of the two kinds, everywhere: whoever asks asks for one of them. Outside the United States a report
that is advised or planned has the standard of that country with its name, as in "ISAE 3402 (SOC 1)", and an audit firm signs it.
What was asked for, and what is held, keeps the name that was recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from socui.knowledge.conditions import Condition
from socui.knowledge.model import Knowledge

REPORT_NAMES = {"soc1": "SOC 1", "soc2": "SOC 2"}
"""The two kinds of report."""
_TYPES = {"type1": "Type 1", "type2": "Type 2"}
_HOME = ("", "US")
_LOCAL = {
    "soc1": {
        "GB": "ISAE 3402 or AAF 01/20 (SOC 1)",
        "CA": "SOC 1 (CSAE 3416)",
        "AU": "ASAE 3402 (SOC 1)",
        "IN": "SAE 3402 (SOC 1)",
    },
    "soc2": {"CA": "SOC 2", "AU": "SOC 2"},
}
_ELSEWHERE = {"soc1": "ISAE 3402 (SOC 1)", "soc2": "SOC 2 (ISAE 3000)"}


def is_abroad(country: str) -> bool:
    """Return whether the service organization is known to sit outside the United States. `country` is an ISO 3166 code."""
    return country not in _HOME


def local_name(report: str, country: str = "") -> str:
    """Return what a report is called that an organization in that country gets; "" is the United States."""
    if not is_abroad(country):
        return REPORT_NAMES.get(report, report)
    return _LOCAL.get(report, {}).get(country, _ELSEWHERE.get(report, report))


def typed_name(report: str, type: str, country: str = "") -> str:
    """Return the name with its Type, where that is known: "SOC 1 Type 2"."""
    name = local_name(report, country)
    return f"{name} {_TYPES[type]}" if type in _TYPES else name


def a_name(name: str) -> str:
    """Return a name of a report with its article: "a SOC 1 Type 2", "an ISAE 3402 (SOC 1) Type 2"."""
    return f"{'an' if name.startswith(('A', 'I', 'SAE')) else 'a'} {name}"


# ---------------------------------------------------------------- the words of a knowledge base

_FIRM = re.compile(r"(?:\b(?P<a>[Aa]) )?\bCPA firm")
_BRIDGE = re.compile(r"\b(?P<b>[Bb])ridge letter")
_AT_HOME = "United States"
"""A text that names it speaks of what is so there."""
_KEPT = frozenset(
    ("id", "key", "facts", "sources", "entries", "changes", "version", "digest", "sections", "terms", "durations")
)
"""What is no text for people, or is a source's or a reference's, which says what is so in the United States."""


def wording(country: str) -> tuple[bool, bool]:
    """Return what is said otherwise in that country: the firm, which is a CPA firm in Canada too, and the bridge letter."""
    return country not in (*_HOME, "CA"), country == "GB"


def local_text(text: str, country: str) -> str:
    """Return a text of ours in the words of that country. It is not for what a person wrote."""
    firm, bridge = wording(country)
    if _AT_HOME in text:
        return text
    if firm and "CPA firm" in text:
        text = _FIRM.sub(lambda f: f"{f['a']}n audit firm" if f["a"] else "audit firm", text)
    return _BRIDGE.sub(r"\g<b>ridging letter", text) if bridge else text


def local_knowledge(knowledge: Knowledge, country: str) -> Knowledge:
    """Return the knowledge base in the words of that country. It decides the same."""

    def local(value: Any) -> Any:
        if isinstance(value, str):
            return local_text(value, country)
        if isinstance(value, tuple):
            return tuple(map(local, value))
        if isinstance(value, Mapping):
            return {name: local(of) for name, of in value.items()}
        if isinstance(value, Struct) and not isinstance(value, Condition):
            parts = {
                n: (of, local(of)) for n in value.__struct_fields__ if n not in _KEPT and (of := getattr(value, n))
            }
            changed = {n: new for n, (old, new) in parts.items() if new != old}
            return replace(value, **changed) if changed else value
        return value

    made: Knowledge = local(knowledge)
    return made
