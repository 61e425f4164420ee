"""Asks for a file and writes a paper, or a picture of the screen, to it; asks again until it is written or given up."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from textual.app import App

from socui.errors import Exists, StoreError
from socui.profiles.atomic_write import write_whole
from socui.reports.render import SUFFIXES, ReportWriter
from socui.screens.dialogs import FileDialog, choose, write_to
from socui.text import visible


async def save_picture(app: App[Any]) -> bool:
    """Ask for a file, and save what the screen shows into it as SVG. Gives whether it was. To be awaited in a worker."""
    picture = app.export_screenshot(title="socui").encode()

    def write(path: Path, replace: bool) -> None:
        if path.is_dir():
            raise StoreError(f"not saved: {path} is a folder: name a file")
        write_whole(path, picture, must_be_new=not replace)

    where = await write_to(app, "socui.svg", write)
    if where is not None:
        app.notify(f"saved: {where.absolute()}", markup=False)
    return where is not None


async def save_file(app: App[Any], writer: ReportWriter, proposed: str) -> str | None:
    """Ask for a file, and whether to overwrite one that is there; its suffix says the format. Gives its whole path, None where
    nothing was written. To be awaited in a worker."""
    name, problem = proposed, ""
    while (answer := await app.push_screen_wait(FileDialog(name, SUFFIXES, problem))) is not None:
        name, replace = answer, False
        while True:
            try:
                await asyncio.to_thread(_save, writer, name, replace)
            except Exists:
                if (
                    await choose(
                        app, f"{visible(Path(name).name)} already exists", name, ("Overwrite it", "Another name")
                    )
                    != 0
                ):
                    problem = ""
                    break
                replace = True
            except StoreError as error:
                problem = str(error)
                break
            else:
                return str(Path(name).expanduser().absolute())
    return None


def _save(writer: ReportWriter, name: str, replace: bool) -> None:
    try:
        path = Path(name).expanduser()
        if path.is_dir():
            raise StoreError(f"not saved: {name} is a folder: name a file")
        content = writer(SUFFIXES[path.suffix.lower()])
        write_whole(path, content, must_be_new=not replace)
    except (RuntimeError, ValueError) as error:  # nobody's home, or no name of a file
        raise StoreError(f"not saved: {error}: name another file") from None
