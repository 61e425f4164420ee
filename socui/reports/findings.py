"""Works out once what every report is written from: advice, plan, card, what would change it, and why not."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from socui.deciding.advice import Advice, Tip, WhyNot
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.planning.model import Plan
from socui.planning.plan_for import plan_for
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.records import Event, ReportHeld, Request
from socui.reports.blocks import Chart
from socui.reports.card import Card, card
from socui.text import visible, visible_lines

_R = TypeVar("_R", Request, ReportHeld, Event)


class Findings(Struct, frozen=True):
    """Everything concluded of a profile as of a day: the advice, the plan and the card."""

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
    profile = _printable(profile)
    decider = decider.local(seat(profile))
    knowledge, advice = decider.knowledge, decider.advise(profile, today)
    plan = plan_for(decider, profile, today)
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
    """Return the profile with what sentences quote made visible: user text is data wherever it stands."""
    return replace(
        profile,
        requests=tuple(map(_record, profile.requests)),
        reports_held=tuple(map(_record, profile.reports_held)),
        events=tuple(map(_record, profile.events)),
    )


def _record(record: _R) -> _R:
    """Return a record with its texts made visible; only their exact words keep their lines."""
    texts: dict[str, object] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, str):
            texts[name] = visible_lines(value) if name == "words" else visible(value)
        elif isinstance(value, tuple):
            texts[name] = tuple(visible(text) for text in value)
    return replace(record, **texts)
