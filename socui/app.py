"""The full-screen app: what holds its screens together, from the first to the exit status."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import constants, events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Offset, Size
from textual.messages import ExitApp
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import active_worker

from socui.cli.output import say
from socui.errors import StoreError
from socui.profiles.paths import config_folder
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.screens.appearance import Appearance
from socui.screens.ending import Ending
from socui.screens.guards import Tells
from socui.screens.terminal_size import bounded, bounded_resize
from socui.screens.themes import DARK, LIGHT, of_ours
from socui.screens.typed_ahead import HeldEnter, Passed, TypedAhead
from socui.screens.workspace import screen as workspace
from socui.screens.workspace.screen import Workspace
from socui.screens.workspace.state import WorkspaceState
from socui.settings.commands import COMMANDS, SERIES, Command, bindings, key_of, keymap, keys_of, use_keys
from socui.settings.config import read_config
from socui.settings.remembered import read_state, remember
from socui.settings.terminal import why_no_screen
from socui.text import visible_lines

if TYPE_CHECKING:
    from socui.deciding.decide import Decider
    from socui.profiles.store import Opened, Store
    from socui.screens.driver import Background
    from socui.screens.reference.subject import Subject
    from socui.screens.widgets.lines import Tag


NOTICE = 12.0
"""Seconds that a notice stands."""


class SocuiApp(App[int]):
    """The full-screen app. `today` is a parameter so that tests can pin it; the exit status is what `run` returns."""

    TITLE = "socui"
    # The first screen's stylesheet: Textual does not load the one that a default screen names.
    CSS_PATH = Path(workspace.__file__).with_suffix(".tcss")
    # Textual's greys are too faint to read for some: these are what its own widgets say in grey.
    CSS = """
    Input > .input--placeholder, Input > .input--suggestion { color: $quiet; }
    Input:focus { background-tint: $foreground 0%; }
    Input > .input--selection { background: $background; color: $foreground; text-style: reverse; }
    CommandPalette { background: $background; }
    CommandPalette > .command-palette--help-text { color: $foreground; text-style: none; }
    """
    BINDINGS = bindings("app")

    data: Path | None = None
    """The folder of the knowledge base, where it is not the one that comes with socui."""

    def __init__(
        self,
        store: Store,
        decider: Decider,
        opened: Opened | None = None,
        example: Profile | None = None,
        today: Callable[[], date] = date.today,
        config: Path | None = None,
    ) -> None:
        """`config` is the folder of config.toml and state.toml; without one nothing is chosen and nothing remembered."""
        super().__init__()
        self.animation_level = "none"
        self.store, self.decider, self.today = store, decider, today
        self.knowledge = decider.knowledge
        self._first = (opened.profile if opened else example or Profile(), opened)
        self.folder, self.config, self.state = config, read_config(config), read_state(config)
        self.notices = [*self.config.told, *filter(None, (self.state.problem,))]
        use_keys(self.config.keys)
        self.set_keymap(keymap(self.config.keys))
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.appearance = Appearance(self)
        self.theme = self.appearance.theme
        self._styled = self.get_css_variables()
        self.stylesheet.set_variables(self._styled)
        self._enter, self.typed_ahead = HeldEnter(), TypedAhead(self)
        self._pressed_at = Offset()
        self.kept = ""
        """What was kept of the work, said when the app is left."""
        self.notice_at_start = ""
        """What is said once it stands."""
        self.at_result = False
        """Whether it begins at the result, and not at a question."""
        self._asked_for = opened is not None or example is not None
        self.ending = Ending(self)

    def watch_theme(self, theme: str) -> None:
        """Remember a theme chosen in the app; the one it starts with was not."""
        self.appearance.theme_changed(theme)

    @property
    def asks_background(self) -> bool:
        """Whether nobody chose a theme, so that the terminal's own background decides."""
        return self.appearance.asks_background

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables for themes that are not ours."""
        theme = self.current_theme
        return dict(theme.variables) if theme in (DARK, LIGHT) else of_ours(theme)

    def refresh_css(self, animate: bool = True) -> None:
        """Work the styles out anew, where the theme has changed them: Textual asks for it at every start as well."""
        variables = self.get_css_variables()
        if variables != self._styled:
            self._styled = variables
            super().refresh_css(animate)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for the terminal with what it lacks; the one that a server or the environment asks for as it is."""
        if constants.DRIVER is not None:
            return super().get_driver_class()
        from socui.screens.driver import Driver as Terminal

        return Terminal

    def on_background(self, event: Background) -> None:
        """The terminal told its background: follow it, unless a theme was chosen meanwhile."""
        self.appearance.follow(light=event.light)

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters and ours."""
        return [*super().get_line_filters(), *self.appearance.filters]

    def get_default_screen(self) -> Screen[None]:
        """The workspace is the first screen; no empty one is made before it."""
        session = Session(self.store, self.knowledge, *self._first)
        state = WorkspaceState(session, self.decider, self.today)
        state.data = self.data
        return Workspace(state, self.at_result)

    @property
    def workspace(self) -> Workspace:
        """The workspace, whatever stands above it."""
        return next(s for s in self.screen_stack if isinstance(s, Workspace))

    def on_mount(self) -> None:
        """Hear the signals that end a program, and offer what an earlier run left."""
        self.ending.listen()
        # Textual takes the terminal again after a stop, and paints nothing of what stood there.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True), immediate=True)
        self.set_timer(0.5, self._settled)
        folders = (self.store.root, self.store.drafts.folder)
        if self.folder is not None and not self._asked_for and self.state.is_first_start(*folders):
            self._welcome()
        elif self.folder is not None and not self._asked_for:
            self.workspace.saving.again()

    def _welcome(self) -> None:
        from socui.screens.welcome import Welcome

        def seen(_: None) -> None:
            self.run_worker(lambda: remember(self.folder, welcomed=True), thread=True, group="state")

        self.push_screen(Welcome(self.store.root), seen)

    @property
    def size(self) -> Size:
        """The size of the terminal, within what is painted."""
        return bounded(super().size)

    async def on_event(self, event: events.Event) -> None:
        """As Textual does; but keys that come after the one that leaves find no screen any more, and do nothing; nor do
        the repeats of an Enter that was for another screen; and a key waits until the one before has been dealt with."""
        if isinstance(event, events.InputEvent) and self._exit:
            return
        if self.typed_ahead.holds(event):
            return
        if isinstance(event, events.InputEvent) and not event.is_forwarded and self._enter.repeats(event, self.screen):
            return
        target = self.typed_ahead.target(event)
        if isinstance(event, events.MouseDown) and not event.is_forwarded:
            self._pressed_at = event.screen_offset
        elif isinstance(event, events.MouseUp) and not event.is_forwarded and self._dragged(event):
            self._mouse_down_widget = None  # Textual takes it for a click on whatever the mouse came to
        await super().on_event(bounded_resize(event) if isinstance(event, events.Resize) else event)
        self.typed_ahead.follow(target)

    async def on_passed(self, message: Passed) -> None:
        """A key has been dealt with: the next one may act."""
        await self.typed_ahead.passed(message)

    def let_go(self) -> None:
        """Let what was typed ahead act, in the app's turn."""
        self.call_later(self.typed_ahead.let_go)

    def _dragged(self, released: events.MouseUp) -> bool:
        """Whether the mouse was moved between press and release, by more than a hand trembles."""
        moved = released.screen_offset - self._pressed_at
        return abs(moved.x) > 1 or moved.y != 0

    def on_exit_app(self, event: ExitApp) -> None:
        """Keep what was said last, whoever ends the app: a server does where a browser is gone. Keys that came before act before."""
        if not self._exit and self.typed_ahead.delays(event):
            event.prevent_default()
            return
        with contextlib.suppress(StopIteration):  # the workspace does not stand yet
            self.workspace.session.write()

    def _settled(self) -> None:
        """The first screen stands: what lives now lives until the end, so the collector need not look at it."""
        gc.freeze()
        gc.enable()
        if self.notice_at_start:
            self.notify(self.notice_at_start, timeout=12, markup=False)
        if self._asked_for and (left := self.store.drafts.left()):
            drafts = "an unsaved draft" if len(left) == 1 else f"{len(left)} unsaved drafts"
            words = f"An earlier run left {drafts}. Press {key_of('library', 'o')} to see."
            self.notify(words, timeout=NOTICE, markup=False)
        if self.notices:
            self.notify("\n".join(self.notices), severity="warning", timeout=20, markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say it at the bottom, never over the work: in the last line of a screen that has one, else in the workspace,
        where it stays until it can be seen."""
        screen = self.screen_stack[-1] if self.is_running and self.screen_stack else None
        below = next((s for s in self.screen_stack if isinstance(s, Workspace)), None) if screen is not None else None
        if isinstance(screen, Tells) and not isinstance(screen, Workspace):
            screen.tell(message)
        elif below is not None and below.stands:
            below.notice(message, timeout or NOTICE)
        else:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def commands_of(self, screen: Screen[object]) -> Iterable[tuple[Command, Callable[[], object]]]:
        """What can be done on that screen, each with what does it."""
        for command in COMMANDS:
            if command.group == "move" or command.id in (*SERIES, "command_palette"):
                continue
            # What stands on the workspace is not done from the screens above it, nor the other way round.
            target = self if command.group == "app" else screen
            if command.group in getattr(screen, "GROUPS", ()) or command.group == "app":
                yield command, self._runner(command.id, target)

    async def _flush_next_callbacks(self) -> None:
        """As Textual does; but who asks for a dialog meanwhile waits for the closing of others, and may be cancelled, as when
        its screen is left: that must cancel neither the closing nor, with it, the app."""
        if active_worker.get(None) is None:
            await super()._flush_next_callbacks()
        else:
            await asyncio.shield(super()._flush_next_callbacks())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The same, as Textual asks for it."""
        for command, run in self.commands_of(screen):
            yield SystemCommand(command.title, f"{command.help} ({keys_of(command)})", run)

    def _runner(self, id: str, target: Any) -> Callable[[], object]:
        return lambda: self.call_later(self.run_action, id, target)

    def action_command_palette(self) -> None:
        """Find anything by words."""
        from socui.screens.guards import Palette
        from socui.screens.palette.provider import Anything

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette([Anything], placeholder="Questions, profiles, facts, themes, commands …"))

    def search_themes(self) -> None:
        """Choose among all themes."""
        from textual.theme import ThemeProvider

        from socui.screens.guards import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette([ThemeProvider], placeholder="Search for themes…"))

    def action_keys(self) -> None:
        """Show all keys."""
        from socui.screens.help import Keys

        if not isinstance(self.screen, Keys):
            self.push_screen(Keys(getattr(self.screen, "GROUPS", ())))

    def action_reference(self) -> None:
        """Show the reference: in the workspace, at what the line under the cursor speaks of."""
        self.show_reference(self.screen.leading.subject() if isinstance(self.screen, Workspace) else ((), ""))

    def show_reference(self, subject: Subject) -> None:
        """Show the reference; what those facts and that text speak of comes first."""
        from socui.screens.reference.screen import Reference

        if not isinstance(self.screen, Reference):
            self.push_screen(Reference(self.knowledge, *subject))

    def show_article(self, article: Tag) -> None:
        """Show the reference with that article open at its beginning."""
        from socui.screens.reference.screen import Reference

        if not isinstance(self.screen, Reference):
            self.push_screen(Reference(self.knowledge, article=article))

    def compare(self, one: Profile, other: Profile) -> None:
        """Show two profiles side by side."""
        from socui.screens.compare import Compare

        self.push_screen(Compare(self.decider, one, other, self.today()))

    def action_suspend(self) -> None:
        """Give the terminal back to the shell until it says `fg`; what was said is on the disk before."""
        self.workspace.session.write()
        if self._driver is None or not self._driver.can_suspend:
            self.notify("This terminal cannot be given back to a shell.", markup=False)
            return
        self.action_suspend_process()

    async def action_quit(self) -> None:
        """Save and leave; say what was kept where."""
        session = self.workspace.session
        session.write()
        self.kept = session.kept_words()
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


def run_app(
    *,
    store: Store,
    decider: Decider,
    opened: Opened | None = None,
    example: Profile | None = None,
    notice_at_start: str = "",
    at_result: bool = False,
    data: Path | None = None,
) -> int:
    """Show the app until it is left, saying `notice_at_start` first; with `at_result` at the result. Gives the exit status: 0,
    1 after a crash, 2 without a terminal, 128+n by a signal."""
    if why := why_no_screen(os.environ, sys.stdin, sys.stdout, sys.__stderr__):
        say(f"socui: no full screen: {why}; see socui --help for what works without one")
        return 2
    try:
        config: Path | None = config_folder()
    except StoreError:  # profiles may be kept where no home is known
        config = None
    app = SocuiApp(store, decider, opened, example, config=config)
    app.notice_at_start, app.at_result, app.data = notice_at_start, at_result, data
    app.run()
    if app._crash_text:
        sys.stderr.write(visible_lines(app._crash_text))
        return 1
    if app.kept:
        say(f"socui: {app.kept}")
    return app.return_code or 0
