"""What has to be in sight, at the sizes that people have: the answer, the table, and nothing cut in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from base import DECIDER, KNOWLEDGE
from msgspec.structs import replace
from seen import settled, shown

from socui.app import SocuiApp
from socui.deciding.advice import REPORTS
from socui.planning.plan_for import plan_for
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.records import Request
from socui.reports.card import Card, CardEntry, CardReport, card
from socui.screens.terminal_size import MOST_PAINTED
from socui.screens.widgets.answer_card import card_lines, pinned_lines
from socui.screens.widgets.comparison import ARTICLE, TABLE_FROM, columns, comparison_lines, touches, verdict, you
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import wrap
from socui.screens.widgets.recommendation import plain

Make = Callable[..., SocuiApp]
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("name", sorted(examples()))
async def test_all_rows_of_the_article_are_in_sight_and_no_cell_is_cut(make_app: Make, name: str) -> None:
    app = make_app(example=examples()[name])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab")
        await settled(pilot)
        sheet = app.workspace.sheet("comparison")
        first = [line.tag[1] for line in sheet.lines if line.stop][:ARTICLE]
        assert set(first) == {row.id for row in KNOWLEDGE.rows[:ARTICLE]}
        end = next(i for i, line in enumerate(sheet.lines) if line.stop and line.tag[1] not in first)
        assert end + len(sheet.pin) <= sheet.size.height, "the seven rows"
        assert "…" not in plain(sheet.lines)


def test_every_phrase_is_whole_in_two_lines_and_touched_rows_come_first(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide", "audited_clients": "many"}))
    decider = app.decider
    profile = Profile(answers={"role": "provide", "audited_clients": "many"})
    advice = decider.advise(profile)
    for width in (68, 71, 96):
        sizes = columns(width)
        for row in KNOWLEDGE.rows:
            for text, size in ((row.soc1, sizes[1]), (row.soc2, sizes[2])):
                lines = wrap_text(text, size)
                assert len(lines) <= 3 and " ".join(lines) == text, (row.id, width)
        lines = comparison_lines(KNOWLEDGE, advice, profile, width, ())
        assert next(line.tag for line in lines if line.stop) == ("row", "expectation")


def wrap_text(text: str, width: int) -> list[str]:
    """A text in lines."""
    from socui.screens.widgets.lines import Span

    return ["".join(s.text for s in row) for row in wrap((Span(text),), width)]


def test_the_sentence_about_the_user_names_who_asked_and_what_it_speaks_for(make_app: Make) -> None:
    decider = make_app().decider
    users = next(row for row in KNOWLEDGE.rows if row.id == "users")
    profile = Profile(requests=(Request("r1", asked_by="Merchant Inc., audit team", asks=("soc1",)),))
    (touch,) = touches(KNOWLEDGE, decider.advise(profile), profile, users)
    assert "".join(s.text for s in you(touch, 40)) == "Merchant Inc. asked: SOC\u00a01"
    (other,) = touches(KNOWLEDGE, decider.advise(nobody := Profile(requests=(Request("r1"),))), nobody, users)
    assert "".join(s.text for s in you(other, 40)) == "Somebody asked"
    assert touches(KNOWLEDGE, decider.advise(Profile()), Profile(), users) == [], "blank where there is nothing"
    assert touch.report in REPORTS


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (120, 36), (160, 50), (200, 60)])
async def test_the_answer_is_never_scrolled_away(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=size) as pilot:
        app.workspace.focus_pane(2)
        await settled(pilot)
        await pilot.press("G")
        await settled(pilot)
        answer = " ".join(shown(app).replace("│", " ").split())
        assert "needs a SOC 1 Type 2 report and" in answer and "Period" in answer and "In hand" in answer
        sheet = app.workspace.sheet("recommendation")
        assert len(sheet.pin) <= sheet.size.height - 2, "room to read"
        assert max(len(line) for line in plain(sheet.lines).split("\n")) <= 100


def test_what_does_not_fit_at_the_top_stands_below_it_and_nothing_is_lost_or_said_twice() -> None:
    texts = KNOWLEDGE.texts
    report = CardReport(
        report="soc1",
        name="SOC 1 Type 2",
        certainty="Yes",
        type="type2",
        begins=None,
        ends=None,
        as_of=None,
        look_back=False,
        in_hand=(),
        period="",
        then="",
        fee=CardEntry("USD 1"),
        held="",
    )
    steps = (CardEntry("Write to them."), CardEntry("Ask two firms."))
    card = Card(
        "You need it.", "settled", True, {}, (), (CardEntry("Too late for A."),), (report,), (), (), (), (), (), steps
    )
    whole = plain(card_lines(card, texts, 60)).split("\n")
    for height in range(2, len(whole) + 1):
        pin, rest = pinned_lines(card, texts, 60, height)
        assert len(pin) <= height
        both = plain([*pin, *rest])
        for words in ("You need it.", "Too late for A.", "USD 1", "Write to them.", "Ask two firms."):
            assert both.count(words) == 1, (height, words)
    assert "Too late" in plain(pinned_lines(card, texts, 60, 2)[0]), "what is urgent has room first"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 50)])
@pytest.mark.parametrize("keys", [(), ("tab",), ("tab", *"jjjjjjjj"), ("tab", "enter"), ("tab", "tab")], ids="/".join)
async def test_no_row_of_the_table_is_cut_at_an_edge(
    make_app: Make, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)
        sheet = app.workspace.sheet("comparison")
        if not sheet.display or not sheet.size.height:
            return
        seen = range(sheet.scroll_offset.y, sheet.scroll_offset.y + sheet.size.height - len(sheet.pin))
        painted = [y for y in seen if sheet.render_line(y - seen.start + len(sheet.pin)).text.strip()]
        tags = {sheet.lines[y].tag for y in painted} - {()}
        for tag in tags:
            rows = [y for y, line in enumerate(sheet.lines) if line.tag == tag]
            if len(rows) <= len(seen) and sheet.room >= TABLE_FROM:
                assert set(rows) <= set(seen), tag
        below = sum(line.stop for line in sheet.lines[max(painted, default=0) + 1 :])
        words = str(sheet._border_subtitle or "")
        assert words.startswith(f"↓ {below} more row") if below else not words


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (120, 36), (120, 40), (160, 50)])
@pytest.mark.parametrize("name", ["fintech-payments", "payroll-bureau", "saas-deal"])
async def test_the_recommendation_begins_with_its_first_row(make_app: Make, name: str, size: tuple[int, int]) -> None:
    """Its first heading, where the cursor comes to, may be further down than there is room."""
    app = make_app(example=examples()[name])
    async with app.run_test(size=size) as pilot:
        await pilot.press("tab", "tab")
        await settled(pilot)
        sheet = app.workspace.sheet("recommendation")
        assert sheet.has_focus and sheet.scroll_offset.y == 0
        await pilot.press("G", "g")
        assert sheet.scroll_offset.y == 0
        app.workspace.leading.result()
        await settled(pilot)
        app.workspace.panes.work_out_late()
        await settled(pilot)
        assert sheet.scroll_offset.y == 0
        await pilot.press("w", "n", "2", "tab", "tab")
        await settled(pilot)
        assert sheet.has_focus and sheet.scroll_offset.y == 0, "and in a what-if"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36)])
@pytest.mark.parametrize("name", ["fintech-payments", "payroll-bureau", "saas-deal"])
async def test_an_answer_that_is_chosen_stays_whole_in_sight(make_app: Make, name: str, size: tuple[int, int]) -> None:
    """What it brings about may take rows above it."""
    app = make_app(example=examples()[name])
    async with app.run_test(size=size) as pilot:
        sheet = app.workspace.sheet("questions")
        for _ in range(4):
            await pilot.press("G", "enter")
            await settled(pilot)
            rows = [y for y, line in enumerate(sheet.lines) if line.tag == sheet.cursor]
            end = sheet.scroll_offset.y + sheet.size.height - len(sheet.pin)
            assert sheet.scroll_offset.y <= rows[0] and rows[-1] < end
            await pilot.press("p")


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_glyph_of_a_verdict_says_the_same_as_its_word(name: str) -> None:
    """Found by a user: "○ no", where a circle stands for "probably not"."""
    words = {"▲": {"yes, required"}, "?": {"open: ask first"}, "·": {"open"}, "●": {"yes", "probably"}}
    words |= {"○": {"probably not", "probably keep the one held"}, "–": {"no", "keep the one held"}}
    whole = examples()[name]
    for answered in range(len(whole.answers) + 1):
        profile = replace(whole, answers=dict([*whole.answers.items()][:answered]))
        for report in REPORTS:
            glyph, word = verdict(DECIDER.advise(profile, TODAY), report).split(" ", 1)
            assert word in words[glyph]


@pytest.mark.parametrize("name", ["saas-deal", "payroll-bureau"])
def test_no_two_rows_of_the_card_are_the_same_place(name: str) -> None:
    """Two cursors stood there where what is open and what is assumed lead to one question."""
    whole = examples()[name]
    for answered in range(len(whole.answers)):
        profile = replace(whole, answers=dict([*whole.answers.items()][:answered]))
        advice = DECIDER.advise(profile, TODAY)
        lines = card_lines(card(KNOWLEDGE, profile, advice, plan_for(DECIDER, profile, TODAY)), KNOWLEDGE.texts, 80)
        tags = [line.tag for line in lines if line.stop]
        assert len(tags) == len(set(tags))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_words_below_the_plan_can_be_read_to_their_end_by_keys(make_app: Make, size: tuple[int, int]) -> None:
    """And who says so is named there, as everywhere on the screen."""
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=size) as pilot:
        await pilot.press("P")
        await settled(pilot)
        chart, step = app.screen.query_one("#chart", Sheet), app.screen.query_one("#step", Sheet)
        words = plain(step.lines)
        assert len(step.lines) > step.size.height and "[F-" not in words and "[]" not in words and "[" in words
        await pilot.press("tab", *["down"] * 60)
        await settled(pilot)
        last = next(line for line in reversed(plain(step.lines).splitlines()) if line)
        assert step.has_focus and last.strip() in shown(app)
        await pilot.press("tab", "down")
        await settled(pilot)
        assert chart.has_focus and step.scroll_offset.y == 0


@pytest.mark.parametrize("name", ["payroll-bureau", "managed-it"])
async def test_the_top_line_counts_what_can_change_the_result_as_the_card_does(make_app: Make, name: str) -> None:
    """Found by a user: twelve above and thirteen below, where a request does not say how firm it is."""
    whole, counted = examples()[name], set[bool]()
    for answered in range(0, len(whole.answers), 3):
        requests = tuple(replace(request, force="") for request in whole.requests)
        profile = replace(whole, answers=dict([*whole.answers.items()][:answered]), requests=requests)
        app = make_app(example=profile)
        async with app.run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            top = re.search(r"(\d+) can still change the result", shown(app))
            below = re.search(
                r"\((\d+) answers? can still change", " ".join(shown(app).split("Recommendation ")[1].split())
            )
            if top and below:
                assert top[1] == below[1]
                counted.add(any("headline" in field.purposes for field in app.workspace.state.advice.fields))
    assert True in counted, "a request that leaves something out is among them"


async def test_no_size_that_a_terminal_claims_is_more_than_a_screen_has(make_app: Make) -> None:
    """65,535 columns and rows took five gigabytes and a minute and a half, in which no key was heard."""
    app = make_app()
    async with app.run_test(size=(3000, 1200)) as pilot:
        assert app.size == app.screen.size == MOST_PAINTED
        await pilot.resize_terminal(100_000, 40)
        assert app.size == app.screen.size == (MOST_PAINTED.width, 40)
        await pilot.resize_terminal(-5, 36)
        await pilot.resize_terminal(80, 24)
        assert app.size == app.screen.size == (80, 24)


async def test_a_notice_takes_rows_of_its_own_and_the_cursor_stays_in_sight(make_app: Make) -> None:
    """At 80 by 24, with the cursor in the last row: the line under it is read and chosen while the notice stands."""
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        await settled(pilot)
        cursor = next(line for line in shown(app).splitlines() if "›" in line)
        app.notify("first\nsecond\nthird", timeout=60)
        await settled(pilot)
        lines = shown(app).splitlines()
        assert cursor[:78] in {line[:78] for line in lines} and any("third" in line for line in lines)
        await pilot.press("space")
        await settled(pilot)
        assert "third" not in shown(app), "a change ends it"
