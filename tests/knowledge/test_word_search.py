"""Searching by the words that people use, over all that socui knows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from socui.knowledge.model import Knowledge
from socui.knowledge.synonyms import Synonyms, load_synonyms, synonym_faults
from socui.knowledge.word_search import SearchEntry, WordSearch
from socui.reports.render import SUFFIXES
from socui.settings.commands import COMMANDS


@pytest.fixture(scope="module")
def entries(knowledge: Knowledge) -> list[SearchEntry]:
    """Questions, terms and facts."""
    return [
        *(SearchEntry(("question", q.id), q.ask, q.help) for q in knowledge.questions.values() if not q.derived),
        *(SearchEntry(("entry", e.id), e.title, f"{' '.join(e.also)} {e.says}") for e in knowledge.entries),
        *(SearchEntry(("fact", f.id), f.says) for f in knowledge.facts.values()),
    ]


@pytest.fixture(scope="module")
def search(entries: list[SearchEntry]) -> WordSearch:
    """A search in them."""
    return WordSearch(entries, load_synonyms())


def first(search: WordSearch, entries: list[SearchEntry], typed: str) -> tuple[str, ...]:
    """What is found first."""
    places = search.search(typed).places
    return entries[places[0]].key if places else ()


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("SSAE", "term-ssae"), ("SAS 70", "term-sas-70"), ("SOC2", "term-soc-2"), ("Type II", "term-type-2"),
        ("pentest", "faq-pentest"), ("how much does it cost?", "faq-cost"), ("Price", "faq-cost"),
        ("gap letter", "term-bridge-letter"), ("CUEC", "term-cuec"), ("SOX", "term-icfr"), ("expire", "faq-renewal"),
        ("certificat", "faq-words"), ("subservice organisation", "term-subservice-organization"),
    ],
)  # fmt: skip
def test_the_word_that_people_use_leads_there(
    search: WordSearch, entries: list[SearchEntry], typed: str, id: str
) -> None:
    assert first(search, entries, typed) == ("entry", id)


@pytest.mark.parametrize(("typed", "read_as"), [("complience", "compliance"), ("brigde letter", "bridge letter")])
def test_a_misspelled_word_is_read_as_the_nearest_and_that_is_said(
    search: WordSearch, typed: str, read_as: str
) -> None:
    assert search.search(typed).read_as == read_as
    assert search.search(read_as).read_as == "" and search.search(typed).places == search.search(read_as).places


def test_nothing_is_nothing_and_some_is_some(search: WordSearch, entries: list[SearchEntry]) -> None:
    assert search.search("qqqqq").places == ()
    some = search.search("bridge letter qqqqq")
    assert some.places and not some.whole
    assert len(search.search("  ").places) == len(entries)


def test_every_synonym_finds_what_it_leads_to_by_each_of_its_words(
    search: WordSearch, entries: list[SearchEntry]
) -> None:
    keys = {entry.key for entry in entries}
    for synonym in load_synonyms().all:
        leads = {lead for lead in synonym.leads if lead in keys}
        for word in synonym.words if leads else ():
            keys_in_order = [entries[place].key for place in search.search(word).places]
            assert (leads <= set(keys_in_order) and keys_in_order[0] in leads) or not set(keys_in_order[:1]) - keys, (
                word
            )


def test_a_lead_to_nothing_and_a_meaning_without_text_are_faults(knowledge: Knowledge) -> None:
    commands = {command.id for command in COMMANDS}
    synonyms = load_synonyms()
    assert synonym_faults(synonyms, knowledge, commands, SUFFIXES) == ()
    for wrong in (("entry", "faq-costs"), ("question", "asked_by_finance"), ("command", "fly"), ("paper", ".doc")):
        broken = replace(synonyms.all[0], leads=(wrong,))
        faults = synonym_faults(Synonyms((broken,)), knowledge, commands, SUFFIXES)
        assert len(faults) == 1 and wrong[1] in faults[0] and broken.id in faults[0]
    assert synonym_faults(Synonyms((replace(synonyms.all[0], means="quux"),)), knowledge, commands, SUFFIXES)
