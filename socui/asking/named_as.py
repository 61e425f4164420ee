"""The name that a request gives to a report: a kind such as SOC 1, or the standard of a country where it names only that."""

from __future__ import annotations

import re
from collections.abc import Mapping

from socui.knowledge.local_words import a_name
from socui.profiles.records import Request
from socui.text import visible

_STANDARD = re.compile(r"\b(ISAE|ASAE|CSAE|SAE)[\s-]*(3402|3416)\b", re.IGNORECASE)
_KIND = re.compile(r"\bSOC[\s-]*(?:1|I|one)\b", re.IGNORECASE)


def named_as(request: Request, ask: str) -> str:
    """Return the standard that the words of a request name in place of "SOC 1"; "" where they name that, or none."""
    standard = _STANDARD.search(request.words) if ask == "soc1" else None
    return "" if standard is None or _KIND.search(request.words) else f"{standard[1].upper()} {standard[2]}"


def asked_text(texts: Mapping[str, str], request: Request, ask: str) -> str:
    """Return one thing that a request asks for, with its article: "a SOC 1 report", "an ISAE 3402 report"."""
    named = named_as(request, ask)
    return f"{a_name(named)} report" if named else texts.get(f"asks.{ask}", visible(ask))
