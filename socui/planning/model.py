"""The plan as frozen values: which report when, what each request gets, what else could be done, what it rests on.

Screens, reports, tables and calendars read a `Plan` and nothing else; `socui.planning.plan_for.plan_for` makes it:

    plan_for(decider, profile, today) -> Plan

Every text is filled in from the values printed beside it; a `Text` keeps the facts that it rests on.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

TIMELINESS = ("on_time", "tight", "unlikely", "late")
"""A report in hand against the date needed, best first. on_time: in time even if everything takes as long as it may;
tight: if it takes no longer than typical, or by a report held whose letter ends before the reader's year; unlikely: only if
it takes as little as it can; late: not even then."""

UNKNOWN = "unknown"
"""The answer where an input is missing, so that no date is given."""
NO_REPORT = "no_report"
"""The answer where no planned or held report is what was asked for."""
MET_ELSEWHERE = "elsewhere"
"""The answer where no SOC report meets the request: a questionnaire or another framework does."""


class Text(Struct, frozen=True):
    """A sentence or a few, filled in, and the ids of the facts it rests on."""

    says: str
    facts: tuple[str, ...] = ()


class DateSpan(Struct, frozen=True):
    """The days from `begins` to `ends`, both included."""

    begins: date
    ends: date


class InHand(Struct, frozen=True):
    """The day on which a report is in hand: if every step is short (`low`), typical, or long (`high`)."""

    low: date
    typical: date
    high: date


class PlannedReport(Struct, frozen=True):
    """A report of the plan. `report` is "soc1" or "soc2", `type` "type1" or "type2". A Type 1 speaks `as_of` a day, a Type 2
    of the days from `begins` to `ends`. `next` where it only carries on after the ones that requests need. `look_back` where
    its period began before today, but for one that carries on from a report held while a letter can still reach. `gap`
    are days after the report before it that no period holds. `bridge` are the days after the period that a letter of
    management can cover; None for a Type 1. `says` tells why it is placed so."""

    report: str
    type: str
    in_hand: InHand
    begins: date | None = None
    ends: date | None = None
    as_of: date | None = None
    next: bool = False
    look_back: bool = False
    gap: DateSpan | None = None
    bridge: DateSpan | None = None
    says: tuple[Text, ...] = ()

    @property
    def last(self) -> date:
        """The day it speaks of, or the last one."""
        return self.as_of or self.ends or self.in_hand.typical

    @property
    def months(self) -> int:
        """The length of its period in months, rounded; 0 for a Type 1."""
        return round(((self.ends - self.begins).days + 1) / 30.4375) if self.begins and self.ends else 0


class ReportOutcome(Struct, frozen=True):
    """What one report does for a request that asks for both: `answer`, `held`, `served` and `in_hand` as in RequestOutcome."""

    report: str
    type: str
    answer: str
    held: bool = False
    served: int | None = None
    in_hand: InHand | None = None


class RequestOutcome(Struct, frozen=True):
    """What one request gets. `id` and `asked_by` are the request's own ("" where the answers imply it), `force` is
    "contract", "law", "deal", "wish" or "", `reader` one of socui.profiles.records.READERS or "".

    `answer` is one of TIMELINESS, UNKNOWN, NO_REPORT or MET_ELSEWHERE, for the report asked for: `report` and `type` served, in hand
    `in_hand`. `held` where that is a report held already; else `served` is its place in `Plan.reports`, None without
    one. `needed_by` is the last day on which it is of use, `needed_from` the first one where only a band is known: `answer`
    holds for the last, `answer_from` for the first, "" without a band.
    `latest_use` where nobody named it and it follows from the reader's fiscal year. `fiscal_year` is the year to be covered;
    `tested`, `bridged` and `untested` share it out, `months_tested` counts its whole months tested, None without a year.
    `beside` is the other report, where both are asked for and this one comes off worse.
    `sentence` says it all in one; `says` goes on; `meanwhile` is what to send until then, each ready to be sent.
    """

    id: str
    asked_by: str
    answer: str
    sentence: str
    force: str = ""
    reader: str = ""
    report: str = ""
    type: str = ""
    type_asked: str = ""
    held: bool = False
    served: int | None = None
    in_hand: InHand | None = None
    needed_by: date | None = None
    needed_from: date | None = None
    answer_from: str = ""
    latest_use: bool = False
    fiscal_year: DateSpan | None = None
    tested: tuple[DateSpan, ...] = ()
    bridged: tuple[DateSpan, ...] = ()
    untested: tuple[DateSpan, ...] = ()
    months_tested: int | None = None
    beside: tuple[ReportOutcome, ...] = ()
    facts: tuple[str, ...] = ()
    says: tuple[Text, ...] = ()
    meanwhile: tuple[Text, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether the typical report misses the date needed."""
        return self.answer in ("unlikely", "late")


class RunnerUp(Struct, frozen=True):
    """Another plan that could be chosen: its first reports, the answer to each request, and in `sentence` who would be
    worse off with it, or what it costs."""

    reports: tuple[PlannedReport, ...]
    answers: tuple[str, ...]
    months_tested: tuple[int | None, ...]
    sentence: Text


class Missing(Struct, frozen=True):
    """An input that nobody gave: without it no date is given for `report` ("" for all). `key` is the question's id, or the key
    of a record ("evidence.since", "reports_held.soc1.to", "requests.r1.needed_by")."""

    key: str
    sentence: str
    report: str = ""


class Assumed(Struct, frozen=True):
    """An input that is presumed, or of which only the least is sure: `sentence` says which of the two and what ("Assumed:
    ...", "At least: ..."), `key` (as in Missing) is where to confirm or change it."""

    key: str
    sentence: str
    facts: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, str]:
        """The label with its colon, which every sentence begins with, and the words behind it."""
        label, colon, words = self.sentence.partition(": ")
        return label + colon, words


class PlannedChange(Struct, frozen=True):
    """A big change that is recorded with its day. `title` says of which kind it is, `about` what, in the words of the record."""

    day: date
    title: str
    about: str = ""


class Plan(Struct, frozen=True):
    """The plan of a profile as of a day. `reports` stand in order of time, `requests` in the profile's order. `says` are
    remarks on the whole plan: year ends, both reports together, changes of systems, the country. `country` is where the
    service organization sits, by which its reports are named."""

    today: date
    reports: tuple[PlannedReport, ...] = ()
    requests: tuple[RequestOutcome, ...] = ()
    runners_up: tuple[RunnerUp, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    missing: tuple[Missing, ...] = ()
    says: tuple[Text, ...] = ()
    year_ends: tuple[date, ...] = ()
    """Clients' year ends from today to the end of the plan, where they are known or presumed."""
    country: str = ""
    changes: tuple[PlannedChange, ...] = ()
    """The big changes that are recorded with their days, by day."""

    def first(self, report: str) -> PlannedReport | None:
        """Return the first planned report of that kind, None without one."""
        return next((r for r in self.reports if r.report == report), None)

    def of(self, report: str) -> tuple[PlannedReport, ...]:
        """Return the planned reports of that kind, in order of time."""
        return tuple(r for r in self.reports if r.report == report)


NO_PLAN = Plan(date.min)
"""Where nothing was planned yet."""
