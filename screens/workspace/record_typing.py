"""Fields of a record that are typed, and a request's own words that are read into the others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from socui.asking.typed_day import DAY_FORMS
from socui.errors import Usage
from socui.profiles.record_labels import RecordField
from socui.profiles.records import Request

if TYPE_CHECKING:
    from datetime import date

    from socui.asking.reading.reading import Reading
    from socui.screens.workspace.record_form import RecordForm


def _reading(text: str, received: date | None) -> Reading:
    """Return what the words of a request suggest. To be called in a thread."""
    from socui.asking.reading.reading import read_request

    return read_request(text, received)


class Typing:
    """Asks for what is typed, for the form that it is given. Every method waits for a dialog: await it in a worker."""

    def __init__(self, form: RecordForm) -> None:
        self.form = form

    async def type_field(self, field: RecordField) -> None:
        """Ask for the value of a field until it can be read or is given up, and go on to the next field."""
        from socui.cli.record_fields import changed, typed_value
        from socui.profiles.records import FIELDS
        from socui.screens.dialogs import NoteDialog, TextDialog

        form, name = self.form, field.day or field.name
        record: Any = form.record  # of each kind
        if record is None:
            return
        if name == "words":
            text = await form.app.push_screen_wait(NoteDialog(field.ask, getattr(record, name), field.help))
            if text is not None:
                form.write(name, text, field)
                await self.read_words()
            else:
                form.beside(1)
            return
        value, problem = getattr(record, name), ""
        text = "" if value is None else typed_value(value)
        hint = DAY_FORMS if field.day else field.help
        while (
            answer := await form.app.push_screen_wait(TextDialog(field.ask, text, hint, problem, empty=True))
        ) is not None:
            text = answer
            try:
                after = changed(record, [f"{FIELDS[form.slot.kind][name][0]}={answer}"], "")
            except Usage as error:
                problem = str(error).removeprefix(": ")
                continue
            form.write(name, getattr(after, name), field)
            form.beside(1)
            return

    async def read_words(self) -> None:
        """Read the request's own words, and go on to the next field."""
        record = self.form.record
        words = record.words if isinstance(record, Request) else ""
        suggested = await self._read(words)
        self.form.beside(1)
        if words and not suggested:
            self.form.show("nothing in these words could be read: fill in what you know")

    async def _read(self, text: str) -> bool:
        """Show what a request suggests in its own words, and put into the form what is taken.

        Return whether there was anything to show.
        """
        form = self.form
        record = form.record
        if not isinstance(record, Request):
            return False
        # The first reading takes longer than a key may: the form is seen meanwhile, and takes no key but the one that leaves.
        form.reading = True
        form.show("reading their words …" if text else "")
        try:
            reading = await asyncio.to_thread(_reading, text, record.received)
        finally:
            form.reading = False
        form.show()
        if not reading.suggestions and not reading.questions:
            return False
        from socui.asking.reading.accept import accepted, with_side
        from socui.screens.request_reading import RequestReading

        suggestions = await form.app.push_screen_wait(RequestReading(text, reading))
        record = form.record
        if suggestions and isinstance(record, Request):
            profile = form.slot.write(form.state.profile, accepted(record, suggestions))
            form.state.change(with_side(profile, suggestions))
            form.show()
        return True
