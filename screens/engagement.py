"""Asks for the details that a CPA firm needs for a quote, and for the country: one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from socui.cli.engagement import filled
from socui.knowledge.model import Knowledge
from socui.profiles.countries import region
from socui.profiles.profile import Profile
from socui.profiles.undo import History
from socui.screens.guards import Asks, Once
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, Tag, clip, flow
from socui.screens.workspace.state import WorkspaceState
from socui.settings.commands import bindings, key_of
from socui.text import visible

COUNTRY = "country"
_COUNTRY_HINT = "two letters, such as US, GB or DE"
_PARTS = {
    "about": "The organization",
    "service": "The service",
    "controls": "Controls",
    "vendors": "Vendors",
    "reports": "Reports",
    "readers": "Readers and decision",
}


def engagement_lines(knowledge: Knowledge, profile: Profile, width: int) -> Iterator[Line]:
    """Yield the country, then the fields by part, each with what is written there, or with what belongs there."""
    yield Line((Span(f" {_PARTS['about']}", "head"),))
    yield from _detail(COUNTRY, "Country", profile.country, f"Where it is registered: {_COUNTRY_HINT}", width)
    part = "about"
    for field in knowledge.fields:
        if field.part != part:
            part = field.part
            yield BLANK
            yield Line((Span(f" {_PARTS.get(part, part)}", "head"),))
        yield from _detail(field.id, field.title, profile.engagement.get(field.id, ""), field.hint, width)


def _detail(id: str, title: str, text: str, hint: str, width: int) -> Iterator[Line]:
    tag: Tag = ("detail", id)
    glyph = Span("  ✓ ", "good") if text else Span("  ◇ ", "dim")
    if not text:
        yield from flow((Span(title), Span(f" – {hint}", "dim")), width, (glyph,), tag=tag, stop=True)
        return
    yield Line((glyph, Span(clip(title, width - 5))), tag, stop=True)
    for row in text.split("\n"):
        yield from flow(visible(row), width, (Span("      "),), style="strong", tag=tag)


class Details(Asks[None], Once[None], Screen[None]):
    """The lines, to be written. Every change is one of the profile: undo takes it back, and it is saved as all others."""

    CSS_PATH = "engagement.tcss"
    GROUPS = ("details",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#details"

    def __init__(self, state: WorkspaceState) -> None:
        super().__init__()
        self.state = state
        self.message = ""

    def compose(self) -> ComposeResult:
        """How many are written, the lines, and the keys."""
        yield Bar(id="headline")
        yield Sheet(id="details")
        yield Bar(id="foot")

    @property
    def sheet(self) -> Sheet:
        """The lines."""
        return self.query_one("#details", Sheet)

    def on_mount(self) -> None:
        """Fill it, with the cursor on the first line that is empty."""
        self.sheet.border_title = "Details for a quote"
        self.sheet.builder = lambda w: (list(engagement_lines(self.state.knowledge, self.state.profile, w)), ())
        self.query_one("#headline", Bar).builder = lambda w: ([self._headline(w)], ())
        self.query_one("#foot", Bar).builder = lambda w: ([self._foot(w)], ())
        self.show()
        self.sheet.point(("detail", next(iter(self.empty), COUNTRY)))

    @property
    def ids(self) -> tuple[str, ...]:
        """What can be written, in order."""
        return (COUNTRY, *(field.id for field in self.state.knowledge.fields))

    @property
    def empty(self) -> list[str]:
        """What is not written yet."""
        return [id for id in self.ids if not self._text(id)]

    def _text(self, id: str) -> str:
        profile = self.state.profile
        return profile.country if id == COUNTRY else profile.engagement.get(id, "")

    def _headline(self, width: int) -> Line:
        written = len(self.ids) - len(self.empty)
        words = f" {written} of {len(self.ids)} written; what is empty stays a blank in the request for quotes"
        return Line((Span(clip(words, width), "strong"),))

    def _foot(self, width: int) -> Line:
        if self.message:
            return Line((Span(clip(f" {visible(self.message)}", width), "warn"),))
        keys = (
            ("choose", "space", "write"),
            ("next", "n", "next empty"),
            ("clear", "x", "clear"),
            ("undo", "u", "undo"),
            ("leave", "escape", "done"),
            ("keys", "question_mark", "help"),
        )
        return foot([Hint(run, key_of(run, key), word) for run, key, word in keys], width, ("leave", "choose", "next"))

    def show(self, message: str = "") -> None:
        """Show what is written, with a word in the last line."""
        self.message = message
        for id in ("#details", "#headline", "#foot"):
            self.query_one(id, Sheet).rebuild()

    def _write(self, id: str, text: str) -> None:
        profile = self.state.profile
        changed = replace(profile, country=text) if id == COUNTRY else filled(profile, {id: text})
        self.state.change(changed)
        self.show()

    @on(Sheet.Chosen, "#details")
    def _chosen(self, event: Sheet.Chosen) -> None:
        self.ask(lambda: self._type(event.tag[1]))

    @on(Sheet.Chosen, "#foot")
    async def _key(self, event: Sheet.Chosen) -> None:
        target = {"keys": self.app, "choose": self.sheet}.get(event.tag[1], self)
        await self.app.run_action(event.tag[1], target)

    async def _type(self, id: str) -> None:
        from socui.screens.dialogs import NoteDialog, TextDialog

        if id == COUNTRY:
            await self._ask_country(TextDialog)
        else:
            field = next(field for field in self.state.knowledge.fields if field.id == id)
            text = await self.app.push_screen_wait(NoteDialog(field.title, self._text(id), field.hint))
            if text is not None:
                self._write(id, text)

    async def _ask_country(self, dialog: Callable[..., Screen[str | None]]) -> None:
        text, problem = self._text(COUNTRY), ""
        while (
            answer := await self.app.push_screen_wait(
                dialog("In which country is the organization registered?", text, _COUNTRY_HINT, problem, empty=True)
            )
        ) is not None:
            text = answer.strip().upper()
            if not text or region(text):
                self._write(COUNTRY, text)
                return
            problem = f"not a country: write {_COUNTRY_HINT}"

    # ---- the keys

    def action_next(self) -> None:
        """The next line that is empty; from the end it starts over."""
        here = self.ids.index(self.sheet.cursor[1]) if self.sheet.cursor else -1
        turned = [*self.ids[here + 1 :], *self.ids[: here + 1]]
        following = next((id for id in turned if id in self.empty), None)
        if following is None:
            self.show("all is written")
        else:
            self.sheet.point(("detail", following))

    def action_clear(self) -> None:
        """Take away what is written under the cursor."""
        if self.sheet.cursor:
            self._write(self.sheet.cursor[1], "")

    def action_undo(self) -> None:
        """Take the last change back."""
        self.show("" if self.state.travel(History.undo) else "nothing to undo")

    def action_redo(self) -> None:
        """Make the change again."""
        self.show("" if self.state.travel(History.redo) else "nothing to redo")

    def action_leave(self) -> None:
        """Back to where it was opened from; everything is kept."""
        self.dismiss()
