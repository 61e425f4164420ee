"""Lists every command with its arguments, as a table. Imports nothing that `--version` has no use for."""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; importing typing would cost more than `--version` itself
if TYPE_CHECKING:
    from typing import Any


def _argument(*names: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, options


def words(argument: str) -> str:
    """Return an argument that is text and not a path, as UTF-8 whatever the locale says."""
    import os

    return os.fsencode(argument).decode("utf-8", "surrogateescape")


class Verb:
    """One command of `socui`. `function` of `module` takes the parsed arguments and returns the exit status."""

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
    Verb("show", "its answer card, answers, records and notes", "socui.cli.show", "run", (_READ,)),
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
        "run",
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
    Verb("held", "the reports that are held: list, add, change, remove", "socui.cli.records", "run", _RECORDS),
    Verb(
        "event",
        "big system changes and acquisitions with their days: list, add, change, remove",
        "socui.cli.records",
        "run",
        _RECORDS,
    ),
    Verb(
        "evidence",
        "the day since which every control runs with evidence kept: print, change",
        "socui.cli.records",
        "evidence",
        (_NAME, _argument("pairs", metavar="KEY=VALUE", nargs="*", type=words, help="since=DAY; no value clears")),
    ),
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
        "the memo on a profile (two printed pages), letters, the request for quotes: text, Markdown, HTML, Word, JSON or ics",
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
            _argument(
                "--for-auditors", action="store_true", help="the request for quotes that CPA firms need, instead"
            ),
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
        "serve",
        "the screen in a browser, on this machine alone (needs the extra web)",
        "socui.cli.serve",
        "run",
        (
            _argument("name", metavar="NAME", nargs="?", type=words, help="the profile that each tab opens"),
            _argument("--host", metavar="ADDRESS", default="localhost", help="another address lets others in"),
            _argument("--port", metavar="N", type=int, default=8000, help="else 8000"),
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
            _argument("--template", action="store_true", help="write a sheet to fill in, with an example row"),
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
        "two profiles: answers, records and results that differ",
        "socui.cli.compare",
        "run",
        (_argument("one", metavar="A", type=words), _argument("other", metavar="B", type=words), _JSON),
    ),
)
