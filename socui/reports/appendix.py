"""Builds the end of a report: answers and notes word for word, the terms used, facts and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socui.day_words import day_words
from socui.deciding.advice import Advice, State
from socui.deciding.answers import recorded_words
from socui.knowledge.model import Knowledge, Question
from socui.profiles.countries import COUNTRY_QUESTION, region
from socui.profiles.profile import Profile
from socui.profiles.record_words import records_in_words
from socui.reports.blocks import (
    Block,
    Bullets,
    DocTable,
    Heading,
    Item,
    Run,
    TextLine,
    known_row,
    lines_of_blocks,
    section,
    short,
)
from socui.reports.words import CONFIDENCE_WORDS, answer_words, asked_by_words, asks_read_aloud, mark, quoted
from socui.text import visible

Rows = tuple[tuple[TextLine, ...], ...]


OTHER_RECORDS = "What is held, since when controls run, and what changes"
"""The caption of the records other than requests."""


def answers_section(knowledge: Knowledge, profile: Profile, advice: Advice) -> list[Block]:
    """Return every question with its answer and where it stands, the notes, and what this knowledge base does not know."""
    blocks: list[Block] = [Heading(2, "Answers and notes")]
    if profile.dates:
        names = {q.dated: q.short for q in knowledge.questions.values() if q.dated}
        days: Rows = tuple(
            (TextLine((Run(names.get(name, visible(name)), "user"),)), short(day_words(day)))
            for name, day in profile.dates.items()
        )
        blocks.append(DocTable("Dates", ("Date", "Day"), days))
    blocks += _requests(knowledge, profile)
    if other_records := tuple(map(known_row, records_in_words(profile))):
        blocks.append(DocTable(OTHER_RECORDS, ("Record", "What is known of it"), other_records))
    for part in knowledge.sections:
        asked = [q for q in knowledge.questions.values() if q.section == part.id and not _by_records(q, profile)]
        rows: Rows = tuple(
            (
                TextLine((Run(q.ask),)),
                _answer(advice.states[q.id], profile),
                TextLine((Run(mark(advice.states[q.id].state)),)),
            )
            for q in asked
        )
        table = DocTable(part.title, ("Question", "Answer", "State"), rows, "answers")
        blocks += section(part.title, [table] if rows else [], 3)
        for question in asked:
            if question.id in profile.notes:
                blocks += _note(question.short, profile.notes[question.id])
    kept: Rows = tuple(
        (TextLine((Run(visible(name), "user"),)), TextLine((Run(_raw(answer), "user"),)))
        for name, answer in profile.answers.items()
        if name not in knowledge.questions
    )
    title = "Kept, but unknown to this knowledge base"
    blocks += section(title, [DocTable(title, ("Question", "Answer"), kept, "answers")] if kept else [], 3)
    for name, text in profile.notes.items():
        if name not in knowledge.questions:
            blocks += _note(visible(name), text)
    return blocks


def _by_records(question: Question, profile: Profile) -> bool:
    """Return whether requests answer a question, so that it was not asked and has no answer of its own."""
    return question.derived and bool(profile.requests) and question.id not in {*profile.answers, *profile.notes}


def _requests(knowledge: Knowledge, profile: Profile) -> list[Block]:
    """Return who asked for what, and in which words."""
    t, blocks = knowledge.texts, list[Block]()
    rows: Rows = tuple(
        (
            TextLine((Run(asked_by_words(t, request), "user"),)),
            TextLine((Run(asks_read_aloud(t, request) or "-", "user"),)),
            short(day_words(request.needed_by) if request.needed_by else "-"),
        )
        for request in profile.requests
    )
    if rows:
        blocks.append(DocTable("Who asked for what", ("Who", "What", "Needed by"), rows))
    for request in profile.requests:
        if request.words:
            about = TextLine((Run("In the words of ", "soft"), Run(asked_by_words(t, request), "user")), (), "label")
            blocks += [about, TextLine((Run(quoted(request.words), "user"),), (), "quote")]
    return blocks


def _note(about: str, text: str) -> list[Block]:
    quote = TextLine((Run(quoted(text), "user"),), (), "quote")
    return [TextLine((Run("Note on ", "soft"), Run(about, "user")), (), "label"), quote]


def _answer(state: State, profile: Profile) -> TextLine:
    question = state.question
    if state.recorded and question.dated not in profile.dates and question.id != COUNTRY_QUESTION:
        return TextLine((Run(recorded_words(profile, question, state.recorded, full=True)),))
    raw = (question.id == COUNTRY_QUESTION and region(profile.country)) or profile.answers.get(question.id)
    if question.dated and question.dated in profile.dates:
        return short(day_words(profile.dates[question.dated]))
    if raw is None:
        return TextLine((Run("-"),))
    options = (raw,) if isinstance(raw, str) else raw
    unknown = any(question.option(id) is None for id in options)
    return TextLine((Run(answer_words(question, options, long=True), "user" if unknown else ""),))


def _raw(answer: str | tuple[str, ...]) -> str:
    return visible(answer if isinstance(answer, str) else ", ".join(answer))


def glossary(knowledge: Knowledge, blocks: Sequence[Block]) -> list[Block]:
    """Return the terms of the glossary that the advice uses; what the person wrote does not count."""
    text = " ".join(r.text for line in lines_of_blocks(blocks) for r in line.runs if r.kind != "user").casefold()
    terms = [e for e in knowledge.entries if e.kind == "term"]
    used = [e for e in terms if _is_said(e.title.casefold(), text)]
    used.sort(key=lambda e: e.title.casefold())
    items = tuple(Item(TextLine((Run(f"{e.title}. ", "strong"), Run(e.says)), e.facts)) for e in used)
    return section("Terms used", [Bullets(items)] if items else [])


def _is_said(term: str, text: str) -> bool:
    """Return whether the term stands in the text as a word, or as one with an s behind it. Compiling a pattern a
    term would take as long as the rest of the report."""
    at = text.find(term)
    while at >= 0:
        behind = text[at + len(term) : at + len(term) + 2]
        if not _in_word(text[at - 1 : at]) and not (
            _in_word(behind[:1]) and (behind[0] != "s" or _in_word(behind[1:]))
        ):
            return True
        at = text.find(term, at + 1)
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def references(knowledge: Knowledge, blocks: Sequence[Block]) -> tuple[list[Block], Mapping[str, int]]:
    """Return the facts that the blocks refer to, in the order of first use, each with who publishes its sources, the
    publications themselves, and the number of each fact."""
    ids = [
        f for f in dict.fromkeys(ref for line in lines_of_blocks(blocks) for ref in line.refs) if f in knowledge.facts
    ]
    items, used = [], dict[str, None]()
    for fact in (knowledge.facts[id] for id in ids):
        used.update(dict.fromkeys(fact.sources))
        named = dict.fromkeys(knowledge.sources[s].publisher for s in fact.sources)
        aside = f" ({': '.join(part for part in (CONFIDENCE_WORDS[fact.confidence], ', '.join(named)) if part)})"
        other = (TextLine((Run("Disputed: ", "strong"), Run(fact.dispute))),) if fact.dispute else ()
        items.append(Item(TextLine((Run(fact.says), Run(aside, "soft"))), other))
    listed = section("Facts referred to", [Bullets(tuple(items), "references")] if items else [])
    rows = []
    for source in sorted((knowledge.sources[s] for s in used), key=lambda s: (s.publisher.casefold(), s.title)):
        edition = f" ({source.edition})" if source.edition else ""
        title = TextLine((Run(source.title), Run(edition, "soft")))
        where = TextLine((Run(source.address, "link") if source.address else Run(source.no_page or "-"),))
        rows.append((TextLine((Run(source.publisher),)), title, where, short(source.read or "-")))
    table = DocTable("Publications", ("Publisher", "Publication", "Address", "Read"), tuple(rows), "sources")
    listed += section("Sources", [table] if rows else [])
    return listed, {id: number for number, id in enumerate(ids, 1)}
