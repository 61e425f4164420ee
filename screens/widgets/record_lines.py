"""Requests, reports held, changes and evidence as lines: at the top of the questions, and as a form of which one field is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from socui.day_words import day_words
from socui.profiles.profile import Profile
from socui.profiles.record_labels import FORMS, START, WHAT_HAPPENED, RecordField, value_words
from socui.profiles.record_words import (
    HELD_TITLE,
    event_title,
    event_words,
    evidence_words,
    held_words,
    request_title,
    request_words,
)
from socui.profiles.records import Event, Evidence, ReportHeld, Request
from socui.screens.widgets.lines import BLANK, Line, Span, Tag, clip, fill, flow, spread
from socui.screens.widgets.questionnaire import choice_lines
from socui.settings.commands import key_of

Editable = Request | ReportHeld | Event | Evidence
SHOWN = 1000
"""Characters of a text that the form shows; the dialog has all of it."""


def start_lines(width: int) -> list[Line]:
    """Return the first question of a new profile: what happened."""
    lines: list[Line] = list(flow(WHAT_HAPPENED, width, (Span("  ▾ ", "key"),), style="strong", tag=("start",)))
    lines += flow(
        "Choose what comes nearest, or paste the request here. You can add more requests later.",
        width,
        (Span("    "),),
        style="dim",
    )
    for number, (id, words) in enumerate(START, 1):
        lines += choice_lines(("start", id), number, "○", (Span(words),), width, False)
    return [*lines, BLANK]


def records_lines(profile: Profile, width: int, deciding: Mapping[str, tuple[str, ...]] = {}) -> list[Line]:
    """Return what was asked for, what is held, since when there is evidence and what changes, each a line that opens its form.
    `deciding`: by request what it leaves out and what can still change the result."""
    lines = [spread(Span(" Requests", "head"), Span(f"{len(profile.requests) or ''}", "dim"), width - 1)]
    for request in profile.requests:
        open_fields = ", ".join(f.short.lower() for f in FORMS[Request] if f.name in deciding.get(request.id, ()))
        words = ", ".join(part for part in (request_words(request), open_fields and f"open: {open_fields}") if part)
        glyph = "◆" if open_fields else "✓"
        lines += _record(request_title(request), words, ("request", request.id), width, glyph)
    add = "Somebody else asked" if profile.requests else "Somebody asked"
    lines.append(_add(f"{add}: add a request", key_of("add_request", "a"), ("request", ""), width))
    for at, report in enumerate(profile.reports_held):
        lines += _record(HELD_TITLE, held_words(report), ("held", str(at)), width)
    issues = profile.answers.get("role") != "obtain"  # what is one's own bears on no vendor's report
    if issues:
        lines.append(_add("A report that you hold", "", ("held", ""), width))
    title, since = evidence_words(profile.evidence)
    if since:
        lines += _record(title, since, ("evidence",), width)
    elif issues:
        lines.append(_add("The day since which controls run", "", ("evidence",), width))
    for at, event in enumerate(profile.events):
        glyph = "✓" if event.kind and event.date else "◆"
        lines += _record(event_title(event), event_words(event), ("event", str(at)), width, glyph)
    if issues:
        lines.append(_add("A big change or an acquisition", "", ("event", ""), width))
    return [*lines, BLANK]


def _record(title: str, words: str, tag: Tag, width: int, glyph: str = "✓") -> Iterator[Line]:
    """Yield a record in one line, or in two where it does not fit into one."""
    lead = (Span(f"  {glyph} ", "good" if glyph == "✓" else "key"),)
    if cell_len(title) + cell_len(words) + 2 <= width - 5:
        yield Line((*lead, Span(title, "strong"), Span(f"  {words}")), tag, stop=True)
        return
    yield from flow(title, width, lead, style="strong", tag=tag, stop=True)
    yield from flow(words, width, (Span("    "),), tag=tag)


def _add(words: str, key: str, tag: Tag, width: int) -> Line:
    hint = f"  {key}" if key else ""
    return Line((Span("  + ", "key"), Span(clip(words, width - 8), "dim"), Span(hint, "key")), tag, stop=True)


def field_tags(field: RecordField) -> list[Tag]:
    """Return what can be chosen in a field, in the order of the numbers."""
    tags: list[Tag] = [("value", field.name, value) for value, _ in field.options]
    if field.day or not field.options:
        tags.append(("edit", field.name))
    return tags


def form_lines(form: Sequence[RecordField], record: Editable, current: str, width: int) -> Iterator[Line]:
    """Yield the fields of a record: one open in place, the others in a line each."""
    for field in form:
        yield from _open(field, record, width) if field.name == current else _closed(field, record, width)


def _closed(field: RecordField, record: Editable, width: int) -> Sequence[Line]:
    words = value_words(field, record)
    glyph = Span("  ✓ ", "good") if words else Span("  ◇ ", "dim")
    if "\n" in words or cell_len(words) > 2 * (width - 24):  # a text: its beginning
        words = clip(words.replace("\n", " "), width - 24)
    lead = (glyph, Span(fill(field.short, 18)))
    return flow(words, width, lead, style="strong", tag=("field", field.name), stop=True)


def _open(field: RecordField, record: Editable, width: int) -> Iterator[Line]:
    tag: Tag = ("ask", field.name)
    kind = " (choose all that apply)" if field.several else " (choose one)" if field.options else ""
    yield from flow((Span(field.ask, "strong"), Span(kind, "dim")), width, (Span("  ▾ ", "key"),), tag=tag)
    if field.help and field.options:
        yield from flow(field.help, width, (Span("    "),), style="dim", tag=tag)
    value = getattr(record, field.name)
    chosen = value if isinstance(value, tuple) else ({True: "yes", False: "no"}.get(value, value),)
    if field.day and getattr(record, field.day) is not None:
        chosen = ()
    number = 0
    for number, (id, words) in enumerate(field.options, 1):
        on = id in chosen
        glyph = ("■" if on else "□") if field.several else ("◉" if on else "○")
        spans = (Span(words, "strong" if on else ""),)
        yield from choice_lines(("value", field.name, id), number, glyph, spans, width, on)
    if field.day:
        day = getattr(record, field.day)
        words = f"On {day_words(day)}" if day else "On a day that was named …"
        glyph = "◉" if day else "○"
        spans = (Span(words, "strong" if day else ""),)
        yield from choice_lines(("edit", field.name), number + 1, glyph, spans, width, bool(day))
    elif not field.options:
        words = value_words(field, record)[:SHOWN]
        spans = (Span(words, "strong"),) if words else (Span(field.help or "Enter to write it.", "dim"),)
        yield from choice_lines(("edit", field.name), 1, "✎", spans, width, bool(words))
