"""The help: on every screen where letters are not typed, with how socui decides first, and filtered as one types."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from seen import shown

from socui.app import SocuiApp
from socui.screens.dialogs import ChoiceDialog, NoteDialog, ProfileDialog
from socui.screens.help import Keys, key_lines
from socui.screens.library.screen import Library
from socui.screens.reference.screen import Reference
from socui.screens.widgets.comparison import MARKS
from socui.screens.widgets.questionnaire import GLYPHS
from socui.screens.widgets.recommendation import plain

Make = Callable[..., SocuiApp]


def test_how_it_decides_comes_first_then_the_glyphs() -> None:
    text = " ".join(plain(key_lines(100)).split())
    places = [
        text.index(word)
        for word in ("Settled: w", "Probably: w", "Open: t", "Not sure is never taken for no", "Questions ", "Moving")
    ]
    assert places == sorted(places)
    legend = text[: text.index("Moving")]
    assert all(glyph in legend for glyph in (*GLYPHS.values(), *MARKS.values(), *"○◉□■›~▾▸✎"))


def test_the_keys_of_the_screen_it_is_asked_on_come_first() -> None:
    assert plain(key_lines(100, ("library",))).index("In the list of profiles") < plain(
        key_lines(100, ("library",))
    ).index("Moving")


def test_words_filter_the_commands() -> None:
    text = plain(key_lines(100, sought="undo"))
    assert "Undo. Take" in text and "Zoom" not in text and "Settled" not in text
    assert plain(key_lines(100, sought="CTRL ^p")).strip() == "No command has these words."
    assert "Commands. " in plain(key_lines(100, sought="^P"))


def test_nothing_is_wider_than_it_may() -> None:
    for width in (56, 80, 120):
        assert max(len(line) for line in plain(key_lines(width)).splitlines()) <= width


@pytest.mark.parametrize("key", ["question_mark", "f1"])
@pytest.mark.parametrize("at", ["workspace", "library", "choice"])
async def test_it_opens_where_letters_are_not_typed_and_leads_back(make_app: Make, at: str, key: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        if at == "library":
            await pilot.press("o")
        elif at == "choice":
            app.push_screen(ChoiceDialog("Title", "Text", ("One", "Two")))
        await pilot.pause()
        before = app.screen
        for back in ("escape", key, "q"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, Keys)
            assert ("In the list of profiles" in shown(app).split("Moving")[0]) == (at == "library")
            await pilot.press(back)
            await pilot.pause()
            assert app.screen is before


@pytest.mark.parametrize(("press", "kind"), [("s", ProfileDialog), ("t", NoteDialog), ("f", Reference)])
async def test_where_letters_are_typed_f1_opens_it(make_app: Make, press: str, kind: type) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press(press)
        await pilot.pause()
        assert isinstance(app.screen, kind)
        await pilot.press("question_mark", "f1")
        await pilot.pause()
        assert isinstance(app.screen, Keys)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, kind)
        assert "?" in shown(app)


async def test_it_is_filtered_as_one_types(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("question_mark", "slash", *"undo")
        await pilot.pause()
        assert "Take the last change back" in shown(app) and "One pane over" not in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Keys) and "Settled:" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.workspace
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, Library)
