"""Records in a line: what is called how, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from socui.day_words import day_words
from socui.profiles.profile import Profile
from socui.profiles.record_labels import EVIDENCE, FORMS, SHORT_ASKS, value_words
from socui.profiles.records import Event, Evidence, ReportHeld, Request
from socui.text import visible

HELD_TITLE = "Report you hold"
_READERS = {
    "security": "Security or procurement",
    "user_auditor": "A client's auditor",
    "finance": "A client's finance team",
    "client": "A client",
    "prospect": "A prospect",
    "partner_bank": "A partner bank",
    "regulator": "A regulator",
    "service_auditor": "Another provider's auditor",
    "investor": "An investor",
}
_FORCES = {"contract": "by contract", "law": "by law", "deal": "a sale waits", "wish": "a wish"}


def _labels(kind: type, name: str) -> dict[str, str]:
    """Return what the values of a field are called."""
    return dict(next(field.options for field in FORMS[kind] if field.name == name))


_ASKS, _BANDS, _REPORTS = _labels(Request, "asks"), _labels(Request, "needed"), _labels(ReportHeld, "report")


def request_title(request: Request) -> str:
    """Return who asked, in the user's words, else what kind of reader it is."""
    return visible(request.asked_by) or _READERS.get(request.reader, "Somebody")


def asks_words(asks: tuple[str, ...], either: bool) -> str:
    """Return what was asked for in a few words: "ISO 27001, a penetration test"; with `either` any one of them will do."""
    return (" or " if either else ", ").join(SHORT_ASKS.get(a) or _ASKS.get(a, visible(a)) for a in asks)


def request_words(request: Request) -> str:
    """Return what was asked for in a line: report, Type, force, date; nothing where none of it is known."""
    asks = asks_words(request.asks, bool(request.either))
    kind = {"type2": "Type 2", "type1_ok": "Type 1 will do"}.get(request.type, "")
    day = f"by {day_words(request.needed_by)}" if request.needed_by else _BANDS.get(request.needed, "").lower()
    day = "" if request.needed == "no_date" and not request.needed_by else day
    return ", ".join(part for part in (asks, kind, _FORCES.get(request.force, ""), day) if part)


def held_words(report: ReportHeld) -> str:
    """Return a report that is held, in a line: its kind, Type and date."""
    kind = _REPORTS.get(report.report, visible(report.report) or "A report")
    day = report.ends or report.as_of
    parts = (kind, {"type1": "Type 1", "type2": "Type 2"}.get(report.type, ""), f"to {day_words(day)}" if day else "")
    return " ".join(part for part in parts if part)


def event_title(event: Event) -> str:
    """Return what kind of change an event is."""
    return {"system_change": "System change", "acquisition": "Acquisition"}.get(event.kind, "Change")


def event_words(event: Event) -> str:
    """Return an event in a line: its day and what it is about; what is missing of it is said as open."""
    lacks = [FORMS[Event][0].short.lower()] * (not event.kind) + ["the day"] * (event.date is None)
    open_ = f"open: {', '.join(lacks)}" if lacks else ""
    parts = (day_words(event.date) if event.date else "", visible(event.about), open_)
    return ", ".join(part for part in parts if part)


def evidence_words(evidence: Evidence) -> tuple[str, str]:
    """Return the title of the evidence and its day in words; the latter is empty where it is not known."""
    return EVIDENCE[0].short, value_words(EVIDENCE[0], evidence)


def records_in_words(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what is held, since when there is evidence and what changes, each as a title and what is known of it."""
    yield from ((HELD_TITLE, held_words(report)) for report in profile.reports_held)
    yield from evidence_and_changes(profile)


def evidence_and_changes(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield since when there is evidence and what changes, each as a title and what is known of it."""
    if profile.evidence.since:
        yield evidence_words(profile.evidence)
    yield from ((event_title(event), event_words(event)) for event in profile.events)
