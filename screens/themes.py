"""Defines the two themes, and the filters between what is shown and the terminal."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from socui.text import scrub

_GLYPHS = str.maketrans(
    dict(
        zip(
            "✓◐◇◆–×≠▾▸›◀▲▼●○◉■□✎…·─━│┃┊╭╮╰╯┌┐└┘→←↑↓▁▂▃▄▅▆▇█░▒▔▀▎▏▊▋▌▍▐▕•",
            "+%.*-x/v>><^V*oO#_&~---|||++++++++><^v.:-=+*##:%~~||||||||*",
            strict=True,
        )
    )
)


class _Glyphs(dict[int, str | int]):
    """One ASCII character for each cell of a glyph: the app's own by the list above, Textual's by what they look like.
    Letters of whatever script stay: they are what a person wrote."""

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        category, name = unicodedata.category(char), unicodedata.name(char, "")
        made: str | int = code
        if name.startswith("BOX DRAWINGS"):
            across, down = "HORIZONTAL" in name, "VERTICAL" in name
            made = "-" if across and not down else "|" if down and not across else "+"
        elif name.startswith("QUADRANT") or "BLOCK" in name.split():
            made = "#"
        elif code == 0xA0:  # a blank that keeps a name in one line
            made = " "
        elif code in (0x200D, 0xFE0F):  # they only join and color what is replaced here
            made = ""
        elif category == "So" or (category in ("Sm", "Sk", "Po", "Pd") and code >= 0x2000):
            made = "*" * max(cell_len(char), 1)
        self[code] = made
        return made


ASCII = _Glyphs(_GLYPHS)
"""By the code of a glyph: what stands for it, for SOCUI_ASCII=1."""

DARK = Theme(
    name="socui-dark",
    primary="#8fb3d9",
    secondary="#7f8ea3",
    accent="#d7dde6",
    foreground="#d3d7de",
    background="#15181d",
    surface="#15181d",
    panel="#20252d",
    success="#8fc98b",
    warning="#e3b866",
    error="#e68a8a",
    dark=True,
    variables={
        "soc1": "#f0a860",
        "soc2": "#62c4c3",
        "border": "#3a424e",
        "frame": "#3a424e",
        "lead": "#8fb3d9",
        "good": "#8fc98b",
        "warn": "#e2b866",
        "cursor-row": "#2b3442",
        "quiet": "#98a2b0",
    },
)
LIGHT = Theme(
    name="socui-light",
    primary="#1f5a96",
    secondary="#5b6675",
    accent="#22272e",
    foreground="#23272e",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#ecebe6",
    success="#2c7031",
    warning="#8a5a00",
    error="#a83232",
    dark=False,
    variables={
        "soc1": "#9c4f00",
        "soc2": "#00696b",
        "border": "#c3c1b9",
        "frame": "#c3c1b9",
        "lead": "#1f5a96",
        "good": "#2c7031",
        "warn": "#895a00",
        "cursor-row": "#dde6ef",
        "quiet": "#5d6570",
    },
)


READABLE = 4.5
"""The contrast that text has to what is behind it, at least."""
_FRAME = 0.28
"""How much of the foreground is in the frame of a pane that has not the focus."""


def of_ours(theme: Theme) -> dict[str, str]:
    """Return our own variables for a theme that is not ours: a frame that is quieter than that of the pane with the
    focus, and colors of text that can be read on its background."""
    ours = dict((DARK if theme.dark else LIGHT).variables)
    theirs = theme.to_color_system().generate()
    colors = {name: Color.parse(theirs[of]) for name, of in _TEXT.items()}
    back, fore = Color.parse(theirs["background"]), Color.parse(theirs["foreground"])
    if any(
        color.ansi is not None for color in (back, fore, *colors.values())
    ):  # what they look like only the terminal knows
        return ours | {name: theirs[of] for name, of in _TEXT.items()} | {"frame": "ansi_bright_black"}
    target = Color.parse("#fff" if theme.dark else "#000")
    readable = {name: _readable(color, back, target).hex for name, color in colors.items()}
    return ours | readable | {"frame": back.blend(fore, _FRAME).hex}


_TEXT = {"lead": "primary", "good": "success", "warn": "warning"}
"""By our name: what other themes call a color that we write text in."""


def _readable(color: Color, back: Color, target: Color) -> Color:
    """Return the color, as far on the way to the target as makes it readable."""
    steps = (color.blend(target, step / 20) for step in range(21))
    return next((made for made in steps if contrast_of(made, back) >= READABLE), target)


def contrast_of(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colors as WCAG 2.2 defines it: 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Visible(LineFilter):
    """The net under user text: nothing that acts on a terminal is ever written to it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with control characters made visible; Textual's own controls pass."""
        del background
        return [s if s.control or s.text.isprintable() else Segment(_safe(s.text), s.style, None) for s in segments]


def _safe(text: str) -> str:
    return scrub(text).replace("\n", " ").replace("\t", " ")


class Ascii(LineFilter):
    """Glyphs as ASCII, for terminals and fonts that lack them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with every glyph of ours replaced; user text keeps its letters."""
        del background
        return [s if s.text.isascii() else Segment(s.text.translate(ASCII), s.style, s.control) for s in segments]


class Encodable(LineFilter):
    """Glyphs as ASCII, and for a letter that the terminal's encoding lacks as many question marks as it has cells."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments as that encoding can write them."""
        del background
        return [s if s.control or s.text.isascii() else Segment(self._written(s.text), s.style, None) for s in segments]

    def _written(self, text: str) -> str:
        return "".join(c if self._has(c) else "?" * cell_len(c) for c in text.translate(ASCII))

    def _has(self, char: str) -> bool:
        try:
            return bool(char.encode(self.encoding))
        except (UnicodeEncodeError, LookupError):
            return False
