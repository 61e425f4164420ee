"""A request, a report held, a change or the evidence as a form: every field is a question, answered by key like all others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from socui.profiles.profile import Profile
from socui.profiles.record_labels import FORMS, RecordField, value_words
from socui.profiles.records import Event, Evidence, ReportHeld, Request
from socui.profiles.undo import History
from socui.screens.guards import Asks, Once
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import Line, Span, Tag, clip
from socui.screens.widgets.questionnaire import Questionnaire
from socui.screens.widgets.record_lines import Editable, field_tags, form_lines
from socui.screens.workspace.bars import headline_line
from socui.screens.workspace.record_typing import Typing
from socui.screens.workspace.state import WorkspaceState
from socui.settings.commands import COMMANDS, bindings, key_of, keys_now
from socui.text import visible

_LEAVE = next(command for command in COMMANDS if command.name == "form.leave")
EMPTY: dict[type, Editable] = {Request: Request(""), ReportHeld: ReportHeld(), Event: Event(), Evidence: Evidence()}


class Slot(NamedTuple):
    """The place of a record in a profile: `read` gives the record, None where it is gone; `write` gives the profile with another
    in its place.
    """

    title: str
    read: Callable[[Profile], Editable | None]
    write: Callable[[Profile, Editable | None], Profile]
    kind: type


class RecordForm(Asks[None], Once[None], Screen[None]):
    """Shows one record as a form. Every choice counts at once, and undo takes it back."""

    CSS_PATH = "record_form.tcss"
    GROUPS = ("form",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#form"

    def __init__(self, state: WorkspaceState, slot: Slot, begin: str = "", pasted: bool = False) -> None:
        """`begin` is the field that is open at first; a text is then typed at once, or read where it was `pasted`."""
        super().__init__()
        self.state, self.slot = state, slot
        self.form = FORMS[slot.kind]
        self.current = next((f.name for f in self.form if begin and begin in (f.name, f.day)), self.form[0].name)
        self._begin, self._pasted = begin, pasted
        self.typing = Typing(self)
        self.message = ""
        self.reading = False
        """Whether the request's words are being read."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As every screen that stands; while words are read only what leaves."""
        return (not self.reading or action == "leave") and super().check_action(action, parameters)

    @property
    def record(self) -> Editable | None:
        """The record as it is now; None where undo took it away."""
        return self.slot.read(self.state.profile)

    @property
    def field(self) -> RecordField:
        """The field that is open."""
        return next(f for f in self.form if f.name == self.current)

    def compose(self) -> ComposeResult:
        """The headline, the form and what can be done."""
        yield Bar(id="headline")
        yield Questionnaire(id="form")
        yield Bar(id="foot")

    @property
    def sheet(self) -> Sheet:
        """The form."""
        return self.query_one("#form", Sheet)

    def on_mount(self) -> None:
        """Fill it; where a text is to be typed, ask for it."""
        self.sheet.border_title = self.slot.title
        self.sheet.builder = self._lines
        self.sheet.follow = self._moved
        self.query_one("#headline", Bar).builder = lambda w: ([self._headline(w)], ())
        self.query_one("#foot", Bar).builder = lambda w: ([self._foot(w)], ())
        self._go(self.current)
        if self._pasted:
            self.ask(self.typing.read_words)
        elif self._begin and not self.field.options:
            self._type(self.field)

    def _lines(self, width: int) -> tuple[list[Line], list[Line]]:
        record = self.record
        return ([] if record is None else list(form_lines(self.form, record, self.current, width))), []

    def _headline(self, width: int) -> Line:
        return headline_line(self.state, width)

    def _foot(self, width: int) -> Line:
        if self.message:
            return Line((Span(clip(f" {visible(self.message)}", width), "warn"),))
        keys = (
            ("leave", "escape", "done"),
            ("choose", "space", "choose"),
            ("next", "n", "next"),
            ("clear", "x", "clear"),
            ("undo", "u", "undo"),
            ("remove", "D", "remove it"),
            ("keys", "question_mark", "help"),
        )
        return foot([Hint(run, key_of(run, key), word) for run, key, word in keys], width, ("leave", "next", "choose"))

    def show(self, message: str = "") -> None:
        """Show the record as it is now, with a word in the last line."""
        self.message = message
        if self.record is None:
            self.dismiss()
            return
        for id in ("#form", "#headline", "#foot"):
            self.query_one(id, Sheet).rebuild()

    # ---- moving

    def _moved(self, tag: Tag, step: int) -> None:
        if len(tag) > 1 and tag[1] != self.current:
            self._go(tag[1], last=step < 0)

    def _go(self, name: str, last: bool = False) -> None:
        self.current = name
        self.show()
        self.sheet.point(self._first(last), tell=False)

    def _first(self, last: bool) -> Tag:
        """Where the cursor comes to: what is chosen, else the first choice or, from below, the last."""
        tags, record = field_tags(self.field), self.record
        value: object = getattr(record, self.current, None)
        chosen = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        own = [tag for tag in tags if tag[0] == "value" and tag[-1] == chosen]
        if record is not None and self.field.day and getattr(record, self.field.day) is not None:
            own = [tags[-1]]
        return tags[-1] if last else own[0] if own else tags[0]

    def beside(self, step: int) -> None:
        """Open the field before, or the next one that says nothing yet; after the last one, close the form."""
        record, at = self.record, [f.name for f in self.form].index(self.current)
        if step < 0:
            if at > 0:
                self._go(self.form[at - 1].name)
            return
        empty = (f.name for f in self.form[at + 1 :] if record is None or not value_words(f, record))
        if (name := next(empty, None)) is None:
            self.dismiss()
        else:
            self._go(name)

    # ---- answering

    @on(Sheet.Chosen, "#form")
    def _chosen(self, event: Sheet.Chosen) -> None:
        if self.reading:
            return
        match event.tag:
            case ("field", name):
                self._go(name)
            case ("value", name, value):
                self._pick(name, value)
            case ("edit", name):
                self._type(next(f for f in self.form if f.name == name))

    @on(Sheet.Chosen, "#foot")
    async def _key(self, event: Sheet.Chosen) -> None:
        await self.app.run_action(event.tag[1], self.app if event.tag[1] == "keys" else self)

    def _pick(self, name: str, value: str) -> None:
        field = next(f for f in self.form if f.name == name)
        record = self.record
        if record is None:
            return
        before = getattr(record, name)
        if field.several:
            after: object = tuple(v for v in before if v != value) if value in before else (*before, value)
        elif dict(field.options).keys() == {"yes", "no"}:
            after = None if before is (value == "yes") else value == "yes"
        else:
            after = "" if before == value and not self._day(field, record) else value
        self.write(name, after, field)

    @staticmethod
    def _day(field: RecordField, record: Editable) -> date | None:
        day: date | None = getattr(record, field.day) if field.day else None
        return day

    def write(self, name: str, value: object, field: RecordField) -> None:
        """Put that value into the record; of a band and a day the other one goes."""
        record = self.record
        if record is None:
            return
        values = {name: value}
        if field.day:  # a band or a day, never both
            values |= {field.day: None} if name == field.name else {field.name: ""}
        self.state.change(self.slot.write(self.state.profile, replace(record, **values)))
        self.show()

    def _type(self, field: RecordField) -> None:
        self.ask(lambda: self.typing.type_field(field))

    def leaves_by(self, key: str) -> bool:
        """Return whether that key leaves the form although words are being read."""
        return self.reading and key in keys_now(_LEAVE)

    # ---- the keys

    def action_number(self, digit: int) -> None:
        """Choose by number in the open field."""
        tags = field_tags(self.field)
        if digit <= len(tags):
            self.sheet.point(tags[digit - 1], tell=False)
            self.sheet.action_choose()

    def action_further(self, place: int) -> None:
        """Choose the tenth, the eleventh and so on."""
        self.action_number(9 + place)

    def action_next(self) -> None:
        """The next field that says nothing yet; after the last one, done."""
        self.beside(1)

    def action_previous(self) -> None:
        """The field before."""
        self.beside(-1)

    def action_clear(self) -> None:
        """Take away what the open field says."""
        field, record = self.field, self.record
        if record is not None:
            empty = EMPTY[type(record)]
            self.write(field.name, getattr(empty, field.name), field)

    def action_undo(self) -> None:
        """Take the last change back."""
        self.show("" if self.state.travel(History.undo) else "nothing to undo")

    def action_redo(self) -> None:
        """Make the change again."""
        self.show("" if self.state.travel(History.redo) else "nothing to redo")

    def action_remove(self) -> None:
        """Take the record away; undo brings it back."""
        self.state.change(self.slot.write(self.state.profile, None))
        self.dismiss()

    def action_leave(self) -> None:
        """Back to the questions; everything is kept."""
        self.dismiss()
