"""The open question whose answer tells most about the result, and what its answers can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from socui.decide import Decider
from socui.leaning import Given
from socui.model import HEADLINES, Knowledge, Question
from socui.profile import Profile


class Telling(NamedTuple):
    """A question, how many bits its answer tells where all answers are taken as equally frequent, the headlines that one
    answer to it forces, and those that are possible now and not after one of its answers."""

    question: str
    bits: float
    forces: tuple[str, ...]
    rules_out: tuple[str, ...]


def most_telling(decider: Decider, profile: Profile, today: date | None = None) -> Telling | None:
    """The question of `Decider.most_deciding` with its reason; None where no open question decides. Like that one it is
    the best next question, not the way to the shortest interview."""
    best = decider.most_deciding(profile, today)
    if best is None:
        return None
    id, bits = best
    given = decider.given(profile, today)
    d = decider.compiled.diagrams

    def possible(more: dict[str, Given]) -> frozenset[object]:
        known = decider.known({**given, **more})
        return frozenset(d.possible(decider.rest(decider.compiled.headline, known)))

    now = possible({})
    after = [possible({id: answer}) for answer in _answers(decider.knowledge.questions[id], given.get(id))]
    forces = {h for left in after if len(left) == 1 for h in left}
    out = {h for left in after for h in now - left}
    return Telling(id, bits, tuple(h for h in HEADLINES if h in forces), tuple(h for h in HEADLINES if h in out))


def _answers(question: Question, now: Given | None) -> Iterator[Given]:
    """Complete answers to the question: each option alone beside what is ticked already, and nothing more than that."""
    ticked = now.chosen if now is not None else frozenset()
    for option in question.options:
        if not question.several:
            yield Given(frozenset([option.id]), True)
        elif not (option.alone and ticked):
            yield Given(ticked | {option.id}, True)
    if question.several:
        yield Given(ticked, True)


def telling_words(knowledge: Knowledge, told: Telling) -> str:
    """Why that question, in half a line."""
    names = {h: knowledge.texts.get(f"headline.{h}", h) for h in HEADLINES}
    if told.forces:
        return f"tells most: one answer settles it ({' or '.join(names[h] for h in told.forces)})"
    if told.rules_out:
        return f"tells most: an answer can rule out {', '.join(names[h] for h in told.rules_out)}"
    return "tells most about the result"
