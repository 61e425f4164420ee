"""Makes the columns that assess adds to a row: verdicts, and with a plan the sentence, Types, dates, who asked, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from socui.asking.typed_day import DAY_FORMS, typed_day
from socui.deciding.advice import REPORTS, Advice
from socui.deciding.batch import Outcome
from socui.deciding.decide import Decider
from socui.deciding.profile_reader import bucket
from socui.knowledge.model import Question
from socui.planning.model import Plan
from socui.planning.plan_for import plan_for
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.records import FIELDS, Event, Evidence, ReportHeld, Request, record_of
from socui.reports.card import Card, card

_VERDICTS = ("headline", "leaning", "possible", "soc1", "soc2", "categories")
QUICK = (*_VERDICTS, "problem")
"""The columns that are added where no plan is made: no Type, for only a plan has one."""
_PLANNED = ("certainty_soc1", "certainty_soc2", "sentence", "type_soc1", "type_soc2", "report_by", "late", "asked_by", "clarify",
           "assumed")  # fmt: skip
FULL = (*_VERDICTS, *_PLANNED, "problem")
"""The columns that are added with a plan for each row."""
RECORDS = ("requests", "reports_held", "events", "evidence", "country", "organization", "service")
"""Keys of a JSON line, beside the questions, that a plan is made from, in the form of a profile's file."""


class Assessed(NamedTuple):
    """The result for one row of a table: the verdicts, and what the plan adds.

    A Type is left out where the report is not advised. `report_by` is the day on which the first report of each kind
    advised is typically in hand. `assumed` names the questions, and the keys of records, that nobody answered and the
    result depends on.
    """

    outcome: Outcome
    certainty_soc1: str = ""
    certainty_soc2: str = ""
    sentence: str = ""
    type_soc1: str = ""
    type_soc2: str = ""
    report_by: date | None = None
    late: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()
    clarify: str = ""
    assumed: tuple[str, ...] = ()


_R = TypeVar("_R", Request, ReportHeld, Event, Evidence)
Cell = str | tuple[str, ...] | date | None


def columns_of(result: Outcome | Assessed) -> dict[str, Cell]:
    """Return the columns that a row gets, by name; all empty but `problem` where it could not be assessed."""
    o = result if isinstance(result, Outcome) else result.outcome
    added: dict[str, Cell] = {"headline": o.headline, "leaning": o.leaning, "possible": o.possible}
    added |= {"soc1": o.soc1, "soc2": o.soc2, "categories": o.categories}
    if isinstance(result, Assessed):
        added |= {name: getattr(result, name) for name in _PLANNED}
    if o.problem:
        added = dict.fromkeys(added)
    return {**added, "problem": o.problem}


class Planner:
    """Assesses rows with a plan each, as of a day."""

    def __init__(self, decider: Decider, today: date) -> None:
        self._decider, self._today = decider, today

    def assess(self, answers: Mapping[str, str], records: Mapping[str, object]) -> Assessed:
        """Return what is concluded of answers (texts by question) and of records (as a profile's file has them)."""
        try:
            profile = self._profile(answers, records)
        except ValueError as error:
            return Assessed(Outcome(problem=str(error)))
        local = self._decider.local(seat(profile))
        advice, plan = local.advise(profile, self._today), plan_for(local, profile, self._today)
        made = card(local.knowledge, profile, advice, plan)
        return Assessed(
            self._outcome(advice),
            certainty_soc1=made.certainty.get("soc1", ""),
            certainty_soc2=made.certainty.get("soc2", ""),
            sentence=advice.sentence,
            type_soc1=_type(advice, plan, "soc1"),
            type_soc2=_type(advice, plan, "soc2"),
            report_by=_report_by(made),
            late=tuple(r.whom for r in made.readers if r.answer in ("late", "unlikely", "no_report")),
            asked_by=tuple(dict.fromkeys(_asked_by(profile, advice))),
            clarify=" ".join(dict.fromkeys(r.rule.ask_back for r in advice.clarify if r.rule.ask_back)),
            assumed=tuple(dict.fromkeys(entry.key for entry in made.assumed if entry.key)),
        )

    def _profile(self, answers: Mapping[str, str], records: Mapping[str, object]) -> Profile:
        """Return the answers as a profile. A day answers a question that a day can answer. Raises ValueError with
        all faults."""
        questions = self._decider.knowledge.questions
        days = days_in(questions, answers)
        texts = {id: text for id, text in answers.items() if id not in days and text.strip()}
        profile, faults = self._decider.rows.profile(texts)
        if faults:
            raise ValueError("; ".join(with_day_forms(questions, faults)))
        beside = _with_records(records)
        dates = {questions[id].dated: day for id, day in days.items()}
        return replace(beside, answers=profile.answers, begun=profile.begun, not_sure=profile.not_sure, dates=dates)

    def _outcome(self, advice: Advice) -> Outcome:
        """Return the verdicts, as socui.deciding.batch gives them."""
        findings, k = advice.findings, self._decider.knowledge
        included = [c for c in k.categories if c in findings and findings[c].leaning == "include"]
        return Outcome(
            advice.result,
            advice.leaning,
            advice.possible,
            findings["soc1"].leaning if "soc1" in findings else "",
            findings["soc2"].leaning if "soc2" in findings else "",
            tuple(included),
        )


def days_in(questions: Mapping[str, Question], answers: Mapping[str, str]) -> dict[str, date]:
    """Return the days among the answers, by the questions that a day can answer."""
    days = {}
    for id, text in answers.items():
        if questions[id].dated and any(map(str.isdecimal, text)) and questions[id].option(text.strip()) is None:
            with suppress(ValueError):
                days[id] = typed_day(text)
    return days


def banded(questions: Mapping[str, Question], answers: Mapping[str, str], today: date) -> Mapping[str, str]:
    """Return the answers with the answer that each day stands for in its place."""
    return {**answers, **{id: bucket(id, day, today) for id, day in days_in(questions, answers).items()}}


def with_day_forms(questions: Mapping[str, Question], faults: Iterable[str]) -> list[str]:
    """Return what is wrong with answers; where a day would do, how to write one."""
    dated = tuple(f"{id}: " for id, question in questions.items() if question.dated)
    return [f"{fault}, or {DAY_FORMS}" if fault.startswith(dated) else fault for fault in faults]


def _with_records(records: Mapping[str, object]) -> Profile:
    """Return a profile of nothing but records. Raises ValueError where they have no form that a profile's file could
    have."""
    texts = {key: records.get(key) or "" for key in ("country", "organization", "service")}
    wrong = next((key for key, value in texts.items() if not isinstance(value, str)), "")
    if wrong:
        raise ValueError(f"{wrong}: not a text")
    requests = tuple(_record(Request, table, number) for number, table in enumerate(_tables(records, "requests"), 1))
    held = tuple(_record(ReportHeld, table) for table in _tables(records, "reports_held"))
    events = tuple(_record(Event, table) for table in _tables(records, "events"))
    evidence = records.get("evidence", {})
    if not isinstance(evidence, Mapping):
        raise ValueError("evidence: not an object")
    country, organization, service = (str(text) for text in texts.values())
    return Profile(
        organization=organization,
        service=service,
        country=country,
        requests=requests,
        reports_held=held,
        events=events,
        evidence=_record(Evidence, evidence),
    )


def _tables(records: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    tables = records.get(key, ())
    if not isinstance(tables, Sequence) or isinstance(tables, str) or not all(isinstance(t, Mapping) for t in tables):
        raise ValueError(f"{key}: not a list of objects")
    return tables


def _record(kind: type[_R], table: Mapping[str, object], number: int = 0) -> _R:
    """Return a record whose days are written as texts."""
    days = {key for key, what in FIELDS[kind].values() if what == "day"}
    read: dict[str, object] = {}
    for key, value in table.items():
        if key == "period" and isinstance(value, Mapping):
            read[key] = {name: _day_or(day) for name, day in value.items()}
        else:
            read[key] = _day_or(value) if key in days else value
    if kind is Request:
        read.setdefault("id", f"r{number}")
    return record_of(kind, read)


def _day_or(value: object) -> object:
    day = _day(value) if isinstance(value, str) else None
    return value if day is None else day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _type(advice: Advice, plan: Plan, report: str) -> str:
    """Return the Type that is planned: "type2", or "type1_then_type2"; empty where the report is not advised or no
    date is given."""
    if not advice.advised(report):
        return ""
    types: Sequence[str] = [r.type for r in plan.of(report) if not r.next]
    return "_then_".join(dict.fromkeys(types))


def _report_by(made: Card) -> date | None:
    """Return when the first report of each kind is typically in hand."""
    return max((report.in_hand[1] for report in made.reports if report.in_hand), default=None)


def _asked_by(profile: Profile, advice: Advice) -> list[str]:
    """Those who asked, by name where there is one."""
    named = [r.asked_by for r in profile.requests if r.asked_by]
    return named or [whom for report in REPORTS if (whom := advice.by_whom.get(report, ""))]
