"""What a person, a paste, a mouse or a window does at random: drawn from a seed, written in one line, and played to an app."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, NamedTuple

from seen import send, settled
from textual import events
from textual._xterm_parser import XTermParser
from textual.pilot import Pilot, WaitForScreenTimeout

from socui.settings.commands import COMMANDS

LEAVING = {"q", "ctrl+q"}
KEYS = [k for c in COMMANDS for k in c.keys if k not in LEAVING]
LETTERS = [
    *"abcdefghijklmnoprstuvwxyz ÄßẞéIı0123456789-[]/.,",
    *("escape", "backspace", "enter", "enter", "left", "right", "delete", "tab", "down", "ctrl+j"),
]
MAIL = """Dear vendor,
we are the auditors of [b]Merchant[/b]. Please send your SOC 1 Type 2 report by March 5, 2027, for 1 Jan 2026 to 31 Dec 2026.
A SOC 3 is not enough; our security team also wants SOC 2 or ISO 27001.
"""
CSV = "vendor,books,report\nAcme,yes,SOC 1\n"
PASTES = (
    "[@click=app.quit]x[/]", "[/", "Acme [EU] Ltd", "a\x1b]52;c;eA==\x07b", "\x1b[2J\x1b[200~", "\0\x7f\x85", "\ud800",
    "\u202egnp.exe", "日本語のテキスト", "e\u0301" * 40, "👩‍👩‍👧‍👦", "x" * 5000, "a\nb\r\nc\td", "../../etc/passwd", "'''\"\"\"\\u0000",
    "[link='x'][/]", "(?:(a+)+)+$", "us", "\ufeff\u200b\u200d", "%s%n{0}",
    "2027-03-31", "SOC 1", "table.csv", "report.docx", "paper.html", "plan.ics", MAIL, MAIL, MAIL.replace("\n", "\r\n") * 20,
)  # fmt: skip
SIZES = ((120, 36), (80, 24), (80, 24), (60, 18), (60, 18), (100, 30), (99, 29), (40, 8), (1, 1), (160, 50), (220, 60))
ROADS: dict[str, tuple[str, ...]] = {
    "request": ("escape", "escape", "a"),
    "held": ("escape", "escape", "G", "enter"),
    "changes": ("escape", "escape", "g", *["down"] * 4, "enter", "1", "n", "enter"),
    "note": ("escape", "escape", "t"),
    "vendors": ("escape", "escape", "V"),
    "vendor": ("escape", "escape", "V", "a", "A", "c", "enter"),
    "vendor's report": ("V", "h", "S", "O", "C", "space", "1", "tab"),
    "library": ("escape", "escape", "o"),
    "examples": ("escape", "escape", "o", "E"),
    "preview of a profile": ("o", "down", "down", "end", "up"),
    "compared": ("o", "g", "m", "down", "m", "equals_sign"),
    "palette": ("escape", "colon"),
    "found": ("escape", "escape", "colon", "u", "p", "t", "i", "m", "e", "enter"),
    "a blank": ("escape", "escape", "N", "enter"),
    "details": ("escape", "escape", "N", "down", "enter", "1", "enter", "n"),
    "check": ("escape", "escape", "exclamation_mark"),
    "themes": ("escape", "T"),
    "reference": ("escape", "escape", "f"),
    "sought": ("escape", "escape", "f", "slash", "c", "o", "s", "t", "enter"),
    "filter": ("escape", "escape", "slash", "a", "u"),
    "report": ("escape", "escape", "r"),
    "letters": ("escape", "escape", "r", "l", "l", "Q", "F", "n"),
    "plan": ("escape", "escape", "P"),
    "plan's words": ("escape", "escape", "P", "tab", "down", "pagedown", "end", "tab"),
    "what if": ("escape", "escape", "w", "1", "w"),
    "save": ("escape", "escape", "s"),
    "help": ("escape", "question_mark"),
}
"""Keys that lead somewhere, in one go: those behind the first arrive before what they are for stands."""

TYPED_INTO = (ROADS["palette"], ROADS["a blank"], ROADS["note"], ROADS["save"])
"""Those that lead to what is typed into, where a paste follows as often as not."""

SETTLES = (0.3, 0.1, 0.03)
"""How often all is waited for that a step brings about, by round: from a person's pace to keys that never let it rest."""


class Step(NamedTuple):
    """Something that happens to one of the instances: `kind` says what, `what` are its keys, text or numbers."""

    who: int
    kind: str
    what: tuple[Any, ...] = ()

    def __str__(self) -> str:
        shown = " ".join(map(str, self.what)) if self.kind == "keys" else " ".join(map(repr, self.what))
        return f"{'second: ' if self.who else ''}{self.kind} {shown[:200]}".strip()

    @property
    def keys(self) -> int:
        """How many keys it presses."""
        return len(self.what) if self.kind == "keys" else 0


def drawn(seed: str, keys: int, instances: int) -> Iterator[Step]:
    """Steps with about so many keys in all."""
    dice = random.Random(seed)
    left, settles = keys, dice.choice(SETTLES)
    while left > 0:
        step = _one(dice, int(instances > 1 and dice.random() < 0.3))
        left -= step.keys
        yield step
        if step.what in TYPED_INTO and dice.random() < 0.5:
            yield Step(step.who, "paste", (dice.choice(PASTES),))
        if dice.random() < settles:
            yield Step(step.who, "settle")


def _one(dice: random.Random, who: int) -> Step:
    how = dice.random()
    if how < 0.02:
        return Step(who, "resize", dice.choice(SIZES))
    if how < 0.07:
        return Step(who, "paste", (dice.choice(PASTES),))
    if how < 0.13:
        kind = dice.choice(("click", "click", "double", "drag", "wheel", "right"))
        return Step(who, kind, tuple(round(dice.random(), 3) for _ in range(4)))
    if how < 0.24:
        return Step(who, "keys", ROADS[dice.choice([*ROADS])])
    # Mostly commands; now and then a run of letters, for what is typed into.
    keys = dice.choices(LETTERS if how < 0.4 else KEYS, k=dice.choice((1, 3, 7, 7, 20)))
    if dice.random() < 0.3:  # or it would be in the search boxes most of the time
        keys.insert(0, "escape")
    return Step(who, "keys", tuple(keys))


def _mouse(kind: str, what: Sequence[float], width: int, height: int) -> str:
    """What a terminal sends for it."""
    x, y, to_x, to_y = (1 + int(part * size) for part, size in zip(what, (width, height) * 2, strict=True))
    press, release = f"\x1b[<0;{x};{y}M", f"\x1b[<0;{x};{y}m"
    return {
        "click": press + release,
        "double": (press + release) * 2,
        "right": f"\x1b[<2;{x};{y}M\x1b[<2;{x};{y}m",
        "wheel": f"\x1b[<{64 + (to_x > x)};{x};{y}M" * 3,
        "drag": f"{press}\x1b[<32;{to_x};{to_y}M\x1b[<0;{to_x};{to_y}m",
    }[kind]


async def in_time(wait: Callable[..., Awaitable[None]], *about: Any) -> None:
    """Wait on where the pilot gives up after half a minute, which is short for a machine that is busy with something else;
    whoever plays the steps says how long an instance may take for one."""
    while True:
        with contextlib.suppress(WaitForScreenTimeout):
            await wait(*about)
            return


async def play(step: Step, pilot: Pilot[int]) -> None:
    """Let it happen to that app, and give it a moment."""
    app = pilot.app
    if step.kind in ("settle", "end"):
        await in_time(settled, pilot)
        return
    if step.kind == "keys":
        send(pilot, *step.what)
    elif step.kind == "paste":
        app.post_message(events.Paste(step.what[0]))
    elif step.kind == "resize":
        await in_time(pilot.resize_terminal, *step.what)
    elif app._driver is not None:
        for event in XTermParser().feed(_mouse(step.kind, step.what, *app.size)):
            app._driver.process_message(event)
    await asyncio.sleep(0)  # the next comes at once; what is to be painted is, when it is settled
