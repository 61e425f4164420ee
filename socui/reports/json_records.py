"""Defines the records that every JSON report shares: answers, reasons, facts and their sources.

A record is both the data and its schema, so that the two always agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from socui.deciding.advice import Reason, Said
from socui.knowledge.model import Knowledge

Facts = Annotated[
    tuple[str, ...], Meta(description="ids of the facts it rests on; each is under `facts` of the report")
]
Headline = Literal["both", "soc1", "soc2", "clarify", "neither"]
ResultOf = Annotated[
    Literal["both", "soc1", "soc2", "clarify", "neither", "open"], Meta(description="the settled headline, or open")
]
Headlines = Annotated[tuple[Headline, ...], Meta(min_length=1)]


class KnowledgeOf(Struct, frozen=True):
    """The knowledge base that was used."""

    version: str
    digest: str


class AnswerOf(Struct, frozen=True):
    """An answer; `presumed` where the person did not say so."""

    question: str
    options: Annotated[tuple[str, ...], Meta(description="option ids; empty: none of these")]
    presumed: bool


class ReasonOf(Struct, frozen=True):
    """A rule that holds."""

    rule: str
    result: str
    value: str
    because: str
    ask_back: Annotated[str, Meta(description="what to ask the one who asked; empty where it is no clarification")]
    certain: Annotated[bool, Meta(description="whether it holds whatever the open answers turn out to be")]
    deciding: Annotated[bool, Meta(description="whether it has the strength that the result has")]
    answers: tuple[AnswerOf, ...]
    facts: Facts


class CategoryOf(Struct, frozen=True):
    """A trust services category."""

    id: str
    title: str
    criteria: int
    facts: Facts


class FactOf(Struct, frozen=True):
    """A fact that is cited."""

    says: str
    sources: tuple[str, ...]
    confidence: str
    dispute: str


class SourceOf(Struct, frozen=True):
    """A publication that facts rest on."""

    publisher: str
    title: str
    kind: str
    edition: str
    address: str
    read: str


def knowledge_of(knowledge: Knowledge) -> KnowledgeOf:
    """Return the version and digest of a knowledge base."""
    return KnowledgeOf(knowledge.version, knowledge.digest)


def answer_record(answer: Said) -> AnswerOf:
    """Return an answer that something rests on."""
    return AnswerOf(answer.question, answer.options, answer.presumed)


def reason_of(reason: Reason) -> ReasonOf:
    """Return a reason with the answers it rests on."""
    rule = reason.rule
    return ReasonOf(
        rule=rule.id,
        result=rule.result,
        value=rule.value,
        because=rule.because,
        ask_back=rule.ask_back,
        certain=reason.certain,
        deciding=reason.deciding,
        answers=tuple(map(answer_record, reason.answers)),
        facts=rule.facts,
    )


def cited_facts(knowledge: Knowledge, *parts: object) -> dict[str, FactOf]:
    """Return the facts that parts of a report cite, by id."""
    ids = sorted({id for part in parts for id in _cited(part) if id in knowledge.facts})
    facts = (knowledge.facts[id] for id in ids)
    return {fact.id: FactOf(fact.says, fact.sources, fact.confidence, fact.dispute) for fact in facts}


def sources_of(knowledge: Knowledge, facts: Iterable[FactOf]) -> dict[str, SourceOf]:
    """Return the publications that facts rest on, by id."""
    sources = (knowledge.sources[id] for id in sorted({id for fact in facts for id in fact.sources}))
    return {s.id: SourceOf(s.publisher, s.title, s.kind, s.edition, s.address, s.read) for s in sources}


def _cited(part: object) -> Iterable[str]:
    """Return the ids under every key `facts`, however deep."""
    if isinstance(part, Struct):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            yield from value if name == "facts" else _cited(value)
    elif isinstance(part, dict):
        for value in part.values():
            yield from _cited(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _cited(value)


def encoded(record: Struct) -> str:
    """Return a record as JSON text in lines."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"
