"""A document as plain text that reads well aloud: no drawing, tables as lists, at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from socui.outline import Block, Bullets, Document, Heading, Line, Table, is_address

WIDTH = 80


def render_text(document: Document) -> str:
    """As plain text of at most 80 columns (addresses aside): read aloud it makes sense, tables are lists."""
    out = [*_wrap(document.title), "=" * min(WIDTH, max(_cells(document.title), 1)), ""]
    for name, text in document.about:
        out += _wrap(f"{name}: {text}", "", "  ")
    for block in document.blocks:
        lines = list(_text_block(block, document))
        out += ["", *lines] if lines else []
    return "\n".join(line.rstrip() for line in out) + "\n"


def _text_block(block: Block, document: Document) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from (block.text, ("-" if block.level == 2 else ".") * _cells(block.text))
    elif isinstance(block, Line) and block.role == "quote":
        for said in block.text.split("\n"):
            yield from _wrap(said, "  > ", "  > ")
    elif isinstance(block, Line):
        yield from _wrap(_plain(block, document))
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            first = f"{f'[{number}]' if block.role == 'references' else '*'} "
            yield from _wrap(_plain(item.line, document), first, " " * len(first))
            for line in item.more:
                yield from _wrap(_plain(line, document), "  - ", "    ")
    elif isinstance(block, Table):
        if block.role != "answers":
            yield from _wrap(f"{block.caption}:")
        for row in block.rows:
            yield from _wrap(_plain(row[0], document), "* ", "  ")
            for name, cell in zip(block.head[1:], row[1:], strict=True):
                if cell.text:
                    yield from _wrap(f"{name}: {_plain(cell, document)}", "  - ", "    ")


def _plain(line: Line, document: Document) -> str:
    numbers = ", ".join(map(str, document.numbered(line)))
    return line.text + (f" [{numbers}]" if numbers else "")


def _cells(text: str) -> int:
    """Cells that the text takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _cut(word: str, cells: int) -> str:
    """The beginning of a word that fits into so many cells."""
    from rich.cells import set_cell_size

    return set_cell_size(word, cells).rstrip()


def _wrap(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    """Lines of at most WIDTH cells, broken between words where that can be."""
    line, used, empty = first, _cells(first), True
    for whole in text.split() or [""]:
        word, size = whole, _cells(whole)
        if not empty and used + 1 + size > WIDTH:
            yield line
            line, used, empty = rest, _cells(rest), True
        while used + size > WIDTH and empty and not is_address(word):
            piece = _cut(word, WIDTH - used)
            piece = piece if piece and word.startswith(piece) else word[:1]
            yield line + piece
            line, used, word = rest, _cells(rest), word[len(piece) :]
            size = _cells(word)
        line, used, empty = line + ("" if empty else " ") + word, used + (not empty) + size, False
    yield line
