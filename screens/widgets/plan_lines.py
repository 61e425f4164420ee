"""The plan as rows against the months: a row a report, a row a request, and in words what each request gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from socui.knowledge.model import Knowledge
from socui.planning.choose import ORDER
from socui.planning.model import Plan, RequestOutcome, Text
from socui.planning.picture import (
    AS_OF,
    BRIDGED,
    IN_HAND,
    LATER,
    NEEDED,
    PERIOD,
    RANGE,
    TESTED,
    UNTESTED,
    WORK,
    Picture,
    PictureRow,
    change_legend,
    picture,
)
from socui.planning.words import report_days, row_title, short_day
from socui.reports.words import CONFIDENCE_WORDS
from socui.screens.widgets.lines import Line, Span, Tag, clip, fill, flow, wrap
from socui.screens.widgets.reason_lines import publishers_of
from socui.settings.commands import key_of

_GLYPHS = {PERIOD: "█", LATER: "▄", WORK: "▒", RANGE: "─", TESTED: "█", BRIDGED: "▒", UNTESTED: "░"}
SIGNS = {AS_OF: "◆", IN_HAND: "●", NEEDED: "┃"}
CHANGE = "▼"
_DRAWN = (WORK, RANGE, UNTESTED, BRIDGED, TESTED, LATER, PERIOD)
"""What is drawn first, and covered by what comes after."""
_ANSWERS = {
    "on_time": ("in time", "good"),
    "tight": ("tight", "warn"),
    "unlikely": ("probably late", "warn"),
    "late": ("late", "warn"),
    "unknown": ("no date yet", "dim"),
    "no_report": ("no report", "dim"),
    "elsewhere": ("no SOC report needed", "dim"),
}
"""The answers to requests in words, and their color."""
PERIODS = 26
"""Cells for the days of a report."""


# ------------------------------------------------------------------------------------------------------ the pane


def plan_lines(plan: Plan, width: int) -> Iterator[Line]:
    """For the pane: the reports up to the ones that are needed, then a line a request, first what is presumed or missing."""
    if not plan.reports and not plan.missing:
        return
    yield from _inputs(plan, width)
    shown = picture(plan)
    first = [row for row in shown.rows if row.report is not None and not plan.reports[row.report].next]
    if first:
        name = min(max(len(row.title) for row in first) + 1, max((width - 4) * 2 // 5, 14))
        days = PERIODS if width >= 64 else 0
        cells = max(width - 5 - name - days, 4)
        for row in first:
            report = plan.reports[row.report or 0]
            words = Span(f" {clip(report_days(report), days - 1)}" if days else "", "dim")
            yield Line((Span("   "), Span(fill(row.title, name)), *_drawn(shown, row, cells), words))
        for row in first:
            yield from _hand(plan, row.report or 0, width)
    for request in plan.requests:
        yield from request_lines(request, width, False)
    yield Line(
        (
            Span("   ▸ ", "key"),
            Span(clip(f"the whole plan, and what else could be done ({key_of('plan', 'P')})", width - 6), "dim"),
        ),
        ("plan",),
        stop=True,
    )


def _inputs(plan: Plan, width: int) -> Iterator[Line]:
    for missing in plan.missing:
        yield from flow((Span("Missing: ", "strong"), Span(missing.sentence)), width, (Span("   ! ", "warn"),))
    for assumed in plan.assumed if plan.reports else ():
        tag: Tag = ("facts", *assumed.facts) if assumed.facts else ()
        label, words = assumed.parts
        yield from flow((Span(label, "strong"), Span(words)), width, (Span("   ~ ", "dim"),), tag=tag)


def _hand(plan: Plan, at: int, width: int) -> Iterator[Line]:
    report = plan.reports[at]
    hand = report.in_hand
    words = [
        Span(f"{row_title(report, plan.country)}, {report_days(report)}: in hand about "),
        Span(short_day(hand.typical), "strong"),
    ]
    words.append(Span(f" ({short_day(hand.low)} to {short_day(hand.high)})", "dim"))
    yield from flow(words, width, (Span("   → ", "key"),))


def request_lines(request: RequestOutcome, width: int, full: bool) -> Iterator[Line]:
    """Yield what a request gets: the answer and its sentence; `full` with all that goes on from there."""
    words, style = _ANSWERS[request.answer]
    lead = (Span("   ● " if request.answer == "on_time" else "   ! ", style),)
    tag: Tag = ("facts", *request.facts)
    yield from flow((Span(f"{words}. ", style), Span(request.sentence)), width, lead, tag=tag)
    if full:
        yield from _texts(request.says, width, "     · ")
        yield from _texts(request.meanwhile, width, "     › ", "Meanwhile: ")


def _texts(texts: Iterable[Text], width: int, lead: str, before: str = "") -> Iterator[Line]:
    for text in texts:
        yield from flow(
            (Span(before, "strong"), Span(text.says)), width, (Span(lead, "dim"),), tag=("facts", *text.facts)
        )


# ---------------------------------------------------------------------------------------------------- the picture


def _drawn(shown: Picture, row: PictureRow, cells: int) -> Iterator[Span]:
    """Yield a row of the picture in cells; what binds stands over what spans."""
    glyphs, styles = [" "] * cells, ["dim"] * cells
    lane = row.lane if row.lane in ("soc1", "soc2") else "key"
    for kind in _DRAWN:
        for part in row.parts:
            if part.kind == kind:
                first, last = _cell(shown, part.span.begins, cells), _cell(shown, part.span.ends, cells)
                for x in range(first, last + 1):
                    if kind != RANGE or glyphs[x] == " ":
                        glyphs[x], styles[x] = _GLYPHS[kind], "warn" if kind == UNTESTED else lane
    for end in shown.year_ends:
        _mark(glyphs, styles, _cell(shown, end, cells), "│", "dim")
    _mark(glyphs, styles, _cell(shown, shown.today, cells), "┊", "dim")
    for change in shown.changes if row.report is not None else ():  # over the period that it falls into
        x = _cell(shown, change.day, cells)
        glyphs[x], styles[x] = CHANGE, "warn"
    for point in row.points:
        x = _cell(shown, point.day, cells)
        glyphs[x], styles[x] = SIGNS[point.kind], "warn" if point.kind == NEEDED else "strong"
    at = 0
    for x in range(1, cells + 1):
        if x == cells or styles[x] != styles[at]:
            yield Span("".join(glyphs[at:x]), styles[at])
            at = x


def _cell(shown: Picture, when: date, cells: int) -> int:
    return min(int(shown.at(when) * cells), cells - 1)


def _mark(glyphs: list[str], styles: list[str], x: int, glyph: str, style: str) -> None:
    if glyphs[x] == " ":
        glyphs[x], styles[x] = glyph, style


_STEPS = (1, 2, 3, 6, 12)
"""Months from one that is named to the next: those that part a year of the calendar evenly."""
_LABEL = 5
"""Cells of a month that is named, with the gap behind it."""
_MOST_MONTHS = 600


def _room(shown: Picture, width: int) -> tuple[int, int]:
    """Cells for the names and for the picture."""
    name = min(max((len(row.title) for row in shown.rows), default=0) + 2, max(width * 2 // 5, 16))
    days = PERIODS + 1 if width >= 96 else 0
    return name, max(width - name - days - 2, 8)


def chart_head(plan: Plan, width: int) -> list[Line]:
    """Return the axis: a row of years, each at its first month, and a row of months; nothing where nothing is planned."""
    if not plan.reports:
        return []
    shown = picture(plan)
    name, cells = _room(shown, width)
    months = [date(shown.begins.year + m // 12, m % 12 + 1, 1) for m in range(shown.begins.month - 1, _MOST_MONTHS)
              if shown.begins.year + m // 12 < date.max.year]  # fmt: skip
    months = [month for month in months if shown.begins <= month < shown.ends]
    step = next((step for step in _STEPS if len(months) / step * _LABEL <= cells), _STEPS[-1])
    named = [month for month in months if (month.month - 1) % step == 0]
    years = [month for i, month in enumerate(named) if i == 0 or month.year != named[i - 1].year]
    title = fill(f" From {short_day(shown.begins)}", name)
    return [
        Line((Span(fill("", name)), Span(_axis(shown, years, "%Y", cells), "dim"))),
        Line((Span(title, "dim"), Span(_axis(shown, named, "%b", cells), "dim"))),
    ]


def _axis(shown: Picture, months: Sequence[date], form: str, cells: int) -> str:
    """Return the months in that form, each where it begins; of two that have no room the first."""
    row, free = [" "] * cells, 0
    for month in months:
        label, x = f"{month:{form}}", _cell(shown, month, cells)
        if x >= free and x + len(label) <= cells:
            row[x : x + len(label)] = label
            free = x + len(label) + 1
    return "".join(row)


def _legend(plan: Plan, shown: Picture, width: int) -> Iterator[Line]:
    legend: list[Span] = []
    for kind, words in shown.legend():
        glyph = _GLYPHS.get(kind) or SIGNS[kind]
        style = "warn" if kind in (NEEDED, UNTESTED) else "strong" if kind in SIGNS else "key"
        legend += [Span(" · " if legend else ""), Span(glyph, style), Span(f" {words}")]
    legend += [Span(" · ┊ today")]
    if plan.year_ends:
        legend += [Span(f" · │ clients' year end {plan.year_ends[0]:%d %b}")]
    for change in shown.changes:
        legend += [Span(" · "), Span(CHANGE, "warn"), Span(f" {change_legend(change)}")]
    yield from flow(legend, width, (Span(" "),))


def chart_lines(plan: Plan, width: int, silent: bool = False) -> Iterator[Line]:
    """Yield a row a report and a row a request; the cursor rests on each. Then what the signs mean, what each
    request gets, and the runners-up. `silent`: nothing was said yet."""
    if not plan.reports and not plan.missing:
        words = (
            "Nothing to plan yet. Answer a few questions first."
            if silent
            else "These answers call for no report to plan."
        )
        yield Line((Span(f" {words}", "dim"),))
        return
    yield from _inputs(plan, width)
    shown = picture(plan)
    name, cells = _room(shown, width)
    for row in shown.rows:
        if row.report is not None:
            report = plan.reports[row.report]
            tag, words = ("report", str(row.report)), report_days(report)
        else:
            request = plan.requests[row.request or 0]
            tag, words = ("request", str(row.request)), _ANSWERS[request.answer][0]
        days = (Span(f" {clip(words, PERIODS)}", "dim"),) if width >= 96 else ()
        *above, title = wrap((Span(row.title),), name - 2)  # no name is cut: a long one takes rows of its own
        for at, spans in enumerate(above):
            yield Line((Span(" "), *spans), tag, stop=at == 0)
        drawn = (Span(fill(f" {title[0].text}", name)), *_drawn(shown, row, cells), *days)
        yield Line(drawn, tag, stop=not above)
    yield from _legend(plan, shown, width)
    yield Line()
    for at, report in enumerate(plan.reports):
        if not report.next:
            yield from _hand(plan, at, width)
    for request in plan.requests:
        yield from request_lines(request, width, False)
    yield from _texts(plan.says, width, "   ● ")
    if plan.runners_up:
        yield Line((Span(" What else could be done", "strong"),))
        yield from _texts([o.sentence for o in plan.runners_up], width, "   ○ ")
    if plan.reports:
        head = "How a plan is chosen: the one with the least of the first of these, then of the next"
        yield from flow(head, width, (Span(" "),), style="strong")
        for place, words in enumerate(ORDER, 1):
            yield from flow(words, width, (Span(f"  {place:2} ", "dim"),), style="dim")


def detail_lines(knowledge: Knowledge, plan: Plan, tag: Tag, width: int) -> list[Line]:
    """Return the report or the request under the cursor in words, and the facts they rest on."""
    kind, at = (tag[0], int(tag[1])) if len(tag) == 2 and tag[0] in ("report", "request") else ("", 0)
    if kind == "report":
        report = plan.reports[at]
        lines = [
            *flow(f"{row_title(report, plan.country)}, {report_days(report)}", width, (Span(" "),), style="strong")
        ]
        lines += [*_hand(plan, at, width), *_texts(report.says, width, " · ")]
        return [*lines, *_cited(knowledge, _facts(report.says), width)]
    if kind == "request":
        request = plan.requests[at]
        return [*request_lines(request, width, True), *_cited(knowledge, request.facts, width)]
    return []


def _facts(texts: Sequence[Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f for text in texts for f in text.facts))


def _cited(knowledge: Knowledge, ids: Iterable[str], width: int) -> Iterator[Line]:
    for id in ids:
        if fact := knowledge.facts.get(id):
            who = publishers_of(knowledge, (id,)) or CONFIDENCE_WORDS[fact.confidence]  # a judgement is printed as that
            yield from flow((Span(fact.says), Span(f" [{who}]", "dim")), width, (Span(" ● ", "dim"),))
