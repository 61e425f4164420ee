"""What the app does where the disk is not as it was: another version, no file any more, a save that fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from seen import later, toasts
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from socui.app import SocuiApp
from socui.deciding.decide import Decider
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.profiles.store import Opened, Store
from socui.screens.dialogs import ChoiceDialog, ProfileDialog, TextDialog
from socui.screens.widgets.text_lines import Lines
from socui.screens.workspace import saving

Make = Callable[..., SocuiApp]


@pytest.fixture(autouse=True)
def looks_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no clock look at the disk between two lines of a test: on a busy machine it takes theirs before mine is said."""
    monkeypatch.setattr(saving, "LOOK_EVERY", 3600.0)


@pytest.fixture
def payroll(store: Store) -> Opened:
    """A profile that is there."""
    return store.create(Profile(name="Payroll", knowledge="2026.11", answers={"role": "provide"}))


def rewritten(opened: Opened, old: bytes, new: bytes) -> bytes:
    """Change the file as another program does, its times kept as sync tools do; what it holds now."""
    times = opened.path.stat()
    opened.path.write_bytes(opened.path.read_bytes().replace(old, new))
    os.utime(opened.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return opened.path.read_bytes()


def status(app: SocuiApp) -> str:
    """The top line."""
    return "".join(span.text for line in app.workspace.sheet("top").lines for span in line.spans)


def said(app: SocuiApp) -> str:
    """All notices so far."""
    return toasts(app)


async def choose(pilot: Pilot[object], words: str) -> None:
    """Press s, and choose the way that has these words."""
    await pilot.press("s")
    await pilot.pause()
    dialog = pilot.app.screen
    assert isinstance(dialog, ChoiceDialog), dialog
    (at,) = [i for i, way in enumerate(dialog.ways) if words in way]
    dialog.query_one(OptionList).highlighted = at
    await pilot.press("enter")
    await pilot.pause()


async def test_taking_the_version_on_the_disk_loses_nothing_of_mine(
    make_app: Make, store: Store, payroll: Opened
) -> None:
    app = make_app(opened=payroll)
    async with app.run_test(size=(120, 36)) as pilot:
        theirs = rewritten(payroll, b'organization = ""', b'organization = "Elsewhere"')
        app.workspace.answering.go("role")
        await pilot.press("2")
        mine = app.workspace.session.profile
        app.workspace.session.write()
        app.workspace.show("top")
        assert "changed on disk (s)" in status(app)
        await choose(pilot, "Take the one on the disk")
        assert app.workspace.session.profile.organization == "Elsewhere"
        assert app.workspace.state.advice.states["role"].state == "answered"
        assert payroll.path.read_bytes() == theirs
        assert "saved" in status(app) and "not saved" not in status(app)
        (draft,) = store.drafts.left()  # offered at once: nobody works on it
        assert (draft.profile.answers, draft.of) == (mine.answers, payroll.path)
        await pilot.press("u")
        assert app.workspace.session.profile.answers == mine.answers
        app.workspace.session.write()
        assert store.open(payroll.path).profile.answers == mine.answers
        assert store.trash.previous(payroll.path).read_bytes() == theirs  # type: ignore[union-attr]


async def test_what_cannot_be_taken_from_the_disk_changes_nothing(
    make_app: Make, store: Store, payroll: Opened
) -> None:
    app = make_app(opened=payroll)
    async with app.run_test(size=(120, 36)) as pilot:
        payroll.path.write_bytes(b"x = [")
        app.workspace.answering.go("role")
        await pilot.press("2")
        mine = app.workspace.session.profile
        app.workspace.session.write()
        await choose(pilot, "Take the one on the disk")
        assert app.workspace.session.profile == mine
        assert app.workspace.session.conflict
        assert "not TOML" in said(app)
        assert payroll.path.read_bytes() == b"x = ["
        assert store.drafts.left() == []


@pytest.mark.parametrize("renamed", [True, False])
async def test_a_file_that_is_gone_is_asked_about(make_app: Make, store: Store, payroll: Opened, renamed: bool) -> None:
    app = make_app(opened=payroll)
    async with app.run_test(size=(120, 36)) as pilot:
        if renamed:
            payroll.path.rename(payroll.path.with_name("elsewhere.toml"))
        else:
            payroll.path.unlink()
        app.workspace.answering.go("role")
        await pilot.press("2")
        app.workspace.session.write()
        app.workspace.show("top")
        assert "gone from the disk (s)" in status(app)
        assert app.workspace.session.profile.answers == {"role": "obtain"}
        assert not payroll.path.exists()
        await choose(pilot, "Not now")
        assert not payroll.path.exists()
        await choose(pilot, "Make it again")
        assert store.open(payroll.path).profile.answers == {"role": "obtain"}
        assert "not saved" not in status(app)


async def test_a_copy_settles_a_conflict_too(make_app: Make, store: Store, payroll: Opened) -> None:
    app = make_app(opened=payroll)
    async with app.run_test(size=(120, 36)) as pilot:
        theirs = rewritten(payroll, b'organization = ""', b'organization = "Elsewhere"')
        app.workspace.answering.go("role")
        await pilot.press("2")
        app.workspace.session.write()
        await choose(pilot, "Save mine as a copy")
        assert isinstance(app.screen, ProfileDialog)
        await pilot.press("end", *" 2", "enter")
        await pilot.pause()
        assert store.open("Payroll 2").profile.answers == {"role": "obtain"}
        assert payroll.path.read_bytes() == theirs
        assert "not saved" not in status(app)


async def test_without_edits_here_another_version_is_read_with_a_notice(
    make_app: Make, payroll: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socui.screens.workspace.saving.SAVE_AFTER", 60)  # what is undone is not saved meanwhile
    app = make_app(opened=payroll)
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.saving.look()
        assert said(app) == ""
        rewritten(payroll, b'"provide"', b'"obtain"')
        app.workspace.saving.look()
        await pilot.pause()
        assert "changed on disk" in said(app)
        assert app.workspace.session.profile.answers == {"role": "obtain"}
        assert (
            app.workspace.state.advice.result == "obtain" or "You do not issue" in app.workspace.state.advice.sentence
        )
        await pilot.press("u")
        assert app.workspace.session.profile.answers == {"role": "provide"}
        rewritten(payroll, b'"obtain"', b'"provide"')
        app.workspace.saving.look()  # something is to be saved here: nothing is read over it
        assert app.workspace.session.profile.answers == {"role": "provide"}
        assert app.workspace.session.dirty


async def test_without_edits_here_a_file_that_is_gone_is_said(make_app: Make, payroll: Opened) -> None:
    app = make_app(opened=payroll)
    async with app.run_test(size=(120, 36)):
        payroll.path.unlink()
        app.workspace.saving.look()
        assert "gone from the disk" in status(app)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch, store: Store) -> pytest.MonkeyPatch:
    """Nothing can be written into the folder of profiles, until it is undone."""
    real = os.open

    def refuse(path: str, flags: int, *rest: int, **options: int) -> int:
        if flags & os.O_CREAT and str(path).startswith(str(store.root)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, flags, *rest, **options)

    monkeypatch.setattr(os, "open", refuse)
    return monkeypatch


@pytest.mark.parametrize("way", ["Try again", "Write a copy to a file", "Save a copy among"])
async def test_a_save_that_fails_says_why_and_offers_ways(
    make_app: Make, store: Store, payroll: Opened, full_disk: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    before = payroll.path.read_bytes()
    app = make_app(opened=payroll)
    async with app.run_test(size=(160, 50)) as pilot:
        app.workspace.answering.go("role")
        await pilot.press("2")
        app.workspace.session.write()
        app.workspace.show("top")
        assert "not saved (s): No space left" in status(app)
        assert app.workspace.session.profile.answers == {"role": "obtain"}
        assert payroll.path.read_bytes() == before
        if way != "Write a copy to a file":
            full_disk.undo()
        await choose(pilot, way)
        if way == "Try again":
            assert store.open(payroll.path).profile.answers == {"role": "obtain"}
            assert "not saved" not in status(app)
            return
        if way == "Save a copy among":
            await pilot.press("end", *" 2", "enter")
            await pilot.pause()
            assert store.open("Payroll 2").profile.answers == {"role": "obtain"}
            assert payroll.path.read_bytes() == before
            return
        assert isinstance(app.screen, TextDialog)
        target = tmp_path / "usb.toml"
        target.write_bytes(b"old")
        for answer in ("No", "Replace it"):
            app.screen.query_one(Input).value = str(target)
            later(app)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, ChoiceDialog)
            later(app)
            await pilot.press(*(["down"] if answer == "No" else []), "enter")
            await pilot.pause()
            assert (target.read_bytes() == b"old") == (answer == "No")
        assert b'role = "obtain"' in target.read_bytes()
        assert target.stat().st_mode & 0o777 == 0o600
        assert "not saved" in status(app)


def test_another_name_makes_a_copy_and_undo_does_not_cross_over(
    store: Store, decider: Decider, payroll: Opened
) -> None:
    session = Session(store, decider.knowledge, payroll.profile, payroll)
    session.change(session.profile.with_answer("role", "obtain"))
    assert session.save_as(replace(session.profile, name="Wages", organization="Acme"))
    first, copy = store.open(payroll.path).profile, store.open("Wages").profile
    assert (first.name, first.organization, first.answers) == ("Payroll", "", {"role": "obtain"})
    assert (copy.name, copy.organization, copy.answers) == ("Wages", "Acme", {"role": "obtain"})
    assert first.id == payroll.profile.id != copy.id == session.profile.id
    kept = payroll.path.read_bytes()
    while session.undo():
        session.write()
        assert store.open("Wages").profile.id == copy.id
    assert store.open("Wages").profile.answers == {"role": "provide"}
    assert payroll.path.read_bytes() == kept and len(store.heads()) == 2


def test_the_same_name_with_other_changes_is_one_save(store: Store, decider: Decider, payroll: Opened) -> None:
    session = Session(store, decider.knowledge, payroll.profile, payroll)
    session.change(session.profile.with_answer("role", "obtain"))
    assert not session.save_as(replace(session.profile, name="payroll", organization="Acme"))
    again = store.open(payroll.path)
    assert (again.profile.name, again.profile.organization, again.profile.answers) == (
        "payroll",
        "Acme",
        {"role": "obtain"},
    )
    assert not session.dirty
    assert session.opened is not None and session.opened.digest == again.digest
    assert store.trash.previous(payroll.path).read_bytes().count(b"Payroll") == 1  # type: ignore[union-attr]


async def test_a_note_of_several_lines_that_is_only_looked_at_keeps_them(make_app: Make) -> None:
    app = make_app(example=Profile(notes={"role": "one\ntwo"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert app.screen.query_one(Lines).text == "one\ntwo"
        await pilot.press("enter")
        await pilot.pause()
        assert app.workspace.session.profile.notes == {"role": "one\ntwo"}
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("end", "x", "enter")
        await pilot.pause()
        assert app.workspace.session.profile.notes == {"role": "one\ntwox"}
