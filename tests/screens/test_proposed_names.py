"""A name that a dialog proposes is selected: typing replaces it, an arrow key keeps it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.screen import Screen
from textual.widgets import Input

from socui.app import SocuiApp
from socui.profiles.profile import Profile
from socui.screens.dialogs import FileDialog, ProfileDialog, TextDialog

Make = Callable[..., SocuiApp]


@pytest.mark.parametrize(
    ("make", "replaced", "kept"),
    [
        (lambda: ProfileDialog(Profile(name="Acme")), "New", "AcmeNew"),
        (lambda: TextDialog("Name", "Acme", name=True), "New", "AcmeNew"),
        (lambda: TextDialog("What does it do?", "Payroll"), "PayrollNew", "PayrollNew"),
        (lambda: TextDialog("Name", "Acme", problem="a profile called Acme exists", name=True), "AcmeNew", "AcmeNew"),
        (lambda: FileDialog("acme-memo.html", (".html",)), "New.html", "acme-memoNew.html"),
    ],
)
@pytest.mark.parametrize("arrow", [False, True])
async def test_typing_replaces_what_is_proposed_and_an_arrow_keeps_it(
    make_app: Make, make: Callable[[], Screen[object]], replaced: str, kept: str, arrow: bool
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await app.push_screen(make())
        await pilot.pause()
        field = app.screen.query(Input).first()
        await pilot.press(*(["right"] * arrow), *"New")
        await pilot.pause()
        assert field.has_focus and field.value == (kept if arrow else replaced)
