"""One table of commands: it feeds the key bindings, the palette, the help screen and the README's list of keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do. `keys` are Textual's names, the first is the one that is shown; `id` is also the name
    of the action; `group` says where it belongs and which screen or widget binds it."""

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str


GROUPS = {
    "move": "Moving",
    "answer": "Answering",
    "view": "Looking",
    "profile": "Profiles",
    "library": "In the list of profiles",
    "app": "Everywhere",
}

COMMANDS = (
    Command("down", ("down", "j"), "Down", "The next line", "move"),
    Command("up", ("up", "k"), "Up", "The line before", "move"),
    Command("page_down", ("pagedown", "ctrl+d"), "Page down", "A screenful further", "move"),
    Command("page_up", ("pageup", "ctrl+u"), "Page up", "A screenful back", "move"),
    Command("first", ("g", "home"), "First", "To the first line", "move"),
    Command("last", ("G", "end"), "Last", "To the last line", "move"),
    Command(
        "choose", ("space", "enter"), "Choose", "Choose the answer, open the row, fold the section; stay there", "move"
    ),
    Command("number", tuple("123456789"), "By number", "Choose the answer with that number", "answer"),
    Command("next", ("n",), "Next that matters", "To the next question that can still change the result", "answer"),
    Command("previous", ("p",), "Previous that matters", "To the question before that matters", "answer"),
    Command("clear", ("x",), "Clear", "Take the answer away", "answer"),
    Command("note", ("t",), "Note", "Write a note on the question", "answer"),
    Command("undo", ("u",), "Undo", "Take the last change back", "answer"),
    Command("redo", ("U",), "Redo", "Make the change again", "answer"),
    Command("pane", ("tab",), "Next pane", "Questions, comparison, recommendation", "view"),
    Command("pane_back", ("shift+tab",), "Previous pane", "The pane before", "view"),
    Command("why", ("e",), "Explain", "The fewest answers that already force the result", "view"),
    Command("zoom", ("z",), "Zoom", "One pane over the whole screen, and back", "view"),
    Command("copy", ("y",), "Copy", "Copy the recommendation as text", "view"),
    Command("save", ("s", "ctrl+s"), "Save as", "Name the profile, its organization, service and dates", "profile"),
    Command("library", ("o",), "Profiles", "Saved profiles, examples and drafts", "profile"),
    Command("open", ("enter",), "Open", "Work on it; in the trash, bring it back", "library"),
    Command("filter", ("slash",), "Filter", "Type part of a name", "library"),
    Command("sort", ("s",), "Sort", "By the next column", "library"),
    Command("turn", ("S",), "Turn", "Sort the other way round", "library"),
    Command("new", ("n",), "New", "An empty profile", "library"),
    Command("example", ("e",), "Example", "A new profile that starts as a copy of an example", "library"),
    Command("rename", ("R",), "Rename", "Give it another name", "library"),
    Command("duplicate", ("d",), "Duplicate", "A copy under another name", "library"),
    Command("delete", ("x", "delete"), "Delete", "Put it into the trash; u brings it back", "library"),
    Command("restore", ("u",), "Undo", "Bring back what was deleted last", "library"),
    Command("trash", ("t",), "Trash", "What was deleted, to bring back, and back to the profiles", "library"),
    Command("earlier", ("v",), "Version before", "Bring back the version before the last change", "library"),
    Command("mark", ("m",), "Mark", "Mark it for comparing; two can be marked", "library"),
    Command("compare", ("c",), "Compare", "The two that are marked, or the marked one and this", "library"),
    Command("import", ("i",), "Import", "Add a profile from a file", "library"),
    Command("export", ("w",), "Export", "Write its file to another place", "library"),
    Command("back", ("escape", "o"), "Back", "Back to the answers", "library"),
    Command("keys", ("question_mark", "f1"), "Help", "All keys", "app"),
    Command("reference", ("r",), "Reference", "Questions people ask, glossary, mistakes, facts and sources", "app"),
    Command("command_palette", ("ctrl+p", "colon"), "Commands", "Search everything that can be done", "app"),
    Command("quit", ("q", "ctrl+q"), "Quit", "Save and leave", "app"),
)

_SHOWN = {"question_mark": "?", "slash": "/", "colon": ":", "pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc"}


def key_name(key: str) -> str:
    """A key as it is shown: `^p` for ctrl+p."""
    return f"^{key[5:]}" if key.startswith("ctrl+") else _SHOWN.get(key, key)


def keys_of(command: Command) -> str:
    """All keys of a command in words."""
    if command.id == "number":
        return "1-9"
    return " ".join(key_name(k) for k in command.keys)


def grouped() -> Iterator[tuple[str, tuple[Command, ...]]]:
    """The commands by the title of their group."""
    for group, title in GROUPS.items():
        yield title, tuple(c for c in COMMANDS if c.group == group)


def bindings(*groups: str) -> list[BindingType]:
    """Textual's bindings of those groups. Each key of a command has an id of its own, so that it can be remapped."""
    from textual.binding import Binding

    return [
        Binding(
            key,
            f"number({key})" if c.id == "number" else c.id,
            c.title,
            show=False,
            id=f"{c.group}.{c.id}" + (f".{i}" if i else ""),
            tooltip=c.help,
        )
        for c in COMMANDS
        if c.group in groups
        for i, key in enumerate(c.keys)
    ]


def readme_keys() -> str:
    """The list of keys as a Markdown table, for the README."""
    rows = [f"| {keys_of(c)} | {c.title} | {c.help} |" for c in COMMANDS]
    return "\n".join(["| key | command | what it does |", "| --- | --- | --- |", *rows])
