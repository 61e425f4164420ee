"""`socui data`: the files of the knowledge base, a copy of them to edit, and their format for an editor."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from socui.cli.output import put, say
from socui.data import FOLDER
from socui.errors import Usage
from socui.text import visible

SCHEMAS = "schema"
"""The folder inside a copy that the schemas stand in."""


def run(args: argparse.Namespace) -> int:
    """Copy the data, print a schema, or list the files. Raises Usage, NotSaved."""
    if args.schema is not None:
        put(json.dumps(_schema(args.schema), indent=2, ensure_ascii=False) + "\n")
    elif args.copy is not None:
        _copy(Path(args.copy))
    else:
        put("".join(f"{path}\n" for path in _files()))
    return 0


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.toml"))


def _schema(file: str) -> dict[str, object]:
    from socui.knowledge.editor_schema import FORMAT, schema

    if file not in FORMAT:
        from socui.knowledge.toml_tables import suggest

        raise Usage(
            f"data: --schema {visible(file)}: no file of the data: {suggest(file, FORMAT, 'socui data lists them')}"
        )
    return schema(file)


def _copy(folder: Path) -> None:
    """Copy the files into a folder that is new or empty, with schemas and the settings by which editors find them."""
    from socui.knowledge.editor_schema import FORMAT
    from socui.profiles.atomic_write import make_folder, write_whole

    where = visible(str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Usage(f"data: --copy {where}: it is not empty: name a new folder")
    make_folder(folder / SCHEMAS)
    for file in _files():
        write_whole(folder / file.name, file.read_bytes())
    rules = []
    for name in FORMAT:
        target = folder / SCHEMAS / f"{name}.json"
        write_whole(target, json.dumps(_schema(name), indent=2, ensure_ascii=False).encode() + b"\n")
        rules.append(f'[[rule]]\ninclude = ["{name}"]\n[rule.schema]\npath = "{SCHEMAS}/{name}.json"\n')
    write_whole(folder / ".taplo.toml", "\n".join(rules).encode())
    say(f"socui: copied to {where}: prove it with socui check {where}, use it with socui --data {where}")
