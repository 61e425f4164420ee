"""A document as plain text that reads well aloud: no drawing, tables as lists, at most 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from socui.reports.blocks import Block, Bullets, DocTable, Document, Heading, Panel, TextLine, is_address
from socui.reports.words import STATE_WORDS

_WIDTH = 80


def render_text(document: Document) -> str:
    """As plain text of at most 80 columns (addresses aside): read aloud it makes sense, tables are lists."""
    out = [*_wrap(document.title), "=" * min(_WIDTH, max(_cells(document.title), 1)), ""]
    for name, text in document.about:
        out += _wrap(f"{name}: {text}", "", "  ")
    for block in document.blocks:
        lines = list(_text_block(block, document))
        out += ["", *lines] if lines else []
    return "\n".join(line.rstrip() for line in out) + "\n"


def _text_block(block: Block, document: Document) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from (block.text, ("-" if block.level == 2 else ".") * _cells(block.text))
    elif isinstance(block, TextLine) and block.role == "quote":
        for line in block.text.split("\n"):
            yield from _wrap(line, "  > ", "  > ")
    elif isinstance(block, TextLine):
        yield from _wrap(_plain(block, document))
    elif isinstance(block, Bullets):
        yield from _bullets(block, document)
    elif isinstance(block, DocTable):
        yield from _table(block, document)
    elif isinstance(block, Panel):
        yield from _panel(block, document)


def _panel(panel: Panel, document: Document) -> Iterator[str]:
    yield from _wrap(f"{_plain(panel.title, document)} ({panel.status})")
    room = max((_cells(row.label) for row in panel.rows), default=0) + 2
    for row in panel.rows:
        first = f"{row.label}:".ljust(room)
        for number, line in enumerate(row.lines, 1):
            mark = f"{number}. " if row.role == "steps" else ""
            yield from _wrap(_plain(line, document), first + mark, " " * (room + len(mark)))
            first = " " * room


def _bullets(block: Bullets, document: Document) -> Iterator[str]:
    listed = block.role == "references"
    for number, item in enumerate(block.items, 1):
        first = f"[{number}] " if listed else "* "
        yield from _wrap(_plain(item.line, document), first, " " * len(first))
        for line in item.more:
            yield from _wrap(_plain(line, document), "  - ", "    ")


def _table(block: DocTable, document: Document) -> Iterator[str]:
    if block.role not in ("answers", "sources"):
        yield from _wrap(f"{block.caption}:")
    for row in block.rows:
        if brief := BRIEF.get(block.role):
            yield from brief(row, document)
            continue
        yield from _wrap(_plain(row[0], document), "* ", "  ")
        for name, cell in zip(block.head[1:], row[1:], strict=True):
            if cell.text:
                yield from _wrap(f"{name}: {_plain(cell, document)}", "  - ", "    ")


_Row = tuple[TextLine, ...]


def _answer(row: _Row, _: Document) -> Iterator[str]:
    """Yield a question, its answer, and where it stands if it is not answered."""
    ask, answer, *state = (cell.text for cell in row)
    words = [f"{answer}" if answer != "-" else "", *(f"({s})" for s in state if s != STATE_WORDS["answered"])]
    yield from _wrap(ask, "* ", "  ")
    yield from _wrap(" ".join(filter(None, words)), "  - ", "    ")


def _source(row: _Row, _: Document) -> Iterator[str]:
    """Yield a publication in one line: id, publisher and title, edition, when it was read, address."""
    id, title, address, read = (cell.text for cell in row)
    when = f", read {read}" if read != "-" else ""
    yield from _wrap(f"{id}: {title}{when}. {address if address != '-' else ''}".rstrip(), "* ", "  ")


def _step(row: _Row, document: Document) -> Iterator[str]:
    """Yield a report of the plan: which days it speaks of, and when it is in hand."""
    title, period, typical, between = row
    yield from _wrap(f"{_plain(title, document)}, {period.text}", "* ", "  ")
    yield from _wrap(f"in hand typically {typical.text}; {between.text}", "  - ", "    ")


BRIEF: dict[str, Callable[[_Row, Document], Iterator[str]]] = {"answers": _answer, "sources": _source, "plan": _step}
"""Tables whose rows take a line or two, by role."""


def _plain(line: TextLine, document: Document) -> str:
    numbers = ", ".join(map(str, document.numbered(line)))
    return line.text + (f" [{numbers}]" if numbers else "")


def _cells(text: str) -> int:
    """Cells that the text takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _cut(word: str, cells: int) -> str:
    """Return the beginning of a word that fits into so many cells."""
    from rich.cells import set_cell_size

    return set_cell_size(word, cells).rstrip()


def _wrap(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield lines of at most WIDTH cells, broken between words where that can be."""
    line, used, empty = first, _cells(first), True
    for whole in text.split() or [""]:
        word, size = whole, _cells(whole)
        if not empty and used + 1 + size > _WIDTH:
            yield line
            line, used, empty = rest, _cells(rest), True
        while used + size > _WIDTH and empty and not is_address(word):
            piece = _cut(word, _WIDTH - used)
            piece = piece if piece and word.startswith(piece) else word[:1]
            yield line + piece
            line, used, word = rest, _cells(rest), word[len(piece) :]
            size = _cells(word)
        line, used, empty = line + ("" if empty else " ") + word, used + (not empty) + size, False
    yield line
