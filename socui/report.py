"""A report on a profile, in one of four formats. Text and Markdown are written here, HTML and JSON beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from socui.decide import Decider
from socui.document import document
from socui.outline import Block, Bullets, Document, Heading, Line, Run, Table
from socui.plan import holding, plan
from socui.profile import Profile
from socui.report_html import is_address, render_html
from socui.report_json import render_json
from socui.request import sheet
from socui.request_document import request_document
from socui.request_json import render_request_json

FORMATS = ("text", "md", "html", "json")
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}
WIDTH = 80


def report(decider: Decider, profile: Profile, today: date, format: str = "text") -> str:
    """The report on a profile as of that day, in one of FORMATS. Reads no clock and no file."""
    knowledge = decider.knowledge
    advice = decider.advise(profile, today)
    tips = decider.tips(profile, today)
    bars = plan(knowledge, holding(decider, profile, today), today, profile.dates)
    if format == "json":
        return render_json(knowledge, profile, advice, today, tips, bars)
    return RENDER[format](document(knowledge, profile, advice, today, tips, bars))


def request(decider: Decider, profile: Profile, today: date, format: str = "text") -> str:
    """The sheet for CPA firms that are asked for a quote, in one of FORMATS. Reads no clock and no file."""
    made = sheet(decider, profile, today)
    return render_request_json(made) if format == "json" else RENDER[format](request_document(made))


# ------------------------------------------------------------------------------------------------------------- text


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
    return line.text + "".join(f" [{', '.join(n)}]" for n in [_numbers(line, document)] if n)


def _numbers(line: Line, document: Document) -> list[str]:
    return [str(number) for number in document.numbered(line)]


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
    line, empty = first, True
    for whole in text.split() or [""]:
        word = whole
        if not empty and _cells(line) + 1 + _cells(word) > WIDTH:
            yield line
            line, empty = rest, True
        while _cells(line) + _cells(word) > WIDTH and empty and not is_address(word):
            piece = _cut(word, WIDTH - _cells(line))
            piece = piece if piece and word.startswith(piece) else word[:1]
            yield line + piece
            line, word = rest, word[len(piece) :]
        line, empty = line + ("" if empty else " ") + word, False
    yield line


# --------------------------------------------------------------------------------------------------------- Markdown

_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~&!$@^{}]")
_STARTS = re.compile(r"^\s*(?=[-+=:])|^\s*\d+(?=[.)](?:\s|$))", re.MULTILINE)
_LINKS = re.compile(r"(?<=[a-z]):(?=/)|(?<=www)\.|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)


def escape_markdown(text: str) -> str:
    """The text so that CommonMark and GitHub show it as it is: no heading, list, link, HTML, table or emphasis."""
    text = _ACTIVE.sub(lambda found: "\\" + found[0], text)
    text = _STARTS.sub(lambda found: found[0] + "\\", text)
    return _LINKS.sub(lambda found: "\\" + found[0], text)


def render_markdown(document: Document) -> str:
    """As Markdown with GitHub's tables. Every text is escaped, so that the structure is the document's alone."""
    out = ["# " + _inline(document.title), ""]
    out += [f"- **{name}:** {_inline(text)}" for name, text in document.about]
    for block in document.blocks:
        lines = list(_markdown_block(block, document))
        out += ["", *lines] if lines else []
    return "\n".join(out) + "\n"


def _inline(text: str) -> str:
    return escape_markdown(" ".join(text.split()))


def _markdown_block(block: Block, document: Document) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_inline(block.text)}"
    elif isinstance(block, Line) and block.role == "quote":
        yield "\\\n".join("> " + _inline(line) for line in block.text.split("\n"))
    elif isinstance(block, Line):
        yield ("> " if block.role == "lead" else "") + _markdown(block, document)
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            first = f"{number}. " if block.role == "references" else "- "
            yield first + _markdown(item.line, document)
            for line in item.more:
                yield " " * len(first) + "- " + _markdown(line, document)
    elif isinstance(block, Table):
        if block.role != "answers":
            yield from (f"**{_inline(block.caption)}**", "")
        yield "| " + " | ".join(map(_inline, block.head)) + " |"
        yield "|" + " --- |" * len(block.head)
        for row in block.rows:
            yield "| " + " | ".join(_markdown(cell, document) for cell in row) + " |"


def _markdown(line: Line, document: Document) -> str:
    numbers = _numbers(line, document)
    return "".join(map(_markdown_run, line.runs)) + (f" \\[{', '.join(numbers)}\\]" if numbers else "")


def _markdown_run(run: Run) -> str:
    if run.kind == "link" and is_address(run.text):
        return f"<{run.text}>"
    inner = _inline(run.text)
    if not inner:
        return " "
    before, after = (" " * (run.text[at] == " ") for at in (0, -1))
    return before + (f"**{inner}**" if run.kind == "strong" else inner) + after


RENDER = {"text": render_text, "md": render_markdown, "html": render_html}
