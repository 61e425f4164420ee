"""What `socui check` says of a text that names a day to come, once the day has passed."""

from __future__ import annotations

from datetime import date

from base import KNOWLEDGE
from msgspec.structs import replace

from socui.knowledge.dated import overtaken

LATER = date(2028, 4, 2)


def test_a_day_to_come_is_told_once_it_has_passed_and_not_before() -> None:
    assert list(overtaken(KNOWLEDGE, date(2026, 11, 30))) == []
    assert list(overtaken(KNOWLEDGE, date(2028, 4, 1))) == []
    (line,) = overtaken(KNOWLEDGE, LATER)
    assert line.startswith("[F-LAW-11]") and "1 April 2028" in line


def test_a_day_that_was_past_already_when_it_was_written_is_history() -> None:
    fact = KNOWLEDGE.facts["F-LAW-11"]
    past = replace(fact, says="It has applied since 17 January 2025, and since 10 November 2026 in full.")
    assert list(overtaken(replace(KNOWLEDGE, facts={fact.id: past}), LATER)) == []
    assert list(overtaken(replace(KNOWLEDGE, version="ours"), LATER)) == []
    odd = replace(fact, says="It ends on 31 February 2027.")
    assert list(overtaken(replace(KNOWLEDGE, facts={fact.id: odd}), LATER)) == []


def test_notes_are_read_as_well() -> None:
    note = next(n for n in KNOWLEDGE.notes if n.id == "near-dora")
    later = replace(note, says="The rules apply from 1 June 2027.")
    warnings = list(overtaken(replace(KNOWLEDGE, facts={}, notes=(later,)), LATER))
    assert warnings == ["[near-dora] speaks of 1 June 2027 as a day to come. It has passed: read the source again."]
