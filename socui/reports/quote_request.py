"""The sheet that a CPA firm needs for a quote: what is wanted, of which service, what is still to be agreed, what to ask.

Built from the same advice as the report. What is not answered is said to be open, and nothing is taken for granted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from socui.deciding.advice import Advice, Finding, State
from socui.deciding.decide import REPORTS, Decider
from socui.deciding.question_states import is_open
from socui.knowledge.model import PARTS, Category, Knowledge, Question, Request
from socui.planning.plan import Bar, holding, planned
from socui.profiles.profile import Profile

ASKED = ("answered", "begun", "not_sure", "waiting", "confirm", "needless")
"""States of a question that applies."""


class Given(Struct, frozen=True):
    """What is known of one question: the options chosen (none: none of these), or a date. `open` where it is still to be
    agreed, in part where something is chosen all the same; `needless` where nobody answered what changes nothing."""

    question: Question
    options: tuple[str, ...] = ()
    day: date | None = None
    open: bool = False
    needless: bool = False


class Row(Struct, frozen=True):
    """A line of the sheet with the answers that belong to it."""

    request: Request
    given: tuple[Given, ...]


class Wanted(Struct, frozen=True):
    """A report, as far as it is wanted: the verdict on it, who asks for it, its Type, its first period."""

    report: Finding
    by_whom: str
    type: Finding | None
    period: Bar | None

    @property
    def wanted(self) -> bool:
        """Whether a quote is asked for."""
        return self.report.leaning in ("expected", "required")


class Sheet(Struct, frozen=True):
    """The whole sheet. `parts` has the lines of each part that apply, `open` the questions still to be agreed."""

    knowledge: Knowledge
    profile: Profile
    today: date
    advice: Advice
    parts: Mapping[str, tuple[Row, ...]]
    reports: tuple[Wanted, ...]
    categories: tuple[tuple[Category, Finding], ...]
    bars: tuple[Bar, ...]
    open: tuple[State, ...]


def sheet(decider: Decider, profile: Profile, today: date) -> Sheet:
    """The sheet on a profile as of that day. Reads no clock and no file."""
    k = decider.knowledge
    advice = decider.advise(profile, today)
    holds = holding(decider, profile, today)
    lines = [r for r in k.requests if r.condition is None or holds(r.condition)]
    rows = [Row(r, tuple(_given(advice.states[q], profile) for q in r.questions if _asked(advice, q))) for r in lines]
    rows = [row for row in rows if row.given or row.request.says]
    bars = planned(decider, profile, today)
    named = {q for row in rows for q in row.request.questions}
    return Sheet(
        k,
        profile,
        today,
        advice,
        {part: tuple(row for row in rows if row.request.part == part) for part in PARTS},
        tuple(_wanted(advice, bars, r) for r in REPORTS if r in advice.findings),
        tuple((c, advice.findings[c.id]) for c in k.categories.values() if c.id in advice.findings),
        bars,
        tuple(s for id, s in advice.states.items() if (id in named or id in advice.matter) and is_open(s)),
    )


def _asked(advice: Advice, question: str) -> bool:
    return question in advice.states and advice.states[question].state in ASKED


def _given(state: State, profile: Profile) -> Given:
    question = state.question
    if question.dated and question.dated in profile.dates:
        return Given(question, day=profile.dates[question.dated])
    raw = profile.answers.get(question.id)
    chosen = () if raw is None else (raw,) if isinstance(raw, str) else raw
    options = tuple(o.id for o in question.options if o.id in chosen)
    if raw is None and state.state == "needless":
        return Given(question, needless=True)
    unknown = raw is None or len(options) < len(set(chosen))
    return Given(question, options, None, unknown or is_open(state))


def _wanted(advice: Advice, bars: tuple[Bar, ...], report: str) -> Wanted:
    period = next((b for b in bars if b.step.lane == report and b.step.kind in ("period", "lookback")), None)
    return Wanted(
        advice.findings[report], advice.by_whom.get(report, ""), advice.findings.get(f"type_{report}"), period
    )
