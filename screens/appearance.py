"""Which theme the app wears, by whose choice, and which filters every row goes through."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

from textual import constants
from textual.filter import LineFilter

from socui.knowledge.toml_tables import suggest
from socui.screens.themes import DARK, LIGHT, Ascii, Encodable, Visible
from socui.settings.commands import key_of
from socui.settings.remembered import remember
from socui.settings.terminal import light_by_environment, writes_unicode
from socui.text import visible

if TYPE_CHECKING:
    from socui.app import SocuiApp


class Appearance:
    """Chooses theme and filters for the given app, and remembers a theme that is chosen while it runs.

    `theme` is the theme as last set by the environment, the config, the memory or the terminal's background.
    `asks_background` is True where nobody chose a theme, so that the terminal's own background decides.
    `filters` are made once, because Textual caches what a filter made of a row by the filter itself.
    """

    def __init__(self, app: SocuiApp) -> None:
        self.app = app
        self.asks_background = False
        self._remembering = threading.Lock()
        self.theme = self._first_theme()
        asked = os.environ.get("SOCUI_ASCII", "")
        self.ascii = asked != "0" if asked else app.config.ascii
        self.filters: list[LineFilter] = [Visible()]
        if constants.DRIVER is None and not writes_unicode(sys.__stderr__):
            self.filters.append(Encodable(str(sys.__stderr__ and sys.__stderr__.encoding)))
        elif self.ascii:
            self.filters.append(Ascii())

    def _first_theme(self) -> str:
        """Return the theme of the environment, else the one chosen last; tell where a name is no theme."""
        app = self.app
        for name in ("SOCUI_THEME", "TEXTUAL_THEME"):
            if wanted := os.environ.get(name):
                if wanted in app.available_themes:
                    return wanted
                near = suggest(wanted, app.available_themes, f"{key_of('change_theme', 'T')} shows them.")
                app.notices.append(f"{name}: there is no theme `{visible(wanted[:40])}`. {near}")
        if fault := app.config.no_theme(app.available_themes):
            app.notices.append(fault)
        chosen = (app.state.theme_with(app.config), app.config.theme)
        if (theme := next((t for t in chosen if t in app.available_themes), None)) is not None:
            return theme
        self.asks_background = app.folder is not None
        by_environment = light_by_environment(os.environ.get("COLORFGBG", ""))
        light = app.state.light if by_environment is None else by_environment
        return LIGHT.name if light and self.asks_background else DARK.name

    def theme_changed(self, theme: str) -> None:
        """Remember the theme where a person chose it."""
        if theme != self.theme:
            self.theme, self.asks_background = theme, False
            if self.app.folder is not None:
                self.app.run_worker(lambda: self._remember(theme), thread=True, group="state", exit_on_error=False)

    def _remember(self, theme: str) -> None:
        with self._remembering:
            if theme != self.app.theme:  # another one was chosen meanwhile: it will be written
                return
            problem = remember(self.app.folder, theme=theme, instead_of=self.app.config.theme)
        if problem:
            self.app.call_from_thread(self.app.notify, visible(problem), severity="warning", timeout=12, markup=False)

    def follow(self, *, light: bool) -> None:
        """Follow the background that the terminal told, unless a theme was chosen meanwhile."""
        if not self.asks_background:
            return
        app = self.app
        self.theme = app.theme = LIGHT.name if light else DARK.name
        if light != app.state.light:
            app.run_worker(lambda: remember(app.folder, light=light), thread=True, group="state", exit_on_error=False)
