"""Keys that arrive before what they act on is laid out: as a paste without brackets, or a held key, gives them."""

from __future__ import annotations

from asyncio import sleep, timeout
from collections.abc import Callable
from datetime import date
from threading import Event
from typing import Any

import pytest
from msgspec.structs import replace
from seen import later, send, settled, type_ahead, until
from textual.events import Paste
from textual.messages import ExitApp
from textual.widget import Widget

from socui.app import SocuiApp
from socui.asking.reading.reading import Reading
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens import typed_ahead
from socui.screens.dialogs import ChoiceList
from socui.screens.guards import Palette
from socui.screens.library.screen import Library
from socui.screens.widgets.text_field import Field
from socui.screens.widgets.text_lines import Lines
from socui.screens.workspace import record_typing
from socui.screens.workspace.record_form import RecordForm
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


@pytest.mark.parametrize("size", [(120, 36), (20, 5)])
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
        moves = ("pagedown", "pageup", "home", "end", "down", "up")
        await type_ahead(
            pilot, opener, *("space" if c == " " else c for c in words), *moves, *reversed(moves), "escape"
        )
        for key in moves:
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


@pytest.mark.parametrize(("before", "opener"), [((), "s"), ((), "t"), (("o",), "R"), (("V",), "a"), (("N",), "space")])
async def test_words_typed_right_after_the_key_that_asks_for_them_are_an_answer_and_no_commands(
    make_app: Make, store: Store, before: tuple[str, ...], opener: str
) -> None:
    """Each letter is a command of the screen below: "d" leads away, "x" takes an answer away, digits choose."""
    opened = store.create(replace(examples()["fintech-payments"], name="Mine", id=""))
    app = make_app(opened=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await type_ahead(pilot, "n", *before)
        await settled(pilot)
        screen, session = app.screen, app.workspace.session
        profile, question = session.profile, app.workspace.state.current
        await type_ahead(pilot, opener, "end", *"x1du?qQbR", "backspace")
        dialog = app.screen
        assert dialog is not screen and session.profile == profile and app.workspace.state.current == question
        typed = dialog.query(Field).first().value if dialog.query(Field) else dialog.query_one(Lines).text
        assert typed.endswith("x1du?qQb")


async def test_a_name_typed_with_the_key_that_asks_and_an_enter_is_its_name(make_app: Make) -> None:
    """As from a slow line, which sends all in one piece; what comes behind the Enter is no part of it."""
    app = make_app(example=replace(examples()["saas-deal"], name="", id=""))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1")
        later(app)
        await type_ahead(pilot, "s", *"Acme", "enter", "n")
        await settled(pilot)
        assert app.screen is app.workspace and app.workspace.session.profile.name == "Acme"


async def test_a_paste_behind_the_key_that_asks_for_a_text_is_that_text(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        send(pilot, "a")
        app.post_message(Paste("please send\nyour report"))
        await settled(pilot)
        (request,) = app.workspace.session.profile.requests
        field = next(iter(app.screen.query(Lines)), None)
        assert "please send\nyour report" in (request.words, field and field.text)


@pytest.mark.parametrize(
    ("before", "leaving"), [(("t",), "escape"), (("t",), "enter"), (("s",), "escape"), (("w", "1", "w"), "escape")]
)
async def test_what_is_typed_behind_the_key_that_leaves_a_dialog_is_for_what_is_below(
    make_app: Make, before: tuple[str, ...], leaving: str
) -> None:
    """Found in a terminal on a busy machine: the "n" after Esc was typed into the note that Esc left."""
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        for key in before:
            await type_ahead(pilot, key)
        later(app)
        was, notes = app.workspace.state.current, app.workspace.session.profile.notes
        await type_ahead(pilot, leaving, "n", "1")
        await settled(pilot)
        assert app.screen is app.workspace
        assert app.workspace.state.current != was and app.workspace.session.profile.notes == notes
        assert app.workspace.state.current in app.workspace.state.profile.answers, "the digit as well"


async def test_a_choice_typed_with_the_key_that_asks_is_made(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await type_ahead(pilot, "w", "1", "w", "down", "down", "down", "enter")  # the fourth way: drop it
        await settled(pilot)
        assert app.screen is app.workspace and app.workspace.session.fork is None


async def test_a_list_of_ways_has_the_keys_of_every_other_list(make_app: Make) -> None:
    """Found by a user: "jj" and Enter took the first example."""
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_ahead(pilot, "o", "E")
        ways = app.screen.query_one(ChoiceList)
        last = ways.option_count - 1
        for key, at in (("j", 1), ("down", 2), ("k", 1), ("G", last), ("g", 0), ("end", last), ("home", 0), ("j", 1)):
            await pilot.press(key)
            assert ways.highlighted == at, key
        await pilot.press("space")
        await settled(pilot)
        assert app.screen is app.workspace
        assert app.workspace.session.profile.organization == [*examples().values()][1].organization


async def test_keys_behind_the_key_of_the_list_of_profiles_act_in_it(make_app: Make, store: Store) -> None:
    for name in ("Alpha", "Beta"):
        store.create(replace(examples()["saas-deal"], name=name, id=""))
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await type_ahead(pilot, "7", "o", "slash", *"beta")
        assert isinstance(app.screen, Library) and app.screen.query_one("#filter", Field).value == "beta"


async def test_enter_while_a_pasted_request_is_read_takes_what_was_read(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read = Event()
    read = record_typing._reading

    def slowly(text: str, received: date | None) -> Reading:
        may_read.wait(20)
        return read(text, received)

    monkeypatch.setattr(record_typing, "_reading", slowly)
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(Paste("Please send your SOC 1 Type 2 report by March 5, 2027."))
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.reading)
        await type_ahead(pilot, "enter", "enter")  # and once more, out of impatience
        may_read.set()
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and not app.screen.asking)
        (request,) = app.workspace.session.profile.requests
        assert request.asks == ("soc1",) and request.type == "type2"


async def test_what_leaves_does_so_at_once_while_a_request_is_read(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read = Event()
    monkeypatch.setattr(record_typing, "_reading", lambda _text, _received: may_read.wait(20))
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(Paste("Please send your SOC 1 report."))
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.reading)
        await type_ahead(pilot, "escape")
        assert app.screen is app.workspace
        may_read.set()


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


@pytest.mark.parametrize(("keys", "role"), [("1", "provide"), ("6", "obtain"), ("?", "provide")])
async def test_keys_before_an_end_from_elsewhere_act_before_it(
    make_app: Make, store: Store, keys: str, role: str
) -> None:
    """A browser sends a key, and its connection drops: the server asks the app to end right behind the key."""
    opened = store.create(Profile(name="Ours"))
    app = make_app(opened=opened)
    async with app.run_test() as pilot:
        await settled(pilot)
        send(pilot, *(("question_mark", "escape", "1") if keys == "?" else keys))
        assert app._driver is not None
        app._driver.send_message(ExitApp())
        await settled(pilot)
    assert store.open(opened.path).profile.answers == {"role": role}


async def test_an_end_from_elsewhere_does_not_wait_for_ever(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_ahead, "LOST", 0.05)
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        app.typed_ahead._busy = lambda: True  # type: ignore[method-assign]  # a key that is never dealt with
        assert app._driver is not None
        app._driver.send_message(ExitApp())
        async with timeout(20):
            while app.is_running:
                await sleep(0.01)


async def test_what_waits_when_an_app_is_left_does_nothing(make_app: Make) -> None:
    """A message that follows a key may come when no screen stands any more."""
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
    assert not app.screen_stack
    app.typed_ahead._held.append(Paste("late"))
    await app.on_passed(typed_ahead.Passed(app, 1))
    assert not app.typed_ahead.held
