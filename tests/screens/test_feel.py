"""How it feels: keys that are always named, counts that agree, a cursor that is where something changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from seen import settled, shown, toasts
from textual.pilot import Pilot

from socui.app import SocuiApp
from socui.deciding.decide import Decider
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens.compare import compare_head, compare_lines, sides
from socui.screens.dialogs import ChoiceDialog
from socui.screens.report_preview import report_lines
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.recommendation import plain

Make = Callable[..., SocuiApp]


def half() -> Profile:
    """A profile with its first answers given."""
    return Profile(name="Payments", answers=dict(list(examples()["fintech-payments"].answers.items())[:6]))


def bottom(app: SocuiApp) -> str:
    """The last line of the screen."""
    return shown(app).split("\n")[-1]


def top(app: SocuiApp) -> str:
    """The first line of the screen."""
    return shown(app).split("\n", maxsplit=1)[0]


# ---------------------------------------------------------------- the last line


def test_what_matters_most_has_room_first_and_words_grow_with_what_is_left() -> None:
    hints = [Hint("a", "a", "the first", "one"), Hint("b", "b", "second"), Hint("c", "Esc", "back")]

    def words(width: int) -> str:
        return plain([foot(hints, width, ("c", "a"))])

    assert words(9) == " Esc back"
    assert words(16) == " a one  Esc back"
    assert words(25) == " a the first  Esc back"
    assert words(31) == " a the first  Esc back", "whole words for what matters, before keys that matter less"
    assert words(32) == " a the first  b second  Esc back"
    assert plain([foot(hints, 31, ("c", "a", "b"))]) == " a one  b second  Esc back"
    assert words(80) == " a the first  b second  Esc back"
    for width in range(9, 80):
        assert len(words(width)) <= width and "Esc back" in words(width)


@pytest.mark.parametrize(
    "keys, wanted, roomy",
    [
        ("", ("n next", "u undo", "/ find", ": all", "? help", "q quit"), ("r report", "P plan")),
        ("o", ("enter open", "a add", "x delete", "? help", "Esc back"), ("/ filter", "E example")),
        ("r", ("s save", "? help", "Esc back"), ("M markdown", "Q for auditors")),
        ("rQ", ("s save", "Q our report", "? help", "Esc back"), ("M markdown",)),
        ("P", ("? help", "Esc back"), ()),
    ],
)
@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_the_main_keys_are_named_on_small_screens(
    make_app: Make, size: tuple[int, int], keys: str, wanted: tuple[str, ...], roomy: tuple[str, ...]
) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete() if key != "o" else await settled(pilot)
        await settled(pilot)
        picture = shown(app) if keys == "P" else bottom(app)
        for words in (*wanted, *(roomy if size[0] >= 80 else ())):
            assert words in picture, words
        if not keys:
            assert "tab next" in shown(app).split("\n")[1]


async def test_the_last_line_follows_the_layout(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        assert "tab " in bottom(app)
        await pilot.press("z")
        await pilot.pause()
        assert "tab " not in bottom(app) and "tab next" in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert "tab " in bottom(app)
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        assert "tab " not in bottom(app)


async def test_a_click_on_the_key_of_the_tabs_turns_them(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        at = shown(app).split("\n")[1].index("tab next")
        await pilot.click("#tabs", offset=(at, 0))
        await pilot.pause()
        assert app.workspace.pane == 1


async def test_help_and_back_are_on_the_mouse_in_the_list(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        await pilot.press("o")
        await settled(pilot)
        await pilot.click("#foot", offset=(bottom(app).index("? help"), 0))
        await pilot.pause()
        assert type(app.screen).__name__ == "Keys"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.click("#foot", offset=(bottom(app).index("Esc back"), 0))
        await pilot.pause()
        assert app.screen is app.workspace


# ---------------------------------------------------------------- what if


async def test_a_what_if_that_changes_nothing_is_left_at_once(make_app: Make) -> None:
    app = make_app(example=half())
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("w", "escape"):
            await pilot.press("w")
            assert app.workspace.session.fork is not None and "ends it" in shown(app)
            await pilot.press(key)
            await pilot.pause()
            assert app.screen is app.workspace and app.workspace.session.fork is None
            assert "nothing was changed" in bottom(app)


async def test_escape_leads_out_of_a_what_if_and_asks_where_something_changed(make_app: Make) -> None:
    app = make_app(example=half())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w", "x", "2", "slash", *"asked", "escape")
        assert app.workspace.session.fork is not None and app.screen is app.workspace, "the filter first"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog) and app.workspace.session.fork is not None
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.workspace and app.workspace.session.fork is not None


async def test_saving_from_a_what_if_that_changes_nothing_asks_for_the_name_only(make_app: Make, store: Store) -> None:
    app = make_app(example=half())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w", "s")
        await pilot.pause()
        assert type(app.screen).__name__ == "ProfileDialog"
        await pilot.press("enter")
        await pilot.pause()
    assert store.open("Payments").profile.answers == half().answers


# ---------------------------------------------------------------- moving


async def test_n_says_when_it_starts_over(make_app: Make) -> None:
    app = make_app(example=half())
    async with app.run_test(size=(80, 24)) as pilot:
        order, matter = app.workspace.state.navigation.order(), app.workspace.state.advice.matter
        assert len(matter) > 2
        app.workspace.answering.go(matter[-1])
        await pilot.press("n")
        assert app.workspace.state.current == min(matter, key=list(order).index)
        assert "from the top again" in bottom(app)
        await pilot.press("n")
        assert "from the top again" not in top(app), "and only then"
        await pilot.press("p")
        assert "from the top again" not in top(app)


async def test_undo_and_redo_go_where_something_changed(make_app: Make) -> None:
    app = make_app(example=half())
    async with app.run_test(size=(120, 36)) as pilot:
        one, other = [id for id, s in app.workspace.state.advice.states.items() if s.state == "waiting"][-2:]
        await answer(pilot, one)
        await answer(pilot, other)
        app.workspace.answering.go("role")
        await pilot.press("u")
        assert app.workspace.state.current == other
        assert app.workspace.sheet("questions").cursor[1] == other
        await pilot.press("u")
        assert app.workspace.state.current == one
        app.workspace.answering.go("role")
        await pilot.press("U")
        assert app.workspace.state.current == one
        await pilot.press("tab", "U")
        assert app.workspace.state.current == other and app.workspace.pane == 1, "the pane stays"
        assert app.workspace.session.profile.answers[one]


async def answer(pilot: Pilot[object], id: str) -> None:
    """Give the first answer of a question that has none."""
    workspace = pilot.app.workspace  # type: ignore[attr-defined]
    assert id not in workspace.state.profile.answers
    workspace.answering.go(id)
    await pilot.press("1")


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("sought", ["book", "e", "vendor"])
async def test_the_filter_counts_as_the_top_line_does(make_app: Make, sought: str) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *sought)
        await pilot.pause()
        states, matching = app.workspace.state.advice.states, app.workspace.state.matching
        applies = [q for q in matching if states[q].state != "inapplicable"]
        beside = f", {len(matching) - len(applies)} not asked" if len(matching) > len(applies) else ""
        line = plain(app.workspace.sheet("questions").pin)
        assert f" · {len(applies)} of {app.workspace.state.advice.asked} questions{beside}" in line
        assert "Esc shows all" in line and "…" not in line
        assert f" of {app.workspace.state.advice.asked} answered" in top(app)


# ---------------------------------------------------------------- small screens


async def test_the_way_back_is_named_on_every_screen(make_app: Make, store: Store) -> None:
    store.create(Profile(name="One"))
    app = make_app()
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.press("7")
        for keys in (
            ("question_mark",),
            ("f",),
            ("s",),
            ("t",),
            ("o",),
            ("o", "R"),
            ("o", "E"),
            ("o", "i"),
            ("r", "s"),
        ):
            for key in keys:
                await pilot.press(key)
                await settled(pilot)
            assert "esc " in shown(app).casefold(), keys
            for _ in keys:
                await pilot.press("escape")
                await settled(pilot)
            assert app.screen is app.workspace, keys


def test_the_two_names_stand_above_their_columns(decider: Decider) -> None:
    one, other = (examples()[name] for name in ("early-saas", "fintech-payments"))
    both = sides(decider, one, other, date(2026, 11, 24), ("Boards", "Payments"))
    head = plain(compare_head(both, 120)).split("\n")[0]
    row = next(line for line in plain(compare_lines(both, 120, ())).split("\n") if "neither yet" in line)
    assert head.index("Boards") == row.index("neither yet") and head.index("Payments") == row.index("both")


async def test_a_plan_without_steps_says_so_and_no_more(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "obtain"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("P")
        await settled(pilot)
        assert "These answers call for no report" in shown(app) and "typical" not in shown(app)


def test_what_goes_on_below_stands_behind_its_mark() -> None:
    rows = plain(report_lines("  - Verdict: open, and also possible is a lot more", 30)).split("\n")
    assert len(rows) == 2 and rows[1].startswith("    ") and rows[1][4] != " "


def test_a_rule_under_a_heading_is_one_row() -> None:
    rows = plain(report_lines(f"{'A long title ' * 6}\n{'=' * 78}\n\ntext", 58)).split("\n")
    assert [row for row in rows if "=" in row] == ["=" * 57]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30)])
async def test_no_name_or_headline_is_cut_where_the_count_can_give_way(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "…" not in "\n".join(shown(app).splitlines()[:3])
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=size) as pilot:
        await pilot.press("w", "n", "1")
        await settled(pilot)
        assert "What if: 1 change " in top(app) and "keeps or drops it" in top(app) and "…" not in top(app)
        assert size[0] < 80 or "  ·  Example Payments, Inc. " in top(app)


async def test_ctrl_c_says_what_ends_it_and_ends_nothing(make_app: Make) -> None:
    app = make_app(example=half())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.is_running and "ctrl+q" in toasts(app)
