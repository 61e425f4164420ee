"""The collecting side: a list of vendors, four questions on each, what to ask for, and the request ready to send."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from socui.profiles.profile import Profile
from socui.profiles.records import Vendor
from socui.profiles.undo import History
from socui.reports.vendor_papers import request_letter
from socui.screens.guards import Asks, Once
from socui.screens.vendors.dialogs import VendorDialogs
from socui.screens.vendors.edits import turned
from socui.screens.vendors.lines import keys_line, list_head, list_lines, vendor_lines
from socui.screens.vendors.papers import Papers
from socui.screens.vendors.questions import VendorSheet
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import Line, Tag
from socui.screens.widgets.row_list import RowList
from socui.settings.commands import bindings, key_of
from socui.text import visible
from socui.vendors.judge import collected
from socui.vendors.model import Collected, VendorFinding

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.knowledge.model import Knowledge
    from socui.screens.workspace.state import WorkspaceState

WIDE_ENOUGH = 140
"""Cells from which on the list stands beside the vendor: in less it would leave no room for names."""


class Vendors(Asks[None], Once[None], Screen[None]):
    """The vendors of the profile in work. Every change is one of the profile: undo takes it back, and it is saved as all
    others."""

    CSS_PATH = "screen.tcss"
    GROUPS = ("vendors",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#vendors"

    def __init__(self, state: WorkspaceState) -> None:
        super().__init__()
        self.state = state
        self.collected: Collected = collected(state.knowledge, state.profile, state.today)
        self.message = ""
        self.papers = Papers(self)
        self.dialogs = VendorDialogs(self)

    def compose(self) -> ComposeResult:
        """The list, the vendor under its cursor, and the keys."""
        with Container(id="lists"):
            yield RowList(id="vendors")
            yield VendorSheet(id="vendor")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Fill it."""
        self.rows.border_title, self.one.border_title = "Vendors", "Vendor"
        self.rows.builder = lambda w: (
            list_lines(self.collected, self.texts, w, key_of("new", "a")),
            list_head(self.collected, w) if self.collected.findings else (),
        )
        self.one.builder = self._vendor
        self.rows.follow = self._moved
        self.query_one("#foot", Bar).builder = lambda w: ([keys_line(self.message, w)], ())
        self._show()
        self.call_after_refresh(self._first)

    def _first(self) -> None:
        if self.stands:
            self._fit()
            if not self.rows.cursor and self.collected.findings:
                self.rows.point(("vendor", "0"))

    def on_resize(self) -> None:
        """Side by side where both can be read."""
        self.set_class(self.app.size.width < WIDE_ENOUGH, "-stacked")
        self._fit()

    def _fit(self) -> None:
        """Give the list the rows that it needs, above the vendor at most a third: the vendor has the others."""
        stacked = self.has_class("-stacked") and not self.has_class("-empty")
        least = len(self.rows.lines) + len(self.rows.pin) + 2
        self.rows.styles.height = min(least, self.app.size.height // 3) if stacked else None

    # ---- what there is

    @property
    def rows(self) -> Sheet:
        """The list."""
        return self.query_one("#vendors", Sheet)

    @property
    def one(self) -> VendorSheet:
        """The vendor in full."""
        return self.query_one("#vendor", VendorSheet)

    @property
    def knowledge(self) -> Knowledge:
        """What is known."""
        return self.state.knowledge

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the knowledge."""
        return cast("dict[str, str]", self.knowledge.texts)

    @property
    def at(self) -> int | None:
        """The place of the vendor under the cursor; None where there is none."""
        cursor = self.rows.cursor
        if len(cursor) == 2 and int(cursor[1]) < len(self.collected.findings):
            return int(cursor[1])
        return 0 if self.collected.findings else None

    @property
    def finding(self) -> VendorFinding | None:
        """What is found of the vendor under the cursor."""
        return None if self.at is None else self.collected.findings[self.at]

    def _vendor(self, width: int) -> tuple[list[Line], list[Line]]:
        finding = self.finding
        if finding is None:
            return [], []
        letter = request_letter(self.knowledge, self.state.profile, finding) if finding.asks else None
        return vendor_lines(finding, letter, self.texts, width, self.one.size.height)

    def tell(self, message: str) -> None:
        """A word in the last line; none: the keys."""
        self.message = visible(message)
        if self.stands:
            self.query_one("#foot", Bar).rebuild()

    # ---- changes

    def change(self, vendors: tuple[Vendor, ...]) -> None:
        """The profile with these vendors."""
        self.take(replace(self.state.profile, vendors=vendors))

    def take(self, profile: Profile) -> None:
        """Take that profile for the one in work, and show it."""
        if self.state.change(profile):
            self._show()

    def _show(self) -> None:
        """Judge anew, and paint what differs."""
        self.message = ""
        self.collected = collected(self.knowledge, self.state.profile, self.state.today)
        year = self.collected.year
        ends = f"our year ends {year.ends:%Y-%m-%d}" if year else "no year end"
        self.rows.border_subtitle = f"{ends} ({key_of('year_end', 'O')})"
        self.set_class(not self.collected.findings, "-empty")
        self.rows.rebuild()
        self._fit()
        self.one.rebuild()
        self.query_one("#foot", Bar).rebuild()

    def _moved(self, _tag: Tag, _step: int) -> None:
        self.one.rebuild()
        self.one.begin()
        self.one.scroll_to(y=0, animate=False)

    def edit(self, change: Callable[[Vendor], Vendor]) -> None:
        """Change the vendor under the cursor."""
        at = self.at
        if at is not None:
            vendors = list(self.state.profile.vendors)
            vendors[at] = change(vendors[at])
            self.change(tuple(vendors))

    @on(Sheet.Chosen, "#vendors")
    def _opened(self) -> None:
        if self.collected.findings:
            self.one.focus()

    @on(Sheet.Chosen, "#foot")
    async def _key(self, event: Sheet.Chosen) -> None:
        await self.app.run_action(event.tag[1], self if hasattr(self, f"action_{event.tag[1]}") else self.app)

    @on(Sheet.Chosen, "#vendor")
    async def _chosen(self, event: Sheet.Chosen) -> None:
        match event.tag:
            case ("option", question, word):
                self.edit(lambda vendor: turned(vendor, question, word))
            case ("none",):
                self.edit(lambda vendor: replace(vendor, none=None if vendor.none else True, reports=()))
            case ("report", "new"):
                self._form(None)
            case ("report", place):
                self._form(int(place))
            case ("service",):
                self.ask(self.dialogs.service)
            case ("run", action):
                await self.app.run_action(action, self)
            case ("facts", _, _, *facts):
                cast("SocuiApp", self.app).show_reference((tuple(facts), ""))

    def _form(self, place: int | None) -> None:
        self.ask(lambda: self.dialogs.report(place))

    # ---- keys

    def action_number(self, digit: int) -> None:
        """Choose by number in the question under the cursor; with the cursor on none, in the first one."""
        self.one.focus()
        self.one.choose(digit)

    def action_further(self, place: int) -> None:
        """Choose the tenth, the eleventh and so on."""
        self.action_number(9 + place)

    def action_next(self) -> None:
        """The next question on the vendor; after the last one, the next vendor."""
        if not self.one.to_question(1) and self.at is not None and self.at + 1 < len(self.collected.findings):
            self.rows.point(("vendor", str(self.at + 1)))

    def action_previous(self) -> None:
        """The question before."""
        self.one.to_question(-1)

    def action_new(self) -> None:
        """Add a vendor."""
        self.ask(self.dialogs.new)

    def action_rename(self) -> None:
        """Give the vendor another name."""
        self.ask(self.dialogs.rename)

    def action_delete(self) -> None:
        """Take the vendor off the list; undo brings it back."""
        at = self.at
        if at is not None:
            vendors = self.state.profile.vendors
            self.change((*vendors[:at], *vendors[at + 1 :]))
            self.rows.point(("vendor", str(min(at, len(self.collected.findings) - 1))))
            self.one.rebuild()
            self.tell(f"{visible(vendors[at].name)} is off the list; {key_of('take_back', 'u')} brings it back")

    def action_take_back(self) -> None:
        """Take the last change back."""
        self._travel(History.undo)

    def action_make_again(self) -> None:
        """Make the change again."""
        self._travel(History.redo)

    def _travel(self, step: Callable[[History], bool]) -> None:
        if step(self.state.work):
            self.state.decide()
            self._show()
        else:
            self.tell("nothing to undo or redo")

    def action_held(self) -> None:
        """Write down a report that the vendor holds."""
        self._form(None)

    def action_year_end(self) -> None:
        """Say when our own fiscal year ends."""
        self.ask(self.dialogs.year_end)

    def action_other_pane(self) -> None:
        """From the list to the vendor, and back."""
        (self.one if self.rows.has_focus else self.rows).focus()

    @work(exclusive=True, group="copy")
    async def action_copy_letter(self) -> None:
        """Copy the request to this vendor."""
        await self.papers.copy_letter()

    def action_save_file(self) -> None:
        """The memo, or the table as CSV, into a file."""
        self.ask(self.papers.save)

    def action_import(self) -> None:
        """Read vendors from a CSV table; one that is on the list is brought up to date."""
        self.ask(self.papers.read)

    def action_leave(self) -> None:
        """Back to the answers."""
        self.dismiss()
