"""Makes the articles of the reference: questions people ask, terms, mistakes, facts and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len

from socui.knowledge.model import Knowledge
from socui.knowledge.sources import Fact, Source
from socui.knowledge.texts import Note
from socui.knowledge.word_search import SearchEntry
from socui.reports.words import CONFIDENCE_WORDS
from socui.screens.widgets.lines import Line, Span, Tag, clip, flow

TERMS = 6
"""Terms shown for a line: the longest names in it say most."""


class Article(Struct, frozen=True):
    """A text to read. `facts` holds those it rests on, `names` the words by which lines refer to it, `find` the lower-cased text
    that is searched.
    """

    kind: str
    id: str
    title: str
    says: str
    facts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    find: str = ""

    @property
    def tag(self) -> Tag:
        """What its lines stand for."""
        return ("article", self.kind, self.id)


Groups = list[tuple[str, list[Article]]]
_KEYS = {"faq": "entry", "term": "entry", "mistake": "note", "neighbour": "note", "hint": "note"}


def entry_of(article: Article) -> SearchEntry:
    """Return what a search looks in, by the key that a synonym leads to."""
    return SearchEntry((_KEYS.get(article.kind, article.kind), article.id), article.title, article.find)


def articles(knowledge: Knowledge) -> Groups:
    """Return the groups of the reference and what stands in them."""

    def made(kind: str, id: str, title: str, says: str, facts: tuple[str, ...], names: tuple[str, ...] = ()) -> Article:
        return Article(kind, id, title, says, facts, names, f"{title} {says} {' '.join(names)} {id}".lower())

    def of(*kinds: str) -> list[Note]:
        return [note for note in knowledge.notes if note.kind in kinds]

    entries = [made(e.kind, e.id, e.title, e.says, e.facts, (e.title, *e.also)) for e in knowledge.entries]
    return [
        ("Questions people ask", [a for a in entries if a.kind == "faq"]),
        ("Glossary", [a for a in entries if a.kind == "term"]),
        (
            "Common mistakes",
            [made("mistake", n.id, n.title, f"{n.says} {n.cost}".strip(), n.facts) for n in of("mistake")],
        ),
        ("Besides a SOC report", [made("neighbour", n.id, n.title, n.says, n.facts) for n in of("neighbour")]),
        ("Good to know", [made("hint", n.id, n.title, n.says, n.facts) for n in of("period", "vendor", "benefit")]),
        ("Facts", [_fact(knowledge, fact) for fact in knowledge.facts.values()]),
        ("Sources", [_source(knowledge, source) for source in knowledge.sources.values()]),
    ]


def _fact(knowledge: Knowledge, fact: Fact) -> Article:
    says = f"{fact.says} {fact.dispute}"
    cited = " ".join(source_words(knowledge.sources[s]) for s in fact.sources)
    return Article("fact", fact.id, fact.says, "", (fact.id,), (), f"{fact.id} {says} {cited}".lower())


def _source(knowledge: Knowledge, source: Source) -> Article:
    resting = tuple(f.id for f in knowledge.facts.values() if source.id in f.sources)
    title = f"{source.publisher}: {source.title}"
    return Article("source", source.id, title, "", resting, (), f"{source_words(source)} {source.id}".lower())


def source_words(source: Source) -> str:
    """Return a publication in full."""
    read = f"read {source.read}" if source.read else ""
    parts = (source.publisher, source.title, source.edition, source.address or source.no_page, read)
    return ", ".join(part for part in parts if part)


def closed_line(article: Article, width: int) -> Line:
    """Return an article in one row."""
    room = width - 5
    title = clip(article.title, room)
    rest = room - cell_len(title) - 2
    spans = [Span("  ▸ ", "key"), Span(title, "" if article.kind in ("fact", "source") else "strong")]
    if rest > 20 and article.says:
        spans.append(Span(f"  {clip(article.says, rest)}", "dim"))
    return Line(tuple(spans), article.tag, stop=True)


def open_lines(knowledge: Knowledge, article: Article, width: int) -> Iterator[Line]:
    """Yield an article in full: what it says, then its facts, each with its confidence and its sources."""
    tag = article.tag
    style = "" if article.kind == "fact" else "strong"
    yield from flow(article.title, width, (Span("  ▾ ", "key"),), style=style, tag=tag, stop=True)
    if article.says:
        yield from flow(article.says, width, (Span("    "),), tag=tag)
    if article.kind == "source":
        yield from flow(source_words(knowledge.sources[article.id]), width, (Span("    "),), style="dim", tag=tag)
        yield Line((Span("    What rests on it:", "dim"),), tag)
    for id in article.facts:
        if (fact := knowledge.facts.get(id)) is not None:
            yield from _fact_lines(knowledge, fact, width, article)


def _fact_lines(knowledge: Knowledge, fact: Fact, width: int, article: Article) -> Iterator[Line]:
    tag = article.tag
    if article.kind != "fact":
        yield from flow(fact.says, width, (Span("    · ", "key"),), tag=tag)
    if fact.dispute:
        words = f"Others say: {fact.dispute} What stands first is this app's stance."
        yield from flow(words, width, (Span("      "),), style="warn", tag=tag)
    certainty = f"{fact.id}, {CONFIDENCE_WORDS[fact.confidence]}"
    yield from flow(certainty, width, (Span("      "),), style="dim", tag=tag)
    if article.kind == "source":  # its one source is the article itself
        return
    for id in fact.sources:
        yield from flow(source_words(knowledge.sources[id]), width, (Span("      – ", "dim"),), style="dim", tag=tag)


def articles_about(groups: Groups, facts: Sequence[str], text: str) -> list[Article]:
    """Return what a line is about: the terms that occur in its text, the most telling first, then the facts that it
    cites."""
    low = text.lower()
    sized: list[tuple[int, Article]] = []
    for article in (a for _, group in groups for a in group if a.kind == "term"):
        sizes = [len(n) for n in article.names if re.search(rf"\b{re.escape(n.lower())}(?:s|es)?\b", low)]
        if sizes:
            sized.append((max(sizes), article))
    terms = [a for _, a in sorted(sized, key=lambda f: -f[0])[:TERMS]]
    cited = {a.id: a for _, group in groups for a in group if a.kind == "fact"}
    return [*terms, *(cited[f] for f in dict.fromkeys(facts) if f in cited)]
