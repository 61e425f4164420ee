"""The screens by what they do: keys in, profile, advice and files out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from socui.app import SocuiApp
from socui.knowledge.model import Knowledge
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens.library.screen import Library
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import Span, clip, wrap
from socui.screens.widgets.recommendation import plain
from socui.settings.commands import COMMANDS, keys_of

Make = Callable[..., SocuiApp]
HOSTILE = ("Acme [EU] Ltd [TBD]", "[/", "[@click=app.quit]x[/]", "a\x1b]52;c;eA==\x07b", "\x1b[2Jx", "Um\u202ebrella")


def shown(app: SocuiApp) -> str:
    """Every cell of the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip) for strip in strips)


async def settled(pilot: Pilot[object]) -> None:
    """Wait until the list has done what it was told."""
    await pilot.pause()
    async with pilot.app.screen.browser._turn:  # type: ignore[attr-defined]
        pass
    await pilot.pause()


async def saved(pilot: Pilot[object]) -> None:
    """Wait until the autosave is through."""
    await asyncio.sleep(1.0)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_an_answer_changes_the_headline_at_once(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        before = app.workspace.state.advice.sentence
        assert before[:40] in shown(app)
        await pilot.press("2")
        after = app.workspace.state.answer.card.title
        assert app.workspace.session.profile.answers == {"role": "obtain"}
        assert app.workspace.state.advice.sentence != before
        assert after[:40] in shown(app)


async def test_a_choice_stays_and_again_takes_it_back(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("space")
        assert app.workspace.state.current == "role"
        assert app.workspace.session.profile.answers["role"] == "provide"
        await pilot.press("enter")
        assert "role" not in app.workspace.session.profile.answers


async def test_several_answers_are_begun_until_one_moves_on(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("1")
        app.workspace.answering.go("customer_types")
        await pilot.press("1", "2")
        profile = app.workspace.session.profile
        assert profile.answers["customer_types"] == ("organizations", "other_providers")
        assert profile.begun == {"customer_types"}
        await pilot.press("n")
        assert app.workspace.session.profile.begun == frozenset()
        await pilot.press("1", "tab")
        assert app.workspace.session.profile.begun == frozenset()


async def test_unticking_everything_is_no_answer_but_none_of_these_is_one(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.answering.go("customer_types")
        await pilot.press("1", "1")
        assert "customer_types" not in app.workspace.session.profile.answers
        await pilot.press(str(len(knowledge.questions["customer_types"].options) + 1))
        assert app.workspace.session.profile.answers["customer_types"] == ()


async def test_an_answer_that_stands_alone_takes_the_others_away(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.answering.go("customer_types")
        await pilot.press("1", "2", "7")
        assert app.workspace.session.profile.answers["customer_types"] == ("internal_only",)
        await pilot.press("1")
        assert app.workspace.session.profile.answers["customer_types"] == ("organizations",)


async def test_a_tick_and_not_sure_take_each_other_away(make_app: Make) -> None:
    """The later one counts, and undo brings the one before back in one step."""
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.answering.go("customer_types")
        session, sheet = app.workspace.session, app.workspace.sheet("questions")
        await pilot.press("1", "2")
        ticked = session.profile
        sheet.point(("unsure", "customer_types"))
        await pilot.press("space")
        doubted = session.profile
        assert doubted.not_sure == {"customer_types"} and "customer_types" not in doubted.answers
        await pilot.press("u")
        assert session.profile == ticked
        await pilot.press("U", "1")
        profile = session.profile
        assert not profile.not_sure and profile.answers["customer_types"] == ("organizations",)
        assert (
            profile.begun == {"customer_types"} and app.workspace.state.advice.states["customer_types"].state == "begun"
        )
        await pilot.press("u")
        assert session.profile == doubted


async def test_undo_and_redo_cover_every_change(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("1")
        app.workspace.answering.go("customer_types")
        await pilot.press("1", "x", "3")
        after = app.workspace.session.profile
        await pilot.press("u", "u", "u", "u")
        assert app.workspace.session.profile == Profile()
        await pilot.press("u")
        assert app.workspace.session.profile == Profile()
        await pilot.press("U", "U", "U", "U")
        assert app.workspace.session.profile == after


async def test_no_widget_comes_or_goes_with_an_answer(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        before = list(app.screen.walk_children())
        await pilot.press("1")
        app.workspace.answering.go("customer_types")
        await pilot.press("1", "3", "n", "1", "u", "down", "space")
        assert list(app.screen.walk_children()) == before


async def test_the_cursor_starts_at_the_first_open_question(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = str(app.workspace.state.advice.next)
        tag = app.workspace.sheet("questions").cursor
        assert tag[:2] == ("option", first)
        await pilot.press("space")
        assert tag[2] in app.workspace.session.profile.answers[first]


async def test_arrows_go_through_all_questions_and_back(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        seen = [app.workspace.state.current]
        for _ in range(400):
            app.workspace.sheet("questions").move(1)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            if app.workspace.state.current != seen[-1]:
                seen.append(app.workspace.state.current)
        assert seen == app.workspace.state.navigation.order()
        assert set(seen) == {q.id for q in knowledge.questions.values() if not q.derived}
        await pilot.press("g")
        assert app.workspace.state.current is None and app.workspace.sheet("questions").cursor == ("request", "")


async def test_save_under_a_name_then_by_itself_and_reopen(make_app: Make, store: Store) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("1")
        await saved(pilot)
        assert "draft, kept" in shown(app)
        assert len(list(store.drafts.folder.glob("*.toml"))) == 1
        await pilot.press("s", *"Payroll", "tab", *"Acme", "enter")
        await pilot.pause()
        assert store.open("Payroll").profile.answers == {"role": "provide"}
        assert list(store.drafts.folder.glob("*.toml")) == []
        app.workspace.answering.go("customer_types")
        await pilot.press("1", "n")
        await saved(pilot)
        assert store.open("Payroll").profile.answers["customer_types"] == ("organizations",)
        assert "saved " in shown(app)
        await pilot.press("2", "q")
    assert app.return_code == 0
    assert store.open("Payroll").profile.answers["delivery_model"] == ("cloud_hosting",)


async def test_a_name_that_is_taken_is_refused_in_the_form(make_app: Make, store: Store) -> None:
    store.create(Profile(name="Payroll"))
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("s", *"payroll", "enter")
        await pilot.pause()
        assert "exists" in shown(app)
        await pilot.press("escape")
    assert len(store.heads()) == 1


async def test_a_file_changed_elsewhere_is_never_overwritten(make_app: Make, store: Store) -> None:
    opened = store.create(Profile(name="Payroll"))
    app = make_app(opened=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        other = store.save(replace(opened.profile, organization="Elsewhere"), opened.digest, opened.path)
        await pilot.press("1")
        await saved(pilot)
        assert "not saved" in shown(app)
        assert store.open("Payroll").digest == other.digest
        assert len(list(store.drafts.folder.glob("*.toml"))) == 1
        await pilot.press("s", "down", "enter")
        await pilot.pause()
        assert store.open("Payroll").profile.answers == {"role": "provide"}
        assert "not saved" not in shown(app)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_what_a_person_typed_is_shown_and_never_obeyed(
    make_app: Make, store: Store, text: str, size: tuple[int, int]
) -> None:
    bare = text.replace("\x1b", "␛").replace("\x07", "␇").replace("\u202e", "�")
    profile = Profile(name="Case", organization=text, service=text, notes={"role": text}, answers={"role": text})
    store.create(profile)
    app = make_app(example=profile)
    async with app.run_test(size=size) as pilot:
        app.workspace.answering.go("role")
        await pilot.pause()
        assert shown(app).count(bare) >= 2
        await pilot.click(Sheet, offset=(3, 2))
        await pilot.press("tab", "tab", "tab", "t")
        await pilot.pause()
        assert bare in shown(app)
        await pilot.press("escape", "s")
        await pilot.pause()
        assert bare in shown(app)
        await pilot.press("escape", "o")
        await settled(pilot)
        assert isinstance(app.screen, Library)
        if size[0] > 100:
            assert bare in shown(app)
        assert "\x1b" not in shown(app)
    assert app.return_code is None


async def test_profiles_open_copy_delete_and_come_back(make_app: Make, store: Store) -> None:
    store.create(Profile(name="Payroll", answers={"role": "provide"}))
    (store.root / "bad.toml").write_text("x = [")
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("o")
        await settled(pilot)
        assert "bad.toml" in shown(app)
        assert "not TOML" in shown(app)
        await pilot.press("A")
        await settled(pilot)
        assert "Payroll copy" in shown(app)
        await pilot.press("g", "x")
        await settled(pilot)
        assert len([h for h in store.heads() if h.opens]) == 1
        await pilot.press("u")
        await settled(pilot)
        assert len([h for h in store.heads() if h.opens]) == 2
        await pilot.press("slash", *"copy", "enter")
        assert "bad.toml" not in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.workspace.session.profile.name == "Payroll copy"
    assert (store.root / "bad.toml").read_text() == "x = ["


async def test_all_sizes_show_the_headline_or_say_what_is_needed(make_app: Make) -> None:
    for width, height in ((60, 18), (80, 24), (99, 30), (120, 29), (160, 50), (220, 60)):
        app = make_app()
        async with app.run_test(size=(width, height)) as pilot:
            await pilot.press("7")
            for _ in range(3):
                await pilot.pause()
                assert app.workspace.state.advice.sentence.split(";")[0][:30] in shown(app), (width, height)
                await pilot.press("tab")
    app = make_app()
    async with app.run_test(size=(50, 12)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        assert "needs 60x18, is 50x12: socui ask --plain" in shown(app)


async def test_a_row_opens_a_section_folds_and_why_is_told(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("7")
        await pilot.press("2", "tab")
        before = len(app.workspace.sheet("comparison").lines)
        await pilot.press("enter")
        assert len(app.workspace.sheet("comparison").lines) > before
        await pilot.press("e")
        assert "alone lead to this result" in plain(app.workspace.sheet("recommendation").lines)
        before = len(app.workspace.sheet("recommendation").lines)
        await pilot.press("enter")
        assert len(app.workspace.sheet("recommendation").lines) < before


async def test_help_lists_every_command(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("7")
        await pilot.press("question_mark")
        await pilot.pause()
        text = plain(app.screen.query_one("#keys", Sheet).lines)
        for command in COMMANDS:
            assert command.title in text
            assert keys_of(command) in text


def test_lines_are_cut_between_words_and_kept_whole() -> None:
    assert clip("one two three", 20) == "one two three"
    assert clip("one two three", 9) == "one two…"
    assert clip("abcdefghij", 5) == "abcd…"
    rows = wrap((Span("aa bb "), Span("cc", "strong"), Span("dddddddddd")), 6)
    assert ["".join(s.text for s in row) for row in rows] == ["aa bb", "ccdddd", "dddddd"]


async def test_p_goes_back_to_the_question_just_answered(make_app: Callable[..., SocuiApp]) -> None:
    """Answered or not: what was pressed by mistake is mended where it was said; at the first question it says so."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("1", "n")
        second = app.workspace.state.current
        await pilot.press("1")
        app.workspace.answering.go("customer_types")
        await pilot.press("p")
        assert app.workspace.state.current == second
        await pilot.press("p")
        assert app.workspace.state.current == "role"
        await pilot.press("p")
        assert app.workspace.state.current == "role" and "first question" in app.workspace.message


async def test_the_headline_bar_follows_what_changed_while_it_was_hidden(make_app: Callable[..., SocuiApp]) -> None:
    """Zoomed, changed back in three panes, zoomed again: the one line says what the pane says."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("z", "z", "2", "z")
        await pilot.pause()
        (line,) = app.workspace.sheet("headline").lines
        assert "issues no report here" in "".join(s.text for s in line.spans)


ROADS = {
    "issues no report here": {"What happened": "7", "What brings you here": "2"},
    "needs no SOC report": {"What happened": "5", "Who relies on": "7"},
    "SOC 1: yes": {
        "What happened": "5",
        "Who relies on": "1",
        "How do clients get": "6",
        "What from your service": "1",
        "If you make an error": "2",
        "What do clients place": "2",
        "Which of these do you": "1",
        "Whose financial": "1",
    },
}
"""By headline: the number to press at each question, by how the question begins."""


@pytest.mark.parametrize("headline", ROADS)
async def test_each_headline_is_reached_by_keyboard_from_nothing(make_app: Make, headline: str) -> None:
    """One number a question, n to go on to the next that matters."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        left = dict(ROADS[headline])
        while headline not in shown(app):
            asked = next(q for q in left if f"▾ {q}" in shown(app))
            await pilot.press(left.pop(asked), *(["n"] if asked != "What happened" else []))
            await pilot.pause()
        assert headline in shown(app)
