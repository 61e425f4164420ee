"""Records of two profiles side by side: matched, in words and as data."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace

from socui.deciding.compare import Compared
from socui.deciding.compared_records import compared_records
from socui.profiles.profile import Profile
from socui.profiles.records import Event, Evidence, Period, ReportHeld, Request

ASKED = Request(
    "r1",
    asked_by="Merchant [b]Inc.",
    asks=("soc1",),
    needed_by=date(2027, 3, 15),
    period=Period(date(2026, 1, 1), date(2026, 12, 31)),
    words="Send it.",
)
HELD = ReportHeld("soc2", "type2", ends=date(2026, 9, 30))
PLATFORM = Event(date(2027, 6, 1), "system_change", "a ledger")
ALL = Profile(
    requests=(ASKED,), reports_held=(HELD,), events=(PLATFORM,), evidence=Evidence(date(2026, 7, 1), {"odd": 1})
)


def by_id(one: Profile, other: Profile) -> dict[str, Compared]:
    """What is compared, each of it as JSON can have it."""
    pairs = {pair.id: pair for pair in compared_records(one, other)}
    json.dumps([pair.data for pair in pairs.values()])
    return pairs


def test_the_same_records_do_not_differ() -> None:
    pairs = by_id(ALL, replace(ALL, evidence=Evidence(date(2026, 7, 1))))
    assert list(pairs) == ["requests.r1", "reports_held.1", "events.1", "evidence"]
    assert not [p for p in pairs.values() if p.differs]
    assert pairs["events.1"].words[0] == "1 Jun 2027, a ledger"


@pytest.mark.parametrize("turned", [False, True])
def test_what_one_side_lacks_is_said_whole(turned: bool) -> None:
    pairs = by_id(Profile(), ALL) if turned else by_id(ALL, Profile())
    words = {p.id: (p.title, p.words[turned]) for p in pairs.values()}
    assert all(p.differs and p.words[not turned] == "-" and p.data[not turned] is None for p in pairs.values())
    assert words == {
        "requests.r1": ("Merchant [b]Inc.", "SOC 1, by 15 Mar 2027"),
        "reports_held.1": ("Report you hold", "SOC 2 Type 2 to 30 Sep 2026"),
        "events.1": ("System change", "1 Jun 2027, a ledger"),
        "evidence": ("Controls run since", "1 Jul 2026"),
    }


@pytest.mark.parametrize(
    ("other", "id", "words"),
    [
        (
            replace(ALL, requests=(replace(ASKED, needed_by=date(2027, 6, 30), force="deal"),)),
            "requests.r1",
            ("How firm: -; By when: 15 Mar 2027", "How firm: A sale waits for it; By when: 30 Jun 2027"),
        ),
        (
            replace(ALL, reports_held=(replace(HELD, opinion="qualified"),)),
            "reports_held.1",
            ("Opinion: -", "Opinion: Qualified: all but named points"),
        ),
        (replace(ALL, events=(replace(PLATFORM, date=None),)), "events.1", ("On: 1 Jun 2027", "On: -")),
        (
            replace(ALL, evidence=Evidence(date(2026, 8, 1))),
            "evidence",
            ("Controls run since: 1 Jul 2026", "Controls run since: 1 Aug 2026"),
        ),
    ],
)
def test_of_a_record_that_differs_what_differs_is_said(other: Profile, id: str, words: tuple[str, str]) -> None:
    pairs = by_id(ALL, other)
    assert [p.id for p in pairs.values() if p.differs] == [id]
    assert pairs[id].words == words


def test_of_long_texts_the_place_where_they_differ_is_shown() -> None:
    long = "word " * 100_000
    one, other = (replace(ALL, requests=(replace(ASKED, words=f"{long}{end}"),)) for end in ("by March", "by April"))
    left, right = by_id(one, other)["requests.r1"].words
    assert left.endswith("word by March") and right.endswith("word by April") and len(left) < 120
