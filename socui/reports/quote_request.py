"""Builds the sheet that a CPA firm needs for a quote: the reports, the service, what is still to be agreed, what to ask.

Built from the same findings as the report, and only for reports that they advise. What nobody said is a blank to fill in;
nothing is taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from socui.asking.given import Given as Known
from socui.deciding.advice import Advice, Finding, State
from socui.deciding.decide import Decider
from socui.deciding.question_states import is_open
from socui.errors import Usage
from socui.knowledge.conditions import Condition
from socui.knowledge.model import Question
from socui.knowledge.texts import FIELD_PARTS, PARTS, Category, QuoteField, QuoteLine
from socui.profiles.countries import seat
from socui.profiles.profile import Answer, Profile
from socui.reports.card import CardReport
from socui.reports.findings import Findings, findings
from socui.text import visible_lines

_SHORT = 4
"""Months of a first period up to which the sheet says that the reader agreed to it."""

_ASKED = ("answered", "begun", "not_sure", "waiting", "confirm", "needless")
"""States of a question that applies."""


class QuoteAnswer(Struct, frozen=True):
    """The answer to one question, as far as it is known: the options chosen (empty for none of these), or a date.

    `open` is True where it is still to be agreed, in part where something is chosen. `needless` is True where nobody
    answered and the answer can change nothing.
    """

    question: Question
    options: tuple[str, ...] = ()
    day: date | None = None
    open: bool = False
    needless: bool = False


class QuoteRow(Struct, frozen=True):
    """A line of the sheet with the answers that belong to it."""

    request: QuoteLine
    answers: tuple[QuoteAnswer, ...]


class Blank(Struct, frozen=True):
    """A text of the profile's [engagement]; empty where it is still to be filled in."""

    field: QuoteField
    text: str


class QuoteSheet(Struct, frozen=True):
    """The whole sheet. `reports` are those a quote is asked for. `parts` has the lines of each part that apply, `blanks` the
    texts of each part, `open` the questions still to be agreed."""

    findings: Findings
    reports: tuple[CardReport, ...]
    parts: Mapping[str, tuple[QuoteRow, ...]]
    blanks: Mapping[str, tuple[Blank, ...]]
    categories: tuple[tuple[Category, Finding], ...]
    open: tuple[State, ...]

    @property
    def advice(self) -> Advice:
        """What the sheet rests on."""
        return self.findings.advice


def sheet(decider: Decider, profile: Profile, today: date) -> QuoteSheet:
    """Return the sheet on a profile as of that day. Reads no clock and no file. Raises Usage where no report is
    advised: there is nothing to ask a quote for."""
    decider = decider.local(seat(profile))
    k = decider.knowledge
    worked = findings(decider, profile, today, full=False)
    advice = worked.advice
    if not worked.card.reports:
        raise Usage(k.texts["quote.none"])
    holds = holding(decider, profile, today)
    lines = [r for r in k.requests if (r.condition is None or holds(r.condition)) and _planned(worked, r.plan)]
    answer = decider.given(profile, today)
    rows = [
        QuoteRow(
            r,
            tuple(_given(advice.states[q], profile, answer.get(q)) for q in r.questions if _asked(advice, profile, q)),
        )
        for r in lines
    ]
    rows = [row for row in rows if row.answers or row.request.says]
    named = {q for row in rows for q in row.request.questions}
    blanks = [Blank(f, visible_lines(profile.engagement.get(f.id, ""))) for f in k.fields]
    return QuoteSheet(
        worked,
        worked.card.reports,
        {part: tuple(row for row in rows if row.request.part == part) for part in PARTS},
        {part: tuple(b for b in blanks if b.field.part == part) for part in FIELD_PARTS},
        tuple((c, advice.findings[c.id]) for c in k.categories.values() if c.id in advice.findings),
        tuple(s for id, s in advice.states.items() if id in named and is_open(s)),
    )


def holding(decider: Decider, profile: Profile, today: date | None = None) -> Callable[[Condition], bool]:
    """Return what tells whether a condition holds under the leaning of a profile's answers, results included."""
    decided = decider.decided(profile, today)
    reached = {**decided.filled, **decider.concluded(decided.lean)}
    return lambda condition: decider.leaning.holds(condition, reached)


def _planned(findings: Findings, kind: str) -> bool:
    """Return whether the plan holds what a line speaks of; "" is said of any plan."""
    firsts = [r for r in findings.plan.reports if not r.next and findings.advice.advised(r.report)]
    if kind == "look_back":
        return any(r.look_back for r in firsts)
    if kind == "short":
        return any(r.type == "type2" and r.months <= _SHORT for r in firsts)
    if kind == "type1":
        return any(r.type == "type1" for r in firsts)
    return kind != "readiness" or findings.profile.answers.get("controls_age") == "not_in_place"


def _asked(advice: Advice, profile: Profile, question: str) -> bool:
    """Return whether the question applies, and no record answers it better: reports that are held stand in a table
    of their own."""
    recorded = question == "existing_reports" and profile.reports_held
    return question in advice.states and advice.states[question].state in _ASKED and not recorded


def _given(state: State, profile: Profile, recorded: Known | None) -> QuoteAnswer:
    question = state.question
    if question.dated and question.dated in profile.dates:
        return QuoteAnswer(question, day=profile.dates[question.dated])
    raw: Answer | None = state.recorded or profile.answers.get(question.id)
    if raw is None and state.state == "answered" and recorded is not None:
        raw = tuple(recorded.chosen)  # records say it
    chosen = () if raw is None else (raw,) if isinstance(raw, str) else raw
    options = tuple(o.id for o in question.options if o.id in chosen)
    if raw is None and state.state == "needless":
        return QuoteAnswer(question, needless=True)
    unknown = raw is None or len(options) < len(set(chosen))
    return QuoteAnswer(question, options, None, unknown or is_open(state))
