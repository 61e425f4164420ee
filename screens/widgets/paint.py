"""Turns a line into a strip of cells in the current theme, and keeps what it painted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from socui.screens.widgets.lines import Line

if TYPE_CHECKING:
    from textual.widget import Widget

LOOKS: Mapping[str, tuple[str, str, str]] = {
    "dim": ("quiet", "", ""),
    "strong": ("", "", "bold"),
    "head": ("lead", "", "bold"),
    "soc1": ("soc1", "", ""),
    "soc2": ("soc2", "", ""),
    "good": ("good", "", "bold"),
    "warn": ("warn", "", ""),
    "key": ("lead", "", ""),
    "tab": ("", "cursor-row", ""),
    "chip": ("", "", "bold reverse"),
    "cursor": ("", "cursor-row", ""),
    "idle": ("", "panel", ""),
}
"""By the name of a style: the theme's variables of its foreground and background, and what else is done to the text.
Read here and not as component classes, which Textual would work out anew for every sheet, at the start and at each focus."""
CACHED = 1000


class Paint:
    """Paints the lines of the widget that it is given, and keeps what it painted."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._framed: dict[tuple[Line, str], Strip] = {}
        self._sides: tuple[Strip, Strip] | None = None
        self._styles: dict[str, Style] = {}
        self._own: Style | None = None

    def forget_rows(self) -> None:
        """The widget has another size: its rows are no longer those painted."""
        self._framed.clear()
        self._sides = None

    def forget(self) -> None:
        """A theme, a class or the focus changed the styles: nothing painted holds any more."""
        self.forget_rows()
        self._styles.clear()
        self._own = None

    def style_of(self, names: str) -> Style:
        """Return the style that the theme gives to those names of LOOKS."""
        if names not in self._styles:
            self._styles[names] = Style.combine([Style.null(), *map(self._look, names.split())])
        return self._styles[names]

    def _look(self, name: str) -> Style:
        fore, back, text = LOOKS[name]
        variables = self._widget.app.theme_variables
        colors = (Color.parse(variables[variable]).rich_color if variable else None for variable in (fore, back))
        return Style.parse(text) + Style.from_color(*colors)

    @property
    def _base(self) -> Style:
        """The style of the widget itself, which Textual works out anew at every call after a refresh."""
        if self._own is None:
            self._own = self._widget.rich_style
        return self._own

    def strip(self, line: Line, mark: str, width: int) -> Strip:
        """Return a row of so many cells. `mark` is the look of the cursor on it, if any."""
        over = self.style_of(mark)
        base = self._base + over
        segments = [Segment(s.text, base + self.style_of(s.style) + over) for s in line.spans]
        strip = Strip(segments).adjust_cell_length(width, base)
        if line.stop and mark == "cursor" and strip.text.startswith(" "):
            strip = Strip([Segment("›", base), *strip.crop(1)], width)
        return strip

    def framed(self, line: Line, mark: str, width: int, sides: Callable[[], tuple[Strip, Strip]]) -> Strip:
        """Return that row as it goes to the terminal, filtered and between the sides of the frame, which are asked for once;
        from the cache where it was painted before."""
        strip = self._framed.get((line, mark))
        if strip is None:
            widget = self._widget
            if self._sides is None:
                self._sides = sides()
            strip = self.strip(line, mark, width)
            _, background = widget.background_colors
            for line_filter in widget.get_line_filters():
                strip = strip.apply_filter(line_filter, background)
            left, right = self._sides
            strip = Strip.join([left, strip, right])
            if len(self._framed) > CACHED:
                self._framed.clear()
            self._framed[line, mark] = strip
        return strip
