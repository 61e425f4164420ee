"""Papers of the vendors: the request as text, the memo and the table as files, and a table that is read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from socui.errors import Exists, ProfileError, StoreError, Usage
from socui.reports.vendor_papers import request_letter
from socui.screens.dialogs import FileDialog, TextDialog, choose
from socui.text import visible
from socui.vendors.table import LONGEST, merged, read_table, table_text

if TYPE_CHECKING:
    from socui.screens.vendors.screen import Vendors

_FILES = {".html": "html", ".htm": "html", ".docx": "docx", ".md": "md", ".txt": "text", ".csv": "csv"}


class Papers:
    """What leaves the list of vendors as text or file, and what comes into it, for the screen that it is given."""

    def __init__(self, screen: Vendors) -> None:
        self.screen = screen

    async def copy_letter(self) -> None:
        """Copy the request to the vendor under the cursor."""
        from socui.reports.render import as_file
        from socui.screens.clipboard import copy

        finding = self.screen.finding
        if finding is None or not finding.asks:
            self.screen.tell("nothing to ask this vendor for yet")
            return
        letter = request_letter(self.screen.knowledge, self.screen.state.profile, finding)
        self.screen.tell(await copy(self.screen.app, as_file(letter, self.screen.texts, "text").decode()))

    async def save(self) -> None:
        """The memo, or the table as CSV, into a file."""
        name, problem = "vendors.html", ""
        while (answer := await self.screen.app.push_screen_wait(FileDialog(name, _FILES, problem))) is not None:
            name, over = answer, False
            while True:
                try:
                    await asyncio.to_thread(self._write, name, over)
                    self.screen.tell(f"saved: {Path(name).expanduser().absolute()}")
                    return
                except Exists:
                    over = (
                        await choose(
                            self.screen.app, f"{visible(name)} already exists", name, ("Overwrite it", "Another name")
                        )
                        == 0
                    )
                    problem = ""
                    if not over:
                        break
                except StoreError as error:
                    problem = str(error)
                    break

    def _write(self, name: str, over: bool) -> None:
        from socui.profiles.atomic_write import write_whole
        from socui.reports.render import rendered
        from socui.reports.vendor_papers import vendors_memo

        try:
            path = Path(name).expanduser()
            if path.is_dir():
                raise StoreError(f"not saved: {name} is a folder: name a file")
            format = _FILES[path.suffix.lower()]
            if format == "csv":
                content = table_text(self.screen.collected, self.screen.texts).encode("utf-8", "replace")
            else:
                content = rendered(
                    vendors_memo(self.screen.knowledge, self.screen.state.profile, self.screen.collected), format
                )
            write_whole(path, content, must_be_new=not over)
        except (RuntimeError, ValueError) as error:  # nobody's home, or no name of a file
            raise StoreError(f"not saved: {error}: name another file") from None

    async def read(self) -> None:
        """Read vendors from a CSV table; one that is on the list is brought up to date."""
        from socui.profiles.atomic_write import read_regular

        value, problem = "", ""
        while (answer := await self.screen.app.push_screen_wait(
            TextDialog("Read vendors from which table?", value, "a CSV file; socui vendors --template prints one", problem)
        )) is not None:  # fmt: skip
            value = answer
            try:
                data = await asyncio.to_thread(read_regular, Path(answer).expanduser(), LONGEST + 1)
                more = read_table(data, self.screen.texts)
            except Usage as error:
                problem = str(error).removeprefix("vendors: ")
            except (OSError, StoreError, ProfileError, RuntimeError, ValueError) as error:
                problem = str(error)
            else:
                kept = {v.name.casefold(): v for v in self.screen.state.profile.vendors}
                for vendor in more:
                    key = vendor.name.casefold()
                    kept[key] = merged(kept[key], vendor) if key in kept else vendor
                self.screen.change(tuple(kept.values()))
                self.screen.tell(f"{len(more)} read")
                return
