"""The bar that shows where a sheet is scrolled to. It paints its few kinds of cells itself: by way of Textual's styles and
consoles it took half of the time of painting after each key."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class KeptScrollBar(ScrollBar):
    """A scroll bar whose rows are painted again only where it looks different."""

    _look: tuple[object, ...] = ()
    _rows: tuple[Strip, ...] = ()

    def notify_style_update(self) -> None:
        """A theme or a filter of colors changed how it looks."""
        super().notify_style_update()
        self._look = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return those rows, which are the ones that Textual makes."""
        bar, size = self.render(), self.outer_size
        assert isinstance(bar, ScrollBarRender)
        look = (bar.virtual_size, bar.window_size, bar.position, bar.style, size)
        if look != self._look:
            self._look, self._rows = look, self._painted(bar, size.height)
        rows = self._rows[crop.y : crop.bottom]
        first, end = crop.column_span
        return [*rows] if (first, end) == (0, size.width) else [row.crop(first, end) for row in rows]

    def _painted(self, bar: ScrollBarRender, height: int) -> tuple[Strip, ...]:
        style = self.app.console.get_style(bar.style)
        assert style.color is not None
        assert style.bgcolor is not None
        cells = bar.render_bar(
            height, bar.virtual_size, bar.window_size, bar.position, bar.thickness, True, style.bgcolor, style.color
        )
        kinds = {id(cell): cell for cell in cells.segments}  # a handful: one object stands in many rows
        base, (_, background) = self.rich_style, self.background_colors
        rows = {kind: self._row(cell, base, background) for kind, cell in kinds.items()}
        return tuple(rows[id(cell)] for cell in cells.segments)

    def _row(self, cell: Segment, base: Style, background: Color) -> Strip:
        row = Strip([*Segment.apply_style([cell], base)], cell.cell_length)
        for line_filter in self.get_line_filters():
            row = row.apply_filter(line_filter, background)
        return row
