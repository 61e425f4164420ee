"""Styled lines of text: what the panes are made of. Plain text only, so nothing a person typed is ever read as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

from rich.cells import cell_len, set_cell_size

from socui.deciding.memo import Recall

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


class Lazy(Sequence[Line]):
    """Lines of a long list, one for each tag, made when they are first looked at. The cursor can rest on each."""

    def __init__(self, tags: Sequence[Tag], make: Callable[[int], Line]) -> None:
        self.tags = tags
        self._make = make
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self.tags)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        rows = range(len(self.tags))[at]
        if isinstance(rows, range):
            return [self[i] for i in rows]
        if rows not in self._made:
            self._made[rows] = self._make(rows)
        return self._made[rows]


class Memory(Recall):
    """A cache of the parts of a pane, each with its inputs. A part is written anew only when its inputs changed."""

    def lines(self, part: str, read: object, write: Callable[[], Iterable[Line]]) -> Sequence[Line]:
        """Return the lines of a part. `read` has to hold everything that `write` looks at and that can change."""
        return self.value(part, read, lambda: tuple(write()))


class Stops(NamedTuple):
    """The rows where the cursor can rest, the first row of each tag, and all rows of a tag that appears more than once."""

    rows: Sequence[int] = ()
    of: Mapping[Tag, int] = {}
    again: Mapping[Tag, Sequence[int]] = {}

    def row(self, tag: Tag, near: int) -> int:
        """Return the row of that tag, of several the nearest to `near`; -1 where there is none."""
        several = self.again.get(tag)
        return self.of.get(tag, -1) if several is None else min(several, key=lambda row: abs(row - near))


def stops(lines: Sequence[Line]) -> Stops:
    """Where the cursor can rest among these lines; no lazy line is made for it."""
    if isinstance(lines, Lazy):
        return Stops(range(len(lines)), dict(zip(lines.tags, range(len(lines)), strict=True)))
    rows = [i for i, line in enumerate(lines) if line.stop]
    first = {lines[i].tag: i for i in reversed(rows)}
    again = {
        tag: [i for i in rows if lines[i].tag == tag]
        for tag in {lines[i].tag for i in rows if first[lines[i].tag] != i}
    }
    return Stops(rows, first, again)


def width_of(spans: Iterable[Span]) -> int:
    """Cells that the spans take."""
    return sum(_cells(s.text) for s in spans)


def clip(text: str, width: int) -> str:
    """Return the text in at most `width` cells, with an ellipsis where something is missing, between words if possible."""
    if cell_len(text) <= width:
        return text
    if width < 2:
        return "…"[:width]
    cut = set_cell_size(text, width - 1)
    at = cut.rfind(" ") if not text.startswith(" ", len(cut)) else len(cut)
    return (cut[:at] if at > width // 2 else cut).rstrip(" ,;:·") + "…"


def fill(text: str, width: int) -> str:
    """Return the text clipped or padded to exactly `width` cells."""
    return set_cell_size(clip(text, width), width)


def _cells(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _words(spans: tuple[Span, ...]) -> list[list[Span]]:
    """Return the spans cut at blanks: each word is what has to stay together."""
    words: list[list[Span]] = []
    word: list[Span] = []
    for span in spans:
        for i, part in enumerate(span.text.split(" ")):
            if i and word:
                words.append(word)
                word = []
            if part:
                word.append(Span(part, span.style, span.tag))
    if word:
        words.append(word)
    return words


def _broken(word: list[Span], width: int) -> list[list[Span]]:
    """Return a word that is wider than a line, cut where the line ends."""
    pieces: list[list[Span]] = [[]]
    room = width
    for span in word:
        text = span.text
        while cell_len(text) > room:
            head = set_cell_size(text, room).rstrip(" ") or text[:1]
            pieces[-1].append(span._replace(text=head))
            pieces.append([])
            text, room = text[len(head) :], width
        pieces[-1].append(span._replace(text=text))
        room -= cell_len(text)
    return [p for p in pieces if p]


def _rows(words: Iterable[str], width: int) -> Iterator[str]:
    """Yield the words in rows, where a character is a cell and no word is wider than a row: most of what is said."""
    row, used = list[str](), -1
    for word in words:
        if used + 1 + len(word) > width:
            yield " ".join(row)
            row, used = [], -1
        row.append(word)
        used += 1 + len(word)
    if row:
        yield " ".join(row)


@lru_cache(maxsize=8192)
def wrap(spans: tuple[Span, ...], width: int) -> tuple[tuple[Span, ...], ...]:
    """Return the spans in rows of at most `width` cells, broken at blanks."""
    width = max(width, 4)
    if len(spans) == 1 and spans[0].text.isascii():
        words = [word for word in spans[0].text.split(" ") if word]
        if all(len(word) <= width for word in words):
            return tuple((spans[0]._replace(text=text),) for text in _rows(words, width)) or ((),)
    rows: list[tuple[Span, ...]] = []
    row: list[Span] = []
    used = 0
    for whole in _words(spans):
        size = sum(_cells(s.text) for s in whole)
        for word in _broken(whole, width) if size > width else (whole,):
            size = sum(_cells(s.text) for s in word)
            if row and used + 1 + size > width:
                rows.append(tuple(row))
                row, used = [], 0
            glue = 1 if row else 0
            for text, style, tag in word:
                if row and row[-1][1] == style and row[-1][2] == tag:
                    row[-1] = Span(f"{row[-1][0]}{' ' * glue}{text}", style, tag)
                else:
                    if glue:
                        row.append(Span(" "))
                    row.append(Span(text, style, tag))
                glue = 0
            used += size + (1 if used else 0)
    if row or not rows:
        rows.append(tuple(row))
    return tuple(rows)


def flow(
    spans: Iterable[Span] | str,
    width: int,
    lead: tuple[Span, ...] = (),
    *,
    style: str = "",
    tag: Tag = (),
    stop: bool = False,
) -> Sequence[Line]:
    """Return a paragraph: `lead` stands before the first row, and as many blanks before the others."""
    return _flow((Span(spans, style),) if isinstance(spans, str) else tuple(spans), width, lead, tag, stop)


@lru_cache(maxsize=4096)  # most of what a pane says is said again after the next key
def _flow(spans: tuple[Span, ...], width: int, lead: tuple[Span, ...], tag: Tag, stop: bool) -> tuple[Line, ...]:
    size = width_of(lead)
    gap = (Span(" " * size),)
    return tuple(
        Line((*(lead if i == 0 else gap), *row), tag, stop and i == 0)
        for i, row in enumerate(wrap(spans, width - size - 1))
    )


def spread(left: Span, right: Span, width: int, tag: Tag = (), stop: bool = False) -> Line:
    """Return one row with `left` at the left and `right` at the right end."""
    room = width - cell_len(right.text) - 2
    return Line((left._replace(text=fill(left.text, room)), Span(" "), right), tag, stop)
