"""Keys typed ahead: what leaves a screen leaves that one only, and no key breaks what is being closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from seen import later, settled, type_ahead
from terminal import Terminal
from textual import events
from textual.await_remove import AwaitRemove
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Label

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.profiles.store import Store
from socui.screens.dialogs import ChoiceDialog, NoteDialog, TextDialog
from socui.screens.help import Keys
from socui.screens.library.screen import Library
from socui.screens.report_preview import Preview
from socui.screens.typed_ahead import HeldEnter
from socui.screens.workspace.record_form import RecordForm

Make = Callable[..., SocuiApp]


async def test_enter_twice_saves_once_and_leaves_once(make_app: Make, store: Store) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("s", *"Payroll")
        await type_ahead(pilot, "enter", "enter", "enter")
        assert app.screen is app.workspace and app._crash_text == ""
    assert [h.name for h in store.heads()] == ["Payroll"]


async def test_an_enter_behind_a_paste_repeats_nothing(make_app: Make) -> None:
    """Who left a page by Enter, pasted a mail and pressed Enter again meant both."""
    app, held = make_app(), HeldEnter()
    async with app.run_test():
        enter, one, other = events.Key("enter", None), Screen[None](), app.screen
        assert not held.repeats(enter, one) and held.repeats(enter, other)
        held.repeats(events.Paste("a mail"), other)
        assert not held.repeats(events.Key("enter", None), other)


async def test_a_held_enter_does_nothing_on_the_screen_that_it_comes_back_to(make_app: Make) -> None:
    """It was meant for the form, and its repeats as well; one that is pressed later is meant for what is seen then."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("s", *"Payroll")
        await pilot.press("enter")
        assert app.screen is app.workspace
        for _ in range(30):
            await pilot.press("enter")
        assert not app.workspace.session.profile.answers
        app._enter._time -= HeldEnter.REPEAT
        await pilot.press("enter")
        assert app.workspace.session.profile.answers == {"role": "provide"}
        await pilot.press("t", *"note", "enter", "space")
        assert not app.workspace.session.profile.answers and app.workspace.session.profile.notes
        await pilot.press("t", *"s", "enter", "down", "enter")
        assert app.workspace.session.profile.answers == {"role": "obtain"}


async def test_an_enter_that_opens_a_dialog_does_not_answer_it(make_app: Make) -> None:
    """The line that adds a request leads to a dialog: held down there, Enter adds one request and keeps no words."""
    app = make_app(example=examples()["early-saas"])
    async with app.run_test(size=(120, 36)) as pilot:
        before = len(app.workspace.session.profile.requests)
        app.workspace.focus_pane(0)
        app.workspace.sheet("questions").point(("request", ""))
        await pilot.pause()
        await type_ahead(pilot, *["enter"] * 8)
        assert isinstance(app.screen, NoteDialog)
        assert len(app.workspace.session.profile.requests) == before + 1
        later(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, RecordForm) and app.screen.current == "asked_by"


async def test_after_a_click_an_enter_chooses_at_once(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        assert app._driver is not None
        await pilot.press("t", *"note", "enter")
        row = [line.tag for line in app.workspace.sheet("questions").lines].index(("option", "role", "obtain"))
        at = app.workspace.sheet("questions").region
        for kind in (events.MouseDown, events.MouseUp):  # the pilot's own clicks go past the app
            event = kind(None, at.x + 8, at.y + row + 1, 0, 0, 1, False, False, False)
            event.set_sender(app)
            app._driver.send_message(event)
        await settled(pilot)
        assert app.workspace.session.profile.answers == {"role": "obtain"}
        await pilot.press("enter")
        assert not app.workspace.session.profile.answers


async def test_an_enter_too_many_in_the_list_does_not_choose_in_the_workspace(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("o", "E")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen is app.workspace and app.workspace.session.profile.answers
        before = app.workspace.session.profile
        await pilot.press("enter")
        await settled(pilot)
        assert app.workspace.session.profile == before


def test_two_enters_save_and_choose_nothing(tmp_path: Path) -> None:
    (tmp_path / "config" / "socui").mkdir(parents=True)
    (tmp_path / "config" / "socui" / "state.toml").write_text("welcomed = true\n")
    t = Terminal(env={"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")})
    t.wait_for("Questions")
    t.type("s")
    t.wait_for("Save this profile")
    t.type(*"Payroll", "enter", "enter")
    t.wait_for(r"saved \d\d:\d\d")
    t.type("ctrl+q")
    assert t.wait() == 0
    (file,) = (tmp_path / "config" / "socui" / "profiles").glob("*.toml")
    assert "provide" not in file.read_text()


async def test_a_late_enter_does_not_leave_the_screen_above(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("t", *"note")
        await type_ahead(pilot, "f1", "enter", "escape", "enter", "enter", "escape", "escape")
        assert app.workspace in app.screen_stack and app._crash_text == ""
        await pilot.press("escape", "escape")
        assert app.screen is app.workspace
        assert not any(isinstance(s, NoteDialog) for s in app.screen_stack)


async def test_a_choice_made_twice_counts_once(make_app: Make) -> None:
    app = make_app()
    choices: list[int | None] = []
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        app.push_screen(ChoiceDialog("Title", "Text", ("One", "Two")), choices.append)
        await pilot.pause()
        await type_ahead(pilot, "down", "enter", "enter", "enter")
        assert choices == [1] and app.screen is app.workspace


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+p", "pageup", "pagedown", "escape", "ctrl+p", "escape", "ctrl+p"),
        ("ctrl+p", "escape", "escape", "escape"),
        ("T", "escape", "T", "escape", "T"),
        ("r", "escape", "escape", "r", "escape"),
        ("question_mark", "question_mark", "question_mark", "escape", "escape"),
        ("o", "escape", "escape", "o", "o", "enter", "enter", "enter"),
        ("o", "slash", "d", "a", "x", "u", "escape"),
    ],
)
async def test_opening_and_closing_faster_than_it_is_drawn(make_app: Make, keys: tuple[str, ...]) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await type_ahead(pilot, *keys * 3)
        assert app._crash_text == "" and app.workspace in app.screen_stack


async def test_keys_after_the_one_that_leaves_do_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await type_ahead(pilot, "q", "q", "q", "2", "ctrl+p", "o")
    assert app.return_code == 0 and app._crash_text == ""


def test_keys_typed_before_the_program_stands_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "config" / "socui").mkdir(parents=True)
    (tmp_path / "config" / "socui" / "state.toml").write_text("welcomed = true\n")
    t = Terminal(env={"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")})
    t.type(*"2nxzeoo?")
    t.wait_for("Questions|Profiles|Help")
    left = 0.0

    def leaves() -> (
        bool
    ):  # a key that comes before a screen stands does nothing: whoever wants to leave presses it again
        nonlocal left
        if not t.ended() and monotonic() > left:
            t.type("ctrl+q")
            left = monotonic() + 1
        return t.ended()

    t.read_until(leaves)
    assert t.wait() == 0 and t.restored() and "Traceback" not in t.raw


async def test_only_the_screen_that_is_seen_is_left(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
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
        await pilot.press("7")
        library = Library(app.store, app.knowledge)
        app.push_screen(library)
        assert not await app.run_action("delete", library)
        await pilot.pause()
        assert await app.run_action("filter", library)
        library.dismiss()
        await pilot.pause()
        assert not await app.run_action("back", library)


async def test_who_asks_for_a_dialog_while_something_closes_may_be_cancelled(make_app: Make) -> None:
    """Found by random keys: it waits until that is closed; where it is cancelled, as when its screen is left, the closing must
    go on. The app ended without a word."""
    app = make_app()
    async with app.run_test() as pilot:
        for turns in range(20):
            box, closing = Vertical(Vertical(Label("closing"))), list[AwaitRemove]()
            await app.workspace.mount(box)

            async def ask(box: Vertical = box, closing: list[AwaitRemove] = closing) -> None:
                closing.append(box.remove())
                await app.push_screen_wait(TextDialog("Another"))

            worker = app.run_worker(ask(), exit_on_error=False)
            while not closing:
                await asyncio.sleep(0)
            for _ in range(turns):
                await asyncio.sleep(0)
            worker.cancel()
            await closing[0]
            assert not box.is_attached
            await type_ahead(pilot, "escape")
            assert app.is_running and app.screen is app.workspace


async def test_a_screen_that_is_asked_for_as_the_app_is_left_is_not_filled(make_app: Make) -> None:
    """Found by random keys: it never gets its parts, and Textual tells it to fill them all the same."""
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        app.push_screen(Preview(app.workspace.state.session.profile, app.today()))
        app.exit()
    assert app._crash_text == ""
