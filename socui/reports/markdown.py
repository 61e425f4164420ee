"""A document as Markdown in which no text can change the structure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from socui.reports.blocks import Block, Bullets, DocTable, Document, Heading, Panel, PanelRow, Run, TextLine, is_address

_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~&!$@^{}]")
_STARTS = re.compile(r"^\s*(?=[-+=:])|^\s*\d+(?=[.)](?:\s|$))", re.MULTILINE)
_LINKS = re.compile(r"(?<=[a-z]):(?=/)|(?<=www)\.|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)


def escape_markdown(text: str) -> str:
    """Return the text so that CommonMark and GitHub show it as it is: no heading, list, link, HTML, table or emphasis."""
    text = _ACTIVE.sub(lambda match: "\\" + match[0], text)
    text = _STARTS.sub(lambda match: match[0] + "\\", text)
    return _LINKS.sub(lambda match: "\\" + match[0], text)


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
    elif isinstance(block, TextLine) and block.role == "quote":
        yield "\\\n".join("> " + _inline(line) for line in block.text.split("\n"))
    elif isinstance(block, TextLine):
        yield ("> " if block.role == "lead" else "") + _markdown(block, document)
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            first = f"{number}. " if block.role == "references" else "- "
            yield first + _markdown(item.line, document)
            for line in item.more:
                yield " " * len(first) + "- " + _markdown(line, document)
    elif isinstance(block, Panel):
        yield f"> **{_markdown(block.title, document)}** ({_inline(block.status)})"
        yield ""
        for part in block.rows:
            yield from _panel_row(part, document)
    elif isinstance(block, DocTable):
        if block.role != "answers":
            yield from (f"**{_inline(block.caption)}**", "")
        yield "| " + " | ".join(map(_inline, block.head)) + " |"
        yield "|" + " --- |" * len(block.head)
        for row in block.rows:
            yield "| " + " | ".join(_markdown(cell, document) for cell in row) + " |"


def _panel_row(row: PanelRow, document: Document) -> Iterator[str]:
    if len(row.lines) == 1:
        yield f"- **{_inline(row.label)}:** {_markdown(row.lines[0], document)}"
        return
    yield f"- **{_inline(row.label)}:**"
    for number, line in enumerate(row.lines, 1):
        yield f"  {f'{number}.' if row.role == 'steps' else '-'} {_markdown(line, document)}"


def _markdown(line: TextLine, document: Document) -> str:
    numbers = ", ".join(map(str, document.numbered(line)))
    return "".join(map(_markdown_run, line.runs)) + (f" \\[{numbers}\\]" if numbers else "")


def _markdown_run(run: Run) -> str:
    if run.kind == "link" and is_address(run.text):
        return f"<{run.text}>"
    inner = _inline(run.text)
    if not inner:
        return " "
    before, after = (" " * (run.text[at] == " ") for at in (0, -1))
    return before + (f"**{inner}**" if run.kind == "strong" else inner) + after
