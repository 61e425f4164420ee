"""Whatever a profile, a file name or a message holds: shown as it is or visibly replaced, on every screen, never obeyed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from seen import toasts
from textual.pilot import Pilot
from textual.widgets import Input, Label

from socui.app import SocuiApp
from socui.deciding.decide import Decider
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.profiles.store import Store
from socui.screens.dialogs import ChoiceDialog, NoteDialog, ProfileDialog, TextDialog
from socui.screens.library.screen import Library
from socui.screens.widgets.text_lines import Lines
from socui.text import scrub_line, scrub_lines, visible

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
FRAGMENTS = (
    "[/]", "[b", "[red]x[/red]", "[@click=app.boom]go[/]", "[@click=app.boom()]y", "[link=x]", "[EU]", "\\[", "$primary",
    "[/red]", "]", "[[", "{x}", "%s", "\x1b]52;c;eA==\x07", "\x1b]0;t\x07", "\x1b[2J", "\x9b31m", "\x85", "\x00", "\x7f",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\x0e", "\x08\x08", "\r", "a\u0301\u0300\u0316\u0317", "日本語", "👩‍👩‍👧",
    "🇩🇪", "ﷺ", "&lt;", "<b>", "`", "\t", ":smile:", "\ud800", "é", "0",
)  # fmt: skip


def texts(seed: int) -> list[str]:
    """Every fragment, several in a text that is short enough to be seen whole; and some by themselves."""
    packed = [""]
    for fragment in Random(seed).sample(FRAGMENTS, len(FRAGMENTS)):
        if len(visible(packed[-1] + fragment)) > 18:
            packed.append("")
        packed[-1] += fragment
    return [*packed, "[/]", "[b", "[@click=app.boom]go[/]", "\x1b]0;t\x07"]


class Watched(SocuiApp):
    """The app, with an action that no text may reach."""

    boomed = 0

    def action_boom(self) -> None:
        """What a text in markup would run."""
        self.boomed += 1


def rows(app: SocuiApp) -> list[str]:
    """The screen's rows as text."""
    return ["".join(s.text for s in strips) for strips in app.screen._compositor.render_strips()]


async def seen(pilot: Pilot[Any], *shown: str) -> None:
    """The screen obeys nothing, shows these texts, and a click on one of them runs nothing."""
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, Watched)
    painted = rows(app)
    assert not [row for row in painted if ACTING.search(row)]
    assert {cell_len(row) for row in painted} == {app.size.width}  # no border is moved
    for text in shown:
        assert any(text in row for row in painted), (text, "\n".join(painted))
    assert app.is_running
    assert app.boomed == 0


async def clicked(pilot: Pilot[Any]) -> None:
    """Click everything on the screen that looks like a link of markup."""
    for y, row in enumerate(rows(pilot.app)):  # type: ignore[arg-type]
        for link in re.finditer(r"\[@click[^\]]*\]?.", row):
            await pilot.click(offset=(cell_len(row[: link.end() - 1]), y))
    assert pilot.app.boomed == 0  # type: ignore[attr-defined]


def hostile(text: str) -> Profile:
    """A profile that has the text wherever a profile can have one."""
    return Profile(
        name=text,
        organization=text,
        service=text,
        knowledge=text,
        result=text,
        answers={"role": text, "delivery_model": (text, text + "x"), text: text, "customer_types": ()},
        not_sure=frozenset({text}),
        confirm=frozenset({text, "role"}),
        notes={"role": text, text: text},
        dates={text: date(2027, 1, 1)},
        extra={text: text},
    )


@pytest.mark.parametrize("size", [(160, 50), (80, 24)])
async def test_workspace_and_its_dialogs(store: Store, decider: Decider, size: tuple[int, int]) -> None:
    app = Watched(store, decider)
    async with app.run_test(size=size) as pilot:
        for text in texts(size[0]):
            bare = visible(text)
            app.workspace.state.open(Session(store, decider.knowledge, hostile(text)))
            app.workspace.answering.go("role")
            await seen(pilot, bare)
            for pane in range(3 if size[0] < 100 else 0):
                app.workspace.focus_pane(pane)
                await seen(pilot)
            app.workspace.focus_pane(0)
            app.workspace.answering.go("role")
            app.workspace.tell(text)
            await seen(pilot, bare)
            await clicked(pilot)
            while app.screen is not app.workspace:  # a click on a note opens it
                await pilot.press("escape")
            app.workspace.answering.go("role")
            for key, dialog in (("t", NoteDialog), ("s", ProfileDialog)):
                await pilot.press(key)
                await pilot.pause()
                assert isinstance(app.screen, dialog)
                if dialog is NoteDialog:  # what can be edited stays whole, unseen characters too
                    await seen(pilot)
                    assert app.screen.query_one(Lines).text == scrub_lines(text)
                else:
                    await seen(pilot, scrub_line(text))
                await pilot.press("escape")
    assert app.return_code is None


async def test_toasts_choices_and_questions(store: Store, decider: Decider) -> None:
    app = Watched(store, decider)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        for text in texts(1):
            bare = visible(text)
            app.push_screen(ChoiceDialog(text, text, (text, "b")))
            await seen(pilot, bare)
            await clicked(pilot)
            app.push_screen(TextDialog(text, text, "", text))
            await seen(pilot, bare)
            await pilot.press("escape")
            while app.screen is not app.workspace:
                app.pop_screen()
        for text in ("[/]", "[@click=app.boom]go[/]", "\x1b]0;t\x07", "[b"):
            opened = store.create(Profile(name="N", answers={"role": "provide"}), number=True)
            odd = opened.path.read_bytes().replace(b'name = "N', b'name = "%s' % toml(text))
            opened.path.write_bytes(odd)
            app.workspace.state.open(
                Session(store, decider.knowledge, (there := store.open(opened.path)).profile, there)
            )
            opened.path.write_bytes(odd.replace(b'"provide"', b'"obtain"'))
            app.workspace.saving.look()  # says whose file has changed
            await pilot.pause()
            assert visible(text) in toasts(app)
            await seen(pilot)
            await seen(pilot, visible(text))
            await clicked(pilot)


def toml(text: str) -> bytes:
    """The text inside a TOML string."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text).encode()


async def test_library_with_files_drafts_and_the_trash(store: Store, decider: Decider) -> None:
    store.root.mkdir(parents=True)
    bare = []
    for number, text in enumerate(texts(2)):
        name = f"{number:03} {text}".replace("\ud800", "\ufffd").replace("\\", "/")
        (store.root / f"{number:03}.toml").write_bytes(
            b'kind = "socui-profile"\nschema = 2\nname = "%s"\n' % toml(name.replace('"', "'"))
        )
        bare.append(f"{number:03}")
    for number, text in enumerate(("[/]", "[@click=app.boom]go[", "\x1b]0;t\x07", "\u202e", "[b")):
        (store.root / f"{number}{text}.toml".replace("/", "")).write_bytes(b"x = [")
    store.drafts.write(replace(hostile("[@click=app.boom]go[/]"), name="[/]"), aside=True)
    (store.drafts.folder / "[b.toml").write_bytes(b"[@click=app.boom]x")
    trashed = store.create(Profile(name="[@click=app.boom]go[/]"))
    store.delete(trashed.path)
    app = Watched(store, decider)
    async with app.run_test(size=(160, 80)) as pilot:
        await pilot.press("o")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, Library)
        async with screen.browser._turn:
            pass
        await seen(pilot, "<U+200B>", "␛]0;t␇", "draft: [/]", "[b.toml", "[@click=app.boom]go[.toml", *bare)
        for tag in [*screen.browser.shown][::3]:
            screen.browser.sheet.point(tag)
            for key in "mRwv":
                await pilot.press(key)
                assert not [row for row in rows(app) if ACTING.search(row)]
                while app.screen is not screen:
                    await pilot.press("escape")
        async with screen.browser._turn:
            pass
        await seen(pilot)
        for tag in [tag for tag, entry in screen.browser.shown.items() if not entry.head.opens]:
            screen.browser.sheet.point(tag)
            await pilot.press("enter")  # says why it cannot be opened
            assert app.screen is screen
            await seen(pilot)
        screen.query_one("#filter", Input).value = "[@click=app.boom]go[/]"
        await seen(pilot, "[@click=app.boom]go[/]")
        screen.query_one("#filter", Input).value = ""
        screen.tell("[@click=app.boom]go[/] \x1b]0;t\x07")
        await seen(pilot, "[@click=app.boom]go[/] ␛]0;t␇")
        await clicked(pilot)
        if app.screen is screen:
            await pilot.press("t")
            await pilot.pause()
            async with screen.browser._turn:
                pass
            await seen(pilot, "[@click=app.boom]go[/]")
    assert app.boomed == 0


async def test_the_net_under_every_text(store: Store, decider: Decider) -> None:
    """A widget that forgot to make its text visible still writes nothing that acts on a terminal."""
    app = Watched(store, decider)
    async with app.run_test(size=(120, 36)) as pilot:
        for text in texts(4):
            label = Label(f"net {text}", markup=False)
            await app.screen.mount(label, before=0)
            await pilot.pause()
            assert any("net" in row for row in rows(app))
            assert not [row for row in rows(app) if ACTING.search(row)]
            await label.remove()


async def test_what_is_pasted_or_sought(store: Store, decider: Decider) -> None:
    app = Watched(store, decider)
    async with app.run_test(size=(120, 36)) as pilot:
        for key, field in (("f", "#sought"), ("o", "#filter")):
            await pilot.press(key)
            await pilot.pause()
            for text in texts(3):
                app.screen.query_one(field, Input).value = text
                await seen(pilot)
            await pilot.press("escape", "escape")
            await pilot.pause()


async def test_a_name_that_is_typed_with_controls_is_kept_as_it_is_seen(
    make_app: Callable[..., SocuiApp], store: Store
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        app.screen.query_one("#name", Input).value = "Acme \x1b]0;t\x07 [/]"
        await pilot.press("enter")
        await pilot.pause()
    (head,) = store.heads()
    assert head.name == "Acme ␛]0;t␇ [/]"
    assert Path(head.path).name.startswith("acme-0-t-")


async def test_a_note_of_a_megabyte_holds_up_no_key(store: Store, decider: Decider) -> None:
    note = "lorem ipsum " * 80_000
    opened = store.create(Profile(name="Long", notes={"role": note}))
    app = SocuiApp(store, decider, opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1")
        assert len(app.workspace.sheet("questions").lines) < 150
        app.workspace.session.write()
        await pilot.press("t")
        await pilot.pause()
        assert app.screen.query_one(Lines).text == note
    again = store.open(opened.path).profile
    assert (again.notes, again.answers) == ({"role": note}, {"role": "provide"})
