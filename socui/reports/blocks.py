"""Defines a document without a format. Reports build one, and each format of socui.reports.render renders it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from socui.planning.model import Plan


class Run(NamedTuple):
    """A stretch of text. `kind` is "" (plain), "strong", "soft" (an aside), "user" (what the person wrote) or "link"."""

    text: str
    kind: str = ""


class TextLine(NamedTuple):
    """A paragraph, or the text of an item or a cell. `refs` are the facts it rests on. `role` is "", "lead" (the
    headline), "label", "short" (a cell kept in one line), "quote" (lines are kept) or the report it speaks of."""

    runs: tuple[Run, ...]
    refs: tuple[str, ...] = ()
    role: str = ""

    @property
    def text(self) -> str:
        """The text alone."""
        return "".join(run.text for run in self.runs)


class Heading(NamedTuple):
    """A heading of level 2 or 3; the document's title is the only one of level 1."""

    level: int
    text: str


class Item(NamedTuple):
    """An item of a list, with what belongs under it."""

    line: TextLine
    more: tuple[TextLine, ...] = ()


class Bullets(NamedTuple):
    """A list. `role` is "" or "references" (numbered: the targets of all `refs`)."""

    items: tuple[Item, ...]
    role: str = ""


class DocTable(NamedTuple):
    """A table with column heads; the first cell of a row is its head. `caption` says what it shows. `role` is "",
    "plan", "sources" or "answers" (the heading above says what the caption says)."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[TextLine, ...], ...]
    role: str = ""


class PanelRow(NamedTuple):
    """A row of a panel: what it is about and what it says, in one line or several. `role` is "", "urgent" (it stands before
    all else) or "steps" (its lines are numbered)."""

    label: str
    lines: tuple[TextLine, ...]
    role: str = ""


class Panel(NamedTuple):
    """The answer on one card: a first line, how certain it is, and rows."""

    title: TextLine
    status: str
    rows: tuple[PanelRow, ...]


class Chart(Struct, frozen=True):
    """The plan drawn. The table behind it says the same in words, so that a format may leave the drawing out."""

    plan: Plan
    title: str


_ADDRESS = re.compile(r"https?://[^\s<>\"']+")

Block = Heading | TextLine | Bullets | DocTable | Panel | Chart


class Document(Struct, frozen=True):
    """A whole document.

    `title` names the subject; `about` holds facts on it such as ("Organization", "Acme"); `numbers` gives each fact that is
    referred to its number.
    """

    title: str
    about: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)

    def numbered(self, line: TextLine) -> list[int]:
        """Return the numbers of the facts that a line rests on, in order."""
        return sorted(self.numbers[ref] for ref in line.refs if ref in self.numbers)

    def lines(self) -> Iterator[TextLine]:
        """Yield every line, wherever it stands."""
        return lines_of_blocks(self.blocks)


def lines_of_blocks(blocks: Iterable[Block]) -> Iterator[TextLine]:
    """Yield every line of the blocks, in order."""
    for block in blocks:
        if isinstance(block, TextLine):
            yield block
        elif isinstance(block, Bullets):
            for item in block.items:
                yield item.line
                yield from item.more
        elif isinstance(block, DocTable):
            for row in block.rows:
                yield from row
        elif isinstance(block, Panel):
            yield block.title
            for part in block.rows:
                yield from part.lines


def section(title: str, blocks: Iterable[Block], level: int = 2) -> list[Block]:
    """Return the blocks under a heading; nothing where there are none."""
    content = list(blocks)
    return [Heading(level, title), *content] if content else []


def bulleted(items: Iterable[Item]) -> list[Block]:
    """Return the items as a list; nothing where there are none."""
    made = tuple(items)
    return [Bullets(made)] if made else []


def is_address(text: str) -> bool:
    """Return whether a text can be linked to."""
    return _ADDRESS.fullmatch(text) is not None


def short(text: str) -> TextLine:
    """Return a cell that is kept in one line."""
    return TextLine((Run(text),), (), "short")


def known_row(record: tuple[str, str]) -> tuple[TextLine, ...]:
    """Return a record as a row of a table: its title, and what is known of it in the user's words."""
    title, words = record
    return TextLine((Run(title),)), TextLine((Run(words, "user"),))
