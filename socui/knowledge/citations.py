"""Checks that facts fit their sources: the confidence, the number and kind of sources, and the publishers' addresses."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from socui.knowledge.model import Knowledge
from socui.knowledge.sources import OFFICIAL, OWN, Fact, Source

MIRRORS = (
    "5y1.org",
    "cupdf.com",
    "docplayer.net",
    "docslib.org",
    "dokumen.pub",
    "fdocuments.in",
    "flipbuilder.com",
    "libcat.ru",
    "newlib.net",
    "omb.report",
    "pdfcoffee.com",
    "pdfslide.us",
    "scribd.com",
    "slidelegend.com",
    "studylib.net",
    "vdoc.pub",
    "vdocuments.us",
)
"""Hosts that keep copies of documents. A source cites its publisher's own page; `read_at` says where a copy was read."""

OF_ARTICLE = "VISTA-"
"""The prefix of the ids of the article's statements. Only these may cite the article alone."""


def citation_faults(knowledge: Knowledge) -> Iterator[str]:
    """Yield what is wrong with sources and with the confidence of facts, a line for each fault."""
    for source in knowledge.sources.values():
        yield from _address_faults(source)
    for fact in knowledge.facts.values():
        yield from _confidence_faults(fact, [knowledge.sources[id] for id in fact.sources if id in knowledge.sources])


def of_article(knowledge: Knowledge, fact: str) -> bool:
    """Return whether a fact is a statement of the article that socui was built from, and of nobody else."""
    cited = knowledge.facts.get(fact)
    return (
        cited is not None
        and bool(cited.sources)
        and all(id in knowledge.sources and knowledge.sources[id].kind == "article" for id in cited.sources)
    )


def _address_faults(source: Source) -> Iterator[str]:
    where = urlsplit(source.address)
    host = where.hostname or ""
    if "socui" in source.publisher.lower():
        yield f"[{source.id}] socui is no source of itself. Make its facts judgements, or find a public source."
    if any(host == mirror or host.endswith("." + mirror) for mirror in MIRRORS):
        yield f"[{source.id}] {host} holds copies. Cite the publisher's address; the copy may stand as read_at."
    page = bool(host) and (where.path not in ("", "/") or bool(where.query))
    if not page and not source.no_page:
        yield f"[{source.id}] has no address of a page. Add it, or say in no_page why there is none."
    if not page and source.no_page and source.kind in ("firm", "vendor", "press"):
        yield f"[{source.id}] is of a {source.kind} and has no address: nobody can look it up. Add it, or cite another."
    if page and source.no_page:
        yield f"[{source.id}] has an address and a reason for having none. Remove one."


def _confidence_faults(fact: Fact, sources: list[Source]) -> Iterator[str]:
    if fact.confidence in OWN:
        if sources:
            yield f"[{fact.id}] is {fact.confidence} and has sources. Move it to the facts with its confidence."
        return
    if not sources:
        yield f"[{fact.id}] has no source. Add one, or make it a judgement of socui."
        return
    others = [source for source in sources if source.kind != "article"]
    if not others and not fact.id.startswith(OF_ARTICLE):
        yield f"[{fact.id}] rests on the article alone, which is no authority. Add another source."
    publishers = {source.publisher for source in others or sources}
    if fact.confidence == "standard" and not any(source.kind in OFFICIAL for source in sources):
        yield f"[{fact.id}] says standard and has no official source. Add one, or lower the confidence."
    if fact.confidence == "firms" and len(publishers) < 2:
        yield f"[{fact.id}] says firms and has one publisher. Add another, or say one."
    if fact.confidence == "one" and len(publishers) > 1:
        yield f"[{fact.id}] says one and has {len(publishers)} publishers. Say firms, or standard."
