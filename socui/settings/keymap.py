"""Checks the keys that a person chose for commands: whether they exist, and whether they can be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from socui.settings.commands import COMMANDS, PUNCTUATION, SAME, TOGETHER, Command, key_id, key_name

BASES = (
    *("space", "enter", "tab", "escape", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
    *("up", "down", "left", "right"),
    *(f"f{n}" for n in range(1, 25)),
    *PUNCTUATION,
)
"""The names of keys that are more than one character long."""
MODIFIERS = ("ctrl", "shift", "alt", "super")
ARRIVES = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape", "ctrl+space": "ctrl+at"}
"""What a terminal makes of some keys: a choice of the left side would never be heard."""


class KeyChoice(NamedTuple):
    """The keys that config.toml wants for a command. `place` is the file and line that say so."""

    name: str
    keys: tuple[str, ...]
    place: tuple[str, ...]


class Refused(NamedTuple):
    """A choice of keys that is not kept, and the reason."""

    choice: KeyChoice
    what: str
    fix: str


def meant(word: str) -> tuple[Command, ...]:
    """Return the commands that a word of the file names: `group.id` names one, an id all that have it."""
    return tuple(c for c in COMMANDS if word in (c.id, c.name))


def known_key(key: str) -> str:
    """Textual's name for a key as a person writes it: `?`, `ctrl+x`, `PageUp`. Empty for what is no key."""
    *modifiers, base = (
        key.split("+") if key not in ("+",) and not key.endswith("++") else (*key[:-1].split("+")[:-1], "+")
    )
    modifiers = sorted(m.lower() for m in modifiers)
    if any(m not in MODIFIERS for m in modifiers) or len(set(modifiers)) < len(modifiers):
        return ""
    if len(base) == 1:
        if base.isspace() or not base.isprintable():
            return ""
        # With ctrl a terminal sends the same for both cases; shift alone makes another character.
        base = key_id(base.lower() if "ctrl" in modifiers else base)
        if modifiers == ["shift"]:
            return base.upper() if base.isalpha() and len(base) == 1 else ""
    elif base.lower() in BASES:
        base = base.lower()
    else:
        return ""
    return "+".join([*modifiers, base]) if base else ""


def kept(choices: Sequence[KeyChoice]) -> tuple[dict[str, tuple[str, ...]], list[Refused]]:
    """Return the choices that can be kept, by name of command, and those that cannot: because a key would mean two
    things at once. Against the table's own key the choice yields; of two choices the later one."""
    good = {choice.name: choice for choice in choices}
    refused: list[Refused] = []
    while (clash := next(_clashes(good), None)) is not None:
        key, loser, other = clash
        # What was refused has the table's keys again, which may now clash in turn: so it is looked at from the start.
        del good[loser.name]
        refused.append(
            Refused(loser, f"{key_name(key)} is the key of `{other.id}` ({other.title}) already", "Choose another key")
        )
    return {name: choice.keys for name, choice in good.items()}, refused


def _clashes(good: Mapping[str, KeyChoice]) -> Iterator[tuple[str, KeyChoice, Command]]:
    order = list(good)
    for groups in TOGETHER:
        owner: dict[str, Command] = {}
        for command in COMMANDS:
            if command.group not in groups:
                continue
            for key in good[command.name].keys if command.name in good else command.keys:
                other = owner.setdefault(key, command)
                if other is command or {other.name, command.name} == SAME:
                    continue
                both = [c for c in (other, command) if c.name in good]
                if not both:
                    continue
                loser = max(both, key=lambda c: order.index(c.name))
                yield key, good[loser.name], other if loser is command else command
