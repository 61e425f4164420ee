"""What the list of profiles shows, as values: files, drafts, examples and the trash; sorted, filtered, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from socui.errors import StoreError
from socui.profiles.examples import examples
from socui.profiles.folder_index import Head
from socui.profiles.profile import Profile
from socui.screens.widgets.lines import Line, Span, Tag, clip, fill, said

if TYPE_CHECKING:
    from socui.profiles.drafts import Draft
    from socui.profiles.store import Store

COLUMNS = {
    "name": "Name",
    "organization": "Organization",
    "result": "Result",
    "answered": "Answered",
    "changed": "Last change",
}
KINDS = ("draft", "file", "trash", "example")
"""In the order they stand; the trash has the list for itself."""


class Order(NamedTuple):
    """What the list is sorted by, one of COLUMNS; the latest change and the most answers come first. `turned` turns it."""

    by: str = "changed"
    turned: bool = False


class Entry(Struct, frozen=True):
    """A line of the list: its kind, what it says, the result in words, and what the filter looks in."""

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
    """Everything that is there. `problem` is why the folder could not be read, else empty."""

    entries: tuple[Entry, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    examples: Mapping[str, Profile] = field(default_factory=dict)
    problem: str = ""


def read_shelf(store: Store, texts: Mapping[str, str], trash: bool) -> Shelf:
    """Read the folder, or its trash: may take a while, and may be called from a thread. `texts` has the headlines."""
    problem, heads = "", list[Head]()
    try:
        heads = store.trash.deleted() if trash else store.heads()
    except StoreError as error:
        problem = str(error)
    drafts = {} if trash else {str(draft.path): draft for draft in store.drafts.left()}
    shown = {} if trash else examples()

    def entries() -> Iterator[Entry]:
        for kind, key, head in (
            *(("draft", key, _head(d.profile, d.path, d)) for key, d in drafts.items()),
            *(("trash" if trash else "file", str(head.path), head) for head in heads),
            *(("example", key, _head(profile, Path(key))) for key, profile in shown.items()),
        ):
            word = texts.get(f"headline.{head.result}", head.result)
            find = f"{kind} {head.title} {head.organization} {head.service} {word} {head.problem}"
            yield Entry(kind, key, head, word, find.casefold())

    return Shelf(tuple(entries()), drafts, shown, problem)


def _head(profile: Profile, path: Path, draft: Draft | None = None) -> Head:
    return Head(
        path,
        "unreadable" if draft and draft.problem else "profile",
        name=profile.name or ("unnamed" if draft else path.name),
        organization=profile.organization,
        service=profile.service,
        result=profile.result,
        updated=draft.written if draft else None,
        answered=len(profile.answers),
        problem=draft.problem if draft else "",
    )


def sifted(entries: Sequence[Entry], words: str, order: Order) -> list[Entry]:
    """The entries that have all the words, in order, drafts first and examples last."""
    wanted = words.casefold().split()
    found = [entry for entry in entries if all(word in entry.find for word in wanted)]
    found.sort(key=lambda entry: entry.head.title.casefold())
    found.sort(key=_KEYS[order.by], reverse=order.turned)
    return sorted(found, key=lambda entry: KINDS.index(entry.kind))


_KEYS = {
    "name": lambda entry: (entry.head.title.casefold(),),
    "organization": lambda entry: (not entry.head.organization, entry.head.organization.casefold()),
    "result": lambda entry: (not entry.word, entry.word.casefold()),
    "answered": lambda entry: (-entry.head.answered,),
    "changed": lambda entry: (-entry.head.updated.timestamp() if entry.head.updated else 0.0,),
}


def widths(width: int) -> dict[str, int]:
    """The cells of each column; 0 where it is left out."""
    if width < 90:
        return {"name": max(width - 38, 12), "organization": 0, "result": 11, "answered": 10, "changed": 10}
    rest = width - 46
    return {"name": rest // 2, "organization": rest - rest // 2, "result": 12, "answered": 10, "changed": 17}


def entry_line(entry: Entry, width: int, marked: bool = False) -> Line:
    """The row of an entry. What cannot be read says why, and in which line."""
    head, sizes = entry.head, widths(width)
    title = said(head.title)
    if entry.kind in ("draft", "example"):
        title = f"{entry.kind}: {title}"
    lead = Span("* " if marked else "  ", "key")
    if not head.opens:
        why = said(head.problem)
        if head.line and "line" not in why:
            why = f"{why}, line {head.line}"
        name = Span(f"! {fill(title, sizes['name'] - 2)} ")
        return Line((lead, name, Span(clip(why, width - sizes["name"] - 5), "warn")), entry.tag, True)
    if head.problem:
        title = f"{title} ({said(head.problem)})"
    cells = {
        "name": title,
        "organization": said(head.organization),
        "result": said(entry.word) or "–",
        "answered": str(head.answered),
        "changed": f"{head.updated.astimezone():%Y-%m-%d %H:%M}"[: sizes["changed"]] if head.updated else "",
    }
    styles = {"name": "strong", "result": ""}
    spans = (Span(fill(cells[c], size) + " ", styles.get(c, "dim")) for c, size in sizes.items() if size)
    return Line((lead, *spans), entry.tag, True)


def head_lines(width: int, order: Order) -> list[Line]:
    """The heads of the columns; a click on one sorts by it."""
    spans = [Span("  ")]
    for column, size in widths(width).items():
        if size:
            arrow = (" ▲" if order.turned else " ▾") if column == order.by else ""
            title = COLUMNS[column] if len(COLUMNS[column]) + 2 <= size or column != "changed" else "Changed"
            title = fill(clip(title, size - len(arrow)) + arrow, size)
            spans += [Span(title, "head", ("sort", column)), Span(" ")]
    return [Line(tuple(spans)), Line((Span(" " + "─" * (width - 2), "dim"),))]
