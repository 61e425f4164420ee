"""The palette finds questions, answers, profiles, papers, themes and the reference, by the words that people use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from seen import later, settled, until
from textual.command import CommandList
from textual.pilot import Pilot
from textual.widgets import Input

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens.dialogs import FileDialog, TextDialog
from socui.screens.palette.findable import everything
from socui.screens.reference.screen import Reference
from socui.screens.report_preview import Preview
from socui.screens.widgets.recommendation import plain

Make = Callable[..., SocuiApp]


async def hits(pilot: Pilot[Any], words: str) -> list[str]:
    """What the palette shows for these words: title and line below, as one text each."""
    await pilot.press("colon")
    await settled(pilot)
    await pilot.press(*words)
    await settled(pilot)
    options = pilot.app.screen.query_one(CommandList).options
    return [str(option.prompt) for option in options]


async def choose_first(pilot: Pilot[Any]) -> None:
    """Do what stands first."""
    await pilot.press("enter")
    await settled(pilot)


async def test_a_question_an_answer_and_a_fact(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        first, *_ = await hits(pilot, "uptime")
        assert first.startswith(app.knowledge.questions["availability_promise"].ask)
        await choose_first(pilot)
        assert app.workspace.state.current == "availability_promise" and app.focused is app.workspace.sheet("questions")
        first, *_ = await hits(pilot, "a penetration test report")
        assert "Answer to" in first
        await choose_first(pilot)
        assert app.workspace.sheet("questions").cursor == ("option", "existing_reports", "pentest")
        before = app.workspace.state.profile
        first, *_ = await hits(pilot, "gap letter")
        assert first.startswith("Bridge letter\nGlossary")
        await choose_first(pilot)
        assert isinstance(app.screen, Reference)
        assert "Bridge letter" in plain(app.screen.sheet.lines[:4]), "at that article, which is open"
        assert app.workspace.state.profile is before, "looking changes nothing"


async def test_a_profile_a_theme_and_a_paper(make_app: Make, store: Store) -> None:
    store.create(Profile(name="Alpha [bold] Ltd", organization="Alpha", answers={"role": "obtain"}))
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        first, *_ = await hits(pilot, "alpha")
        assert first.split() == ["Alpha", "[bold]", "Ltd", "Profile", "·", "Alpha"], "no markup"
        await choose_first(pilot)
        assert app.workspace.session.profile.name == "Alpha [bold] Ltd"
        assert any(hit.startswith("Theme nord") for hit in await hits(pilot, "nord"))
        await choose_first(pilot)
        assert app.theme == "nord"
        for word, form in (
            ("html", "HTML"),
            ("docx", "Word"),
            ("word", "Word"),
            ("markdown", "Markdown"),
            ("json", "JSON"),
        ):
            first, *_ = await hits(pilot, word)
            assert first.startswith(f"Save report as {form}"), word
            await pilot.press("escape")
            await settled(pilot)
        first, *_ = await hits(pilot, "save report as html")
        assert first.startswith("Save report as HTML")
        await choose_first(pilot)
        await until(pilot, lambda: isinstance(app.screen, FileDialog))
        assert isinstance(app.screen, FileDialog) and app.screen.proposed.endswith("-memo.html")
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, Preview)


async def test_a_word_that_means_nothing_says_what_to_do(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        shown = await hits(pilot, "qqqqq[/]")
        assert len(shown) == 1 and shown[0].startswith("Nothing has “qqqqq[/]”. Try")
        await choose_first(pilot)
        assert isinstance(app.screen, Reference)


async def test_a_command_of_another_screen_is_done_there(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        assert any(hit.startswith("Report: for auditors") for hit in await hits(pilot, "rfq"))
        await choose_first(pilot)
        assert isinstance(app.screen, Preview) and app.screen.paper == "quotes"


async def test_every_hit_can_be_done_and_no_two_are_alike(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        findable = everything(app, app.screen, ())
        assert all(callable(one.run) and one.entry.title for one in findable)
        keys = [one.entry.key for one in findable if one.entry.key[0] != "command"]
        assert len(keys) == len(set(keys))
        kinds = {key[0] for key in keys}
        assert kinds == {"paper", "question", "option", "example", "entry", "note", "fact", "source", "theme"}


@pytest.mark.parametrize("typed", ["/", "/cost"])
async def test_the_key_of_search_types_nothing_in_a_search(make_app: Make, typed: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        app.show_reference(((), ""))
        await pilot.pause()
        await pilot.press(*(("slash" if key == "/" else key) for key in typed))
        assert isinstance(app.screen, Reference) and app.screen.sought.value == typed.removeprefix("/")
        if typed != "/":
            assert "What does it cost?" in plain(app.screen.sheet.lines[:4])
            await pilot.press("slash")
            assert app.screen.sought.value == "cost/", "inside words it is a sign as any other"


async def test_the_filter_of_questions_knows_the_words_people_use(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"gdpr")
        await pilot.pause()
        assert {"personal_data_role", "privacy_promise"} <= app.workspace.state.matching
        app.workspace.search.typed("availibility")
        assert "availability_promise" in app.workspace.state.matching
        assert "read as availability" in plain(app.workspace.sheet("questions").pin)
        app.workspace.search.typed("qqqqq")
        assert "searches everything else" in plain(app.workspace.sheet("questions").lines)


async def test_what_has_room_stands_beside_its_title(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        entries = await hits(pilot, "")
        assert all("\n" not in entry for entry in entries)
        assert len({len(entry) - len(entry[24:].lstrip()) for entry in entries}) == 1, "in one column"
        await pilot.press("escape")
        assert any("\n" in entry for entry in await hits(pilot, "cost")), "below it where there is none"


@pytest.mark.parametrize("from_screen", ["colon", "o"])
async def test_a_picture_of_the_screen_is_saved(make_app: Make, tmp_path: Path, from_screen: str) -> None:
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=(120, 36)) as pilot:
        if from_screen != "colon":
            await pilot.press(from_screen)
            await settled(pilot)
        first, *_ = await hits(pilot, "screenshot")
        assert first.startswith("Save picture")
        await choose_first(pilot)
        assert isinstance(app.screen, TextDialog)
        app.screen.query_one(Input).value = str(tmp_path / "shot.svg")
        later(app)
        await pilot.press("enter")
        await until(pilot, (tmp_path / "shot.svg").exists)
        picture = (tmp_path / "shot.svg").read_text("utf-8")
        assert picture.startswith("<svg") and ("Questions" if from_screen == "colon" else "Organization") in picture
        assert "screenshot" not in picture, "without the palette"
