"""What the SOC 1 periods of a plan leave of clients' fiscal years: months tested, months before, after and out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from socui.knowledge.model import Knowledge, Message
from socui.planning.calendar import LEAST, MOST, REACH, shifted
from socui.planning.plan import Bar, year_ends

YEARS = 3
"""Fiscal years that are spoken of."""
READ_UNTIL = 3
"""Months after the year end until which a report can still serve the audit of that year."""
TESTS = ("period", "lookback", "next")

Span = tuple[date, date]
"""First and last month, each by its last day."""


class Year(Struct, frozen=True):
    """A fiscal year of clients that ends on `ends`, in spans of months: `tested` by reports that come in time for its
    audit (the last of them about `report`), `before` the first period, `bridge` within the reach of a bridge letter,
    `beyond` it."""

    ends: date
    tested: Span | None = None
    months: int = 0
    before: Span | None = None
    bridge: Span | None = None
    beyond: Span | None = None
    report: date | None = None


def coverage(bars: Sequence[Bar], today: date) -> tuple[Year, ...]:
    """Every fiscal year that ends within the plan, up to the first that nothing is missing from; typical dates. Empty
    where no SOC 1 period is planned or the year end is not known. A renewal is not judged: its last period is not known."""
    periods = [b for b in bars if b.step.lane == "soc1" and b.step.kind in TESTS]
    report = next((b for b in bars if b.step.lane == "soc1" and b.step.kind == "report"), None)
    if report is None or not any(b.step.kind != "next" and b.step.serves for b in periods):
        return ()
    lag = report.ends[1] - periods[0].ends[1]
    spans = [(_begins(b, today), b.ends[1], _plus(b.ends[1], lag)) for b in periods]
    found = tuple(_year(end, spans) for end in year_ends(today, bars)[:YEARS])
    return tuple(y for n, y in enumerate(found) if n == 0 or not found[n - 1].tested or found[n - 1].before)


def _begins(bar: Bar, today: date) -> date:
    """The first day tested. A look-back period began already: at least so many months ago as its step says."""
    if not bar.step.behind:
        return bar.begins[1]
    return max(shifted(today, -bar.step.behind), shifted(bar.ends[1], -MOST)) + timedelta(1)


def _plus(day: date, lag: timedelta) -> date:
    return day + min(lag, date.max - day)


def _year(end: date, spans: Sequence[tuple[date, date, date]]) -> Year:
    months = [shifted(end, back) for back in range(-11, 1)]
    in_time = [span for span in spans if span[2] <= shifted(end, READ_UNTIL)]
    tested = [m for m in months if any(first <= m.replace(day=1) and m <= last for first, last, _ in in_time)]
    if not tested:
        return Year(end)
    reach = shifted(tested[-1], REACH)
    after = [m for m in months if m > tested[-1]]
    return Year(
        end,
        (tested[0], tested[-1]),
        len(tested),
        _span([m for m in months if m < tested[0]]),
        _span([m for m in after if m <= reach]),
        _span([m for m in after if m > reach]),
        max(issued for first, last, issued in in_time if last >= tested[-1]),
    )


def _span(months: Sequence[date]) -> Span | None:
    return (months[0], months[-1]) if months else None


def told(knowledge: Knowledge, year: Year) -> Iterator[tuple[str, Message]]:
    """What is to be said of a year, in the words of the knowledge base and with what they rest on."""
    filled = {
        "none": "" if year.tested else "-",
        "tested": _words(year.tested),
        "few": str(year.months) if year.tested and year.months < LEAST else "",
        "before": _words(year.before),
        "bridge": _words(year.bridge),
        "beyond": _words(year.beyond),
    }
    for id, months in filled.items():
        if months and (message := knowledge.messages.get(f"year-{id}")):
            yield message.says.format(months=months, report=year.report, year_end=year.ends), message


def _words(span: Span | None) -> str:
    if span is None:
        return ""
    first, last = span
    if first == last:
        return f"{first:%B %Y}"
    return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"
