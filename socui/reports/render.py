"""The report on a profile and the sheet for CPA firms, in one of four formats; only the one asked for is imported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from socui.deciding.decide import Decider
from socui.profiles.profile import Profile
from socui.reports.blocks import Document

FORMATS = ("text", "md", "html", "json")
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}
NAMED = (".html", ".md", ".txt", ".json")
"""The suffixes that a message names."""


Writer = Callable[[str], str]
"""Gives a report in one of FORMATS. Everything is decided already, so that it may be called in a thread."""


def report(decider: Decider, profile: Profile, today: date, format: str = "text") -> str:
    """The report on a profile as of that day, in one of FORMATS. Reads no clock and no file."""
    return reporter(decider, profile, today)(format)


def request(decider: Decider, profile: Profile, today: date, format: str = "text") -> str:
    """The sheet for CPA firms that are asked for a quote, in one of FORMATS. Reads no clock and no file."""
    return requester(decider, profile, today)(format)


def reporter(decider: Decider, profile: Profile, today: date) -> Writer:
    """Decide on a profile; gives what writes the report on it."""
    from socui.planning.plan import planned

    knowledge = decider.knowledge
    advice = decider.advise(profile, today)
    tips, why_not = decider.tips(profile, today), decider.why_not(profile, today)
    bars = planned(decider, profile, today)

    def write(format: str) -> str:
        if format == "json":
            from socui.reports.advice_json import render_json

            return render_json(knowledge, profile, advice, today, tips, bars, why_not)
        from socui.reports.advice_document import document

        return _rendered(document(knowledge, profile, advice, today, tips, bars, why_not), format)

    return write


def requester(decider: Decider, profile: Profile, today: date) -> Writer:
    """Decide on a profile; gives what writes the sheet for CPA firms on it."""
    from socui.reports.quote_request import sheet

    made = sheet(decider, profile, today)

    def write(format: str) -> str:
        if format == "json":
            from socui.reports.quote_json import render_request_json

            return render_request_json(made)
        from socui.reports.quote_document import request_document

        return _rendered(request_document(made), format)

    return write


def _rendered(document: Document, format: str) -> str:
    if format == "html":
        from socui.reports.html import render_html as render
    elif format == "md":
        from socui.reports.markdown import render_markdown as render
    else:
        from socui.reports.text import render_text as render
    return render(document)
