"""`socui request`: as the other commands for records, and a request that is read from a text."""

from __future__ import annotations

import argparse

from msgspec.structs import replace

from socui.cli.output import say
from socui.cli.record_fields import changed
from socui.cli.records import run as run_records
from socui.cli.records import save
from socui.errors import Usage
from socui.profiles.profile import Profile, free_id
from socui.profiles.records import Request
from socui.profiles.store import Store


def run(args: argparse.Namespace) -> int:
    """List the requests of a profile; add one, also from a text, change one, remove one."""
    return run_records(args) if args.read is None else _read(args)


def _read(args: argparse.Namespace) -> int:
    """Read a request from a text, have it confirmed and add it: nothing is saved before."""
    from socui.cli.confirm import confirmed
    from socui.cli.read import day_received, read_text, text_from

    if args.pairs or args.add or args.remove:
        raise Usage("request: --read stands alone: leave out the rest")
    words, received = text_from(args.read), day_received(args.received)
    Store.default(args.profiles).find(args.name)  # before anybody answers for nothing
    reading = read_text(words, received, args.data)
    taken = confirmed(reading, args.yes)
    if not reading.suggestions:
        say("socui: nothing in this text asks for a report: nothing saved")
        return 0
    if taken is None:
        say("socui: nothing saved: confirm on a terminal, or with --yes")
        return 0
    suggestions, typed = taken
    if any(s.field == "side" and s.value == "obtain" for s in suggestions):
        say("socui: this asks you for the report of a vendor: see socui vendors")

    def added(profile: Profile) -> Profile:
        from socui.asking.reading.accept import accepted

        request = accepted(Request(id=free_id(profile)), suggestions, words, received)
        return replace(profile, requests=(*profile.requests, changed(request, typed, "request")))

    return save(args, added)
