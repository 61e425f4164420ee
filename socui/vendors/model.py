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
    """A report to ask for: "soc1" or "soc2", the categories of a SOC 2, and why."""

    report: str
    categories: tuple[str, ...] = ()
    why: tuple[Text, ...] = ()


class Judged(Struct, frozen=True):
    """A wanted report against what is held. `held` is the one that counts, None where there is none. `next` is one of ORDER.
    `year` is our year, with what of it is `tested` (`months` whole ones), within reach of a bridge letter, and beyond or
    before; `since` is the time after a SOC 2 period that a letter can cover."""

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
    """What is found of one vendor. `open` are those of the four questions that are not answered; `also` are frameworks to
    ask about beside."""

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
    """All vendors of a profile. `year` is our fiscal year that they are held against, None where it is not known."""

    findings: tuple[VendorFinding, ...]
    today: date
    year: DateSpan | None = None


Say = Callable[..., Text]
"""Fills in a message of the knowledge by its id."""
