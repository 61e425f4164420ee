"""Finds the line of every key and value of a TOML text. The parser does not report lines; only faults need them."""

from __future__ import annotations

import re

Place = tuple[str | int, ...]
"""The path to a value in a TOML text: ("rule", 3, "when", "role") is the key `role` of the fourth [[rule]]'s `when`."""

_TOKEN = re.compile(
    r'''
    (?P<text> """(?:\\.|[^\\])*?"{3,5} | \'\'\'.*?\'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
  | (?P<comment> \#[^\n]* )
  | (?P<end> \n )
  | (?P<mark> [\[\]{}=,.] )
  | (?P<bare> [^\s\[\]{}=,.\#"']+ )
    ''',
    re.VERBOSE | re.DOTALL,
)


def line_of(lines: dict[Place, int], place: Place) -> int:
    """Return the line, from 1, of a place or of the nearest thing around it that the text has (a missing key: its
    table)."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def find_lines(text: str) -> dict[Place, int]:
    """Return the line, from 1, of every table, key and element of a text that is valid TOML."""
    scan = _Scan(text)
    scan.statements()
    return scan.lines


class _Scan:
    """Walks over the tokens of a valid text and notes where each thing stands."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._last: dict[Place, int] = {}  # the index of the last table of an array of tables
        self._tokens: list[tuple[str, str, int]] = []
        self._at = 0
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup != "comment":
                self._tokens.append((match.lastgroup or "", match[0], line))
            line += match[0].count("\n")
        self._tokens.append(("end", "\n", line))

    def statements(self) -> None:
        """Read the whole text: headers, and pairs under the header before them."""
        table: Place = ()
        while self._at < len(self._tokens):
            if self._skip_ends():
                continue
            table = self._header() if self._next("[") else self._pair(table)

    def _header(self) -> Place:
        line = self._tokens[self._at][2]
        self._at += 1
        is_array = self._next("[")
        self._at += is_array
        place: Place = ()
        for name in (names := self._key())[:-1]:
            place += (name,)
            if place in self._last:
                place += (self._last[place],)
        place += (names[-1],)
        self.lines.setdefault(place, line)
        if is_array:
            self._last[place] = self._last.get(place, -1) + 1
            place += (self._last[place],)
            self.lines[place] = line
        self._at += 1 + is_array
        return place

    def _pair(self, table: Place) -> Place:
        line = self._tokens[self._at][2]
        place = table
        for name in self._key():
            place += (name,)
            self.lines.setdefault(place, line)
        self._at += 1  # the equals sign
        self._value(place)
        return table

    def _key(self) -> list[str]:
        names = []
        while True:
            kind, text, _ = self._tokens[self._at]
            names.append(text[1:-1] if kind == "text" else text)
            self._at += 1
            if not self._next("."):
                return names
            self._at += 1

    def _value(self, place: Place) -> None:
        self.lines.setdefault(place, self._tokens[self._at][2])
        if self._next("["):
            self._inside("]", place)
        elif self._next("{"):
            self._inside("}", place)
        else:
            while not (self._next(",") or self._next("]") or self._next("}") or self._tokens[self._at][0] == "end"):
                self._at += 1

    def _inside(self, close: str, place: Place) -> None:
        self._at += 1
        index = 0
        while not self._next(close):
            if self._skip_ends():
                continue
            if self._next(","):
                self._at += 1
                index += 1
            elif close == "]":
                self._value((*place, index))
            else:
                self._pair(place)
        self._at += 1

    def _next(self, mark: str) -> bool:
        kind, text, _ = self._tokens[self._at]
        return kind == "mark" and text == mark

    def _skip_ends(self) -> bool:
        at_end = self._tokens[self._at][0] == "end"
        self._at += at_end
        return at_end
