"""Random keys over all screens: no exception, and what is on the disk at the end is what is on the screen."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from seen import send, settled
from textual import events
from textual.pilot import Pilot

from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import from_bytes
from socui.profiles.session import Session
from socui.profiles.store import Store
from socui.settings.commands import COMMANDS

Make = Callable[..., SocuiApp]
KEYS_A_RUN = 700
BATCH = 7
LEAVING = {"q", "ctrl+q"}
KEYS = [k for c in COMMANDS for k in c.keys if k not in LEAVING]
LETTERS = [
    *"abcdefghijklmnoprstuvwxyz ÄßẞéIı0123456789-[]/.,",
    "escape",
    "backspace",
    "enter",
    "left",
    "right",
    "delete",
]
PASTES = (
    "[@click=app.quit]x[/]", "[/", "Acme [EU] Ltd", "a\x1b]52;c;eA==\x07b", "\x1b[2J\x1b[200~", "\0\x7f\x85", "\ud800",
    "\u202egnp.exe", "日本語のテキスト", "e\u0301" * 40, "👩‍👩‍👧‍👦", "x" * 5000, "a\nb\r\nc\td", "../../etc/passwd", "'''\"\"\"\\u0000",
)  # fmt: skip
SIZES = ((120, 36), (80, 24), (60, 18), (160, 50), (40, 8), (1, 1), (99, 29), (220, 60))


class Hand:
    """What one run presses, and what it pressed last."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.left = KEYS_A_RUN
        self.done: list[str] = []

    async def play(self, pilot: Pilot[int]) -> None:
        """Press until all is pressed or the app is left, as by choosing Quit in the palette."""
        while self.left > 0 and pilot.app.return_code is None:
            how = self.dice.random()
            if how < 0.02:
                size = self.dice.choice(SIZES)
                self.done.append(f"resize {size}")
                await pilot.resize_terminal(*size)
            elif how < 0.06:
                text = self.dice.choice(PASTES)
                self.done.append(f"paste {text[:20]!r}")
                pilot.app.post_message(events.Paste(text))
                await pilot.pause()
            else:
                # Mostly commands; now and then a run of letters, for what is typed into.
                keys = self.dice.choices(LETTERS if how < 0.25 else KEYS, k=BATCH)
                if self.dice.random() < 0.3:  # or it would be in the search boxes most of the time
                    keys.insert(0, "escape")
                self.done += keys
                self.left -= len(keys)
                send(pilot, *keys)
                await pilot.pause(0)


def kept(session: Session) -> Profile:
    """What is on the disk of the session's profile."""
    session.write()
    assert not session.dirty, session.problem
    path = session.draft or (session.opened and session.opened.path)
    if path is None:  # an example, looked at and not changed
        return session.profile
    if not session.draft and not Path(path).exists():  # deleted in the list of profiles while it was open
        trash, name = session.store.trash, Path(path).name
        path = max((p for p in trash.folder.iterdir() if trash.original(p) == name), key=lambda p: p.stat().st_mtime)
    kind = "socui-draft" if session.draft else "socui-profile"
    return from_bytes(Path(path).read_bytes(), kind).profile


def said(profile: Profile) -> Profile:
    """The profile without what saving adds."""
    return replace(profile, id="", created=None, updated=None, knowledge="", result="", extra={})


@pytest.mark.parametrize("seed", range(6))
async def test_no_keys_break_it(
    make_app: Make, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)  # a report may be saved under any name
    hand = Hand(seed)
    store.create(replace(examples()["fintech-payments"], id="", name="Other [/]"))
    (store.root / "bad.toml").write_text("x = [")
    path = store.create(Profile(name="Soak", answers={"role": "provide"})).path
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "state.toml").write_text("welcomed = true\n")
    try:
        while hand.left > 0:
            opened = store.open(path) if path.exists() else None
            app = make_app(opened=opened, config=tmp_path / "config")
            async with app.run_test(size=(120, 36)) as pilot:
                app._settled()
                await hand.play(pilot)
                await settled(pilot)
                session, advice = app.workspace.session, app.workspace.state.advice
                on_disk = kept(session)
                assert said(on_disk) == said(session.profile)
                shown = on_disk if session.fork is None else session.work.profile  # a what-if is shown, and not saved
                assert app.decider.advise(shown, app.today()).answered == advice.answered
                assert app._crash_text == ""
    except BaseException as error:
        error.add_note(f"seed {seed}, after: {' '.join(hand.done[-80:])}")
        raise
    bad = list(store.root.rglob("bad*.toml*"))  # where it stood, or in the trash
    assert all(p.read_text() == "x = [" for p in bad)
