"""Defines the texts that a knowledge base prints: comparison, notes, messages, the sheet for CPA firms, the reference."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from socui.knowledge.conditions import Condition

PARTS = ("open", "service", "report", "vendors", "dates", "agree", "ask", "limit")
"""Parts of the sheet for CPA firms, in order."""


PLANNED = ("look_back", "short", "type1", "readiness")
"""The features of a plan that a line of the sheet can depend on: a period that began already, a first period of four months or
less, a Type 1 report first, and a readiness review before all."""


FIELD_PARTS = ("about", "service", "controls", "vendors", "reports", "readers")
"""Parts of the sheet that have blanks to fill in."""


class ComparisonRow(Struct, frozen=True):
    """A row of the comparison: phrases. `questions` are those whose answers speak to it; `soc3` may be empty. `you` says
    how: by a question, or a question and an option as "id.option", a sentence about the user, in which {} stands for what
    is chosen; by "requests", or "requests" and a value of one, a sentence in which {} stands for who asked."""

    id: str
    title: str
    soc1: str
    soc2: str
    facts: tuple[str, ...]
    questions: tuple[str, ...] = ()
    soc3: str = ""
    more: str = ""
    you: Mapping[str, str] = {}


class Note(Struct, frozen=True):
    """A piece of advice that applies where its condition holds: a mistake seen in the answers, a neighbouring framework,
    a hint on periods or vendors, a next step. `kind` says which. `cost` is what it costs to get it wrong.
    `reminder` marks one that no answer can show: it is tied to a result and always worded as a reminder."""

    id: str
    kind: str
    title: str
    says: str
    facts: tuple[str, ...]
    condition: Condition | None = None
    cost: str = ""
    reminder: bool = False
    purpose: str = "scope"

    @property
    def shown(self) -> bool:
        """Whether only answers can show it: a mistake that is no reminder. It is never presumed."""
        return self.kind == "mistake" and not self.reminder


class Message(Struct, frozen=True):
    """A sentence that the program prints when it finds that it applies. `says` may hold fields such as {months}."""

    id: str
    says: str
    facts: tuple[str, ...]


class QuoteLine(Struct, frozen=True):
    """A line of the sheet for CPA firms. `part` (one of PARTS) says where it stands. `questions` are those whose answers
    it gives; a line of the part "ask" is what to ask a firm."""

    id: str
    part: str
    title: str
    says: str
    facts: tuple[str, ...]
    questions: tuple[str, ...] = ()
    condition: Condition | None = None
    plan: str = ""


class QuoteField(Struct, frozen=True):
    """A text of a profile's [engagement] that a CPA firm needs for a quote. `part` is one of FIELD_PARTS, `hint` says what
    belongs there."""

    id: str
    part: str
    title: str
    hint: str


class ReferenceEntry(Struct, frozen=True):
    """A glossary term (`kind` term) or a question people ask (`kind` faq). `also` are other names of a term."""

    id: str
    kind: str
    title: str
    says: str
    facts: tuple[str, ...]
    also: tuple[str, ...] = ()


class VersionChange(Struct, frozen=True):
    """The changes in a version of the base: questions whose saved answers need to be confirmed, and renamed answers."""

    version: str
    says: str
    confirm: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


class Category(Struct, frozen=True):
    """A trust services category. `criteria` counts its own criteria; `result` is the id of what is concluded on it."""

    id: str
    title: str
    criteria: int
    says: str
    facts: tuple[str, ...]
