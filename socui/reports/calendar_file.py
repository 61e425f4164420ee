"""The plan as a calendar: periods, dates on which reports are in hand, and dates on which they are needed, as all-day events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from icalendar import Calendar, Event

from socui.asking.named_as import named_as
from socui.deciding.advice import Advice
from socui.knowledge.local_words import typed_name
from socui.planning.model import Plan, PlannedReport, RequestOutcome
from socui.planning.picture import reader_of
from socui.planning.words import capital, report_days, report_title, short_day
from socui.profiles.profile import Profile
from socui.text import visible
from socui.version import VERSION

_ESTIMATE = "A planning estimate, no promise."


def render_calendar(profile: Profile, plan: Plan, advice: Advice) -> bytes:
    """The plan in the iCalendar format, as far as its reports are advised. The same plan always gives the same bytes. An event
    keeps its id as long as it speaks of the same report or request, so that a calendar that is read again moves it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//socui {VERSION}//plan//EN")
    calendar.add("version", "2.0")
    name = visible(profile.organization) or visible(profile.name)
    if name:
        calendar.add("x-wr-calname", f"SOC reports: {name}")
    for event in (*_reports(profile, plan, advice), *_requests(profile, plan)):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _reports(profile: Profile, plan: Plan, advice: Advice) -> Iterator[Event]:
    counts: dict[str, int] = {}
    for report in (r for r in plan.reports if advice.advised(r.report)):
        counts[report.report] = counts.get(report.report, 0) + 1
        key = f"{report.report}-{counts[report.report]}"
        title, says = report_title(report, plan.country), " ".join(t.says for t in report.says)
        about = f"{says} {_ESTIMATE}".strip()
        if report.as_of:
            yield _event(profile, plan, f"{key}-as-of", f"{title}: as of this day", report.as_of, report.as_of, about)
        elif report.begins and report.ends:
            yield _event(profile, plan, f"{key}-period", f"{title}: period", report.begins, report.ends, about)
        yield _event(profile, plan, f"{key}-in-hand", f"{title}: typically in hand", *_hand(report, title))


def _hand(report: PlannedReport, title: str) -> tuple[date, date, str]:
    hand = report.in_hand
    about = f"{title}, {report_days(report)}. Between {short_day(hand.low)} and {short_day(hand.high)}. {_ESTIMATE}"
    return hand.typical, hand.typical, about


def _requests(profile: Profile, plan: Plan) -> Iterator[Event]:
    for at, request in enumerate(plan.requests):
        if request.needed_by:
            title = f"Needed: {_what(profile, request)} for {request.asked_by or reader_of(request)}"
            key = f"request-{request.id or at}"
            yield _event(profile, plan, key, title, request.needed_by, request.needed_by, request.sentence)


def _what(profile: Profile, request: RequestOutcome) -> str:
    """Return what is needed, by name where whoever asked gave that name, or only answers say that somebody asks."""
    names = sorted(filter(None, (request.report, *(other.report for other in request.beside))))
    asked = next((r for r in profile.requests if r.id == request.id), None)
    names = [] if asked and not all(n in asked.asks and not named_as(asked, n) for n in names) else names
    return " and ".join(f"{typed_name(name, '')} report" for name in names) or "report"


def _event(profile: Profile, plan: Plan, key: str, title: str, first: date, last: date, about: str) -> Event:
    from socui.planning.calendar import day_after

    event = Event()
    event.add("uid", f"{visible(profile.id) or 'unnamed'}-{key}@socui")
    event.add("dtstamp", datetime.combine(plan.today, time(), UTC))
    event.add("summary", capital(title))
    event.add("dtstart", first)
    event.add("dtend", day_after(last))
    event.add("description", about)
    event.add("transp", "TRANSPARENT")
    return event
