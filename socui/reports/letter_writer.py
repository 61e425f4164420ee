"""Writes letters to those who asked, ready to be edited: a question back, a confirmation, or "not by then, but".

Every date in a letter is one of the plan's. Nothing is promised that the plan does not carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socui.asking.reading.quoting import asked_in_words
from socui.asking.request_readings import asks_to_meet
from socui.asking.speaks_for import is_reader
from socui.day_words import day_words
from socui.deciding.advice import NO, PROBABLY_NOT
from socui.errors import Usage
from socui.knowledge.local_words import a_name, typed_name
from socui.planning.model import RequestOutcome
from socui.planning.sentences import MODIFIED
from socui.planning.words import opinion_words
from socui.profiles.records import Request
from socui.reports.findings import Findings
from socui.reports.letter_facts import LetterFacts
from socui.reports.letters import Letter
from socui.reports.words import (
    SOC,
    asks_back,
    asks_no_report,
    beside_soc,
    is_unclear,
    read_aloud,
    surveyed,
)
from socui.text import visible

_NAMED = ("clarify", "confirm", "held", "check")
"""Kinds of letters that do not say what was asked for before they answer."""


def letter(findings: Findings, request: Request) -> Letter:
    """Return the reply to a request."""
    return LetterWriter(findings, request).reply()


def letter_for(findings: Findings, request: str, bridge: bool = False) -> Letter:
    """Return the reply to the request of that id, or the draft of a bridge letter. Raises Usage where there is none
    to write."""
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


class LetterWriter(LetterFacts):
    """Writes the letter to one request by what the plan has for it."""

    def reply(self) -> Letter:
        """Return the letter that fits what the plan has for the request."""
        outcome = self.outcome
        if asks_no_report(self.request) or (outcome is not None and outcome.answer == "elsewhere"):
            return self.made("other", "", self._other())
        if self.f.advice.contradictions:
            return self.made("check", "", self._check())
        held = outcome is not None and outcome.held
        if (
            outcome is None
            or is_unclear(self.request, self.f.advice)
            or (asks_back(self.request, self.f.advice) and not held)
        ):
            return self.made("clarify", "", self._clarify())
        if outcome.answer in ("unknown", "no_report") or not outcome.report:
            return self.made("none", "", self._unknown() if outcome.answer == "unknown" else self._none())
        if outcome.held:
            return self.made("held", typed_name(outcome.report, outcome.type), self._held(outcome))
        kind = "late" if outcome.is_late else "confirm"
        names = [typed_name(r, outcome.type, self.country) for r in self.reports_asked(outcome)]
        words = self._late(outcome) if outcome.is_late else self._confirm(outcome)
        return self.made(kind, read_aloud(names), words)

    def made(self, kind: str, report: str, paragraphs: Iterable[str | tuple[str, ...]]) -> Letter:
        """Return a letter of that kind with greeting, thanks and signature around its paragraphs."""
        who = visible(self.f.profile.organization)
        subject = self.t[f"letter.subject.{kind}"].format(report=report)
        return Letter(
            kind=kind,
            whom=self.whom,
            subject=subject[:1].upper() + subject[1:],
            paragraphs=(*self._opening(kind), *paragraphs),
            signature=self.t["letter.signature"].format(who=who) if who else self.t["letter.signature.blank"],
            before=self._before(),
        )

    def _opening(self, kind: str) -> tuple[str, ...]:
        """Return the greeting and thanks; a bridge letter is for whoever has the report, and thanks for nothing."""
        if kind == "bridge":
            return self.t["letter.bridge.title"], self.t["letter.bridge.greeting"]
        plain = self.request.asked_by and not any(sign in self.whom for sign in ",;(/")
        greeting = self.t["letter.greeting" if plain else "letter.greeting.nobody"]
        return greeting.format(whom=self.whom), self._thanks(kind)

    def _before(self) -> str:
        """Return what is not certain yet, for the sender; "" where nothing is open or assumed."""
        card = self.f.card
        return card.status if card.check or card.open or card.assumed or card.missing else ""

    def _thanks(self, kind: str) -> str:
        day = self.request.received
        key, when = ("letter.received", day_words(day)) if day else ("letter.thanks", "")
        if self.request.words.strip():
            return f"{self.t[key].format(day=when)} {self.t['letter.quote'].format(words=asked_in_words(self.request.words))}"
        what = self.aloud(self.request.asks) if kind in _NAMED else ""
        return self.t[f"{key}.for" if what else key].format(day=when, what=what)

    # ---- a question back

    def _clarify(self) -> Iterator[str | tuple[str, ...]]:
        named = [a for a in self.request.asks if a in SOC]
        certainties = [self.f.advice.findings[a].certainty for a in named if a in self.f.advice.findings]
        reasons = [r.rule for r in self.f.advice.clarify if r.rule.result in (named or SOC)]
        unfit = bool(reasons) or (bool(named) and all(c in (NO, PROBABLY_NOT) for c in certainties))
        yield self.t["letter.clarify.unfit" if unfit else "letter.clarify.lead"]
        spoken = [rule.ask_back for rule in reasons if rule.ask_back]
        only = () if is_reader(self.request) else ("investor", "needed")
        yield (*spoken[:1], *self._questions(bool(spoken), only))
        if held := [h for r in SOC if (h := self.holding(r)) is not None]:
            names = [
                f"{self.t['letter.a_report'].format(a_report=a_name(typed_name(h.report, h.type)))} {self.days(h)}"
                for h in held
            ]
            yield self.t["letter.clarify.held"].format(reports=read_aloud(names))
        yield from self.beside()
        yield self.t["letter.clarify.end"]

    def _check(self) -> Iterator[str | tuple[str, ...]]:
        """Yield what can be said while answers contradict each other: that a reply follows, and what is asked meanwhile."""
        yield self.t["letter.check.lead"]
        if asked := tuple(self._questions(False, ("report", "subject", "investor", "type", "year", "needed", "force"))):
            yield self.t["letter.check.ask"]
            yield asked
        yield from self.beside()
        yield self.t["letter.check.end"]

    def _questions(self, use_asked: bool, only: tuple[str, ...] = ()) -> Iterator[str]:
        """Yield what the request leaves open, as questions; with `use_asked` what it is for is asked already. `only`
        those, where any are named."""
        r = self.request
        finance = r.reader in ("user_auditor", "finance") and r.subject != "data"
        other = self.outcome is not None and self.outcome.served is not None and not self._on_amounts(self.outcome)
        amounts = not other and ("soc1" in r.asks or r.subject in ("amounts", "both") or finance)
        open_ = {
            "report": not any(a in SOC for a in r.asks),
            "investor": r.reader == "investor" and not use_asked,
            "subject": not r.subject and not use_asked and r.reader != "investor",
            "type": not r.type,
            "year": amounts and r.fiscal_year_end is None and r.period is None,
            "categories": not amounts and not r.categories,
            "needed": r.needed_by is None and r.needed != "no_date",
            "force": r.force not in ("contract", "law", "deal", "wish"),
            "either": r.either is None and len(r.asks) > 1 and self._is_open("either"),
            "reader": not r.reader or r.reader == "client",
            "else": r.reader != "investor",
        }
        for name, is_open in open_.items():
            if is_open and (not only or name in only):
                yield self.t[f"letter.ask.{name}"]

    def _on_amounts(self, outcome: RequestOutcome) -> bool:
        return "soc1" in self.reports_asked(outcome)

    def _is_open(self, field: str) -> bool:
        """Return whether what the request leaves out can still change the advice."""
        return any(f.request == self.request.id and f.field == field for f in self.f.advice.fields)

    # ---- a confirmation, or what can be had

    def _confirm(self, outcome: RequestOutcome) -> Iterator[str | tuple[str, ...]]:
        planned = self.served_by(outcome)
        if planned is None:
            return
        yield self.plan_words(planned)
        yield from self.also_planned(outcome)
        yield from self.left_out()
        if outcome.needed_by and self.request.needed_by:
            key = "letter.confirm.tight" if outcome.answer == "tight" else "letter.confirm.needed"
            yield self.t[key].format(needed=day_words(outcome.needed_by))
        yield from self.looks_back(planned)
        yield from self.name_abroad()
        yield from self.year_words(outcome, planned)
        yield from self.beside()
        key = "letter.confirm.ask_type1" if planned.type == "type1" else "letter.confirm.ask"
        yield self.t[key].format(report=self.planned_words(outcome, planned.type))
        if also := tuple(self._questions(True, ("year", "needed", "either"))):
            yield self.t["letter.confirm.also"]
            yield also
        yield self.t["letter.estimate"]

    def _late(self, outcome: RequestOutcome) -> Iterator[str | tuple[str, ...]]:
        planned, t = self.served_by(outcome), self.t
        needed = day_words(outcome.needed_by) if outcome.needed_by else ""
        asked = self.asked_for(outcome)
        key = "letter.late.unlikely" if outcome.answer == "unlikely" else "letter.late.lead"
        yield t[key if self.request.needed_by else f"{key}.about"].format(report=asked, needed=needed)
        if planned is not None:
            yield t["letter.late.plan"].format(**self.fields(planned))
            yield from self.step_after(planned)
            yield from self.also_planned(outcome)
            yield from self.left_out()
            if planned.in_hand.low <= planned.last:
                yield t["letter.late.moves"]
            yield from self.looks_back(planned)
        yield from self.name_abroad()
        yield from self.year_words(outcome, planned)
        held = self.holding(outcome.report)
        if held is not None and held.opinion in MODIFIED:
            yield t["letter.held.opinion"].format(opinion=opinion_words(held.opinion))
        if meanwhile := tuple(self.sent_meanwhile(outcome)):
            yield t["letter.late.meanwhile"]
            yield meanwhile
        yield from self.beside()
        yield t["letter.late.ask"]
        yield t["letter.estimate"]

    # ---- what is held, what is not planned

    def _held(self, outcome: RequestOutcome) -> Iterator[str | tuple[str, ...]]:
        held, t = self.holding(outcome.report), self.t
        if held is None:
            return
        lead = t["letter.held.lead"].format(a_report=a_name(typed_name(held.report, held.type)), period=self.days(held))
        issued = t["letter.held.issued"].format(day=day_words(held.issued)) if held.issued else ""
        yield f"{lead} {issued}".strip()
        if held.opinion in MODIFIED:
            yield t["letter.held.opinion"].format(opinion=opinion_words(held.opinion))
        yield from self.year_words(outcome, None)
        if self.request.bridge and not outcome.bridged and held.type == "type2":
            yield t["letter.held.bridge_until"].format(day=day_words(held.ends) if held.ends else "")
        elif not outcome.bridged and (more := [*self.sent_meanwhile(outcome)]):
            yield t["letter.held.with"].format(what=read_aloud(more))
        if held.type == "type1":
            yield t["letter.held.type1"]
        yield from self.beside()
        yield t["letter.held.send.investor" if self.request.reader == "investor" else "letter.held.send"]
        if following := self.f.plan.first(outcome.report):
            fields = self.fields(following)
            yield t["letter.held.next"].format(**{k: v for k, v in fields.items() if k not in ("low", "high")})

    def _other(self) -> Iterator[str]:
        """Yield what to say to a request for something that is no SOC report."""
        day = self.request.needed_by
        when = self.t["letter.other.by"].format(day=day_words(day)) if day else ""
        if surveyed(self.request):
            yield self.t["letter.other.survey"].format(when=when)
        else:
            yield self.t["letter.other.lead"].format(what=self._asked_for())
            yield self.t["letter.other.state"].format(when=when)
        first = self.first_advised()
        if first is not None:
            yield self.t["letter.other.plan"].format(**self.fields(first))
        yield self.t["letter.other.ask"]

    def _asked_for(self) -> str:
        return self.aloud(self.request.asks)

    def _none(self) -> Iterator[str | tuple[str, ...]]:
        asks = [a for a in asks_to_meet(self.request) if a not in beside_soc(self.request)]
        yield self.t["letter.none.lead"].format(what=self.aloud(tuple(asks)))
        first = self.first_advised()
        if first is not None:
            yield self.t["letter.none.plan"].format(
                **{k: v for k, v in self.fields(first).items() if k not in ("low", "high")}
            )
        yield from self.beside()
        yield self.t["letter.none.ask"]

    def _unknown(self) -> Iterator[str | tuple[str, ...]]:
        missing = [m.sentence for m in self.f.plan.missing] or [""]
        yield self.t["letter.unknown.lead"].format(what=missing[0])
        yield from self.beside()
