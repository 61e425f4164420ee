"""Big changes as records on the screen: added, opened, removed and brought back by keys, and led to where the plan lacks a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from msgspec.structs import replace
from seen import later, settled, shown
from textual.pilot import Pilot
from textual.widgets import Input

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.profiles.profile import Answer, Profile
from socui.profiles.records import Event
from socui.profiles.store import Store
from socui.screens.widgets.lines import Tag
from socui.screens.workspace.record_form import RecordForm

Make = Callable[..., SocuiApp]
ADD = "A big change or an acquisition"


def events(app: SocuiApp) -> tuple[Event, ...]:
    """The changes of the profile that is shown."""
    return app.workspace.state.profile.events


def bureau(changes: str = "none", *events: Event) -> Profile:
    """A service organization to which hardly a question is open."""
    profile = examples()["payroll-bureau"]
    answers: Mapping[str, Answer] = {**profile.answers, "service_changes": changes, "categories_planned": ()}
    return replace(profile, answers=answers, events=events)


async def typed(pilot: Pilot[None], text: str) -> None:
    """A text in the dialog that is open."""
    app = pilot.app
    assert isinstance(app, SocuiApp)
    app.screen.query_one(Input).value = text
    later(app)
    await pilot.press("enter")
    await settled(pilot)


async def led_to(app: SocuiApp, pilot: Pilot[None]) -> Tag:
    """Where n leads, which passes no line of a question."""
    await pilot.press("n")
    await settled(pilot)
    return app.workspace.sheet("questions").cursor


async def test_a_change_is_added_changed_removed_and_brought_back_by_keys(make_app: Make, store: Store) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("g", "down", "down", "down")
        assert ADD in shown(app)
        await pilot.press("space")
        await settled(pilot)
        form = app.screen
        assert isinstance(form, RecordForm) and form.current == "kind" and events(app) == (Event(),)
        await pilot.press("1", "n", "space")
        await settled(pilot)
        await typed(pilot, "1 June 2027")
        await pilot.press("space")
        await settled(pilot)
        await typed(pilot, "a new [b]ledger")
        platform = Event(date(2027, 6, 1), "system_change", "a new [b]ledger")
        assert app.screen is app.workspace and events(app) == (platform,)
        assert "System change 1 Jun 2027, a new [b]ledger" in questions(app)
        app.workspace.sheet("questions").point(("event", "0"))
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("2", "escape")
        await settled(pilot)
        assert events(app)[0].kind == "acquisition"
        await pilot.press("x")
        assert events(app) == () and "removed: acquisition; u brings it back" in app.workspace.message
        await pilot.press("u", "u")
        assert events(app) == (platform,)
        app.workspace.session.write()
        (draft,) = store.drafts.folder.glob("*.toml")
        assert b"2027-06-01" in draft.read_bytes()


async def test_a_change_that_is_opened_can_be_taken_away_in_its_form(make_app: Make) -> None:
    app = make_app(example=bureau("none", Event(date(2027, 6, 1), "acquisition"), Event(kind="system_change")))
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.sheet("questions").point(("event", "0"))
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("D")
        await settled(pilot)
        assert app.screen is app.workspace and events(app) == (Event(kind="system_change"),)


@pytest.mark.parametrize(
    ("profile", "line", "says"),
    [
        (bureau("migration"), ("event", ""), "the change of systems moves no period, as its day is not known"),
        (bureau("acquisition"), ("event", ""), "the acquisition moves no period, as its day is not known"),
        (
            bureau("none", Event(date(2027, 6, 1), "acquisition"), Event(kind="system_change", about="a ledger")),
            ("event", "1"),
            "the change of systems (a ledger) moves no period, as its day is not known",
        ),
        (bureau("none", Event(date(2027, 6, 1))), ("event", "0"), "as what changes is not known"),
    ],
)
async def test_where_the_plan_lacks_the_day_of_a_change_the_next_key_leads_to_its_line(
    make_app: Make, profile: Profile, line: Tag, says: str
) -> None:
    app = make_app(example=profile)
    async with app.run_test(size=(120, 36)) as pilot:
        assert await led_to(app, pilot) == line
        assert says in app.workspace.message and "opens it" in app.workspace.message
        steps = [entry.text for entry in app.workspace.state.answer.card.next]
        assert "Record what changes and on which day: until then the plan leaves it out." in steps


async def test_the_day_that_was_lacking_ends_what_is_assumed(make_app: Make) -> None:
    app = make_app(example=bureau("migration"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert await led_to(app, pilot) == ("event", "")
        await pilot.press("enter")
        await settled(pilot)
        assert events(app) == (Event(kind="system_change"),), "what was answered is not asked for again"
        await pilot.press("n", "space")
        await settled(pilot)
        await typed(pilot, "2027-06-01")
        await pilot.press("escape")
        await settled(pilot)
        assert "no other question matters any more" in await told(app, pilot)
        assert not [a for a in app.workspace.state.answer.plan.assumed if a.key.startswith("events.")]


def questions(app: SocuiApp) -> str:
    """The words of the pane of the questions."""
    lines = app.workspace.sheet("questions").lines
    return " ".join(" ".join("".join(span.text for span in line.spans) for line in lines).split())


async def told(app: SocuiApp, pilot: Pilot[None]) -> str:
    """What n says."""
    await led_to(app, pilot)
    return app.workspace.message


async def test_a_record_beside_another_answer_is_said_to_count(make_app: Make) -> None:
    app = make_app(example=bureau("none", Event(date(2027, 6, 1), "acquisition")))
    async with app.run_test(size=(120, 60)) as pilot:
        app.workspace.answering.go("service_changes")
        await settled(pilot)
        assert "Counts: acquisition, as recorded (answered: no change)." in questions(app)
        app.workspace.answering.go("role")
        await settled(pilot)
        assert "Changes ahead acquisition, as recorded (answered: no change)" in questions(app)


async def test_a_what_if_counts_a_change_of_records(make_app: Make) -> None:
    app = make_app(example=bureau())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w")
        state = app.workspace.state
        state.change(state.profile.with_listed(Event, 0, Event(date(2027, 6, 1), "system_change")))
        assert state.moved.changes == 1
