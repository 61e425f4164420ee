"""A pasted request on the screen: the text with its marks, the suggestions beside it, and what is taken of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import current_thread, main_thread

import pytest
from seen import later, settled, shown, until
from textual import events
from textual.widgets import Input

from socui.app import SocuiApp
from socui.asking.reading.accept import accepted, suggestion_words
from socui.asking.reading.reading import Reading, Suggestion, read_request
from socui.profiles.records import Request
from socui.screens.dialogs import TextDialog
from socui.screens.request_reading import RequestReading
from socui.screens.workspace.record_form import RecordForm

Make = Callable[..., SocuiApp]
MAIL = """Dear vendor,

we are the auditors of [bold]Merchant Inc.[/bold] Please send your SOC 1 Type 2 report
by March 5, 2027. A SOC 3 is not enough.
"""


def opened(app: SocuiApp, text: str = MAIL) -> list[tuple[Suggestion, ...] | None]:
    """Open the screen; what it gives is added to the list."""
    results: list[tuple[Suggestion, ...] | None] = []
    app.push_screen(RequestReading(text, read_request(text, date(2027, 1, 4))), results.append)
    return results


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_enter_takes_all_of_it(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        results = opened(app)
        await settled(pilot)
        seen = shown(app)
        for words in (
            "Their words",
            "[bold]Merchant Inc.[/bold]",
            "Take these 6",
            "SOC 1",
            "A client's auditor",
            "5 Mar 2027",
        ):
            assert words in seen, words
        await pilot.press("enter")
        await settled(pilot)
        assert results[0] == read_request(MAIL, date(2027, 1, 4)).suggestions
        request = accepted(Request(id="r1"), results[0], MAIL)
        assert (request.reader, request.asks, request.refused) == ("user_auditor", ("soc1",), ("soc3",))
        assert (request.type, request.needed_by, request.words) == ("type2", date(2027, 3, 5), MAIL)


@pytest.mark.parametrize(
    ("keys", "fields"), [(("enter",), {"asks"}), (("G", "space", "g", "enter"), {"asks", "reader"})]
)
async def test_what_rests_on_weak_evidence_is_asked_and_taken_by_one_key(
    make_app: Make, keys: tuple[str, ...], fields: set[str]
) -> None:
    asks = Suggestion("asks", "soc1", "SOC 1", MAIL.index("SOC 1"), MAIL.index("SOC 1") + 5, "soc1")
    reader = Suggestion(
        "reader", "user_auditor", "auditors", MAIL.index("auditors"), MAIL.index("auditors") + 8, "weights"
    )
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        results: list[tuple[Suggestion, ...] | None] = []
        app.push_screen(RequestReading(MAIL, Reading((asks,), (reader,))), results.append)
        await settled(pilot)
        assert "Take this 1" in shown(app) and "A client's auditor?" in shown(app)
        await pilot.press(*keys[:-1])
        await settled(pilot)
        assert ("A client's auditor?" in shown(app)) == (len(keys) == 1)
        await pilot.press(keys[-1])
        await settled(pilot)
        assert {s.field for s in results[0] or ()} == fields


async def test_each_is_left_out_or_changed_by_one_key(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        results = opened(app)
        await settled(pilot)
        await pilot.press("down", "space", "down", "c", "down", "down", "x")
        await settled(pilot)
        assert "(left out)" in shown(app) and "Take these 4" in shown(app)
        await pilot.press("x", "x", "g", "space")
        await settled(pilot)
        taken = {s.field: s.value for s in results[0] or ()}
        assert taken.keys() == {"reader", "asks", "type", "needed_by"}
        assert taken["reader"] == "finance"  # the one behind the auditor


async def test_a_day_is_changed_by_typing_another(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        results = opened(app)
        await settled(pilot)
        await pilot.press("G", "c")
        await settled(pilot)
        assert isinstance(app.screen, TextDialog)
        for typed in ("soon", "2027-03-12"):
            app.screen.query_one(Input).value = typed
            later(app)
            await pilot.press("enter")
            await settled(pilot)
        later(app)
        await pilot.press("g", "enter")
        await settled(pilot)
        assert {s.field: s.value for s in results[0] or ()}["needed_by"] == date(2027, 3, 12)


async def test_the_words_of_the_current_line_are_in_sight_and_marked(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        opened(app, "Hello\n" * 200 + MAIL)
        await settled(pilot)
        assert "SOC 1 Type 2" not in shown(app)
        await pilot.press("down", "down", "down")
        await settled(pilot)
        words = app.screen.query_one("#words")
        assert "SOC 1" in shown(app)
        assert any(span.style == "chip" and "SOC 1" in span.text for line in words.lines for span in line.spans)  # type: ignore[attr-defined]


async def test_escape_takes_nothing_and_hostile_text_acts_on_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        results = opened(app, "\x1b[2Jsend your SOC\u202e 2 report [/]\x00\n" * 3000)
        await settled(pilot)
        assert "\x1b" not in shown(app) and "\u202e" not in shown(app) and "more letters, all read" not in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert results == [None] and app._crash_text == ""


async def test_a_report_without_number_shows_the_question_to_send_back(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        opened(app, "Could you send your SOC report?")
        await settled(pilot)
        assert "Ask back: Do you need it for an audit" in shown(app)


def test_every_kind_of_suggestion_has_words() -> None:
    text = (
        "We are a customer of yours. Please send your SOC 2 (Security and Privacy) or ISO 27001, Type II, not older than "
        "12 months, for patient data, a bridge letter, period 1 January 2026 to 31 December 2026, for the year ended "
        "31 December 2026, by 1 March 2027, per our agreement. No SOC 3."
    )
    suggestions = read_request(text).suggestions
    assert {s.field for s in suggestions} >= {
        "side",
        "asks",
        "refused",
        "either",
        "type",
        "period",
        "needed_by",
        "bridge",
    }
    in_words = [suggestion_words(suggestion) for suggestion in suggestions]
    assert all(name and value for name, value in in_words)
    assert ("Oldest report", "12 months") in in_words


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_mail_pasted_into_the_workspace_is_a_request_within_ten_keys(
    make_app: Make, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        app.post_message(events.Paste(MAIL.replace("\n", "\r")))
        await until(pilot, lambda: isinstance(app.screen, RequestReading))
        await pilot.press("enter", "escape")
        await settled(pilot)
        (request,) = app.workspace.state.profile.requests
        assert (request.reader, request.asks, request.words) == ("user_auditor", ("soc1",), MAIL.strip())


async def test_a_mail_that_asks_for_a_vendors_report_makes_the_profile_collect_reports(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(events.Paste("Please get the SOC 1 of Abel Inc., which runs our payroll, by March 5, 2027."))
        await until(pilot, lambda: isinstance(app.screen, RequestReading))
        await pilot.press("enter", "escape")
        await settled(pilot)
        profile = app.workspace.state.profile
        assert profile.answers["role"] == "obtain" and profile.requests[0].needed_by == date(2027, 3, 5)


async def test_words_that_ask_for_nothing_are_kept_and_said_so(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(events.Paste("Lunch on Friday?\x1b[2J"))
        await until(pilot, lambda: "nothing in these words could be read" in shown(app))
        (request,) = app.workspace.state.profile.requests
        assert request.words == "Lunch on Friday?\u241b[2J"


async def test_the_form_is_seen_while_a_pasted_request_is_read(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    meanwhile: list[tuple[bool, str]] = []

    def watched(text: str, received: date | None) -> Reading:
        form = app.screen
        assert isinstance(form, RecordForm)
        meanwhile.append((current_thread() is main_thread(), form.message))
        assert not form.check_action("next", ()) and form.check_action("leave", ())
        return read_request(text, received)

    monkeypatch.setattr("socui.asking.reading.reading.read_request", watched)
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(events.Paste(MAIL))
        await until(pilot, lambda: isinstance(app.screen, RequestReading))
        assert meanwhile == [(False, "reading their words …")]
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, RecordForm) and "reading" not in app.screen.message
