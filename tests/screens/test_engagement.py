"""What a CPA firm needs to know for a quote, and the country, written on the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from seen import settled, shown

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.screens.engagement import COUNTRY, Details
from socui.screens.report_preview import Preview

Make = Callable[..., SocuiApp]


@pytest.mark.parametrize("size", [(120, 36), (60, 18)])
async def test_it_is_written_undone_and_kept(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app(example=examples()["saas-deal"])
    async with app.run_test(size=size) as pilot:
        await pilot.press("N")
        screen = app.screen
        assert isinstance(screen, Details)
        first, *others = screen.empty
        assert first == COUNTRY or "country" not in screen.empty
        screen.sheet.point(("detail", "legal_entity"))
        await pilot.press("enter", *"Example [bold] Inc.", "enter")
        await settled(pilot)
        assert app.workspace.state.profile.engagement == {"legal_entity": "Example [bold] Inc."}
        assert "Example [bold] Inc." in shown(app)
        await pilot.press("n")
        assert screen.sheet.cursor[1] in others and screen.sheet.cursor[1] != "legal_entity"
        await pilot.press("u")
        assert not app.workspace.state.profile.engagement
        await pilot.press("U", "escape")
        await settled(pilot)
        assert app.screen is app.workspace and app.workspace.state.profile.engagement["legal_entity"]


async def test_the_country_is_a_code_and_answers_where_the_organization_sits(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("N")
        screen = app.screen
        assert isinstance(screen, Details)
        screen.sheet.point(("detail", COUNTRY))
        await pilot.press("enter", *["backspace"] * 3, *"Utopia", "enter")
        await settled(pilot)
        assert "not a country: write two letters" in shown(app)
        await pilot.press(*["backspace"] * 6, *"gb", "enter")
        await settled(pilot)
        state = app.workspace.state
        assert state.profile.country == "GB" and state.advice.states["country_region"].state == "answered"
        await pilot.press("x")
        assert state.profile.country == ""


async def test_from_the_request_for_quotes_it_fills_the_blanks(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r", "Q")
        await settled(pilot)
        preview = app.screen
        assert isinstance(preview, Preview) and "Globex Holdings" not in preview.text
        await pilot.press("N")
        await settled(pilot)
        assert isinstance(app.screen, Details)
        app.screen.sheet.point(("detail", "owners"))
        await pilot.press("enter", *"Globex Holdings", "enter")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is preview and "Globex Holdings" in preview.text


@pytest.mark.parametrize("paper", ["Q", "l"])
async def test_a_paper_whose_subject_is_undone_gives_way_to_the_memo(make_app: Make, paper: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.state.change(examples()["fintech-payments"])
        await pilot.press("r", paper)
        await settled(pilot)
        preview = app.screen
        assert isinstance(preview, Preview) and preview.paper != "memo"
        await pilot.press("N")
        await settled(pilot)
        assert isinstance(app.screen, Details)
        await pilot.press("u", "escape")
        await settled(pilot)
        assert app.workspace.state.silent
        assert app.screen is preview and preview.paper == "memo"
