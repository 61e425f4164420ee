"""The few modal dialogs: naming a profile, a note, a line of text, a choice, and where to write a file."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList
from textual.widgets.input import Selection
from textual.widgets.option_list import Option

from socui.asking.typed_day import DAY_FORMS, typed_day
from socui.errors import Exists, ProfileError, StoreError
from socui.profiles.date_labels import date_label
from socui.profiles.profile import Profile
from socui.screens.guards import Modal
from socui.screens.widgets.text_field import Field
from socui.screens.widgets.text_lines import Lines
from socui.settings.commands import COMMANDS, anywhere
from socui.text import scrub_line, scrub_lines, visible

CANCEL: list[BindingType] = [
    Binding("escape", "cancel", "Cancel", show=False),
    Binding("ctrl+q", "app.quit", "Quit", show=False),
    *anywhere("keys", "suspend"),
]
FIELDS_APART = [(0, "-low"), (30, "-high")]
"""From how many rows on a form of several fields has room for a blank line between them."""
_FIELDS = (
    ("name", "Name (another name saves a copy)", "e.g. Payroll 2027"),
    ("organization", "Organization", ""),
    ("service", "The one service it is about", "reports belong to a service, not to a company"),
    ("needed_by", "", "YYYY-MM-DD, may stay empty"),
    ("year_end", "", "YYYY-MM-DD, may stay empty"),
)


def values_at(event: Input.Submitted, dialog: Screen[Any]) -> dict[str, str]:
    """Return what the fields of a dialog said when Enter was pressed, by their ids: more may have been typed since."""
    values = {field.id or "": field.value for field in dialog.query(Input)} | {event.input.id or "": event.value}
    return {id: scrub_line(value) for id, value in values.items()}


def select_proposed(dialog: Screen[Any], problem: str = "", length: int | None = None) -> None:
    """Select what the first field of a dialog proposes, or so many characters of it: typing replaces it, an arrow key keeps
    it. With a problem nothing is selected: what was typed is to be mended."""
    field = dialog.query(Input).first()
    if not problem:
        field.selection = Selection(0, len(field.value) if length is None else length)


class ProfileDialog(Modal[Profile | None]):
    """Asks for name, organization, service and dates. Enter in any field saves."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = CANCEL
    VERTICAL_BREAKPOINTS = FIELDS_APART

    def __init__(self, profile: Profile, problem: str = "") -> None:
        super().__init__()
        self.profile, self.problem = profile, problem

    def compose(self) -> ComposeResult:
        """One field a line."""
        with Vertical(classes="box"):
            yield Label("Save this profile", classes="title", markup=False)
            for id, label, hint in _FIELDS:
                dated = self.profile.dates.get(id)
                value = dated.isoformat() if dated else getattr(self.profile, id, "")
                yield Label(label or date_label(self.profile, id), classes="name", markup=False)
                yield Field(value, placeholder=hint, id=id, compact=True, select_on_focus=False)
            yield Label(visible(self.problem), id="problem", markup=False)
            yield Label("enter save · tab next field · esc cancel", classes="foot", markup=False)

    def on_mount(self) -> None:
        """The name is selected."""
        select_proposed(self, self.problem)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        values = values_at(event, self)
        name, organization, service = (values[f] for f in ("name", "organization", "service"))
        profile = replace(self.profile, name=name, organization=organization, service=service)
        if not name:
            self._tell("name", "Name: give it one")
            return
        for id in ("needed_by", "year_end"):
            try:
                profile = profile.with_date(id, typed_day(values[id]) if values[id] else None)
            except ValueError:
                self._tell(id, f"{date_label(self.profile, id)}: not a day: write {DAY_FORMS}")
                return
        self.dismiss(profile)

    def _tell(self, field: str, problem: str) -> None:
        self.query_one("#problem", Label).update(problem)
        self.query_one(f"#{field}", Input).focus()

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class NoteDialog(Modal[str | None]):
    """Asks for a text of several lines, typed or pasted: a note, or the words of a request.

    Enter keeps it; an empty text takes it away.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS = CANCEL

    def __init__(self, ask: str, note: str, hint: str = "goes into the profile and the report") -> None:
        super().__init__()
        self.ask, self.note, self.hint = ask, note, hint

    def compose(self) -> ComposeResult:
        """The question and the lines."""
        with Vertical(classes="box"):
            yield Label(self.ask, classes="title", markup=False)
            yield Lines(self.note, placeholder=self.hint)
            yield Label("enter keep · ^j new line · esc cancel", classes="foot", markup=False)

    @on(Lines.Done)
    def _done(self, event: Lines.Done) -> None:
        if event.text == scrub_lines(self.note):
            self.dismiss(self.note)  # only looked at
        else:
            self.dismiss(event.text.strip("\n") if event.text.strip() else "")

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class FileDialog(Modal[str | None]):
    """Asks where to save a report. Gives the file's name, whose suffix is one of `endings`."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = CANCEL

    def __init__(self, proposed: str, endings: Collection[str], problem: str = "") -> None:
        super().__init__()
        self.proposed, self.endings, self.problem = proposed, endings, problem

    def compose(self) -> ComposeResult:
        """A line for the name, and one for what is wrong with it."""
        with Vertical(classes="box"):
            yield Label("Save the report", classes="title", markup=False)
            yield Field(self.proposed, placeholder="a file", compact=True, select_on_focus=False)
            yield Label(visible(self.problem), id="problem", markup=False)
            yield Label(f"{' '.join(self._named())} · enter save · esc cancel", classes="foot", markup=False)

    def on_mount(self) -> None:
        """The name is selected up to its suffix, which says the format."""
        select_proposed(self, self.problem, len(self.proposed) - len(Path(self.proposed).suffix))

    def _named(self) -> list[str]:
        """Return one ending for each format."""
        return [e for e in self.endings if e not in (".htm", ".text", ".markdown")]

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        name = event.value.strip()
        if Path(name).suffix.lower() in self.endings:
            self.dismiss(name)
        else:
            self.query_one("#problem", Label).update(
                f"use {', '.join(self._named()[:-1])} or {self._named()[-1]} at the end of the name"
            )

    def action_cancel(self) -> None:
        """Save nothing."""
        self.dismiss(None)


class TextDialog(Modal[str | None]):
    """Asks for one line of text, such as a name or the path of a file. With `empty` an empty line is an answer too; with
    `name` the text is a whole name, which typing replaces."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = CANCEL

    def __init__(
        self, title: str, value: str = "", hint: str = "", problem: str = "", *, empty: bool = False, name: bool = False
    ) -> None:
        super().__init__()
        self.heading, self.value, self.hint, self.problem = title, value, hint, problem
        self.empty, self.is_name = empty, name

    def compose(self) -> ComposeResult:
        """What is asked, the line, and what was wrong with the last one."""
        with Vertical(classes="box"):
            yield Label(visible(self.heading), classes="title", markup=False)
            yield Field(scrub_line(self.value), placeholder=self.hint, compact=True, select_on_focus=False)
            yield Label(visible(self.problem), id="problem", markup=False)
            yield Label("enter go on · esc cancel", classes="foot", markup=False)

    def on_mount(self) -> None:
        """A name is selected."""
        if self.is_name:
            select_proposed(self, self.problem)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        if event.value.strip() or self.empty:
            self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


_MOVES = {"down": "cursor_down", "up": "cursor_up", "choose": "select"}
"""The actions of a list of options that have another name than the command."""


class ChoiceList(OptionList):
    """Lists the ways to go on, with the keys of every other list. A key that comes before it is laid out does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, _MOVES.get(command.id, command.id), command.title, show=False, id=command.name)
        for command in COMMANDS
        if command.group == "move"
        for key in command.keys
    ]

    def action_page_down(self) -> None:
        """A screenful down."""
        with suppress(LookupError):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def action_page_up(self) -> None:
        """A screenful up."""
        with suppress(LookupError):
            super().action_page_up()  # type: ignore[no-untyped-call]


class ChoiceDialog(Modal[int | None]):
    """Asks which of a few ways to go on."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = CANCEL

    def __init__(self, title: str, text: str, ways: tuple[str, ...]) -> None:
        super().__init__()
        self.heading, self.text, self.ways = visible(title), text, tuple(visible(w) for w in ways)

    def compose(self) -> ComposeResult:
        """Why, and the ways."""
        with Vertical(classes="box"):
            yield Label(self.heading, classes="title", markup=False)
            yield Label(visible(self.text), markup=False)
            yield ChoiceList(*(Option(w) for w in self.ways), markup=False, compact=True)
            yield Label("enter choose · esc cancel", classes="foot", markup=False)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_cancel(self) -> None:
        """None of them."""
        self.dismiss(None)


async def choose(app: App[Any], title: str, text: str, ways: tuple[str, ...]) -> int | None:
    """Return the index of the way chosen, None for none. To be awaited in a worker."""
    return await app.push_screen_wait(ChoiceDialog(title, text, ways))


async def write_to(app: App[Any], proposed: str, write: Callable[[Path, bool], None]) -> Path | None:
    """Ask for the place of a file and have it written: `write` is given the place and whether a file that is there may
    be replaced, which is asked first. Gives the place, None where nothing was written. To be awaited in a worker."""
    value, problem, replace_it = proposed, "", False
    while True:
        if not replace_it:
            answer = await app.push_screen_wait(TextDialog("Write to which file?", value, "a file", problem))
            if answer is None:
                return None
            value = answer
        try:
            where = Path(value).expanduser()
            write(where, replace_it)
            return where
        except Exists as error:
            problem = str(error)
            replace_it = where.is_file() and await choose(app, "It exists", str(where), ("Replace it", "No")) == 0
        except (StoreError, ProfileError, RuntimeError, ValueError) as error:  # no such ~user, a NUL
            problem, replace_it = str(error), False
