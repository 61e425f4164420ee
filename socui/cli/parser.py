"""The grammar of the command line: every command with its arguments. Imports nothing that `--version` has no use for."""

from __future__ import annotations

import argparse
import sys

from socui.version import VERSION

TYPE_CHECKING = False  # type checkers take it for true; importing typing would cost more than `--version` itself
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

USAGE = 2
"""Exit status where the command line cannot be followed."""

EXAMPLES = """\
examples:
  socui                                   open the app
  socui "Acme Payroll"                    open that profile
  socui --example                         look at an example
  socui new "Acme Payroll" role=provide   a profile, with an answer
  socui set "Acme Payroll" layer=?        not sure; none of these: =none, clear: =
  socui read mail.txt                     what a pasted request asks for
  socui request "Acme Payroll" --add asks=soc1 reader=user_auditor
                                          who asked for what; held: the reports there are
  socui vendors "Our vendors" --csv list.csv
                                          whose reports we ask for; --letter "Acme"
  socui questions                         the ids of questions and answers
  socui show "Acme Payroll"               its answers and the headline
  socui report "Acme Payroll" -o a.html   the advice; also .md, .json, .txt
  socui report --for-auditors "Acme Payroll"
                                          the sheet that CPA firms need for a quote
  socui export "Acme Payroll" -o a.toml   its file; `-` is standard output
  socui assess clients.csv > out.csv      the verdicts on a row each
  eval "$(socui completion bash)"         complete names and answers with the tab key

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
_READ = _argument("name", metavar="NAME", type=words, help="its name, its id or its file, also one of another folder")
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
_RECORDS = (
    _NAME,
    _argument(
        "pairs",
        metavar="KEY=VALUE",
        nargs="*",
        type=words,
        help="RECORD KEY=VALUE ... changes that one; no value clears",
    ),
    _argument("--add", metavar="KEY=VALUE", nargs="+", type=words, help="a new one"),
    _argument("--remove", metavar="RECORD", default="", type=words, help="take that one away"),
)
_RECEIVED = _argument("--received", metavar="YYYY-MM-DD", help='the day it came, for "this Friday" and the like')
_READING = (
    _argument("--read", metavar="FILE", help="add what that text asks for, once you confirm it; `-` is standard input"),
    _RECEIVED,
    _argument("--yes", action="store_true", help="with --read: confirm all of it"),
)
_PROFILES = "socui.cli.profiles"

VERBS = (
    Verb("open", "open a profile, also one whose name is a command", "socui.cli.main", "open_app", (_NAME,)),
    Verb(
        "list",
        "the profiles there are, also those that cannot be read",
        _PROFILES,
        "list_profiles",
        (_JSON, _argument("--long", action="store_true", help="with last change and file")),
    ),
    Verb("show", "its answers, notes and the headline", _PROFILES, "show", (_READ,)),
    Verb("new", "a new profile", _PROFILES, "new", (_NAME, *_PARTS, _ID)),
    Verb("set", "answer questions of a profile", _PROFILES, "set_answers", (_NAME, *_PARTS)),
    Verb(
        "read",
        "what a pasted request asks for, with the words that say so",
        "socui.cli.read",
        "run",
        (_argument("file", metavar="FILE", help="`-` is standard input"), _RECEIVED, _JSON),
    ),
    Verb(
        "request",
        "who asked for what: list, add, change, remove",
        "socui.cli.request",
        "requests",
        (*_RECORDS, *_READING),
    ),
    Verb(
        "engagement",
        "what CPA firms need for a quote beside the answers: print the blanks, fill them in",
        "socui.cli.engagement",
        "run",
        (_NAME, _argument("pairs", metavar="FIELD=TEXT", nargs="*", type=words, help="an empty text takes it away")),
    ),
    Verb(
        "vendors",
        "the vendors whose reports we ask for: what to ask, gaps, letters; as table, CSV, memo",
        "socui.cli.vendors",
        "run",
        (
            _argument("name", metavar="NAME", nargs="?", type=words, help="the profile; a table or --add may make it"),
            _argument(
                "pairs", metavar="KEY=VALUE", nargs="*", type=words, help="VENDOR KEY=VALUE ... changes that one"
            ),
            _argument(
                "--add",
                metavar="KEY=VALUE",
                nargs="+",
                type=words,
                help="a new one: name, books, entrusts, stops, holds",
            ),
            _argument("--remove", metavar="VENDOR", default="", type=words, help="take that one away"),
            _argument("--csv", metavar="FILE", default="", help="read vendors from a table; `-` is standard input"),
            _argument("--template", action="store_true", help="print a table to fill in"),
            _argument("--year-end", metavar="YYYY-MM-DD", help="the last day of our own fiscal year"),
            _argument("--letter", metavar="VENDOR", type=words, help="the request to that vendor, ready to send"),
            _argument(
                "--format", choices=("table", "csv", "text", "md", "html", "docx"), help="else by the suffix of FILE"
            ),
            _argument("-o", "--output", metavar="FILE", default="-", help="`-` is standard output"),
            _argument("--today", metavar="YYYY-MM-DD", help="the day that is judged on"),
            _REPLACE,
        ),
    ),
    Verb("held", "the reports that are held: list, add, change, remove", "socui.cli.request", "held_reports", _RECORDS),
    Verb(
        "questions",
        "the questions by their ids, with the answers that set takes",
        "socui.cli.questions",
        "run",
        (_argument("question", metavar="QUESTION", nargs="?", type=words, help="without: all of them"), _JSON),
    ),
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
        "the memo on a profile, two printed pages: text, Markdown, HTML, Word or JSON",
        "socui.cli.report",
        "run",
        (
            _argument(
                "name",
                metavar="NAME",
                nargs="?",
                type=words,
                help="its name, its id or its file, also of another folder",
            ),
            _argument("--example", metavar="NAME", type=words, help="of an example instead"),
            _argument(
                "--format",
                choices=("text", "md", "html", "docx", "json", "ics"),
                help="else by the suffix of FILE, else text",
            ),
            _argument("-o", "--output", metavar="FILE", default="-", help="`-` is standard output"),
            _argument("--today", metavar="YYYY-MM-DD", help="the day the report speaks of"),
            _argument("--full", action="store_true", help="everything: reasons, answers, terms used, sources"),
            _argument("--reply", metavar="ID", type=words, help="the letter that answers that request, ready to send"),
            _argument(
                "--bridge-letter", metavar="ID", type=words, help="the draft of a bridge letter for that request"
            ),
            _argument("--for-auditors", action="store_true", help="the sheet that CPA firms need for a quote instead"),
            _argument(
                "--schema", action="store_true", help="print the schema of the JSON; with --for-auditors of that sheet"
            ),
            _REPLACE,
        ),
    ),
    Verb(
        "check",
        "load and prove a knowledge base",
        "socui.cli.check",
        "run",
        (
            _argument("folder", metavar="FOLDER", nargs="?", help="without: the one in use"),
            _argument("--against", metavar="FOLDER", help="print what differs from that one"),
        ),
    ),
    Verb(
        "explain",
        "a rule, fact, question or source in full: its sources with their addresses, and where it is used",
        "socui.cli.explain",
        "run",
        (_argument("id", metavar="ID", type=words, help="an id, or `judgements` for all that has no source"),),
    ),
    Verb(
        "data",
        "the files of the knowledge base: list them, copy them to edit, print their format",
        "socui.cli.data",
        "run",
        (
            _argument("--copy", metavar="FOLDER", help="copy them into a new folder, with schemas for an editor"),
            _argument("--schema", metavar="FILE", help="print the JSON schema of that file, such as rules.toml"),
        ),
    ),
    Verb(
        "ask",
        "the same questions as plain prompts, for screen readers and pipes",
        "socui.cli.ask",
        "run",
        (
            _argument("name", metavar="NAME", nargs="?", type=words, help="the profile to go on with"),
            _argument("--plain", action="store_true", help="plain prompts, which is also what happens without"),
        ),
    ),
    Verb(
        "assess",
        "add verdicts, Types, dates and a sentence to each row of a CSV, .xlsx or JSON lines file",
        "socui.cli.assess",
        "run",
        (
            _argument("file", metavar="FILE", nargs="?", help="`-` is standard input"),
            _argument("--template", action="store_true", help="print a sheet to fill in, with an example row"),
            _argument("--quick", action="store_true", help="the verdicts alone, thousands of rows a second"),
            _argument("-o", "--output", metavar="FILE", default="-", help="`-` is standard output"),
            _argument(
                "--format", choices=("csv", "jsonl", "xlsx"), help="else by the suffix of FILE, else as it is read"
            ),
            _argument("--today", metavar="YYYY-MM-DD", help="the day the plans begin"),
            _REPLACE,
        ),
    ),
    Verb(
        "completion",
        "print what a shell reads to complete commands, names and answers",
        "socui.cli.completion",
        "run",
        (
            _argument(
                "shell", choices=("bash", "zsh", "fish"), help='put `eval "$(socui completion bash)"` into .bashrc'
            ),
        ),
    ),
    Verb(
        "compare",
        "two profiles: answers and results that differ",
        "socui.cli.compare",
        "run",
        (_argument("one", metavar="A", type=words), _argument("other", metavar="B", type=words), _JSON),
    ),
)

_VALUED: tuple[str, ...] = ("--profiles", "--data")
_NAMES = {verb.name for verb in VERBS}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from socui.cli.output import say

        if message.endswith(" expected one argument"):
            option = message.split()[1].rstrip(":").rpartition("/")[2]
            message += f"; one that is spelt like an option: {option}=VALUE"
        say(f"socui: usage: {message}: see {self.prog} --help")
        sys.exit(USAGE)


def _add_places(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument("--profiles", metavar="DIR", default=default, help="the folder of profiles (SOCUI_PROFILES)")
    parser.add_argument("--data", metavar="FOLDER", default=default, help="an edited knowledge base (SOCUI_DATA)")


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the whole command line; with a command's name, of that command alone, which is quicker to make."""
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
        if only not in (None, verb.name):
            continue
        sub = commands.add_parser(verb.name, help=verb.help, description=verb.help, allow_abbrev=False)
        _add_places(sub, argparse.SUPPRESS)
        for names, options in verb.arguments:
            sub.add_argument(*names, **options)
        sub.set_defaults(run=verb)
    return top


def with_verb(argv: Sequence[str]) -> list[str]:
    """The arguments with `open` before the first one that is neither an option nor a command: `socui NAME`."""
    at = _first_word(argv)
    before, rest = list(argv[:at]), list(argv[at:])
    if rest == ["--"]:
        return before
    return [*before, *([] if not rest or rest[0] in _NAMES else ["open"]), *rest]


def with_dashes(argv: Sequence[str]) -> list[str]:
    """The arguments with a value that begins with a dash joined to its option, as argparse wants it: `--note=-1/2`. What
    is itself an option is no value."""
    named = verb_of(argv)
    verb = next((verb for verb in VERBS if verb.name == named), None)
    takes = set(_VALUED)
    options = {*_VALUED, "--example", "--version", "--help", "-h", "--"}
    for names, settings in verb.arguments if verb else ():
        if names[0].startswith("-"):
            options.update(names)
            if "action" not in settings or settings["action"] == "append":
                takes.update(() if "nargs" in settings else names)
    joined: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            return [*joined, word, *words]
        value = next(words, None) if word in takes else None
        if value is None:
            joined.append(word)
        elif value.startswith("-") and value != "-" and value.partition("=")[0] not in options:
            joined.append(f"{word}={value}" if word.startswith("--") else word + value)
        else:
            joined += [word, value]
    return joined


def verb_of(argv: Sequence[str]) -> str | None:
    """The command in arguments that `with_verb` gave; None where there is none."""
    at = _first_word(argv)
    return argv[at] if at < len(argv) else None


def _first_word(argv: Sequence[str]) -> int:
    """Where the first argument stands that is neither an option nor the value of one, or a `--`."""
    at = 0
    while at < len(argv):
        word = argv[at]
        if word in _VALUED or (word == "--example" and at + 1 < len(argv) and argv[at + 1][:1] != "-"):
            at += 2
        elif word.startswith("-") and word != "--":
            at += 1
        else:
            break
    return min(at, len(argv))
