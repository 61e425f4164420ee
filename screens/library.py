"""Saved profiles: a table to filter, open, copy and delete from, with drafts and examples; files with faults included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from socui.commands import bindings, key_of
from socui.examples import examples
from socui.profile import Profile
from socui.profile_file import ProfileError
from socui.save import StoreError
from socui.screens.once import Once
from socui.screens.widgets.lines import Line, Span, clip, fill, said
from socui.screens.widgets.sheet import Bar, Sheet

if TYPE_CHECKING:
    from socui.drafts import Draft
    from socui.listing import Head
    from socui.model import Knowledge
    from socui.store import Opened, Store

Found = tuple[Profile, "Opened | None", "Path | None"]
"""What was chosen: the profile, its file if it has one, and the draft that it comes from if it does."""

HINTS = (
    ("open", "enter", "open"), ("new", "n", "new"), ("duplicate", "d", "duplicate"), ("delete", "x", "delete"),
    ("restore", "u", "bring back"), ("filter", "slash", "filter"), ("back", "escape", "back"),
)  # fmt: skip
"""Command, key and word of what the foot names."""


def hint() -> str:
    """What can be done, for the foot."""
    return " " + "   ".join(f"{key_of(id, key)} {word}" for id, key, word in HINTS)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table. `kind`: file, draft or example. `find` is what the filter looks in."""

    kind: str
    key: str
    cells: tuple[str, str, str, str, str]
    problem: str = ""
    find: str = ""


def columns(width: int) -> tuple[int, int, int, int, int]:
    """Name, organization, result, answered, last change."""
    if width < 90:
        return max(width - 4 - 32, 12), 0, 11, 8, 10
    rest = width - 12 - 9 - 17 - 7
    return rest // 2, rest - rest // 2, 12, 9, 17


def entry_line(entry: Entry, width: int) -> Line:
    """The row of an entry."""
    sizes = columns(width)
    tag = (entry.kind, entry.key)
    if entry.problem:
        rest = width - sizes[0] - 7
        return Line(
            (Span(f"  ! {fill(entry.cells[0], sizes[0] - 2)} "), Span(clip(entry.problem, rest), "warn")), tag, True
        )
    spans = [Span("  ")]
    for i, (cell, size) in enumerate(zip(entry.cells, sizes, strict=True)):
        if size:
            spans.append(Span(fill(cell, size) + " ", "strong" if i == 0 else "" if i == 2 else "dim"))
    return Line(tuple(spans), tag, True)


class Library(Once["Found | None"], Screen["Found | None"]):
    """The list. Gives what was chosen, or None."""

    CSS_PATH = "library.tcss"
    GROUPS = ("library",)
    BINDINGS = bindings(*GROUPS)

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        super().__init__()
        self.store, self.knowledge = store, knowledge
        self.entries: list[Entry] = []
        self.heads: dict[str, Head] = {}
        self.drafts: dict[str, Draft] = {}
        self.examples: dict[str, Profile] = {}
        self.deleted: list[Path] = []
        self.message = ""

    def compose(self) -> ComposeResult:
        """The filter, the table and what can be done."""
        yield Input(placeholder="filter by name, organization or result", id="filter", compact=True)
        yield Sheet(id="list")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Read the folder and show it."""
        self.sheet.border_title = "Profiles"
        self.sheet.builder = self._build
        self.query_one("#foot", Bar).builder = lambda w: (
            [Line((Span(clip(f" {self.message}" if self.message else hint(), w), "warn" if self.message else "dim"),))],
            (),
        )
        self.load()
        self.sheet.focus()

    @property
    def sheet(self) -> Sheet:
        """The table."""
        return self.query_one("#list", Sheet)

    def load(self) -> None:
        """Read everything anew."""
        self.entries = []
        self.drafts = {str(d.path): d for d in self.store.drafts.left()}
        for key, draft in self.drafts.items():
            self.entries.append(self._profile_entry("draft", key, draft.profile, draft.written, draft.problem))
        try:
            heads = sorted(self.store.heads(), key=lambda h: h.updated.timestamp() if h.updated else 0, reverse=True)
        except StoreError as error:
            heads, self.message = [], str(error)
        self.heads = {str(h.path): h for h in heads}
        self.entries += [self._head_entry(h) for h in heads]
        self.examples = dict(examples())
        self.entries += [self._profile_entry("example", name, p, None, "") for name, p in self.examples.items()]
        self.refresh_list()

    def _word(self, result: str) -> str:
        return self.knowledge.texts.get(f"headline.{result}", said(result)) if result else "–"

    def _head_entry(self, head: Head) -> Entry:
        when = f"{head.updated.astimezone():%Y-%m-%d %H:%M}" if head.updated else ""
        word = self._word(head.result)
        title, organization = said(head.title), said(head.organization)
        problem = head.problem if not head.opens else ""
        if head.problem and head.opens:
            title += f" ({said(head.problem)})"
        if problem and head.line:
            problem = f"{problem} (line {head.line})" if "line" not in problem else problem
        return Entry("file", str(head.path), (title, organization, word, str(head.answered), when), said(problem),
                     f"{title} {organization} {word} {said(head.service)}".casefold())  # fmt: skip

    def _profile_entry(self, kind: str, key: str, profile: Profile, when: object, problem: str) -> Entry:
        name = said(profile.name) or ("unnamed" if kind == "draft" else said(key))
        cells = (f"{kind}: {name}", said(profile.organization), self._word(profile.result), str(len(profile.answers)),
                 f"{when:%Y-%m-%d %H:%M}" if when else "")  # fmt: skip
        return Entry(kind, key, cells, said(problem), f"{cells[0]} {cells[1]} {cells[2]}".casefold())

    def refresh_list(self) -> None:
        """Show what the filter leaves."""
        self.sheet.rebuild()
        self.query_one("#foot", Bar).rebuild()

    def _build(self, width: int) -> tuple[Sequence[Line], Sequence[Line]]:
        wanted = self.query_one("#filter", Input).value.casefold().split()
        lines = [entry_line(e, width) for e in self.entries if all(w in e.find for w in wanted)]
        titles = ("Name", "Organization", "Result", "Answered", "Last change")
        head = "  " + "".join(fill(t, s) + " " for t, s in zip(titles, columns(width), strict=True) if s)
        if not lines:
            lines = [Line((Span("  Nothing here. Press " + key_of("new", "n") + " for a new profile.", "dim"),))]
        return lines, [Line((Span(head, "head"),)), Line((Span(" " + "─" * (width - 2), "dim"),))]

    def tell(self, message: str) -> None:
        """A word in the foot."""
        self.message = message
        self.query_one("#foot", Bar).rebuild()

    # ---- keys

    @on(Input.Changed)
    def _filtered(self) -> None:
        self.sheet.rebuild()

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.sheet.focus()

    @on(Sheet.Chosen, "#list")
    def _chosen(self, event: Sheet.Chosen) -> None:
        kind, key = event.tag
        if kind == "draft":
            draft = self.drafts[key]
            if draft.problem:
                self.tell(said(draft.problem))
                return
            self.dismiss((draft.profile, self._opened_of(draft), draft.path))
        elif kind == "example":
            self.dismiss((self.examples[key], None, None))
        elif opened := self._open(key):
            self.dismiss((opened.profile, opened, None))

    def _open(self, key: str) -> Opened | None:
        try:
            return self.store.open(Path(key))
        except (StoreError, ProfileError) as error:
            self.tell(said(str(error)))
            return None

    def _opened_of(self, draft: Draft) -> Opened | None:
        """The file a draft was written for, with the digest it was opened at, so that a change since is a conflict."""
        from dataclasses import replace

        if draft.of is None:
            return None
        try:
            return replace(self.store.open(draft.of), digest=draft.digest)
        except (StoreError, ProfileError):
            return None

    def action_open(self) -> None:
        """Open what is under the cursor: what choosing does, for a key of its own."""
        self.sheet.action_choose()

    def action_filter(self) -> None:
        """Type in the filter."""
        self.query_one("#filter", Input).focus()

    def action_new(self) -> None:
        """An empty profile."""
        self.dismiss((Profile(), None, None))

    def action_duplicate(self) -> None:
        """A copy of the profile under the cursor."""
        if self.sheet.cursor[:1] == ("file",) and (opened := self._open(self.sheet.cursor[1])):
            try:
                copy = self.store.duplicate(opened)
            except (StoreError, ProfileError) as error:
                self.tell(said(str(error)))
                return
            self.message = f"copied to {said(copy.profile.name)}"
            self.load()

    def action_delete(self) -> None:
        """Into the trash; a draft is discarded."""
        kind, key = (*self.sheet.cursor, "", "")[:2]
        try:
            if kind == "file":
                self.deleted.append(self.store.delete(Path(key)))
                self.message = f"deleted {said(self.heads[key].title)}: {key_of('restore', 'u')} brings it back"
            elif kind == "draft":
                self.store.drafts.discard(Path(key))
                self.message = "draft discarded"
        except StoreError as error:
            self.message = said(str(error))
        self.load()

    def action_restore(self) -> None:
        """Bring back what was deleted last."""
        if not self.deleted:
            self.tell("nothing was deleted here")
            return
        try:
            opened = self.store.restore(self.deleted[-1])
            self.deleted.pop()
            self.message = f"{said(opened.profile.name)} is back"
        except (StoreError, ProfileError) as error:
            self.message = said(str(error))
        self.load()

    def action_back(self) -> None:
        """From the filter to the list, from the list back to the answers."""
        if self.query_one("#filter", Input).has_focus:
            self.query_one("#filter", Input).value = ""
            self.sheet.focus()
        else:
            self.dismiss(None)
