"""`socui vendors`: the vendors whose reports are asked for: listed and judged, added, changed, from and to a CSV table."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from socui.asking.typed_day import day_at
from socui.cli.output import put, say
from socui.cli.output_file import put_out
from socui.cli.record_fields import changed
from socui.errors import NotFound, StoreError, Usage
from socui.profiles.profile import Profile
from socui.profiles.records import FIELDS, ReportHeld, Vendor
from socui.text import scrub_line, visible

if TYPE_CHECKING:
    from socui.knowledge.model import Knowledge
    from socui.profiles.store import Opened, Store

_FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".csv": "csv",
}
"""By suffix of a file: the format. `table` is the short one, for the terminal."""
REPORT_KEYS = frozenset(key for key, _ in FIELDS[ReportHeld].values()) - {"report"}


def run(args: argparse.Namespace) -> int:
    """Change the list of vendors where that is asked, else print what is found of them. Raises Usage, StoreError, OSError."""
    from socui.vendors.table import template

    if args.template:
        put(template())
        return 0
    if not args.name:
        raise Usage("vendors: give the NAME of a profile, or --template")
    id, pairs = _split(args)
    if args.add or args.remove or args.csv or id or args.year_end:
        return _save(args, id, pairs)
    _print(args)
    return 0


def _split(args: argparse.Namespace) -> tuple[str, list[str]]:
    words: list[str] = list(args.pairs)
    if sum(map(bool, (words, args.add, args.remove, args.csv))) > 1:
        raise Usage("vendors: add, change, remove or read a table: one at a time")
    id = words.pop(0) if words and "=" not in words[0] else ""
    if words and not id:
        raise Usage(f"vendors: add or change? write vendors NAME --add {visible(words[0])}, or name the vendor first")
    if id and not words:
        raise Usage(f"vendors: nothing to change: write vendors NAME {visible(id)} KEY=VALUE")
    return id, args.add or words


# ---- what is found


def _print(args: argparse.Namespace) -> None:
    from socui.deciding.precompiled import knowledge as ready
    from socui.profiles.read_only import open_anywhere
    from socui.profiles.store import Store
    from socui.vendors.judge import collected

    format, today = _format(args), _day(args.today, "--today") or date.today()
    knowledge = ready(args.data or os.environ.get("SOCUI_DATA"))
    profile = open_anywhere(Store.default(args.profiles), args.name).profile
    collection = collected(knowledge, profile, today)
    if not collection.findings:
        say(f"socui: no vendor in {args.name}: add one with socui vendors NAME --add name=Acme books=amounts")
    if args.letter is not None:
        put_out(args, _letter(knowledge, profile, args.letter, today, format))
    elif format == "csv":
        from socui.vendors.table import table_text

        put_out(args, table_text(collection, knowledge.texts).encode("utf-8", "replace"))
    else:
        from socui.reports.render import rendered
        from socui.reports.vendor_papers import vendors_memo, vendors_table

        make = vendors_table if format == "table" else vendors_memo
        put_out(args, rendered(make(knowledge, profile, collection), "text" if format == "table" else format))


def _letter(knowledge: Knowledge, profile: Profile, name: str, today: date, format: str) -> bytes:
    from socui.reports.render import as_file
    from socui.reports.vendor_papers import request_letter
    from socui.vendors.judge import collected

    if format == "csv":
        raise Usage("vendors: a letter is no table: let FILE end in .txt, .md, .html or .docx")
    findings = collected(knowledge, profile, today).findings
    finding = findings[_place([f.vendor.name for f in findings], name)]
    if not finding.asks:
        raise Usage(f"vendors: {visible(finding.vendor.name)}: nothing to ask for: {finding.why[-1].says}")
    return as_file(
        request_letter(knowledge, profile, finding), knowledge.texts, "text" if format == "table" else format
    )


def _format(args: argparse.Namespace) -> str:
    if args.format or args.output == "-":
        return args.format or "table"
    suffix = Path(args.output).suffix.lower()
    if suffix not in _FORMATS:
        raise Usage(f"vendors: {visible(args.output)}: no format is called {visible(suffix) or 'nothing'}: let the name "
                    f"end in {', '.join(_FORMATS)}")  # fmt: skip
    return _FORMATS[suffix]


# ---- changes


def _save(args: argparse.Namespace, id: str, pairs: Sequence[str]) -> int:
    """Save the profile as changed; a table or a first vendor makes a profile where there is none."""
    from socui.deciding.precompiled import decider
    from socui.profiles.migrate import brought_up
    from socui.profiles.names import check_name
    from socui.profiles.store import Store

    deciding = decider(args.data or os.environ.get("SOCUI_DATA"))
    store = Store.default(args.profiles)
    opened = _opened(store, args)
    if opened is not None and opened.read_only:
        raise StoreError(f"not saved: {opened.path.name}: {opened.read_only}")
    before = brought_up(deciding.knowledge, opened.profile)[0] if opened else Profile(name=check_name(args.name))
    after = _changed(before, args, id, pairs, deciding.knowledge)
    if "role" not in after.answers and "role" in deciding.knowledge.questions:
        after = after.with_answer("role", "obtain")
    result = deciding.advise(after, date.today()).result
    after = replace(after, knowledge=after.knowledge or deciding.knowledge.version, result=result)
    if opened is not None:
        store.save(after, opened.digest, opened.path)
    else:
        store.create(after)
    say(f"socui: {len(after.vendors)} {'vendor' if len(after.vendors) == 1 else 'vendors'} in {visible(args.name)}")
    return 0


def _opened(store: Store, args: argparse.Namespace) -> Opened | None:
    try:
        return store.open(args.name)
    except NotFound:
        if args.add or args.csv:
            return None
        raise


def _changed(
    profile: Profile, args: argparse.Namespace, id: str, pairs: Sequence[str], knowledge: Knowledge
) -> Profile:
    from socui.vendors.table import merged, read_table

    if args.year_end is not None:
        profile = profile.with_date("year_end", _day(args.year_end, "--year-end"))
    kept = list(profile.vendors)
    if args.csv:
        for vendor in read_table(_read(args.csv), knowledge.texts):
            at = next((n for n, v in enumerate(kept) if v.name.casefold() == vendor.name.casefold()), None)
            if at is None:
                kept.append(vendor)
            else:
                kept[at] = merged(kept[at], vendor)
    elif args.add:
        vendor = with_pairs(Vendor(), pairs)
        if not vendor.name:
            raise Usage("vendors: which vendor? add name=TEXT")
        if any(v.name.casefold() == vendor.name.casefold() for v in kept):
            raise Usage(
                f"vendors: {visible(vendor.name)} is there already: write vendors NAME {visible(vendor.name)!r} KEY=VALUE"
            )
        kept.append(vendor)
    elif args.remove or id:
        at = _place([v.name for v in kept], args.remove or id)
        kept[at : at + 1] = [] if args.remove else [with_pairs(kept[at], pairs)]
    return replace(profile, vendors=tuple(kept))


def with_pairs(vendor: Vendor, pairs: Iterable[str]) -> Vendor:
    """Return the vendor with every KEY=VALUE: those of the vendor itself, and those of one report that it holds
    (`holds=soc1`, `holds=none`). Raises Usage."""
    from socui.vendors.table import merged

    own, held, holds = [], [], ""
    for pair in pairs:
        key, _, value = pair.partition("=")
        if key.strip() == "holds":
            holds = value.strip()
        elif key.strip() in REPORT_KEYS:
            held.append(pair)
        else:
            own.append(pair)
    if any(pair.partition("=")[0].strip() in ("none", "reports") for pair in own):
        raise Usage("vendors: say what it holds with holds=soc1, holds=none and so on")
    vendor = changed(vendor, own, "vendors")
    if holds == "none" and not held:
        return replace(vendor, none=True, reports=())
    if held or holds:
        report = changed(ReportHeld(), [*([f"report={holds}"] if holds else []), *held], "vendors")
        if not report.report:
            raise Usage("vendors: which report has these? add holds=soc1, or holds=unknown")
        if report.begins and report.ends and report.begins > report.ends:
            raise Usage("vendors: the period ends before it begins: swap from and to")
        return merged(vendor, Vendor(reports=(report,)))
    return vendor


def _place(names: Sequence[str], name: str) -> int:
    wanted = scrub_line(name).casefold()
    matches = [n for n, taken in enumerate(names) if taken.casefold() == wanted]
    if len(matches) == 1:
        return matches[0]
    there = ", ".join(visible(taken) for taken in names[:12]) or "none"
    raise StoreError(f"vendors: no vendor {visible(name)!r} in this profile, which has {there}")


def _day(text: str | None, option: str) -> date | None:
    return day_at(text, f"vendors: {option}") if text else None


def _read(file: str) -> bytes:
    from socui.vendors.table import LONGEST

    if file == "-":
        if sys.stdin is None:
            raise Usage("vendors: there is no standard input to read")
        return sys.stdin.buffer.read(LONGEST + 1)
    from socui.profiles.atomic_write import read_regular

    try:
        return read_regular(Path(file), LONGEST + 1)
    except OSError as error:
        raise Usage(f"vendors: {visible(file)}: it cannot be read: {error.strerror or error}") from None
