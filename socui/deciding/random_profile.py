"""Profiles with random answers, for samples: an option that is added to the knowledge shifts none of the others."""

from __future__ import annotations

from hashlib import blake2b
from random import Random

from socui.knowledge.model import Knowledge
from socui.profiles.profile import Answer, Profile


def random_profile(knowledge: Knowledge, random: Random, answered: float) -> Profile:
    """Return a profile that answers about that share of the questions; for samples.

    One number is drawn, and every question and option makes its own chances of that number and its id. So a question or
    an option that is added leaves the other answers of a seeded sample as they were.
    """
    sample = random.getrandbits(64)

    def chance(*names: str) -> float:
        digest = blake2b("/".join((str(sample), *names)).encode(), digest_size=6).digest()
        return int.from_bytes(digest) / 2**48

    answers: dict[str, Answer] = {}
    begun = set()
    for question in knowledge.questions.values():
        if chance(question.id) >= answered:
            continue
        of_option = {o.id: chance(question.id, o.id) for o in question.options}
        if not question.several:
            answers[question.id] = min(of_option, key=of_option.__getitem__)
            continue
        alone = [o.id for o in question.options if o.alone]
        if alone and chance(question.id, "?alone") < 0.1:
            answers[question.id] = (min(alone, key=of_option.__getitem__),)
        else:
            answers[question.id] = tuple(o.id for o in question.options if not o.alone and of_option[o.id] < 0.3)
        if chance(question.id, "?begun") < 0.2:
            begun.add(question.id)
    return Profile(answers=answers, begun=frozenset(begun))
