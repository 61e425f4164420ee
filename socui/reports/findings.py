"""Everything that papers are written from, worked out once: advice, plan, card, what would change it, and why not."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from socui.deciding.advice import Advice, Tip, WhyNot
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.planning.model import Plan
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.reports.blocks import Chart
from socui.reports.card import Card, card
from socui.text import visible


class Findings(Struct, frozen=True):
    """What is concluded of a profile as of a day."""

    knowledge: Knowledge
    profile: Profile
    today: date
    advice: Advice
    plan: Plan
    card: Card
    tips: tuple[Tip, ...] = ()
    why_not: tuple[WhyNot, ...] = ()

    @property
    def chart(self) -> Chart | None:
        """The plan to be drawn."""
        return Chart(self.plan, "Plan") if self.plan.reports else None


def findings(decider: Decider, profile: Profile, today: date, full: bool = True) -> Findings:
    """Work out everything on a profile; without `full` not what a memo leaves out. Reads no clock and no file."""
    knowledge, advice = decider.knowledge, decider.advise(profile, today)
    plan = plan_for(decider, _printable(profile), today)
    return Findings(
        knowledge,
        profile,
        today,
        advice,
        plan,
        card(knowledge, profile, advice, plan),
        decider.tips(profile, today) if full else (),
        decider.why_not(profile, today) if full else (),
    )


def _printable(profile: Profile) -> Profile:
    """The profile with what a plan's sentences quote made visible: user text is data wherever it stands."""
    requests = tuple(replace(r, asked_by=visible(r.asked_by)) for r in profile.requests)
    events = tuple(replace(e, about=visible(e.about)) for e in profile.events)
    return replace(profile, requests=requests, events=events)
