"""The plan as bars against the months: solid for the typical time, a line from the earliest to the latest end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from socui.knowledge.model import Knowledge
from socui.planning.plan import DAYS, Bar
from socui.planning.year_coverage import coverage, told
from socui.screens.widgets.lines import Line, Span, Tag, clip, fill, flow
from socui.settings.commands import key_of

CHANCES = {"in time": "in time", "tight": "tight", "hardly": "hardly in time", "late": "too late"}
LATER = ("next", "bridge")
"""Kinds of steps after the first report; the pane leaves them to the whole screen."""
PERIODS = 20
"""Cells for the months of a step."""
SIGNED = "✎"
"""Where a bridge letter can be dated at the earliest."""


def when(day: date) -> str:
    """A month, as plans are told in."""
    return f"{day:%b %Y}"


class Scale:
    """Where a day stands in a row of so many cells."""

    def __init__(self, bars: Sequence[Bar], today: date, cells: int) -> None:
        self.today, self.cells = today, max(cells, 4)
        ends = [b.end[1 if b.step.kind in LATER else 2] for b in bars]
        ends += [(b.signed[1] - today).days / DAYS for b in bars if b.signed]
        needed = [(b.needed_by - today).days / DAYS for b in bars[:1] if b.needed_by]
        self.span = max([1.0, *ends, *needed]) * 1.02

    def at(self, months: float) -> int:
        """The cell of a number of months from today."""
        return round(months / self.span * self.cells)

    def day(self, day: date) -> int:
        """The cell of a day."""
        return self.at((day - self.today).days / DAYS)

    def row(self, bar: Bar, marks: Sequence[tuple[int, str, str]]) -> Iterator[Span]:
        """The bar of a step, and the marks of days where nothing else is drawn."""
        start, low, typical, high = (self.at(m) for m in (bar.start[1], bar.end[0], bar.end[1], bar.end[2]))
        style = bar.step.lane if bar.step.lane in ("soc1", "soc2") else "key"
        solid = "▄" if bar.step.kind in LATER else "█"
        cells = [" "] * self.cells
        for x in range(max(min(low, typical), 0), min(high + 1, self.cells)):
            cells[x] = "─"
        for x in range(start, min(max(typical, start + 1), self.cells)):
            cells[x] = solid
        styles = [style] * self.cells
        signed = [(self.day(bar.signed[1]), SIGNED, "strong")] if bar.signed else []
        for x, glyph, colour in signed:
            if 0 <= x < self.cells:
                cells[x], styles[x] = glyph, colour
        for x, glyph, colour in marks:
            if 0 <= x < self.cells and cells[x] in " ─":
                cells[x], styles[x] = glyph, colour
        at = 0
        for x in range(1, self.cells + 1):
            if x == self.cells or styles[x] != styles[at]:
                yield Span("".join(cells[at:x]), styles[at])
                at = x


def plan_lines(bars: Sequence[Bar], width: int) -> Iterator[Line]:
    """For the pane: a line a step up to the first reports, then when they are there and whether that is in time."""
    first = [bar for bar in bars if bar.step.kind not in LATER]
    if not first:
        return
    name = min(max(len(b.step.title) for b in first) + 1, max((width - 4) * 2 // 5, 16))
    periods = PERIODS if width >= 50 else 0
    scale = Scale(first, first[0].today, max(width - 5 - name - periods, 4))
    marks = _marks(first, (), scale)
    for bar in first:
        months = f"{when(bar.begins[1])} – {when(bar.ends[1])}"
        title, dates = Span(fill(bar.step.title, name)), Span(f" {clip(months, periods)}", "dim")
        yield Line((Span("   "), title, *scale.row(bar, marks), dates))
    yield from _delivered(first, width)
    yield Line(
        (
            Span("   ▸ ", "key"),
            Span(clip(f"all steps over the whole screen ({key_of('plan', 'P')})", width - 6), "dim"),
        ),
        ("plan",),
        stop=True,
    )


def _delivered(bars: Sequence[Bar], width: int) -> Iterator[Line]:
    for bar in bars:
        if bar.delivers:
            low, typical, high = (when(d) for d in bar.ends)
            words = [Span(f"{bar.step.title}: "), Span(typical, "strong"), Span(f" (between {low} and {high})", "dim")]
            if bar.chance and bar.needed_by:
                words.append(Span(f"; needed by {when(bar.needed_by)}: "))
                words.append(Span(CHANCES[bar.chance], "good" if bar.chance == "in time" else "warn"))
            yield from flow(words, width, (Span("   → ", "key"),))


def year_lines(knowledge: Knowledge, bars: Sequence[Bar], said: bool, width: int) -> Iterator[Line]:
    """What the SOC 1 periods leave of clients' fiscal years; "presumed" where nobody `said` when they end."""
    for year in coverage(bars, bars[0].today) if bars else ():
        title = f"Clients' year to {year.ends}" + ("" if said else " (presumed)")
        yield from flow(title, width, (Span("   "),), style="strong")
        for text, message in told(knowledge, year):
            warn = not message.id.endswith("tested")
            lead = (Span("   ! " if warn else "   ● ", "warn" if warn else "key"),)
            yield from flow(text, width, lead, tag=("facts", *message.facts))


# -------------------------------------------------------------------------------------------------- the whole screen


def _marks(bars: Sequence[Bar], ends: Sequence[date], scale: Scale) -> list[tuple[int, str, str]]:
    needed = [(min(scale.day(b.needed_by), scale.cells - 1), "┃", "warn") for b in bars[:1] if b.needed_by]
    return [*((scale.day(day), "│", "dim") for day in ends), *needed]


def _room(bars: Sequence[Bar], width: int) -> tuple[int, int]:
    """Cells for the names and for the bars."""
    name = min(max((len(b.step.title) for b in bars), default=0) + 2, max(width * 2 // 5, 18))
    dates = PERIODS + 1 if width >= 90 else 0
    return name, max(width - name - dates - 2, 8)


def chart_head(bars: Sequence[Bar], ends: Sequence[date], today: date, width: int) -> list[Line]:
    """The axis of months, the marks in words, and what the signs mean; nothing where there is nothing to mark."""
    if not bars:
        return []
    name, cells = _room(bars, width)
    scale = Scale(bars, today, cells)
    row, free = [" "] * cells, 0
    month = today.year * 12 + today.month
    while month // 12 < date.max.year and (x := scale.day(date(month // 12, month % 12 + 1, 1))) < cells - 8:
        if x >= free:
            label = when(date(month // 12, month % 12 + 1, 1))
            row[x : x + len(label)] = label
            free = x + len(label) + 2
        month += 1
    legend = [Span("█", "key"), Span(" typical · "), Span("─", "key"), Span(" earliest to latest end")]
    if any(b.step.kind in LATER for b in bars):
        legend += [Span(" · "), Span("▄", "key"), Span(" after the first report")]
    if any(b.signed for b in bars):
        legend += [Span(" · "), Span(SIGNED, "strong"), Span(" letter signed, by management")]
    if needed := next((b.needed_by for b in bars[:1] if b.needed_by), None):
        legend += [Span(" · "), Span("┃", "warn"), Span(f" needed by {needed}")]
    if ends:
        legend += [Span(" · "), Span("│", "dim"), Span(f" clients' year end {ends[0]:%d %b}")]
    title = fill(f" From {today}", name)
    return [*flow(legend, width, (Span(" "),)), Line((Span(title, "dim"), Span("".join(row), "dim")))]


def chart_lines(bars: Sequence[Bar], ends: Sequence[date], today: date, width: int) -> Iterator[Line]:
    """A line a step; the cursor rests on each."""
    if not bars:
        yield Line((Span(" No report is to be planned by these answers.", "dim"),))
        return
    name, cells = _room(bars, width)
    scale = Scale(bars, today, cells)
    marks = _marks(bars, ends, scale)
    for bar in bars:
        title = Span(fill(f" {bar.step.title}", name))
        dates = [Span(f" {when(bar.begins[1])} – {when(bar.ends[1])}", "dim")] if width >= 90 else []
        yield Line((title, *scale.row(bar, marks), *dates), ("step", bar.step.id), stop=True)
    yield Line()
    yield from _delivered(bars, width)


def step_lines(knowledge: Knowledge, bars: Sequence[Bar], tag: Tag, width: int) -> list[Line]:
    """The step under the cursor in words: how long, from when to when, and the facts it rests on."""
    bar = next((b for b in bars if tag == ("step", b.step.id)), None)
    if bar is None:
        return []
    low, typical, high = (f"{m:g}" for m in bar.months)
    lines = [*flow(bar.step.title, width, (Span(" "),), style="strong")]
    words = f"{low} to {high} months, typically {typical}. Typically from {bar.begins[1]} to {bar.ends[1]}; "
    letter = f" A letter on them can be signed from {bar.signed[1]} on." if bar.signed else ""
    lines += flow(f"{words}it ends between {bar.ends[0]} and {bar.ends[2]}.{letter}", width, (Span(" "),))
    for id in bar.step.facts:
        if fact := knowledge.facts.get(id):
            lines += flow((Span(fact.says), Span(f" [{id}]", "dim")), width, (Span(" ● ", "dim"),))
    return lines
