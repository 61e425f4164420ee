"""The interview: it begins with what happened, and requests are lines that one can open, edit, add to and remove."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from seen import later, settled, shown, until
from textual.widgets import Input, TextArea

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.record_labels import FORMS
from socui.profiles.record_words import request_title, request_words
from socui.profiles.records import FIELD_WORDS, FIELDS, Event, Evidence, ReportHeld, Request
from socui.profiles.store import Store
from socui.screens.dialogs import NoteDialog, ProfileDialog, TextDialog
from socui.screens.request_reading import RequestReading
from socui.screens.widgets.recommendation import plain
from socui.screens.workspace.record_form import RecordForm

Make = Callable[..., SocuiApp]


def requests(app: SocuiApp) -> tuple[Request, ...]:
    """The requests of the profile in work."""
    return app.workspace.session.profile.requests


@pytest.mark.parametrize("kind", [Request, ReportHeld, Event, Evidence])
def test_the_form_asks_for_every_field_and_offers_every_value_once(kind: type) -> None:
    """A value that a file may hold and a form cannot say would be lost on the way through the screen."""
    asked = {name for field in FORMS[kind] for name in (field.name, field.day) if name}
    assert asked == FIELDS[kind].keys() - {"id"}
    for field in FORMS[kind]:
        offered = [value for value, _ in field.options]
        assert len(set(offered)) == len(offered)
        if field.name in FIELD_WORDS[kind]:
            assert set(offered) == set(FIELD_WORDS[kind][field.name]), field.name


async def test_one_key_records_the_first_request_with_its_reader(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "What happened?" in shown(app)
        await pilot.press("1")
        await settled(pilot)
        (request,) = requests(app)
        assert (request.id, request.reader) == ("r1", "security") and isinstance(app.screen, NoteDialog)
        assert app.workspace.session.profile.answers == {"role": "provide"}


async def test_the_words_keep_their_lines_and_the_form_asks_the_rest(make_app: Make, store: Store) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2")
        await settled(pilot)
        app.screen.query_one(TextArea).insert("Dear vendor,\nplease send your SOC 1")
        later(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RequestReading))
        await pilot.press("escape")  # nothing of what was read
        await settled(pilot)
        form = app.screen
        assert isinstance(form, RecordForm) and form.current == "asked_by"
        assert requests(app)[0].asks == ()
        later(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, TextDialog)
        app.screen.query_one(Input).value = "Merchant [EU] Inc."
        later(app)
        await pilot.press("enter")
        await settled(pilot)
        assert form.current == "asks", "what a field says already is passed over: the start told the reader"
        await pilot.press("2", "n", "1", "n", "1", "n", "1", "n", "2", "escape")
        await settled(pilot)
        (request,) = requests(app)
        assert request.words == "Dear vendor,\nplease send your SOC 1" and request.asked_by == "Merchant [EU] Inc."
        assert (request.reader, request.asks, request.subject) == ("finance", ("soc1",), "amounts")
        assert (request.type, request.force, request.needed) == ("type2", "contract", "3_6m")
        assert app.screen is app.workspace and "Merchant [EU] Inc." in shown(app)
        app.workspace.session.write()
        (draft,) = store.drafts.folder.glob("*.toml")
        assert b"Merchant [EU] Inc." in draft.read_bytes()


async def test_requests_are_opened_changed_removed_and_brought_back(make_app: Make) -> None:
    one = Request("r1", asked_by="Merchant Inc.", asks=("soc1",))
    app = make_app(example=Profile(answers={"role": "provide"}, requests=(one,)))
    async with app.run_test(size=(120, 36)) as pilot:
        sheet = app.workspace.sheet("questions")
        await pilot.press("g", "space")
        await settled(pilot)
        assert isinstance(app.screen, RecordForm) and app.screen.current == "words"
        app.screen._go("type")
        await pilot.press("1", "escape")
        await settled(pilot)
        assert requests(app)[0].type == "type2"
        sheet.point(("request", "r1"))
        await pilot.press("x")
        assert requests(app) == ()
        await pilot.press("u", "u")
        assert requests(app) == (one,)
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert [r.id for r in requests(app)] == ["r1", "r2"] and app.screen is app.workspace


async def test_a_day_and_a_band_take_each_other_away_and_a_wrong_day_is_said(make_app: Make) -> None:
    app = make_app(example=Profile(requests=(Request("r1", needed="3_6m"),)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("g", "space")
        await settled(pilot)
        form = app.screen
        assert isinstance(form, RecordForm)
        form._go("needed")
        await pilot.press("6")
        await settled(pilot)
        for text, right in (("next spring", False), ("2027-03-15", True)):
            assert isinstance(app.screen, TextDialog)
            app.screen.query_one(Input).value = text
            later(app)
            await pilot.press("enter")
            await settled(pilot)
            assert (app.screen is form) == right
        assert (requests(app)[0].needed_by, requests(app)[0].needed) == (date(2027, 3, 15), "")
        form._go("needed")
        await pilot.press("1")
        assert (requests(app)[0].needed_by, requests(app)[0].needed) == (None, "under_3m")


async def test_reports_held_and_evidence_have_forms_too(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.sheet("questions").point(("held", ""))
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("2", "n", "2", "escape")
        await settled(pilot)
        assert app.workspace.session.profile.reports_held == (ReportHeld("soc2", "type2"),)
        app.workspace.sheet("questions").point(("evidence",))
        await pilot.press("space")
        await settled(pilot)
        app.screen.query_one(Input).value = "2026-07-01"
        later(app)
        await pilot.press("enter")
        await settled(pilot)
        assert app.workspace.session.profile.evidence == Evidence(date(2026, 7, 1))
        assert "1 Jul 2026" in shown(app).replace("01 Jul", "1 Jul")


@pytest.mark.parametrize(
    ("key", "role", "count"), [("5", "provide", 0), ("6", "obtain", 0), ("7", None, 0), ("4", "provide", 1)]
)
async def test_every_beginning_leads_on(make_app: Make, key: str, role: str | None, count: int) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(key)
        await settled(pilot)
        assert app.workspace.session.profile.answers.get("role") == role and len(requests(app)) == count
        assert "What happened?" not in shown(app)


async def test_a_settled_result_says_so_and_what_is_left(make_app: Make) -> None:
    from socui.profiles.examples import example

    app = make_app(example=replace(example("saas-deal"), evidence=Evidence()))
    async with app.run_test(size=(120, 36)) as pilot:
        assert app.workspace.state.advice.settled
        assert app.workspace.state.navigation.fixing() == ["controls_age"], "as the plain prompts count"
        stop = " ".join(plain(app.workspace.sheet("questions").pin).split())
        assert stop.startswith("✓ Which report: settled. 1 more answer fixes Type and dates")
        app.workspace.state.go("role")  # however far up or down it stands
        await pilot.press("n")
        assert app.workspace.state.current == "controls_age"
        assert "plan" in app.workspace.state.advice.states[str(app.workspace.state.current)].purposes


def test_a_request_in_a_line_says_what_is_known_and_no_more() -> None:
    assert (request_title(Request("r1")), request_words(Request("r1"))) == ("Somebody", "")
    request = Request("r1", "A\x1b[2J", "security", ("soc2", "iso27001"), True, type="type2", force="deal")
    assert request_title(request) == "A\u241b[2J"
    assert request_words(request) == "SOC 2 or ISO 27001, Type 2, a sale waits"


async def test_a_pasted_request_is_read_and_confirmed_with_four_keys(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await settled(pilot)
        app.screen.query_one(TextArea).insert(
            "We are your client's auditors. Please send the SOC 1 Type 2 by 5 March 2027."
        )
        later(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RequestReading))
        later(app)
        await pilot.press("enter")
        await settled(pilot)
        (request,) = requests(app)
        assert (request.reader, request.asks, request.type) == ("user_auditor", ("soc1",), "type2")
        assert request.needed_by == date(2027, 3, 5) and request.words.startswith("We are your client's")
        await pilot.press("u")
        await settled(pilot)
        assert requests(app)[0].asks == ()


async def test_a_request_says_what_it_leaves_open_and_still_decides(make_app: Make) -> None:
    unnamed = Request("r1", asked_by="A partner", reader="client", asks=("soc_unnamed",))
    app = make_app(example=Profile(answers={"role": "provide", "more_requests": "no"}, requests=(unnamed,)))
    async with app.run_test(size=(120, 36)):
        fields = app.workspace.state.navigation.deciding_fields()
        assert "subject" in fields["r1"]
        app.workspace.sheet("questions").action_first()
        lines = " ".join("".join(s.text for s in li.spans) for li in app.workspace.sheet("questions").lines[:4])
        assert "◆ A partner" in lines and "open:" in lines and "about" in lines


async def test_what_the_plan_lacks_leads_to_the_form_that_has_it(make_app: Make) -> None:
    """A line of the answer card that a record answers opens that record; no key of a plan ends the app."""
    app = make_app(example=examples()["saas-deal"])
    async with app.run_test(size=(120, 40)) as pilot:
        screen, (request, *_) = app.workspace, app.workspace.state.profile.requests
        for key in (
            f"requests.{request.id}.needed_by",
            "requests.gone",
            "reports_held.soc1.to",
            "evidence.since",
            "events.date",
            "events.kind",
            "needed_by",
        ):
            assert screen.records.lead_to(key), key
            await settled(pilot)
            assert any(isinstance(opened, RecordForm) for opened in app.screen_stack), key
            while app.screen is not screen:
                await pilot.press("escape")
                await settled(pilot)
        assert not screen.records.lead_to("no_such_key")


async def test_the_day_of_clients_year_end_is_asked_for_where_it_stands(make_app: Make) -> None:
    example = examples()["payroll-bureau"]
    answers = {**example.answers, "client_year_end": "other_single"}
    requests = tuple(replace(r, fiscal_year_end=None, period=None) for r in example.requests)
    app = make_app(example=replace(example, answers=answers, requests=requests, dates={}))
    async with app.run_test(size=(120, 40)) as pilot:
        (missing,) = app.workspace.state.answer.plan.missing
        assert missing.key == "dates.year_end" and app.workspace.records.lead_to(missing.key)
        await settled(pilot)
        assert isinstance(app.screen, ProfileDialog) and app.screen.query("#year_end")
