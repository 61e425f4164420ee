"""Runs the command line: finds the command, runs it and returns its exit status. Imports only what that command needs."""

from __future__ import annotations

import argparse
import os
import sys

from socui.cli.parser import USAGE, parser, verb_of, with_dashes, with_verb
from socui.cli.verbs import VERBS, Verb, words

TYPE_CHECKING = False  # type checkers take it for true; importing typing would cost more than `--version` itself
if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FAILED = 0, 1


def open_app(args: argparse.Namespace) -> int:
    """Show the screen: of one profile where a name is given."""
    import gc

    from socui.errors import NotFound, Usage
    from socui.profiles.read_only import OTHER_FOLDER, open_anywhere
    from socui.profiles.store import Store

    if args.example == "":
        from socui.cli.output import put
        from socui.profiles.examples import examples

        put("".join(f"{short:24} {profile.name}\n" for short, profile in examples().items()))
        return DONE
    store = Store.default(args.profiles)
    name = getattr(args, "name", None)
    try:
        opened = open_anywhere(store, name) if name is not None else None
    except NotFound as error:
        raise Usage(f"{error}{_meant(str(name))}") from None
    from socui.settings.terminal import why_no_screen

    if why := why_no_screen(os.environ, sys.stdin, sys.stdout, sys.__stderr__):
        return _plain(args, why)
    chosen, notice = None, ""
    if opened is not None and opened.read_only == OTHER_FOLDER:
        from socui.profiles.profile import as_new
        from socui.text import visible

        chosen, notice = as_new(opened.profile), f"A copy of {visible(str(opened.path))}, which is never written to."
        opened = None
    if args.example is not None:
        from datetime import date

        from socui.profiles.examples import example

        chosen = example(args.example, date.today())
    # The app turns it on again once the first screen stands, and leaves out what is there by then.
    gc.disable()
    from socui.app import run_app
    from socui.deciding.precompiled import decider, edited

    at_result = args.example is not None
    return int(
        run_app(
            store=store,
            decider=decider(args.data),
            opened=opened,
            example=chosen,
            notice_at_start=notice,
            at_result=at_result,
            data=edited(args.data),
        )
        or DONE
    )


def _plain(args: argparse.Namespace, why: str) -> int:
    """Ask the same questions line by line, where the screen cannot be shown. Messages go where the prompts go. Return
    the exit status."""
    from socui.cli import ask
    from socui.cli.output import put
    from socui.errors import Usage

    if args.example is not None:
        raise Usage(f"no full screen: {why}: socui report --example {args.example} prints that example")
    if sys.stdin is None or sys.stdout is None:
        raise Usage(f"no full screen: {why}: without a terminal, use socui list, show, set or report")
    put(f"No full screen: {why}. Plain prompts follow, as with socui ask --plain.\n")
    args.name = getattr(args, "name", None)
    return ask.run(args)


def _meant(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, [verb.name for verb in VERBS], 1)
    return f", or the command: socui {near[0]}" if near else ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; gives its exit status. An error is one line on standard error."""
    if "_ARGCOMPLETE" in os.environ:  # a shell asks what could stand here
        from socui.cli.completion import complete

        complete()
    try:
        args = _parsed(with_dashes(with_verb(sys.argv[1:] if argv is None else argv)))
    except SystemExit as leave:
        status = leave.code if isinstance(leave.code, int) else USAGE
        try:
            sys.stdout.flush()
        except OSError:  # the help goes to a full disk or a closed pipe
            _let_go_of_output()
            status = status or FAILED
        return status
    return _run(args)


def _parsed(argv: list[str]) -> argparse.Namespace:
    top = parser(verb_of(argv))
    if any(word.startswith("--") and word.partition("=")[2] == "--" for word in argv):
        top.error("two dashes alone are no value")  # argparse would take them for the end of the options
    args, rest = top.parse_known_args(argv)
    if rest and hasattr(args, "answers") and not any(word.startswith("-") for word in rest):
        args.answers += map(words, rest)  # argparse takes no answers that stand behind an option
    elif rest:
        top.error(f"not understood: {' '.join(rest)}")
    return args


def _run(args: argparse.Namespace) -> int:
    import gc
    from importlib import import_module

    from socui.cli.output import say
    from socui.errors import NotSaved, ProfileError, StoreError, Usage

    # Nearly all that is made lives until the end: with Python's own threshold the collector would walk it all the time.
    gc.set_threshold(10_000)
    try:
        verb: Verb | None = getattr(args, "run", None)
        function = getattr(import_module(verb.module), verb.function) if verb else open_app
        return int(function(args))
    except BrokenPipeError:  # the reader had enough, as with `| head -1`
        _let_go_of_output()
        return 128 + 13
    except KeyboardInterrupt:
        return 128 + 2
    except (StoreError, ProfileError, Usage) as error:
        say(f"socui: {error}")
        return FAILED if isinstance(error, NotSaved) else USAGE
    except OSError as error:
        say(f"socui: not written: {error.strerror or error}: {error.filename or 'standard output'}: try elsewhere")
        _let_go_of_output()
        return FAILED
    except Exception as error:
        from socui.errors import KnowledgeError

        if not isinstance(error, KnowledgeError):
            raise
        for line in str(error).splitlines():
            say(f"socui: {line}")
        return USAGE


def _let_go_of_output() -> None:
    """Nothing may be written at exit to an output that takes nothing any more."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
