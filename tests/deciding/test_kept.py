"""What is remembered of answers while many rows are read has a bound, whatever the rows say."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from base import KNOWLEDGE

from socui.deciding import answers, decide, profile_reader
from socui.deciding.compiled import Compiled
from socui.deciding.decide import Decider
from socui.deciding.random_profile import random_profile

MOST = 100
ROWS = 150
COMPILED = Compiled(KNOWLEDGE)


def ever_new(rows: int) -> Iterator[dict[str, str]]:
    """Rows with sets of options, and with texts, that were not there before."""
    several = [q for q in KNOWLEDGE.questions.values() if q.several]
    single = [q for q in KNOWLEDGE.questions.values() if not q.several]
    for number in range(1, rows + 1):
        row = {q.id: " " * number + q.options[0].id for q in single}
        for q in several:
            free = [o.id for o in q.options if not o.alone]
            row[q.id] = ";".join(o for i, o in enumerate(free) if number >> i & 1) or free[0]
        yield row


def kept(decider: Decider) -> dict[str, int]:
    """How many entries each table of a decider and of its parts has; the functions have a bound of their own."""
    parts = {"": decider, "rows.": decider.rows, "reader.": decider.reader, "notes.": decider.notes}
    tables = {f"{part}{name}": value for part, of in parts.items() for name, value in vars(of).items()}
    return {name: len(value) for name, value in tables.items() if isinstance(value, dict | list | set)}


def read(rows: int, at: Decider, country: str) -> None:
    """Decide rows that are ever new, in the words of a country."""
    for row in ever_new(rows):
        profile, problems = at.rows.profile(row)
        assert not problems
        at.local(country).decided(profile)


def test_what_is_remembered_of_answers_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (answers, decide, profile_reader):
        monkeypatch.setattr(module, "MOST_KEPT", MOST)
    at = Decider(KNOWLEDGE, COMPILED)
    read(5, at, "")
    assert max(kept(at).values()) > MOST // 2  # something is remembered
    for country in ("", "GB"):
        local = at.local(country)
        before = kept(local)
        read(ROWS, at, country)
        grown = {name: many for name, many in kept(local).items() if many > max(before[name], MOST)}
        assert not grown


def test_words_of_other_countries_remember_the_same() -> None:
    """An answer fixes the same variables in whatever words it is put."""
    at = Decider(KNOWLEDGE, COMPILED)
    read(3, at, "")
    before = kept(at.local("GB"))
    read(3, at, "GB")
    after = kept(at.local("GB"))
    assert before["_assigned"] == after["_assigned"] > 0


def test_a_long_cell_is_not_kept() -> None:
    """A table says a word in a million blanks: it is read, and forgotten."""
    at = Decider(KNOWLEDGE, COMPILED)
    for text, more in ((" " * 1_000_000 + "obtain", 0), (" obtain", 1)):
        before = kept(at)["rows._replies"]
        profile, problems = at.rows.profile({"role": text})
        assert profile.answers == {"role": "obtain"} and not problems
        assert kept(at)["rows._replies"] == before + more


def test_what_the_functions_listed_is_forgotten_with_them() -> None:
    compiled = Compiled(KNOWLEDGE)
    at, random = Decider(KNOWLEDGE, compiled), Random(4)
    size = len(compiled.diagrams.var)
    for _ in range(20):
        at.advise(random_profile(KNOWLEDGE, random, 0.4))
    compiled.diagrams.forget(size)
    assert not [name for name, value in vars(compiled.diagrams).items() if name == "_listed" and value]
