"""Writes letters to those who asked, ready to be edited: a question back, a confirmation, or "not by then, but".

Every date in a letter is one of the plan's. Nothing is promised that the plan does not carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socui.day_words import day_words
from socui.deciding.advice import NO, PROBABLY_NOT
from socui.errors import Usage
from socui.planning.model import DateSpan, PlannedReport, RequestOutcome
from socui.planning.sentences import MODIFIED, opinion_words
from socui.planning.words import Words, within
from socui.profiles.countries import seat
from socui.profiles.records import ReportHeld, Request
from socui.reports.card import report_name
from socui.reports.findings import Findings
from socui.reports.letters import Letter
from socui.reports.words import (
    SOC,
    asked_by_words,
    asks_no_report,
    is_abroad,
    is_unclear,
    read_aloud,
    span_words,
    surveyed,
    texts_for,
)
from socui.text import visible

_QUOTED = 400
"""Characters of a request that are quoted back."""


def letter(findings: Findings, request: Request) -> Letter:
    """The reply to a request."""
    return LetterWriter(findings, request).reply()


def letter_for(findings: Findings, request: str, bridge: bool = False) -> Letter:
    """The reply to the request of that id, or the draft of a bridge letter. Raises Usage where there is none to write."""
    by_id = {r.id: r for r in findings.profile.requests}
    if request not in by_id:
        named = ", ".join(map(visible, by_id)) or "none is recorded: socui request NAME --add"
        raise Usage(f"no request {visible(request)}: {named}")
    from socui.reports.bridge_letter import bridge_letter

    made = bridge_letter(findings, by_id[request]) if bridge else letter(findings, by_id[request])
    if made is None:
        raise Usage(f"{visible(request)}: no bridge letter: it goes on from an issued Type 2 report whose period ended up to "
                    "three months before the time that is asked for, and none such is recorded: socui held NAME --add")  # fmt: skip
    return made


class LetterWriter:
    """Writes the letter to one request by what the plan has for it."""

    def __init__(self, findings: Findings, request: Request) -> None:
        self.f, self.request = findings, request
        self.t = texts_for(findings.knowledge, seat(findings.profile))
        self.outcome = next((o for o in findings.plan.requests if o.id == request.id), None)
        self.whom = asked_by_words(self.t, request)

    def reply(self) -> Letter:
        """The letter that fits what the plan has for the request."""
        outcome = self.outcome
        if asks_no_report(self.request) or (outcome is not None and outcome.answer == "elsewhere"):
            return self.made("other", "", self._other())
        if outcome is None or is_unclear(self.request, self.f.advice):
            return self.made("clarify", "", self._clarify())
        if outcome.answer == "unknown":
            return self.made("none", "", self._unknown())
        if outcome.answer == "no_report" or not outcome.report:
            return self.made("none", "", self._none())
        name = report_name(outcome.report, outcome.type)
        if outcome.held:
            return self.made("held", name, self._held(outcome))
        kind = "late" if outcome.is_late else "confirm"
        return self.made(kind, name, self._late(outcome) if outcome.is_late else self._confirm(outcome))

    def made(self, kind: str, report: str, paragraphs: Iterable[str | tuple[str, ...]]) -> Letter:
        """A letter of that kind with greeting, thanks and signature around its paragraphs."""
        who = visible(self.f.profile.organization)
        plain = self.request.asked_by and not any(sign in self.whom for sign in ",;(/")
        greeting = self.t["letter.greeting" if plain else "letter.greeting.nobody"]
        return Letter(
            kind=kind,
            whom=self.whom,
            subject=self.t[f"letter.subject.{kind}"].format(report=report),
            paragraphs=(greeting.format(whom=self.whom), self._thanks(), *paragraphs),
            signature=self.t["letter.signature"].format(who=who) if who else self.t["letter.signature.blank"],
            before=self._before(),
        )

    def _before(self) -> str:
        """What is not certain yet, for the sender; "" where nothing is open or assumed."""
        card = self.f.card
        return card.status if card.check or card.open or card.assumed or card.missing else ""

    def _thanks(self) -> str:
        day = self.request.received
        thanks = self.t["letter.received"].format(day=day_words(day)) if day else self.t["letter.thanks"]
        words = visible(self.request.words)
        if not words:
            return thanks
        words = words if len(words) <= _QUOTED else words[:_QUOTED].rstrip() + " ..."
        return f"{thanks} {self.t['letter.quote'].format(words=words)}"

    # ---- a question back

    def _clarify(self) -> Iterator[str | tuple[str, ...]]:
        named = [a for a in self.request.asks if a in SOC]
        certainties = [self.f.advice.findings[a].certainty for a in named if a in self.f.advice.findings]
        unfit = bool(named) and all(c in (NO, PROBABLY_NOT) for c in certainties)
        yield self.t["letter.clarify.unfit" if unfit else "letter.clarify.lead"]
        spoken = [r.rule.ask_back for r in self.f.advice.clarify if r.rule.ask_back and r.rule.result in named]
        yield (*spoken[:1], *self._questions())
        yield self.t["letter.clarify.end"]

    def _questions(self) -> Iterator[str]:
        """What the request leaves open, as questions."""
        r = self.request
        amounts = "soc1" in r.asks or r.subject in ("amounts", "both")
        open_ = {
            "report": not any(a in SOC for a in r.asks),
            "subject": not r.subject,
            "type": not r.type,
            "year": amounts and r.fiscal_year_end is None and r.period is None,
            "categories": not amounts and not r.categories,
            "needed": r.needed_by is None and r.needed != "no_date",
            "force": r.force not in ("contract", "law", "deal", "wish"),
            "reader": not r.reader or r.reader == "client",
            "else": True,
        }
        for name, is_open in open_.items():
            if is_open:
                yield self.t[f"letter.ask.{name}"]

    # ---- a confirmation, or what can be had

    def _confirm(self, outcome: RequestOutcome) -> Iterator[str | tuple[str, ...]]:
        planned = self._served(outcome)
        if planned is None:
            return
        yield self._plan(planned)
        yield from self._also(outcome)
        if outcome.needed_by and not outcome.latest_use:
            key = "letter.confirm.tight" if outcome.answer == "tight" else "letter.confirm.needed"
            yield self.t[key].format(needed=day_words(outcome.needed_by))
        if planned.look_back or (planned.type == "type1" and (then := self._after(planned)) and then.look_back):
            yield self.t["letter.confirm.look_back"]
        yield from self._abroad()
        yield from self._year(outcome)
        key = "letter.confirm.ask_type1" if planned.type == "type1" else "letter.confirm.ask"
        yield self.t[key].format(report=report_name(planned.report, planned.type))
        yield self.t["letter.estimate"]

    def _late(self, outcome: RequestOutcome) -> Iterator[str | tuple[str, ...]]:
        planned, t = self._served(outcome), self.t
        needed = day_words(outcome.needed_by) if outcome.needed_by else ""
        type = outcome.type_asked if outcome.type_asked == "type2" else ""
        asked = read_aloud([t["letter.a_report"].format(report=report_name(r, type)) for r in self._asked(outcome)])
        key = "letter.late.unlikely" if outcome.answer == "unlikely" else "letter.late.lead"
        yield t[key].format(report=asked, needed=needed)
        if planned is not None:
            yield t["letter.late.plan"].format(**self._fields(planned))
            yield from self._also(outcome)
            if planned.in_hand.low <= planned.last:
                yield t["letter.late.moves"]
            if planned.look_back:
                yield t["letter.confirm.look_back"]
        yield from self._abroad()
        yield from self._late_year(outcome, planned)
        held = self.holding(outcome.report)
        if held is not None and held.opinion in MODIFIED:
            yield t["letter.held.opinion"].format(opinion=opinion_words(held.opinion))
        if meanwhile := tuple(self._meanwhile(outcome)):
            yield t["letter.late.meanwhile"]
            yield meanwhile
        yield t["letter.late.ask"]
        yield t["letter.estimate"]

    def _meanwhile(self, outcome: RequestOutcome) -> Iterator[str]:
        """What the plan says to send until then, in the words of a letter."""
        held, first = self.holding(outcome.report), self.f.plan.first(outcome.report)
        fields = {
            "held": self._period(held) if held else "",
            "day": day_words(first.last) if first else "",
            "typical": day_words(first.in_hand.typical) if first else "",
        }
        for text in outcome.meanwhile:
            for id, message in self.f.knowledge.messages.items():
                if id.startswith("send-") and text.says.startswith(message.says.partition("{")[0]):
                    yield self.t[f"letter.{id}"].format(**fields)

    def _asked(self, outcome: RequestOutcome) -> list[str]:
        """The reports that the request asks for and that are advised: one, or both."""
        both = [r for r in SOC if r in self.request.asks and self.f.advice.advised(r)]
        return both if len(both) > 1 and not self.request.either else [outcome.report]

    def _also(self, outcome: RequestOutcome) -> Iterator[str]:
        """What is planned of the other report, where the request asks for both."""
        for report in self._asked(outcome):
            of_type = [r for r in self.f.plan.of(report) if r.type == outcome.type]
            if report != outcome.report and of_type:
                yield self.t["letter.also"].format(**self._fields(of_type[0]))

    def _abroad(self) -> Iterator[str]:
        """What a SOC 1 report is called where we sit, if not in the United States."""
        country = seat(self.f.profile)
        if self.outcome is not None and self.outcome.report == "soc1" and is_abroad(country):
            yield self.t["letter.abroad"].format(name=Words({}, country).name("soc1"))

    def _late_year(self, outcome: RequestOutcome, planned: PlannedReport | None) -> Iterator[str]:
        """What a report that comes late tests of the reader's year, once it is there."""
        year = outcome.fiscal_year
        if year is None or outcome.type == "type1":
            return
        if outcome.months_tested:
            yield from self._year(outcome)
            return
        days = DateSpan(planned.begins, planned.ends) if planned and planned.begins and planned.ends else None
        tested = within(days, year) if days else None
        fields = {"year": day_words(year.ends), "tested": _spans((tested,)) if tested else ""}
        yield self.t["letter.late.tested" if tested else "letter.late.year"].format(**fields)

    def _plan(self, planned: PlannedReport) -> str:
        then = self._after(planned) if planned.type == "type1" else None
        if then is None:
            return self.t["letter.confirm.plan"].format(**self._fields(planned))
        more = {"then": self._period(then), "then_typical": day_words(then.in_hand.typical)}
        return self.t["letter.confirm.step"].format(**self._fields(planned), **more)

    def _after(self, planned: PlannedReport) -> PlannedReport | None:
        return next((r for r in self.f.plan.of(planned.report) if r.type == "type2"), None)

    def _year(self, outcome: RequestOutcome) -> Iterator[str]:
        if outcome.fiscal_year is None or outcome.type == "type1":
            return
        t, year = self.t, day_words(outcome.fiscal_year.ends)
        lines = []
        if outcome.tested:
            lines.append(t["letter.confirm.tested"].format(year=year, tested=_spans(outcome.tested)))
        if outcome.untested:
            lines.append(t["letter.confirm.untested"].format(untested=_spans(outcome.untested)))
        if lines:
            yield " ".join(lines)
        if outcome.bridged:
            key = "letter.held.bridged" if outcome.held else "letter.confirm.bridged"
            yield t[key].format(bridged=_spans(outcome.bridged))

    def _served(self, outcome: RequestOutcome) -> PlannedReport | None:
        return self.f.plan.reports[outcome.served] if outcome.served is not None else None

    def _fields(self, planned: PlannedReport) -> dict[str, str]:
        hand = planned.in_hand
        return {
            "report": report_name(planned.report, planned.type),
            "period": self._period(planned),
            "low": day_words(hand.low),
            "typical": day_words(hand.typical),
            "high": day_words(hand.high),
        }

    def _period(self, report: PlannedReport | ReportHeld) -> str:
        if report.as_of:
            return self.t["letter.as_of"].format(as_of=day_words(report.as_of))
        begins, ends = span_words(report.begins, report.ends)
        return self.t["letter.period"].format(begins=begins, ends=ends)

    # ---- what is held, what is not planned

    def _held(self, outcome: RequestOutcome) -> Iterator[str]:
        held, t = self.holding(outcome.report), self.t
        if held is None:
            return
        lead = t["letter.held.lead"].format(report=report_name(held.report, held.type), period=self._period(held))
        issued = t["letter.held.issued"].format(day=day_words(held.issued)) if held.issued else ""
        yield f"{lead} {issued}".strip()
        if held.opinion in MODIFIED:
            yield t["letter.held.opinion"].format(opinion=opinion_words(held.opinion))
        yield from self._year(outcome)
        yield t["letter.held.send"]
        if following := self.f.plan.first(outcome.report):
            yield t["letter.held.next"].format(
                period=self._period(following), typical=day_words(following.in_hand.typical)
            )

    def holding(self, report: str, type: str = "") -> ReportHeld | None:
        """The last report of that kind that is held."""
        mine = [r for r in self.f.profile.reports_held if r.report == report and (not type or r.type == type)]
        dated = [r for r in mine if r.ends or r.as_of]
        return max(dated, key=lambda r: r.ends or r.as_of, default=None)  # type: ignore[arg-type,return-value]

    def _other(self) -> Iterator[str]:
        """What to say to a request for something that is no SOC report."""
        asks = [self.t.get(f"asks.{a}", visible(a)) for a in self.request.asks]
        day = self.request.needed_by
        when = self.t["letter.other.by"].format(day=day_words(day)) if day else ""
        if surveyed(self.request):
            yield self.t["letter.other.survey"].format(when=when)
        else:
            yield self.t["letter.other.lead"].format(what=read_aloud(asks, "or" if self.request.either else "and"))
            yield self.t["letter.other.state"].format(when=when)
        first = next(iter(self.f.plan.reports), None)
        if first is not None:
            yield self.t["letter.other.plan"].format(**self._fields(first))
        yield self.t["letter.other.ask"]

    def _none(self) -> Iterator[str]:
        yield self.t["letter.none.lead"]
        first = next(iter(self.f.plan.reports), None)
        if first is not None:
            yield self.t["letter.none.plan"].format(
                **{k: v for k, v in self._fields(first).items() if k not in ("low", "high")}
            )
        yield self.t["letter.none.ask"]

    def _unknown(self) -> Iterator[str]:
        missing = [m.sentence for m in self.f.plan.missing] or [""]
        yield self.t["letter.unknown.lead"].format(what=missing[0])


def _spans(spans: tuple[DateSpan, ...]) -> str:
    return read_aloud([" to ".join(span_words(s.begins, s.ends)) for s in spans])
