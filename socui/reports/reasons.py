"""Writes reasons in a document, and marks those that are assumed or hold only as far as answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from socui.deciding.advice import Advice, Finding, Reason
from socui.deciding.headline import LIKELY, unsure_lead
from socui.knowledge.model import Knowledge, names_in
from socui.reports.blocks import Run

if TYPE_CHECKING:
    pass

DOUBTED = Run("In doubt until the answers above are checked: ", "strong")
ASSUMED, AS_ANSWERED = Run("Assumed: ", "strong"), Run(" (as far as answered)", "soft")


def in_doubt(knowledge: Knowledge, advice: Advice, reason: Reason) -> bool:
    """Return whether a reason rests on an answer that contradicts another, of which one is wrong."""
    doubted = {question for contradiction in advice.contradictions for question in contradiction.questions}
    return not doubted.isdisjoint(names_in(knowledge, reason.rule.condition))


def reason_runs(finding: Finding, reason: Reason, settled: bool) -> tuple[Run, ...]:
    """Return why, and whether that rests on an answer that was not given."""
    because, lead = Run(reason.rule.because), unsure_lead(finding, reason, settled)
    if lead and lead != LIKELY:
        return (Run(lead, "soft"), because)
    return with_mark(because, unsure=bool(lead), assumed=presumes([reason]))


def presumes(reasons: Iterable[Reason]) -> bool:
    """Return whether a deciding reason rests on an answer that is presumed."""
    return any(answer.presumed for reason in reasons if reason.deciding for answer in reason.answers)


def with_mark(*runs: Run, unsure: bool, assumed: bool) -> tuple[Run, ...]:
    """Return what is not settled says so: first where it is assumed, last where it holds as far as answered."""
    if not unsure:
        return runs
    return (ASSUMED, *runs) if assumed else (*runs, AS_ANSWERED)
