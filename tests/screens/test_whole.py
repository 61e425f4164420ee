"""What the design says is whole is whole: no answer, name or headline is cut, and what does not fit together comes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from seen import settled, shown
from textual import events

from socui.app import SocuiApp
from socui.deciding.decide import Decider
from socui.planning.plan_for import plan_for
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.records import Evidence, Request
from socui.profiles.session import Session
from socui.profiles.store import Store
from socui.reports.card import card
from socui.reports.card_lines import card_rows
from socui.screens.library.screen import Library
from socui.screens.widgets.answer_card import pinned_lines
from socui.screens.widgets.lines import width_of
from socui.screens.widgets.plan_lines import chart_lines
from socui.screens.widgets.questionnaire import question_lines
from socui.screens.widgets.recommendation import plain
from socui.screens.widgets.record_lines import records_lines
from socui.screens.workspace.bars import headline_line
from socui.screens.workspace.state import WorkspaceState

Make = Callable[..., SocuiApp]
TODAY = date(2026, 11, 23)
ODD = Profile(
    answers={
        "role": "provide",
        "customer_types": ("organizations",),
        "delivery_model": ("saas",),
        "financial_activities": ("payroll",),
        "financial_link": (),
        "entrusted": (),
    }
)
"""A hosted payroll service of which nothing reaches clients' books, and which holds nothing."""


@pytest.mark.parametrize("name", examples())
@pytest.mark.parametrize("width", [36, 42, 58, 76])
def test_answers_names_and_headlines_are_whole(decider: Decider, store: Store, name: str, width: int) -> None:
    profile = examples(TODAY)[name]
    advice, plan = decider.advise(profile, TODAY), plan_for(decider, profile, TODAY)
    for current in (None, "role"):
        lines = question_lines(decider.knowledge, advice, profile, width, current)
        assert all(width_of(line.spans) <= width for line in lines) and "…" not in plain(lines)
    drawn = plain(chart_lines(plan, width))
    assert "…" not in drawn
    state = WorkspaceState(Session(store, decider.knowledge, profile), decider, lambda: TODAY)
    headline = headline_line(state, max(width, 60))
    assert "…" not in plain([headline]) and width_of(headline.spans) <= max(width, 60)


@pytest.mark.parametrize("name", examples())
@pytest.mark.parametrize("height", [4, 6, 9, 14, 40])
def test_what_is_below_the_pinned_card_begins_with_the_name_of_a_row(decider: Decider, name: str, height: int) -> None:
    profile = examples(TODAY)[name]
    plan = plan_for(decider, profile, TODAY)
    answer, texts = card(decider.knowledge, profile, decider.advise(profile, TODAY), plan), decider.knowledge.texts
    pin, rest = pinned_lines(answer, texts, 70, height)
    labels = {row.label for row in card_rows(answer, texts)} | {texts["card.label.in_time"]}
    assert not any(line.stop for line in pin), "a cursor comes to no pinned line"
    if rest:
        assert any(plain([rest[0]]).startswith(f" {label}") for label in labels)
    everything = " ".join(plain([*pin, *rest]).split())
    for row in card_rows(answer, texts):
        for entry in row.entries:
            assert " ".join(entry.text.split()) in everything.replace(" 1 ", " ") or entry.text[:30] in everything


async def test_what_does_not_fit_together_comes_first_and_each_answer_is_one_key_away(make_app: Make) -> None:
    app = make_app(example=ODD)
    async with app.run_test(size=(120, 36)) as pilot:
        workspace = app.workspace
        workspace.focus_pane(2)
        await pilot.pause()
        sheet = workspace.sheet("recommendation")
        first = plain([*sheet.pin, *sheet.lines]).split("\n")[0]
        assert first.strip().startswith("Check these answers first")
        ids = list(dict.fromkeys(q for c in workspace.state.advice.contradictions for q in c.questions))
        assert [line.tag for line in sheet.lines if line.stop][: len(ids)] == [("goto", id) for id in ids]
        opened = []
        for _ in range(len(ids) + 1):
            await pilot.press("exclamation_mark")
            opened.append(workspace.state.current)
        assert opened == [*ids, ids[0]] and workspace.pane == 0
        marked = [line for line in workspace.sheet("questions").lines if line.spans and "!" in line.spans[0].text]
        assert len(marked) == len(ids) - 1, "and the open one"


async def test_the_cursor_passes_two_rows_of_the_card_that_lead_to_the_same_question(make_app: Make) -> None:
    """What is assumed stands twice, in its own row and among the steps: the cursor was caught between them."""
    app = make_app(example=replace(examples(TODAY)["saas-deal"], evidence=Evidence()))
    async with app.run_test(size=(80, 24)) as pilot:
        app.workspace.focus_pane(2)
        await pilot.pause()
        sheet = app.workspace.sheet("recommendation")
        rows = [line.tag for line in sheet.lines if line.stop][:4]
        assert len({tag[:2] for tag in rows[:3]}) < 3, "two lines that lead to one question"
        for _ in range(12):  # where the next line is out of sight, the key scrolls towards it
            await pilot.press("j")
            assert shown(app).count("›") <= 1, "one cursor"
        assert sheet.cursor not in rows[:3]
        await pilot.press(*"k" * 30)
        assert sheet.cursor == rows[0] and sheet._near == sheet._stops.rows[0]


async def test_where_all_fits_the_key_says_so(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.workspace.state.current
        await pilot.press("exclamation_mark")
        assert app.workspace.state.current == before and "all answers fit together" in shown(app)


async def test_the_preview_of_the_list_scrolls_by_keys(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "o")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Library)
        screen.browser.sheet.point(("example", "fintech-payments"))
        while not screen.browser.peek.settled:
            await settled(pilot)
        await pilot.press("tab")
        assert screen.browser.peek.has_focus and screen.browser.peek.scroll_offset.y == 0
        await pilot.press("pagedown")
        assert screen.browser.peek.scroll_offset.y > 0
        await pilot.press("tab")
        assert screen.browser.sheet.has_focus
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert app.workspace.session.profile.organization == examples()["fintech-payments"].organization


async def test_the_table_has_room_for_a_sentence_about_the_user(make_app: Make) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        assert app.workspace.sheet("comparison").room >= 100
        assert app.workspace.sheet("recommendation").size.height >= 20


async def test_answers_out_of_sight_are_named_on_the_frame(make_app: Make) -> None:
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=(80, 24)) as pilot:
        app.workspace.answering.go("financial_activities")
        await settled(pilot)
        frame = shown(app).splitlines()[-2]
        assert "more · L None of these · M Not sure" in frame
        await pilot.press("G")
        app.workspace.answering.go("role")
        await settled(pilot)
        assert "more" not in shown(app).splitlines()[-2]


@pytest.mark.parametrize("width", [80, 100, 120])
async def test_the_header_cuts_the_service_before_the_name_and_the_count(make_app: Make, width: int) -> None:
    service = "Payroll for employers of up to two hundred people"
    app = make_app(example=replace(examples()["payroll-bureau"], service=service))
    async with app.run_test(size=(width, 36)) as pilot:
        await settled(pilot)
        top = shown(app).splitlines()[0]
        assert " Example Pay Bureau, Inc. " in top and " answered · " in top
        assert "Payroll for employers" in top


async def test_a_long_name_is_whole_in_the_header_with_a_shorter_count(make_app: Make) -> None:
    name = "Northern Settlement and Clearing Corporation of North America, National Association"
    app = make_app(example=replace(examples(TODAY)["fintech-payments"], organization=name))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        top = shown(app).splitlines()[0]
        assert f" {name} " in top and "27/30 · result settled · new" in top


async def test_a_number_that_no_answer_has_says_where_they_end(make_app: Make) -> None:
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.answering.go("role")
        before = app.workspace.state.profile
        await pilot.press("9")
        await settled(pilot)
        assert app.workspace.state.profile is before
        assert "the answers end at 5" in shown(app).splitlines()[-1]


@pytest.mark.parametrize("key", ["question_mark", "f", "colon"])
async def test_no_letters_of_the_work_stand_beside_a_screen_of_its_own(make_app: Make, key: str) -> None:
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(key)
        await settled(pilot)
        assert app.screen.styles.background.a == 1


async def test_what_is_told_above_another_screen_stands_in_its_last_line_or_waits(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("V")
        await settled(pilot)
        app.notify("a word", markup=False)
        await settled(pilot)
        assert "a word" in shown(app).splitlines()[-1] and not app._notifications
        await pilot.press("escape", "question_mark")
        await settled(pilot)
        app.notify("another word", markup=False)
        app.workspace.notices._end("another word")
        await pilot.press("escape")
        await settled(pilot)
        assert "another word" in shown(app) and not app._notifications


def test_what_is_assumed_is_called_so_once_and_a_name_ends_a_sentence_with_one_stop(decider: Decider) -> None:
    request = Request("r1", asked_by="Merchant, Inc.", reader="user_auditor", asks=("soc1",), force="contract")
    profile = replace(examples(TODAY)["claims-administrator"], requests=(request,))
    drawn = plain(chart_lines(plan_for(decider, profile, TODAY), 100))
    assert drawn.count("Assumed: Merchant, Inc. set no date") == 1 and "Assumed: Assumed" not in drawn
    sentence = decider.advise(profile, TODAY).sentence
    assert "required by Merchant, Inc." in sentence and ".." not in sentence


@pytest.mark.parametrize("width", [36, 58, 76])
def test_a_request_says_whole_who_asked(width: int) -> None:
    who = "Jordan Lindqvist, VP Third-Party Risk, Merchant Financial Holdings, Inc."
    text = plain(records_lines(Profile(requests=(Request("r1", asked_by=who, asks=("soc2",)),)), width))
    assert who in " ".join(text.split()) and max(map(len, text.split("\n"))) <= width


async def test_a_note_keeps_pasted_lines_and_says_where_it_belongs(make_app: Make) -> None:
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.state.current = None
        await pilot.press("t")
        await settled(pilot)
        assert "no question is open" in shown(app).splitlines()[-1]
        app.workspace.answering.go("role")
        await pilot.press("t")
        await settled(pilot)
        app.post_message(events.Paste("Dear vendor,\nplease send your SOC 1"))
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.workspace.state.profile.notes["role"] == "Dear vendor,\nplease send your SOC 1"
