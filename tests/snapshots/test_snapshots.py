"""What the screens look like, to the letter, at several sizes. Look at every picture before accepting a change:

make snapshots

The version and the digest of the knowledge are pinned, so that a picture changes only where a reader sees a difference.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import PICTURES
from msgspec.structs import replace
from seen import until
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from socui.app import SocuiApp
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.reports.render import SUFFIXES
from socui.screens.dialogs import ChoiceDialog, FileDialog, NoteDialog, ProfileDialog, TextDialog
from socui.screens.library.glance import Peek
from socui.screens.welcome import Welcome
from socui.screens.workspace.screen import Workspace
from socui.screens.workspace.what_if import WAYS

pytestmark = PICTURES
SIZES = [(80, 24), (120, 36), (160, 50)]
SMALL, LARGE = (60, 18), (160, 50)
ALL_SIZES = [*SIZES, (100, 30), SMALL]
Make = Callable[..., SocuiApp]


@pytest.fixture(scope="session")
def decider(knowledge: Knowledge) -> Decider:
    """What decides over the shipped knowledge, with a version and a digest that do not change with the data."""
    return Decider(replace(knowledge, version="2026.11", digest="0" * 16))


def half(name: str) -> Profile:
    """An example with its later answers still open: a profile in the making."""
    profile = examples()[name]
    return replace(
        profile, id="", result="", answers=dict(list(profile.answers.items())[:6]), not_sure=frozenset({"entrusted"})
    )


async def settle(pilot: Pilot[Any]) -> None:
    """The tips stand there, and no timer runs that would change the picture."""
    await pilot.pause()
    screen = pilot.app.screen
    if isinstance(screen, Workspace):
        screen.panes.work_out_late()
    await pilot.pause()


@pytest.mark.parametrize("size", ALL_SIZES)
def test_workspace(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(example=half("fintech-payments")), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("pane", [1, 2])
def test_other_panes_on_a_small_screen(snap_compare: Any, make_app: Make, pane: int) -> None:
    app = make_app(example=examples()["fintech-payments"])
    assert snap_compare(app, terminal_size=(80, 24), press=["tab"] * pane, run_before=settle)


@pytest.mark.parametrize("name", ["socui-light", "ansi-light", "no-color", "ascii"])
def test_other_eyes(snap_compare: Any, make_app: Make, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    variable = {"no-color": "NO_COLOR", "ascii": "SOCUI_ASCII"}.get(name, "SOCUI_THEME")
    monkeypatch.setenv(variable, name if variable == "SOCUI_THEME" else "1")
    assert snap_compare(make_app(example=half("early-saas")), terminal_size=(120, 36), run_before=settle)


async def glanced(pilot: Pilot[Any]) -> None:
    """Wait until the preview, where it has room, is that of the line under the cursor."""
    await pilot.pause()
    glance = pilot.app.screen.query_one("#glance", Peek)
    if glance.display:
        await until(pilot, lambda: glance.settled)


@pytest.mark.parametrize("size", ALL_SIZES)
def test_library(snap_compare: Any, make_app: Make, store: Store, size: tuple[int, int]) -> None:
    store.create(Profile(name="Payroll [EU]", organization="Acme, Inc.", answers={"role": "provide"}, result="both"))
    (store.root / "bad.toml").write_text("x = [")

    async def listed(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("o")
        await pilot.pause()
        async with pilot.app.screen.browser._turn:  # type: ignore[attr-defined]
            pass
        await glanced(pilot)

    assert snap_compare(make_app(), terminal_size=size, run_before=listed)


@pytest.mark.parametrize("gone", [False, True])
def test_conflict(snap_compare: Any, make_app: Make, store: Store, gone: bool) -> None:
    opened = store.create(Profile(name="Payroll [EU]", organization="Acme, Inc.", answers={"role": "provide"}))

    async def clash(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        session = pilot.app.workspace.session  # type: ignore[attr-defined]
        session.conflict, session.gone, session.problem = True, gone, "not saved: /home/ann/payroll.toml"
        await pilot.press("s")
        await pilot.pause()

    assert snap_compare(make_app(opened=opened), terminal_size=(100, 30), run_before=clash)


def test_save_form(snap_compare: Any, make_app: Make) -> None:
    async def still(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("s")
        await pilot.pause()
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False

    assert snap_compare(make_app(), terminal_size=(120, 36), run_before=still)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
def test_welcome(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    async def first(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.app.push_screen(Welcome(Path("/home/you/.config/socui/profiles")))
        await pilot.pause()

    assert snap_compare(make_app(), terminal_size=size, run_before=first)


@pytest.mark.parametrize("size", [*SIZES, SMALL])
def test_help(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    async def helped(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("question_mark")

    assert snap_compare(make_app(), terminal_size=size, run_before=helped)


@pytest.mark.parametrize("size", [*SIZES, SMALL])
@pytest.mark.parametrize("state", ["all", "opened"])
def test_reference(snap_compare: Any, make_app: Make, size: tuple[int, int], state: str) -> None:
    async def still(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        pilot.app.show_reference(((), ""))  # type: ignore[attr-defined]
        await pilot.pause()
        pilot.app.screen.query_one(Input).cursor_blink = False
        if state == "opened":
            await pilot.press("tab", "down", "enter")

    assert snap_compare(make_app(), terminal_size=size, run_before=still)


@pytest.mark.parametrize("size", [*SIZES, SMALL])
def test_plan(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    profile = examples()["fintech-payments"].with_date("needed_by", date(2027, 9, 1))
    assert snap_compare(make_app(example=profile), terminal_size=size, press=["P"], run_before=settle)


@pytest.mark.parametrize("size", [(120, 36), SMALL, LARGE])
@pytest.mark.parametrize("keys", [["r"], ["r", "a"], ["r", "m"]], ids=["text", "auditors", "markdown"])
def test_report(snap_compare: Any, make_app: Make, keys: list[str], size: tuple[int, int]) -> None:
    async def read(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    assert snap_compare(make_app(example=examples()["fintech-payments"]), terminal_size=size, run_before=read)


# ---------------------------------------------------------------- dialogs where there is little room

DIALOGS: dict[str, Callable[[], Screen[Any]]] = {
    "profile": lambda: ProfileDialog(examples()["fintech-payments"], "not saved: a profile called Payroll exists"),
    "note": lambda: NoteDialog(
        "Which of these do you do, so that figures in your clients' books depend on it?", "Asked the controller."
    ),
    "file": lambda: FileDialog("acme-report.html", SUFFIXES, "not saved: /home/ann is a folder: name a file"),
    "ask": lambda: TextDialog("Import which file?", "/home/ann/payroll.toml", problem="No such file or directory"),
    "what-if": lambda: ChoiceDialog("What if", "3 changes; today's answers are as they were.", WAYS),
    "conflict": lambda: ChoiceDialog(
        "Changed on the disk",
        "not saved: payroll-7f3a9c0d51b2e864.toml has changed on the disk since it was opened",
        (
            "Save mine as a copy, under another name",
            "Keep mine; the one on the disk goes to the trash",
            "Take the one on the disk; undo brings mine back",
            "Not now",
        ),
    ),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_dialog_on_a_small_screen(snap_compare: Any, make_app: Make, name: str) -> None:
    async def asked(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.app.push_screen(DIALOGS[name]())
        await pilot.pause()
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False

    assert snap_compare(make_app(example=half("fintech-payments")), terminal_size=SMALL, run_before=asked)


# ---------------------------------------------------------------- in the light


@pytest.mark.parametrize("screen", ["library", "compare", "reference"])
def test_in_the_light(
    snap_compare: Any, make_app: Make, store: Store, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    monkeypatch.setenv("SOCUI_THEME", "socui-light")
    one, other = (examples()[name] for name in ("early-saas", "fintech-payments"))
    store.create(replace(one, name="Boards", id=""))
    store.create(replace(other, name="Payments", id="", result="both"))

    async def seen(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        if screen == "library":
            await pilot.press("o")
            await pilot.pause()
            async with pilot.app.screen.browser._turn:  # type: ignore[attr-defined]
                pass
            await pilot.press("m", "down")
            await glanced(pilot)
        elif screen == "compare":
            pilot.app.compare(replace(one, name="Boards"), replace(other, name="Payments"))  # type: ignore[attr-defined]
        else:
            pilot.app.show_reference(((), ""))  # type: ignore[attr-defined]
            await pilot.pause()
            pilot.app.screen.query_one(Input).cursor_blink = False
            await pilot.press("tab", "down", "enter")
        await pilot.pause()

    assert snap_compare(make_app(), terminal_size=(120, 36), run_before=seen)
