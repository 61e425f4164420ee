"""The list of profiles as it is read, shown, sorted and filtered; what is done with them is the library's business."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from socui.errors import ProfileError, StoreError
from socui.profiles.profile import Profile
from socui.screens.guards import Once
from socui.screens.library.entries import COLUMNS, Entry, Order, Shelf, entry_line, head_lines, read_shelf, sifted
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import Lazy, Line, Span, Tag, clip, said
from socui.screens.widgets.row_list import Table
from socui.screens.widgets.text_field import Field
from socui.settings.commands import COMMANDS, bindings, key_name, key_of, keys_now

if TYPE_CHECKING:
    from socui.knowledge.model import Knowledge
    from socui.profiles.store import Opened, Store

Found = tuple[Profile, "Opened | None", "Path | None"]
"""What was chosen: the profile, its file if it has one, and the draft that it comes from if it does."""

FRAME = 0.03
"""Seconds that the first frame may wait for the list; a longer one comes when it is read."""
FOOT = (
    "open",
    "new",
    "example",
    "rename",
    "duplicate",
    "delete",
    "restore",
    "mark",
    "compare",
    "sort",
    "filter",
    "trash",
    "keys",
    "back",
)
FIRST = ("back", "keys", "open", "new", "delete", "filter", "example", "rename", "compare", "mark", "restore", "trash")
"""What is given room before all else."""
FOOT_TRASH = ("open", "sort", "filter", "trash", "keys", "back")
SHORT = {"duplicate": "copy"}


class Browsing(Once["Found | None"], Screen["Found | None"]):
    """The list."""

    CSS_PATH = "screen.tcss"
    GROUPS = ("library",)
    BINDINGS = bindings(*GROUPS)

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        super().__init__()
        self.store, self.knowledge = store, knowledge
        self.shelf: Shelf | None = None
        self.shown: dict[Tag, Entry] = {}
        self.order = Order()
        self.marked: tuple[Tag, ...] = ()
        self.in_trash = False
        self.deleted: list[Path] = []
        self.message = ""
        self._turn = asyncio.Lock()  # what is written, read and shown keeps its order

    def compose(self) -> ComposeResult:
        """The filter, the table, what there is to say and what can be done."""
        yield Field(placeholder="filter by name, organization or result", id="filter", compact=True)
        yield Table(id="list")
        yield Bar(id="said")
        yield Bar(id="foot")

    async def on_mount(self) -> None:
        """Read the folder and show it."""
        self.sheet.border_title = "Profiles"
        self.query_one("#said", Bar).builder = lambda w: ([self._said(w)], ())
        self.query_one("#foot", Bar).builder = lambda w: ([self._foot(w)], ())
        self.sheet.focus()
        # Wait for a list that is there within the first frame: it would flicker.
        await asyncio.wait([asyncio.create_task(self.load())], timeout=FRAME)

    @property
    def sheet(self) -> Table:
        """The table."""
        return self.query_one("#list", Table)

    @property
    def entry(self) -> Entry | None:
        """What the cursor is on."""
        return self.shown.get(self.sheet.cursor)

    @property
    def _composed(self) -> bool:
        """Whether what the list is shown in is there: no longer once the screen is left, or the app, while it is read."""
        return all(self.query(id) for id in ("#filter", "#list", "#said", "#foot"))

    # ---- reading, writing and showing

    async def load(self, message: str | None = None, to: Tag = ()) -> None:
        """Read everything anew, off the event loop, and show it, with the cursor on `to`."""
        async with self._turn:
            await self._load(message, to)

    async def _load(self, message: str | None, to: Tag = ()) -> None:
        shelf = await asyncio.to_thread(read_shelf, self.store, self.knowledge.texts, self.in_trash)
        if not self._composed:
            return
        self.shelf = shelf
        self.message = shelf.problem or (self.message if message is None else message)
        self.marked = tuple(tag for tag in self.marked if any(entry.tag == tag for entry in shelf.entries))
        self.sift(to)

    async def write(self, work: Callable[[], tuple[str, Tag]]) -> str:
        """Do something to the files, off the event loop, then show what is there. `work` gives what to say and where the
        cursor is to be. Gives why it could not be done, else nothing."""
        async with self._turn:
            problem, message = "", ""
            to: Tag = ()
            try:
                message, to = await asyncio.to_thread(work)
            except (StoreError, ProfileError) as error:
                problem = str(error)
            await self._load(problem or message, to)
            return problem

    def sift(self, to: Tag = (), top: bool = False) -> None:
        """Show what the filter leaves, in order."""
        shelf, words = self.shelf, self.query_one("#filter", Input).value
        entries = sifted(shelf.entries, words, self.order) if shelf else []
        self.shown = {entry.tag: entry for entry in entries}
        nothing = "Reading the folder ..." if shelf is None else self._nothing(bool(words))

        def build(width: int) -> tuple[Lazy | list[Line], list[Line]]:
            rows = Lazy([*self.shown], lambda i: entry_line(entries[i], width, entries[i].tag in self.marked))
            return rows or [Line((Span(clip(f"  {nothing}", width), "dim"),))], head_lines(width, self.order)

        self.sheet.builder = build
        self.sheet.rebuild()
        if top and entries:
            self.sheet.point(entries[0].tag)
        elif to in self.shown or self.sheet.cursor in self.shown:
            self.sheet.point(to if to in self.shown else self.sheet.cursor)
        self.tell(self.message)

    def _nothing(self, filtered: bool) -> str:
        if filtered:
            return "Nothing has these words."
        return (
            "The trash is empty." if self.in_trash else f"Nothing here. Press {key_of('new', 'n')} for a new profile."
        )

    def tell(self, message: str) -> None:
        """A word below the table."""
        self.message = message
        for id in ("#said", "#foot") if self._composed else ():
            self.query_one(id, Bar).rebuild()

    def _said(self, width: int) -> Line:
        if self.message:
            return Line((Span(clip(f" {said(self.message)}", width), "warn"),))
        there = len(self.shelf.entries) if self.shelf else 0
        count = f"{len(self.shown)} of {there}" if len(self.shown) != there else f"{there}"
        marks = f" · {len(self.marked)} marked" if self.marked else ""
        return Line((Span(clip(f" {count} shown · by {COLUMNS[self.order.by].lower()}{marks}", width), "dim"),))

    def _foot(self, width: int) -> Line:
        """The main keys; each can be clicked."""
        words = {"open": "bring back", "trash": "profiles", "back": "profiles"} if self.in_trash else {}
        ids = FOOT_TRASH if self.in_trash else FOOT
        hints = [Hint(c.id, key_name(keys_now(c)[0]), words.get(c.id, c.title.lower()), SHORT.get(c.id, ""))
                 for c in COMMANDS if c.id in ids and c.group in ("library", "app")]  # fmt: skip
        return foot(sorted(hints, key=lambda h: ids.index(h.action)), width, FIRST)

    # ---- the mouse and the filter

    @on(Input.Changed)
    def _filtered(self) -> None:
        self.sift(top=True)

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.sheet.focus()

    @on(Sheet.Chosen, "#foot")
    async def _foot_key(self, event: Sheet.Chosen) -> None:
        await self.app.run_action(event.tag[1], self.app if event.tag[1] == "keys" else self)

    @on(Sheet.Chosen, "#list")
    def _chosen(self, event: Sheet.Chosen) -> None:
        if event.tag[0] == "sort":
            by = event.tag[1]
            self.order = Order(by, by == self.order.by and not self.order.turned)
            self.sift(self.sheet.cursor)
        else:
            self.action_open()

    if TYPE_CHECKING:

        def action_open(self) -> None: ...
        def action_trash(self) -> None: ...

    def action_filter(self) -> None:
        """Type in the filter."""
        self.query_one("#filter", Input).focus()

    def action_sort(self) -> None:
        """By the next column."""
        columns = [*COLUMNS]
        self.order = Order(columns[(columns.index(self.order.by) + 1) % len(columns)])
        self.message = ""
        self.sift(self.sheet.cursor)

    def action_turn(self) -> None:
        """The other way round."""
        self.order = Order(self.order.by, not self.order.turned)
        self.sift(self.sheet.cursor)

    def action_back(self) -> None:
        """From the filter to the list, from the trash to the profiles, from there back to the answers."""
        if self.query_one("#filter", Input).has_focus:
            self.query_one("#filter", Input).value = ""
            self.sheet.focus()
        elif self.in_trash:
            self.action_trash()
        else:
            self.dismiss(None)
