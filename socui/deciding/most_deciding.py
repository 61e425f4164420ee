"""Finds the open question whose answer says most about the result, and says what its answers can change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from socui.deciding.decide import Decider
from socui.knowledge.model import HEADLINES, Knowledge, Question
from socui.profiles.profile import Answer, Profile


class Telling(NamedTuple):
    """A question, how many bits its answer tells where all answers are taken as equally frequent, the headlines that one
    answer to it forces, and those that are possible now and not after one of its answers."""

    question: str
    bits: float
    forces: tuple[str, ...]
    rules_out: tuple[str, ...]


def most_telling(decider: Decider, profile: Profile, today: date | None = None) -> Telling | None:
    """Return the question of `Decider.most_deciding` with its reason; None where no open question decides. Like that
    one it is the best next question, not the way to the shortest interview."""
    best = decider.most_deciding(profile, today)
    if best is None:
        return None
    id, bits = best
    now = decider.advise(profile, today).possible
    answers = _answers(decider.knowledge.questions[id], profile)
    after = [decider.advise(profile.with_answer(id, a), today).possible for a in answers]
    forces = {left[0] for left in after if len(left) == 1}
    out = {h for left in after for h in now if h not in left}
    return Telling(id, bits, tuple(h for h in HEADLINES if h in forces), tuple(h for h in HEADLINES if h in out))


def _answers(question: Question, profile: Profile) -> Iterator[Answer]:
    """Complete answers to the question: each option alone beside what is ticked already, and nothing more than that."""
    now = profile.answers.get(question.id, ())
    ticked = now if isinstance(now, tuple) else ()
    for option in question.options:
        if not question.several:
            yield option.id
        elif not (option.alone and ticked) and option.id not in ticked:
            yield (*ticked, option.id)
    if question.several:
        yield ticked


def telling_words(knowledge: Knowledge, telling: Telling) -> str:
    """Return why that question, in half a line."""
    names = {h: knowledge.texts.get(f"headline.{h}", h) for h in HEADLINES}
    if telling.forces:
        return f"tells most: one answer settles it ({' or '.join(names[h] for h in telling.forces)})"
    if telling.rules_out:
        return f"tells most: can rule out {' and '.join(f'“{names[h]}”' for h in telling.rules_out)}"
    return "tells most about the result"
