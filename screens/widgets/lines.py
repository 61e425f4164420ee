"""Styled lines of text: what the panes are made of. Plain text only, so nothing a person typed is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from socui.output import visible

Tag = tuple[str, ...]
"""What a line stands for: its kind and ids. A click or enter on the line reports it."""


class Span(NamedTuple):
    """A piece of text. `style` names component classes of Sheet, separated by blanks ("soc1 strong")."""

    text: str
    style: str = ""
    tag: Tag = ()


class Line(NamedTuple):
    """One row of the screen. `stop` where the cursor can rest; rows with the same tag light up together."""

    spans: tuple[Span, ...] = ()
    tag: Tag = ()
    stop: bool = False


BLANK = Line()


def said(text: str) -> str:
    """A person's text, in one line and with everything that is not seen made visible."""
    return visible(text)


def width_of(spans: Iterable[Span]) -> int:
    """Cells that the spans take."""
    return sum(cell_len(s.text) for s in spans)


def clip(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis where something is missing, between words if possible."""
    if cell_len(text) <= width:
        return text
    if width < 2:
        return "…"[:width]
    cut = set_cell_size(text, width - 1)
    at = cut.rfind(" ") if not text.startswith(" ", len(cut)) else len(cut)
    return (cut[:at] if at > width // 2 else cut).rstrip(" ,;:·") + "…"


def fill(text: str, width: int) -> str:
    """The text clipped or padded to exactly `width` cells."""
    return set_cell_size(clip(text, width), width)


def _words(spans: Iterable[Span]) -> Iterable[list[Span]]:
    """The spans cut at blanks: each word is what has to stay together."""
    word: list[Span] = []
    for span in spans:
        for i, part in enumerate(span.text.split(" ")):
            if i and word:
                yield word
                word = []
            if part:
                word.append(Span(part, span.style, span.tag))
    if word:
        yield word


def _broken(word: list[Span], width: int) -> Iterable[list[Span]]:
    """A word that is wider than a line, cut where the line ends."""
    piece: list[Span] = []
    room = width
    for span in word:
        text = span.text
        while cell_len(text) > room:
            head = set_cell_size(text, room).rstrip(" ") or text[:1]
            piece.append(span._replace(text=head))
            yield piece
            text, piece, room = text[len(head) :], [], width
        piece.append(span._replace(text=text))
        room -= cell_len(text)
    yield piece


@lru_cache(maxsize=8192)
def wrap(spans: tuple[Span, ...], width: int) -> tuple[tuple[Span, ...], ...]:
    """The spans in rows of at most `width` cells, broken at blanks."""
    width = max(width, 4)
    rows: list[tuple[Span, ...]] = []
    row: list[Span] = []
    used = 0
    for whole in _words(spans):
        for word in _broken(whole, width) if width_of(whole) > width else (whole,):
            size = width_of(word)
            if row and used + 1 + size > width:
                rows.append(tuple(row))
                row, used = [], 0
            if row:
                glue = row[-1].style if row[-1].style == word[0].style else ""
                row.append(Span(" ", glue, row[-1].tag if row[-1].tag == word[0].tag else ()))
                used += 1
            row.extend(word)
            used += size
    if row or not rows:
        rows.append(tuple(row))
    return tuple(tuple(_joined(r)) for r in rows)


def _joined(row: Sequence[Span]) -> Iterable[Span]:
    """The row with neighbours of one style made one."""
    last: Span | None = None
    for span in row:
        if last is not None and last.style == span.style and last.tag == span.tag:
            last = last._replace(text=last.text + span.text)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def flow(
    spans: Iterable[Span] | str,
    width: int,
    lead: tuple[Span, ...] = (),
    *,
    style: str = "",
    tag: Tag = (),
    stop: bool = False,
) -> list[Line]:
    """A paragraph: `lead` stands before the first row, and as many blanks before the others."""
    spans = (Span(spans, style),) if isinstance(spans, str) else tuple(spans)
    size = width_of(lead)
    gap = (Span(" " * size),)
    return [
        Line((*(lead if i == 0 else gap), *row), tag, stop and i == 0)
        for i, row in enumerate(wrap(spans, width - size - 1))
    ]


def spread(left: Span, right: Span, width: int, tag: Tag = (), stop: bool = False) -> Line:
    """One row with `left` at the left and `right` at the right end."""
    room = width - cell_len(right.text) - 2
    return Line((left._replace(text=fill(left.text, room)), Span(" "), right), tag, stop)
