"""Requests as a plan can read them: the ones that older answers imply, and values that nobody means left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from socui.deciding.presumptions import Given
from socui.planning.year_ends import next_year_end
from socui.profiles.profile import Profile
from socui.profiles.records import Period, Request

YEARS = (1990, 2200)
"""Between these a year is one that somebody means."""
CALENDAR = date(2000, 12, 31)
"""The year that most companies close."""


def sane(day: date | None) -> date | None:
    """Return the day, where a plan can count from it; a year that nobody means says nothing."""
    return day if day is not None and YEARS[0] <= day.year <= YEARS[1] else None


def _number(number: int | None, most: int) -> int | None:
    return number if number is not None and 1 <= number <= most else None


def sane_request(record: Request) -> Request:
    """Return the request without days and numbers that nobody means."""
    period = record.period
    if period is not None:
        begins, ends = sane(period.begins), sane(period.ends)
        period = Period(begins, ends) if ends and (begins is None or begins <= ends) else None
    return replace(
        record,
        fiscal_year_end=sane(record.fiscal_year_end),
        period=period,
        needed_by=sane(record.needed_by),
        accepts_months=_number(record.accepts_months, 24),
        max_age_months=_number(record.max_age_months, 60),
    )


def asks_for(record: Request, report: str) -> bool:
    """Return whether a request names a report, or what comes with one: AAF 01/20 is the name of one on amounts in the
    United Kingdom, and a SOC 3 report rests on the examination of a SOC 2 report."""
    return report in record.asks or {"soc1": "aaf", "soc2": "soc3"}.get(report) in record.asks


def implied(answers: Mapping[str, Given], today: date, profile: Profile) -> tuple[Request, ...]:
    """Return the requests that the answers of an older profile imply, without names."""
    return tuple(_implied(answers, today, profile))


def _implied(answers: Mapping[str, Given], today: date, profile: Profile) -> Iterator[Request]:
    def ticked(question: str) -> frozenset[str]:
        return answers[question].chosen if question in answers else frozenset()

    detail, binding = ticked("request_detail"), ticked("binding")
    type = "type2" if "type2_named" in detail else "type1_ok" if "type1_ok" in detail else ""
    day = sane(profile.dates.get("needed_by"))
    band = next(iter(ticked("needed_by")), "")
    for question, reader, options in _ASKED:
        for option in (o for o in options if o in ticked(question)):
            covered = reader == "finance" and "fiscal_year_coverage" in detail
            closes = ticked("client_year_end")
            end = profile.dates.get("year_end") or (CALENDAR if "other_single" not in closes else None)
            yield Request(
                id="",
                reader=reader,
                asks=_ASKS[option],
                either=True if option == "either" else None,
                type=type,
                force="contract" if option in binding else "",
                fiscal_year_end=next_year_end(end, today) if covered and end else None,
                needed_by=day,
                needed="" if day else band,
            )


_ASKED = (
    ("asked_by_finance", "finance", ("soc1", "unnamed")),
    ("asked_by_security", "security", ("soc2", "unnamed")),
    ("asked_by_others", "", ("soc1", "soc2", "either", "unnamed")),
)
"""Questions on who asked, their readers, and the options that are a request for a report that such readers use."""
_ASKS = {"soc1": ("soc1",), "soc2": ("soc2",), "either": ("soc1", "soc2"), "unnamed": ("soc_unnamed",)}
