"""P14: what `socui check` says where the confidence of a fact and its sources, or a source and its address, do not fit."""

from __future__ import annotations

import pytest
from base import KNOWLEDGE
from msgspec.structs import replace

from socui.knowledge.citations import citation_faults
from socui.knowledge.model import Knowledge
from socui.knowledge.sources import Fact, Source

SOURCES = {
    "STD": Source("STD", "AICPA", "A standard", "standard", address="https://aicpa.example/at-c"),
    "ONE": Source("ONE", "A firm", "A page", "firm", address="https://firm.example/page"),
    "SAME": Source("SAME", "A firm", "Another page", "firm", address="https://firm.example/other"),
    "TWO": Source("TWO", "B firm", "A page", "firm", address="https://other.example/page"),
    "ART": Source("ART", "A vendor", "The article", "article", no_page="supplied without an address"),
}


def base(fact: Fact | None = None, **sources: Source) -> Knowledge:
    facts = {fact.id: fact} if fact else {}
    return replace(KNOWLEDGE, facts=facts, sources={**SOURCES, **sources})


def test_the_base_that_comes_with_socui_has_no_fault() -> None:
    assert list(citation_faults(KNOWLEDGE)) == []
    assert list(citation_faults(base())) == []


@pytest.mark.parametrize(
    ("sources", "confidence", "word"),
    [
        (("ONE", "TWO"), "standard", "no official source"),
        (("ONE", "SAME"), "firms", "one publisher"),
        (("ONE", "ART"), "firms", "one publisher"),
        (("ONE", "TWO"), "one", "2 publishers"),
        (("ART",), "one", "no authority"),
        ((), "one", "no source"),
        (("ONE",), "judgement", "has sources"),
        (("STD",), "standard", ""),
        (("STD", "ONE"), "firms", ""),
        (("ONE", "TWO"), "firms", ""),
        (("ONE", "SAME"), "one", ""),
        ((), "judgement", ""),
    ],
)
def test_confidence_fits_number_and_kind_of_sources(sources: tuple[str, ...], confidence: str, word: str) -> None:
    faults = list(citation_faults(base(Fact("F-1", "A statement.", sources, confidence))))
    assert len(faults) == bool(word)
    assert all(word in fault and fault.startswith("[F-1]") for fault in faults)


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (Source("X", "socui", "Review", "firm", address="https://a.example/b"), "no source of itself"),
        (Source("X", "A", "B", "firm"), "no address of a page"),
        (Source("X", "A", "B", "firm", address="https://a.example"), "no address of a page"),
        (Source("X", "A", "B", "standard", address="https://www.scribd.com/document/1"), "holds copies"),
        (Source("X", "A", "B", "firm", address="https://a.example/b", no_page="sold"), "Remove one"),
        (Source("X", "A", "B", "firm", address="https://a.example/?p=1"), ""),
        (Source("X", "A", "B", "standard", no_page="sold"), ""),
        (Source("X", "A practitioner", "A review of this base", "firm", no_page="unpublished"), "look it up"),
        (Source("X", "A", "B", "standard", address="https://a.example/b", read_at="https://scribd.com/1"), ""),
    ],
)
def test_a_source_is_cited_at_its_publisher(source: Source, word: str) -> None:
    faults = list(citation_faults(base(X=source)))
    assert len(faults) == bool(word)
    assert all(word in fault and fault.startswith("[X]") for fault in faults)
