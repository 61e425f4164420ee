"""A document as plain text that reads well aloud: no drawing, tables as lists, at most 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from socui.reports.blocks import Block, Bullets, DocTable, Document, Heading, Panel, TextLine, is_address
from socui.reports.words import STATE_WORDS


def render_text(document: Document, width: int = 80) -> str:
    """Return it as plain text of at most `width` columns (addresses aside): read aloud it makes sense, tables are lists."""
    return _Text(document, width).written()


_Row = tuple[TextLine, ...]


class _Text:
    """A document as lines of at most so many cells."""

    def __init__(self, document: Document, width: int) -> None:
        self.document, self.width = document, width
        self._brief: dict[str, Callable[[_Row], Iterator[str]]] = {
            "answers": self._answer,
            "sources": self._source,
            "plan": self._step,
        }
        """Tables whose rows take a line or two, by role."""

    def written(self) -> str:
        """Return title, what it is about, and every block."""
        document = self.document
        out = [*self._wrap(document.title), "=" * min(self.width, max(_cells(document.title), 1)), ""]
        for name, text in document.about:
            out += self._wrap(f"{name}: {text}", "", "  ")
        for block in document.blocks:
            lines = list(self._block(block))
            out += ["", *lines] if lines else []
        return "\n".join(line.rstrip() for line in out) + "\n"

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Heading):
            yield from (block.text, ("-" if block.level == 2 else ".") * _cells(block.text))
        elif isinstance(block, TextLine) and block.role == "quote":
            for line in block.text.split("\n"):
                yield from self._wrap(line, "  > ", "  > ")
        elif isinstance(block, TextLine):
            yield from self._wrap(self._plain(block))
        elif isinstance(block, Bullets):
            yield from self._bullets(block)
        elif isinstance(block, DocTable):
            yield from self._table(block)
        elif isinstance(block, Panel):
            yield from self._panel(block)

    def _panel(self, panel: Panel) -> Iterator[str]:
        yield from self._wrap(f"{self._plain(panel.title)} ({panel.status})")
        room = max((_cells(row.label) for row in panel.rows), default=0) + 2
        for row in panel.rows:
            first = f"{row.label}:".ljust(room)
            for number, line in enumerate(row.lines, 1):
                mark = f"{number}. " if row.role == "steps" else ""
                yield from self._wrap(self._plain(line), first + mark, " " * (room + len(mark)))
                first = " " * room

    def _bullets(self, block: Bullets) -> Iterator[str]:
        listed = block.role == "references"
        for number, item in enumerate(block.items, 1):
            first = f"[{number}] " if listed else "* "
            yield from self._wrap(self._plain(item.line), first, " " * len(first))
            for line in item.more:
                yield from self._wrap(self._plain(line), "  - ", "    ")

    def _table(self, block: DocTable) -> Iterator[str]:
        if block.role not in ("answers", "sources"):
            yield from self._wrap(f"{block.caption}:")
        for row in block.rows:
            if brief := self._brief.get(block.role):
                yield from brief(row)
                continue
            yield from self._wrap(self._plain(row[0]), "* ", "  ")
            for name, cell in zip(block.head[1:], row[1:], strict=True):
                if cell.text:
                    yield from self._wrap(f"{name}: {self._plain(cell)}", "  - ", "    ")

    def _answer(self, row: _Row) -> Iterator[str]:
        """Yield a question, its answer, and where it stands if it is not answered."""
        ask, answer, *state = (cell.text for cell in row)
        words = [f"{answer}" if answer != "-" else "", *(f"({s})" for s in state if s != STATE_WORDS["answered"])]
        yield from self._wrap(ask, "* ", "  ")
        yield from self._wrap(" ".join(filter(None, words)), "  - ", "    ")

    def _source(self, row: _Row) -> Iterator[str]:
        """Yield a publication in one line: id, publisher and title, edition, when it was read, address."""
        id, title, address, read = (cell.text for cell in row)
        when = f", read {read}" if read != "-" else ""
        yield from self._wrap(f"{id}: {title}{when}. {address if address != '-' else ''}".rstrip(), "* ", "  ")

    def _step(self, row: _Row) -> Iterator[str]:
        """Yield a report of the plan: which days it speaks of, and when it is in hand."""
        title, period, typical, between = row
        yield from self._wrap(f"{self._plain(title)}, {period.text}", "* ", "  ")
        yield from self._wrap(f"in hand typically {typical.text}; {between.text}", "  - ", "    ")

    def _plain(self, line: TextLine) -> str:
        numbers = ", ".join(map(str, self.document.numbered(line)))
        return line.text + (f" [{numbers}]" if numbers else "")

    def _wrap(self, text: str, first: str = "", rest: str = "") -> Iterator[str]:
        """Yield lines of at most the width, broken between words where that can be."""
        line, used, empty = first, _cells(first), True
        for whole in text.split() or [""]:
            word, size = whole, _cells(whole)
            if not empty and used + 1 + size > self.width:
                yield line
                line, used, empty = rest, _cells(rest), True
            while used + size > self.width and empty and not is_address(word):
                piece = _cut(word, self.width - used)
                piece = piece if piece and word.startswith(piece) else word[:1]
                yield line + piece
                line, used, word = rest, _cells(rest), word[len(piece) :]
                size = _cells(word)
            line, used, empty = line + ("" if empty else " ") + word, used + (not empty) + size, False
        yield line


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
