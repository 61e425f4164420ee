"""Saved profiles: open, new, from an example, rename, copy, delete, bring back, compare, import and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from socui.errors import ProfileError, StoreError
from socui.profiles.examples import example, examples
from socui.profiles.latest import opened_of
from socui.profiles.migrate import brought_up
from socui.profiles.profile import Profile
from socui.screens.dialogs import choose
from socui.screens.guards import Asks, Once
from socui.screens.library.browser import Browser
from socui.screens.library.changes import Changes
from socui.screens.library.entries import ListEntry
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import Line
from socui.settings.commands import COMMANDS, bindings, key_name, key_of, keys_now

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.knowledge.model import Knowledge
    from socui.profiles.drafts import Draft
    from socui.profiles.store import Opened, Store


class Pick(NamedTuple):
    """The profile that was chosen, with its file and the draft it comes from, each None if there is none.

    With `at_result` it opens at its result, not at a question.
    """

    profile: Profile
    opened: Opened | None = None
    origin: Path | None = None
    at_result: bool = False


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
_FIRST = ("back", "keys", "open", "new", "delete", "filter", "example", "rename", "compare", "mark", "restore", "trash")
"""What is given room before all else."""
FOOT_TRASH = ("open", "sort", "filter", "trash", "keys", "back")
_SHORT = {"duplicate": "copy"}


class Library(Asks["Pick | None"], Once["Pick | None"], Screen["Pick | None"]):
    """Shows the list of profiles and what can be done with them. Gives what was chosen, or None."""

    CSS_PATH = "screen.tcss"
    GROUPS = ("library",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#list"

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        super().__init__()
        self.store, self.knowledge = store, knowledge
        self.browser = Browser(store, knowledge, lambda: cast("SocuiApp", self.app).today(), self.show_foot)
        self.changes = Changes(self)

    def compose(self) -> ComposeResult:
        """The list, and what can be done."""
        yield self.browser
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Fill the last line."""
        self.query_one("#foot", Bar).builder = lambda w: ([self._foot(w)], ())

    def show_foot(self) -> None:
        """Say anew what can be done."""
        for bar in self.query("#foot").results(Bar):
            bar.rebuild()

    def _foot(self, width: int) -> Line:
        """Return the main keys; each can be clicked."""
        in_trash = self.browser.in_trash
        words = {"open": "bring back", "trash": "profiles", "back": "profiles"} if in_trash else {}
        ids = FOOT_TRASH if in_trash else FOOT
        hints = [Hint(c.id, key_name(keys_now(c)[0]), words.get(c.id, c.title.lower()), _SHORT.get(c.id, ""))
                 for c in COMMANDS if c.id in ids and c.group in ("library", "app")]  # fmt: skip
        return foot(sorted(hints, key=lambda h: ids.index(h.action)), width, _FIRST)

    @on(Sheet.Chosen, "#foot")
    async def _foot_key(self, event: Sheet.Chosen) -> None:
        await self.app.run_action(event.tag[1], self.app if event.tag[1] == "keys" else self)

    @on(Sheet.Chosen, "#list")
    def _chosen(self) -> None:
        self.action_open()

    def tell(self, message: str) -> None:
        """A word below the table."""
        self.browser.tell(message)

    def entry_of(self, *kinds: str) -> ListEntry | None:
        """Return what the cursor is on, if it is of such a kind; else that is said."""
        entry = self.browser.entry
        if entry is None or entry.kind in kinds:
            return entry
        what = {"file": "a saved profile", "draft": "a draft", "example": "an example", "trash": "in the trash"}
        self.tell(f"this is {what[entry.kind]}: choose {what[kinds[0]]}")
        return None

    # ---- opening

    def action_open(self) -> None:
        """Work on it; out of the trash, bring it back."""
        entry = self.browser.entry
        if entry is None:
            return
        if entry.kind == "trash":
            self._bring_back(Path(entry.key))
        elif entry.kind == "draft":
            draft = self._draft(entry)
            if draft.problem:
                self.tell(f"this draft cannot be read: {draft.problem}")
            else:
                self.dismiss(Pick(draft.profile, opened_of(self.store, draft), draft.path))
        elif entry.kind == "example":
            self.dismiss(Pick(example(entry.key, self.browser.today()), at_result=True))
        elif opened := self.opened(entry):
            self.dismiss(Pick(opened.profile, opened))

    def opened(self, entry: ListEntry) -> Opened | None:
        """Return its file as it is; where it cannot be read, that is said."""
        try:
            return self.store.open(Path(entry.key))
        except (StoreError, ProfileError) as error:
            self.tell(str(error))
            return None

    def _draft(self, entry: ListEntry) -> Draft:
        assert self.browser.shelf is not None
        return self.browser.shelf.drafts[entry.key]

    def action_new(self) -> None:
        """An empty profile."""
        self.dismiss(Pick(Profile()))

    def action_example(self) -> None:
        """A profile that starts as a copy of an example."""
        self.ask(self._choose_example)

    async def _choose_example(self) -> None:
        shipped = examples(self.browser.today())
        ways = tuple(profile.name for profile in shipped.values())
        at = await choose(self.app, "New, from which example?", "A copy: the example stays as it is.", ways)
        if at is not None:
            self.dismiss(Pick(example([*shipped][at], self.browser.today()), at_result=True))

    # ---- changing

    def action_rename(self) -> None:
        """Give it another name."""
        self.ask(self.changes.rename)

    def action_duplicate(self) -> None:
        """A copy of the profile under the cursor."""
        self.ask(self.changes.duplicate)

    def action_delete(self) -> None:
        """Into the trash; a draft is discarded."""
        self.ask(self.changes.delete)

    def action_earlier(self) -> None:
        """The version before the last change; doing it again undoes it."""
        self.ask(self.changes.earlier)

    def action_import(self) -> None:
        """Add a profile from a file; a name that is taken is numbered."""
        self.ask(self.changes.read)

    def action_export(self) -> None:
        """Its file, as it is, to another place; one that is there is replaced only when that is said."""
        self.ask(self.changes.write)

    def _bring_back(self, trashed: Path) -> None:
        self.ask(lambda: self.changes.bring_back(trashed))

    def action_restore(self) -> None:
        """Bring back what was deleted last."""
        if self.changes.deleted:
            self._bring_back(self.changes.deleted[-1])
        else:
            self.tell(f"nothing was deleted since the list was opened: {key_of('trash', 'X')} shows the trash")

    def action_trash(self) -> None:
        """What was deleted, and back to the profiles."""
        self.browser.turn_to_trash()

    def action_other_pane(self) -> None:
        """From the list to the preview, which scrolls, and back; from the filter to the list."""
        self.browser.turn_pane()

    def action_filter(self) -> None:
        """Type in the filter."""
        self.browser.focus_filter()

    def action_sort(self) -> None:
        """By the next column."""
        self.browser.sort()

    def action_turn(self) -> None:
        """The other way round."""
        self.browser.turn()

    def action_back(self) -> None:
        """From the filter to the list, from the trash to the profiles, from there back to the answers."""
        if self.browser.leave_filter():
            return
        if self.browser.in_trash:
            self.action_trash()
        else:
            self.dismiss(None)

    # ---- two of them

    def action_mark(self) -> None:
        """Mark it for comparing, or take the mark away; of three the first gives way."""
        if (entry := self.entry_of("file", "draft", "example")) is not None:
            self.browser.mark(entry.tag)

    def action_compare(self) -> None:
        """The two that are marked, or the one that is and the one under the cursor."""
        tags = [*self.browser.marked]
        if len(tags) == 1 and self.browser.sheet.cursor not in ((), tags[0]):
            tags.append(self.browser.sheet.cursor)
        by_tag = {entry.tag: entry for entry in self.browser.shelf.entries} if self.browser.shelf else {}
        if len(tags) != 2:
            self.tell(f"mark one with {key_of('mark', 'm')}, then choose another, or mark two")
            return
        sides = [self._profile(by_tag[tag]) for tag in tags]
        if sides[0] is not None and sides[1] is not None:
            cast("Any", self.app).compare(sides[0], sides[1])

    def _profile(self, entry: ListEntry) -> Profile | None:
        """Return what it says, brought up to what is known now."""
        if entry.kind == "example":
            profile = examples(self.browser.today())[entry.key]
        elif entry.kind == "draft" and not self._draft(entry).problem:
            profile = self._draft(entry).profile
        elif entry.kind == "draft" or (opened := self.opened(entry)) is None:
            return None
        else:
            profile = opened.profile
        return brought_up(self.knowledge, profile)[0]
