"""Days, corrections and lists in pasted requests, each a kind of wording."""

from __future__ import annotations

from datetime import date

from socui.asking.reading.reading import read_request


def test_a_day_without_its_month_is_the_next_one_after_the_text_came() -> None:
    words = "Can you send us your SOC 2 report? They want it by the 30th"
    assert {s.value for s in read_request(words, date(2027, 1, 31)).suggestions if s.field == "needed_by"} == {
        date(2027, 3, 30)
    }
    assert not [s for s in read_request(words).suggestions if s.field == "needed_by"]


def test_a_newer_mail_takes_back_the_report_that_an_older_one_asks_for() -> None:
    words = (
        "It's the SOC 2 we need and not the SOC 1.\n\nOn Mon, 1 Mar 2027 Ilse wrote:\n> please send us the SOC 1 report"
    )
    reading = read_request(words)
    assert {s.value for s in reading.suggestions if s.field == "asks"} == {"soc2"}
    assert {s.value for s in reading.suggestions if s.field == "refused"} == {"soc1"}


def test_a_questionnaire_in_the_list_of_reports_is_asked_for() -> None:
    words = "Please upload:\n- SOC 2 Type 2\n- HECVAT Full, completed\n- data flow diagram"
    assert {s.value for s in read_request(words).suggestions if s.field == "asks"} == {"soc2", "questionnaire"}
