"""Keys typed ahead: what leaves a screen leaves that one only, and no key breaks what is being closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from seen import type_ahead
from terminal import Terminal

from socui.app import SocuiApp
from socui.screens.dialogs import Choice, NoteDialog
from socui.screens.help import Keys
from socui.screens.library import Library
from socui.store import Store

Make = Callable[..., SocuiApp]


async def test_enter_twice_saves_once_and_leaves_once(make_app: Make, store: Store) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s", *"Payroll")
        await type_ahead(pilot, "enter", "enter", "enter")
        assert app.screen is app.workspace and app._crash_text == ""
    assert [h.name for h in store.heads()] == ["Payroll"]


async def test_a_late_enter_does_not_leave_the_screen_above(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("t", *"note")
        await type_ahead(pilot, "f1", "enter", "escape", "enter", "enter", "escape", "escape")
        assert app.workspace in app.screen_stack and app._crash_text == ""
        await pilot.press("escape", "escape")
        assert app.screen is app.workspace
        assert not any(isinstance(s, NoteDialog) for s in app.screen_stack)


async def test_a_choice_made_twice_counts_once(make_app: Make) -> None:
    app = make_app()
    said: list[int | None] = []
    async with app.run_test(size=(120, 36)) as pilot:
        app.push_screen(Choice("Title", "Text", ("One", "Two")), said.append)
        await pilot.pause()
        await type_ahead(pilot, "down", "enter", "enter", "enter")
        assert said == [1] and app.screen is app.workspace


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+p", "pageup", "pagedown", "escape", "ctrl+p", "escape", "ctrl+p"),
        ("ctrl+p", "escape", "escape", "escape"),
        ("T", "escape", "T", "escape", "T"),
        ("r", "escape", "escape", "r", "escape"),
        ("question_mark", "question_mark", "question_mark", "escape", "escape"),
        ("o", "escape", "escape", "o", "o", "enter", "enter", "enter"),
        ("o", "slash", "d", "n", "x", "u", "escape"),
    ],
)
async def test_opening_and_closing_faster_than_it_is_drawn(make_app: Make, keys: tuple[str, ...]) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await type_ahead(pilot, *keys * 3)
        assert app._crash_text == "" and app.workspace in app.screen_stack


async def test_keys_after_the_one_that_leaves_do_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await type_ahead(pilot, "q", "q", "q", "2", "ctrl+p", "o")
    assert app.return_code == 0 and app._crash_text == ""


def test_keys_typed_before_the_program_stands_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "config" / "socui").mkdir(parents=True)
    (tmp_path / "config" / "socui" / "state.toml").write_text("welcomed = true\n")
    t = Terminal(env={"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")})
    t.type(*"2nxzeoo?")
    t.wait_for("Questions|Profiles|Help")
    t.type("ctrl+q")
    assert t.wait() == 0 and t.restored() and "Traceback" not in t.raw


async def test_only_the_screen_that_is_seen_is_left(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        note, keys = NoteDialog("A question", ""), Keys()
        app.push_screen(note)
        app.push_screen(keys)
        await pilot.pause()
        note.dismiss("too late")
        assert app.screen_stack[-2:] == [note, keys]
        keys.dismiss()
        keys.dismiss()
        assert app.screen is note


async def test_what_comes_before_a_screen_stands_or_after_it_is_left_does_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        library = Library(app.store, app.knowledge)
        app.push_screen(library)
        assert not await app.run_action("delete", library)
        await pilot.pause()
        assert await app.run_action("filter", library)
        library.dismiss()
        await pilot.pause()
        assert not await app.run_action("back", library)
