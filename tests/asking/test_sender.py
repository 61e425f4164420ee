"""Who wrote a pasted mail, by its head."""

from __future__ import annotations

import pytest

from socui.asking.reading.accept import accepted
from socui.asking.reading.reading import read_request
from socui.profiles.records import Request

ASK = "Our auditors need your SOC 1 Type 2 report by 31 March 2027.\n"
HEAD = "To: billing@cascade.example\nSubject: audit\n\n"


def wrote(text: str) -> str:
    """Who asks, as the request has it that everything suggested is taken into; where that stands in the text."""
    suggestions = read_request(text).suggestions
    for suggestion in suggestions:
        assert suggestion.quote == text[suggestion.start : suggestion.end] and suggestion.quote in text
    return accepted(Request(id="r1"), suggestions).asked_by


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("From: Dana Whitfield <dana@lake.example>", "Dana Whitfield"),
        ('From: "Whitfield, Dana" <dana@lake.example>', "Whitfield, Dana"),
        ("*From:* Dana Whitfield [mailto:dana@lake.example]", "Dana Whitfield"),
        ("> From: Lake Hospital Accounts Payable", "Lake Hospital Accounts Payable"),
        ("From: <ap2@lake.example>", "ap2@lake.example"),
        ("Von: Jürgen Groß <j@see.example>", "Jürgen Groß"),
    ],
)
def test_a_mail_names_who_asks(line: str, name: str) -> None:
    assert wrote(f"{line}\n{HEAD}{ASK}") == name


def test_of_several_mails_it_is_the_one_that_asks() -> None:
    theirs = f"From: Dana Whitfield <dana@lake.example>\n{HEAD}{ASK}"
    ours = "From: Tom Ives <tom@cascade.example>\nTo: us@cascade.example\nSubject: Fw: audit\n\nsee below\n\n"
    assert wrote(ours + theirs) == "Dana Whitfield"
    assert wrote(theirs + ours) == "Dana Whitfield"
    assert wrote(ASK + ours) == ""


@pytest.mark.parametrize(
    "text",
    [
        ASK,
        f"From: 1 January 2026\nTo: 31 December 2026\n\n{ASK}",
        f"From: the start of the term\nTo: its end\n{ASK}",
        f"From: 2026-01-01\nDate: 2026-12-31\n{ASK}",
        f"From:\n{HEAD}{ASK}",
        "From: Dana Whitfield <dana@lake.example>\nSubject: lunch\n\nShall we have lunch?\n",
        "From: Dana Whitfield <dana@lake.example>\nSubject: ours\n\nWe ask our vendor for their SOC 2 report by Friday.\n",
    ],
)
def test_where_no_head_of_a_mail_that_asks_stands_nobody_is_named(text: str) -> None:
    assert wrote(text) == ""


def test_a_name_is_text_and_nothing_else() -> None:
    name = wrote(f"From: Dana\x1b[2J [bold]Whitfield <dana@lake.example>\n{HEAD}{ASK}")
    assert name.isprintable() and "\x1b" not in name
    long = "From: " + "a" * 100_000 + f"@lake.example\n{HEAD}{ASK}"
    assert wrote(long) == ""
