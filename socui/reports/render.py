"""Renders reports and the sheet for CPA firms in one of the formats. Only the module of that format is imported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol

from socui.deciding.decide import Decider
from socui.errors import StoreError
from socui.profiles.profile import Profile
from socui.reports.blocks import Document

if TYPE_CHECKING:
    from socui.reports.letters import Letter

FORMATS = ("text", "md", "html", "json")
"""The formats that are text."""
DOCX = "docx"
ICS = "ics"
"""The format of the plan alone, as a calendar."""
LETTERS = ("text", "md", "html", DOCX)
"""The formats of a letter."""
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".docx": DOCX,
    ".ics": ICS,
}
NAMED = (".html", ".docx", ".md", ".txt", ".json", ".ics")
"""The suffixes of files that error messages list."""


COLUMNS = 80
"""Columns of plain text that is printed, copied or saved."""


class ReportWriter(Protocol):
    """Gives a report in one of FORMATS, DOCX or ICS. Everything is decided already, so that it may be called in a thread."""

    def __call__(self, format: str, columns: int = COLUMNS) -> bytes:
        """Return the report; `columns` are those of plain text."""
        ...


def report(decider: Decider, profile: Profile, today: date, format: str = "text", full: bool = True) -> str:
    """Return the report on a profile as of that day, in one of FORMATS: everything, or without `full` the memo.
    Reads no clock and no file."""
    return reporter(decider, profile, today, full)(format).decode()


def request(decider: Decider, profile: Profile, today: date, format: str = "text") -> str:
    """Return the sheet for CPA firms that are asked for a quote, in one of FORMATS. Reads no clock and no file."""
    return quote_writer(decider, profile, today)(format).decode()


def reporter(decider: Decider, profile: Profile, today: date, full: bool = True) -> ReportWriter:
    """Decide on a profile; gives what writes the report on it."""
    from socui.reports.findings import findings

    made = findings(decider, profile, today)

    def write(format: str, columns: int = COLUMNS) -> bytes:
        if format == "json":
            from socui.reports.advice_json import render_json

            return render_json(made).encode()
        if format == ICS:
            from socui.reports.calendar_file import render_calendar

            return render_calendar(profile, made.plan, made.advice)
        if full:
            from socui.reports.advice_document import document

            return rendered(document(made), format, columns)
        from socui.reports.memo import memo

        return rendered(memo(made), format, columns)

    return write


def quote_writer(decider: Decider, profile: Profile, today: date) -> ReportWriter:
    """Decide on a profile; gives what writes the sheet for CPA firms on it."""
    from socui.reports.quote_request import sheet

    made = sheet(decider, profile, today)

    def write(format: str, columns: int = COLUMNS) -> bytes:
        if format == "json":
            from socui.reports.quote_json import render_request_json

            return render_request_json(made).encode()
        from socui.reports.quote_document import request_document

        return rendered(request_document(made), format, columns)

    return write


def replier(decider: Decider, profile: Profile, today: date, request: str) -> ReportWriter:
    """Decide on a profile; gives what writes the reply to the request of that id. Raises Usage."""
    from socui.reports.findings import findings
    from socui.reports.letter_writer import letter_for

    made = findings(decider, profile, today, full=False)
    letter = letter_for(made, request)

    def write(format: str, columns: int = COLUMNS) -> bytes:  # noqa: ARG001  # its paragraphs are lines of any length
        if format not in LETTERS:
            raise StoreError(f"not saved: a letter is no {format}: use .docx, .txt, .md or .html")
        return as_file(letter, made.knowledge.texts, format)

    return write


def as_file(letter: Letter, texts: Mapping[str, str], format: str) -> bytes:
    """Return a letter in one of LETTERS."""
    from socui.reports.letters import letter_document, letter_text

    if format == "text":
        return letter_text(letter, texts).encode("utf-8", "replace")
    return rendered(letter_document(letter, texts), format)


def rendered(document: Document, format: str, columns: int = COLUMNS) -> bytes:
    """Return a document in one of LETTERS; `columns` are those of plain text."""
    if format == DOCX:
        from socui.reports.docx_file import render_docx

        return render_docx(document)
    if format == "html":
        from socui.reports.html import render_html

        text = render_html(document)
    elif format == "md":
        from socui.reports.markdown import render_markdown

        text = render_markdown(document)
    else:
        from socui.reports.text import render_text

        text = render_text(document, columns)
    return text.encode("utf-8", "replace")
