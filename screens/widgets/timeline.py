"""The plan as bars against the months: solid to the typical end, light to the high one, a mark at the date needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from socui.plan import Bar
from socui.screens.widgets.lines import Line, Span, clip, fill, flow

CHANCES = {"in time": "in time", "tight": "tight", "hardly": "hardly in time", "late": "too late"}


def when(day: date) -> str:
    """A month, as plans are told in."""
    return f"{day:%b %Y}"


def plan_lines(bars: Sequence[Bar], width: int) -> Iterator[Line]:
    """A line a step, then when it is done and whether that is in time."""
    if not bars:
        return
    name = min(max(len(b.step.title) for b in bars) + 1, max((width - 4) * 2 // 5, 16))
    dates = 20
    room = max(width - 5 - name - dates, 8)
    span = max(*(b.end[2] for b in bars), 1.0)
    first = bars[0].begins[1]
    needed = next((b.needed_by for b in bars if b.needed_by), None)
    mark = round((needed - first).days / 30.44 / span * room) if needed else -1
    for bar in bars:
        a, b, c = (round(x / span * room) for x in (bar.start[1], bar.end[1], bar.end[2]))
        b = max(b, a + 1)
        cells = [" "] * a + ["█"] * (b - a) + ["░"] * (max(c, b) - b)
        cells = (cells + [" "] * room)[: max(room, b)]
        if 0 <= mark < len(cells) and cells[mark] == " ":
            cells[mark] = "┊"
        style = bar.step.lane if bar.step.lane in ("soc1", "soc2") else "key"
        months = f"{bar.begins[1]:%b %y} – {bar.ends[1]:%b %y}"
        yield Line(
            (
                Span("   "),
                Span(fill(bar.step.title, name)),
                Span("".join(cells), style),
                Span(f" {clip(months, dates)}", "dim"),
            )
        )
    for bar in bars:
        if bar.delivers:
            low, typical, high = (when(d) for d in bar.ends)
            words = [Span(f"{bar.step.title}: "), Span(typical, "strong"), Span(f" (between {low} and {high})", "dim")]
            if bar.chance and bar.needed_by:
                words.append(Span(f"; needed by {when(bar.needed_by)}: "))
                words.append(Span(CHANCES[bar.chance], "good" if bar.chance == "in time" else "warn"))
            yield from flow(words, width, (Span("   → ", "key"),))
