"""Defines the values that the recommendation is written from."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from socui.deciding.advice import Advice, Finding, Said, Tip, WhyNot
from socui.knowledge.model import Knowledge
from socui.planning.model import NO_PLAN, Plan
from socui.profiles.profile import Profile
from socui.screens.widgets.comparison import NAMES


class View(Struct, frozen=True):
    """Defines the values that the recommendation is written from. `tips` and `why_not` are None, and `plan` empty, until they are
    worked out; `why` where the person asked for it; `folded` names the sections that show only their heading."""

    knowledge: Knowledge
    advice: Advice
    profile: Profile
    width: int
    folded: Collection[str] = ()
    tips: tuple[Tip, ...] | None = None
    why: tuple[Said, ...] | None = None
    why_not: tuple[WhyNot, ...] | None = None
    plan: Plan = NO_PLAN

    @property
    def silent(self) -> bool:
        """Whether nothing was said yet."""
        return self.profile.silent

    def reports(self) -> Iterator[tuple[str, Finding]]:
        """Yield the two reports, as far as there is a finding on them."""
        for report in NAMES:
            if finding := self.advice.findings.get(report):
                yield report, finding
