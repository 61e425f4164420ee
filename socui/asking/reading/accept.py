"""Suggestions that a person has accepted, as a request of a profile; and suggestions in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from socui.asking.reading.reading import Suggestion
from socui.profiles.profile import Profile
from socui.profiles.record_labels import FORMS, value_words
from socui.profiles.records import Period, Request
from socui.text import scrub

SEVERAL = ("asks", "refused", "categories")
"""Fields of which a request has several values."""

SUGGESTED_FIELDS = {field.name: field for field in FORMS[Request]} | {f.day: f for f in FORMS[Request] if f.day}
"""By the field of a suggestion: the field of the form of a request that shows it."""
_SIDES = {"provide": "You are to give a report", "obtain": "You are to get a vendor's report"}


def suggestion_words(suggestion: Suggestion) -> tuple[str, str]:
    """Return the field and the value of a suggestion, as the form of a request calls them."""
    if suggestion.field == "side":
        return "Your part", _SIDES[str(suggestion.value)]
    labels = SUGGESTED_FIELDS[suggestion.field]
    if isinstance(suggestion.value, bool) and suggestion.field != labels.day:
        return labels.short, "Yes" if suggestion.value else "No"
    return labels.short, value_words(labels, accepted(Request(id=""), [suggestion]))


def accepted(
    request: Request, suggestions: Iterable[Suggestion], words: str = "", received: date | None = None
) -> Request:
    """Return the request with what was accepted, the words and the day of receipt. `side` is not of a request: it is
    left out."""
    values: dict[str, Any] = {}
    for suggestion in suggestions:
        field, value = suggestion.field, suggestion.value
        if field in SEVERAL:
            values[field] = (*values.get(field, ()), value)
        elif field == "period" and isinstance(value, tuple):
            values[field] = Period(*value)
        elif field != "side":
            values[field] = value
    for field in SEVERAL:
        if field in values:
            values[field] = tuple(dict.fromkeys(values[field]))
    if words:
        values["words"] = scrub(words)
    if received is not None:
        values["received"] = received
    return replace(request, **values)


def with_side(profile: Profile, suggestions: Iterable[Suggestion]) -> Profile:
    """The profile as one that collects reports, where its only request was accepted as one for a vendor's report."""
    obtain = any((s.field, s.value) == ("side", "obtain") for s in suggestions)
    if obtain and len(profile.requests) == 1 and profile.answers.get("role") == "provide":
        return profile.with_answer("role", "obtain")
    return profile
