"""Completes commands, options, names of profiles, questions and answers when somebody types a tab in a shell.

argcomplete asks for it by an environment variable. Nothing here is imported otherwise, and Textual never.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from argcomplete.finders import CompletionFinder
from argcomplete.shell_integration import shellcode

from socui.cli.parser import parser

Completer = Callable[..., Iterable[str]]
READING = ("", "open", "show", "report", "compare")
"""Commands that also read a profile's file of another folder; the first is `socui NAME`."""


def run(args: argparse.Namespace) -> int:
    """Print the script for a shell."""
    from socui.cli.output import put

    put(shellcode(["socui"], shell=args.shell) + "\n")
    return 0


def complete() -> None:
    """Answer the shell and end the process."""
    top = parser()
    for verb, sub in _commands(top).items():
        for action in sub._actions:
            _attach(action, verb)
    line, point = os.environ.get("COMP_LINE", ""), os.environ.get("COMP_POINT", "")
    if point.isdecimal():  # bash in the locale C counts bytes
        os.environ["COMP_POINT"] = str(min(int(point), len(line)))
    _Finder()(top, always_complete_options=False)


def _commands(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in top._actions:
        _attach(action, "")
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _attach(action: argparse.Action, verb: str) -> None:
    completer = COMPLETERS.get(str(action.metavar))
    if action.dest == "example":
        completer = _examples
    elif completer is _profiles and (verb in ("new", "restore") or action.dest == "new"):
        completer = _nothing  # a new name, or one that is in the trash
    elif completer is _profiles and verb in READING:
        completer = _profiles_or_files
    if completer is not None:
        action.completer = completer  # type: ignore[attr-defined]


class _Finder(CompletionFinder):
    """Names of profiles stand beside the commands: `socui NAME` opens one."""

    def collect_completions(
        self, active_parsers: list[argparse.ArgumentParser], parsed_args: argparse.Namespace, cword_prefix: str
    ) -> list[str]:
        """As argcomplete, and profiles in the place of a command."""
        completions: list[str] = super().collect_completions(active_parsers, parsed_args, cword_prefix)
        if len(active_parsers) == 1 and not cword_prefix.startswith("-") and self._at_command(parsed_args):
            completions += [name for name in _profiles(cword_prefix, parsed_args) if name.startswith(cword_prefix)]
        return completions

    def quote_completions(
        self, completions: list[str], cword_prequote: str, last_wordbreak_pos: int | None
    ) -> list[str]:
        """As argcomplete, and what it lets the shell read as something else: see `_shell_safe`."""
        shell = os.environ.get("_ARGCOMPLETE_SHELL", "bash")
        if shell == "zsh":  # it quotes anew what it puts behind a quote
            cword_prequote = ""
        kept = last_wordbreak_pos
        if kept is not None and any(word[kept : kept + 1] == "@" for word in completions):
            last_wordbreak_pos = kept - 1  # bash breaks words before an @, not behind it
        quoted: list[str] = super().quote_completions(completions, cword_prequote, last_wordbreak_pos)
        return _shell_safe(quoted, cword_prequote, shell)

    def _at_command(self, parsed_args: argparse.Namespace) -> bool:
        return getattr(parsed_args, "verb", None) is None and not getattr(parsed_args, "run", None)


def _shell_safe(quoted: list[str], quote: str, shell: str) -> list[str]:
    r"""Escape a comment, a home folder and zsh's `=command` at the start, and in bash's double quotes each `!`.

    In those `\!` keeps its backslash: the quotes are closed before it. fish reads a `~` at the start as a home folder
    and lets nobody escape it, so that nothing is offered.
    """
    if shell == "bash" and quote == '"':
        return [word.replace("\\!", '"\\!"') for word in quoted]
    if quote:
        return quoted
    if shell == "fish":
        return [word for word in quoted if not word.startswith("~")]
    special = ("#", "~", "=") if shell == "zsh" else ("#", "~")
    return [f"\\{word}" if word.startswith(special) else word for word in quoted]


# --------------------------------------------------------------------------------------------------------- completers


def _nothing(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    del prefix, parsed_args
    return ()


def _profiles(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    from socui.profiles.store import Store
    from socui.text import visible

    del prefix
    heads = Store.default(getattr(parsed_args, "profiles", None)).heads()
    return [visible(head.name) for head in heads if head.opens and head.name]


def _profiles_or_files(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    if "/" in prefix or prefix.startswith("."):
        from argcomplete.completers import FilesCompleter

        return FilesCompleter(("toml",))(prefix)
    return _profiles(prefix, parsed_args)


def _examples(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    from socui.profiles.examples import examples

    del prefix, parsed_args
    return examples()


def _answers(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    """`question=`, then its options; behind a comma another one."""
    questions = _questions(parsed_args)
    id, equals, typed = prefix.partition("=")
    if not equals:
        return [f"{name}=" for name in questions]
    question = questions.get(id, {})
    options = [str(o["id"]) for o in question.get("option", ())]
    before, comma = typed.rpartition(",")[:2]
    chosen = before.split(",")
    more = [*options, "none"] if question.get("several") else options
    return [f"{id}={before}{comma}{word}" for word in (*more, *([] if comma else ["?"])) if word not in chosen]


def _records(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    """Return what names a record of the profile on the line."""
    from socui.cli.records import RECORD_VERBS
    from socui.errors import ProfileError, StoreError
    from socui.profiles.store import Store

    del prefix
    try:
        profile = Store.default(getattr(parsed_args, "profiles", None)).open(parsed_args.name).profile
    except (StoreError, ProfileError, OSError):
        return ()
    return filter(None, RECORD_VERBS[parsed_args.verb].names(profile))


def _record(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    """`key=`, then the values that socui has for it; behind a comma another one."""
    from socui.cli.record_fields import keys
    from socui.cli.records import RECORD_VERBS
    from socui.profiles.records import FIELD_WORDS, Evidence, Vendor

    verb = RECORD_VERBS.get(parsed_args.verb)
    kind = verb.kind if verb else Vendor if parsed_args.verb == "vendors" else Evidence
    fields = {key: field for key, field in keys(kind).items() if kind is not Vendor or key not in ("none", "reports")}
    key, equals, typed = prefix.partition("=")
    if not equals:
        named = verb and not (parsed_args.pairs or parsed_args.add)
        ids = _records(prefix, parsed_args) if named else ()
        return [*(f"{name}=" for name in fields), *ids]
    name, what = fields.get(key, ("", ""))
    before, comma = typed.rpartition(",")[:2] if what == "texts" else ("", "")
    words = ("yes", "no") if what == "flag" else FIELD_WORDS[kind].get(name, ())
    return [f"{key}={before}{comma}{word}" for word in words if word not in before.split(",")]


def _asked(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    del prefix
    return _questions(parsed_args)


def _noted(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    del prefix
    return [f"{name}=" for name in _questions(parsed_args)]


def _dated(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterable[str]:
    del prefix
    return [f"{q['dated']}=" for q in _questions(parsed_args).values() if q.get("dated")]


def _questions(parsed_args: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Return the questions as they are written; a tab is no time to check a knowledge base."""
    import tomli

    from socui.data import FOLDER

    folder = getattr(parsed_args, "data", None) or os.environ.get("SOCUI_DATA")
    base = Path(folder) if folder else FOLDER
    table = tomli.loads((base / "questions.toml").read_text("utf-8"))
    return {str(q["id"]): q for q in table.get("question", ())}


COMPLETERS: dict[str, Completer] = {
    "NAME": _profiles,
    "A": _profiles,
    "B": _profiles,
    "QUESTION": _asked,
    "QUESTION=ANSWER": _answers,
    "QUESTION=TEXT": _noted,
    "KEY=VALUE": _record,
    "RECORD": _records,
    "NAME=YYYY-MM-DD": _dated,
    "YYYY-MM-DD": _nothing,
    "N": _nothing,
    "NEW": _nothing,
    "TEXT": _nothing,
}
"""By what stands for an argument in the help; files and folders are argcomplete's own."""
