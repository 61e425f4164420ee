"""The plan drawn as SVG: a row a report and a row a request, the days that bind, and in words what a picture cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from socui.day_words import day_words
from socui.planning import picture as shapes
from socui.planning.picture import Part, Picture, PictureRow, Point, change_legend, picture
from socui.reports.blocks import Chart

_WIDTH, TOP, ROW = 760.0, 58, 34
_MARGIN = 8.0
"""What a sign at the first or the last day reaches beyond it."""
_LONGEST = 64
"""Characters of a name that fit from where a row begins."""
_CHANGE = "change"
_ABOUT = "Each row is a planned report or a request. The table and the list below say the same."
CLASSES = {
    shapes.PERIOD: "",
    shapes.LATER: " later",
    shapes.WORK: " work",
    shapes.TESTED: " tested",
    shapes.BRIDGED: " bridged",
    shapes.UNTESTED: " untested",
}


def drawing(chart: Chart) -> str:
    """Return the SVG element; nothing where nothing is planned. What stands in it depends on the plan alone."""
    shown = picture(chart.plan)
    if not chart.plan.reports:
        return ""
    bottom = TOP + ROW * len(shown.rows)
    parts = sorted((*_axis(shown, bottom), *_days(shown, bottom)), key=_is_text)  # no line is drawn over a word
    for index, row in enumerate(shown.rows):
        parts += _row(shown, row, TOP + ROW * index)
    legend, height = _legend(shown, bottom)
    return (
        f'<div class="wide" role="region" aria-label="{escape(chart.title)}" tabindex="0">'
        f'<svg viewBox="{-_MARGIN:.0f} 0 {_WIDTH + 2 * _MARGIN:.0f} {height}" role="img" aria-labelledby="plan-title plan-about">'
        f'<title id="plan-title">{escape(chart.title)}</title><desc id="plan-about">{_ABOUT}</desc>'
        f"{''.join([*parts, *legend])}</svg></div>"
    )


def _x(shown: Picture, day: date) -> float:
    return shown.at(day) * _WIDTH


def _line(kind: str, x: float, y: float, bottom: float) -> str:
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{y:.0f}" y2="{bottom:.0f}"/>'


def _text(kind: str, x: float, y: float, text: str, end: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.0f}"{anchor}>{escape(text)}</text>'


def _axis(shown: Picture, bottom: float) -> Iterator[str]:
    """Yield the first days of months, as many as there is room for."""
    months = max((shown.ends - shown.begins).days / 30.4375, 1.0)
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 10**9) if months / n <= 10)
    month = shown.begins.year * 12 + shown.begins.month
    while month // 12 < date.max.year:
        day = date(month // 12, month % 12 + 1, 1)
        x = _x(shown, day)
        label = f"{day:%b %Y}"
        if x + _wide(label) > _WIDTH:
            return
        yield _line("grid", x, TOP - 8, bottom)
        yield _text("tick", x + 3, TOP - 12, label)
        month += every


def _days(shown: Picture, bottom: float) -> Iterator[str]:
    """Today, and clients' year ends: each beside its line, on its right side where there is room. Big changes: a line each,
    which the legend names."""
    x = _x(shown, shown.today)
    yield _line("today", x, 12, bottom)
    yield _beside(x, 20, f"today, {day_words(shown.today)}")
    for change in shown.changes:
        yield _line("change", _x(shown, change.day), TOP - 8, bottom)
    words, free = "clients' year end, ", 0.0
    for day in shown.year_ends:
        if shown.begins <= day <= shown.ends:
            x = _x(shown, day)
            yield _line("year", x, 24, bottom)
            label = f"{words}{day_words(day)}"
            if x >= free:
                yield _beside(x, 33, label)
                words, free = "", x + _wide(label)


def _is_text(element: str) -> bool:
    return element.startswith("<text")


def _wide(label: str) -> float:
    """About how wide a small label is, with the space around it."""
    return 6.0 * len(label) + 8


def _beside(x: float, y: float, label: str) -> str:
    """Return a small label beside a line."""
    left = x + _wide(label) > _WIDTH
    return _text("tick", x - 3 if left else x + 3, y, label, left)


def _row(shown: Picture, row: PictureRow, y: float) -> Iterator[str]:
    first = min([_x(shown, p.span.begins) for p in row.parts] + [_x(shown, p.day) for p in row.points])
    right = first > _WIDTH * 0.6
    yield _text("name", _WIDTH if right else first, y + 14, _short(row.title), right)
    lane = f"l-{row.lane or 'both'}"
    for part in row.parts:
        yield from _part(shown, part, lane, y)
    for point in row.points:
        yield _point(shown, point, lane, y)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 4].rstrip() + " ..."


def _part(shown: Picture, part: Part, lane: str, y: float) -> Iterator[str]:
    x, end = _x(shown, part.span.begins), _x(shown, part.span.ends)
    if part.kind == shapes.RANGE:
        yield f'<path class="range {lane}" d="M{x:.1f} {y + 20:.0f}v8m0 -4H{end:.1f}m0 -4v8"/>'
        return
    width = max(end - x, 2)
    yield f'<rect class="{lane}{CLASSES[part.kind]}" x="{x:.1f}" y="{y + 19:.0f}" width="{width:.1f}" height="10" rx="2"/>'


def _point(shown: Picture, point: Point, lane: str, y: float) -> str:
    x = _x(shown, point.day)
    if point.kind == shapes.NEEDED:
        return _line("need", x, y + 14, y + 33)
    if point.kind == shapes.AS_OF:
        return f'<path class="{lane}" d="M{x:.1f} {y + 18:.0f}l6 6l-6 6l-6 -6z"/>'
    return f'<circle class="{lane}" cx="{x:.1f}" cy="{y + 24:.0f}" r="4.5"/>'


def _legend(shown: Picture, bottom: float) -> tuple[list[str], int]:
    """Return what the signs mean, in as many lines as it takes; and how high all is then."""
    lanes = {row.lane for row in shown.rows if row.lane}
    tone = f"l-{lanes.pop()}" if len(lanes) == 1 else "l-both"
    parts, x, y = [], 0.0, bottom + 16
    for kind, words in (*shown.legend(), *((_CHANGE, _short(change_legend(change))) for change in shown.changes)):
        wide = 40 + 6.3 * len(words)
        if x + wide > _WIDTH:
            x, y = 0.0, y + 20
        parts += [_sign(kind, tone, x, y), _text("tick", x + 32, y + 9, words)]
        x += wide + 12
    return parts, int(y + 24)


def _sign(kind: str, tone: str, x: float, y: float) -> str:
    if kind == shapes.RANGE:
        return f'<path class="range {tone}" d="M{x:.0f} {y + 1:.0f}v8m0 -4h26m0 -4v8"/>'
    if kind == shapes.NEEDED:
        return _line("need", x + 13, y - 3, y + 13)
    if kind == _CHANGE:
        return _line("change", x + 13, y - 3, y + 13)
    if kind == shapes.AS_OF:
        return f'<path class="{tone}" d="M{x + 13:.0f} {y - 1:.0f}l6 6l-6 6l-6 -6z"/>'
    if kind == shapes.IN_HAND:
        return f'<circle class="{tone}" cx="{x + 13:.0f}" cy="{y + 5:.0f}" r="4.5"/>'
    return f'<rect class="{tone}{CLASSES[kind]}" x="{x:.0f}" y="{y:.0f}" width="26" height="10" rx="2"/>'
