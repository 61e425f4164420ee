"""Judges vendors: by the answers on each which report to ask for, and by our own year what a report that is held is worth.

The days are worked out as for reports of our own (socui.planning), seen from the other side: a year and what of it is
tested, a bridge letter's reach, staleness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from socui.knowledge.model import Knowledge
from socui.planning.calendar import day_after, plus
from socui.planning.covered import covered
from socui.planning.extract import durations
from socui.planning.inputs import DatedRequest
from socui.planning.judge import CUSTOM, months_of
from socui.planning.model import DateSpan, Text
from socui.planning.words import Words, listed, months, short_day, span
from socui.planning.year_ends import next_year_end
from socui.profiles.profile import Profile
from socui.profiles.records import ReportHeld, Vendor
from socui.vendors.model import Collected, Judged, VendorFinding, Wanted

PERSONAL = ("employee_personal", "individual_personal", "health")
_KEPT = ("business_confidential", "employee_personal", "individual_personal", "health", "card", "financial_account",
        "gov_controlled")  # fmt: skip
"""What is kept as data, and not only seen or guarded."""
_BESIDE = ("card", "health", "gov_controlled")
"""What has frameworks of its own."""
LEFT_OPEN = 6
"""Months after a year end for which its audit may still go on: so long that year is meant, then the next one."""
_NAMES = {"soc1": "SOC 1", "soc2": "SOC 2"}


def collected(knowledge: Knowledge, profile: Profile, today: date) -> Collected:
    """Return what is found of the vendors of a profile as of a day. Pure."""
    year_end = profile.dates.get("year_end")
    if year_end is not None and plus(year_end, LEFT_OPEN) < today:
        year_end = next_year_end(year_end, today)
    judge = _Judge(knowledge, today, year_end)
    return Collected(tuple(judge.finding(v) for v in profile.vendors), today, judge.year)


class _Judge:
    def __init__(self, knowledge: Knowledge, today: date, year_end: date | None) -> None:
        self.say = Words(knowledge.messages).text
        self.texts = knowledge.texts
        self.lasts = durations(knowledge)
        self.today = today
        self.months = months_of(DatedRequest(year=year_end)) if year_end else ()
        self.year = DateSpan(self.months[0][0], self.months[-1][1]) if self.months else None

    def finding(self, vendor: Vendor) -> VendorFinding:
        """Return one vendor."""
        wanted = list(self._wanted(vendor))
        unanswered = tuple(id for id in open_questions(vendor) if id != "holds" or wanted)
        judged = tuple(self._judged(vendor, w) for w in wanted)
        why = [text for w in wanted for text in w.why]
        if unanswered:
            questions = " ".join(self.texts[f"vendors.question.{id}"] for id in unanswered)
            why.append(self.say("vendor-open", what=questions))
        elif not wanted:
            why.append(self.say("vendor-nothing"))
        return VendorFinding(
            vendor,
            unanswered,
            judged,
            tuple(why),
            tuple(self.say(f"vendor-{id}") for id in _BESIDE if id in vendor.entrusts),
            tuple(self._without(judged)),
            tuple(self._cuecs(vendor)) if wanted else (),
        )

    # ---- what to ask for

    def _wanted(self, vendor: Vendor) -> Iterator[Wanted]:
        if vendor.books in ("amounts", "systems"):
            yield Wanted("soc1", (), (self.say(f"vendor-books-{vendor.books}"),))
        entrusted = set(vendor.entrusts) - {"none", "unsure"}
        stops = vendor.stops in ("operations", "reporting")
        if not entrusted and not stops:
            return
        kept, personal = entrusted & set(_KEPT), entrusted & set(PERSONAL)
        reasons = {
            "security": "vendor-data" if entrusted else "",
            "availability": "vendor-stops" if stops else "",
            "confidentiality": "vendor-confidentiality" if kept else "",
            "privacy": "vendor-privacy" if personal else "",
        }
        categories = ("security", *(c for c, id in reasons.items() if id and c != "security"))
        yield Wanted("soc2", categories, tuple(self.say(id) for id in reasons.values() if id))

    def _without(self, judged: Sequence[Judged]) -> Iterator[Text]:
        lacking = [j.wanted.report for j in judged if j.next in ("ask", "without")]
        for report in lacking:
            yield self.say(f"vendor-without-{report}")
        if lacking:
            yield self.say("vendor-without-software")

    def _cuecs(self, vendor: Vendor) -> Iterator[Text]:
        yield self.say("vendor-cuec-all")
        if vendor.books in ("amounts", "systems"):
            yield self.say(f"vendor-cuec-{vendor.books}")
        if set(vendor.entrusts) - {"none", "unsure", "physical_custody"}:
            yield self.say("vendor-cuec-data")
        if vendor.stops in ("operations", "reporting"):
            yield self.say("vendor-cuec-stops")

    # ---- what is held

    def _judged(self, vendor: Vendor, wanted: Wanted) -> Judged:
        held = [r for r in vendor.reports if r.report == wanted.report]
        if not held:
            return self._absent(vendor, wanted)
        periods = [r for r in held if r.type == "type2" and r.begins and r.ends and r.begins <= r.ends]
        if periods:
            latest = max(periods, key=lambda r: r.ends or date.min)
            judged = self._by_year(wanted, periods, latest) if wanted.report == "soc1" else self._by_age(wanted, latest)
            return self._by_opinion(judged, latest)
        name = _NAMES[wanted.report]
        designed = [r for r in held if r.type == "type1" and r.as_of]
        if designed:
            latest = max(designed, key=lambda r: r.as_of or date.min)
            says = self.say("vendor-held-type1", report=name, day=short_day(latest.as_of or self.today))
            return self._by_opinion(Judged(wanted, latest, "type2", (says,), self.year), latest)
        return Judged(wanted, held[-1], "dates", (self.say("vendor-held-undated", report=name),), self.year)

    def _absent(self, vendor: Vendor, wanted: Wanted) -> Judged:
        says = []
        if vendor.none and not vendor.reports:
            says.append(self.say("vendor-held-none"))
        elif vendor.reports:
            says.append(self.say("vendor-held-missing", report=_NAMES[wanted.report]))
        else:
            says.append(self.say("vendor-held-unknown"))
        others = {r.report for r in vendor.reports}
        if wanted.report == "soc1" and "soc2" in others:
            says.append(self.say("vendor-held-soc2-for-soc1"))
        if wanted.report == "soc2" and "soc3" in others:
            says.append(self.say("vendor-held-soc3"))
        if "iso27001" in others:
            says.append(self.say("vendor-held-iso27001"))
        return Judged(wanted, None, "without" if vendor.none else "ask", tuple(says), self.year)

    def _by_year(self, wanted: Wanted, periods: Sequence[ReportHeld], latest: ReportHeld) -> Judged:
        """Return a SOC 1: what of our year it tests, what a letter can cover, and what nobody speaks of."""
        name, on = _NAMES[wanted.report], span(latest.begins, latest.ends)
        if self.year is None:
            text = self.say("vendor-held-no-year", report=name, months=on)
            return Judged(wanted, latest, "year_end", (text,))
        spans = [DateSpan(r.begins, r.ends) for r in periods if r.begins and r.ends]
        covers = covered(spans, self.months, self.lasts.reach)
        if not covers.months:
            says = [self.say("vendor-held-year-none", report=name, months=on, year=short_day(self.year.ends))]
        else:
            tested = listed([months(s) for s in covers.tested])
            says = [
                self.say(
                    "vendor-held-year", report=name, number=covers.months, year=short_day(self.year.ends), what=tested
                )
            ]
        if 0 < covers.months < CUSTOM:
            says.append(self.say("vendor-held-few"))
        says += [self.say("vendor-gap-bridge", months=months(s)) for s in covers.bridged]
        for rest in covers.untested if covers.months or covers.bridged else ():
            before = covers.tested and rest.ends < covers.tested[0].begins
            says.append(self.say("vendor-gap-before" if before else "vendor-gap-untested", months=months(rest)))
        beyond = any(not covers.tested or s.begins > covers.tested[-1].ends for s in covers.untested)
        if not covers.bridged and not covers.untested:
            says.append(self.say("vendor-held-full"))
        step = "next_report" if beyond or covers.months < CUSTOM else "bridge" if covers.bridged else "ok"
        if step == "next_report":
            says.append(self._next(latest))
        says += [self.say("vendor-read")] if step in ("ok", "bridge") else []
        return Judged(
            wanted,
            latest,
            step,
            tuple(says),
            self.year,
            covers.tested,
            covers.bridged,
            covers.untested,
            covers.months,
        )

    def _by_age(self, wanted: Wanted, latest: ReportHeld) -> Judged:
        """Return a SOC 2: whether it is fresh by custom, the time since it, and the categories that it lacks."""
        assert latest.ends is not None
        name, on = _NAMES[wanted.report], span(latest.begins, latest.ends)
        until = plus(latest.ends, self.lasts.stale)
        reach = plus(latest.ends, self.lasts.reach)
        stale = until < self.today
        says = [
            self.say(
                "vendor-held-stale" if stale else "vendor-held-fresh", report=name, months=on, then=short_day(until)
            )
        ]
        bridged: tuple[DateSpan, ...] = ()
        step = "ok"
        if stale:
            step = "next_report"
        elif latest.ends < self.today:
            bridged, step = (DateSpan(day_after(latest.ends), min(reach, self.today)),), "bridge"
            says.append(self.say("vendor-held-since", day=short_day(latest.ends), then=short_day(reach)))
            if reach < self.today:
                step = "next_report"
        if step == "next_report":
            says.append(self._next(latest))
        lacking = [c for c in wanted.categories if latest.categories and c not in latest.categories]
        if lacking:
            named = listed([self.texts[f"vendors.category.{c}"] for c in lacking])
            says.append(self.say("vendor-held-categories", what=named))
            step = "categories" if step == "ok" else step
        says += [self.say("vendor-read")] if step in ("ok", "bridge", "categories") else []
        return Judged(wanted, latest, step, tuple(says), self.year, (), bridged)

    def _next(self, latest: ReportHeld) -> Text:
        """Return the report that carries on from that one, and when it is there."""
        assert latest.ends is not None
        begins = day_after(latest.ends)
        ends = plus(latest.ends, 12)
        typical = plus(ends, self.lasts.renewal[1])
        return self.say("vendor-next-report", months=span(begins, ends), typical=short_day(typical))

    def _by_opinion(self, judged: Judged, latest: ReportHeld) -> Judged:
        if latest.opinion not in ("qualified", "adverse", "disclaimer"):
            return judged
        text = self.say(f"vendor-opinion-{latest.opinion}")
        urgent = judged.next in ("ok", "bridge", "categories", "year_end") or latest.opinion != "qualified"
        return Judged(
            judged.wanted,
            judged.held,
            "opinion" if urgent else judged.next,
            (text, *judged.says),
            judged.year,
            judged.tested,
            judged.bridged,
            judged.untested,
            judged.months,
        )


def open_questions(vendor: Vendor) -> tuple[str, ...]:
    """Those of the four questions that are not answered."""
    answered = {
        "books": vendor.books in ("amounts", "systems", "no"),
        "entrusts": bool(vendor.entrusts) and "unsure" not in vendor.entrusts,
        "stops": vendor.stops in ("nothing", "slower", "operations", "reporting"),
        "holds": vendor.none is not None or bool(vendor.reports),
    }
    return tuple(id for id, answered_already in answered.items() if not answered_already)
