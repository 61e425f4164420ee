"""The scrollbar of a sheet: Textual's own, but it paints only the cells that changed and draws none of them twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Self

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

NONE = Color.default()


class Rail(ScrollBar):
    """A vertical scrollbar. What a pane says changes its length at nearly every key, its thumb by a cell or not at all."""

    def __init__(self, under: Callable[[], Style], *, thickness: int = 1) -> None:
        super().__init__(name="vertical", thickness=thickness)
        self._under = under
        """The style of what the scrollbar stands in, kept there: to work it out takes longer than to draw."""
        self._shown: tuple[Strip, ...] = ()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint the cells that changed."""
        if repaint and not (regions or layout or recompose) and len(self._shown) == self.size.height:
            before, now = self._shown, self._cells()
            regions = tuple(Region(0, y, self.size.width, 1) for y, cell in enumerate(now) if cell is not before[y])
            if not regions:
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells of those rows."""
        self._shown = self._cells()
        strips = list(self._shown[crop.y : crop.bottom])
        if filters := self.get_line_filters():
            _, background = self.background_colors
            for line_filter in filters:
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    def _cells(self) -> tuple[Strip, ...]:
        bar: Any = self.render()
        return drawn(
            self._under(), self.size.height, bar.virtual_size, bar.window_size, bar.position, bar.thickness, bar.style
        )


@lru_cache(maxsize=256)
def drawn(
    under: Style, size: int, virtual: int, window: int, position: float, thickness: int, style: Style
) -> tuple[Strip, ...]:
    """The cells of a scrollbar of that height, which are the same objects where they look the same."""
    back, thumb = style.bgcolor or NONE, style.color or NONE
    bar = ScrollBarRender.render_bar(size, virtual, window, position, thickness, True, back, thumb)
    return tuple(_cell(under, segment) for segment in list(bar.segments)[:size])


@lru_cache(maxsize=256)
def _cell(under: Style, segment: Segment) -> Strip:
    return Strip(Segment.apply_style([segment], under))
