"""A letter to somebody who asked, as a value; as plain text and as a document. socui.reports.letter_writer writes them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from socui.reports.blocks import Block, Bullets, Document, Item, Run, TextLine


class Letter(Struct, frozen=True):
    """A letter. A paragraph is a text, or a list of items; `close` where it ends with regards. `before` tells the sender what
    is not settled; it is no part of the letter."""

    kind: str
    whom: str
    subject: str
    paragraphs: tuple[str | tuple[str, ...], ...]
    signature: str
    close: bool = True
    before: str = ""


def letter_text(letter: Letter, texts: Mapping[str, str]) -> str:
    """Return a letter as plain text, as it is copied and mailed."""
    lines = [texts["letter.to"].format(whom=letter.whom), texts["letter.subject"].format(subject=letter.subject)]
    for paragraph in letter.paragraphs:
        if isinstance(paragraph, tuple):
            lines += ["", *(f"- {item}" for item in paragraph)]
        else:
            lines += ["", paragraph]
    return "\n".join([*lines, "", *([texts["letter.close"]] if letter.close else []), letter.signature]) + "\n"


def letter_document(letter: Letter, texts: Mapping[str, str]) -> Document:
    """Return a letter as a document, to be saved as a file."""
    blocks: list[Block] = []
    for paragraph in letter.paragraphs:
        if isinstance(paragraph, tuple):
            blocks.append(Bullets(tuple(Item(TextLine((Run(text),))) for text in paragraph)))
        else:
            blocks.append(TextLine((Run(paragraph),)))
    blocks += [TextLine((Run(texts["letter.close"]),))] if letter.close else []
    blocks.append(TextLine((Run(letter.signature),)))
    return Document(letter.subject, (("To", letter.whom),), tuple(blocks))
