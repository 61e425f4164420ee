"""Makes the entries of the list of profiles: files, drafts, examples and the trash; sorts and filters them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field
from rich.cells import cell_len

from socui.errors import StoreError
from socui.profiles.examples import examples
from socui.profiles.folder_index import Head
from socui.profiles.profile import Profile
from socui.screens.widgets.lines import Line, Span, Tag, clip, fill
from socui.text import visible

if TYPE_CHECKING:
    from socui.profiles.drafts import Draft
    from socui.profiles.store import Store

LIST_COLUMNS = {
    "name": "Name",
    "organization": "Organization",
    "result": "Result",
    "answered": "Answered",
    "changed": "Last change",
}
_KINDS = ("draft", "file", "trash", "example")
"""In the order they stand; the trash has the list for itself."""


class Order(NamedTuple):
    """The column that the list is sorted by, one of COLUMNS; newest and most answered first. `turned` reverses it."""

    by: str = "changed"
    turned: bool = False


class ListEntry(Struct, frozen=True):
    """A line of the list: its kind, its cells, the result in words, and the text that the filter searches."""

    kind: str
    key: str
    head: Head
    word: str
    find: str

    @property
    def tag(self) -> Tag:
        """What stands for it on the screen."""
        return self.kind, self.key


class Shelf(Struct, frozen=True):
    """All profiles, drafts and deleted profiles. `problem` says why the folder could not be read, else it is empty."""

    entries: tuple[ListEntry, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    examples: Mapping[str, Profile] = field(default_factory=dict)
    problem: str = ""


def read_shelf(store: Store, texts: Mapping[str, str], trash: bool, today: date) -> Shelf:
    """Read the folder, or its trash: may take a while, and may be called from a thread. `texts` has the headlines."""
    problem, heads = "", list[Head]()
    try:
        heads = store.trash.deleted() if trash else store.heads()
    except StoreError as error:
        problem = str(error)
    drafts = {} if trash else {str(draft.path): draft for draft in store.drafts.left()}
    shown = {} if trash else examples(today)

    def entries() -> Iterator[ListEntry]:
        for kind, key, head in (
            *(("draft", key, _head(d.profile, d.path, d)) for key, d in drafts.items()),
            *(("trash" if trash else "file", str(head.path), head) for head in heads),
            *(("example", key, _head(profile, Path(key))) for key, profile in shown.items()),
        ):
            word = texts.get(f"listed.{head.result}", head.result)
            find = f"{kind} {head.title} {head.organization} {head.service} {word} {head.problem}"
            yield ListEntry(kind, key, head, word, find.casefold())

    return Shelf(tuple(entries()), drafts, shown, problem)


def _head(profile: Profile, path: Path, draft: Draft | None = None) -> Head:
    return Head(
        path,
        "unreadable" if draft and draft.problem else "profile",
        name=profile.name or ((profile.organization or "unnamed") if draft else path.name),
        organization=profile.organization,
        service=profile.service,
        result=profile.result,
        updated=draft.written if draft else None,
        answered=len(profile.answers),
        problem=draft.problem if draft else "",
    )


def ordered(entries: Iterable[ListEntry], order: Order) -> dict[Tag, ListEntry]:
    """Return the entries in order, drafts first and examples last. Once for all that is typed in the filter."""
    of_a_name = sorted(entries, key=lambda entry: entry.head.title.casefold())
    of_a_name.sort(key=_KEYS[order.by], reverse=order.turned)
    of_a_name.sort(key=lambda entry: _KINDS.index(entry.kind))
    return {entry.tag: entry for entry in of_a_name}


def sifted(entries: Mapping[Tag, ListEntry], words: str) -> dict[Tag, ListEntry]:
    """Return the entries that have all the words, in their order."""
    wanted = words.casefold().split()
    return {tag: entry for tag, entry in entries.items() if all(word in entry.find for word in wanted)}


_KEYS = {
    "name": lambda entry: (entry.head.title.casefold(),),
    "organization": lambda entry: (not entry.head.organization, entry.head.organization.casefold()),
    "result": lambda entry: (not entry.word, entry.word.casefold()),
    "answered": lambda entry: (-entry.head.answered,),
    "changed": lambda entry: (-entry.head.updated.timestamp() if entry.head.updated else 0.0,),
}


class Columns(NamedTuple):
    """The width of each column in cells; 0 where it is left out. Names get their full width first."""

    name: int
    organization: int
    result: int
    answered: int
    changed: int

    @classmethod
    def of(cls, entries: Collection[ListEntry], width: int) -> Columns:
        """For those entries, in that width."""
        longest = min(max((_cells(e.head.title) + len(_lead(e)) for e in entries), default=0), _LONGEST)
        belong = max((_cells(e.head.organization) for e in entries), default=0)
        result, answered, changed = 15, 10, 17
        room = width - 3 - result - 1
        if room - changed - 1 - answered - 1 < longest + belong + 1:
            changed = 10
        if room - changed - 1 - answered - 1 < longest:
            answered = 0
        if room - changed - 1 < longest and width < _NARROW:
            changed = 0
        room -= sum(size + 1 for size in (changed, answered) if size)
        organization = min(belong, room - longest - 1)
        if organization < min(belong, SHORTEST):
            organization = 0
        elif organization:
            organization = max(organization, SHORTEST)
        return cls(room - (organization + 1 if organization else 0), organization, result, answered, changed)

    def sizes(self) -> Mapping[str, int]:
        """By column, without those that are left out."""
        return {name: size for name, size in zip(LIST_COLUMNS, self, strict=True) if size}


def _cells(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


_NARROW = 70
"""Cells below which a whole name is worth more than a date."""
_LONGEST = 60
"""Cells above which a name makes no more room for itself; the glance has it whole."""
SHORTEST = 20
"""Cells below which an organization says too little to be shown."""


def _lead(entry: ListEntry) -> str:
    return f"{entry.kind}: " if entry.kind in ("draft", "example") else ""


def _title_of(entry: ListEntry) -> str:
    """Return what stands in the first column."""
    title = visible(entry.head.title)
    if entry.head.problem and entry.head.opens:
        title = f"{title} ({visible(entry.head.problem)})"
    return _lead(entry) + title


def entry_line(entry: ListEntry, width: int, columns: Columns, marked: bool = False) -> Line:
    """Return the row of an entry. What cannot be read says why, and in which line."""
    head, title = entry.head, _title_of(entry)
    lead = Span("* " if marked else "  ", "key")
    if not head.opens:
        why = visible(head.problem)
        if head.line and "line" not in why:
            why = f"{why}, line {head.line}"
        size = min(columns.name - 2, cell_len(title))
        name = Span(f"! {fill(title, size)} ")
        return Line((lead, name, Span(clip(why, width - size - 5), "warn")), entry.tag, True)
    cells = {
        "name": title,
        "organization": visible(head.organization),
        "result": visible(entry.word) or "–",
        "answered": str(head.answered),
        "changed": f"{head.updated.astimezone():%Y-%m-%d %H:%M}"[: columns.changed] if head.updated else "",
    }
    styles = {"name": "strong", "result": ""}
    spans = (Span(fill(cells[c], size) + " ", styles.get(c, "dim")) for c, size in columns.sizes().items())
    return Line((lead, *spans), entry.tag, True)


def head_lines(width: int, columns: Columns, order: Order) -> list[Line]:
    """Return the heads of the columns; a click on one sorts by it."""
    spans = [Span("  ")]
    for column, size in columns.sizes().items():
        arrow = (" ▲" if order.turned else " ▾") if column == order.by else ""
        title = LIST_COLUMNS[column] if len(LIST_COLUMNS[column]) + 2 <= size or column != "changed" else "Changed"
        title = fill(clip(title, size - len(arrow)) + arrow, size)
        spans += [Span(title, "head", ("sort", column)), Span(" ")]
    return [Line(tuple(spans)), Line((Span(" " + "─" * (width - 2), "dim"),))]
