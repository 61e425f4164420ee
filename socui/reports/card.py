"""The answer card: which report, which Type, over which days, in hand when, at what fee, for whom, and what to do next.

It is worked out from the advice and the plan alone, and written in one place: every paper, the screen, the copied text and
the JSON report show this value.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from socui.day_words import day_words
from socui.deciding.advice import NO, OPEN, PROBABLY, PROBABLY_NOT, REPORTS, YES, Advice
from socui.deciding.decide import Decider
from socui.knowledge.local_words import REPORT_NAMES, a_name, is_abroad, typed_name
from socui.knowledge.model import Knowledge
from socui.planning.model import Plan, PlannedReport, RequestOutcome
from socui.planning.plan_for import plan_for
from socui.planning.words import opinion_words
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.records import ReportHeld
from socui.reports.card_open import Uncertain
from socui.reports.card_steps import next_steps
from socui.reports.card_values import (
    MOST_ASSUMED,
    MOST_READERS,
    SURE,
    Card,
    CardEntry,
    CardReader,
    CardReport,
    days_words,
    period_words,
)
from socui.reports.words import (
    asked_by_words,
    publishers,
    read_aloud,
    span_words,
)
from socui.text import visible


def card(knowledge: Knowledge, profile: Profile, advice: Advice, plan: Plan) -> Card:
    """Return the card of a profile, in the words of that knowledge: see Decider.local. Pure."""
    return _Card(knowledge, profile, advice, plan).made()


def card_for(decider: Decider, profile: Profile, today: date) -> Card:
    """Return the card of a profile as of a day, in the words of its country."""
    local = decider.local(seat(profile))
    return card(local.knowledge, profile, local.advise(profile, today), plan_for(local, profile, today))


def held_dated(profile: Profile, report: str) -> list[ReportHeld]:
    """Return the reports of that kind that are held and whose days are known, the last one first."""
    dated = [h for h in profile.reports_held if h.report == report and (h.ends or h.as_of)]
    return sorted(dated, key=lambda h: h.ends or h.as_of or date.min, reverse=True)


_MOST_STEPS = 3


class _Card(Uncertain):
    def made(self) -> Card:
        """Return everything on the card."""
        readers = tuple(map(self._reader, self.plan.requests)) if self.advised else ()
        assumed, missing = tuple(self.assumed()), tuple(self.missing())
        late = tuple(self._late(readers))
        settled, status = self._status(assumed, missing, late)
        steps = next_steps(self.knowledge, self.profile, self.advice, self.plan, assumed, missing)
        return Card(
            title=self._title(),
            status=status,
            settled=settled,
            certainty={r: self.advice.findings[r].certainty for r in REPORTS if r in self.advice.findings},
            check=tuple(CardEntry(c.says, c.questions[0], c.facts) for c in self.advice.contradictions),
            late=late,
            reports=tuple(map(self._report, self.advised)),
            readers=readers,
            asked=() if self.advised else tuple(self.asked()),
            open=tuple(self.open()),
            assumed=assumed,
            missing=missing,
            next=tuple(steps)[:_MOST_STEPS],
        )

    # ---- the first line

    def _title(self) -> str:
        t = self.t
        who = visible(self.profile.organization)
        text = self._first_line(who or t["card.you"])
        return text if who else text[:1].upper() + text[1:]

    def _first_line(self, who: str) -> str:
        t, advice = self.t, self.advice
        if advice.contradictions:
            names = [self.knowledge.questions[q].short for c in advice.contradictions for q in c.questions]
            return t["card.contradiction"].format(what=read_aloud(list(dict.fromkeys(names))))
        if advice.settled and advice.leaning == "neither" and self._obtains():
            return t["card.obtain"].format(who=who)
        if advice.early:
            return t["card.early"].format(who=who)
        if advice.leaning == "clarify":
            return t["card.clarify"].format(who=who)
        sure = [r for r in self.advised if advice.findings[r].certainty == YES]
        likely = [r for r in self.advised if advice.findings[r].certainty == PROBABLY]
        open_ = [r for r in REPORTS if r in advice.findings and advice.findings[r].certainty == OPEN]
        if not self.advised:
            kept = "_kept" if any(f.kept for r, f in advice.findings.items() if r in REPORTS) else ""
            text = t[f"card.neither{kept}" if advice.settled else f"card.probably_neither{kept}"].format(who=who)
            return self._with_kept(text)
        key = "and_probably" if sure and likely else "and_open" if sure and open_ else "needs" if sure else "probably"
        key = "or_open" if key == "probably" and open_ else key
        others = self._named(likely) if sure and likely else " and ".join(map(self._untyped, open_))
        text = t[f"card.{key}"].format(who=who, reports=self._named(sure or likely), others=others)
        for value, not_key in ((PROBABLY_NOT, "card.probably_no"), (NO, "card.no")):
            for report in (r for r in REPORTS if r in advice.findings and advice.findings[r].certainty == value):
                if advice.findings[report].kept:
                    continue
                text = t[not_key].format(sentence=text.removesuffix("."), name=REPORT_NAMES[report])
        return self._with_kept(text)

    def _with_kept(self, text: str) -> str:
        """Return the first line with the reports that are held and not advised, whose readers may want the next one."""
        kept = [REPORT_NAMES[r] for r in REPORTS if r in self.advice.findings and self.advice.findings[r].kept]
        if not kept:
            return text
        key = "card.kept" if len(kept) == 1 else "card.kept.both"
        return self.t[key].format(sentence=text.removesuffix("."), names=" and ".join(kept))

    def _obtains(self) -> bool:
        return self.profile.answers.get("role") == "obtain"

    def _named(self, reports: list[str]) -> str:
        """Such as "a SOC 1 Type 2 report"; two that take the same two steps in one phrase."""
        if len(reports) > 1 and all(self._planned(r)[1] for r in reports):
            return self.t["card.both_steps"].format(names=" and ".join(map(self._name, reports)))
        return " and ".join(self._phrase(r, len(reports) > 1) for r in reports)

    def _phrase(self, report: str, one_of_two: bool) -> str:
        """Such as "a SOC 1 Type 2 report"; the Type is the plan's, or what is settled on it."""
        first, then = self._planned(report)
        name = self._name(report, first.type if first else "")
        if first is not None and any(h.type == first.type for h in held_dated(self.profile, report)):
            return self.t["card.next_report"].format(name=name)
        if then is not None and one_of_two:
            return self.t["card.then_named"].format(a_name=a_name(name), then=a_name(self._name(report, then.type)))
        return self.t["card.then_type2" if then else "card.report"].format(a_name=a_name(name))

    def _name(self, report: str, type: str = "") -> str:
        """Return a report that is advised, by the name that it has where the organization sits."""
        return typed_name(report, type, self.country)

    def _untyped(self, report: str) -> str:
        return self.t["card.report"].format(a_name=a_name(REPORT_NAMES[report]))

    def _planned(self, report: str) -> tuple[PlannedReport | None, PlannedReport | None]:
        """Return the first planned report, and the Type 2 that follows it where the first one is a Type 1."""
        first = self.plan.first(report)
        then = next((r for r in self.plan.of(report) if r.type == "type2"), None)
        return first, then if first and first.type == "type1" else None

    # ---- what stands before all else

    def _late(self, readers: tuple[CardReader, ...]) -> Iterator[CardEntry]:
        """The readers who are not served in time: the first in full, the others in a few words."""
        full = True
        for outcome, reader in zip(self.plan.requests, readers, strict=False):
            if not outcome.is_late and outcome.answer != "no_report":
                continue
            text = reader.sentence
            if not full and outcome.needed_by is not None:
                answer, needed = self.t[f"outcome.{outcome.answer}"], day_words(outcome.needed_by)
                text = self.t["card.needed.whom"].format(whom=reader.whom, needed_by=needed, answer=answer) + "."
            full = False
            yield CardEntry(text, f"requests.{outcome.id}" if outcome.id else "needed_by", outcome.facts)

    def _status(
        self, assumed: tuple[CardEntry, ...], missing: tuple[CardEntry, ...], late: tuple[CardEntry, ...]
    ) -> tuple[bool, str]:
        """Return whether all is settled, and how far: never settled beside a contradiction, an open answer, an
        assumption or a date that is missed, which is said whatever else is open."""
        settled, words = self._certain(assumed, missing)
        if not late or self.advice.contradictions:
            return settled, words
        missed = self.t["status.unlikely" if all(o.answer != "late" for o in self.plan.requests) else "status.late"]
        return False, f"{self.t['status.report'] if settled else words}; {missed}"

    def _certain(self, assumed: tuple[CardEntry, ...], missing: tuple[CardEntry, ...]) -> tuple[bool, str]:
        t, advice = self.t, self.advice
        if advice.contradictions:
            return False, t["status.check"]
        if not advice.settled:
            count = advice.can_change
            certainty = [f.certainty for r, f in advice.findings.items() if r in REPORTS]
            left = [
                REPORT_NAMES[r]
                for r in REPORTS
                if r in advice.findings and advice.findings[r].certainty not in (YES, NO)
            ]
            if not count:
                return False, t["status.open"]
            on = ".on" if YES in certainty and left else ""
            return False, t[f"status.one{on}" if count == 1 else f"status.many{on}"].format(
                count=count, names=" and ".join(left)
            )
        if self.advised and (missing or not any(map(self.plan.first, self.advised))):
            return False, t["status.no_dates"]
        if self.advised and assumed:
            return False, t["status.dates"]
        return True, t["status.settled"]

    # ---- the rows

    def _report(self, report: str) -> CardReport:
        planned, then = self._planned(report)
        certainty = self.advice.findings[report].certainty
        type = planned.type if planned else ""
        name = self._name(report, type)
        fee = self._fee(*([type, "type2"] if then else [type or "type2"]))
        if planned is None:
            return CardReport(report, name, certainty, "", None, None, None, False, (), self._held(report), "", "", fee)
        in_hand = (planned.in_hand.low, planned.in_hand.typical, planned.in_hand.high)
        words, later = period_words(self.t, planned), ""
        if then is not None:
            words = self.t["card.then"].format(first=words, second=period_words(self.t, then))
            later = self.t["card.in_hand.then"].format(typical=day_words(then.in_hand.typical))
        days = planned.begins, planned.ends, planned.as_of
        held = self._held(report)
        return CardReport(report, name, certainty, type, *days, planned.look_back, in_hand, held, words, later, fee)

    def _held(self, report: str) -> str:
        """Return the last report of that kind that is held, with its days and its opinion."""
        held = next(iter(held_dated(self.profile, report)), None)
        if held is None:
            return ""
        begins, ends = span_words(held.begins, held.ends)
        days = self.t["card.as_of"].format(as_of=day_words(held.as_of)) if held.as_of else f"{begins} to {ends}"
        opinion = self.t["card.opinion"].format(opinion=opinion_words(held.opinion)) if held.opinion else ""
        return self.t["card.held"].format(name=typed_name(report, held.type), days=days, opinion=opinion)

    def _fee(self, *types: str) -> CardEntry:
        """Return what each report usually costs, and who publishes that."""
        messages = [m for type in types if (m := self.knowledge.messages.get(f"fee-{type}"))]
        if not messages:
            return CardEntry("")
        facts = tuple(dict.fromkeys(f for m in messages for f in m.facts))
        key = "card.fee.abroad" if is_abroad(self.country) else "card.fee"
        words = read_aloud([m.says for m in messages])
        return CardEntry(self.t[key].format(fee=words, named=publishers(self.knowledge, facts[:1], 1)), "", facts)

    def _reader(self, outcome: RequestOutcome) -> CardReader:
        asked = next((r for r in self.profile.requests if r.id == outcome.id and outcome.id), None)
        whom = asked_by_words(self.t, asked, self.advice.by_whom.get(outcome.report, ""))
        what = typed_name(outcome.report, outcome.type_asked) if outcome.report else ""
        if asked is not None and asked.asks:
            what = self.wanted(asked, outcome.type_asked)
        if what and outcome.fiscal_year:
            key = "card.for.period" if outcome.reader == "service_auditor" else "card.for.year"
            what = self.t[key].format(what=what, year=day_words(outcome.fiscal_year.ends))
        return CardReader(
            outcome.id,
            whom,
            what,
            outcome.needed_by,
            outcome.needed_from,
            outcome.latest_use,
            outcome.answer,
            outcome.held,
            self._later(outcome),
            outcome.sentence,
        )

    def _later(self, outcome: RequestOutcome) -> str:
        """Name the report that serves, where it is none that the card shows by its days."""
        served = self.plan.reports[outcome.served] if outcome.served is not None else None
        if served is None or served in self._planned(outcome.report):
            return ""
        name, days = self._name(served.report, served.type), days_words(self.t, served)
        return self.t["card.later"].format(name=name, days=days, typical=day_words(served.in_hand.typical))


__all__ = [
    "MOST_ASSUMED",
    "MOST_READERS",
    "NO",
    "SURE",
    "Card",
    "CardEntry",
    "CardReader",
    "CardReport",
    "card",
    "period_words",
]
