"""Makes the texts of socui.knowledge.texts and the durations out of TOML tables, and checks what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from socui.knowledge.parse import PURPOSES, Parts
from socui.knowledge.sources import DURATIONS, Duration
from socui.knowledge.texts import (
    FIELD_PARTS,
    PARTS,
    PLANNED,
    Category,
    ComparisonRow,
    Message,
    Note,
    QuoteField,
    QuoteLine,
    ReferenceEntry,
    VersionChange,
)
from socui.knowledge.toml_tables import Table, suggest

KINDS = ("term", "faq")
_FIELDS = ("months", "report", "year_end", "who", "year", "what", "low", "typical", "high", "needed", "days", "number", "then",
          "day", "other", "about", "name", "interim")  # fmt: skip
"""What a message can be filled in with."""
PHRASE = 44
"""The most characters that a phrase of the comparison may have; its cell has two lines."""


class TextParts:
    """Makes the texts that a base prints. `parts` holds the parts that were read before.

    A method makes one value of one table and reports the table's faults.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def row(self, t: Table) -> ComparisonRow:
        """Return a [[row]]."""
        you = t.table("you")
        return ComparisonRow(
            id=t.text("id"),
            title=t.text("title"),
            soc1=t.text("soc1", most=PHRASE),
            soc2=t.text("soc2", most=PHRASE),
            soc3=t.text("soc3", need=False, most=130),
            more=t.text("more", need=False),
            facts=self.parts.cited(t),
            questions=self.parts.listed(t, "questions", "question", self.parts.questions, "questions.toml"),
            you={key: you.text(key, most=PHRASE) for key in self._spoken_of(you)} if you else {},
        )

    def _spoken_of(self, t: Table) -> Iterator[str]:
        """Yield the keys of [row.you]: a question, a question and one of its options, or the requests."""
        for key in t.data:
            id, _, option = key.partition(".")
            question = self.parts.questions.get(id)
            if id != "requests" and question is None and "questions.toml" in self.parts.readable:
                t.fault(f"unknown question `{id}`.", suggest(id, self.parts.questions, "questions.toml has them"), key)
            elif question is not None and option and question.option(option) is None:
                t.fault(f"no option `{option}` in `{id}`.", suggest(option, [o.id for o in question.options]), key)
            yield key

    def category(self, t: Table) -> Category:
        """Return a [[category]]."""
        return Category(t.text("id"), t.text("title"), t.whole("criteria"), t.text("says"), self.parts.cited(t))

    def note(self, t: Table) -> Note:
        """Return a [[note]]."""
        return Note(
            id=t.text("id"),
            kind=t.text("kind"),
            title=t.text("title"),
            says=t.text("says"),
            facts=self.parts.cited(t),
            condition=self.parts.checks.condition(t),
            cost=t.text("cost", need=False),
            reminder=t.flag("reminder"),
            purpose=t.text("purpose", need=False, among=PURPOSES) or "scope",
        )

    def duration(self, t: Table) -> Duration:
        """Return a [[duration]]."""
        return Duration(t.text("id", among=DURATIONS), t.text("title"), t.months("months"), self.parts.cited(t))

    def field(self, t: Table) -> QuoteField:
        """Return a [[field]]."""
        return QuoteField(t.text("id"), t.text("part", among=FIELD_PARTS), t.text("title"), t.text("hint"))

    def message(self, t: Table) -> Message:
        """Return a [[message]]."""
        says = t.text("says")
        try:
            says.format(**dict.fromkeys(_FIELDS, ""))
        except (KeyError, IndexError, ValueError) as error:
            t.fault(f"`says` has a field that cannot be filled in: {error}", f"Use {', '.join(_FIELDS)}", "says")
        return Message(t.text("id"), says, self.parts.cited(t))

    def request(self, t: Table) -> QuoteLine:
        """Return a [[request]]."""
        return QuoteLine(
            id=t.text("id"),
            part=t.text("part", among=PARTS),
            title=t.text("title"),
            says=t.text("says", need=False),
            facts=self.parts.cited(t, need=t.has("says")),
            questions=self.parts.listed(t, "questions", "question", self.parts.questions, "questions.toml"),
            condition=self.parts.checks.condition(t),
            plan=t.text("plan", need=False, among=PLANNED),
        )

    def entry(self, t: Table) -> ReferenceEntry:
        """Return a [[entry]]."""
        kind = t.text("kind", among=KINDS)
        return ReferenceEntry(t.text("id"), kind, t.text("title"), t.text("says"), self.parts.cited(t), t.texts("also"))

    def change(self, t: Table) -> VersionChange:
        """Return a [[change]]."""
        confirm = self.parts.listed(t, "confirm", "question", self.parts.questions, "questions.toml")
        return VersionChange(t.text("version"), t.text("says"), confirm, t.mapping("renamed"))
