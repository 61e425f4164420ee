"""One profile: a service of an organization and what is known of it, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

SCHEMA = 1

Answer = str | tuple[str, ...]
"""A single answer is an option id; several answers are a tuple of option ids, empty for "none of these"."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person said, kept word for word; what it means is socui.advice's business.

    `answers` may hold questions and options that the knowledge base does not know: they are kept through a save.
    `begun` names several-answers questions where what is not ticked is still unknown (the person has not moved on).
    `not_sure` names questions marked "not sure". `confirm` names questions whose answers have to be confirmed because
    the knowledge base changed; they do not count until then. `extra` holds unknown keys of the file. `result` is the
    headline that was shown when it was last saved (settled, or "open").
    """

    id: str = ""
    name: str = ""
    organization: str = ""
    service: str = ""
    knowledge: str = ""
    created: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    updated: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    result: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()
    not_sure: frozenset[str] = frozenset()
    confirm: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)
