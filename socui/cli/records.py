"""`socui request`, `held`, `event` and `evidence`: the records of a profile, listed, added, changed, removed."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from socui.cli.output import put, say
from socui.cli.record_fields import changed, record_rows
from socui.errors import StoreError, Usage
from socui.profiles.migrate import brought_up
from socui.profiles.profile import Profile, free_id
from socui.profiles.read_only import open_anywhere
from socui.profiles.records import EVENTS, Event, ReportHeld, Request, record_of
from socui.profiles.store import Store
from socui.text import visible

NamedRecord = Request | ReportHeld | Event


class RecordVerb(NamedTuple):
    """A command for the records that a profile lists in `records`. `named` is the attribute that names one; without an id its
    number in the list names it as well. `such_as` are values for it, where somebody adds a record without one."""

    kind: type[NamedRecord]
    records: str
    named: str
    such_as: tuple[str, str] | None = None

    def listed(self, profile: Profile) -> Sequence[NamedRecord]:
        """Return the records of a profile."""
        return tuple(getattr(profile, self.records))

    def names(self, profile: Profile) -> list[str]:
        """Return what names each record of a profile."""
        return [getattr(record, self.named) for record in self.listed(profile)]


RECORD_VERBS: Mapping[str, RecordVerb] = {
    "request": RecordVerb(Request, "requests", "id"),
    "held": RecordVerb(ReportHeld, "reports_held", "report", ("soc1", "unknown")),
    "event": RecordVerb(Event, "events", "kind", (EVENTS[0], EVENTS[1])),
}


def run(args: argparse.Namespace) -> int:
    """List the records of a command in a profile; add one, change one, remove one."""
    id, pairs = _split(args)
    if args.add or args.remove or id:
        return save(args, lambda profile: _with_record(profile, args, id, pairs))
    verb, profile = RECORD_VERBS[args.verb], _opened(args)
    names = [visible(name or "unknown") for name in verb.names(profile)]
    titles = names if verb.kind is Request else [f"{n} {name}" for n, name in enumerate(names, 1)]
    rows = [line for title, r in zip(titles, verb.listed(profile), strict=True) for line in record_rows(r, title)]
    return _list(rows, f"none in {args.name}: add one with socui {args.verb} NAME --add KEY=VALUE")


def evidence(args: argparse.Namespace) -> int:
    """Say since when there is evidence, or change it: there is one such record."""
    if args.pairs:
        return save(args, lambda p: replace(p, evidence=changed(p.evidence, args.pairs, "evidence")))
    rows = record_rows(_opened(args).evidence, "evidence")
    return _list(
        rows if len(rows) > 1 else [], f"none in {args.name}: add it with socui evidence NAME since=YYYY-MM-DD"
    )


def _opened(args: argparse.Namespace) -> Profile:
    return open_anywhere(Store.default(args.profiles), args.name).profile


def _split(args: argparse.Namespace) -> tuple[str, list[str]]:
    """Return which record is changed ("" for none) and the pairs. Raises Usage where the parts do not go together."""
    words: list[str] = list(args.pairs)
    command = args.verb
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


def _with_record(profile: Profile, args: argparse.Namespace, id: str, pairs: Sequence[str]) -> Profile:
    verb = RECORD_VERBS[args.verb]
    kept = list(verb.listed(profile))
    if args.add:
        new = Request(free_id(profile)) if verb.kind is Request else record_of(verb.kind, {})
        kept.append(_whole(changed(new, pairs, args.verb), args.verb))
    else:
        at = _place(profile, args.remove or id, args.verb)
        kept[at : at + 1] = [] if args.remove else [_whole(changed(kept[at], pairs, args.verb), args.verb)]
    return replace(profile, **{verb.records: tuple(kept)})


def _whole(record: NamedRecord, command: str) -> NamedRecord:
    verb = RECORD_VERBS[command]
    if verb.such_as and not getattr(record, verb.named):
        one, other = (f"{verb.named}={value}" for value in verb.such_as)
        raise Usage(f"{command}: which {verb.named}? add {one}, or {other}")
    if isinstance(record, ReportHeld) and record.begins and record.ends and record.begins > record.ends:
        raise Usage(f"{command}: the period ends before it begins: swap from and to")
    return record


def _place(profile: Profile, wanted: str, command: str) -> int:
    verb = RECORD_VERBS[command]
    ids = verb.names(profile)
    if verb.kind is not Request and wanted in map(str, range(1, len(ids) + 1)):
        return int(wanted) - 1
    if ids.count(wanted) == 1:
        return ids.index(wanted)
    if wanted in ids:
        raise Usage(f"{command}: {visible(wanted)!r} is there several times: name it by its number in the list")
    there = ", ".join(visible(name or "unknown") for name in ids) or "none"
    raise StoreError(f"{command}: no {visible(wanted)!r} in this profile, which has {there}: see socui {command} NAME")


def _list(rows: list[str], none: str) -> int:
    put("".join(row + "\n" for row in rows))
    if not rows:
        say(f"socui: {none}")
    return 0


def save(args: argparse.Namespace, change: Callable[[Profile], Profile]) -> int:
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
