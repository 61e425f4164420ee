"""The tables of the data files, one struct for each kind: what socui.knowledge.editor_schema describes to editors.

The reader (socui.knowledge.parse) knows more, such as which ids exist. A test holds the keys of both against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from socui.knowledge import parse
from socui.knowledge.model import (
    CONFIDENCE,
    DURATIONS,
    FIELD_PARTS,
    HEADLINES,
    LADDER,
    PARTS,
    PLANNED,
    SOURCE_KINDS,
)

_ID = Meta(min_length=1, description="The name by which other tables refer to this one; once in its kind.")
_TEXT = Meta(min_length=1)
Id = Annotated[str, _ID]
_Text = Annotated[str, _TEXT]
Texts = str | Sequence[_Text]
Tests = Annotated[
    dict[str, str | bool | Sequence[_Text]],
    Meta(description="A question, term or earlier result, and the values of which one has to hold; true for a term."),
]
_Facts = Annotated[Texts, Meta(description="Ids of the facts that the text rests on.")]
Questions = Annotated[Texts, Meta(description="Ids of questions.")]
Three = Annotated[Sequence[float], Meta(min_length=3, max_length=3, description="Low, typical and high, in months.")]
Months = Annotated[
    dict[str, Annotated[Sequence[float], Meta(min_length=4, max_length=4)]],
    Meta(
        description="Durations by kind: the least, the usual ones from and to, the most, in months.",
        extra_json_schema={"propertyNames": {"enum": sorted(DURATIONS)}},
    ),
]


def _short(most: int) -> Any:
    return Meta(min_length=1, max_length=most)


def _among(values: Sequence[str], description: str = "") -> Any:
    return Meta(description=description or None, extra_json_schema={"enum": list(values)})


class _Conditional(Struct, kw_only=True, forbid_unknown_fields=True):
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
    publisher: _Text
    title: _Text
    kind: Annotated[str, _among(SOURCE_KINDS)]
    edition: Annotated[str, Meta(description="Which version was read.")] = ""
    address: Annotated[str, Meta(description="The publisher's own page.")] = ""
    read: Annotated[str, Meta(description="The month it was read in, YYYY-MM.")] = ""
    no_page: Annotated[str, Meta(description="Why there is no page of the publisher.")] = ""
    read_at: Annotated[str, Meta(description="Where the text was read, if not at the publisher's.")] = ""


class FactEntry(Struct, forbid_unknown_fields=True):
    """One statement in our words."""

    id: Id
    says: _Text
    sources: Annotated[Texts, Meta(description="Ids of the sources that say so.")]
    confidence: Annotated[str, _among(CONFIDENCE, "An official source, two or more publishers, or one.")]
    dispute: Annotated[str, Meta(description="The other side, where credible sources disagree.")] = ""
    months: Months = field(default_factory=dict)


class OwnEntry(Struct, forbid_unknown_fields=True):
    """A judgement of socui, or a statement on what socui itself does. It has no source and is printed as that."""

    id: Id
    says: _Text
    dispute: str = ""
    months: Months = field(default_factory=dict)


class SectionEntry(Struct, forbid_unknown_fields=True):
    """A group of questions."""

    id: Id
    title: _Text
    about: str = ""


class OptionEntry(Struct, forbid_unknown_fields=True):
    """An answer that can be chosen."""

    id: Id
    label: Annotated[str, Meta(min_length=1, description="What is chosen: a short sentence.")]
    short: Annotated[str, _short(28), Meta(description="Stands for it in tables.")]
    detail: str = ""
    you: Annotated[str, Meta(description="What it means for the subject of a row of the comparison.")] = ""
    alone: Annotated[bool, Meta(description="No other option can be chosen beside it.")] = False
    soc1: Annotated[str, _among(parse.PULLS, "Which way it pulls a SOC 1 report.")] = "neutral"
    soc2: Annotated[str, _among(parse.PULLS, "Which way it pulls a SOC 2 report.")] = "neutral"
    same_as: Annotated[str, Meta(description="An option that decides the same, on purpose.")] = ""


class QuestionEntry(Struct, forbid_unknown_fields=True):
    """A question with its options. The order of the file is the order in which questions are asked."""

    id: Id
    section: _Text
    ask: Annotated[str, Meta(min_length=1, description="The whole question.")]
    short: Annotated[str, _short(26), Meta(description="Its name in lists.")]
    help: _Text
    whom: Annotated[str, Meta(min_length=1, description="Who knows.")]
    option: Sequence[OptionEntry]
    facts: _Facts
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
    label: Annotated[str, _short(24)]
    says: str = ""
    facts: _Facts = ()


class ResultEntry(Struct, forbid_unknown_fields=True):
    """Something that is concluded."""

    id: Id
    title: _Text
    stage: Annotated[int, Meta(ge=0, description="A rule may look at results of lower stages.")]
    value: Sequence[ValueEntry]
    default: Annotated[str, Meta(min_length=1, description="The value where no rule fires.")]
    ladder: Annotated[bool, Meta(description="The values stand from weakest to strongest; the strongest counts.")] = (
        False
    )
    purpose: Annotated[str, _among(parse.PURPOSES)] = "headline"
    needs: Annotated[dict[str, Any], Meta(description="It is spoken of only where this holds.")] = field(
        default_factory=dict
    )


class TermEntry(_Conditional, kw_only=True, forbid_unknown_fields=True):
    """A condition with a name."""

    id: Id
    means: _Text


class RuleEntry(_Conditional, kw_only=True, forbid_unknown_fields=True):
    """Where its tests hold it concludes, because."""

    id: Id
    concludes: Annotated[Texts, Meta(description='"result.value", or several of them.')]
    because: _Text
    facts: _Facts
    overrides: Annotated[Texts, Meta(description="Rules that do not count where this one fires.")] = ()
    ask_back: Annotated[str, Meta(description="What to ask the one who asked.")] = ""
    named: Annotated[str, Meta(description="The reason where requests are recorded, with {who} and {what}.")] = ""
    who: Annotated[str, Meta(description="Whose requests `named` tells of.")] = ""


class ContradictionEntry(_Conditional, kw_only=True, forbid_unknown_fields=True):
    """Answers that can hardly all be right."""

    id: Id
    questions: Annotated[Texts, Meta(description="The questions to check.")]
    says: _Text
    facts: _Facts


class PresumptionEntry(_Conditional, kw_only=True, forbid_unknown_fields=True):
    """What is normally so while a question is open. Without tests it is the question's last resort."""

    id: Id
    question: _Text
    answer: Annotated[Texts, Meta(description="An option, several, or none.")]
    because: _Text
    facts: _Facts
    assumed: Annotated[str, Meta(description="How it is said where a result rests on it.")] = ""


class RowEntry(Struct, forbid_unknown_fields=True):
    """A row of the comparison."""

    id: Id
    title: _Text
    soc1: Annotated[str, _short(parse.PHRASE)]
    soc2: Annotated[str, _short(parse.PHRASE)]
    facts: _Facts
    soc3: Annotated[str, Meta(max_length=130)] = ""
    more: str = ""
    questions: Questions = ()
    you: Annotated[
        dict[str, str], Meta(description="What an answer means here: by question, or question and option.")
    ] = field(default_factory=dict)


class CategoryEntry(Struct, forbid_unknown_fields=True):
    """A trust services category."""

    id: Id
    title: _Text
    criteria: Annotated[int, Meta(ge=0)]
    says: _Text
    facts: _Facts


class NoteEntry(_Conditional, kw_only=True, forbid_unknown_fields=True):
    """A piece of advice that applies where its tests hold."""

    id: Id
    kind: _Text
    title: _Text
    says: _Text
    facts: _Facts
    cost: Annotated[str, Meta(description="What it costs to get it wrong.")] = ""
    reminder: Annotated[bool, Meta(description="No answer can show it.")] = False
    purpose: Annotated[str, _among(parse.PURPOSES)] = "scope"


class DurationEntry(Struct, forbid_unknown_fields=True):
    """How long something takes."""

    id: Annotated[str, _among(DURATIONS)]
    title: _Text
    months: Three
    facts: _Facts


class MessageEntry(Struct, forbid_unknown_fields=True):
    """A sentence said where the program works out that it applies; it may hold fields such as {months}."""

    id: Id
    says: _Text
    facts: _Facts


class FieldEntry(Struct, forbid_unknown_fields=True):
    """A blank of the request for quotes, to be filled in by the organization."""

    id: Id
    part: Annotated[str, _among(FIELD_PARTS)]
    title: _Text
    hint: _Text


class RequestEntry(_Conditional, kw_only=True, forbid_unknown_fields=True):
    """A line of the request for quotes."""

    id: Id
    part: Annotated[str, _among(PARTS)]
    title: _Text
    says: str = ""
    facts: _Facts = ()
    questions: Questions = ()
    plan: Annotated[str, _among(PLANNED)] = ""


class PhraseEntry(Struct, forbid_unknown_fields=True):
    """Words of a request and what they tell: see the head of the file for the language of patterns."""

    id: Id
    tells: _Text
    value: Texts
    patterns: Texts
    examples: Annotated[Texts, Meta(description="Texts that it matches.")]
    counterexamples: Annotated[Texts, Meta(description="Texts that it does not match.")]
    unless: Annotated[Texts, Meta(description="Patterns that take away a match which they overlap.")] = ()
    facts: _Facts = ()
    either: Annotated[bool, Meta(description="Any one of the values will do.")] = False
    weak: Annotated[bool, Meta(description="It gives way to phrases that are not.")] = False


class EntryEntry(Struct, forbid_unknown_fields=True):
    """A term of the glossary, or a question that people ask."""

    id: Id
    kind: Annotated[str, _among(parse.KINDS)]
    title: _Text
    says: _Text
    facts: _Facts
    also: Annotated[Texts, Meta(description="Other names of a term.")] = ()


class ChangeEntry(Struct, forbid_unknown_fields=True):
    """What changed in a version of the knowledge."""

    version: _Text
    says: _Text
    confirm: Annotated[Texts, Meta(description="Questions whose saved answers have to be confirmed.")] = ()
    renamed: Annotated[dict[str, str], Meta(description='"question.option" before, and now.')] = field(
        default_factory=dict
    )


class ReasonEntry(Struct, forbid_unknown_fields=True):
    """Something that is left out or excepted, and why."""

    id: Id
    reason: _Text


class CaseEntry(Struct, kw_only=True, forbid_unknown_fields=True):
    """A worked case: answers, and the result that an expert expects of them."""

    id: Id
    title: _Text
    answers: dict[str, Texts]
    expect: Annotated[
        dict[str, str],
        Meta(
            description="The verdicts and the headline.",
            extra_json_schema={
                "properties": {
                    "soc1": {"enum": list(LADDER)},
                    "soc2": {"enum": list(LADDER)},
                    "headline": {"enum": list(HEADLINES)},
                }
            },
        ),
    ] = field(default_factory=dict)
    findings: Annotated[dict[str, str], Meta(description="Other results and their values.")] = field(
        default_factory=dict
    )
    open: Annotated[bool, Meta(description="Answers in part, with `possible` and `leaning` instead of `expect`.")] = (
        False
    )
    possible: Texts = ()
    leaning: Annotated[str, _among(("", *HEADLINES))] = ""
    note: str = ""
