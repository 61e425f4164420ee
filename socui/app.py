"""The full-screen app: themes, screens and what holds them together. The only module of this folder that knows Textual."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.app import App, SystemCommand
from textual.color import Color
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from socui.commands import COMMANDS, bindings
from socui.decide import Decider
from socui.output import say, visible_lines
from socui.profile import Profile, scrub
from socui.screens import workspace
from socui.screens.session import Session
from socui.screens.workspace import Workspace

if TYPE_CHECKING:
    from socui.model import Knowledge
    from socui.store import Opened, Store

ASCII = str.maketrans(
    dict(
        zip(
            "✓◐◇◆–×!▾▸›◀▲●○◉■□✎…·─━│┃╭╮╰╯┌┐└┘→←▁▂▃▄▅▆▇█",
            "v%.*-x!v>><^*oO#.+~---||++++++++><.:-=+*##",
            strict=True,
        )
    )
)
"""One ASCII character for each glyph, for SOCUI_ASCII=1."""

DARK = Theme(
    name="socui-dark",
    primary="#8fb3d9",
    secondary="#7f8ea3",
    accent="#d7dde6",
    foreground="#d3d7de",
    background="#15181d",
    surface="#15181d",
    panel="#20252d",
    success="#8fc98b",
    warning="#e3b866",
    error="#e68a8a",
    dark=True,
    variables={"soc1": "#f0a860", "soc2": "#62c4c3", "border": "#3a424e", "cursor-row": "#2b3442", "quiet": "#98a2b0"},
)
LIGHT = Theme(
    name="socui-light",
    primary="#1f5a96",
    secondary="#5b6675",
    accent="#22272e",
    foreground="#23272e",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#ecebe6",
    success="#2c7031",
    warning="#8a5a00",
    error="#a83232",
    dark=False,
    variables={"soc1": "#9c4f00", "soc2": "#00696b", "border": "#c3c1b9", "cursor-row": "#dde6ef", "quiet": "#5d6570"},
)


class Visible(LineFilter):
    """The net under user text: nothing that acts on a terminal is ever written to it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with control characters made visible; Textual's own controls pass."""
        del background
        return [s if s.control or s.text.isprintable() else Segment(_safe(s.text), s.style, None) for s in segments]


def _safe(text: str) -> str:
    return scrub(text).replace("\n", " ").replace("\t", " ")


class Ascii(LineFilter):
    """Glyphs as ASCII, for terminals and fonts that lack them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with every glyph of ours replaced; user text keeps its letters."""
        del background
        return [s if s.text.isascii() else Segment(s.text.translate(ASCII), s.style, s.control) for s in segments]


class SocuiApp(App[int]):
    """socui on the screen. `today` is a parameter so that tests can pin it."""

    TITLE = "socui"
    # The first screen's stylesheet: Textual does not load the one that a default screen names.
    CSS_PATH = Path(workspace.__file__).with_suffix(".tcss")
    BINDINGS = bindings("app")

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        opened: Opened | None = None,
        example: Profile | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self.store, self.knowledge, self.today = store, knowledge, today
        self.decider = Decider(knowledge)
        profile = opened.profile if opened else example or Profile()
        self.session = Session(store, knowledge, profile, opened)
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        wanted = os.environ.get("SOCUI_THEME") or os.environ.get("TEXTUAL_THEME") or DARK.name
        self.theme = wanted if wanted in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables for themes that are not ours."""
        ours = DARK if self.current_theme.dark else LIGHT
        return dict(ours.variables)

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters and ours."""
        ours: list[LineFilter] = [Visible()]
        if os.environ.get("SOCUI_ASCII", "") not in ("", "0"):
            ours.append(Ascii())
        return [*super().get_line_filters(), *ours]

    def get_default_screen(self) -> Screen[None]:
        """The workspace is the first screen; no empty one is made before it."""
        return Workspace(self.session)

    @property
    def workspace(self) -> Workspace:
        """The workspace, whatever stands above it."""
        return next(s for s in self.screen_stack if isinstance(s, Workspace))

    def on_mount(self) -> None:
        """Hear the signals that end a program, and offer what an earlier run left."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
            if number is not None:
                # Not on Windows, nor outside the main thread: there the autosave alone has to do.
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._ended, number)
        self.set_timer(0.5, self._settled)

    def _ended(self, number: int) -> None:
        self.workspace.session.write()
        self.exit(return_code=128 + number)

    def _settled(self) -> None:
        """The first screen stands: what lives now lives until the end, so the collector need not look at it."""
        gc.freeze()
        gc.enable()
        self._offer_drafts()

    def _offer_drafts(self) -> None:
        left = self.store.drafts.left()
        if left:
            found = "an unsaved draft" if len(left) == 1 else f"{len(left)} unsaved drafts"
            self.notify(f"An earlier run left {found}. Press o to see.", timeout=8, markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that can be done here, for the palette."""
        for command in COMMANDS:
            if command.group in ("move",) or command.id in ("number", "command_palette", "quit"):
                continue
            target = screen if hasattr(screen, f"action_{command.id}") else self
            if hasattr(target, f"action_{command.id}"):
                yield SystemCommand(command.title, command.help, self._runner(command.id, target))
        yield SystemCommand("Theme", "Choose another theme", self.action_change_theme)
        yield SystemCommand("Quit", "Save and leave", self.action_quit)

    def _runner(self, id: str, target: Any) -> Callable[[], object]:
        return lambda: self.call_later(self.run_action, id, target)

    def action_keys(self) -> None:
        """Show all keys."""
        from socui.screens.help import Keys

        if not isinstance(self.screen, Keys):
            self.push_screen(Keys())

    def action_reference(self) -> None:
        """Show the reference."""
        from socui.screens.reference import Reference

        if not isinstance(self.screen, Reference):
            self.push_screen(Reference(self.knowledge))

    def compare(self, one: Profile, other: Profile) -> None:
        """Show two profiles side by side."""
        from socui.screens.compare import Compare

        self.push_screen(Compare(self.decider, one, other, self.today()))

    async def action_quit(self) -> None:
        """Save and leave."""
        session = self.workspace.session
        session.write()
        self.exit(return_code=0)

    def _fatal_error(self) -> None:
        """A fault of ours: keep the work, say so in plain words, and show no locals, which hold what a person typed."""
        import traceback

        trace = "".join(traceback.format_exception(*sys.exc_info()))
        kept = ""
        if self._screen_stacks and any(isinstance(s, Workspace) for s in self.screen_stack):
            session = self.workspace.session
            session.write()
            kept = "; what you said is kept as a draft" if session.draft else "; what you said is saved"
        self._crash_text = f"{trace}socui: a fault of socui's own{kept}\n"
        self._close_messages_no_wait()

    _crash_text = ""


def run_app(*, store: Store, knowledge: Knowledge, opened: Opened | None = None, example: Profile | None = None) -> int:
    """Show the app until it is left. Gives the exit status: 0, 1 after a crash, 2 without a terminal, 128+n by a signal."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.__stderr__)):
        say("socui: the screen needs a terminal; see socui --help for what works without one")
        return 2
    # No garbage is collected until the first screen stands: what is made until then (modules, knowledge, styles) lives
    # until the end, and the collector would walk it again and again.
    gc.disable()
    app = SocuiApp(store, knowledge, opened, example)
    app.run()
    if app._crash_text:
        sys.stderr.write(visible_lines(app._crash_text))
        return 1
    return app.return_code or 0
