"""Drafts bridge letters: what management says of the time since the period of the last Type 2 report."""

from __future__ import annotations

from msgspec.structs import replace

from socui.day_words import day_words
from socui.knowledge.local_words import typed_name
from socui.planning.model import DateSpan
from socui.planning.sentences import MODIFIED
from socui.planning.words import opinion_words
from socui.profiles.records import ReportHeld, Request
from socui.reports.findings import Findings
from socui.reports.letter_writer import LetterWriter
from socui.reports.letters import Letter
from socui.reports.words import (
    SOC,
    span_words,
)
from socui.text import visible


def bridge_letter(findings: Findings, request: Request) -> Letter | None:
    """Return the draft of a bridge letter for a request; None unless an issued Type 2 report is held that it can go
    on from."""
    return _BridgeWriter(findings, request).bridge()


class _BridgeWriter(LetterWriter):
    def bridge(self) -> Letter | None:
        """Return a draft for management, where a Type 2 report was issued and time has passed since its period."""
        report = next((r for r in (*self.request.asks, getattr(self.outcome, "report", "")) if r in SOC), "")
        held = self.holding(report, "type2")
        if held is None or held.ends is None or held.begins is None or held.ends >= self.f.today:
            return None
        if held.issued is not None and held.issued > self.f.today:
            return None
        t = self.t
        firm = visible(held.firm) or t["letter.bridge.firm"]
        issued = day_words(held.issued) if held.issued else t["letter.bridge.issued"]
        begins, ends = span_words(held.begins, held.ends)
        to = self._until(held)
        if to is None:
            return None
        lines = [
            t["letter.bridge.lead"].format(
                report=typed_name(report, "type2"), issued=issued, firm=firm, begins=begins, ends=ends
            ),
            self._span(to),
            t["letter.bridge.changes"],
            *(
                [t["letter.bridge.opinion"].format(opinion=opinion_words(held.opinion))]
                if held.opinion in MODIFIED
                else []
            ),
            t["letter.bridge.limits"].format(firm=firm),
        ]
        made = self.made("bridge", typed_name(report, "type2"), lines)
        return replace(made, signature=t["letter.bridge.sign"], close=False)

    def _span(self, whole: DateSpan) -> str:
        """Return the days that the letter speaks of: at most to today; with how far it may reach if it is signed later."""
        last = min(whole.ends, self.f.today)
        text = self.t["letter.bridge.span"].format(**{"from": day_words(whole.begins), "to": day_words(last)})
        later = self.t["letter.bridge.later"].format(day=day_words(whole.ends)) if last < whole.ends else ""
        return f"{text} {later}".strip()

    def _until(self, held: ReportHeld) -> DateSpan | None:
        """From the day after the period to the end of the reader's year as far as a letter reaches. None where that is no day
        of the year that is asked for."""
        from socui.planning.calendar import day_after, plus

        assert held.ends is not None
        year = self.outcome.fiscal_year if self.outcome else None
        reach = plus(held.ends, self.f.knowledge.durations["reach"].months[1])
        if year is not None:
            reach = min(reach, year.ends)
        begins = day_after(held.ends)
        if reach < begins or (year is not None and reach < year.begins):
            return None
        return DateSpan(begins, reach)
