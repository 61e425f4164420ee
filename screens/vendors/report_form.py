"""A form for one report that a vendor holds: what it is called, its Type, its days and its opinion."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Label

from socui.cli.vendors import with_pairs
from socui.errors import Usage
from socui.profiles.records import ReportHeld, Vendor
from socui.screens.dialogs import CANCEL, FIELDS_APART, values_at
from socui.screens.guards import Modal
from socui.screens.widgets.text_field import Field
from socui.text import visible

_FIELDS = (
    ("holds", "Report", "SOC 1, SOC 2, SOC 3, ISO 27001, PCI, HITRUST, other"),
    ("type", "Type (SOC 1 and SOC 2)", "1 or 2"),
    ("from", "Period from", "YYYY-MM-DD; of a Type 1: leave it empty"),
    ("to", "Period to, or the day of a Type 1", "YYYY-MM-DD"),
    ("opinion", "Opinion", "unmodified, qualified, adverse, disclaimer; may stay empty"),
)


class ReportForm(Modal["ReportHeld | str | None"]):
    """Gives the report, "" to take it away, None for no change. Enter in any field saves."""

    CSS_PATH = "report_form.tcss"
    VERTICAL_BREAKPOINTS = FIELDS_APART
    BINDINGS = CANCEL

    def __init__(self, vendor: str, report: ReportHeld | None) -> None:
        super().__init__()
        self.vendor, self.report = vendor, report

    def compose(self) -> ComposeResult:
        """One field a line."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Label(f"A report that {visible(self.vendor)} holds", classes="title", markup=False)
            for id, label, hint in _FIELDS:
                yield Label(label, classes="name", markup=False)
                yield Field(self._value(id), placeholder=hint, id=id, compact=True, select_on_focus=False)
            yield Label("", id="problem", markup=False)
            again = " · an empty report takes it away" if self.report else ""
            yield Label(f"enter save · tab next field · esc cancel{again}", classes="foot", markup=False)

    def _value(self, id: str) -> str:
        report = self.report
        if report is None:
            return ""
        days = {"from": report.begins, "to": report.ends or report.as_of}
        if id in days:
            day = days[id]
            return day.isoformat() if day else ""
        return {"holds": report.report, "type": report.type.removeprefix("type"), "opinion": report.opinion}[id]

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        values = values_at(event, self)
        if not values["holds"] and self.report is not None:
            self.dismiss("")
            return
        try:
            self.dismiss(report_from(values))
        except Usage as error:
            self.query_one("#problem", Label).update(visible(str(error).removeprefix("vendors: ")))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def report_from(values: dict[str, str]) -> ReportHeld:
    """Return the report that a person wrote: `SOC 2`, `Type 2` and the like are understood. Raises Usage."""
    holds = values["holds"].casefold().replace(" ", "").replace("/iec", "").removesuffix("report")
    kind = values["type"].casefold().replace(" ", "").removeprefix("type")
    kind = {"i": "1", "ii": "2"}.get(kind, kind)
    if not holds:
        raise Usage("which report? write soc1, soc2 or another name")
    pairs = [f"holds={holds}"]
    if kind:
        pairs.append(f"type=type{kind}")
    last = "as_of" if kind == "1" else "to"
    pairs += [f"{key}={values[field]}" for key, field in (("from", "from"), (last, "to")) if values[field]]
    if values["opinion"]:
        pairs.append(f"opinion={values['opinion'].casefold()}")
    if holds == "none":
        raise Usage("for no report at all choose that below")
    return with_pairs(Vendor(), pairs).reports[0]
