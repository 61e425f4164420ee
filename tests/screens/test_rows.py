"""A sheet keeps its rows whole, frame included; they are those that Textual would make."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.style import Style
from seen import settled
from textual.strip import Strip
from textual.widget import Widget

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.screens.widgets.line_list import Sheet

Make = Callable[..., SocuiApp]
STEPS = ((), ("1",), ("down", "down"), ("tab",), ("enter",), ("tab", "pagedown"), ("w",), ("1",), ("z",))
"""Keys one after the other: answers, moves of the cursor and the focus, a scroll, a what-if, one pane alone."""


def cells(strips: list[Strip]) -> list[list[tuple[str, Style | None]]]:
    """Return what each character of the rows looks like."""
    return [[(char, segment.style) for segment in strip for char in segment.text] for strip in strips]


@pytest.mark.parametrize("theme", ["socui-dark", "socui-light", "ansi-dark"])
@pytest.mark.parametrize("size", [(120, 36), (60, 18)])
async def test_rows_are_those_of_textual(make_app: Make, size: tuple[int, int], theme: str) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.theme = theme
        for keys in STEPS:
            await pilot.press(*keys)
            await settled(pilot)
            sheets = [s for s in app.screen.query(Sheet) if s.region.area and s.is_on_screen]
            assert sheets
            for sheet in sheets:
                whole = sheet.outer_size.region
                assert cells(sheet.render_lines(whole)) == cells(Widget.render_lines(sheet, whole)), (keys, sheet.id)
                part = whole.shrink((0, 1, 0, 2))
                assert cells(sheet.render_lines(part)) == cells(Widget.render_lines(sheet, part)), (keys, sheet.id)
                if sheet.show_vertical_scrollbar:
                    bar = sheet.vertical_scrollbar
                    whole = bar.outer_size.region
                    assert cells(bar.render_lines(whole)) == cells(Widget.render_lines(bar, whole)), (keys, sheet.id)
