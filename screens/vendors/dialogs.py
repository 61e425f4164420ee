"""What is typed about a vendor: its name, its service, a report it holds; and the end of our own fiscal year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from socui.asking.typed_day import DAY_FORMS, typed_day
from socui.profiles.records import Vendor
from socui.screens.dialogs import TextDialog
from socui.screens.vendors.edits import with_report
from socui.screens.vendors.report_form import ReportForm
from socui.text import scrub_line

if TYPE_CHECKING:
    from socui.screens.vendors.screen import Vendors


class VendorDialogs:
    """Asks for what is typed, for the list that it is given. Every method waits for a dialog: await it in a worker."""

    def __init__(self, screen: Vendors) -> None:
        self.screen = screen

    async def new(self) -> None:
        """Add a vendor at the end of the list, and go on to the first question on it."""
        screen = self.screen
        question = screen.texts["vendors.question.name"]
        name = await screen.app.push_screen_wait(TextDialog(question, hint="e.g. Acme Payroll"))
        if not name or not (name := scrub_line(name)):
            return
        screen.change((*screen.state.profile.vendors, Vendor(name)))
        screen.rows.point(("vendor", str(len(screen.collected.findings) - 1)))
        screen.one.focus()
        screen.one.begin()  # its name is written: on to the first question

    async def rename(self) -> None:
        """Give the vendor under the cursor another name."""
        screen, finding = self.screen, self.screen.finding
        if finding is None:
            return
        question = screen.texts["vendors.question.name"]
        name = await screen.app.push_screen_wait(TextDialog(question, finding.vendor.name, name=True))
        if name and scrub_line(name):
            screen.edit(lambda vendor: replace(vendor, name=scrub_line(name)))

    async def service(self) -> None:
        """Say what the vendor under the cursor does."""
        screen, finding = self.screen, self.screen.finding
        if finding is None:
            return
        title, old = screen.texts["vendors.question.service"], finding.vendor.service
        dialog = TextDialog(title, old, "e.g. payroll for our employees", empty=True)
        service = await screen.app.push_screen_wait(dialog)
        if service is not None:
            screen.edit(lambda vendor: replace(vendor, service=scrub_line(service)))

    async def report(self, place: int | None) -> None:
        """Write down a report that the vendor under the cursor holds: the one at that place, or a further one."""
        screen, at, finding = self.screen, self.screen.at, self.screen.finding
        if at is None or finding is None:
            return
        reports = finding.vendor.reports
        old = reports[place] if place is not None and place < len(reports) else None
        made = await screen.app.push_screen_wait(ReportForm(finding.vendor.name, old))
        if made is None or at >= len(screen.state.profile.vendors):
            return
        screen.edit(lambda vendor: with_report(vendor, place, made))

    async def year_end(self) -> None:
        """Ask for the end of our own fiscal year until it is a day or is given up."""
        value = self.screen.state.profile.dates.get("year_end")
        text, problem = value.isoformat() if value else "", ""
        while (answer := await self.screen.app.push_screen_wait(
            TextDialog("Our fiscal year ends on", text, DAY_FORMS, problem)
        )) is not None:  # fmt: skip
            try:
                self.screen.take(self.screen.state.profile.with_date("year_end", typed_day(answer)))
                return
            except ValueError:
                text, problem = answer, f"not a day: write {DAY_FORMS}"
