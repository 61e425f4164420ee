"""Reads TOML tables key by key, and collects their faults as lines that name the file, the line and the id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from socui.knowledge.toml_lines import Place

_T = TypeVar("_T")


class Faults:
    """Collects the faults of a set of TOML texts. Line numbers are looked up when the faults are printed, not before."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        """Each file's text, by name, as far as it is valid TOML."""
        self._found: list[tuple[str, Place | int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, file: str, at: Place | int, id: str, what: str, fix: str) -> None:
        """Note a fault at a place of a file, or on a line where the file is not valid TOML."""
        end = "" if fix.endswith(("?", ".")) else "."
        self._found.append((file, at, f"[{id}] {what}. {fix}{end}"))

    def lines(self) -> tuple[str, ...]:
        """Return every fault once, `file:line: [id] what. Fix.`, sorted by file and line."""
        from socui.knowledge.toml_lines import find_lines, line_of

        maps = {name: find_lines(self.texts[name]) for name in {f for f, _, _ in self._found} & self.texts.keys()}
        placed = {
            (file, at if isinstance(at, int) else line_of(maps.get(file, {}), at), text): None
            for file, at, text in self._found
        }
        return tuple(f"{file}:{line}: {text}" for file, line, text in sorted(placed, key=lambda p: p[:2]))


def suggest(word: str, choices: Iterable[str], otherwise: str = "") -> str:
    """Return what to write instead of an unknown word: the nearest known one, else the known ones if few, else
    `otherwise`."""
    import difflib

    names = list(choices)
    near = difflib.get_close_matches(word, names, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    if otherwise:
        return otherwise
    return f"Use one of {', '.join(names)}" if 0 < len(names) <= 16 else "Correct or remove it"


class Table:
    """A table of a file. Each key is asked for by its type; `close` then reports the keys nobody asked for.

    A fault never stops the reading: a value of the type asked for stands in, so that all faults show in one run.
    """

    __slots__ = ("_asked", "_faults", "_file", "_place", "data", "id")

    def __init__(self, faults: Faults, file: str, place: Place, data: Mapping[str, object], id: str) -> None:
        self._faults, self._file, self._place = faults, file, place
        self._asked: dict[str, None] = {}
        self.data = data
        self.id = id

    def fault(self, what: str, fix: str, *at: str | int) -> None:
        """Note a fault of this table, at a key (and index) of it if given."""
        self._faults.add(self._file, (*self._place, *at), self.id, what, fix)

    def has(self, key: str) -> bool:
        """Return whether the table has the key; counts as asking for it."""
        self._asked[key] = None
        return key in self.data

    def text(self, key: str, *, need: bool = True, most: int = 0, among: Collection[str] | None = None) -> str:
        """Return a string; where needed not blank, at most so many characters, one of `among` if given."""
        if not self.has(key):
            if need:
                self.fault(f"`{key}` is missing", f'Add {key} = "..."')
            return ""
        value = self.data[key]
        if not isinstance(value, str):
            self._wrong(key, "a string")
            return ""
        if need and not value.strip():
            self.fault(f"`{key}` is empty", "Write the text", key)
        elif most and len(value) > most:
            self.fault(f"`{key}` is {len(value)} characters long", f"Shorten it to {most}", key)
        elif among is not None and value and value not in among:
            self.fault(f"`{key}` cannot be {value!r}", suggest(value, among), key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a string or a list of strings; empty where the key is absent."""
        value = self.data[key] if self.has(key) else []
        parts = [value] if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            self._wrong(key, "a string or a list of strings")
            return ()
        for index, part in enumerate(parts):
            if not part.strip():
                self.fault(f"`{key}` has an empty text", "Write or remove it", key, index)
        return tuple(parts)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        value = self.data[key] if self.has(key) else False
        if isinstance(value, bool):
            return value
        self._wrong(key, "true or false")
        return False

    def whole(self, key: str) -> int:
        """Return a whole number from 0 that has to be given."""
        value = self.data[key] if self.has(key) else None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if value is None:
            self.fault(f"`{key}` is missing", f"Add {key} = a whole number")
        else:
            self._wrong(key, "a whole number")
        return 0

    def months(self, key: str) -> tuple[float, float, float]:
        """Three numbers that do not fall: low, typical, high."""
        value = self.data[key] if self.has(key) else None
        if isinstance(value, list) and len(value) == 3 and all(type(number) in (int, float) for number in value):
            low, typical, high = (float(number) for number in value)
            if 0 <= low <= typical <= high:
                return low, typical, high
        self.fault(f"`{key}` is not three rising numbers", f"Write {key} = [low, typical, high]", key)
        return 0.0, 0.0, 0.0

    def range(self, key: str) -> tuple[float, float, float, float]:
        """Four numbers that do not fall: the least, the usual from and to, the most."""
        value = self.data[key] if self.has(key) else None
        if isinstance(value, list) and len(value) == 4 and all(type(number) in (int, float) for number in value):
            least, low, high, most = (float(number) for number in value)
            if 0 <= least <= low <= high <= most:
                return least, low, high, most
        self.fault(f"`{key}` is not four rising numbers", f"Write {key} = [least, usual from, usual to, most]", key)
        return 0.0, 0.0, 0.0, 0.0

    def mapping(self, key: str) -> dict[str, str]:
        """Return a table of strings; empty where the key is absent."""
        inner = self.table(key)
        return {name: inner.text(name) for name in inner.data} if inner else {}

    def table(self, key: str) -> Table | None:
        """Return the table under a key, None where it is absent. Its faults carry this table's id."""
        if not self.has(key):
            return None
        value = self.data[key]
        if isinstance(value, dict):
            return Table(self._faults, self._file, (*self._place, key), value, self.id)
        self._wrong(key, "a table")
        return None

    def tables(self, key: str, *, named: bool = True) -> list[Table]:
        """Return the tables of an array of tables; `named` ones show their own id in faults, behind that of this table."""
        value = self.data[key] if self.has(key) else []
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            self._wrong(key, f"an array of tables, [[{key}]]" if named else "a list of tables")
            return []
        return [
            Table(self._faults, self._file, (*self._place, key, index), part, self._name(part, key, index, named))
            for index, part in enumerate(value)
        ]

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.data:
            if key not in self._asked:
                self.fault(f"unknown key `{key}`", suggest(key, self._asked, "Correct or remove it"), key)

    def _name(self, part: Mapping[str, object], key: str, index: int, named: bool) -> str:
        if not named:
            return self.id
        own = part.get("id", part.get("version")) or f"{key} {index + 1}"
        return f"{self.id}/{own}" if len(self._place) else f"{own}"

    def _wrong(self, key: str, right: str) -> None:
        kinds = {
            str: "a string",
            bool: "true or false",
            list: "a list",
            dict: "a table",
            int: "a number",
            float: "a number",
        }
        kind = kinds.get(type(self.data[key]), "a date or a time")
        self.fault(f"`{key}` is {kind}", f"It has to be {right}", key)


def keep(by_id: dict[str, _T], table: Table, value: _T, name: str = "id") -> None:
    """Close a table and keep what was made of it under its id; an id that is there already is a fault."""
    id = table.text(name)
    table.close()
    if id in by_id:
        table.fault(f"`{id}` is used twice", "Give this one another id", name)
    elif id:
        by_id[id] = value
