"""One table of commands: it feeds the key bindings, the palette, the help screen and the README's list of keys."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from textual.binding import BindingType


class Command(Struct, frozen=True):
    """Something a person can do. `keys` are Textual's names, the first is the one that is shown; `id` is also the name
    of the action; `group` says where it belongs and which screen or widget binds it."""

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str

    @property
    def name(self) -> str:
        """What tells it from every other command: its group and its id."""
        return f"{self.group}.{self.id}"


GROUPS = {
    "move": "Moving",
    "answer": "Answering",
    "view": "Looking",
    "profile": "Profiles",
    "form": "In a request",
    "reading": "In a text that was read",
    "details": "In the details for a quote",
    "compare": "Side by side",
    "library": "In the list of profiles",
    "preview": "In the report",
    "picture": "In the plan",
    "vendors": "In the list of vendors",
    "app": "Everywhere",
}
TOGETHER = (
    ("move", "answer", "view", "profile", "app"),
    ("move", "form", "app"),
    ("move", "reading", "app"),
    ("move", "details", "app"),
    ("move", "compare", "app"),
    ("move", "preview", "app"),
    ("move", "picture", "app"),
    ("move", "vendors", "app"),
    ("move", "library", "app"),
)
"""Groups whose keys are heard at the same time: a key means one thing in each of these."""
SAME = frozenset({"move.choose", "library.open"})
"""Two names of one thing, which share their key: in the list of profiles to choose is to open."""

SERIES = ("number", "further")
"""Commands each key of which does something of its own: it chooses the answer at that place."""
FURTHER = tuple("0ABCEFHIJKLM")
"""The keys of the tenth choice and those after it."""

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
    Command("further", FURTHER, "By letter", "Choose the tenth answer, the eleventh and so on", "answer"),
    Command("next", ("n",), "Next that matters", "To the next question that can still change the result", "answer"),
    Command("previous", ("p",), "Previous", "Back to the question before, answered or not", "answer"),
    Command(
        "deciding", ("d",), "Most deciding", "To the open question whose answer tells most about the result", "answer"
    ),
    Command(
        "check_answers",
        ("exclamation_mark",),
        "Check answers",
        "To the next of the answers that do not fit together",
        "answer",
    ),
    Command("add_request", ("a",), "Add a request", "Record what somebody asked for", "answer"),
    Command("clear", ("x",), "Clear", "Take the answer away, or the record under the cursor", "answer"),
    Command("note", ("t",), "Note", "Write a note on the question", "answer"),
    Command("undo", ("u",), "Undo", "Take the last change back", "answer"),
    Command("redo", ("U",), "Redo", "Make the change again", "answer"),
    Command("pane", ("tab",), "Next pane", "Questions, comparison, recommendation", "view"),
    Command("pane_back", ("shift+tab",), "Previous pane", "The pane before", "view"),
    Command("why", ("e",), "Explain", "The fewest answers that already force the result", "view"),
    Command("what_if", ("w",), "What if", "Other answers beside today's; again: compare, keep or drop them", "view"),
    Command(
        "find", ("slash",), "Find a question", "Type parts of words: only questions that have them are shown", "view"
    ),
    Command("show_all", ("escape",), "Show all", "End the filter over questions; in a what-if, lead out of it", "view"),
    Command("zoom", ("z",), "Zoom", "One pane over the whole screen, and back", "view"),
    Command("copy", ("y",), "Copy", "Copy the answer card as text", "view"),
    Command("copy_all", ("Y",), "Copy all", "Copy the card and the whole recommendation as text", "view"),
    Command("report", ("r",), "Report", "Read the report or the sheet for CPA firms, and save it", "view"),
    Command("plan", ("P",), "Plan", "The plan as a picture over the whole screen", "view"),
    Command("vendors", ("V",), "Vendors", "Those whose reports we ask for: what to ask, gaps, requests", "view"),
    Command(
        "save",
        ("s", "ctrl+s"),
        "Save as",
        "Name it, its organization, service and dates; another name makes a copy",
        "profile",
    ),
    Command("library", ("o",), "Profiles", "Saved profiles, examples and drafts", "profile"),
    Command(
        "engagement", ("N",), "Details for a quote", "Names, numbers and the country that CPA firms ask for", "profile"
    ),
    Command("number", tuple("123456789"), "By number", "Choose the answer with that number", "form"),
    Command("further", FURTHER, "By letter", "Choose the tenth answer, the eleventh and so on", "form"),
    Command("next", ("n",), "Next", "The next field that is empty; after the last one, done", "form"),
    Command("previous", ("p",), "Previous", "The field before", "form"),
    Command("clear", ("x",), "Clear", "Take the answer away", "form"),
    Command("undo", ("u",), "Undo", "Take the last change back", "form"),
    Command("redo", ("U",), "Redo", "Make the change again", "form"),
    Command("remove", ("D",), "Remove", "Take the request away; u brings it back", "form"),
    Command("leave", ("escape",), "Done", "Back to the questions; everything is kept", "form"),
    Command("change", ("c",), "Change", "The next of its values, or another day that you type", "reading"),
    Command("leave_out", ("x",), "Leave out", "Leave it out; again: take it", "reading"),
    Command("leave", ("escape",), "Take nothing", "Back; the words are kept", "reading"),
    Command("next", ("n",), "Next", "The next one that is empty", "details"),
    Command("clear", ("x",), "Clear", "Take away what is written there", "details"),
    Command("undo", ("u",), "Undo", "Take the last change back", "details"),
    Command("redo", ("U",), "Redo", "Make the change again", "details"),
    Command("leave", ("escape", "N"), "Done", "Back to where you came from; everything is kept", "details"),
    Command("copy", ("y",), "Copy", "Copy the comparison as text", "compare"),
    Command("save_file", ("s", "ctrl+s"), "Save", "Into a file: its suffix says the format", "compare"),
    Command("leave", ("escape",), "Back", "Back to where you came from", "compare"),
    Command("open", ("enter",), "Open", "Work on it; in the trash, bring it back", "library"),
    Command("filter", ("slash",), "Filter", "Type part of a name", "library"),
    Command("sort", ("b",), "Sort", "By the next column", "library"),
    Command("turn", ("B",), "Turn", "Sort the other way round", "library"),
    Command("new", ("a",), "Add", "A new profile, with nothing answered", "library"),
    Command("example", ("E",), "Example", "A new profile that starts as a copy of an example", "library"),
    Command("rename", ("R",), "Rename", "Give the same profile another name", "library"),
    Command("duplicate", ("A",), "Add a copy", "A copy under another name", "library"),
    Command("delete", ("x", "delete"), "Delete", "Put it into the trash; u brings it back", "library"),
    Command("restore", ("u",), "Undo", "Bring back what was deleted last", "library"),
    Command("trash", ("X",), "Trash", "What was deleted, to bring back, and back to the profiles", "library"),
    Command("earlier", ("v",), "Version before", "Bring back the version before the last change", "library"),
    Command("mark", ("m",), "Mark", "Mark it for comparing; two can be marked", "library"),
    Command(
        "other_pane",
        ("tab", "shift+tab"),
        "Other pane",
        "From the list to the preview, which scrolls, and back",
        "library",
    ),
    Command("compare", ("equals_sign",), "Compare", "The two that are marked, or the marked one and this", "library"),
    Command("import", ("i",), "Import", "Add a profile from a file", "library"),
    Command("export", ("W",), "Export", "Write its file to another place", "library"),
    Command("back", ("escape", "o"), "Back", "Back to the answers", "library"),
    Command("as_markdown", ("M",), "Markdown", "As Markdown, and back to plain text", "preview"),
    Command("next_part", ("n",), "Next part", "To the next heading", "preview"),
    Command("previous_part", ("p",), "Part before", "To the heading before", "preview"),
    Command("whole", ("F",), "Full report", "Reasons, answers, terms and sources behind the memo, and back", "preview"),
    Command("auditors", ("Q",), "For auditors", "The request for quotes that CPA firms need, and back", "preview"),
    Command("letters", ("l",), "Letters", "The letter to the next one who asked, and back to the memo", "preview"),
    Command(
        "engagement", ("N",), "Details for a quote", "Names, numbers and the country that CPA firms ask for", "preview"
    ),
    Command("copy_paper", ("y",), "Copy", "Copy what is shown as text", "preview"),
    Command("save_file", ("s", "ctrl+s"), "Save", "Into a file: its suffix says the format", "preview"),
    Command("leave", ("escape", "r"), "Back", "Back to the answers", "preview"),
    Command(
        "other_pane",
        ("tab", "shift+tab"),
        "Other pane",
        "From the picture to the words below it, which scroll, and back",
        "picture",
    ),
    Command("leave", ("escape", "P"), "Back", "Back to the answers", "picture"),
    Command("number", tuple("123456789"), "By number", "Choose the answer with that number", "vendors"),
    Command("further", FURTHER, "By letter", "Choose the tenth answer, the eleventh and so on", "vendors"),
    Command("next", ("n",), "Next", "The next question on the vendor; after the last one, the next vendor", "vendors"),
    Command("previous", ("p",), "Previous", "The question before", "vendors"),
    Command("new", ("a",), "Add", "A vendor more", "vendors"),
    Command("rename", ("R",), "Rename", "Give the vendor another name", "vendors"),
    Command("held", ("h",), "Report held", "Write down a report that the vendor holds", "vendors"),
    Command("year_end", ("O",), "Our year", "Say when our own fiscal year ends", "vendors"),
    Command("other_pane", ("tab", "shift+tab"), "Other pane", "From the list to the vendor, and back", "vendors"),
    Command("copy_letter", ("y",), "Copy request", "Copy the request to this vendor as text", "vendors"),
    Command("save_file", ("s", "ctrl+s"), "Save", "The memo, or the table as CSV, into a file", "vendors"),
    Command("import", ("i",), "Import", "Read vendors from a CSV table", "vendors"),
    Command("delete", ("x", "delete"), "Delete", "Take the vendor off the list; undo brings it back", "vendors"),
    Command("take_back", ("u",), "Undo", "Take the last change back", "vendors"),
    Command("make_again", ("U",), "Redo", "Make the change again", "vendors"),
    Command("leave", ("escape", "V"), "Back", "Back to the answers", "vendors"),
    Command("keys", ("question_mark", "f1"), "Help", "All keys", "app"),
    Command("reference", ("f",), "Reference", "Questions people ask, glossary, mistakes, facts and sources", "app"),
    Command("command_palette", ("ctrl+p", "colon"), "Commands", "Search everything that can be done", "app"),
    Command("change_theme", ("T",), "Theme", "Choose other colors; the choice is remembered", "app"),
    Command("suspend", ("ctrl+z",), "To the shell", "Stop here and give the terminal back; `fg` goes on", "app"),
    Command("quit", ("q", "ctrl+q"), "Quit", "Save and leave", "app"),
)

_SHOWN = {"pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc"}
_OTHERWISE = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}

_chosen: dict[str, tuple[str, ...]] = {}


def use_keys(chosen: Mapping[str, tuple[str, ...]]) -> None:
    """From now on these keys are shown for the commands of those names, and the table's for all others. A process shows
    one app, so what is chosen is kept here, where bars, help and hints find it."""
    _chosen.clear()
    _chosen.update(chosen)


def keys_now(command: Command) -> tuple[str, ...]:
    """Return the keys that a command has now: those chosen, else those of the table."""
    return _chosen.get(command.name, command.keys)


def key_id(character: str) -> str:
    """Textual's name for the key that types a character: `question_mark` for `?`."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _OTHERWISE.get(name, name)


PUNCTUATION = {key_id(c): c for c in map(chr, range(33, 127)) if not c.isalnum()}


def key_name(key: str) -> str:
    """Return a key as it is shown: `^p` for ctrl+p, `?` for question_mark."""
    *modifiers, base = key.split("+")
    shown = _SHOWN.get(base) or PUNCTUATION.get(base) or base
    if modifiers == ["ctrl"] and len(shown) == 1:
        return f"^{shown}"
    return "+".join([*modifiers, shown])


def key_of(id: str, key: str) -> str:
    """Return what to press instead of `key`, which the table gives to a command of that id, as it is shown."""
    for command in COMMANDS:
        if command.id == id and key in command.keys:
            now, at = keys_now(command), command.keys.index(key)
            return key_name(now[at] if at < len(now) else now[0])
    return key_name(key)


def keys_of(command: Command) -> str:
    """Return all keys of a command in words, as they are now."""
    return _words(keys_now(command))


def _words(keys: tuple[str, ...]) -> str:
    if keys == tuple("123456789"):
        return "1-9"
    return " ".join(key_name(k) for k in keys)


def grouped() -> Iterator[tuple[str, tuple[Command, ...]]]:
    """Yield the commands by the title of their group."""
    for group, title in GROUPS.items():
        yield title, tuple(c for c in COMMANDS if c.group == group)


def bindings(*groups: str) -> list[BindingType]:
    """Textual's bindings of those groups. The keys of a command share its name as their id, by which they are remapped;
    each number does something of its own and has an id of its own."""
    from textual.binding import Binding

    return [
        Binding(
            key,
            f"{c.id}({i})" if c.id in SERIES else c.id,
            c.title,
            show=False,
            id=f"{c.name}.{i}" if c.id in SERIES else c.name,
            tooltip=c.help,
        )
        for c in COMMANDS
        if c.group in groups
        for i, key in enumerate(c.keys, 1)
    ]


def anywhere(*ids: str) -> list[BindingType]:
    """Bindings of those commands that the app itself does, for a screen that stands before it and hears only its own."""
    from textual.binding import Binding

    return [
        Binding(key, f"app.{c.id}", c.title, show=False, id=c.name, tooltip=c.help)
        for c in COMMANDS
        if c.group == "app" and c.id in ids
        for key in c.keys
    ]


def keymap(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Those keys as Textual takes them: by the ids of the bindings."""
    made: dict[str, str] = {}
    for name, keys in chosen.items():
        if name.rpartition(".")[2] in SERIES:
            made |= {f"{name}.{i}": key for i, key in enumerate(keys, 1)}
        else:
            made[name] = ",".join(keys)
    return made


def readme_keys() -> str:
    """Return the list of keys as a Markdown table, for the README: as they are where nothing was chosen."""
    rows = [f"| {_words(c.keys)} | {c.title} | {c.help} | `{c.id}` |" for c in COMMANDS]
    return "\n".join(["| key | command | what it does | in config.toml |", "| --- | --- | --- | --- |", *rows])
