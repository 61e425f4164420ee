"""Parses the command line by the table of commands in socui.cli.verbs. Imports nothing that `--version` has no use for."""

from __future__ import annotations

import argparse
import os
import sys

from socui.cli.verbs import VERBS, words
from socui.version import VERSION

TYPE_CHECKING = False  # type checkers take it for true; importing typing would cost more than `--version` itself
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

USAGE = 2
"""The exit status for a command line that cannot be followed."""

EXAMPLES = """\
examples:
  socui                                   open the app
  socui "Acme Payroll"                    open that profile
  socui --example                         look at an example
  socui new "Acme Payroll" role=provide   a profile, with an answer
  socui set "Acme Payroll" layer=?        not sure; none of these: =none, clear: =
  socui read mail.txt                     what a pasted request asks for
  socui request "Acme Payroll" --add asks=soc1 reader=user_auditor
                                          who asked for what; held, event, evidence
                                          likewise
  socui vendors "Our vendors" --csv list.csv
                                          whose reports we ask for; --letter "Acme"
  socui questions                         the ids of questions and answers
  socui show "Acme Payroll"               its answers and the headline
  socui report "Acme Payroll" -o a.html   the advice; also .md, .json, .txt
  socui report --for-auditors "Acme Payroll"
                                          the request for quotes that CPA firms need
  socui export "Acme Payroll" -o a.toml   its file; `-` is standard output
  socui assess clients.csv > out.csv      the verdicts on a row each
  eval "$(socui completion bash)"         complete names and answers with the tab key

Exit status: 0 done, 1 a check failed or a crash, 2 usage or a bad file, 128 and more: ended by a signal.
"""


_VALUED: tuple[str, ...] = ("--profiles", "--data")
_NAMES = {verb.name for verb in VERBS}
_OF_RECORDS = ("request", "held", "event", "evidence")
"""Commands whose help lists the keys that they take."""


def _columns() -> int:
    """Return the columns of the terminal. argparse would ask shutil, whose imports take as long as the rest of a help text."""
    try:
        return int(os.environ.get("COLUMNS", "")) or os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    except (ValueError, AttributeError, OSError):
        return 80


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class _TopHelp(_Help, argparse.RawDescriptionHelpFormatter):
    pass


class _Parser(argparse.ArgumentParser):
    def format_help(self) -> str:
        text, command = super().format_help(), self.prog.rpartition(" ")[2]
        if command in _OF_RECORDS:
            from socui.cli.record_keys import keys_help

            text += keys_help(command)
        return text

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
    """Return the parser of the whole command line; with a command's name, of that command alone, which is quicker to
    make."""
    top = _Parser(
        prog="socui",
        description="SOC 1, SOC 2, both or neither yet: asks, compares and explains. Without a command: the app.",
        epilog=EXAMPLES,
        formatter_class=_TopHelp,
        allow_abbrev=False,
    )
    _add_places(top, None)
    top.add_argument("--example", metavar="NAME", nargs="?", const="", type=words, help="open an example")
    top.add_argument("--version", action="version", version=f"socui {VERSION}")
    commands = top.add_subparsers(title="commands", dest="verb", metavar="COMMAND", prog="socui")
    for verb in VERBS:
        if only not in (None, verb.name):
            continue
        sub = commands.add_parser(
            verb.name, help=verb.help, description=verb.help, allow_abbrev=False, formatter_class=_Help
        )
        _add_places(sub, argparse.SUPPRESS)
        for names, options in verb.arguments:
            sub.add_argument(*names, **options)
        sub.set_defaults(run=verb)
    return top


def with_verb(argv: Sequence[str]) -> list[str]:
    """Return the arguments with `open` before the first one that is neither an option nor a command: `socui NAME`."""
    at = _first_word(argv)
    before, rest = list(argv[:at]), list(argv[at:])
    if rest == ["--"]:
        return before
    return [*before, *([] if not rest or rest[0] in _NAMES else ["open"]), *rest]


def with_dashes(argv: Sequence[str]) -> list[str]:
    """Return the arguments with a value that begins with a dash joined to its option, as argparse wants it:
    `--note=-1/2`. What is itself an option is no value."""
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
    """Return the command in arguments that `with_verb` gave; None where there is none."""
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
