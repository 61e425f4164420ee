"""What an answer card says of what is not certain: what is open, assumed or missing, and who waits meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from socui.asking.named_as import named_as
from socui.asking.request_readings import asks_to_meet
from socui.day_words import day_words
from socui.deciding.advice import REPORTS, Advice
from socui.knowledge.local_words import REPORT_NAMES, a_name, typed_name
from socui.knowledge.model import Knowledge
from socui.name_words import names_in_a_row, with_names
from socui.planning.model import Plan
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.records import Request
from socui.reports.card_values import SURE, CardEntry
from socui.reports.words import SOC, UNNAMED, asked_by_words, read_aloud
from socui.text import visible


class Uncertain:
    """The part of a card that rests on answers nobody gave."""

    def __init__(self, knowledge: Knowledge, profile: Profile, advice: Advice, plan: Plan) -> None:
        self.knowledge, self.profile, self.advice, self.plan = knowledge, profile, advice, plan
        self.t, self.country = knowledge.texts, seat(profile)
        self.advised = [r for r in REPORTS if advice.advised(r)]

    def wanted(self, asked: Request, type: str) -> str:
        """Return what a request asks for, in its own terms."""
        asks = asks_to_meet(asked)
        names = [self._typed(asked, a, type) if a in SOC else self.t.get(f"asks.{a}", visible(a)) for a in asks]
        if about := self.t.get(f"card.about.{asked.subject}"):
            names = [f"{n}, {about}" if a in UNNAMED else n for a, n in zip(asks, names, strict=True)]
        if not all(a in SOC for a in asks):  # beside "a penetration test report" stands "a SOC 2 report"
            names = [
                self.t["card.report"].format(a_name=a_name(n)) if a in SOC else n
                for a, n in zip(asks, names, strict=True)
            ]
        return read_aloud(names, "or" if asked.either else "and")

    @staticmethod
    def _typed(asked: Request, ask: str, type: str) -> str:
        """Return a kind of report with its Type, by the name that the request gives."""
        return typed_name(ask, type).replace(REPORT_NAMES[ask], named_as(asked, ask) or REPORT_NAMES[ask])

    def open(self) -> Iterator[CardEntry]:
        """Yield the answers that can still change the result, by the short names that the list of questions shows."""
        if self.advice.contradictions or self.advice.settled:
            return
        for question in self.advice.matter:
            yield CardEntry(self.knowledge.questions[question].short, question)
        unclear = {f.request: f.field for f in self.advice.fields if "headline" in f.purposes}
        for asked in (r for r in self.profile.requests if r.id in unclear):
            key = f"card.open.{unclear[asked.id]}"
            text = with_names(self.t.get(key, self.t["card.open.request"]), whom=asked_by_words(self.t, asked))
            yield CardEntry(text, f"requests.{asked.id}")

    def asked(self) -> Iterator[CardEntry]:
        """Yield who asked for what, and by when: of use where no report is planned for them."""
        for asked in self.profile.requests:
            whom, what = asked_by_words(self.t, asked), self.wanted(asked, asked.type)
            if what and asked.fiscal_year_end:
                what = self.t["card.for.year"].format(what=what, year=day_words(asked.fiscal_year_end))
            text = self.t["card.for"].format(whom=whom, what=what) if what else whom
            if force := self.t.get(f"force.{asked.force}"):
                text = self.t["card.asked.force"].format(text=text, force=force)
            if asked.needed_by:
                text = self.t["card.asked.by"].format(text=text, needed_by=day_words(asked.needed_by))
            yield CardEntry(text, f"requests.{asked.id}")

    def assumed(self) -> Iterator[CardEntry]:
        """Yield what the result or its dates rest on and nobody said, what can change the result first."""
        if self.advice.contradictions:  # one of the answers is wrong: what is assumed beside them says nothing yet
            return
        named: set[str] = set()
        elsewhere = {f"requests.{o.id}.needed_by" for o in self.plan.requests if o.answer == "elsewhere"}
        for presumed in self.advice.presumed:
            rule = presumed.presumption
            if rule.assumed and rule.question in self.advice.matter and self._speaks(rule.question):
                named.add(rule.question)
                yield CardEntry(rule.assumed, rule.question, rule.facts)
        clauses = {p.presumption.question: p.presumption.assumed for p in self.advice.presumed}
        dateless = self._dateless(elsewhere)
        if len(dateless) > 1:
            whom = names_in_a_row([asked_by_words(self.t, r) for r in dateless])
            elsewhere |= {f"requests.{r.id}.needed_by" for r in dateless}
            text = with_names(self.t["card.assumed.no_dates"], whom=whom)
            yield CardEntry(text, f"requests.{dateless[0].id}.needed_by")
        for assumed in self.plan.assumed if self.advised else ():
            if assumed.key not in (*named, *elsewhere, SURE):
                clause = clauses.get(assumed.key) or assumed.sentence.removeprefix("Assumed: ").rstrip(".")
                yield CardEntry(clause, assumed.key, assumed.facts)

    def _dateless(self, elsewhere: set[str]) -> list[Request]:
        """Return the requests of which it is assumed that they set no date."""
        keys = {a.key for a in self.plan.assumed if self.advised} - elsewhere
        return [r for r in self.profile.requests if f"requests.{r.id}.needed_by" in keys]

    def _speaks(self, question: str) -> bool:
        """Return whether a reason that decides rests on the presumption."""
        return any(
            answer.question == question and answer.presumed
            for report in REPORTS
            if report in self.advice.findings
            for reason in self.advice.findings[report].reasons
            if reason.deciding
            for answer in reason.answers
        )

    def missing(self) -> Iterator[CardEntry]:
        """Yield what has to be known before a date can be given."""
        for missing in self.plan.missing if self.advised else ():
            if not missing.report or missing.report in self.advised:
                yield CardEntry(missing.sentence, missing.key)
