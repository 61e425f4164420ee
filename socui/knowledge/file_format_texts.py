"""Defines the tables of texts, phrases and worked cases, which decide nothing: see socui.knowledge.file_format."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from socui.knowledge import parse, parse_texts
from socui.knowledge.file_format import Conditional, FactIds, Id, OneText, Questions, Texts, Three, among, at_most
from socui.knowledge.model import HEADLINES, LADDER
from socui.knowledge.sources import DURATIONS
from socui.knowledge.texts import FIELD_PARTS, PARTS, PLANNED


class RowEntry(Struct, forbid_unknown_fields=True):
    """A row of the comparison."""

    id: Id
    title: OneText
    soc1: Annotated[str, at_most(parse_texts.PHRASE)]
    soc2: Annotated[str, at_most(parse_texts.PHRASE)]
    facts: FactIds
    soc3: Annotated[str, Meta(max_length=130)] = ""
    more: str = ""
    questions: Questions = ()
    you: Annotated[
        dict[str, str], Meta(description="What an answer means here: by question, or question and option.")
    ] = field(default_factory=dict)


class CategoryEntry(Struct, forbid_unknown_fields=True):
    """A trust services category."""

    id: Id
    title: OneText
    criteria: Annotated[int, Meta(ge=0)]
    says: OneText
    facts: FactIds


class NoteEntry(Conditional, kw_only=True, forbid_unknown_fields=True):
    """A piece of advice that applies where its tests hold."""

    id: Id
    kind: OneText
    title: OneText
    says: OneText
    facts: FactIds
    cost: Annotated[str, Meta(description="What it costs to get it wrong.")] = ""
    reminder: Annotated[bool, Meta(description="No answer can show it.")] = False
    purpose: Annotated[str, among(parse.PURPOSES)] = "scope"


class DurationEntry(Struct, forbid_unknown_fields=True):
    """How long a step takes, in months."""

    id: Annotated[str, among(DURATIONS)]
    title: OneText
    months: Three
    facts: FactIds


class MessageEntry(Struct, forbid_unknown_fields=True):
    """A sentence that the program prints when it finds that it applies. It may hold fields such as {months}."""

    id: Id
    says: OneText
    facts: FactIds


class FieldEntry(Struct, forbid_unknown_fields=True):
    """A blank of the request for quotes, to be filled in by the organization."""

    id: Id
    part: Annotated[str, among(FIELD_PARTS)]
    title: OneText
    hint: OneText


class RequestEntry(Conditional, kw_only=True, forbid_unknown_fields=True):
    """A line of the request for quotes."""

    id: Id
    part: Annotated[str, among(PARTS)]
    title: OneText
    says: str = ""
    facts: FactIds = ()
    questions: Questions = ()
    plan: Annotated[str, among(PLANNED)] = ""


class PhraseEntry(Struct, forbid_unknown_fields=True):
    """A phrase of requests and its meaning. The head of phrases.toml explains the patterns."""

    id: Id
    tells: OneText
    value: Texts
    patterns: Texts
    examples: Annotated[Texts, Meta(description="Texts that it matches.")]
    counterexamples: Annotated[Texts, Meta(description="Texts that it does not match.")]
    unless: Annotated[Texts, Meta(description="Patterns that take away a match which they overlap.")] = ()
    facts: FactIds = ()
    either: Annotated[bool, Meta(description="Any one of the values will do.")] = False
    weak: Annotated[bool, Meta(description="It gives way to phrases that are not.")] = False
    firm: Annotated[bool, Meta(description="It goes before phrases that are not.")] = False


class EntryEntry(Struct, forbid_unknown_fields=True):
    """A term of the glossary, or a question that people ask."""

    id: Id
    kind: Annotated[str, among(parse_texts.KINDS)]
    title: OneText
    says: OneText
    facts: FactIds
    also: Annotated[Texts, Meta(description="Other names of a term.")] = ()


class ChangeEntry(Struct, forbid_unknown_fields=True):
    """What changed in a version of the knowledge."""

    version: OneText
    says: OneText
    confirm: Annotated[Texts, Meta(description="Questions whose saved answers have to be confirmed.")] = ()
    renamed: Annotated[dict[str, str], Meta(description='"question.option" before, and now.')] = field(
        default_factory=dict
    )


class ReasonEntry(Struct, forbid_unknown_fields=True):
    """A fact left out, or an exception from a proof, with the reason."""

    id: Id
    reason: OneText


class SynonymEntry(Struct, kw_only=True, forbid_unknown_fields=True):
    """Words that people type when they look for something that has another name here."""

    id: Id
    words: Annotated[Texts, Meta(description="What people type, in small letters.")]
    means: Annotated[str, Meta(description="How the other files write it.")] = ""
    leads: Annotated[
        Texts, Meta(description='What is shown first, as "kind:id": question, entry, note, fact, source, command.')
    ]


class CaseEntry(Struct, kw_only=True, forbid_unknown_fields=True):
    """A worked case: answers, and the result that an expert expects of them."""

    id: Id
    title: OneText
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
    leaning: Annotated[str, among(("", *HEADLINES))] = ""
    note: str = ""
