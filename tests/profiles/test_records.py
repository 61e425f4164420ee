"""Requests, reports held, events and evidence in a profile's file: read, kept and written back as they were."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from socui.profiles.profile_toml import from_bytes, to_bytes
from socui.profiles.records import Event, Evidence, Period, ReportHeld, Request

FILE = b"""kind = "socui-profile"
schema = 2
id = "7f3a9c0d51b2e864"
name = "Acme"
organization = ""
service = ""
country = "US"
knowledge = ""
created = 2026-11-22T14:02:11Z
updated = 2026-11-22T14:09:40Z

[answers]
more_requests = "no"

[[requests]]
id = "r1"
from = "Merchant Inc., audit team"
reader = "user_auditor"
asks = ["soc1"]
either = true
period = { from = 2026-01-01, to = 2026-12-31 }
needed_by = 2027-03-15
accepts_months = 3
words = "Please send\\nyour SOC 1"
odd = 7
bridge = "perhaps"

[[requests]]
id = "r2"
period = { from = 2026-01-01, until = 2026-12-31 }

[[reports_held]]
report = "soc1"
type = "type2"
from = 2025-10-01
to = 2026-09-30

[[events]]
date = 2026-12-01
kind = "system_change"
about = "new ledger"

[evidence]
since = 2026-07-01

[engagement]
legal_entity = "Acme Payroll, Inc."
"""


def test_every_record_is_read_and_what_is_not_expected_is_kept() -> None:
    profile = from_bytes(FILE).profile
    one, two = profile.requests
    assert (one.id, one.asked_by, one.reader, one.asks, one.either) == (
        "r1",
        "Merchant Inc., audit team",
        "user_auditor",
        ("soc1",),
        True,
    )
    assert one.period == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert one.words == "Please send\nyour SOC 1" and one.bridge is None
    assert one.extra == {"odd": 7, "bridge": "perhaps"}
    assert two.period is None and "period" in two.extra
    assert profile.reports_held == (ReportHeld("soc1", "type2", date(2025, 10, 1), date(2026, 9, 30)),)
    assert profile.events == (Event(date(2026, 12, 1), "system_change", "new ledger"),)
    assert profile.evidence == Evidence(date(2026, 7, 1))
    assert profile.country == "US" and profile.engagement == {"legal_entity": "Acme Payroll, Inc."}


def test_what_was_read_is_written_back() -> None:
    loaded = from_bytes(FILE)
    again = from_bytes(to_bytes(loaded.profile, loaded.document))
    assert again.profile == loaded.profile


def test_every_request_has_an_id_of_its_own() -> None:
    """Files are written by hand too. Plans, cards and letters know a request by its id."""
    hand = b"".join(
        b'[[requests]]\nfrom = "%b"\n%b\n' % (name, id)
        for name, id in ((b"A", b""), (b"B", b'id = "r1"'), (b"C", b'id = "r1"'), (b"D", b""), (b"E", b'id = "x"'))
    )
    head = FILE.split(b"[answers]")[0]
    loaded = from_bytes(head + hand)
    assert [(r.asked_by, r.id) for r in loaded.profile.requests] == [
        ("A", "r2"), ("B", "r1"), ("C", "r3"), ("D", "r4"), ("E", "x"),
    ]  # fmt: skip
    assert from_bytes(to_bytes(loaded.profile, loaded.document)).profile == loaded.profile


def test_texts_of_records_are_scrubbed_and_only_their_words_keep_lines() -> None:
    request = Request(id="r1", asked_by="a\x1b[2Jb\nc", words="a\x1b[2Jb\nc")
    (kept,) = from_bytes(to_bytes(replace(from_bytes(FILE).profile, requests=(request,)))).profile.requests
    assert kept.asked_by == "a\u241b[2Jb c" and kept.words == "a\u241b[2Jb\nc"


def test_records_that_are_no_tables_stay_as_they_are() -> None:
    loaded = from_bytes(FILE.split(b"[answers]")[0] + b'requests = "many"\nevidence = 3\n')
    assert loaded.profile.requests == () and loaded.profile.extra == {"requests": "many", "evidence": 3}
    assert from_bytes(to_bytes(loaded.profile)).profile.extra == {"requests": "many", "evidence": 3}
