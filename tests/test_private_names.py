"""Private parts of Textual are used where screens/README.md lists them, with the version they were seen on, and nowhere else."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

from conftest import PICTURED
from textual.app import App
from textual.command import CommandPalette
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "screens" / "README.md").read_text("utf-8").partition("## What is used of Textual that is private")[2]


def parts() -> set[str]:
    """The private names of the classes that ours derive from."""
    names = set[str]()
    for made in (App, CommandPalette, LinuxDriver, ModalScreen, ScrollView):
        for base in made.__mro__:
            if base.__module__.startswith("textual"):
                names |= {name for name in vars(base) if re.match(r"_[a-z]", name)}
                names |= set(re.findall(r"self\.(_[a-z]\w*)", inspect.getsource(base)))
    return names


def uses() -> set[tuple[str, str]]:
    """Each module with the private names and modules of Textual that stand in it."""
    names, used = parts(), set[tuple[str, str]]()
    for path in [*(ROOT / "socui").rglob("*.py"), *(ROOT / "screens").rglob("*.py")]:
        text = path.read_text("utf-8")
        if not re.search(r"^\s*from textual", text, re.MULTILINE):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        here = {n.attr for n in nodes if isinstance(n, ast.Attribute)}
        here |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
        private = {name for name in here if name in names or name.startswith("_watch_")} | set(
            re.findall(r"^from textual[\w.]*\.(_\w+) import", text, re.MULTILINE)
        )
        place = str(path.relative_to(ROOT)).removeprefix("screens/")
        used |= {(place, name) for name in private}
    return used


def listed() -> set[tuple[str, str]]:
    """The same, by the table of the README."""
    rows = [[re.findall(r"`([^`]+)`", cell) for cell in row.split("|")[1:3]] for row in README.splitlines()]
    return {(place, name) for row in rows if len(row) == 2 for place in row[0] for name in row[1]}


def test_every_private_part_of_textual_is_listed() -> None:
    listed_here = {(place, name) for place, name in listed() if not place.startswith("tests/")}
    assert uses() - listed_here == set()
    assert listed_here - uses() == set(), "listed, and no longer used"


def test_the_version_they_were_seen_on_is_the_one_that_is_pinned() -> None:
    assert f"Seen on Textual {PICTURED['textual']}." in README
