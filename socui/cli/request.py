"""`socui request` and `socui held`: the requests and the reports held of a profile, listed, added, changed, removed."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from socui.cli.output import put, say
from socui.cli.record_fields import changed, record_rows
from socui.errors import StoreError, Usage
from socui.profiles.migrate import brought_up
from socui.profiles.profile import Profile, free_id
from socui.profiles.read_only import open_anywhere
from socui.profiles.records import ReportHeld, Request
from socui.profiles.store import Store
from socui.text import visible


def requests(args: argparse.Namespace) -> int:
    """List the requests of a profile; add one, change one, remove one."""
    if args.read is not None:
        return _read(args)
    id, pairs = _split(args, "request")
    if not (args.add or args.remove or id):
        profile = open_anywhere(Store.default(args.profiles), args.name).profile
        return _list(args, [line for r in profile.requests for line in record_rows(r, visible(r.id))])
    return _save(args, lambda profile: _with_request(profile, args, id, pairs))


def held_reports(args: argparse.Namespace) -> int:
    """List the reports that are held; add one, change one, remove one."""
    id, pairs = _split(args, "held")
    if not (args.add or args.remove or id):
        profile = open_anywhere(Store.default(args.profiles), args.name).profile
        numbered = enumerate(profile.reports_held, 1)
        return _list(
            args, [line for n, r in numbered for line in record_rows(r, f"{n} {visible(r.report or 'unknown')}")]
        )
    return _save(args, lambda profile: _with_report(profile, args, id, pairs))


def _split(args: argparse.Namespace, command: str) -> tuple[str, list[str]]:
    """Return which record is changed ("" for none) and the pairs. Raises Usage where the parts do not go together."""
    words: list[str] = list(args.pairs)
    if sum(map(bool, (words, args.add, args.remove))) > 1:
        raise Usage(f"{command}: add, change or remove: one at a time")
    id = words.pop(0) if words and "=" not in words[0] else ""
    if words and not id:
        raise Usage(
            f"{command}: add or change? write {command} NAME --add {visible(words[0])}, or name the record first"
        )
    if id and not words:
        raise Usage(f"{command}: nothing to change: write {command} NAME {visible(id)} KEY=VALUE")
    return id, args.add or words


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

    return _save(args, added)


def _with_request(profile: Profile, args: argparse.Namespace, id: str, pairs: Sequence[str]) -> Profile:
    if args.add:
        request = changed(Request(id=free_id(profile)), pairs, "request")
        return replace(profile, requests=(*profile.requests, request))
    at = _place([r.id for r in profile.requests], args.remove or id, "request")
    kept = list(profile.requests)
    kept[at : at + 1] = [] if args.remove else [changed(kept[at], pairs, "request")]
    return replace(profile, requests=tuple(kept))


def _with_report(profile: Profile, args: argparse.Namespace, id: str, pairs: Sequence[str]) -> Profile:
    kept = list(profile.reports_held)
    if args.add:
        kept.append(_whole(changed(ReportHeld(), pairs, "held")))
        return replace(profile, reports_held=tuple(kept))
    wanted = args.remove or id
    numbers = [str(n) for n in range(1, len(kept) + 1)]
    at = int(wanted) - 1 if wanted in numbers else _place([r.report for r in kept], wanted, "held")
    kept[at : at + 1] = [] if args.remove else [_whole(changed(kept[at], pairs, "held"))]
    return replace(profile, reports_held=tuple(kept))


def _whole(report: ReportHeld) -> ReportHeld:
    if not report.report:
        raise Usage("held: which report? add report=soc1, or report=unknown")
    if report.begins and report.ends and report.begins > report.ends:
        raise Usage("held: the period ends before it begins: turn from and to round")
    return report


def _place(ids: Sequence[str], id: str, command: str) -> int:
    if ids.count(id) == 1:
        return ids.index(id)
    if id in ids:
        raise Usage(f"{command}: {visible(id)!r} is there several times: name it by its number in the list")
    there = ", ".join(visible(name) for name in ids) or "none"
    raise StoreError(f"{command}: no {visible(id)!r} in this profile, which has {there}: see socui {command} NAME")


def _list(args: argparse.Namespace, rows: list[str]) -> int:
    put("".join(row + "\n" for row in rows))
    if not rows:
        say(f"socui: none in {args.name}: add one with socui {args.verb} NAME --add KEY=VALUE")
    return 0


def _save(args: argparse.Namespace, change: Callable[[Profile], Profile]) -> int:
    """Save the profile as changed, with its result as it is now."""
    from socui.deciding.precompiled import decider

    store = Store.default(args.profiles)
    opened = store.open(args.name)
    if opened.read_only:  # before anything is worked out with a profile that is not fully understood
        raise StoreError(f"not saved: {opened.path.name}: {opened.read_only}")
    deciding = decider(args.data or os.environ.get("SOCUI_DATA"))
    before, _ = brought_up(deciding.knowledge, opened.profile)
    after = change(before)
    result = deciding.advise(after, date.today()).result
    after = replace(after, knowledge=after.knowledge or deciding.knowledge.version, result=result)
    store.save(after, opened.digest, opened.path)
    added = [r.id for r in after.requests if r.id not in {old.id for old in before.requests}]
    for id in added:
        say(f"socui: added request {id}")
    return 0
