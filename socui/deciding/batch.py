"""Many sets of answers: a row of table text in, the headline and its main conclusions out.

A row takes the same way as a profile, `Decider.decided`, and leaves out the reasons. What is possible is read off the
diagrams without building new ones, so that any number of rows takes the same memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from socui.deciding.decide import Decider


class Outcome(NamedTuple):
    """What is concluded of one row. Where `problem` says what is wrong with it, everything else is empty.

    `headline` is the settled one (one of socui.knowledge.model.HEADLINES), else "open"; `possible` are those still possible, in
    that order; `leaning` is the likely one, equal to a settled one. `soc1` and `soc2` are verdicts (socui.knowledge.model.LADDER),
    settled or leaning. `categories` are the trust services categories to include, empty where they are not spoken of. Which
    Type comes when is a plan's to say.
    """

    headline: str = ""
    leaning: str = ""
    possible: tuple[str, ...] = ()
    soc1: str = ""
    soc2: str = ""
    categories: tuple[str, ...] = ()
    problem: str = ""


def row_outcome(decider: Decider, answers: Mapping[str, str]) -> Outcome:
    """Return what is concluded of answers: texts by question id, as socui.deciding.answers.parse reads them."""
    profile, problems = decider.rows.profile(answers)
    if problems:
        return Outcome(problem="; ".join(problems))
    decided = decider.decided(profile)
    possible = decider.possible(decided.ways)
    values = decider.spoken(decided.lean)
    return Outcome(
        possible[0] if len(possible) == 1 and not decider.contradictions(decided) else "open",
        decider.leaning_headline(decided.lean),
        possible,
        values["soc1"],
        values["soc2"],
        tuple([name for name in decider.knowledge.categories if values.get(name) == "include"]),
    )


@cache
def _shipped() -> Decider:
    from socui.deciding.precompiled import decider

    return decider()


def assess(answers: Mapping[str, str]) -> Outcome:
    """Return what is concluded of one row of answers by the knowledge that comes with socui: texts by question id,
    as a table has them ("provide", "payroll;billing", "payroll;?", "none", "?", ""). A row with something wrong in
    it is no error: see `Outcome.problem`. Pure and picklable, so that it can be mapped over processes."""
    return row_outcome(_shipped(), answers)
