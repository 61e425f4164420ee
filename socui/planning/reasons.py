"""Why the reports of a plan are placed as they are, and what holds for the whole plan, in messages of the knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from socui.planning.arrange import CLEARLY
from socui.planning.calendar import day_after, plus
from socui.planning.choose import ReportChoice
from socui.planning.inputs import ABSENT, WISH, Inputs
from socui.planning.model import DateSpan, PlannedReport, RequestOutcome, Text
from socui.planning.sentences import MODIFIED
from socui.planning.words import Words, count, months, opinion_words, reader, short_day
from socui.planning.year_ends import next_year_end

_YEAR = 12
"""Months of a period that keeps its end."""


class Reasons:
    """The reasons of one plan."""

    def __init__(self, inputs: Inputs, words: Words) -> None:
        self.inputs, self.words = inputs, words

    def report(
        self,
        planned: PlannedReport,
        choice: ReportChoice,
        periods: Sequence[PlannedReport],
        served: Sequence[RequestOutcome],
    ) -> tuple[Text, ...]:
        """Return why a report is placed as it is. `periods` are the Type 2 reports of its kind, in order; `served` the
        requests that it serves."""
        texts = tuple(self._why(planned, choice, periods))
        dated = [r for r in served if r.needed_by and r.force != WISH and (r.months_tested or r.fiscal_year is None)]
        if len(dated) < 2:
            return texts
        earliest = min(dated, key=lambda r: r.needed_by or date.max)
        name = earliest.asked_by or reader(earliest.reader, True)
        return (*texts, self.words.text("why-first-date", who=name))

    def _why(self, planned: PlannedReport, choice: ReportChoice, periods: Sequence[PlannedReport]) -> Iterator[Text]:
        course = choice.course
        if planned.type == "type1":
            yield from self._controls(choice)
            yield self.words.text("why-type1")
            return
        begins, ends = planned.begins, planned.ends
        if begins is None or ends is None:
            return
        if planned is not periods[0]:
            yield self.words.text("why-next")
            yield from self._moved(planned, periods)
            yield from self._ends(planned, choice)
            yield from self._changes(planned)
            return
        yield from self._controls(choice)
        held = self.inputs.held.get(choice.report)
        if held is not None and begins == day_after(held.last):
            late = plus(held.last, course.lasts.stale) < self.inputs.today
            id = "why-after-type1" if held.type == "type1" else "why-catch-up" if late else "why-follows"
            yield self.words.text(id, day=short_day(begins))
            if held.type == "type2":
                yield from self._moved(planned, periods)
        elif planned.look_back:
            yield self.words.text("why-look-back", day=short_day(begins))
        elif begins == course.evidence and self.inputs.controls != ABSENT:
            yield self.words.text("why-begins", day=short_day(begins))
        yield from self._no_type1(planned, choice)
        if planned.gap is not None:
            yield self.words.text("why-gap", months=months(planned.gap))
        if ends < self.inputs.today:
            yield self.words.text("why-ended")
        yield from self._ends(planned, choice)
        if held is not None and held.opinion in MODIFIED:
            yield self.words.text("why-qualified", other=opinion_words(held.opinion))
        if planned.report == "soc1" and "soc1" not in self.inputs.held:
            yield self.words.text("why-objectives")
        yield from self._changes(planned)

    def _moved(self, planned: PlannedReport, periods: Sequence[PlannedReport]) -> Iterator[Text]:
        """Yield that a period after another one is no year, what that is for, and whether years follow."""
        if planned.ends is None or planned.months == _YEAR:
            return
        later = [p for p in periods if p.begins and p.begins > planned.ends]
        once = bool(later) and all(p.months == _YEAR for p in later)
        id = "why-moved-once" if once else "why-moved"
        yield self.words.text(id, number=count(planned.months), day=short_day(planned.ends))

    def _no_type1(self, planned: PlannedReport, choice: ReportChoice) -> Iterator[Text]:
        """Where a Type 1 report is not worth it, although a date is near."""
        soon = plus(self.inputs.today, 6)
        near = any(r.ask.due and r.ask.due <= max(planned.in_hand.high, soon) for r in choice.binding)
        _, hand = choice.course.type1()
        sooner = (planned.in_hand.typical - hand.typical).days
        if near and planned.look_back and choice.report not in choice.inputs.held and sooner < CLEARLY:
            yield self.words.text("why-no-type1", day=short_day(hand.typical))

    def _controls(self, choice: ReportChoice) -> Iterator[Text]:
        if self.inputs.controls == ABSENT:
            low, typical, high = (short_day(d) for d in choice.course.ready)
            yield self.words.text("why-controls", day=typical, low=low, high=high)

    def _ends(self, planned: PlannedReport, choice: ReportChoice) -> Iterator[Text]:
        ends, binding = planned.ends, [r.ask for r in choice.binding if r.ask.due]
        if ends is None:
            return
        years = [r.ask.year for r in (*choice.readers, *((choice.soft,) if choice.soft else ())) if r.ask.year]
        if choice.kind == "federal":
            closes = self.inputs.year_end or (years[0] if years else ends)
            year = next_year_end(closes, ends)
            months_of_year = months(DateSpan(day_after(plus(year, -12)), ends))
            period = months(DateSpan(planned.begins or ends, ends))
            hand = short_day(planned.in_hand.typical)
            yield self.words.text("why-federal", day=short_day(ends), months=period, other=months_of_year, typical=hand)
        elif choice.kind == "benefit_plan" and (ends.month, ends.day) == (12, 31):
            yield self.words.text("why-benefit", day=short_day(ends))
        elif any(_same_day(y, ends) for y in years):
            early = plus(ends, -choice.course.lasts.reach)
            yield self.words.text("why-year", day=short_day(ends), other=short_day(early))
        elif planned.report == "soc1" and any(_in_reach(y, ends, choice) for y in years):
            yield self.words.text("why-service" if choice.kind == "service" else "why-early", day=short_day(ends))
        elif not binding and not planned.next:
            yield self.words.text("why-quarter")

    def _changes(self, planned: PlannedReport) -> Iterator[Text]:
        """Yield the big changes within a period; of units bought also those since the period before began, which it tells of
        nothing."""
        if planned.begins is None or planned.ends is None:
            return
        held = self.inputs.renews(planned.report)
        before = held.first if held and planned.begins == day_after(held.last) else planned.begins
        for change in self.inputs.changes:
            bought = change.kind == "acquisition"
            if (before if bought else planned.begins) <= change.day <= planned.ends:
                about = change.about or ("an acquisition" if bought else "a big change")
                yield self.words.text("why-bought" if bought else "why-change", day=short_day(change.day), about=about)

    def whole(self, reports: tuple[PlannedReport, ...]) -> tuple[Text, ...]:
        """Return what is said of the plan as a whole."""
        return tuple(self._whole(reports))

    def _whole(self, reports: tuple[PlannedReport, ...]) -> Iterator[Text]:
        firsts = {r.report: r for r in reversed(reports) if r.type == "type2"}
        if len(firsts) == 2:
            together = [
                r.ends
                for r in reports
                if r.report == "soc1" and r.ends and r.ends in {o.ends for o in reports if o.report == "soc2"}
            ]
            if len({r.ends for r in firsts.values()}) == 1:
                yield self.words.text("plan-matched")
            elif together:
                yield self.words.text("plan-apart", day=short_day(together[0]))
        if "soc1" in firsts and self.inputs.mixed:
            yield self.words.text("plan-mixed")
        yield from self._twice(reports)
        for held in (h for r in self.inputs.kept if (h := self.inputs.renews(r))):
            then, report = short_day(day_after(held.last)), self.words.kind(held.report)
            yield self.words.text("plan-kept", other=report, day=short_day(held.last), then=then)
        if "soc1" in firsts and self.inputs.country not in ("", "US"):
            yield self.words.text("plan-uk" if self.inputs.country == "GB" else "plan-abroad")
        if reports and not any(a.binding and a.due for a in self.inputs.asks):
            yield self.words.text("plan-nobody")

    def _twice(self, reports: Sequence[PlannedReport]) -> Iterator[Text]:
        """Yield two ends a year, where readers close at different dates."""
        years = {(a.year.month, a.year.day) for a in self.inputs.asks_for("soc1") if a.year and a.binding}
        ends = [r.ends for r in reports if r.report == "soc1" and r.ends]
        pair = next(((a, b) for a, b in pairwise(ends) if b < plus(a, 9)), None)
        if len(years) > 1 and pair:
            yield self.words.text("plan-twice", day=short_day(pair[0]), then=short_day(pair[1]))


def _same_day(year: date, ends: date) -> bool:
    return (year.month, year.day) == (ends.month, ends.day)


def _in_reach(year: date, ends: date, choice: ReportChoice) -> bool:
    moved = year
    while moved < ends:
        moved = plus(moved, 12)
    return ends < moved <= plus(ends, choice.course.lasts.reach)
