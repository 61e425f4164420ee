"""`socui report`: the advice on a profile, or the sheet for CPA firms, as text, Markdown, HTML, Word or JSON, or its plan as a calendar."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from socui.asking.typed_day import day_at
from socui.cli.output import say
from socui.cli.output_file import put_out
from socui.errors import Usage
from socui.text import visible

if TYPE_CHECKING:
    from socui.deciding.decide import Decider
    from socui.profiles.profile import Profile


def run(args: argparse.Namespace) -> int:
    """Write the report to standard output, or to a file that is not there yet unless `--replace`. Raises Usage,
    StoreError, OSError."""
    from socui.deciding.precompiled import decider as ready
    from socui.profiles.migrate import brought_up
    from socui.reports.render import ICS, quote_writer, reporter

    if args.schema:
        import json

        from socui.reports.json_schema import report_schema, request_schema

        schema = request_schema() if args.for_auditors else report_schema()
        put_out(args, json.dumps(schema, indent=2).encode() + b"\n")
        return 0
    format = _format(args)
    today = _today(args.today)
    profile = _profile(args)
    decider = ready(args.data)
    profile, _ = brought_up(decider.knowledge, profile)
    if args.reply is not None or args.bridge_letter is not None:
        put_out(args, _letter(args, decider, profile, today, format))
        return 0
    if format == ICS and args.for_auditors:
        raise Usage("the request for quotes is no calendar: let the name end in .html, .docx, .md, .txt or .json")
    make = quote_writer(decider, profile, today) if args.for_auditors else reporter(decider, profile, today, args.full)
    put_out(args, make(format))
    return 0


def _letter(args: argparse.Namespace, decider: Decider, profile: Profile, today: date, format: str) -> bytes:
    from socui.reports.findings import findings
    from socui.reports.letter_writer import letter_for
    from socui.reports.render import LETTERS, as_file

    if args.reply is not None and args.bridge_letter is not None:
        raise Usage("give --reply or --bridge-letter, not both")
    if format not in LETTERS:
        raise Usage(f"a letter is no {format}: let the name end in .txt, .docx, .md or .html")
    request = str(args.bridge_letter if args.reply is None else args.reply)
    made = findings(decider, profile, today, full=False)
    letter = letter_for(made, request, bridge=args.reply is None)
    if letter.before:
        say(f"socui: before you send it: {letter.before}")
    return as_file(letter, made.knowledge.texts, format)


def _format(args: argparse.Namespace) -> str:
    from socui.reports.render import NAMED, SUFFIXES

    suffix = Path(args.output).suffix.lower() if args.output != "-" else ""
    if args.format or not suffix:
        return str(args.format or "text")
    if suffix not in SUFFIXES:
        advice = "; for a PDF print the .html file" if suffix == ".pdf" else ""
        raise Usage(f"{visible(args.output)}: no format is called {visible(suffix)}: "
                    f"let the name end in {', '.join(NAMED)}{advice}")  # fmt: skip
    return SUFFIXES[suffix]


def _today(text: str | None) -> date:
    return date.today() if text is None else day_at(text, "report: --today")


def _profile(args: argparse.Namespace) -> Profile:
    if (args.name is None) == (args.example is None):
        raise Usage("give the NAME of a profile, or --example NAME")
    if args.example is not None:
        return _example(args.example, _today(args.today))
    from socui.profiles.read_only import OTHER_FOLDER, open_anywhere
    from socui.profiles.store import Store

    opened = open_anywhere(Store.default(args.profiles), args.name)
    if opened.read_only and opened.read_only != OTHER_FOLDER:
        say(f"socui: {opened.path.name}: read only: {opened.read_only}")
    return opened.profile


def _example(name: str, today: date) -> Profile:
    from socui.profiles.examples import examples

    shipped = examples(today)
    if name not in shipped:
        raise Usage(f"no example called {visible(name)}: {', '.join(shipped)}")
    return shipped[name]
