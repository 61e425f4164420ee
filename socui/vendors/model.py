"""Defines the findings on a vendor as frozen values: what to ask for, what it holds, what is missing, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from socui.planning.model import DateSpan, Text
from socui.profiles.records import ReportHeld, Vendor

OPEN_QUESTIONS = ("books", "entrusts", "stops", "holds")
"""The four questions on a vendor."""

_ORDER = ("ask", "without", "opinion", "type2", "dates", "next_report", "year_end", "bridge", "categories", "ok")
"""What to do next with a vendor, the most urgent first."""


class Wanted(Struct, frozen=True):
    """A report to ask a vendor for: "soc1" or "soc2", the categories of a SOC 2 report, and the reason."""

    report: str
    categories: tuple[str, ...] = ()
    why: tuple[Text, ...] = ()


class Judged(Struct, frozen=True):
    """A wanted report compared with the reports that the vendor holds.

    `held` is the one that counts, None if there is none. `next` is one of ORDER. `year` is our fiscal year: the part of it
    that is `tested` (`months` whole months), the part within reach of a bridge letter, and the part that is neither.
    `since` is the time after a SOC 2 period that a letter can cover.
    """

    wanted: Wanted
    held: ReportHeld | None
    next: str
    says: tuple[Text, ...]
    year: DateSpan | None = None
    tested: tuple[DateSpan, ...] = ()
    bridged: tuple[DateSpan, ...] = ()
    untested: tuple[DateSpan, ...] = ()
    months: int | None = None


class VendorFinding(Struct, frozen=True):
    """The conclusion on one vendor. `open` holds the questions without an answer, `also` further frameworks to ask about."""

    vendor: Vendor
    open: tuple[str, ...]
    judged: tuple[Judged, ...]
    why: tuple[Text, ...]
    beside: tuple[Text, ...]
    without: tuple[Text, ...]
    cuecs: tuple[Text, ...]

    @property
    def next(self) -> str:
        """What to do next: the most urgent of what the reports need."""
        steps = [j.next for j in self.judged]
        if steps:
            return min(steps, key=_ORDER.index)
        return "open" if self.open else "nothing"

    @property
    def asks(self) -> bool:
        """Whether there is anything to write to the vendor."""
        return bool(self.judged)


class Collected(Struct, frozen=True):
    """The conclusions on all vendors of a profile. `year` is our fiscal year, against which reports are held; None if unknown."""

    findings: tuple[VendorFinding, ...]
    today: date
    year: DateSpan | None = None


Say = Callable[..., Text]
"""Fills in a message of the knowledge by its id."""
