"""The command line: which command is meant, and what its exit status is. Imports nothing until it is known."""

from __future__ import annotations

import argparse
import sys

from socui.version import VERSION

TYPE_CHECKING = False  # type checkers take it for true; importing typing would cost more than `--version` itself
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

DONE, FAILED, USAGE = 0, 1, 2

EXAMPLES = """\
examples:
  socui                                   open the app
  socui "Acme Payroll"                    open that profile
  socui --example                         look at an example
  socui new "Acme Payroll" role=provide   a profile, with an answer
  socui set "Acme Payroll" requests=?     not sure; none of these: =none, clear: =
  socui show "Acme Payroll"               its answers and the headline
  socui export "Acme Payroll" -o a.toml   its file; `-` is standard output

Exit status: 0 done, 1 a check failed or a crash, 2 usage or a bad file, 128 and more: ended by a signal.
"""


def _argument(*names: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, options


def words(argument: str) -> str:
    """An argument that is text and not a path, as UTF-8 whatever the locale says."""
    import os

    return os.fsencode(argument).decode("utf-8", "surrogateescape")


class Verb:
    """A command: `function` of `module` is called with what was parsed, and gives the exit status."""

    __slots__ = ("arguments", "function", "help", "module", "name")

    def __init__(
        self,
        name: str,
        help: str,
        module: str,
        function: str,
        arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (),
    ) -> None:
        self.name, self.help, self.module, self.function, self.arguments = name, help, module, function, arguments


_NAME = _argument("name", metavar="NAME", type=words, help="its name, its id or its file")
_PARTS = (
    _argument("answers", metavar="QUESTION=ANSWER", nargs="*", type=words, help="a,b: several; none; ?: not sure"),
    _argument("--organization", metavar="TEXT", type=words, help="whose service it is"),
    _argument("--service", metavar="TEXT", type=words, help="the one service the report is about"),
    _argument("--note", metavar="QUESTION=TEXT", action="append", default=[], type=words, help="empty: remove it"),
    _argument("--date", metavar="NAME=YYYY-MM-DD", action="append", default=[], type=words, help="needed_by, year_end"),
)
_REPLACE = _argument("--replace", action="store_true", help="overwrite FILE where it exists")
_ID = _argument("--id", metavar="ID", default="", type=words, help="16 digits of 0-9 and a-f, to know its file's name")
_JSON = _argument("--json", action="store_true", help="as JSON")
_PROFILES = "socui.verbs.profiles"

VERBS = (
    Verb("open", "open a profile, also one whose name is a command", "socui.cli", "open_app", (_NAME,)),
    Verb(
        "list",
        "the profiles there are, also those that cannot be read",
        _PROFILES,
        "list_profiles",
        (_JSON, _argument("--long", action="store_true", help="with last change and file")),
    ),
    Verb("show", "its answers, notes and the headline", _PROFILES, "show", (_NAME,)),
    Verb("new", "a new profile", _PROFILES, "new", (_NAME, *_PARTS, _ID)),
    Verb("set", "answer questions of a profile", _PROFILES, "set_answers", (_NAME, *_PARTS)),
    Verb(
        "rename",
        "give it another name",
        _PROFILES,
        "rename",
        (_NAME, _argument("new", metavar="NEW", type=words, help="the new name")),
    ),
    Verb(
        "duplicate",
        "a copy of it",
        _PROFILES,
        "duplicate",
        (_NAME, _argument("new", metavar="NEW", nargs="?", default="", type=words, help="the name of the copy"), _ID),
    ),
    Verb("delete", "move it to the trash", _PROFILES, "delete", (_NAME,)),
    Verb(
        "restore",
        "bring back the one deleted last by that name",
        _PROFILES,
        "restore",
        (
            _argument("name", metavar="NAME", nargs="?", default="", type=words, help="without: list the trash"),
            _argument("--previous", action="store_true", help="of one that is there: the version before"),
        ),
    ),
    Verb(
        "import",
        "add a profile from a file",
        _PROFILES,
        "import_file",
        (_argument("file", metavar="FILE", help="`-` is standard input"),),
    ),
    Verb(
        "export",
        "its file, as it is",
        _PROFILES,
        "export",
        (_NAME, _argument("-o", "--output", metavar="FILE", default="-", help="`-` is standard output"), _REPLACE),
    ),
    Verb("paths", "where everything is kept", _PROFILES, "paths"),
    Verb(
        "report",
        "the advice on a profile: text, Markdown, HTML or JSON",
        "socui.verbs.report",
        "run",
        (
            _argument("name", metavar="NAME", nargs="?", type=words, help="its name, its id or its file"),
            _argument("--example", metavar="NAME", type=words, help="of an example instead"),
            _argument("--format", choices=("text", "md", "html", "json"), help="else by the suffix of FILE, else text"),
            _argument("-o", "--output", metavar="FILE", default="-", help="`-` is standard output"),
            _argument("--today", metavar="YYYY-MM-DD", help="the day the report speaks of"),
            _argument("--schema", action="store_true", help="print the schema of the JSON"),
            _REPLACE,
        ),
    ),
    Verb(
        "check",
        "load and prove a knowledge base",
        "socui.verbs.check",
        "run",
        (
            _argument("folder", metavar="FOLDER", nargs="?", help="without: the one in use"),
            _argument("--against", metavar="FOLDER", help="print what differs from that one"),
        ),
    ),
    Verb(
        "ask",
        "the same questions as plain prompts, for screen readers and pipes",
        "socui.verbs.ask",
        "run",
        (
            _argument("name", metavar="NAME", nargs="?", type=words, help="the profile to go on with"),
            _argument("--plain", action="store_true", help="plain prompts, which is also what happens without"),
        ),
    ),
    Verb(
        "assess",
        "add the verdicts to each row of a CSV or JSON lines file",
        "socui.verbs.assess",
        "run",
        (
            _argument("file", metavar="FILE", nargs="?", help="`-` is standard input"),
            _argument("--template", action="store_true", help="print a sheet to fill in, with an example row"),
            _argument("--jobs", metavar="N", type=int, default=1, help="processes"),
        ),
    ),
    Verb(
        "compare",
        "two profiles: answers and results that differ",
        "socui.verbs.compare",
        "run",
        (_argument("one", metavar="A", type=words), _argument("other", metavar="B", type=words), _JSON),
    ),
)

_VALUED = ("--profiles", "--data")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from socui.output import say

        say(f"socui: usage: {message}: see {self.prog} --help")
        sys.exit(USAGE)


def _add_places(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument("--profiles", metavar="DIR", default=default, help="the folder of profiles (SOCUI_PROFILES)")
    parser.add_argument("--data", metavar="FOLDER", default=default, help="an edited knowledge base (SOCUI_DATA)")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = _Parser(
        prog="socui",
        description="SOC 1, SOC 2, both or neither yet: asks, compares and explains. Without a command: the app.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_places(top, None)
    top.add_argument("--example", metavar="NAME", nargs="?", const="", type=words, help="open an example")
    top.add_argument("--version", action="version", version=f"socui {VERSION}")
    commands = top.add_subparsers(title="commands", dest="verb", metavar="COMMAND", prog="socui")
    for verb in VERBS:
        sub = commands.add_parser(verb.name, help=verb.help, description=verb.help, allow_abbrev=False)
        _add_places(sub, argparse.SUPPRESS)
        for names, options in verb.arguments:
            sub.add_argument(*names, **options)
        sub.set_defaults(run=verb)
    return top


def with_verb(argv: Sequence[str]) -> list[str]:
    """The arguments with `open` before the first one that is neither an option nor a command: `socui NAME`."""
    known = {verb.name for verb in VERBS}
    rest, at = list(argv), 0
    while at < len(rest):
        word = rest[at]
        if word == "--":
            return [*rest[:at], "open", *rest[at:]] if at + 1 < len(rest) else rest[:at]
        if word in _VALUED or (word == "--example" and at + 1 < len(rest) and rest[at + 1][:1] != "-"):
            at += 2
        elif word.startswith("-"):
            at += 1
        else:
            return rest if word in known else [*rest[:at], "open", *rest[at:]]
    return rest


def open_app(args: argparse.Namespace) -> int:
    """Show the screen: of one profile where a name is given."""
    import os
    from pathlib import Path

    from socui.output import Usage
    from socui.store import NotFound, Store

    if args.example == "":
        from socui.examples import examples
        from socui.output import put

        put("".join(f"{short:24} {profile.name}\n" for short, profile in examples().items()))
        return DONE
    store = Store.default(args.profiles)
    name = getattr(args, "name", None)
    try:
        opened = store.open(name) if name is not None else None
    except NotFound as error:
        raise Usage(f"{error}{_meant(str(name))}") from None
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise Usage("no terminal: the app needs one: without, use socui list, show, set or report")
    chosen = None
    if args.example is not None:
        from socui.examples import example

        chosen = example(args.example)
    from socui.app import run_app
    from socui.knowledge import load_knowledge

    data = args.data or os.environ.get("SOCUI_DATA")
    knowledge = load_knowledge(Path(data) if data else None)
    return int(run_app(store=store, knowledge=knowledge, opened=opened, example=chosen) or DONE)


def _meant(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, [verb.name for verb in VERBS], 1)
    return f", or the command: socui {near[0]}" if near else ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; gives its exit status. What goes wrong is said in one line on standard error."""
    try:
        args = _parsed(with_verb(sys.argv[1:] if argv is None else argv))
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
    top = parser()
    args, rest = top.parse_known_args(argv)
    if rest and hasattr(args, "answers") and not any(word.startswith("-") for word in rest):
        args.answers += map(words, rest)  # argparse takes no answers that stand behind an option
    elif rest:
        top.error(f"not understood: {' '.join(rest)}")
    return args


def _run(args: argparse.Namespace) -> int:
    from importlib import import_module

    from socui.output import Usage, say
    from socui.profile_file import ProfileError
    from socui.save import NotSaved, StoreError

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
        from socui.knowledge import KnowledgeError

        if not isinstance(error, KnowledgeError):
            raise
        for line in str(error).splitlines():
            say(f"socui: {line}")
        return USAGE


def _let_go_of_output() -> None:
    """Nothing may be written at exit to an output that takes nothing any more."""
    import os

    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
