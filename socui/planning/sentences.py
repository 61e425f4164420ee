"""Puts a plan into words: for each request, each report and the whole, which messages of the knowledge apply, filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from socui.planning.arrange import CLEARLY, takes_step
from socui.planning.calendar import day_after, plus
from socui.planning.candidates import Course
from socui.planning.inputs import DatedRequest, Held, Inputs
from socui.planning.judge import VOID
from socui.planning.model import TIMELINESS, DateSpan, InHand, Text
from socui.planning.outcomes import Served
from socui.planning.words import Words, capital, count, joined, listed, months, opinion_words, short_day, span, who

FEW = 6
"""Months of a year tested below which it is said that they are few."""
ANSWER_CLAUSES: dict[str, str] = dict(
    zip(
        TIMELINESS, ("in time", "in time only if nothing takes longer than usual", "probably late", "late"), strict=True
    )
)
"""What an answer is, in the middle of a sentence."""
MODIFIED = ("qualified", "adverse", "disclaimer")
SECURITY_READERS = ("security", "prospect", "partner_bank", "investor", "regulator", "client")
AUDITORS = ("user_auditor", "finance", "service_auditor")


class Sentences:
    """The sentences of one plan."""

    def __init__(self, inputs: Inputs, words: Words) -> None:
        self.inputs, self.words = inputs, words

    # ------------------------------------------------------------------------------------------------ a request

    def request(
        self, ask: DatedRequest, served: Served | None, undated: str, answer_from: str
    ) -> tuple[list[Text], list[Text]]:
        """Return what is said to a request, the first sentence first, and what to send meanwhile. `answer_from` is
        the answer on the first day of a band."""
        if served is None:
            elsewhere = "who-questions" if ask.own_questions and "soc1" in self.inputs.reports else "who-elsewhere"
            id = "who-unknown" if undated else elsewhere if ask.elsewhere else "who-none"
            what = self.words.kind(undated) or ask.elsewhere
            head = self.words.text(id, who=who(ask), year=_year(ask), what=what)
            return [head, *self._reader(ask)], []
        meanwhile = list(self._meanwhile(ask, served))
        more = [*self._left_out(ask, undated), *self._more(ask, served), *self._band(ask, served, answer_from)]
        return [joined([self._first(ask, served), *self._beside(ask, served, undated)]), *more], meanwhile

    def _beside(self, ask: DatedRequest, served: Served, undated: str) -> Iterator[Text]:
        """Yield a sentence on the other report, where both are asked for: the first one is the one that comes off worse."""
        for other in served.beside:
            planned, held = other.planned, other.held
            name = f"the {self.words.kind(other.report)} report"
            if held is not None:
                yield self.words.text("who-beside-held", what=name, months=_held_days(held))
            elif planned is not None and ask.due:
                answer = stands(other.level, ask.due)
                fields = {"what": capital(self.words.report(planned)), "then": answer, **_hand(planned.in_hand)}
                yield self.words.text("who-beside", **fields)
            elif planned is not None:
                what = capital(self.words.report(planned))
                yield self.words.text("who-beside-no-date", what=what, **_hand(planned.in_hand))
        if undated and not ask.either:
            yield self.words.text("who-beside-unknown", what=f"the {self.words.kind(undated)} report")

    def _left_out(self, ask: DatedRequest, undated: str) -> Iterator[Text]:
        """Yield what is said of a report that is asked for beside one that serves, and that the result leaves out."""
        for report in ask.reports:
            if not ask.either and report not in (*self.inputs.reports, undated):
                yield self.words.text("more-left-out", what=self.words.kind(report))

    def _first(self, ask: DatedRequest, served: Served) -> Text:
        fields: dict[str, object] = {"who": who(ask), "year": _year(ask)}
        if served.held is not None:
            return self._held(ask, served, fields)
        planned = served.planned
        if planned is None:
            return self.words.text("who-none", **fields)
        fields |= _hand(planned.in_hand)
        fields |= {"what": self.words.report(planned), "needed": short_day(ask.due) if ask.due else ""}
        fields["interim"] = self._interim(served)
        if served.level >= 2 and planned.in_hand.low <= planned.last:
            fields["low"] = self.words.text("low-moves", day=str(fields["low"])).says
        if ask.due and served.level == 3 and served.year is not None and not served.months:
            return self.words.text("who-lost", other=_kind_of_year(ask), **fields)
        answer = ("who-on-time", "who-tight", "who-unlikely", "who-late")[served.level]
        first = self.words.text(answer if ask.due else "who-no-date", **fields)
        before = _before(served)
        return joined([first, self.words.text("who-before", months=_spans(before))]) if before else first

    def _held(self, ask: DatedRequest, served: Served, fields: dict[str, object]) -> Text:
        held, year = served.held, served.by_held
        assert held is not None
        on = _held_days(held)
        if served.held_until is not None and ask.due is not None:
            fields |= {"day": short_day(served.held_until), "needed": short_day(ask.due)}
            return self.words.text("who-held-now", what=self.words.kind(served.report), months=on, **fields)
        if year is None:
            return self.words.text("who-held", what=self.words.kind(served.report), months=on, **fields)
        fields |= {"months": on, "number": count(year.months), "other": _spans(year.bridged)}
        after = [u for u in year.untested if held.last < u.begins]
        if after:
            return self.words.text("who-held-part", then=capital(_spans(after)), **fields)
        return self.words.text("who-held-year" if year.bridged else "who-held-whole", **fields)

    def _interim(self, served: Served) -> str:
        """Return what to send at once, in a few words of the first sentence."""
        held = self.inputs.held.get(served.report)
        held = None if held is None or held.opinion in VOID else held
        ready = "a readiness summary" if held is None else f"the report you hold {_held_days(held)}"
        offer = [ready, "the summary of a penetration test"]
        if served.year is not None:
            offer = ["an offer of direct testing"] if held is None else [ready, "an offer of direct testing"]
        return listed([*offer, "the engagement letter once it is signed"])

    def _more(self, ask: DatedRequest, served: Served) -> Iterator[Text]:
        if served.level >= 2:
            yield from self._way_out(ask, served)
        elif served.type == "type1" and served.type2 is not None and served.planned is not None:
            then = self.words.report(served.type2)
            yield self.words.text("more-type1", then=then, typical=short_day(served.type2.in_hand.typical))
            if not ask.type:
                yield self.words.text("more-unnamed")
        elif served.level == 1 and served.planned is not None and ask.due is not None:
            ended = served.planned.ends is not None and served.planned.ends < self.inputs.today
            yield self.words.text("more-tight-ended" if ended else "more-tight", who=who(ask, True))
        yield from self._coverage(ask, served)
        yield from self._reader(ask)
        yield from self._about_held(ask, served)
        if ask.shortest and served.planned and served.planned.months <= ask.shortest < FEW:
            yield self.words.text("more-short", number=count(ask.shortest))
        if ask.latest_use and ask.due and served.held is None:
            yield self.words.text("more-latest-use", needed=short_day(ask.due))

    def _band(self, ask: DatedRequest, served: Served, answer_from: str) -> Iterator[Text]:
        """Yield what a range of dates has in common: the same answer on every day, or one that its first day does
        not bear."""
        if not answer_from or ask.due_from is None or ask.due is None:
            return
        days = {"day": short_day(ask.due_from), "needed": short_day(ask.due)}
        if answer_from == TIMELINESS[served.level]:
            yield self.words.text("more-band", **days)
        else:
            yield self.words.text("more-band-first", other=ANSWER_CLAUSES[answer_from], **days)

    def _way_out(self, ask: DatedRequest, served: Served) -> Iterator[Text]:
        if ask.binding:
            yield self.words.text("more-renegotiate", who=who(ask, True))
        else:
            yield self.words.text("more-wish")
        _, hand = Course(self.inputs, served.report).type1()
        if served.type1 is None and ask.takes_type1 and ask.due and hand.typical > ask.due:
            yield self.words.text("more-no-type1", **_hand(hand))
        no_type1 = served.type1 is None and served.report not in self.inputs.held
        if no_type1 and ask.type == "type2" and _clearly_sooner(hand, served):
            yield self.words.text("more-type1-unasked", **_hand(hand))
        if served.type1 is not None and served.type != "type1" and takes_step(ask):
            fields = _hand(served.type1.in_hand)
            yield self.words.text("more-step", day=short_day(served.type1.last), **fields)
        elif served.type == "type1" and served.type2 is not None:
            then = self.words.report(served.type2)
            yield self.words.text("more-type1-late", then=then, typical=short_day(served.type2.in_hand.typical))

    def _coverage(self, ask: DatedRequest, served: Served) -> Iterator[Text]:
        if served.year is None:
            return
        if not served.months:
            yield self.words.text("more-none", other=_kind_of_year(ask))
            return
        last = max(s.ends for s in served.tested)
        held = self.inputs.held.get(served.report)
        if served.held is not None and held is not None and served.type2 is not None and last > held.last:
            yield self.words.text("more-held-then", then=self.words.report(served.type2), **_hand(served.type2.in_hand))
        if served.held is None:
            number, kind = count(served.months, "whole month"), _kind_of_year(ask)
            yield self.words.text("more-tested", months=_spans(served.tested), number=number, other=kind)
            if held is not None and held.begins and held.type == "type2":
                reach = plus(held.last, self.inputs.durations.reach)
                if served.year.begins <= reach < served.year.ends:
                    yield self.words.text("more-held-reach", day=short_day(reach))
                part = [s for s in served.tested if s.begins <= held.last]
                if part:
                    spoken = months(DateSpan(part[0].begins, held.last))
                    yield self.words.text("more-held-months", months=spoken, other=kind)
        before = _before(served)
        after = [s for s in served.untested if s.begins > last]
        if before:
            yield self.words.text("more-before", months=_spans(before), who=who(ask, True))
        if served.bridged and served.held is None:
            yield self.words.text("more-bridge", months=_spans(served.bridged))
        if after and served.held is None:
            yield self.words.text("more-beyond", months=_spans(after))
        if served.months < FEW:
            yield self.words.text("more-few")

    def _reader(self, ask: DatedRequest) -> Iterator[Text]:
        if ask.reader == "service_auditor":
            yield self.words.text("more-service", who=who(ask))
        if ask.reader == "investor":
            yield self.words.text("more-investor")

    def _about_held(self, ask: DatedRequest, served: Served) -> Iterator[Text]:
        held = self.inputs.held.get(served.report)
        if held is None:
            return
        if held.type == "type1" and (ask.bridge or served.year is not None):
            yield self.words.text("more-no-letter")
        if served.held_until is not None and served.type2 is not None:
            then = self.words.report(served.type2)
            yield self.words.text("more-held-then", then=then, **_hand(served.type2.in_hand))
        if held.type == "type2" and plus(held.last, self.inputs.durations.stale) < self.inputs.today:
            yield self.words.text("more-stale", day=short_day(held.last))
        elif held.type == "type2" and served.held is None and ask.year is None and held.opinion not in VOID:
            until = plus(held.last, ask.max_age or self.inputs.durations.stale)
            if until >= self.inputs.today:
                yield self.words.text("more-held-current", months=_held_days(held), day=short_day(until))
        if held.opinion in MODIFIED:
            id = "more-void" if held.opinion in VOID else "more-qualified"
            yield self.words.text(id, other=opinion_words(held.opinion))

    def _meanwhile(self, ask: DatedRequest, served: Served) -> Iterator[Text]:
        """Interim evidence where the date is not safe, and a letter where a report held needs one."""
        held = served.held
        if held is not None:
            if held.type == "type1":
                return
            letter = _letter(held.last, self.inputs, served.by_held.bridged if served.by_held else ())
            if letter and (served.year is not None or letter.ends >= self.inputs.today):
                yield self.words.text("send-bridge", months=months(letter))
            if served.level:
                yield self.words.text("send-auditor")
            return
        if ask.reader == "investor":
            yield self.words.text("send-investor")
        if served.level == 0:
            return
        coming = served.planned
        if coming is not None:
            yield self.words.text(
                "send-letter", what=self.words.report(coming), typical=short_day(coming.in_hand.typical)
            )
        old = self.inputs.held.get(served.report)
        if old is not None:
            yield self.words.text("send-held", months=_held_days(old))
        if served.type1 is not None and served.type == "type2" and takes_step(ask):
            yield self.words.text(
                "send-type1", day=short_day(served.type1.last), typical=short_day(served.type1.in_hand.typical)
            )
        yield self.words.text("send-readiness")
        if ask.reader in AUDITORS or served.report == "soc1":
            yield self.words.text("send-auditor")
        if ask.reader in SECURITY_READERS and served.report == "soc2":
            yield self.words.text("send-security")


def _clearly_sooner(hand: InHand, served: Served) -> bool:
    """Return whether a Type 1 report would be there clearly before the Type 2 report that serves."""
    coming = served.planned
    return coming is not None and coming.type == "type2" and (coming.in_hand.typical - hand.typical).days >= CLEARLY


def stands(level: int, due: date) -> str:
    """Return how a report stands to a day, in the middle of a sentence."""
    if TIMELINESS[level] == "tight":
        return f"in time for {short_day(due)} only if nothing takes longer than usual"
    return f"{ANSWER_CLAUSES[TIMELINESS[level]]} for {short_day(due)}"


def _held_days(held: Held) -> str:
    """Return the day or the days that a report held speaks of."""
    return f"for {span(held.begins, held.last)}" if held.begins else f"as of {short_day(held.last)}"


def _before(served: Served) -> list[DateSpan]:
    """Return what of the reader's year lies before the last tested day and no period holds."""
    if not served.months:
        return []
    last = max(s.ends for s in served.tested)
    return [s for s in served.untested if s.begins < last]


def _hand(hand: InHand) -> dict[str, str]:
    return {"low": short_day(hand.low), "typical": short_day(hand.typical), "high": short_day(hand.high)}


def _year(ask: DatedRequest) -> str:
    return f", {_kind_of_year(ask)} to {short_day(ask.year)}" if ask.year else ""


def _kind_of_year(ask: DatedRequest) -> str:
    """Return what a reader's year is called: the auditor of another service organization has a report period."""
    return "report period" if ask.reader == "service_auditor" else "year"


def _spans(spans: tuple[DateSpan, ...] | list[DateSpan]) -> str:
    return listed([months(s) for s in spans])


def _letter(last: date, inputs: Inputs, bridged: tuple[DateSpan, ...]) -> DateSpan | None:
    """Return the days that a letter on a report held covers: to the end of the reader's year, or to today."""
    if bridged:
        return bridged[0]
    until = min(plus(last, inputs.durations.reach), inputs.today)
    return DateSpan(day_after(last), until) if until > last else None
