"""The first start explains itself in one screen, once, and only to those who are new."""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from seen import settled, shown, until
from terminal import Terminal

from socui.app import SocuiApp
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens.library.screen import Library
from socui.screens.welcome import Again, Welcome

Make = Callable[..., SocuiApp]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (160, 50)])
async def test_it_says_everything_in_one_screen(make_app: Make, tmp_path: Path, size: tuple[int, int]) -> None:
    app = make_app(config=tmp_path / "config")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Welcome)
        text = " ".join(shown(app).replace("│", " ").split())
        for words in ("SOC 1, SOC 2, both", "Not sure", "as you answer", "space", " n ", "tab", " s ", " ? ",
                     "on this machine, in", "draft", "not a CPA firm", "any key starts"):  # fmt: skip
            assert words in text, words
        assert app.screen.query_one("#welcome").max_scroll_y == 0


@pytest.mark.parametrize("key", ["2", "q", "enter", "escape", "tab", "question_mark", "ctrl+p", "f1", "down"])
async def test_any_key_goes_on_and_does_nothing_else(make_app: Make, tmp_path: Path, key: str) -> None:
    app = make_app(config=tmp_path / "config")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert app.screen is app.workspace and app.return_code is None
        assert app.workspace.session.profile == Profile()
        await app.workers.wait_for_complete()
        assert tomllib.loads((tmp_path / "config" / "state.toml").read_text()) == {"welcomed": True}
        await pilot.press("6")
        assert app.workspace.session.profile.answers == {"role": "obtain"}
    again = make_app(config=tmp_path / "config")
    async with again.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert again.screen is again.workspace


async def test_a_click_goes_on(make_app: Make, tmp_path: Path) -> None:
    app = make_app(config=tmp_path / "config")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.click(offset=(60, 18))
        await pilot.pause()
        assert app.screen is app.workspace


async def test_who_asks_for_something_or_was_here_before_is_not_stopped(
    make_app: Make, store: Store, tmp_path: Path
) -> None:
    async def is_welcomed(**about: object) -> bool:
        app = make_app(config=tmp_path / "config", **about)
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            return isinstance(app.screen, Welcome)

    assert not await is_welcomed(example=Profile(name="An example"))
    assert await is_welcomed()
    draft = store.drafts.write(Profile(answers={"role": "provide"}))
    assert not await is_welcomed()
    store.drafts.discard(draft)
    opened = store.create(Profile(name="Payroll"))
    assert not await is_welcomed(opened=opened)
    assert not await is_welcomed()
    store.delete(opened.path)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "state.toml").write_text("[")
    assert not await is_welcomed()


def test_in_a_terminal_once(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    t = Terminal(env=home)
    t.wait_for("any key starts")
    t.type(" ")
    t.read_until(lambda: "any key starts" not in t.text)  # the questions may be seen while the page is closed
    t.wait_for("q quit")
    t.type("q")
    assert t.wait() == 0 and t.restored()
    again = Terminal(env=home)
    assert "any key starts" not in again.wait_for("What happened")
    again.type("q")
    assert again.wait() == 0


# ---- the second start


@pytest.mark.parametrize("way", ["1", "enter", "2", "3", "escape"])
async def test_a_second_start_continues_the_draft_that_it_names_and_dates(
    make_app: Make, store: Store, tmp_path: Path, way: str
) -> None:
    path = store.drafts.write(Profile(organization="Acme [EU]", answers={"role": "provide"}))
    path.write_text(re.sub(r'owner = ".*"', 'owner = "gone"', path.read_text()))
    app = make_app(config=tmp_path / "config")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, Again)
        text = " ".join(shown(app).split())
        assert "Continue Acme [EU]" in text and "draft, 1 answer, just now" in text and "Profiles" in text
        await pilot.press(way)
        await settled(pilot)
        if way in ("1", "enter"):
            assert app.screen is app.workspace
            assert app.workspace.session.profile.organization == "Acme [EU]"
        elif way == "2":
            assert isinstance(app.screen, Library)
        else:
            assert app.screen is app.workspace and app.workspace.session.profile == Profile()


async def test_without_a_draft_the_profile_changed_last_is_continued(
    make_app: Make, store: Store, tmp_path: Path
) -> None:
    store.create(Profile(name="Payroll", answers={"role": "provide"}))
    app = make_app(config=tmp_path / "config")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Continue Payroll" in shown(app)
        await pilot.press("1")
        await settled(pilot)
        assert app.workspace.session.named and app.workspace.session.profile.name == "Payroll"


@pytest.mark.parametrize("key", ["1", "o", "s"])
async def test_a_slow_folder_takes_no_key_and_interrupts_nobody(
    make_app: Make, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """A folder of many profiles, or on a network, is read for seconds. Who works meanwhile is heard, and not asked after
    that whether to continue."""
    from socui.profiles import latest as module

    store.create(Profile(name="Payroll", answers={"role": "provide"}))
    read, slowly = threading.Event(), module.latest

    def latest(folder: Store) -> module.Latest:
        read.wait(60)
        return slowly(folder)

    monkeypatch.setattr(module, "latest", latest)
    app = make_app(config=tmp_path / "config")
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await pilot.press(key)
            await until(pilot, lambda: app.workspace.asking)
        finally:
            read.set()
        await settled(pilot)
        assert not isinstance(app.screen, Again) and not any(isinstance(s, Again) for s in app.screen_stack)


async def test_who_leaves_is_told_what_was_kept(make_app: Make) -> None:
    for keys, words in (((), ""), (("5",), "draft kept; socui continues it at the next start")):
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*keys, "q")
        assert app.kept == words
