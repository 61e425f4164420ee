"""The plan drawn as SVG: a bar a step, the dates that bind, and in words what a picture cannot say to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from socui.planning.plan import DAYS, Bar
from socui.reports.blocks import Chart

WIDTH, TOP, ROW = 760.0, 58, 34
LANES = {"soc1": "SOC 1", "soc2": "SOC 2", "both": "both reports"}
LATER = ("next", "bridge")
"""Kinds of steps after the first report: drawn as outlines."""
ABOUT = (
    "Bars: typical time. Thin lines: earliest to latest end. Outlines: after the first report. "
    "Dots: a bridge letter signed. The table below says the same."
)


def drawing(chart: Chart) -> str:
    """The SVG element; nothing where there is no step. What stands in it depends on the chart alone."""
    if not chart.bars:
        return ""
    due = _months(chart, chart.needed_by) if chart.needed_by else 0.0
    ends = (bar.end[1 if bar.step.kind in LATER else 2] for bar in chart.bars)
    reach = max(1.0, due, *ends) * 1.04
    scale = WIDTH / reach
    bottom = TOP + ROW * len(chart.bars)
    parts = [*_axis(chart, reach, scale, bottom), *_marks(chart, due, scale, bottom)]
    for index, bar in enumerate(chart.bars):
        parts += _step(bar, TOP + ROW * index, scale)
    parts += _legend(bottom, any(bar.step.kind in LATER for bar in chart.bars), any(bar.signed for bar in chart.bars))
    return (
        f'<div class="wide" role="region" aria-label="{escape(chart.title)}" tabindex="0">'
        f'<svg viewBox="0 0 {WIDTH:.0f} {bottom + 30}" role="img" aria-labelledby="plan-title plan-about">'
        f'<title id="plan-title">{escape(chart.title)}</title><desc id="plan-about">{ABOUT}</desc>{"".join(parts)}</svg></div>'
    )


def _months(chart: Chart, day: date) -> float:
    return (day - chart.today).days / DAYS


def _line(kind: str, x: float, y: float, bottom: float) -> str:
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{y:.0f}" y2="{bottom:.0f}"/>'


def _text(kind: str, x: float, y: float, text: str, end: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.0f}"{anchor}>{escape(text)}</text>'


def _axis(chart: Chart, reach: float, scale: float, bottom: float) -> Iterator[str]:
    """The first days of months, as many as there is room for."""
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 10**9) if reach / n <= 10)
    month = chart.today.year * 12 + chart.today.month
    while month // 12 < date.max.year:
        day = date(month // 12, month % 12 + 1, 1)
        x = _months(chart, day) * scale
        if x > WIDTH - 45:
            return
        yield _line("grid", x, TOP - 8, bottom)
        yield _text("tick", x + 3, TOP - 12, f"{day:%b %Y}")
        month += every


def _marks(chart: Chart, due: float, scale: float, bottom: float) -> Iterator[str]:
    """The date needed, and clients' year ends."""
    words = "clients' year end "
    for day in chart.year_ends:
        x = _months(chart, day) * scale
        if x <= WIDTH:
            yield _line("year", x, 22, bottom)
            yield _text("tick", x - 3 if x > WIDTH / 2 else x + 3, 32, f"{words}{day}", x > WIDTH / 2)
            words = ""
    if chart.needed_by and due >= 0:
        x = due * scale
        yield _line("need", x, 4, bottom)
        yield _text("needed", x - 4 if x > WIDTH / 2 else x + 4, 13, f"needed by {chart.needed_by}", x > WIDTH / 2)


def _step(bar: Bar, y: float, scale: float) -> Iterator[str]:
    """A bar for the typical time under its name, and a line from the earliest to the latest end."""
    start, typical = bar.start[1] * scale, bar.end[1] * scale
    low, high = min(bar.end[0] * scale, WIDTH), min(bar.end[2] * scale, WIDTH)
    lane = f"l-{bar.step.lane}" + (" later" if bar.step.kind in LATER else "")
    named = LANES[bar.step.lane]
    name = bar.step.title if named in bar.step.title else f"{bar.step.title} ({named})"
    right = start > WIDTH * 0.6
    yield _text("name", max(typical, high) if right else start, y + 14, name, right)
    if high > low:
        yield f'<path class="range l-{bar.step.lane}" d="M{low:.1f} {y + 20:.0f}v8m0 -4H{high:.1f}m0 -4v8"/>'
    solid = max(typical - start, 3)
    if bar.signed:
        x = min(bar.end[1] * scale + (bar.signed[1] - bar.ends[1]).days / DAYS * scale, WIDTH - 4)
        yield f'<circle class="l-{bar.step.lane}" cx="{x:.1f}" cy="{y + 24:.0f}" r="5"/>'
    yield f'<rect class="{lane}" x="{start:.1f}" y="{y + 19:.0f}" width="{solid:.1f}" height="10" rx="2"/>'


def _legend(bottom: float, later: bool, signed: bool) -> Iterator[str]:
    y = bottom + 16
    yield f'<rect class="l-both" x="0" y="{y}" width="26" height="10" rx="2"/>'
    yield _text("tick", 32, y + 9, "typical time")
    yield f'<path class="range l-both" d="M120 {y + 1}v8m0 -4H146m0 -4v8"/>'
    yield _text("tick", 152, y + 9, "earliest to latest end")
    if later:
        yield f'<rect class="l-both later" x="290" y="{y}" width="26" height="10" rx="2"/>'
        yield _text("tick", 322, y + 9, "after the first report")
    if signed:
        yield f'<circle class="l-both" cx="463" cy="{y + 5}" r="5"/>'
        yield _text("tick", 473, y + 9, "bridge letter signed")
