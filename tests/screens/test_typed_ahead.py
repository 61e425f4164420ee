"""Keys that arrive before what they act on is laid out: as a paste without brackets, or a held key, gives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from seen import send, settled, type_ahead
from textual.widget import Widget

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.screens.dialogs import ChoiceList
from socui.screens.guards import Palette
from socui.screens.library.screen import Library
from socui.screens.widgets.text_field import Field
from socui.screens.widgets.text_lines import Lines
from socui.settings.commands import COMMANDS, SERIES

Make = Callable[..., SocuiApp]
OPENERS = sorted(
    {
        key
        for c in COMMANDS
        if c.group in ("view", "profile", "app", "answer")
        for key in (c.keys if c.id not in SERIES else c.keys[:1])
    }
    - {"q", "ctrl+q"}
)
"""All keys of the workspace; of the digits and of the letters that stand for further options one."""
AHEAD = ("shift+tab", "tab", "pagedown", "pageup", "home", "end", "down", "up", "ctrl+d", "G", "g", "enter")


@pytest.mark.parametrize("size", [(120, 36), (60, 18), (20, 5)])
async def test_no_opened_screen_minds_keys_typed_ahead(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=size) as pilot:
        for opener in OPENERS:
            send(pilot, opener, *AHEAD, "escape", "escape", opener, *reversed(AHEAD), "escape", "escape")
            await settled(pilot)
            assert app.return_code is None and app._crash_text == ""


@pytest.mark.parametrize("action", ["page_down", "page_up", "first", "last", "cursor_down", "cursor_up"])
async def test_a_list_of_ways_that_is_not_laid_out(make_app: Make, action: str) -> None:
    """Of what-if, conflicts and failures: it has a cursor before it has rows."""
    async with make_app().run_test():
        ways = ChoiceList("One", "Two")
        ways.set_reactive(ChoiceList.highlighted, 0)
        getattr(ways, f"action_{action}")()
        assert ways.highlighted in (0, 1)


@pytest.mark.parametrize("opener", ["colon", "T"])
@pytest.mark.parametrize("words", ["", "nothing that is anywhere zzz"])
async def test_a_palette_with_or_without_a_match(make_app: Make, opener: str, words: str) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test() as pilot:
        for key in ("pagedown", "pageup", "home", "end", "down", "up"):
            await type_ahead(pilot, opener, *("space" if c == " " else c for c in words), key, key)
            await type_ahead(pilot, key, "enter", "escape", "escape", opener, key, "escape", "escape")
            assert app.return_code is None and app._crash_text == ""


async def test_a_search_that_ends_while_its_palette_is_closed(make_app: Make) -> None:
    """Found by random keys: the search tells that it is busy when what would show it is gone."""
    app = make_app()
    async with app.run_test() as pilot:
        await type_ahead(pilot, "colon")
        palette = app.screen
        assert isinstance(palette, Palette)
        await palette.query("*").remove()
        palette._show_busy = not palette._show_busy
        await settled(pilot)
        assert app.return_code is None and app._crash_text == ""


@pytest.mark.parametrize(("opener", "kind"), [("s", Field), ("t", Lines), ("slash", Field), ("f", Field)])
async def test_keys_of_a_field_that_come_together_act_in_their_order(
    make_app: Make, opener: str, kind: type[Field | Lines]
) -> None:
    """As from a slow line: letters, a backspace, the arrows."""
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(opener)
        await settled(pilot)
        field = app.screen.query(kind).first()
        before = field.value if isinstance(field, Field) else field.text
        await type_ahead(pilot, "end", "a", "b", "x", "backspace", "c", "left", "d", "home", "e")
        assert (field.value if isinstance(field, Field) else field.text) == f"e{before}abdc"


@pytest.mark.parametrize(("before", "opener"), [((), "slash"), (("o",), "f")])
async def test_words_typed_right_after_the_key_that_opens_a_field_are_its_words(
    make_app: Make, before: tuple[str, ...], opener: str
) -> None:
    """Found in a terminal: "/Space" began a request by its "a"."""
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await type_ahead(pilot, *before)
        await type_ahead(pilot, opener, *"spaced", "backspace", "space", "q")
        field = app.screen.focused
        assert isinstance(field, Field) and field.value == "space q"


async def test_keys_ahead_of_the_list_of_profiles_are_no_words_of_its_filter(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has the focus before the list is laid out would get them."""
    focused: list[object] = []
    set_focus = Library.set_focus

    def seen(screen: Library, widget: Widget | None, *args: Any, **named: Any) -> None:
        focused.append(widget)
        set_focus(screen, widget, *args, **named)

    monkeypatch.setattr(Library, "set_focus", seen)
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await type_ahead(pilot, "7", "o", "j", "m", "j", "m")
        assert isinstance(app.screen, Library) and focused
        assert not [widget for widget in focused if isinstance(widget, Field)]
        assert app.screen.query_one("#filter", Field).value == "" and app.screen.browser.sheet.has_focus
