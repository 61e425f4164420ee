"""The table of commands: everything in it is named once, found everywhere, and reached by keys that every terminal sends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from socui.app import SocuiApp
from socui.screens.compare import Compare
from socui.screens.engagement import Details
from socui.screens.help import key_lines
from socui.screens.library.screen import Library
from socui.screens.plan_chart import Timeline
from socui.screens.report_preview import Preview
from socui.screens.request_reading import RequestReading
from socui.screens.vendors.screen import Vendors
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.questionnaire import choices
from socui.screens.widgets.recommendation import plain
from socui.screens.workspace.record_form import RecordForm
from socui.screens.workspace.screen import Workspace
from socui.settings.commands import COMMANDS, GROUPS, SAME, SERIES, TOGETHER, Command, bindings, keys_of

EATEN = ("ctrl+enter", "shift+enter", "alt+", "super+")
"""What tmux, editors' terminals and desktops keep for themselves, apart from the function keys."""


def is_eaten(key: str) -> bool:
    """Whether some terminals never send that key."""
    return key.startswith(EATEN) or (key[0] == "f" and key[1:].isdecimal())


def test_names_are_unique_and_groups_known() -> None:
    assert len({c.name for c in COMMANDS}) == len(COMMANDS)
    assert {c.group for c in COMMANDS} == set(GROUPS) == {g for groups in TOGETHER for g in groups}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_reachable_by_keys_that_every_terminal_sends(command: Command) -> None:
    assert [k for k in command.keys if not is_eaten(k)]


@pytest.mark.parametrize("groups", TOGETHER, ids="-".join)
def test_no_key_means_two_things_at_once(groups: tuple[str, ...]) -> None:
    owner: dict[str, str] = {}
    for command in COMMANDS:
        for key in command.keys if command.group in groups else ():
            other = owner.setdefault(key, command.name)
            assert other == command.name or {other, command.name} == SAME, key


def test_help_lists_every_command_with_its_keys() -> None:
    text = plain(key_lines(100))
    for command in COMMANDS:
        assert f"{keys_of(command)} " in text and f"{command.title}. {command.help}"[:40] in text, command.name


def test_bindings_are_the_table() -> None:
    made = bindings(*GROUPS)
    assert [b.key for b in made] == [k for c in COMMANDS for k in c.keys]
    ids = {b.id for b in made if not str(b.id)[-1].isdigit()}
    assert ids == {c.name for c in COMMANDS if c.id not in SERIES}


def test_every_command_has_somebody_who_does_it() -> None:
    doers = {
        "move": Sheet,
        "answer": Workspace,
        "view": Workspace,
        "profile": Workspace,
        "form": RecordForm,
        "reading": RequestReading,
        "details": Details,
        "compare": Compare,
        "library": Library,
        "preview": Preview,
        "picture": Timeline,
        "vendors": Vendors,
        "app": SocuiApp,
    }
    for command in COMMANDS:
        assert hasattr(doers[command.group], f"action_{command.id}"), command.name


@pytest.mark.parametrize("key", ["", "o"], ids=["workspace", "library"])
async def test_the_palette_has_everything_but_movement(make_app: Callable[..., SocuiApp], key: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press(*key)
        await pilot.pause()
        titles = {c.title for c in app.get_system_commands(app.screen)}
        groups = ("library", "app") if key else ("answer", "view", "profile", "app")
        wanted = {c.title for c in COMMANDS if c.group in groups and c.id not in (*SERIES, "command_palette")}
        assert titles == wanted
        helps = {c.title: c.help for c in app.get_system_commands(app.screen)}
        assert all(
            helps[c.title].endswith(f"({keys_of(c)})") for c in COMMANDS if c.title in helps and c.group in groups
        )


async def test_every_choice_has_a_key_of_its_own(make_app: Callable[..., SocuiApp]) -> None:
    app = make_app()
    long = next(q for q in app.knowledge.questions.values() if len(choices(q)) > 9)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("7")
        app.workspace.answering.go(long.id)
        await pilot.pause()
        sheet = app.workspace.sheet("questions")
        tags = choices(long)
        digits = {line.tag: line.spans[0].text.strip() for line in sheet.lines if line.stop and line.tag in tags}
        assert [digits[t] for t in tags] == [*"1234567890ABCEFHIJKL"][: len(tags)]
        await pilot.press("0")
        assert sheet.cursor == tags[9]
        await pilot.press("0")
        app.workspace.answering.go(long.id)
        await pilot.press(*["down"] * (len(tags) - 1))
        assert sheet.cursor == tags[-1]
        await pilot.press("space")
        assert app.workspace.session.profile.not_sure == {long.id}
        await pilot.press("up", "up", "space")
        assert app.workspace.session.profile.answers[long.id] == (tags[-3][2],)


ONE_THING = (
    {"add_request", "new"},
    {"next", "next_part"},
    {"previous", "previous_part"},
    {"clear", "leave_out", "delete"},
    {"undo", "restore", "take_back"},
    {"redo", "make_again"},
    {"copy", "copy_paper", "copy_letter"},
    {"save", "save_file"},
    {"find", "filter"},
    {"show_all", "leave", "back"},
    {"pane", "pane_back", "other_pane"},
    {"choose", "open"},
)
"""Names of one meaning, by the screens that have it."""
IN_AND_OUT = {"report", "plan", "vendors", "library", "engagement", "leave", "back"}


def test_a_key_means_one_thing_on_all_screens() -> None:
    """But the letters that choose the tenth answer and those after it, as screens/README.md lists."""
    meanings: dict[str, set[str]] = {}
    for command in COMMANDS:
        for key in command.keys:
            if command.id not in SERIES:
                meanings.setdefault(key, set()).add(command.id)
    several = {key: ids for key, ids in meanings.items() if len(ids) > 1}
    unlike = {key: ids for key, ids in several.items() if not any(ids <= one for one in (*ONE_THING, IN_AND_OUT))}
    assert unlike == {}
