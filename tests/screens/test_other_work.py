"""Going from one profile to another: nothing of the first is shown any more, and its draft is kept beside the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from seen import until
from textual.pilot import Pilot

from socui.app import SocuiApp
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens.library.screen import Library

Make = Callable[..., SocuiApp]


def shown(app: SocuiApp, pane: str) -> str:
    """What stands in a pane."""
    return "\n".join("".join(s.text for s in line.spans) for line in app.workspace.sheet(pane).lines)


async def new_one(pilot: Pilot[Any]) -> None:
    """Begin a new profile from the list."""
    await pilot.press("o")
    await pilot.pause()
    assert isinstance(pilot.app.screen, Library)
    async with pilot.app.screen.browser._turn:
        pass
    await pilot.press("a")
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_new_profile_shows_nothing_of_the_one_before(
    make_app: Make, store: Store, size: tuple[int, int]
) -> None:
    opened = store.create(Profile(name="Payroll", organization="Quick Pay", answers={"role": "own_assurance"}))
    app = make_app(opened=opened)
    async with app.run_test(size=size) as pilot:
        app.workspace.focus_pane(2)
        if size[0] >= 100:
            await pilot.press("z")
        await pilot.pause()
        await new_one(pilot)
        assert app.workspace.pane == 0 and app.workspace.sheet("questions").display
        await until(pilot, lambda: "What happened?" in shown(app, "questions"))
        await pilot.press("1", "escape")
        await pilot.pause()
        assert "own board" not in shown(app, "questions").lower()
        assert app.workspace.state.profile.requests


async def test_two_pieces_of_work_without_a_name_are_two_drafts(make_app: Make, store: Store) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        for digit in ("5", "6"):
            await pilot.press(digit)
            await pilot.pause()
            await new_one(pilot)
        left = store.drafts.left()
        assert sorted(str(d.profile.answers["role"]) for d in left) == ["obtain", "provide"]
