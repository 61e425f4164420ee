"""The sheet for CPA firms as strict JSON in the schema `socui.reports.quote_request/1` (socui.reports.json_schema)."""

from __future__ import annotations

from socui.reports.advice_json import JSON, bar_data, cited_data, dumped
from socui.reports.json_schema import REQUEST
from socui.reports.quote_request import Given, Row, Sheet, Wanted
from socui.text import visible


def render_request_json(sheet: Sheet) -> str:
    """The sheet as JSON text."""
    return dumped(request_data(sheet))


def request_data(sheet: Sheet) -> JSON:
    """The sheet as plain values. Every text names its facts, every fact its sources."""
    profile, advice = sheet.profile, sheet.advice
    data: JSON = {
        "schema": REQUEST,
        "date": sheet.today.isoformat(),
        "knowledge": {"version": sheet.knowledge.version, "digest": sheet.knowledge.digest},
        "profile": {"name": visible(profile.name), "organization": visible(profile.organization)},
        "service": visible(profile.service),
        "headline": {"result": advice.result, "leaning": advice.leaning, "possible": list(advice.possible)},
        "clarify": [
            {"because": r.rule.because, "ask_back": r.rule.ask_back, "facts": list(r.rule.facts)}
            for r in advice.clarify
        ],
        "reports": [_wanted(w) for w in sheet.reports],
        "categories": [
            {"id": c.id, "title": c.title, "criteria": c.criteria, "verdict": f.leaning, "settled": f.settled}
            for c, f in sheet.categories
        ],
        "lines": {part: [_row(row) for row in rows] for part, rows in sheet.parts.items()},
        "plan": [bar_data(bar) for bar in sheet.bars],
        "open": [{"question": s.question.id, "state": s.state, "whom": s.question.whom} for s in sheet.open],
    }
    return cited_data(sheet.knowledge, data)


def _wanted(wanted: Wanted) -> JSON:
    report, type, period = wanted.report, wanted.type, wanted.period
    return {
        "id": report.result.id,
        "wanted": wanted.wanted,
        "verdict": report.leaning,
        "settled": report.settled,
        "asked_for_by": wanted.by_whom,
        "type": type.leaning if type and wanted.wanted else None,
        "period": bar_data(period) if period and wanted.wanted else None,
    }


def _row(row: Row) -> JSON:
    request = row.request
    return {
        "id": request.id,
        "title": request.title,
        "says": request.says,
        "answers": [_given(g) for g in row.given],
        "facts": list(request.facts),
    }


def _given(given: Given) -> JSON:
    return {
        "question": given.question.id,
        "options": list(given.options),
        "date": given.day.isoformat() if given.day else None,
        "to_be_agreed": given.open,
        "needed": not given.needless,
    }
