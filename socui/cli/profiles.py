"""The commands list, new, set, rename, duplicate, delete, restore, import, export and paths."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from socui.cli.output import put, say
from socui.cli.set_answer import answer, date_set, noted
from socui.errors import StoreError, Usage
from socui.profiles.atomic_write import read_regular
from socui.profiles.migrate import brought_up
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import PROFILE_LIMIT
from socui.profiles.store import Opened, Store
from socui.text import scrub_line, visible

if TYPE_CHECKING:
    from socui.deciding.decide import Decider
    from socui.profiles.folder_index import Head


def _store(args: argparse.Namespace) -> Store:
    return Store.default(args.profiles)


def _data_folder(args: argparse.Namespace) -> Path | None:
    data = args.data or os.environ.get("SOCUI_DATA")
    return Path(data) if data else None


def _decider(args: argparse.Namespace) -> Decider:
    from socui.deciding.precompiled import decider

    return decider(args.data)


def list_profiles(args: argparse.Namespace) -> int:
    """Print every file of the folder, also those that cannot be read. Status 0 whatever they hold."""
    store = _store(args)
    heads = store.heads()
    if args.json:
        put(json.dumps([_as_json(head) for head in heads], indent=2, ensure_ascii=False) + "\n")
        return 0
    if not heads:
        say(f"socui: no profiles in {store.root}: make one with: socui new NAME")
        return 0
    put(_table(heads, args.long))
    return 0


def _as_json(head: Head) -> dict[str, object]:
    return {
        "file": visible(head.path.name),
        "kind": head.kind,
        "id": visible(head.id),
        "name": visible(head.name),
        "organization": visible(head.organization),
        "service": visible(head.service),
        "result": visible(head.result),
        "answered": head.answered,
        "not_sure": head.not_sure,
        "updated": head.updated.isoformat() if head.updated else None,
        "problem": visible(head.problem),
        "line": head.line,
    }


def _table(heads: Sequence[Head], long: bool) -> str:
    rows = [["NAME", "ORGANIZATION", "RESULT", "ANSWERS", *(["CHANGED", "FILE"] if long else []), ""]]
    for head in heads:
        answered = str(head.answered) if head.opens else ""
        changed = head.updated.strftime("%Y-%m-%d %H:%M") if head.updated else ""
        more = [changed, visible(head.path.name)] if long else []
        cells = [visible(head.title), visible(head.organization), visible(head.result), answered, *more]
        rows.append([*cells, visible(head.problem)])
    widths = [min(max(len(row[column]) for row in rows), 40) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def _changed(args: argparse.Namespace, profile: Profile, decider: Decider) -> Profile:
    """Return the profile with everything that the command line says."""
    knowledge = decider.knowledge
    for text in args.answers:
        profile = answer(knowledge, profile, text)
    for text in args.note:
        profile = noted(knowledge, profile, text)
    for text in args.date:
        profile = date_set(knowledge, profile, text)
    if args.organization is not None:
        profile = replace(profile, organization=scrub_line(args.organization))
    if args.service is not None:
        profile = replace(profile, service=scrub_line(args.service))
    return replace(
        profile,
        knowledge=profile.knowledge or knowledge.version,
        result=decider.advise(profile, date.today()).result,
    )


def new(args: argparse.Namespace) -> int:
    """Make a profile. A name that is taken is refused."""
    profile = _changed(args, Profile(name=args.name), _decider(args))
    opened = _store(args).create(profile, id=args.id)
    say(f"socui: made {opened.profile.name}: {opened.path}")
    return 0


def set_answers(args: argparse.Namespace) -> int:
    """Answer questions, in one save; nothing is saved where one of the answers cannot be."""
    store = _store(args)
    opened = store.open(args.name)
    if not (args.answers or args.note or args.date or args.organization is not None or args.service is not None):
        raise Usage("set: nothing to set: give QUESTION=ANSWER, --note, --date, --organization or --service")
    if opened.read_only:  # before anything is worked out with a profile that is not fully understood
        raise StoreError(f"not saved: {opened.path.name}: {opened.read_only}")
    decider = _decider(args)
    profile, _ = brought_up(decider.knowledge, opened.profile)
    store.save(_changed(args, profile, decider), opened.digest, opened.path)
    return 0


def rename(args: argparse.Namespace) -> int:
    """Give a profile another name; its file keeps its own."""
    store = _store(args)
    store.rename(store.open(args.name), args.new)
    return 0


def duplicate(args: argparse.Namespace) -> int:
    """Copy a profile."""
    store = _store(args)
    copy = store.duplicate(store.open(args.name), args.new, args.id)
    say(f"socui: made {copy.profile.name}: {copy.path}")
    return 0


def delete(args: argparse.Namespace) -> int:
    """Move a profile to the trash, also a file that cannot be read."""
    store = _store(args)
    head = store.find(args.name)
    store.delete(head.path)
    say(f"socui: moved {head.title} to the trash: to undo: socui restore {head.name or head.path.stem}")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Bring a deleted profile back, or the version before of one that is there; without a name list the trash."""
    store = _store(args)
    if args.previous:
        if not args.name:
            raise Usage("restore: no name: say which: socui restore NAME --previous")
        path = store.find(args.name).path
        say(f"socui: brought back the version before of {store.restore_previous(path).profile.name or path.name}")
        return 0
    deleted = store.trash.deleted()
    if not args.name:
        put(_table(deleted, True) if deleted else "")
        return 0
    back = store.restore(_deleted(deleted, args.name).path)
    say(f"socui: brought back {back.profile.name}: {back.path}")
    return 0


def _deleted(heads: Sequence[Head], ref: str) -> Head:
    from socui.profiles.names import name_key

    for head in heads:
        if ref in (head.id, head.path.name, head.path.stem) or (head.name and name_key(head.name) == name_key(ref)):
            return head
    raise StoreError(f"nothing called {visible(ref)} is in the trash: see socui restore")


def import_file(args: argparse.Namespace) -> int:
    """Add a profile from a file; a name that is taken is numbered."""
    store = _store(args)
    if args.file == "-":
        data, name = sys.stdin.buffer.read(PROFILE_LIMIT + 1), ""
    else:
        try:
            data, name = read_regular(Path(args.file), PROFILE_LIMIT), Path(args.file).stem
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise Usage(f"import: {visible(args.file)}: {why}: name a profile's file") from None
    opened = store.import_(data, name)
    say(f"socui: added {opened.profile.name}: {opened.path}")
    return 0


def export(args: argparse.Namespace) -> int:
    """Write a profile's file elsewhere, or to standard output."""
    store = _store(args)
    opened: Opened = store.open(args.name)
    if args.output == "-":
        put(store.text(opened))
    else:
        store.export(opened, Path(args.output), args.replace)
    return 0


def paths(args: argparse.Namespace) -> int:
    """Print where profiles, trash, drafts, the knowledge and what was chosen are."""
    from socui.profiles.paths import config_folder
    from socui.settings import config
    from socui.settings import remembered as state

    store = _store(args)
    try:
        chosen: Path | None = config_folder()
    except StoreError:  # profiles may be kept where no home is known
        chosen = None
    rows = (
        ("profiles", store.root),
        ("trash", store.trash.folder),
        ("drafts", store.drafts.folder),
        ("knowledge", _data_folder(args) or "as it comes with socui"),
        ("config", chosen / config.CONFIG_FILE if chosen else "none: no home directory"),
        ("state", chosen / state.STATE_FILE if chosen else "none: no home directory"),
    )
    put("".join(f"{what:11}{visible(str(where))}\n" for what, where in rows))
    for fault in config.read_config(chosen).faults:
        say(f"socui: {fault}")
    return 0
