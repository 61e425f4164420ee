"""What a plan rests on: requests, reports held, evidence, clients' year ends and durations, as one small value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from socui.planning.calendar import day_after, plus

BINDING = ("law", "contract", "deal", "")
"""How firmly a report is asked for, strongest first; a wish moves no period. What is not known is taken as binding."""
WISH = "wish"

ABSENT, RUNNING = "absent", "running"
"""Whether the controls are in place."""

MonthRange = tuple[float, float, float]
"""Months: low, typical, high."""


class Durations(Struct, frozen=True):
    """How long each step takes, in months, and how far a bridge letter reaches: the [[duration]] tables of the knowledge."""

    readiness: MonthRange = (0, 0, 0)
    fixes: MonthRange = (0, 0, 0)
    engage: MonthRange = (0, 0, 0)
    type1: MonthRange = (0, 0, 0)
    type2: MonthRange = (0, 0, 0)
    renewal: MonthRange = (0, 0, 0)
    prepare: MonthRange = (0, 0, 0)
    reach: int = 0
    shortest: int = 0
    custom_soc1: int = 0
    custom_soc2: int = 0
    longest: int = 0
    moved: int = 0
    stale: int = 0
    behind: int = 0

    @property
    def ready(self) -> MonthRange:
        """From today until controls that are not in place run: readiness, then fixes."""
        low, typical, high = (a + b for a, b in zip(self.readiness, self.fixes, strict=True))
        return low, typical, high


class DatedRequest(Struct, frozen=True):
    """One request, as far as it bears on dates.

    `reports` are those of SOC 1 and SOC 2 that it asks for; with `either` any one will do. `elsewhere` names what meets it
    without them; `own_questions` says that these are questions of an auditor or a finance team, which a SOC 1 report can
    answer too. `due` is the last day on which the report is of use, `due_from` the first one of a band, `latest_use` where
    it follows from the fiscal year alone.
    `useful` is the last day on which such an auditor can usually use it, where the reader named no day of its own.
    `year` is the last day of the year (or period) to be covered, `year_begins` its first. `shortest` is the shortest
    period the reader takes, in writing; None where nothing was agreed.
    """

    id: str = ""
    asked_by: str = ""
    reader: str = ""
    force: str = ""
    reports: tuple[str, ...] = ()
    either: bool = False
    elsewhere: str = ""
    own_questions: bool = False
    type: str = ""
    due: date | None = None
    due_from: date | None = None
    latest_use: bool = False
    useful: date | None = None
    no_date: bool = False
    year: date | None = None
    year_begins: date | None = None
    audited_as: str = ""
    shortest: int | None = None
    max_age: int | None = None
    bridge: bool = False

    @property
    def binding(self) -> bool:
        """Whether it sets dates; a wish does not."""
        return self.force != WISH

    @property
    def takes_type1(self) -> bool:
        """Whether a Type 1 report is what was asked for, as far as it was said."""
        reliance = self.year is not None or self.reader in ("user_auditor", "service_auditor")
        return self.type == "type1_ok" or (not self.type and not reliance)


class Held(Struct, frozen=True):
    """The last report held of its kind. `last` is the end of its period (Type 2) or the day it speaks of (Type 1)."""

    report: str
    type: str
    last: date
    begins: date | None = None
    issued: date | None = None
    opinion: str = ""

    @property
    def first(self) -> date:
        """The first day of its period; where that is not known it was a year."""
        return self.begins or day_after(plus(self.last, -12))


class BigChange(Struct, frozen=True):
    """A big change on a day: "system_change" or "acquisition"."""

    day: date
    kind: str
    about: str = ""


class Inputs(Struct, frozen=True):
    """Everything that a plan rests on.

    `since` is the day from which controls run with evidence kept, by report where they differ; None where they are not in
    place. `year_end` is month and day of the clients' year end; None where they differ or nobody said. `audits` holds the
    kinds of audits of clients, most frequent first.
    """

    today: date
    durations: Durations
    reports: tuple[str, ...] = ()
    asks: tuple[DatedRequest, ...] = ()
    held: Mapping[str, Held] = field(default_factory=dict)
    controls: str = RUNNING
    since: date | None = None
    year_end: date | None = None
    mixed: bool = False
    country: str = ""
    changes: Sequence[BigChange] = ()
    kept: Sequence[str] = ()
    """Reports held of which the next one is not needed by the answers; readers may want it."""

    def asks_for(self, report: str) -> tuple[DatedRequest, ...]:
        """Return the requests that a report can serve."""
        return tuple(a for a in self.asks if report in a.reports)

    def renews(self, report: str) -> Held | None:
        """Return the Type 2 report held that the next one carries on from."""
        held = self.held.get(report)
        return held if held is not None and held.type == "type2" else None
