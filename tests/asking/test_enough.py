"""A pasted text that takes answers to a questionnaire in place of any report, and texts that only sound like it."""

from __future__ import annotations

from datetime import date

import pytest

from socui.asking.reading.accept import accepted
from socui.asking.reading.reading import read_request
from socui.asking.request_readings import ANSWERS_ENOUGH, request_readings
from socui.profiles.records import Request


def asked(words: str) -> set[object]:
    """What a text asks for."""
    return {s.value for s in read_request(words, date(2027, 1, 4)).suggestions if s.field == "asks"}


@pytest.mark.parametrize(
    "words",
    [
        "We would accept your completed questionnaire in lieu of a SOC 2 report.",
        "Our questionnaire, filled in, is enough for us.",
        "No SOC report needed if you complete the SIG.",
        "In place of a SOC 2 we accept the CAIQ.",
        "If you return the questionnaire, we won't need a SOC 2.",
        "Hello,\nthe completed SIG will do for us, thanks.\nSecurity team",
    ],
)
def test_answers_are_enough_and_the_report_that_they_replace_is_neither_asked_for_nor_refused(words: str) -> None:
    told = [(s.field, s.value) for s in read_request(words).suggestions]
    assert ("asks", ANSWERS_ENOUGH) in told
    assert not {field for field, value in told if value != ANSWERS_ENOUGH} & {"asks", "refused", "either"}


@pytest.mark.parametrize(
    "words",
    [
        "A completed questionnaire will not be accepted instead of a SOC 2.",
        "Please also complete our questionnaire.",
        "Please complete our questionnaire and send your SOC 2.",
        "We used to accept questionnaires in lieu of a SOC 2. Now we need the report.",
        "Will a completed questionnaire be enough instead of the SOC 2?",
        "Would you accept our completed questionnaire in lieu of a SOC 2?",
        "Under no circumstances is a questionnaire accepted in place of a SOC 2.",
        "The questionnaire is sufficient for the pilot, but production access requires a SOC 2.",
        "A questionnaire is acceptable in lieu of a SOC 2 until December 2026.",
        "Our board no longer considers a questionnaire sufficient. Please send the SOC 2.",
        "I doubt that the questionnaire will be enough. Please send the SOC 2.",
        "We accept a SOC 3 in lieu of a SOC 2. Please send it.",
        "We accept a SOC 2 instead of the questionnaire. Please send it.",
        "If you have no SOC 2, our completed questionnaire is sufficient.",
    ],
)
def test_what_only_sounds_like_it_is_none(words: str) -> None:
    assert ANSWERS_ENOUGH not in asked(words)


def test_what_else_is_asked_for_stays() -> None:
    words = "Please send your ISO 27001 certificate. Our completed questionnaire is accepted in lieu of a SOC 2 report."
    assert asked(words) == {"iso27001", ANSWERS_ENOUGH}


def test_a_request_that_was_read_so_speaks_for_no_report() -> None:
    words = "Security team here. We'd accept your completed questionnaire in lieu of a SOC 2 report."
    readings = request_readings(accepted(Request("r1"), read_request(words).suggestions))
    assert readings and not any(reading.counts for reading in readings)
