"""Shows the papers as text or Markdown before they are copied or saved: memo, full report, request for quotes, letters."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.screen import Screen

from socui.errors import Usage
from socui.profiles.profile import Profile
from socui.reports.render import ReportWriter, quote_writer, replier, reporter
from socui.screens.guards import Asks, Once
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import Line, Span, clip, flow, width_of
from socui.settings.commands import COMMANDS, bindings, key_name, keys_now
from socui.text import visible

if TYPE_CHECKING:
    from socui.app import SocuiApp

_FORMATS = {"text": "text", "md": "Markdown"}
_TITLES = {"memo": "Memo", "full": "Full report", "quotes": "For CPA firms", "letter": "Letter"}
_LETTER = "letter:"
_OUT = ("keys", "leave")
_LONGEST = 100
"""Cells that a line takes at most: longer ones are hard to read."""
_FIRST = (*_OUT, "save_file", "auditors", "letters", "whole", "as_markdown")
"""Keys that are given room before all else."""
_SHORT = {"auditors": "CPA sheet"}


def report_lines(text: str, width: int) -> Iterator[Line]:
    """Yield a report in rows: headings stand out, what is too long goes on below its beginning."""
    rows = text.split("\n")
    for row, under in zip(rows, [*rows[1:], ""], strict=True):
        head = row.startswith("#") or (row and under and not under.strip("=-.") and len(under) >= min(len(row), 3))
        rule = bool(row) and not row.strip("=-.")
        style = "head" if head else "dim" if rule else ""
        blank = len(row) - len(row.lstrip())
        if len(row) < width and row.isascii():
            yield Line((Span(row, style),))
        elif rule:
            yield Line((Span(row[: width - 1], style),))  # it has no words to go on with
        else:
            words = row.strip()
            mark = words[:2] if words[:2] in ("* ", "- ") else ""  # what goes on below stands behind it
            yield from flow(words[len(mark) :], width, (Span(" " * blank + mark),), style=style)


class Preview(Asks[None], Once[None], Screen[None]):
    """Shows the report on a profile. It decides once; writing and saving are done in a thread."""

    CSS_PATH = "report_preview.tcss"
    GROUPS = ("preview",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#report"

    def __init__(self, profile: Profile, today: date, paper: str = "memo", save_as: str = "") -> None:
        """`paper` is "memo", "full", "quotes", or the letter to a request: "letter:" and its id. With `save_as`, a suffix,
        it asks at once for the file to save it into."""
        super().__init__()
        self._save_as = save_as
        self.profile, self.today, self.paper = profile, today, paper
        self.format = "text"
        self.text = ""
        """What is shown, in rows that fit."""
        self._columns = 0
        """Cells of a row that it was written for."""
        self.message = ""
        self._writers: dict[str, ReportWriter] = {}

    @property
    def letters(self) -> list[str]:
        """The letters that there are, one for each request."""
        return [f"{_LETTER}{request.id}" for request in self.profile.requests]

    @property
    def writer(self) -> ReportWriter:
        """What writes the paper. Deciding is no work for a thread: the app's decider is not shared. Raises Usage."""
        if self.paper not in self._writers:
            self._writers[self.paper] = self._made()
        return self._writers[self.paper]

    def _made(self) -> ReportWriter:
        decider = cast("SocuiApp", self.app).decider
        if self.paper == "quotes":
            return quote_writer(decider, self.profile, self.today)
        if self.paper.startswith(_LETTER):
            return replier(decider, self.profile, self.today, self.paper.removeprefix(_LETTER))
        return reporter(decider, self.profile, self.today, self.paper == "full")

    def _show(self, paper: str) -> None:
        """Show that paper; where there is none, say why and stay."""
        before, self.paper = self.paper, paper
        try:
            _ = self.writer
        except Usage as nothing:
            self.paper = before
            self.tell(str(nothing))
            return
        self._write()

    def compose(self) -> ComposeResult:
        """The text, and a line of keys or of what was done."""
        yield Sheet(id="report")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Show the report."""
        sheet = self.query_one("#report", Sheet)
        sheet.builder = lambda w: (list(report_lines(self.text, min(w, _LONGEST + 1))) if self.text else [], ())
        self.query_one("#foot", Bar).builder = lambda w: ([self._foot(w)], ())
        self.call_after_refresh(self._write)  # once it is known how long its rows may be
        if self._save_as:
            self.action_save_file()

    def _foot(self, width: int) -> Line:
        commands = [c for c in COMMANDS if c.group == "preview" or c.id == "keys"]
        words = {"quotes": {"auditors": "our report"}, "full": {"whole": "the memo"}}.get(self.paper, {})
        words = words | ({"as_markdown": "plain text"} if self.format == "md" else {})
        hints = [Hint(c.id, key_name(keys_now(c)[0]), words.get(c.id, c.title.lower()), _SHORT.get(c.id, ""))
                 for c in commands]  # fmt: skip
        if not self.message:
            return foot(hints, width, _FIRST)
        out = foot([h for h in hints if h.action in _OUT], width).spans
        message = clip(self.message, width - width_of(out) - 1)
        return Line((Span(" "), Span(message, "warn"), Span(" "), *out))

    def tell(self, message: str) -> None:
        """A word in the last line; none: the keys."""
        self.message = visible(message)
        if self.stands:  # a worker may tell what it did to a screen that is left
            self.query_one("#foot", Bar).rebuild()

    def on_resize(self) -> None:
        """Write it for the room that there is now."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._columns and self.stands and self._room() != self._columns:
            self._write(again=True)

    def _room(self) -> int:
        """Cells that a row may take."""
        return max(min(self.query_one("#report", Sheet).room - 1, _LONGEST), 20)

    @work(exclusive=True, group="writing")  # of its own: it must not end the worker that asks for a file
    async def _write(self, again: bool = False) -> None:
        """Write the paper and show its beginning; where it is shown `again`, in other rows, what stood there."""
        writer, format = self.writer, self.format
        self._columns = self._room()
        self.text = (await asyncio.to_thread(writer, format, self._columns)).decode()
        if not self.stands:  # left while it was written
            return
        sheet = self.query_one("#report", Sheet)
        sheet.border_title = f"{_TITLES[self.paper.partition(':')[0]]} as {_FORMATS[format]}"
        part = sheet.scroll_offset.y / max(len(sheet.lines), 1) if again else 0
        sheet.rebuild()
        sheet.scroll_to(y=round(part * len(sheet.lines)), animate=False)
        if not again:
            self.tell("")

    @on(Sheet.Chosen, "#foot")
    async def _key(self, event: Sheet.Chosen) -> None:
        await self.app.run_action(event.tag[1], self.app if event.tag[1] == "keys" else self)

    # ---- keys

    def action_as_markdown(self) -> None:
        """As Markdown, and back to plain text."""
        self.format = "text" if self.format == "md" else "md"
        self._write()

    def action_auditors(self) -> None:
        """The request for quotes, and back; where no report is advised there is none."""
        self._show("memo" if self.paper == "quotes" else "quotes")

    def action_whole(self) -> None:
        """Everything behind the memo, and back."""
        self._show("memo" if self.paper == "full" else "full")

    def action_letters(self) -> None:
        """The letter to the next one who asked, and after the last the memo."""
        papers = [*self.letters, "memo"]
        if len(papers) == 1:
            self.tell("nobody who asked is written down: no letter to write")
            return
        at = papers.index(self.paper) + 1 if self.paper in self.letters else 0
        self._show(papers[at])

    def action_engagement(self) -> None:
        """What a CPA firm needs to know for a quote, to be written down; the papers are written anew with it."""
        self.ask(self._write_details)

    async def _write_details(self) -> None:
        from socui.screens.engagement import Details

        state = cast("SocuiApp", self.app).workspace.state
        await self.app.push_screen_wait(Details(state))
        if state.session.profile != self.profile and state.session.fork is None:
            self.profile = state.session.profile
            self._writers.clear()
            try:
                _ = self.writer
            except Usage:  # undo, or another program, took away what it is on
                self.paper = "memo"
            self._write()

    def action_next_part(self) -> None:
        """To the next heading."""
        self._to_heading(1)

    def action_previous_part(self) -> None:
        """To the heading before."""
        self._to_heading(-1)

    def _to_heading(self, step: int) -> None:
        sheet = self.query_one("#report", Sheet)
        heads = [y for y, line in enumerate(sheet.lines) if line.spans and line.spans[0].style == "head"]
        top = sheet.scroll_offset.y
        beyond = [y for y in heads if y > top] if step > 0 else [y for y in reversed(heads) if y < top]
        if beyond:
            sheet.scroll_to(y=beyond[0], animate=False)

    async def action_copy_paper(self) -> None:
        """Copy what is shown."""
        from socui.screens.clipboard import copy

        text = (await asyncio.to_thread(self.writer, self.format)).decode()
        self.tell(await copy(self.app, text))

    def action_leave(self) -> None:
        """Back to the answers."""
        self.dismiss()

    def proposed(self) -> str:
        """Return a name for the file, in the folder that socui was started in."""
        from socui.profiles.names import slug

        kind, _, request = self.paper.partition(":")
        name = {"memo": "memo", "full": "report", "quotes": "request"}.get(kind, f"letter-{slug(request)}")
        suffix = self._save_as or (".docx" if request else ".html")
        return f"{slug(self.profile.name or self.profile.organization or 'socui')}-{name}{suffix}"

    def action_save_file(self) -> None:
        """Ask for a file, and whether to overwrite one that is there."""
        self.ask(self._save_file)

    async def _save_file(self) -> None:
        from socui.screens.save_file import save_file

        name = await save_file(self.app, self.writer, self.proposed())
        if name is not None:
            self.tell(f"saved: {Path(name).expanduser().absolute()}")
