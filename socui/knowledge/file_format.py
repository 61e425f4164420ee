"""Defines the tables that socui decides by, one struct for each kind. socui.knowledge.editor_schema describes them to editors.

The reader (socui.knowledge.parse) checks more, such as which ids exist. A test compares the keys of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from socui.knowledge import parse
from socui.knowledge.sources import CONFIDENCE, DURATIONS, SOURCE_KINDS

_ID = Meta(min_length=1, description="The name by which other tables refer to this one; once in its kind.")
_TEXT = Meta(min_length=1)
Id = Annotated[str, _ID]
OneText = Annotated[str, _TEXT]
Texts = str | Sequence[OneText]
Tests = Annotated[
    dict[str, str | bool | Sequence[OneText]],
    Meta(description="A question, term or earlier result, and the values of which one has to hold; true for a term."),
]
FactIds = Annotated[Texts, Meta(description="Ids of the facts that the text rests on.")]
Questions = Annotated[Texts, Meta(description="Ids of questions.")]
Three = Annotated[Sequence[float], Meta(min_length=3, max_length=3, description="Low, typical and high, in months.")]
Months = Annotated[
    dict[str, Annotated[Sequence[float], Meta(min_length=4, max_length=4)]],
    Meta(
        description="Durations by kind: the least, the usual ones from and to, the most, in months.",
        extra_json_schema={"propertyNames": {"enum": sorted(DURATIONS)}},
    ),
]


def at_most(most: int) -> Any:
    """Return the limits of a text of at most so many characters."""
    return Meta(min_length=1, max_length=most)


def among(values: Sequence[str], description: str = "") -> Any:
    """Return the limits of a text that is one of some values."""
    return Meta(description=description or None, extra_json_schema={"enum": list(values)})


class Conditional(Struct, kw_only=True, forbid_unknown_fields=True):
    """Tests that all have to hold."""

    when: Tests = field(default_factory=dict)
    all: Annotated[Tests, Meta(description="Options that are all chosen.")] = field(default_factory=dict)
    only: Annotated[Tests, Meta(description="Something is chosen, and nothing but these.")] = field(
        default_factory=dict
    )
    any: Annotated[
        Sequence[dict[str, Any]],
        Meta(description="Alternatives of which one holds: tests, or tables with the same keys."),
    ] = ()
    unless: Annotated[Tests, Meta(description="None of these tests holds.")] = field(default_factory=dict)


class SourceEntry(Struct, forbid_unknown_fields=True):
    """A publication."""

    id: Id
    publisher: OneText
    title: OneText
    kind: Annotated[str, among(SOURCE_KINDS)]
    edition: Annotated[str, Meta(description="Which version was read.")] = ""
    address: Annotated[str, Meta(description="The publisher's own page.")] = ""
    read: Annotated[str, Meta(description="The month it was read in, YYYY-MM.")] = ""
    no_page: Annotated[str, Meta(description="Why there is no page of the publisher.")] = ""
    read_at: Annotated[str, Meta(description="Where the text was read, if not at the publisher's.")] = ""


class FactEntry(Struct, forbid_unknown_fields=True):
    """One statement in our words."""

    id: Id
    says: OneText
    sources: Annotated[Texts, Meta(description="Ids of the sources that say so.")]
    confidence: Annotated[str, among(CONFIDENCE, "An official source, two or more publishers, or one.")]
    dispute: Annotated[str, Meta(description="The other side, where credible sources disagree.")] = ""
    months: Months = field(default_factory=dict)


class OwnEntry(Struct, forbid_unknown_fields=True):
    """A judgement of socui, or a statement on what socui itself does. It has no source and is printed as that."""

    id: Id
    says: OneText
    dispute: str = ""
    months: Months = field(default_factory=dict)


class SectionEntry(Struct, forbid_unknown_fields=True):
    """A group of questions."""

    id: Id
    title: OneText
    about: str = ""


class OptionEntry(Struct, forbid_unknown_fields=True):
    """An answer that can be chosen."""

    id: Id
    label: Annotated[str, Meta(min_length=1, description="What is chosen: a short sentence.")]
    short: Annotated[str, at_most(28), Meta(description="Stands for it in tables.")]
    detail: str = ""
    you: Annotated[str, Meta(description="What it means for the subject of a row of the comparison.")] = ""
    alone: Annotated[bool, Meta(description="No other option can be chosen beside it.")] = False
    soc1: Annotated[str, among(parse.PULLS, "Which way it pulls a SOC 1 report.")] = "neutral"
    soc2: Annotated[str, among(parse.PULLS, "Which way it pulls a SOC 2 report.")] = "neutral"
    same_as: Annotated[str, Meta(description="An option that decides the same, on purpose.")] = ""


class QuestionEntry(Struct, forbid_unknown_fields=True):
    """A question with its options. The order of the file is the order in which questions are asked."""

    id: Id
    section: OneText
    ask: Annotated[str, Meta(min_length=1, description="The whole question.")]
    short: Annotated[str, at_most(26), Meta(description="Its name in lists.")]
    help: OneText
    whom: Annotated[
        str, Meta(min_length=1, pattern=r"[^.?!:;,]$", description="Who knows; a sentence goes on behind it.")
    ]
    option: Sequence[OptionEntry]
    facts: FactIds
    several: Annotated[bool, Meta(description="Several options may be chosen, or none.")] = False
    ask_when: Annotated[dict[str, Any], Meta(description="It applies where this holds; earlier questions only.")] = (
        field(default_factory=dict)
    )
    otherwise: Annotated[Texts, Meta(description="The answer where it does not apply.")] = ""
    dated: Annotated[str, Meta(description="The date of a profile that answers it.")] = ""
    derived: Annotated[bool, Meta(description="Requests answer it, so that it is not asked.")] = False
    reports: Annotated[Texts, Meta(description="It is asked only where one of these reports is advised.")] = ()
    closes: Annotated[bool, Meta(description='Its answer "no" says that no other request has come.')] = False


class ValueEntry(Struct, forbid_unknown_fields=True):
    """A value that a result can take."""

    id: Id
    label: Annotated[str, at_most(24)]
    says: str = ""
    facts: FactIds = ()


class ResultEntry(Struct, forbid_unknown_fields=True):
    """Something that is concluded."""

    id: Id
    title: OneText
    stage: Annotated[int, Meta(ge=0, description="A rule may look at results of lower stages.")]
    value: Sequence[ValueEntry]
    default: Annotated[str, Meta(min_length=1, description="The value where no rule fires.")]
    ladder: Annotated[bool, Meta(description="The values stand from weakest to strongest; the strongest counts.")] = (
        False
    )
    purpose: Annotated[str, among(parse.PURPOSES)] = "headline"
    needs: Annotated[dict[str, Any], Meta(description="It is spoken of only where this holds.")] = field(
        default_factory=dict
    )


class TermEntry(Conditional, kw_only=True, forbid_unknown_fields=True):
    """A condition with a name."""

    id: Id
    means: OneText


class RuleEntry(Conditional, kw_only=True, forbid_unknown_fields=True):
    """A rule: where its tests hold, it concludes a value and says why."""

    id: Id
    concludes: Annotated[Texts, Meta(description='"result.value", or several of them.')]
    because: OneText
    facts: FactIds
    overrides: Annotated[Texts, Meta(description="Rules that do not count where this one fires.")] = ()
    ask_back: Annotated[str, Meta(description="What to ask the one who asked.")] = ""
    named: Annotated[
        str,
        Meta(
            description="The reason where requests are recorded. It begins with [who asked for what], with {who} and {what}; "
            "that is repeated for requests that differ."
        ),
    ] = ""
    who: Annotated[str, Meta(description="Whose requests `named` tells of.")] = ""


class ContradictionEntry(Conditional, kw_only=True, forbid_unknown_fields=True):
    """Answers that contradict each other."""

    id: Id
    questions: Annotated[Texts, Meta(description="The questions to check.")]
    says: OneText
    facts: FactIds


class PresumptionEntry(Conditional, kw_only=True, forbid_unknown_fields=True):
    """The answer that is assumed while a question is open. Without tests it is used when no other presumption applies."""

    id: Id
    question: OneText
    answer: Annotated[Texts, Meta(description="An option, several, or none.")]
    because: OneText
    facts: FactIds
    assumed: Annotated[str, Meta(description="How it is said where a result rests on it.")] = ""
