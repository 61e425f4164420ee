"""Takes what a plan rests on out of a profile: records first, then answers, then what is normally so (and says that it is)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from socui.asking.request_readings import UNNAMED_ASKS
from socui.asking.speaks_for import asks_own_questions, is_reader, met_without, reports_meant
from socui.deciding.advice import REPORTS
from socui.deciding.compiled import COUNTS
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.knowledge.sources import DURATIONS
from socui.name_words import closed
from socui.planning.calendar import day_after, month_start, plus
from socui.planning.history import big_changes, last_held
from socui.planning.implied import CALENDAR, asks_for, implied, sane, sane_request
from socui.planning.inputs import ABSENT, RUNNING, DatedRequest, Durations, Held, Inputs
from socui.planning.model import Assumed, Missing
from socui.planning.words import short_day
from socui.planning.year_ends import LATEST_USE, USUAL_USE
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.record_words import asks_words
from socui.profiles.records import Request
from socui.text import visible

AGES = {"under_3m": 0, "3_6m": 3, "6_12m": 6, "over_12m": 12}
"""Months for which controls surely ran, by the age that was answered: the near end of the band."""
_BANDS = {"under_3m": (0, 3), "3_6m": (3, 6), "6_12m": (6, 12), "over_12m": (12, 12)}
"""Months from today to the first and to the last day on which a report may be needed. Beyond a year it is held against one."""
FINANCE_READERS = ("user_auditor", "finance", "client", "")
CLIENTS = (("public_companies", "accelerated"), ("benefit_plans", "benefit_plan"))
"""Kinds of clients by the answers, and how they are audited; the most pressing first."""


NO_DURATIONS = Durations()


class Extracted(Struct, frozen=True):
    """The inputs of a plan, and which of them are presumed or missing.

    `undated` holds reports held whose period is not known; nothing is planned for them.
    """

    inputs: Inputs
    assumed: tuple[Assumed, ...] = ()
    missing: tuple[Missing, ...] = ()
    undated: frozenset[str] = frozenset()
    records: tuple[Request, ...] = ()


def extract(decider: Decider, profile: Profile, today: date) -> Extracted:
    """Return what the plan of a profile rests on, as of a day."""
    return _Extract(decider, profile, today).result()


def durations(knowledge: Knowledge) -> Durations:
    """Return the durations of a knowledge base."""
    months = {id: d.months for id, d in knowledge.durations.items()}
    whole = {name: round(typical) for name, (_, typical, _) in months.items()}
    return Durations(
        readiness=months["readiness"],
        fixes=months["fixes"],
        engage=months["engage"],
        prepare=months["prepare"],
        type1=months["type1"],
        type2=months["type2"],
        renewal=months["renewal"],
        reach=whole["reach"],
        shortest=whole["shortest"],
        custom_soc1=whole["custom_soc1"],
        custom_soc2=whole["custom_soc2"],
        longest=whole["longest"],
        moved=whole["moved"],
        stale=whole["stale"],
        behind=whole["behind"],
    )


class _Extract:
    def __init__(self, decider: Decider, profile: Profile, today: date) -> None:
        self.decider, self.profile, self.today = decider, profile, today
        self.knowledge = decider.knowledge
        decided = decider.decided(profile, today)
        self.answers, self.filled = decided.answers, decided.filled
        self.concluded = decider.concluded(decided.lean)
        self.kept = tuple(r for r in REPORTS if decider.keeps(r, decided))
        self.assumed: list[Assumed] = []
        self.missing: list[Missing] = []

    def result(self) -> Extracted:
        records = self.profile.requests or implied(self.answers, self.today, self.profile)
        records = tuple(map(sane_request, records))
        complete = self.knowledge.durations.keys() >= set(DURATIONS)  # a base of one's own may know nothing of plans
        planned = REPORTS if complete and sane(self.today) else ()
        reports = tuple(r for r in planned if self._planned(r, records))
        chosen = self.answers["existing_reports"].chosen if "existing_reports" in self.answers else frozenset()
        held, undated = last_held(self.profile.reports_held, reports, chosen, self.missing)
        controls, since = self._evidence(reports, held)
        year_end, mixed = self._year_end(reports, records)
        inputs = Inputs(
            today=self.today,
            durations=durations(self.knowledge) if reports else NO_DURATIONS,
            reports=tuple(r for r in reports if r not in undated),
            asks=tuple(self._ask(r, reports) for r in records),
            held=held,
            controls=controls,
            since=since,
            year_end=year_end,
            mixed=mixed,
            country=seat(self.profile),
            kept=tuple(r for r in self.kept if r not in reports),
            changes=big_changes(
                self.profile, [held[r] for r in reports if r in held and r not in undated], self.assumed
            ),
        )
        return Extracted(inputs, tuple(self.assumed), tuple(self.missing), undated, records)

    # ------------------------------------------------------------------------------------------------ reports

    def _planned(self, report: str, records: tuple[Request, ...]) -> bool:
        """Return whether a report is to be planned: it is advised, or somebody asks for it and the result does not leave it
        out. One that is only to consider is left out beside one that is advised."""
        verdict = self._verdict(report)
        if verdict in COUNTS:
            return True
        asked = any(asks_for(r, report) and not self._elsewhere(r) for r in records)
        beside = any(self._verdict(r) in COUNTS for r in REPORTS)
        return asked and (verdict == "clarify" or (verdict == "consider" and not beside))

    def _verdict(self, report: str) -> str:
        return next(iter(self.concluded[report].chosen), "")

    def _elsewhere(self, record: Request) -> tuple[str, ...]:
        """Return what meets a request without a SOC report."""
        return met_without(record, self.filled["existing_reports"].chosen if "existing_reports" in self.filled else ())

    def _ask(self, record: Request, reports: tuple[str, ...]) -> DatedRequest:
        elsewhere = self._elsewhere(record)
        asked = () if elsewhere else _asked(record, reports)
        year, begins = record.fiscal_year_end, None
        if record.period is not None and record.period.ends is not None:
            year, begins = record.period.ends, record.period.begins
        due, due_from, latest = self._due(record, year)
        return DatedRequest(
            id=record.id,
            asked_by=visible(record.asked_by),
            reader=record.reader,
            force=record.force if record.force in ("law", "contract", "deal", "wish") else "",
            reports=asked,
            either=bool(record.either),
            elsewhere=asks_words(elsewhere, bool(record.either)),
            own_questions=asks_own_questions(record),
            type="type2" if "soc3" in record.asks and "soc2" not in record.asks else record.type,
            due=due,
            due_from=due_from,
            latest_use=latest,
            useful=None if record.needed_by or not year else plus(year, self._use(record)),
            no_date=due is None,
            year=year,
            year_begins=begins,
            audited_as=self._audited_as(record),
            shortest=record.accepts_months,
            max_age=record.max_age_months,
            bridge=bool(record.bridge),
        )

    def _due(self, record: Request, year: date | None) -> tuple[date | None, date | None, bool]:
        """Return the last day on which the report is of use, the first one of a band, and whether that follows from
        the year."""
        if record.needed_by is not None:
            return record.needed_by, None, False
        if record.needed in _BANDS:
            near, far = _BANDS[record.needed]
            return plus(self.today, far), plus(self.today, near), False
        if year is not None:
            return plus(year, self._use(record)), None, True
        if record.needed != "no_date" and is_reader(record):
            who = visible(record.asked_by) or "whoever asked"
            key = f"requests.{record.id}.needed_by" if record.id else "needed_by"
            text = f"Assumed: {closed(who)} set no date, as none was named."
            self.assumed.append(Assumed(key, text))
        return None, None, False

    def _use(self, record: Request) -> float:
        """Months after its year end until which the reader can usually use a report."""
        if record.reader == "service_auditor":
            return 1
        return LATEST_USE.get(self._audited_as(record), USUAL_USE)

    def _audited_as(self, record: Request) -> str:
        """Return the kind of audit of the reader; else that of the clients that the answers name."""
        if record.audited_as or record.reader not in FINANCE_READERS or "client_profile" not in self.answers:
            return record.audited_as
        clients = self.answers["client_profile"].chosen
        return next((kind for option, kind in CLIENTS if option in clients), "")

    # ------------------------------------------------------------------------------------------------ evidence

    def _evidence(self, reports: tuple[str, ...], held: Mapping[str, Held]) -> tuple[str, date | None]:
        """Return whether controls run, and the day since which: exact, or the first of a month in which they surely
        ran."""
        if since := sane(self.profile.evidence.since):
            return RUNNING, since
        answer = self.answers.get("controls_age")
        age = next(iter(answer.chosen), "") if answer is not None and answer.complete else ""
        if not age:
            if reports and all(r in held for r in reports):
                return RUNNING, None
            age = next(iter(self.filled["controls_age"].chosen), "") if "controls_age" in self.filled else ""
            if reports and age:
                option = self.knowledge.questions["controls_age"].option(age)
                label = option.short if option else age
                text = f"Assumed: controls with evidence kept have run {label}; how long is not known."
                self.assumed.append(Assumed("controls_age", text, self._presumption_facts("controls_age")))
        if age == "not_in_place":
            return ABSENT, None
        near = month_start(plus(self.today, -AGES[age])) if AGES.get(age) else self.today
        if self._carries_on(age, reports, held):
            return RUNNING, None
        if age in AGES and answer is not None and reports:
            text = f"At least: your controls have run since {short_day(near)}. The exact day may allow more."
            self.assumed.append(Assumed("evidence.since", text))
        return RUNNING, near

    def _carries_on(self, age: str, reports: tuple[str, ...], held: Mapping[str, Held]) -> bool:
        """Return whether every report planned is held, and the age of controls allows that they went on since then."""
        if not reports or any(r not in held for r in reports):
            return False
        last = max(held[r].last for r in reports)
        oldest = {"under_3m": 3, "3_6m": 6, "6_12m": 12}.get(age)
        return oldest is None or day_after(last) >= plus(self.today, -oldest)

    def _presumption_facts(self, question: str) -> tuple[str, ...]:
        return next((p.facts for p in self.knowledge.presumptions if p.question == question), ())

    # ------------------------------------------------------------------------------------------------ year ends

    def _year_end(self, reports: tuple[str, ...], records: tuple[Request, ...]) -> tuple[date | None, bool]:
        """Return the day on which clients close their year, if it is one day; and whether they close at many."""
        day = sane(self.profile.dates.get("year_end"))
        if "soc1" not in reports or day:
            return day if "soc1" in reports else None, False
        answer = self.answers.get("client_year_end")
        chosen = next(iter(answer.chosen), "") if answer is not None and answer.complete else ""
        if chosen in ("mixed", "calendar"):
            return (CALENDAR if chosen == "calendar" else None), chosen == "mixed"
        if named := [r.fiscal_year_end for r in records if r.fiscal_year_end and r.reader != "service_auditor"]:
            return named[0], False
        if chosen == "other_single":
            text = "The day on which most clients close their year is not known: periods are not placed by it."
            self.missing.append(Missing("dates.year_end", text, "soc1"))
            return None, False
        text = "Assumed: clients close their year on 31 December; when is not known."
        self.assumed.append(Assumed("client_year_end", text, self._presumption_facts("client_year_end")))
        return CALENDAR, False


def _asked(record: Request, reports: tuple[str, ...]) -> tuple[str, ...]:
    """Return the reports that a request asks for. One that names none means the right one: of those planned what its
    subject or its reader speaks for, all of them where neither does."""
    named = tuple(r for r in REPORTS if asks_for(record, r))
    if named or (record.asks and not any(a in UNNAMED_ASKS for a in record.asks)):
        return named
    means = reports_meant(record) or reports
    return tuple(r for r in reports if r in means and r not in record.refused)
