"""Reads config.toml, which socui never writes. Each fault is reported in one line, and the default is used instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from socui.knowledge.toml_tables import Faults, Table, suggest
from socui.text import visible

CONFIG_FILE = "config.toml"
CONFIG_LIMIT = 1 << 16
"""The most bytes that config.toml may have."""


_TOLD = 2
"""Faults of the file that the app tells one by one where there are more: the lines for notices are few."""


class Config(Struct, frozen=True):
    """The content of config.toml, with defaults for what it leaves out."""

    theme: str = ""
    """The name of a theme; empty where none is chosen. Which themes there are only the app knows: see `no_theme`."""
    ascii: bool = False
    """Whether glyphs are drawn as ASCII, as with SOCUI_ASCII=1."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by name of command (`group.id`), checked: no key means two things at once."""
    faults: tuple[str, ...] = ()
    """The faults, one line each: `config.toml:LINE: ...`."""
    text: str = ""
    """The file itself, for the line of a fault that shows only later."""

    @property
    def told(self) -> tuple[str, ...]:
        """The faults as the app tells them at its start: some, and how many more there are."""
        more = len(self.faults) - _TOLD
        if more <= 1:
            return self.faults
        return (*self.faults[:_TOLD], f"{CONFIG_FILE}: {more} more faults: socui paths tells all")

    def no_theme(self, themes: Collection[str]) -> str:
        """Return the fault of a theme that there is not; empty where it is one of the known ones."""
        if not self.theme or self.theme in themes:
            return ""
        faults = Faults()
        faults.texts[CONFIG_FILE] = self.text
        what = f"there is no theme `{visible(self.theme[:40])}`"
        faults.add(CONFIG_FILE, ("theme",), "theme", what, suggest(self.theme, themes, "See the themes with T"))
        return faults.lines()[0]


def read_config(folder: Path | None) -> Config:
    """Return what config.toml in that folder says. Never raises: what is wrong stands in `faults`."""
    from socui.profiles.atomic_write import read_regular

    if folder is None:
        return Config()
    try:
        data = read_regular(folder / CONFIG_FILE, CONFIG_LIMIT)
    except FileNotFoundError:
        return Config()
    except OSError as error:
        return Config(faults=(f"{CONFIG_FILE}: it cannot be read: {error.strerror or error}. It is left out.",))
    if len(data) > CONFIG_LIMIT:
        return Config(faults=(f"{CONFIG_FILE}: too large: it may have {CONFIG_LIMIT:,} bytes. It is left out.",))
    return parsed(data) if data.strip() else Config()


def parsed(data: bytes) -> Config:
    """Return what those bytes say."""
    from socui.errors import ProfileError
    from socui.profiles.profile_toml import document_of

    try:
        document = document_of(data)
    except ProfileError as error:
        where = f"{CONFIG_FILE}:{error.line}" if error.line else CONFIG_FILE
        return Config(faults=(f"{where}: {error.reason}. The whole file is left out until that is mended.",))
    faults = Faults()
    faults.texts[CONFIG_FILE] = text = data.decode("utf-8-sig")
    top = Table(faults, CONFIG_FILE, (), document, "config")
    theme, ascii_, table = top.text("theme", need=False, most=100), top.flag("ascii"), top.table("keys")
    keys = _keys(faults, table) if table else {}
    top.close()
    # The texts of faults quote the file, which may hold anything.
    return Config(theme, ascii_, keys, tuple(visible(line) for line in faults.lines()) if faults else (), text)


def _keys(faults: Faults, table: Table) -> dict[str, tuple[str, ...]]:
    from socui.settings.keymap import KeyChoice, kept

    choices: dict[str, KeyChoice] = {}
    for place, word, value in _entries(table.data):
        for name, keys in _choice(faults, place, word, value):
            choices.pop(name, None)  # the later one counts, and as the later one
            choices[name] = KeyChoice(name, keys, place)
    good, refused = kept(tuple(choices.values()))
    for choice, what, fix in refused:
        _fault(faults, choice.place, what, fix)
    return good


def _entries(data: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], str, object]]:
    """Where each choice stands, the command it names and what it says: `library.new` may be written as a table too."""
    for word, value in data.items():
        if isinstance(value, dict):
            for id, inner in value.items():
                yield ("keys", word, id), f"{word}.{id}", inner
        else:
            yield ("keys", word), word, value


def _choice(faults: Faults, place: tuple[str, ...], word: str, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    from socui.settings.commands import COMMANDS, SERIES
    from socui.settings.keymap import ARRIVES, BASES, known_key, meant

    commands = meant(word)
    if not commands:
        ids = [c.id for c in COMMANDS] + [c.name for c in COMMANDS]
        _fault(
            faults,
            place,
            f"there is no command `{word[:40]}`",
            suggest(word, ids, "The help names them, in brackets"),
        )
        return
    wanted = [value] if isinstance(value, str) else value
    if not isinstance(wanted, list) or not wanted or not all(isinstance(key, str) for key in wanted):
        _fault(faults, place, "not a key", 'Write one as "x", several as ["x", "ctrl+x"]')
        return
    if commands[0].id in SERIES and len(wanted) != len(commands[0].keys):
        _fault(faults, place, f"{len(wanted)} keys for nine choices", "Give nine, one for each")
        return
    keys: dict[str, None] = {}
    for key in wanted:
        choices = known_key(key)
        if not choices:
            near = suggest(key, BASES, "Write a character, or a name as enter, pageup or ctrl+x")
            _fault(faults, place, f"there is no key `{key[:40]}`", near)
            return
        if choices in ARRIVES:
            _fault(
                faults,
                place,
                f"a terminal sends {ARRIVES[choices]} for `{key}`",
                f"Write {ARRIVES[choices]}, or another key",
            )
            return
        keys[choices] = None
    for command in commands:
        yield command.name, tuple(keys)


def _fault(faults: Faults, place: tuple[str, ...], what: str, fix: str) -> None:
    end = "" if fix.endswith("?") else "; its keys stay as they are"
    faults.add(CONFIG_FILE, place, ".".join(place), what, fix + end)
