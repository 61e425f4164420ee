"""The list of profiles by what its keys do: order, marks, names, the trash, other places, and very many files."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from msgspec.structs import replace
from seen import later, send, shown
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from socui.app import SocuiApp
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.planning.plan_for import plan_for
from socui.profiles.examples import examples
from socui.profiles.folder_index import Head
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import to_bytes
from socui.profiles.store import Store
from socui.reports.card import card as card_of
from socui.screens.dialogs import ChoiceDialog, TextDialog
from socui.screens.library.entries import Columns, ListEntry, Order, entry_line, head_lines, ordered
from socui.screens.library.glance import Decides
from socui.screens.library.screen import Library
from socui.screens.widgets.lines import Lazy, stops
from socui.screens.widgets.recommendation import plain
from socui.settings.commands import COMMANDS

Make = Callable[..., SocuiApp]


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the list has done what it was told."""
    await pilot.pause()
    if isinstance(pilot.app.screen, Library):
        async with pilot.app.screen.browser._turn:
            pass
        await pilot.pause()


async def library(pilot: Pilot[Any]) -> Library:
    """The list, opened."""
    await pilot.press("o")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, Library)
    return screen


def names(screen: Library, *kinds: str) -> list[str]:
    """What stands in the list, from the top."""
    return [entry.head.title for entry in screen.browser.shown.values() if entry.kind in (kinds or ("file",))]


def under_cursor(screen: Library) -> str:
    """The title of the row under the cursor."""
    assert screen.browser.entry is not None
    return screen.browser.entry.head.title


async def point(pilot: Pilot[Any], screen: Library, title: str) -> None:
    """Put the cursor on that profile."""
    (tag,) = [tag for tag, entry in screen.browser.shown.items() if entry.head.title == title]
    screen.browser.sheet.point(tag)
    await pilot.pause()


async def answer(pilot: Pilot[Any], text: str) -> None:
    """Fill in the dialog that is open."""
    await pilot.pause()
    dialog = pilot.app.screen
    assert isinstance(dialog, TextDialog), dialog
    dialog.query_one(Input).value = text
    later(pilot.app)
    await pilot.press("enter")
    await settled(pilot)


@pytest.fixture
def three(store: Store) -> dict[str, Path]:
    """Three profiles by name, each first or last in something."""
    made = {
        "Alpha": Profile(organization="Zeta", result="soc2", answers={"role": "provide"}),
        "beta": Profile(organization="acme", result="", answers={"role": "provide", "customer_types": ("x",)}),
        "Gamma": Profile(organization="", result="both"),
    }
    paths = {}
    for day, (name, profile) in enumerate(made.items()):
        store.now = lambda day=day: NOW + timedelta(days=day)
        paths[name] = store.create(replace(profile, name=name)).path
    return paths


# ---------------------------------------------------------------- order


ORDERS = {
    "changed": ["Gamma", "beta", "Alpha"],
    "name": ["Alpha", "beta", "Gamma"],
    "organization": ["beta", "Alpha", "Gamma"],
    "result": ["Gamma", "Alpha", "beta"],
    "answered": ["beta", "Alpha", "Gamma"],
}


async def test_a_key_goes_through_the_orders(make_app: Make, three: dict[str, Path]) -> None:
    assert three
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        for by, expected in ORDERS.items():
            assert (screen.browser.order.by, names(screen)) == (by, expected)
            await pilot.press("B")
            assert names(screen) == expected[::-1]
            await pilot.press("b")
        assert names(screen) == ORDERS["changed"]
        assert names(screen, "file", "example")[3:] == names(screen, "example")


async def test_a_click_on_a_head_sorts_and_again_turns(make_app: Make, three: dict[str, Path]) -> None:
    assert three
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        heads = "".join(span.text for span in screen.browser.sheet.pin[0].spans)
        assert "Changed ▾" in heads
        at = heads.index("Organization") + 3
        await pilot.click("#list", offset=(at, 1))
        assert names(screen) == ORDERS["organization"]
        assert "Organization ▾" in "".join(span.text for span in screen.browser.sheet.pin[0].spans)
        await pilot.click("#list", offset=(at, 1))
        assert names(screen) == ORDERS["organization"][::-1]


async def test_a_click_points_and_a_second_one_opens(make_app: Make, three: dict[str, Path]) -> None:
    assert three
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        await pilot.click("#list", offset=(5, 4))
        assert under_cursor(screen) == "beta"
        assert app.screen is screen
        await pilot.click("#list", offset=(5, 4))
        await pilot.pause()
        assert app.workspace.session.profile.name == "beta"


async def test_the_filter_looks_in_everything_that_is_shown(make_app: Make, three: dict[str, Path]) -> None:
    assert three
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        for words, expected in {"ACME": ["beta"], "soc zeta": ["Alpha"], "never anywhere": []}.items():
            screen.query_one("#filter", Input).value = words
            await pilot.pause()
            assert names(screen) == expected
        assert "Nothing has these words" in plain(screen.browser.sheet.lines)


# ---------------------------------------------------------------- changing


async def test_rename_asks_until_the_name_is_free(make_app: Make, store: Store, three: dict[str, Path]) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        await point(pilot, screen, "beta")
        await pilot.press("R")
        await answer(pilot, "ALPHA")
        assert isinstance(app.screen, TextDialog) and "Alpha exists" in app.screen.problem
        await answer(pilot, "Delta")
        assert app.screen is screen
        assert under_cursor(screen) == "Delta"
        assert store.open("Delta").path == three["beta"]
        await pilot.press("R")
        await pilot.pause()
        await pilot.press("escape")
        assert store.open(three["beta"]).profile.name == "Delta"


async def test_deleting_twice_deletes_two_and_the_trash_gives_back(
    make_app: Make, store: Store, three: dict[str, Path]
) -> None:
    before = {path.name: path.read_bytes() for path in three.values()}
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        await pilot.press("g")
        send(pilot, "x", "x")  # the second before the first is done
        await settled(pilot)
        await settled(pilot)
        assert names(screen) == ["Alpha"]
        await pilot.press("u")
        await settled(pilot)
        assert names(screen) == ["beta", "Alpha"] and under_cursor(screen) == "beta"
        await pilot.press("escape")
        screen = await library(pilot)  # what was deleted earlier is in the trash
        await pilot.press("X")
        await settled(pilot)
        assert names(screen, "trash") == ["Gamma"]
        assert names(screen, "file", "example") == []
        await pilot.press("x", "A")
        assert names(screen, "trash") == ["Gamma"]
        await pilot.press("enter")
        await settled(pilot)
        assert "trash is empty" in plain(screen.browser.sheet.lines)
        await pilot.press("escape")
        await settled(pilot)
        assert names(screen) == ["Gamma", "beta", "Alpha"]
    assert {path.name: path.read_bytes() for path in store.root.glob("*.toml")} == before


async def test_the_version_before_comes_back_also_of_a_file_lost_in_a_crash(
    make_app: Make, store: Store, three: dict[str, Path]
) -> None:
    path = three["Alpha"]
    first = path.read_bytes()
    opened = store.open(path)
    store.save(opened.profile.with_answer("role", "obtain"), opened.digest, path)
    second = path.read_bytes()
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        await point(pilot, screen, "Alpha")
        await pilot.press("v")
        await settled(pilot)
        assert path.read_bytes() == first
        await pilot.press("v")
        await settled(pilot)
        assert path.read_bytes() == second
        path.write_bytes(b"")
        await screen.browser.load()
        await point(pilot, screen, path.name)
        assert "empty: lost in a crash?" in plain(screen.browser.sheet.lines)
        await pilot.press("enter")
        assert app.screen is screen and "nothing was changed" in screen.browser.message
        await pilot.press("v")
        await settled(pilot)
        assert path.read_bytes() == first
        await point(pilot, screen, "beta")
        await pilot.press("v")
        await settled(pilot)
        assert "no other version is kept" in screen.browser.message


async def test_new_from_an_example_by_key(make_app: Make, store: Store) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await library(pilot)
        await pilot.press("E")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog)
        assert [*app.screen.ways] == [profile.name for profile in examples().values()]
        app.screen.query_one(OptionList).highlighted = 1
        await pilot.press("enter")
        await pilot.pause()
        wanted = [*examples().values()][1]
        profile = app.workspace.session.profile
        assert (profile.answers, profile.name, profile.id) == (wanted.answers, "", "")
    assert store.heads() == []


async def test_enter_pressed_twice_opens_once(make_app: Make, three: dict[str, Path]) -> None:
    assert three
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        screen.action_open()
        screen.action_open()
        await pilot.pause()
        assert app.screen is app.workspace
        assert app.workspace.session.profile.name == "Gamma"


# ---------------------------------------------------------------- two of them


class Comparing(SocuiApp):
    """The app, but that it tells what it is to compare."""

    compared: tuple[Profile, Profile] | None = None

    def compare(self, one: Profile, other: Profile) -> None:
        """Remember the two."""
        self.compared = one, other


async def test_two_are_marked_and_compared(store: Store, decider: Decider, three: dict[str, Path]) -> None:
    app = Comparing(store, decider)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await library(pilot)
        await pilot.press("equals_sign")
        assert app.compared is None and "mark" in screen.browser.message
        await point(pilot, screen, "Alpha")
        await pilot.press("m", "equals_sign")
        assert app.compared is None
        await point(pilot, screen, "beta")
        await pilot.press("equals_sign")  # the marked one and this
        assert [p.name for p in app.compared or ()] == ["Alpha", "beta"]
        assert store.open(three["beta"]).profile == (app.compared or ())[1]
        await pilot.press("m")
        marked = [line for line in screen.browser.sheet.lines if line.spans[0].text == "* "]
        assert len(marked) == 2
        await point(pilot, screen, "Gamma")
        await pilot.press("m", "equals_sign")  # of three the first gives way
        assert [p.name for p in app.compared or ()] == ["beta", "Gamma"]
        await pilot.press("m", "equals_sign")
        assert [p.name for p in app.compared or ()] == ["beta", "Gamma"]
        screen.browser.sheet.point(("example", next(iter(examples()))))
        await pilot.press("equals_sign")
        assert (app.compared or ())[1] == next(iter(examples().values()))


# ---------------------------------------------------------------- other places


async def test_export_asks_before_it_overwrites(make_app: Make, three: dict[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "out.toml"
    target.write_text("old")
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        await point(pilot, screen, "Alpha")
        await pilot.press("W")
        await answer(pilot, str(tmp_path))
        assert isinstance(app.screen, TextDialog) and app.screen.problem
        await answer(pilot, str(target))
        assert isinstance(app.screen, ChoiceDialog)
        later(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert target.read_text() == "old"
        await answer(pilot, str(target))
        later(app)
        await pilot.press("enter")
        await settled(pilot)
        assert target.read_bytes() == three["Alpha"].read_bytes()
        assert target.stat().st_mode & 0o777 == 0o600
        assert "written to" in screen.browser.message


async def test_import_says_what_is_wrong_and_numbers_a_name(
    make_app: Make, store: Store, three: dict[str, Path], tmp_path: Path
) -> None:
    source = tmp_path / "in.toml"
    source.write_bytes(three["Alpha"].read_bytes())
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        await pilot.press("i")
        for wrong in (str(tmp_path), str(tmp_path / "gone"), "/dev/zero", __file__, "a\0b", "~nobody-at-all/x"):
            await answer(pilot, wrong)
            assert isinstance(app.screen, TextDialog) and app.screen.problem, wrong
        await answer(pilot, str(source))
        assert app.screen is screen
        assert under_cursor(screen) == "Alpha 2"
    assert store.open("Alpha 2").profile.answers == {"role": "provide"}


# ---------------------------------------------------------------- what cannot be read


async def test_every_file_is_shown_as_what_it_is(make_app: Make, store: Store, three: dict[str, Path]) -> None:
    (store.root / "bad.toml").write_bytes(b'x = 1\ny = "\n')
    (store.root / "folder.toml").mkdir()
    copy = f"{three['Alpha'].stem}.sync-conflict-20260818-173636-D4LGQYW.toml"
    (store.root / copy).write_bytes(three["Alpha"].read_bytes())
    (store.root / "newer.toml").write_bytes(b'kind = "socui-profile"\nschema = 999\nname = "Later"\n')
    app = make_app()
    async with app.run_test(size=(160, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        text = plain(screen.browser.sheet.lines)
        for words in ("! bad.toml", "not TOML", "line 2", "! folder.toml", "not a regular file", "Alpha (conflict copy of",
                      "Later (written by a newer socui"):  # fmt: skip
            assert words in text, words
        await point(pilot, screen, "bad.toml")
        await pilot.press("enter", "m", "A", "W")
        await settled(pilot)
        assert app.screen is screen
    assert (store.root / "bad.toml").read_bytes() == b'x = 1\ny = "\n'


async def test_every_action_is_in_the_palette_and_in_the_foot(make_app: Make, three: dict[str, Path]) -> None:
    assert three
    app = make_app()
    async with app.run_test(size=(160, 36)) as pilot:
        await pilot.press("7")
        screen = await library(pilot)
        titles = {command.title for command in app.get_system_commands(screen)}
        for command in COMMANDS:
            if command.group == "library":
                assert hasattr(screen, f"action_{command.id}"), command.id
                assert command.title in titles
        foot = screen.query_one("#foot").lines[0].spans  # type: ignore[attr-defined]
        at = sum(len(span.text) for span in foot[: [s.tag for s in foot].index(("run", "sort"))])
        await pilot.click("#foot", offset=(at, 0))
        assert screen.browser.order.by == "name"


# ---------------------------------------------------------------- very many


def many(count: int) -> Iterator[tuple[str, bytes]]:
    profile = replace(next(iter(examples().values())), notes={"role": "x" * 1500})
    for number in range(count):
        about = replace(profile, id=f"{number:016x}", name=f"Profile {number}", organization=f"Org {number % 97}")
        yield f"p-{about.id}.toml", to_bytes(about)


@pytest.fixture
def thousands(store: Store) -> int:
    """A folder of very many profiles of 2.5 KB."""
    store.root.mkdir()
    one, text = next(many(1))
    assert len(text) > 2000
    for number in range(10_000):
        name = one.replace("0" * 16, f"{number:016x}")
        (store.root / name).write_bytes(
            text.replace(b"0" * 16, b"%016x" % number).replace(b"Profile 0", b"Profile %d" % number)
        )
    return 10_000


async def test_ten_thousand_are_read_beside_the_screen_and_only_what_is_seen_is_made(
    make_app: Make, thousands: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(
        "socui.screens.library.browser.entry_line", lambda *about: (made.append(about[0].key), entry_line(*about))[1]
    )
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        waits, start = [0.0], time.perf_counter()
        app.workspace.action_library()
        while not (isinstance(app.screen, Library) and app.screen.browser.shelf):
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            waits.append(time.perf_counter() - before)
        took = time.perf_counter() - start
        screen = app.screen
        await pilot.pause()
        assert len(names(screen)) == thousands
        assert max(waits) < took / 2, (max(waits), took)  # the event loop was not held while it was read
        assert len(made) < 200
        made.clear()
        screen.query_one("#filter", Input).value = "profile 777"
        await pilot.pause()
        assert len(names(screen)) == sum("777" in str(number) for number in range(thousands))
        screen.query_one("#filter", Input).value = ""
        await pilot.press("G")
        assert screen.browser.sheet.cursor[0] == "example"
        await pilot.press("b", "g")
        assert under_cursor(screen) == "Profile 0"
        assert len(made) < 1000


def test_rows_are_made_when_they_are_asked_for() -> None:
    made: list[int] = []

    def line(at: int) -> Any:
        made.append(at)
        entry = ListEntry("file", str(at), Head(Path(f"{at}.toml"), name=f"P{at}"), "", "")
        return entry_line(entry, 100, Columns.of([entry], 100))

    rows = Lazy([("file", str(at)) for at in range(10_000)], line)
    assert len(rows) == 10_000 and stops(rows).of[("file", "9999")] == 9999
    assert made == []
    assert rows[-1] is rows[9999]
    assert [r.tag for r in rows[3:5]] == [("file", "3"), ("file", "4")]
    assert made == [9999, 3, 4]
    with pytest.raises(IndexError):
        rows[10_000]


@pytest.mark.parametrize("width", [58, 78, 98, 158])
def test_a_date_is_never_cut_and_a_row_fits(width: int) -> None:
    head = Head(Path("a.toml"), name="A" * 200, organization="B" * 200, result="both", updated=NOW, answered=31)
    entry = ListEntry("file", "a", head, "SOC 1 and SOC 2", "")
    columns = Columns.of([entry], width)
    text = "".join(span.text for span in entry_line(entry, width, columns).spans)
    assert ("2026-11-23" in text) is (width >= 70) and len(text) <= width + 1
    for by in ORDERS:
        heads = "".join(span.text for span in head_lines(width, columns, Order(by))[0].spans)
        assert "…" not in heads and len(heads) <= width + 1


@pytest.mark.parametrize("width", [78, 98, 118, 158])
def test_a_name_is_whole_and_so_is_a_result(knowledge: Knowledge, width: int) -> None:
    entries = [
        ListEntry("example", name, Head(Path("a"), name=p.name, organization=p.organization, updated=NOW), word, "")
        for name, p in examples().items()
        for word in (t for id, t in knowledge.texts.items() if id.startswith("listed."))
    ]
    columns = Columns.of(entries, width)
    for entry in entries:
        text = "".join(span.text for span in entry_line(entry, width, columns).spans)
        assert f"example: {entry.head.title} " in text and f" {entry.word} " in text, text
        assert len(text) <= width + 1 and "2026-11-23" in text
        assert width < 118 or f" {entry.head.organization} " in text


# ---------------------------------------------------------------- the glance


async def glanced(pilot: Pilot[Any], screen: Library) -> str:
    """What the glance says once it is that of the cursor's line."""
    peek = screen.browser.peek
    for _ in range(400):
        if peek.settled:
            break
        await asyncio.sleep(0.02)
    assert peek.settled
    await pilot.pause()
    return plain(peek.lines)


async def test_the_profile_under_the_cursor_is_decided_beside_the_list(
    make_app: Make, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create(replace(examples()["fintech-payments"], id="", name="A name " + "that is long " * 6))
    worked: list[tuple[str, bool]] = []
    real = Decides.card
    main = threading.get_ident()

    def card(self: Decides, profile: Profile) -> Any:
        worked.append((profile.name, threading.get_ident() == main))
        return real(self, profile)

    monkeypatch.setattr(Decides, "card", card)
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await library(pilot)
        text = " ".join((await glanced(pilot, screen)).split())
        profile = screen.store.open(store.heads()[0].path).profile
        findings = app.decider.advise(profile, app.today())
        made = card_of(app.knowledge, profile, findings, plan_for(app.decider, profile, app.today()))
        assert ("A name " + "that is long " * 6).strip() in text, "the whole name"
        assert f"{made.title} ({made.status})" in text, text
        for entry in made.next:
            assert entry.text in text
        await pilot.press(*["down"] * 20)  # past many: only the one where the cursor rests is worked out
        text = await glanced(pilot, screen)
        assert under_cursor(screen) in text
        assert [there for _, there in worked] == [False] * len(worked)
        assert len(worked) <= 3


@pytest.mark.parametrize(("size", "has"), [((160, 50), True), ((100, 30), True), ((80, 24), True), ((60, 18), False)])
async def test_the_glance_has_its_place_and_the_list_keeps_rows(
    make_app: Make, three: dict[str, Path], size: tuple[int, int], has: bool
) -> None:
    assert three
    app = make_app()
    async with app.run_test(size=size) as pilot:
        screen = await library(pilot)
        peek, sheet = screen.browser.peek, screen.browser.sheet
        assert peek.display is has
        assert sheet.size.height - len(sheet.pin) >= 7
        if has:
            assert under_cursor(screen) in await glanced(pilot, screen)
            assert (peek.region.x >= sheet.region.right) is (size[0] >= 150)


async def test_the_glance_tells_of_files_that_cannot_be_read_and_of_empty_ones(
    make_app: Make, store: Store, three: dict[str, Path]
) -> None:
    assert three
    (store.root / "bad.toml").write_bytes(b'x = 1\ny = "\n')
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await library(pilot)
        await point(pilot, screen, "bad.toml")
        assert "not TOML" in await glanced(pilot, screen)
        await point(pilot, screen, "Gamma")
        assert "Nothing is answered yet" in await glanced(pilot, screen)
        screen.query_one("#filter", Input).value = "nothing has this"
        await pilot.pause()
        assert (await glanced(pilot, screen)).strip() == ""


def test_sorting_is_steady(knowledge: Knowledge) -> None:
    assert knowledge
    entries = [
        ListEntry("file", n, Head(Path(n), name=n, answered=a), "", n) for n, a in (("b", 1), ("C", 1), ("a", 2))
    ]
    assert [e.key for e in ordered(entries, Order("answered")).values()] == ["a", "b", "C"]
    assert [e.key for e in ordered(entries, Order("answered", True)).values()] == ["b", "C", "a"]


async def test_a_list_that_is_read_when_the_screen_is_gone_shows_nothing(make_app: Make, store: Store) -> None:
    """The folder was slower than the person: no fault, and nothing is looked for in a screen that is left."""
    store.create(Profile(name="Payroll"))
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("o")
        await pilot.pause()
        library = app.screen
        assert isinstance(library, Library)
        await pilot.press("escape")
        await pilot.pause()
        await library.browser.load("late")
        library.tell("later")
        assert app.screen is app.workspace


@pytest.mark.parametrize("way", ["enter", "E"])
async def test_an_example_opens_at_its_result(make_app: Make, way: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await library(pilot)
        screen.browser.sheet.point(("example", "payroll-bureau"))
        await pilot.press(way)
        await pilot.pause()
        if way == "E":
            assert isinstance(app.screen, ChoiceDialog)
            app.screen.query_one(OptionList).highlighted = [*examples()].index("payroll-bureau")
            later(app)
            await pilot.press("enter")
            await pilot.pause()
        workspace = app.workspace
        assert app.screen is workspace
        assert workspace.session.profile.requests == examples()["payroll-bureau"].requests
        assert app.focused is workspace.sheet("recommendation") and workspace.state.current is None
        assert workspace.sheet("recommendation").scroll_offset.y == 0
        await pilot.press("n")  # and the questions are one key away
        await pilot.pause()
        assert workspace.state.current is not None


async def test_a_draft_without_a_name_is_called_by_its_organization(make_app: Make, store: Store) -> None:
    for work, profile in {"one": Profile(organization="Acme, Inc."), "another": Profile()}.items():
        path = store.drafts.write(profile.with_answer("role", "provide"), work=work)
        path.write_text(re.sub(r'owner = ".*"', 'owner = "gone"', path.read_text()))
    app = make_app()
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("7", "o")
        await settled(pilot)
        seen = shown(app)
        assert "draft: Acme, Inc." in seen
        assert "draft: unnamed" in seen
