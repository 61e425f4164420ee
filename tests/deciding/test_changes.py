"""Why, why not, and what would change it: each does what it says, and the fewest are the fewest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

import pytest
from base import DECIDER, KNOWLEDGE
from msgspec.structs import replace

from socui.deciding.advice import Lack
from socui.deciding.compiled import COUNTS
from socui.deciding.presumptions import Given
from socui.deciding.random_profile import random_profile
from socui.deciding.ways import ways_of
from socui.knowledge.conditions import NONE
from socui.profiles.profile import Profile


def test_why_is_irreducible() -> None:
    """The answers named already settle the headline; without any one of them it is open."""
    random = Random(7)
    for _ in range(40):
        profile = random_profile(KNOWLEDGE, random, 1.0)
        target = DECIDER.advise(profile).possible
        ways = DECIDER.worlds(profile)
        named = {s.question for s in DECIDER.why(profile)}

        def left(names: set[str], ways: Sequence[Mapping[str, Given]] = ways) -> tuple[str, ...]:
            return DECIDER.possible(
                ways_of([DECIDER.known({q: a for q, a in way.items() if q in names}) for way in ways])
            )

        if len(ways) == 1:
            assert left(named) == target
            for name in named:
                assert left(named - {name}) != target


def test_tips_do_what_they_say() -> None:
    """Each change, carried out, leaves just the headlines it promises, and they differ from today's."""
    random = Random(11)
    for _ in range(25):
        profile = random_profile(KNOWLEDGE, random, random.choice([0.4, 0.8, 1.0]))
        before = DECIDER.advise(profile).possible
        tips = DECIDER.tips(profile)
        assert len(tips) <= 5
        for tip in tips:
            answers = DECIDER.given(profile)
            changes = [(tip.question, tip.options), *((s.question, s.options) for s in tip.also)]
            for name, options in changes:
                complete = not KNOWLEDGE.questions[name].several or (name in answers and answers[name].complete)
                settles = {Given(frozenset(options), complete), Given(frozenset(options), True)}
                answers = {
                    **answers,
                    name: max(
                        settles, key=lambda g: DECIDER.headlines(DECIDER.known({**answers, name: g})) == tip.possible
                    ),
                }
            after = DECIDER.headlines(DECIDER.known(answers))
            assert after == tip.possible != before
            assert tip.forces == (len(after) == 1)


def left(answers: Mapping[str, Given], without: tuple[str, ...]) -> tuple[str, ...]:
    """The headlines possible once those answers are taken away."""
    return DECIDER.headlines(DECIDER.known({q: a for q, a in answers.items() if q not in without}))


def test_the_fewest_changes_are_the_fewest() -> None:
    """Where no single answer alters a settled headline: no smaller set of answers would do, and none of a set can stay."""
    random = Random(5)
    sizes = set()
    for _ in range(400):
        profile = random_profile(KNOWLEDGE, random, 1.0)
        quiet = {q.id: () for q in KNOWLEDGE.questions.values() if q.derived and q.several}  # few are asked by many
        profile = replace(profile, answers={**profile.answers, **quiet, "anybody_asked": "no"}, begun=frozenset())
        answers = DECIDER.given(profile)
        before = DECIDER.headlines(DECIDER.known(answers))
        tips = DECIDER.tips(profile)
        if len(before) > 1 or not tips or not tips[0].also:
            continue
        size = 1 + len(tips[0].also)
        sizes.add(size)
        assert all(1 + len(t.also) == size for t in tips)
        for smaller in combinations(answers, size - 1):
            assert left(answers, smaller) == before, smaller
        for tip in tips:
            changes = [(tip.question, tip.options), *((s.question, s.options) for s in tip.also)]
            for kept in combinations(changes, size - 1):
                some = {name: Given(frozenset(options), True) for name, options in kept}
                assert DECIDER.headlines(DECIDER.known({**answers, **some})) == before
        if len(sizes) == 2:
            break
    assert 2 in sizes


def carried_out(lack: Lack, filled: Mapping[str, Given]) -> Given:
    """The answer after what a rule lacks has been made good, as little changed as can be."""
    question = KNOWLEDGE.questions[lack.question]
    now = filled[lack.question].chosen
    if lack.only:
        return Given((now & set(lack.options)) or frozenset(lack.options[:1]), True)
    if lack.without:
        if question.several:
            return (
                Given(now - set(lack.options), True)
                if NONE not in lack.options
                else Given(frozenset([question.options[0].id]), True)
            )
        return Given(frozenset([next(o.id for o in question.options if o.id not in lack.options)]), True)
    if not question.several or lack.options[0] == NONE:
        return Given(frozenset(() if lack.options[0] == NONE else lack.options[:1]), True)
    alone = {o.id for o in question.options if o.alone}
    return Given((now - alone) | {lack.options[0]}, True)


@pytest.mark.parametrize("seed", range(40))
def test_a_rule_lacks_what_it_is_said_to_lack(seed: int) -> None:
    """Made good, the rule holds; and it did not before."""
    random = Random(seed)
    profile = random_profile(KNOWLEDGE, random, random.choice([0.3, 0.7, 1.0]))
    filled = DECIDER.decided(profile).filled
    advice = DECIDER.advise(profile)
    for lacking in DECIDER.why_not(profile):
        assert advice.findings[lacking.rule.result].leaning not in COUNTS
        assert lacking.lacks or lacking.over
        after = dict(filled)
        for lack in lacking.lacks:
            after[lack.question] = carried_out(lack, after)
        if len({lack.question for lack in lacking.lacks}) == len(lacking.lacks):
            assert DECIDER.leaning.holds(lacking.rule.condition, after), lacking
        assert bool(lacking.lacks) != DECIDER.leaning.holds(lacking.rule.condition, filled)


def test_those_that_lack_least_come_first() -> None:
    """By report, in the order of what they lack."""
    near = DECIDER.why_not(Profile(answers={"role": "provide"}))
    for report in ("soc1", "soc2"):
        sizes = [len(w.lacks) + (w.over is not None) for w in near if w.rule.result == report]
        assert sizes == sorted(sizes)
