"""Turns records of a profile into answers to questions that people can also answer directly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from socui.asking.given import Given
from socui.asking.speaks_for import is_reader
from socui.profiles.records import BANDS, CATEGORIES, Event, Request

if TYPE_CHECKING:
    from socui.profiles.profile import Profile

CHANGES = "service_changes"
"""The question whether the service or its systems change much."""
NO_CHANGE = "none"
"""The answer that none lies ahead."""
_CHANGED_BY = {"system_change": "migration", "acquisition": "acquisition"}
"""By kind of event: the answer that it stands for."""
_CHANGE_KINDS = {"new_service": "system_change", "migration": "system_change", "acquisition": "acquisition"}
"""By answer: the kind of event that says its day."""

MONTH = 30.44
"""Days in a month, on average."""

FRAMEWORKS = ("iso27001", "pci", "hitrust", "hipaa", "fedramp", "cmmc", "c5", "dora")
"""Asks that are frameworks of the question on them."""

_HELD = {
    ("soc1", "type1"): "soc1_t1",
    ("soc1", "type2"): "soc1_t2",
    ("soc2", "type1"): "soc2_t1",
    ("soc2", "type2"): "soc2_t2",
}


def ticked(profile: Profile) -> dict[str, frozenset[str]]:
    """Return the options that records tick, beside what is answered, by question."""
    frameworks = {a for r in profile.requests for a in r.asks if a in FRAMEWORKS}
    categories = {
        c for r in profile.requests if is_reader(r) for c in r.categories if c in CATEGORIES and c != "security"
    }
    held = {_HELD.get((h.report, h.type), h.report) for h in profile.reports_held if h.report}
    return {
        "other_frameworks": frozenset(frameworks),
        "categories_asked": frozenset(categories),
        "existing_reports": frozenset(held),
    }


def band(day: date, today: date) -> str:
    """Return how far off a day is, as a band of months."""
    months = (day - today).days / MONTH
    return "under_3m" if months < 3 else "3_6m" if months < 6 else "6_12m" if months < 12 else "over_12m"


def needed_by(requests: tuple[Request, ...], closed: bool, today: date | None) -> tuple[Given | None, Given | None]:
    """Return when the first report is needed, by what is certain and by what is known so far; None: nothing is known."""
    bands = [
        band(r.needed_by, today) if r.needed_by and today else r.needed if r.needed in BANDS else "" for r in requests
    ]
    dated = [b for b in bands if b]
    if not dated:
        return None, None
    first = Given(frozenset([min(dated, key=BANDS.index)]), True)
    sure = closed and len(dated) == len(bands)
    return (first if sure or first.chosen == {BANDS[0]} else None), first


def controls_age(since: date, today: date) -> str:
    """For how long controls have run with evidence."""
    months = (today - since).days / MONTH
    if months < 0:
        return "not_in_place"
    return "under_3m" if months < 3 else "3_6m" if months < 6 else "6_12m" if months < 12 else "over_12m"


def changes_ahead(events: Iterable[Event], today: date) -> str:
    """Return the answer that events stand for: of those that lie ahead, or whose day is not known, the first one; "" for none."""
    ahead = [e for e in events if e.kind in _CHANGED_BY and (e.date is None or e.date >= today)]
    return _CHANGED_BY[min(ahead, key=lambda e: e.date or date.max).kind] if ahead else ""


def unrecorded_change(profile: Profile) -> str:
    """Return the kind of event that is answered to lie ahead and that no record says more of; "" for none."""
    answer = "" if CHANGES in profile.confirm | profile.not_sure else profile.answers.get(CHANGES, "")
    kind = _CHANGE_KINDS.get(answer, "") if isinstance(answer, str) else ""
    return "" if kind in {e.kind for e in profile.events} else kind
