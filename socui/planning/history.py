"""What lies behind a plan: the reports held, the last of each kind, and the big changes; what of them is missing or presumed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from socui.asking.recorded import unrecorded_change
from socui.deciding.advice import REPORTS
from socui.planning.implied import sane
from socui.planning.inputs import BigChange, Held
from socui.planning.model import Assumed, Missing
from socui.planning.words import short_day
from socui.profiles.profile import Profile
from socui.profiles.records import Event, ReportHeld
from socui.text import visible


def last_held(
    records: Sequence[ReportHeld], reports: Sequence[str], chosen: Collection[str], missing: list[Missing]
) -> tuple[dict[str, Held], frozenset[str]]:
    """Return the last report held of each kind, and the kinds planned for which no date can be given; adds to `missing` what
    would be needed. `chosen` are the reports held by the answers, without days."""
    taken = [_taken(r) for r in records if r.report in REPORTS]
    held: dict[str, Held] = {}
    for one in (h for h in taken if h is not None):
        before = held.get(one.report)
        if before is None or (one.type, one.last) > (before.type, before.last):
            held[one.report] = one
    undated = {r.report for r in records if r.report in REPORTS and _taken(r) is None}
    undated |= {report for report in REPORTS if f"{report}_t2" in chosen}
    undated = {r for r in undated if r in reports and r not in held}
    for report in sorted(undated):
        text = f"The end of the last {name(report)} period is not known: without it no date is given."
        missing.append(Missing(f"reports_held.{report}.to", text, report))
    for report in (r for r in reports if r not in undated):
        if scopes := _two_scopes([h for h in taken if h is not None and h.report == report]):
            undated.add(report)
            missing.append(Missing(f"reports_held.{report}.to", _which(report, scopes), report))
    return held, frozenset(undated)


def _taken(record: ReportHeld) -> Held | None:
    """Return a report held as a plan takes it; None where the end of its period is not known."""
    last = sane(record.ends if record.type != "type1" else record.as_of)
    if last is None:
        return None
    begins = sane(record.begins)
    begins = begins if begins and begins <= last else None
    return Held(record.report, record.type or "type2", last, begins, sane(record.issued), record.opinion)


def _two_scopes(held: Sequence[Held]) -> tuple[Held, Held] | None:
    """Return two reports of one name whose periods overlap: they cover different things, such as a unit that was bought."""
    periods = sorted({(h.begins, h.last): h for h in held if h.begins and h.type == "type2"}.items())
    for (_, one), ((begins, _), other) in pairwise(periods):
        if begins <= one.last:
            return one, other
    return None


def _which(report: str, scopes: tuple[Held, Held]) -> str:
    """Return what is missing where two reports of one name are held: which of them the next one follows."""
    one, other = (short_day(h.last) for h in scopes)
    return (
        f"You hold two {name(report)} reports whose periods overlap, to {one} and to {other}, such as one on a unit that was "
        "bought. Which of them the next report follows is not known, and without it no date is given: keep here the one on the "
        "service of this profile, and the other one in a profile of its own."
    )


def big_changes(profile: Profile, held: Sequence[Held], assumed: list[Assumed]) -> tuple[BigChange, ...]:
    """Return the big changes that have a day, by day; adds to `assumed` what of the others, and of a unit that was bought, is presumed.
    `held` are the reports that the plan carries on from."""
    answered = [Event(kind=kind)] if (kind := unrecorded_change(profile)) else []
    for event in (e for e in (*profile.events, *answered) if not (e.kind and sane(e.date))):
        lacks = "its day" if event.kind else "what changes"
        text = f"Assumed: {_changed(event)} moves no period, as {lacks} is not known."
        assumed.append(Assumed(f"events.{'date' if event.kind else 'kind'}", text))
    changes = [BigChange(day, e.kind, visible(e.about)) for e in profile.events if (day := sane(e.date)) and e.kind]
    since = min((h.first for h in held if h.type == "type2"), default=None)
    bought = [c for c in changes if c.kind == "acquisition" and since and c.day >= since]
    for change in bought if profile.evidence.since is None else ():
        text = (
            f"Assumed: the unit bought on {short_day(change.day)} stays out of the period that carries on, as it is not known "
            "since when its controls have evidence."
        )
        assumed.append(Assumed("evidence.since", text))
    return tuple(sorted(changes, key=lambda change: change.day))


def _changed(event: Event) -> str:
    """Return a big change in a few words."""
    kind = {"acquisition": "the acquisition", "": "a change"}.get(event.kind, "the change of systems")
    about = visible(event.about)
    return f"{kind} ({about})" if about else kind


def name(report: str) -> str:
    """Return the report as one says it."""
    return {"soc1": "SOC 1", "soc2": "SOC 2"}.get(report, report)
