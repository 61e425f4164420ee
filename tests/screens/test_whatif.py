"""What if: a fork of the answers that cannot get into the profile, nor into its file, before it is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from base import KNOWLEDGE
from seen import later
from terminal import Terminal
from textual.pilot import Pilot
from textual.widgets import Input

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.profiles.store import Store
from socui.screens.compare import Compare
from socui.screens.dialogs import ChoiceDialog, TextDialog
from socui.screens.widgets.recommendation import plain
from socui.screens.workspace.screen import Workspace

Make = Callable[..., SocuiApp]
KEYS = [
    *"123456789",
    *("n", "p", "x", "u", "U", "space", "enter", "up", "down", "j", "k", "g", "G", "tab", "shift+tab", "z", "e", "d"),
]
"""Keys that answer, move and look; those that open a dialog are pressed as whole phrases."""
PHRASES = (
    ["t", "a", "enter"],
    ["slash", "p", "a", "enter"],
    ["slash", "q", "escape"],
    ["question_mark", "escape"],
)


def shown(app: SocuiApp) -> str:
    """Every cell of the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip) for strip in strips)


def top(app: SocuiApp) -> str:
    """The top line."""
    return shown(app).split("\n", maxsplit=1)[0]


def bottom(app: SocuiApp) -> str:
    """The last line."""
    return shown(app).split("\n")[-1]


def some() -> Profile:
    """A profile with its first answers given."""
    return Profile(name="Payments", answers=dict(list(examples()["fintech-payments"].answers.items())[:6]))


async def press(pilot: Pilot[object], keys: list[str]) -> None:
    """Press them; where that asked what is to become of the what-if, or opened another screen, go back."""
    await pilot.press(*keys)
    await pilot.pause()
    while not isinstance(pilot.app.screen, Workspace):
        await pilot.press("escape")
        await pilot.pause()


async def choose(pilot: Pilot[object], way: int) -> None:
    """Press w in a what-if and take that way."""
    await pilot.press("w")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ChoiceDialog)
    later(pilot.app)
    await pilot.press(*["down"] * way, "enter")
    await pilot.pause()


def drafts(store: Store) -> list[dict[str, object]]:
    """What the drafts on the disk hold."""
    return [tomllib.loads(p.read_text("utf-8")) for p in sorted(store.drafts.folder.glob("*.toml"))]


# ---- without a screen


def session(store: Store, profile: Profile) -> Session:
    """A session over a saved profile."""
    opened = store.create(profile)
    return Session(store, KNOWLEDGE, opened.profile, opened)


def test_a_fork_changes_nothing_of_the_profile_and_its_undo_stays_inside(store: Store) -> None:
    s = session(store, some())
    s.change(s.profile.with_answer("role", "obtain"))
    before = s.profile
    assert s.begin_fork() and not s.begin_fork()
    assert s.work is not s and s.work.profile is before
    assert not s.work.undo() and s.profile is before
    s.work.change(s.work.profile.cleared("role"))
    s.work.change(s.work.profile.with_note("role", "x"))
    assert s.profile is before
    assert s.work.undo() and s.work.undo() and not s.work.undo()
    assert s.work.profile is before
    assert s.work.redo() and "role" not in s.work.profile.answers
    s.drop_fork()
    assert s.work is s and s.profile is before
    assert not s.redo()
    assert s.undo() and s.profile.answers["role"] == "provide"


def test_kept_it_is_one_change(store: Store) -> None:
    s = session(store, some())
    before = s.profile
    s.begin_fork()
    for id in list(before.answers):
        s.work.change(s.work.profile.cleared(id))
    assert s.keep_fork()
    assert s.profile.answers == {} and s.work is s
    assert s.undo() and s.profile is before and not s.undo()
    assert s.redo() and s.profile.answers == {}
    s.begin_fork()
    assert not s.keep_fork()
    assert not s.keep_fork()


def test_writing_never_puts_a_fork_into_the_file(store: Store) -> None:
    s = session(store, some())
    assert s.opened is not None
    data = s.opened.path.read_bytes()
    s.begin_fork()
    s.write()
    assert drafts(store) == [], "nothing differs yet"
    s.work.change(s.work.profile.with_answer("role", "obtain"))
    assert s.dirty
    s.write()
    assert not s.dirty
    assert s.opened.path.read_bytes() == data
    (draft,) = drafts(store)
    assert draft["answers"]["role"] == "obtain"  # type: ignore[index]
    assert draft["name"] == "Payments (what if)"
    assert draft["draft"]["of"] == "", "opened again, it must not be written into the profile's file"  # type: ignore[index]
    s.drop_fork()
    assert s.dirty
    s.write()
    assert drafts(store) == [] and s.opened.path.read_bytes() == data


def test_a_kept_fork_goes_into_the_file_and_its_draft_goes(store: Store) -> None:
    s = session(store, some())
    s.begin_fork()
    s.work.change(s.work.profile.with_answer("role", "obtain"))
    s.write()
    s.keep_fork()
    s.write()
    assert store.open("Payments").profile.answers["role"] == "obtain"
    assert drafts(store) == [] and not s.dirty


def test_a_kept_fork_that_cannot_be_saved_is_not_forgotten(store: Store) -> None:
    """The draft of the fork goes only once the profile is on the disk."""
    s = session(store, some())
    s.begin_fork()
    s.work.change(s.work.profile.with_answer("role", "obtain"))
    s.write()
    s.keep_fork()
    store.drafts.folder.chmod(0o500)
    (root := store.root).chmod(0o500)
    try:
        s.write()
        if s.dirty:  # not as root, whom no mode stops
            assert len(drafts(store)) == 1
    finally:
        root.chmod(0o700)
        store.drafts.folder.chmod(0o700)
    s.write()
    assert store.open("Payments").profile.answers["role"] == "obtain"


def test_unnamed_work_and_its_fork_have_two_drafts(store: Store) -> None:
    s = Session(store, KNOWLEDGE, Profile())
    s.change(s.profile.with_answer("role", "provide"))
    s.begin_fork()
    s.work.change(s.work.profile.with_answer("role", "obtain"))
    s.write()
    assert sorted(d["answers"]["role"] for d in drafts(store)) == ["obtain", "provide"]  # type: ignore[index]
    s.drop_fork()
    s.write()
    assert [d["answers"]["role"] for d in drafts(store)] == ["provide"]  # type: ignore[index]


# ---- on the screen


@pytest.mark.parametrize("size", [(160, 50), (120, 36), (80, 24), (60, 18)])
async def test_it_is_said_counted_and_shown_beside_today(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app(example=some())
    async with app.run_test(size=size) as pilot:
        before, result = app.workspace.state.advice, app.workspace.session.result
        app.workspace.focus_pane(2)
        await pilot.pause()
        await pilot.press("G")
        app.workspace.focus_pane(0)
        app.workspace.answering.go("role")
        assert "What if" not in top(app)
        await pilot.press("w")
        assert "What if: 0 changes" in top(app)
        await pilot.press("2")
        assert "What if: 1 change " in top(app)
        assert "≠ today: provides a service" in shown(app)
        assert app.workspace.state.advice != before
        assert app.workspace.session.result == result, "what is saved with the profile is today's"
        app.workspace.focus_pane(2)
        await pilot.pause()
        sheet = app.workspace.sheet("recommendation")
        text = " ".join(plain([*sheet.pin, *sheet.lines]).split())
        assert "≠ Recommendation: probably both → neither" in text
        assert "≠ SOC 1 report: probably → no" in text
        assert "≠ Recommendation: probably both → neither" in shown(app), "in sight without scrolling"
        app.workspace.focus_pane(0)
        await pilot.pause()
        app.workspace.answering.go("customer_types")
        await pilot.pause()
        lines = plain(app.workspace.sheet("questions").lines).splitlines()
        (at,) = [i for i, r in enumerate(lines) if "Why you are here" in r]
        assert "≠" in lines[at]
        assert "today: provides a service" in " ".join(lines[at : at + 3])
        assert sum("≠" in r for r in lines) == 1


async def test_it_is_told_in_ascii_too(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCUI_ASCII", "1")
    app = make_app(example=some())
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.answering.go("role")
        await pilot.press("w", "2")
        assert shown(app).isascii()
        assert "/ today: provides a service" in shown(app)
        assert "/ Recommendation: probably both > neither" in " ".join(shown(app).split())
        await choose(pilot, 0)
        assert shown(app).isascii() and "/ In a sentence" in shown(app)


async def test_what_is_copied_says_that_it_is_a_what_if(make_app: Make) -> None:
    app = make_app(example=some())
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.answering.go("role")
        assert "What if" not in app.workspace.panes.text()
        await pilot.press("w", "2")
        assert app.workspace.panes.text().startswith(" What if: 1 change")
        assert "→ neither" in app.workspace.panes.text()


async def test_both_side_by_side_then_dropped(make_app: Make) -> None:
    app = make_app(example=some())
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.answering.go("delivery_model")
        before, where = app.workspace.session.profile, app.workspace.state.current
        assert where != app.workspace.state.advice.next
        await pilot.press("w", "1", "n", "1", "n")
        assert app.workspace.session.profile is before
        await choose(pilot, 0)
        assert isinstance(app.screen, Compare)
        assert "Today" in shown(app) and "What if" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog), "and then the same question again"
        await pilot.press("escape")
        await pilot.pause()
        assert app.workspace.session.fork is not None, "escape settles nothing"
        await choose(pilot, 3)
        assert app.workspace.session.fork is None
        assert app.workspace.session.profile is before
        assert app.workspace.state.current == where
        assert "≠" not in shown(app) and "What if" not in plain(app.workspace.sheet("recommendation").lines)


def phrases(random: Random, count: int) -> list[list[str]]:
    """Keys at random, whole phrases among them."""
    return [random.choice(PHRASES) if random.random() < 0.1 else [random.choice(KEYS)] for _ in range(count)]


@pytest.mark.parametrize("seed", range(2))
async def test_any_keys_then_dropped_leave_the_profile_as_it_was(make_app: Make, seed: int) -> None:
    random = Random(seed)
    app = make_app(example=some())
    async with app.run_test(size=random.choice([(120, 36), (60, 18)])) as pilot:
        for keys in phrases(random, 10):
            await pilot.press(*keys)
        before = app.workspace.session.profile
        await pilot.press("w")
        forked = 0
        for keys in phrases(random, 40):
            await press(pilot, keys)
            forked += app.workspace.state.profile != before
            assert app.workspace.session.profile is before, keys
        assert forked, "no key changed the what-if"
        app.workspace.answering.go("role")
        for key in ("x", "2" if before.answers.get("role") != "obtain" else "1"):
            await pilot.press(key)
        await choose(pilot, 3)
        assert app.workspace.session.profile is before
        assert list(app.workspace.state.profile.answers.items()) == list(before.answers.items())


@pytest.mark.parametrize("seed", range(2))
async def test_any_keys_then_kept_are_undone_at_once(make_app: Make, seed: int) -> None:
    random = Random(100 + seed)
    app = make_app(example=some())
    async with app.run_test(size=(120, 36)) as pilot:
        for keys in phrases(random, 10):
            await pilot.press(*keys)
        before = app.workspace.session.profile
        await pilot.press("w")
        for keys in phrases(random, 40):
            await press(pilot, keys)
        await pilot.press("x", "2")
        forked = app.workspace.state.profile
        assert forked != before
        await choose(pilot, 1)
        assert app.workspace.session.profile == forked
        assert "u takes it back" in bottom(app)
        await pilot.press("u")
        assert app.workspace.session.profile is before
        await pilot.press("U")
        assert app.workspace.session.profile == forked


async def test_another_profile_opens_only_once_it_is_settled(make_app: Make, store: Store) -> None:
    opened = store.create(some())
    app = make_app(opened=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        data = opened.path.read_bytes()
        await pilot.press("w", "x", "2", "o")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog)
        assert "Before another profile opens" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.workspace.session.fork is not None, "still here"
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        later(app)
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert app.workspace.session.profile == Profile() and app.workspace.session.fork is None
        assert "What if" not in top(app)
    assert opened.path.read_bytes() == data
    assert drafts(store) == []


async def test_saving_asks_first(make_app: Make, store: Store) -> None:
    app = make_app(example=some())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w", "x", "2", "s")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog)
        later(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        later(app)
        await pilot.press("enter")
        await pilot.pause()
        kept = app.workspace.session.profile
        assert store.open("Payments").profile.answers == kept.answers != some().answers


async def test_saved_as_a_new_profile_today_stays_as_it_is(make_app: Make, store: Store) -> None:
    opened = store.create(some())
    app = make_app(opened=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        before, data = app.workspace.session.profile, opened.path.read_bytes()
        await pilot.press("w", "x", "2")
        forked, result = app.workspace.state.profile, app.workspace.state.advice.result
        for name in (before.name, "Other way"):  # the first is taken
            if name == before.name:
                await choose(pilot, 2)
            assert isinstance(app.screen, TextDialog)
            app.screen.query_one(Input).value = name
            later(app)
            await pilot.press("enter")
            await pilot.pause()
        assert app.workspace.session.fork is None and app.workspace.session.profile == before
        assert "saved as Other way" in bottom(app)
    new = store.open("Other way").profile
    assert (new.answers, new.result) == (forked.answers, result) and new.id != before.id
    assert opened.path.read_bytes() == data
    assert drafts(store) == []


async def test_given_up_at_the_name_the_what_if_is_still_open(make_app: Make, store: Store) -> None:
    app = make_app(opened=store.create(some()))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w", "x", "2")
        await choose(pilot, 2)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog), "what else is to become of it"
        await pilot.press("escape")
        await pilot.pause()
        assert app.workspace.session.fork is not None
    assert len(store.heads()) == 1


async def test_it_is_on_the_mouse(make_app: Make) -> None:
    app = make_app(example=some())
    async with app.run_test(size=(160, 50)) as pilot:
        foot = plain(app.workspace.sheet("foot").lines)
        await pilot.click("#foot", offset=(foot.index("what if"), 0))
        await pilot.pause()
        assert "What if: 0 changes" in top(app)
        await pilot.press("x", "2")
        await pilot.click("#top", offset=(3, 0))
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.click("OptionList", offset=(4, 3))
        await pilot.pause()
        assert app.workspace.session.fork is None


def test_left_open_it_comes_back_as_a_draft_and_never_in_the_profile(tmp_path: Path) -> None:
    """In a real terminal: begin, answer, leave, start again."""
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    store = Store(tmp_path / "socui" / "profiles", tmp_path / "socui" / "drafts")
    opened = store.create(Profile(name="Payments", answers={"role": "provide"}))
    data = opened.path.read_bytes()
    t = Terminal("Payments", env=env)
    t.wait_for(r"Has anybody else asked")
    t.type("w")
    t.wait_for(r"What if: 0 changes")
    t.type("1")
    t.wait_for(r"What if: 1 change ")
    t.type("q")
    assert t.wait() == 0
    assert opened.path.read_bytes() == data
    t = Terminal("Payments", env=env)
    t.wait_for(r"an unsaved draft")
    t.type("o")
    t.wait_for(r"draft: Payments \(what if\)")
    t.type("g", "enter")
    t.wait_for(r"Payments \(what if\) .*\d+ of \d+ answered")
    t.type("1")
    t.wait_for(r"draft, kept automatically")
    t.type("q")
    assert t.wait() == 0
    assert opened.path.read_bytes() == data
