"""Sets a what-if beside today: which answers and records are others, and what follows for results and dates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct

from socui.deciding.advice import Advice
from socui.deciding.compare import Compared, compared_answers, notes_changed, results
from socui.knowledge.model import Knowledge
from socui.profiles.profile import LISTS, Profile
from socui.reports.card import Card
from socui.reports.dates_beside import dates_beside


class Side(Struct, frozen=True):
    """A profile with everything that is worked out of it."""

    profile: Profile
    advice: Advice
    card: Card


class Moved(Struct, frozen=True):
    """A what-if beside today: answers, results and dates in pairs, and the number of changes."""

    answers: Sequence[Compared] = ()
    results: Sequence[Compared] = ()
    dates: Sequence[Compared] = ()
    changes: int = 0


def moved(knowledge: Knowledge, today: Side, what_if: Side) -> Moved:
    """Return how the what-if differs from today."""
    before, after = today.profile, what_if.profile
    answers = list(compared_answers(knowledge, before, after))
    changes = sum(p.differs for p in answers) + notes_changed(before, after) + records_changed(before, after)
    pairs = list(results(knowledge, today.advice, what_if.advice))
    return Moved(answers, pairs, dates_beside(today.card, what_if.card, knowledge.texts), changes)


def records_changed(before: Profile, after: Profile) -> int:
    """Return the number of requests, reports held and other records that differ."""
    one, other = ({r.id: r for r in profile.requests} for profile in (before, after))
    requests = sum(bool(one.get(id) != other.get(id)) for id in one.keys() | other.keys())
    lists = [zip_longest(before.listed(kind), after.listed(kind)) for kind in LISTS]
    listed = sum(bool(a != b) for pairs in lists for a, b in pairs)
    return requests + listed + int(bool(before.evidence != after.evidence))
