"""What letters say of reports: which are asked for, planned and held, over which days, and what is sent meanwhile.

Every date is one of the plan's or of a report that is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from socui.asking.named_as import named_as
from socui.asking.speaks_for import reports_asked
from socui.day_words import day_words
from socui.deciding.advice import CERTAINTY
from socui.knowledge.local_words import a_name, is_abroad, typed_name
from socui.planning.model import DateSpan, PlannedReport, RequestOutcome
from socui.planning.sentences import AUDITORS
from socui.planning.words import within
from socui.profiles.countries import seat
from socui.profiles.records import ReportHeld, Request
from socui.reports.findings import Findings
from socui.reports.words import (
    SOC,
    UNNAMED,
    asked_by_words,
    asks_read_aloud,
    beside_soc,
    read_aloud,
    span_words,
)
from socui.text import visible


class LetterFacts:
    """The plan and what is held, as far as they bear on one request, in sentences of a letter."""

    def __init__(self, findings: Findings, request: Request) -> None:
        self.f, self.request = findings, request
        self.t, self.country = findings.knowledge.texts, seat(findings.profile)
        self.outcome = next((o for o in findings.plan.requests if o.id == request.id), None)
        self.whom = asked_by_words(self.t, request)

    def sent_meanwhile(self, outcome: RequestOutcome) -> Iterator[str]:
        """What the plan says to send until then, in the words of a letter."""
        held, first = self.holding(outcome.report), self.f.plan.first(outcome.report)
        fields = {
            "held": self.days(held) if held else "",
            "day": day_words(first.last) if first else "",
            "typical": day_words(first.in_hand.typical) if first else "",
        }
        for text in outcome.meanwhile:
            for id, message in self.f.knowledge.messages.items():
                if id.startswith("send-") and text.says.startswith(message.says.partition("{")[0]):
                    yield self.t[f"letter.{id}"].format(**fields)

    def reports_asked(self, outcome: RequestOutcome) -> list[str]:
        """The reports that the request asks for and that are advised: one, or both."""
        both = {outcome.report, *(other.report for other in outcome.beside)}
        return [r for r in SOC if r in both and self.f.advice.advised(r)] or [outcome.report]

    def planned_words(self, outcome: RequestOutcome, type: str) -> str:
        """What is planned for the request: "a SOC 1 Type 2 report and a SOC 2 Type 2 report"."""
        return self._reports([typed_name(r, type, self.country) for r in self.reports_asked(outcome)])

    def asked_for(self, outcome: RequestOutcome) -> str:
        """What the request asks for, by the name that it gives, of what is planned for it: "a SOC 2 report"."""
        asks, reports = self.request.asks, self.reports_asked(outcome)
        if asks and not all(r in asks and not named_as(self.request, r) for r in reports):
            named = tuple(a for a in asks if a in (*SOC, *UNNAMED, "aaf"))
            return self.aloud(named or asks)
        return self._reports([typed_name(r, "type2" if outcome.type_asked == "type2" else "") for r in reports])

    def aloud(self, asks: tuple[str, ...]) -> str:
        """What is asked for, as one says it to whoever asked: "a SOC 2 report or an ISO/IEC 27001 certificate"."""
        texts = {**self.t, "asks.soc_unnamed": self.t["letter.asks.soc_unnamed"]}
        return asks_read_aloud(texts, replace(self.request, asks=asks))

    def _reports(self, names: Iterable[str]) -> str:
        return read_aloud([self.t["letter.a_report"].format(a_report=a_name(name)) for name in names])

    def also_planned(self, outcome: RequestOutcome) -> Iterator[str]:
        """What is planned of the other report, where the request asks for both."""
        for other in outcome.beside:
            if other.served is not None:
                yield self.t["letter.also"].format(**self.fields(self.f.plan.reports[other.served]))

    def left_out(self) -> Iterator[str]:
        """What is said of a report that is asked for beside one that is planned, where no plan is made for it."""
        for report in SOC:
            if report in reports_asked(self.request) and not (
                self.request.either or self.f.plan.of(report) or self.holding(report)
            ):
                yield self.t["letter.left_out"].format(a_report=a_name(typed_name(report, "")))

    def name_abroad(self) -> Iterator[str]:
        """What is asked where a SOC 1 report comes under a standard that is not that of the United States."""
        if is_abroad(self.country) and self.outcome is not None and "soc1" in self.reports_asked(self.outcome):
            yield self.t["letter.abroad"]

    def beside(self) -> Iterator[str | tuple[str, ...]]:
        """What is said to each thing that is asked for beside a SOC report: which document answers it."""
        asks = beside_soc(self.request)
        if "soc3" in asks:
            yield self.t["letter.soc3"]
        if others := [a for a in asks if a != "soc3"]:
            what = [self.t.get(f"asks.{a}", visible(a)) for a in others]
            yield self.t["letter.beside"].format(what=read_aloud(what))
            yield tuple(self.t.get(f"letter.beside.{a}", self.t["letter.beside.other"]) for a in others)

    def plan_words(self, planned: PlannedReport) -> str:
        """What is planned, with the Type 2 report after a Type 1."""
        then = self.type2_after(planned) if planned.type == "type1" else None
        if then is None:
            return self.t["letter.confirm.plan"].format(**self.fields(planned))
        more = {"then": self.days(then), "then_typical": day_words(then.in_hand.typical)}
        return self.t["letter.confirm.step"].format(**self.fields(planned), **more)

    def step_after(self, planned: PlannedReport) -> Iterator[str]:
        """The Type 2 report that follows a Type 1, with its days."""
        then = self.type2_after(planned) if planned.type == "type1" else None
        if then is not None:
            yield self.t["letter.late.step"].format(then=self.days(then), then_typical=day_words(then.in_hand.typical))

    def looks_back(self, planned: PlannedReport) -> Iterator[str]:
        """What the CPA firm has to agree to, where a period began before today."""
        period = self.type2_after(planned) if planned.type == "type1" else planned
        if period is not None and period.look_back:
            over = period.ends is not None and period.ends < self.f.today
            stepped = ".type2" if planned.type == "type1" else ""
            yield self.t["letter.confirm.ended" if over else f"letter.confirm.look_back{stepped}"]

    def type2_after(self, planned: PlannedReport) -> PlannedReport | None:
        """The Type 2 report that follows a Type 1."""
        return next((r for r in self.f.plan.of(planned.report) if r.type == "type2"), None)

    def year_words(self, outcome: RequestOutcome, planned: PlannedReport | None) -> Iterator[str]:
        """Which days of the reader's year the planned report tests, which the one that is held, which nobody."""
        year, t = outcome.fiscal_year, self.t
        if year is None or outcome.type == "type1":
            return
        held = self.holding(outcome.report, "type2")
        mine = _within(held.begins, held.ends, year) if held else None
        new = _within(planned.begins, planned.ends, year) if planned else None
        lines = [t["letter.year.held"].format(days=self._of_year(mine, year))] if mine else []
        lines += [t["letter.year.planned"].format(days=self._of_year(new, year))] if new else []
        if outcome.untested and outcome.answer != "late":
            lines.append(t["letter.year.untested"].format(days=_spans(outcome.untested)))
        if not mine and not new:
            lines = [t["letter.year.none"]]
        key = "letter.year.service" if self.request.reader == "service_auditor" else "letter.year"
        yield t[key].format(year=day_words(year.ends), says=read_aloud(lines))
        if outcome.bridged and outcome.answer != "late":
            key = "letter.held.bridged" if outcome.held else "letter.confirm.bridged"
            yield t[key].format(bridged=_spans(outcome.bridged))

    def _of_year(self, days: DateSpan, year: DateSpan) -> str:
        """The days of a year that a report tests, in words."""
        return self.t["letter.year.whole"] if days == year else _spans((days,))

    def served_by(self, outcome: RequestOutcome) -> PlannedReport | None:
        """The planned report that serves the request."""
        return self.f.plan.reports[outcome.served] if outcome.served is not None else None

    def fields(self, planned: PlannedReport) -> dict[str, str]:
        """A planned report by name, days, and when it is in hand."""
        hand = planned.in_hand
        return {
            "a_report": a_name(typed_name(planned.report, planned.type, self.country)),
            "period": self.days(planned),
            "low": day_words(hand.low),
            "typical": day_words(hand.typical),
            "high": day_words(hand.high),
        }

    def days(self, report: PlannedReport | ReportHeld) -> str:
        """The days that a report speaks of."""
        if report.as_of:
            return self.t["letter.as_of"].format(as_of=day_words(report.as_of))
        begins, ends = span_words(report.begins, report.ends)
        return self.t["letter.period"].format(begins=begins, ends=ends)

    def holding(self, report: str, type: str = "") -> ReportHeld | None:
        """The last report of that kind that is held."""
        mine = [r for r in self.f.profile.reports_held if r.report == report and (not type or r.type == type)]
        dated = [r for r in mine if r.ends or r.as_of]
        return max(dated, key=lambda r: r.ends or r.as_of, default=None)  # type: ignore[arg-type,return-value]

    def first_advised(self) -> PlannedReport | None:
        """The first planned report that is advised, no other is spoken of: of two the surer one, else the one that
        such a reader uses."""
        advised = [r for r in SOC if self.f.advice.advised(r)]
        mine = "soc1" if self.request.reader in AUDITORS or self.request.subject == "amounts" else "soc2"
        certainty = {r: CERTAINTY.index(self.f.advice.findings[r].certainty) for r in advised}
        ordered = sorted(advised, key=lambda r: (certainty[r], r != mine))
        return next((planned for r in ordered if (planned := self.f.plan.first(r))), None)


def _within(begins: date | None, ends: date | None, year: DateSpan) -> DateSpan | None:
    return within(DateSpan(begins, ends), year) if begins and ends else None


def _spans(spans: tuple[DateSpan, ...]) -> str:
    return read_aloud([" to ".join(span_words(s.begins, s.ends)) for s in spans])
