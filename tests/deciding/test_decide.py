"""Exactness: what the decider says of partial answers equals brute force, on the real base and on random ones."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest
from base import DECIDER, KNOWLEDGE, WIDTH
from msgspec.structs import replace
from oracle import Full, Oracle, completions, sets

from socui.deciding.decide import Decider
from socui.deciding.random_profile import random_profile
from socui.deciding.ways import ways_of
from socui.knowledge.conditions import Condition
from socui.knowledge.model import Knowledge, Option, Question, Result, Rule, Value
from socui.profiles.profile import Profile

MOST = 150
"""Completions of one sample."""


def partial(knowledge: Knowledge, decider: Decider, random: Random) -> Profile:
    """A profile with one to six questions open in whole or in part, few enough completions to try them all."""
    while True:
        full = random_profile(knowledge, random, 1.0)
        answers, begun = dict(full.answers), set()
        for name in random.sample(list(answers), random.randint(1, min(6, len(answers)))):
            question = knowledge.questions[name]
            if question.several and random.random() < 0.4:
                begun.add(name)
            else:
                del answers[name]
        profile = Profile(answers=answers, begun=frozenset(begun))
        readable = decider.worlds(profile)[0]
        count = 1
        for question in knowledge.questions.values():
            count *= sum(1 for _ in islice(sets(question, readable.get(question.id)), MOST + 1)) if count <= MOST else 1
        if count <= MOST:
            return profile


def compare(knowledge: Knowledge, decider: Decider, profile: Profile) -> None:
    """Possible values of every result, the questions that matter and the leaning, against all completions."""
    ways = decider.worlds(profile)
    cubes = [decider.known(way) for way in ways]
    raws = {tuple(raw.items()): raw for way in ways for raw in completions(knowledge, way)}
    outcomes: list[tuple[Full, Oracle]] = [(raw, Oracle(knowledge, raw)) for raw in raws.values()]
    for result in [*knowledge.results, "headline"]:
        assert decider.values(decider.compiled.result(result), ways_of(cubes)) == {
            o.results[result] for _, o in outcomes
        }, result
    advice = decider.advise(profile)
    assert advice.leaning in {o.results["headline"] for _, o in outcomes}
    by_rest: dict[str, dict[tuple[frozenset[str], ...], set[str]]] = {}
    for raw, outcome in outcomes:
        chosen = tuple(raw.values())
        for place, name in enumerate(raw):
            others = chosen[:place] + chosen[place + 1 :]
            by_rest.setdefault(name, {}).setdefault(others, set()).add(outcome.results["headline"])
    matter = {name for name, groups in by_rest.items() if any(len(g) > 1 for g in groups.values())}
    asked = {name for name in matter if not knowledge.questions[name].derived}
    assert set(advice.matter) - {"more_requests"} == asked
    if asked != matter and len(ways) == 1 and "more_requests" not in ways[0]:
        assert "more_requests" in advice.matter


@pytest.mark.parametrize("seed", range(8 * WIDTH))
def test_real_base_equals_brute_force(seed: int) -> None:
    """Twenty samples a seed, skipped questions and several answers included."""
    random = Random(seed)
    for _ in range(20):
        compare(KNOWLEDGE, DECIDER, partial(KNOWLEDGE, DECIDER, random))


def random_base(random: Random) -> Knowledge:
    """A small random knowledge base with skipped questions, options that stand alone, terms, overrides and stages."""

    def tests(upto: int) -> dict[str, tuple[str, ...]]:
        names = random.sample(range(upto), min(upto, random.randint(1, 2)))
        return {
            f"q{i}": tuple(random.sample([*"abc"] + (["none"] if i % 2 else []), random.randint(1, 2))) for i in names
        }

    questions = {}
    for i in range(5):
        options = tuple(Option(o, o, o, alone=bool(i % 2 and o == "c" and random.random() < 0.5)) for o in "abc")
        when = Condition(when=tests(i)) if i > 1 and random.random() < 0.5 else None
        otherwise = (random.choice("abc"),) if not i % 2 else random.choice([(), ("a",), ("a", "b")])
        questions[f"q{i}"] = Question(f"q{i}", "s", "?", "?", "", "", options, (), bool(i % 2), when, otherwise)
    results, rules = {}, {}
    for stage, name in ((1, "soc1"), (1, "soc2"), (2, "extra")):
        values = ("not_indicated", "consider", "clarify", "expected", "required") if stage == 1 else ("no", "yes")
        results[name] = Result(name, name, stage, True, tuple(Value(v, v, v) for v in values), values[0])
        made: list[str] = []
        for n in range(4):
            id = f"{name}-{n}"
            unless = {"headline": ("both", "neither")} if stage == 2 and random.random() < 0.5 else tests(5)
            either = tuple(Condition(when=tests(5)) for _ in range(random.randint(0, 2)))
            condition = Condition(when=tests(5), any=either, unless=unless if random.random() < 0.4 else {})
            over = tuple(random.sample(made, 1)) if made and random.random() < 0.3 else ()
            rules[id] = Rule(id, name, random.choice(values[1:]), condition, "", (), over)
            made.append(id)
    return replace(
        KNOWLEDGE,
        questions=questions,
        terms={},
        results=results,
        rules=rules,
        presumptions=(),
        rows=(),
        categories={},
        notes=(),
        requests=(),
    )


@pytest.mark.parametrize("seed", range(24 * WIDTH))
def test_random_bases_equal_brute_force(seed: int) -> None:
    """Random rules, and random partial answers to them."""
    random = Random(seed)
    base = random_base(random)
    decider = Decider(base)
    for _ in range(10):
        profile = random_profile(base, random, random.random())
        answers = decider.given(profile)
        fixed = decider.known(answers)
        outcomes = [Oracle(base, raw) for raw in completions(base, answers)]
        for result in [*base.results, "headline"]:
            function = decider.compiled.rest(decider.compiled.result(result), fixed)
            assert set(decider.compiled.diagrams.possible(function)) == {o.results[result] for o in outcomes}, result


def test_unknown_is_never_no() -> None:
    """Nothing answered leaves every headline possible, and a question marked not sure counts as unknown."""
    assert len(DECIDER.advise(Profile()).possible) == 5
    answers = {"role": "obtain"}
    assert DECIDER.advise(Profile(answers=answers)).possible == ("neither",)
    assert len(DECIDER.advise(Profile(answers=answers, not_sure=frozenset(["role"]))).possible) == 5
    assert len(DECIDER.advise(Profile(answers=answers, confirm=frozenset(["role"]))).possible) == 5


@pytest.mark.parametrize("seed", range(WIDTH))
def test_certainty_is_never_wrong(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note said to hold, or not to hold, whatever comes does so in the diagrams, which judge the whole condition."""
    random = Random(seed)
    cases = []
    for _ in range(90):
        profile = random_profile(KNOWLEDGE, random, random.random())
        decided = DECIDER.decided(profile)
        held = {n.note.id for n in DECIDER.advise(profile).notes}
        cases.append((decided.ways, DECIDER.notes.judged(decided), held))
    # Only now, and once: to decide the next profile drops all these conditions, which are compiled whole for this test alone.
    d = DECIDER.compiled.diagrams
    monkeypatch.setattr(d, "limit", 10 * d.limit)
    for note in KNOWLEDGE.notes:
        if note.condition is None:
            continue
        condition = DECIDER.compiled.condition(note.condition)
        for ways, judged, held in cases:
            rest = d.restrict(condition, ways.shared)
            leads_to = {rest} if len(d.possible(rest)) == 1 else {d.restrict(rest, own) for own in ways.own}
            exact = {value for function in leads_to for value in d.possible(function)}
            assert judged[note.id] is None or exact == {judged[note.id]}, note.id
            if note.id in held:
                assert True in exact


def test_silence_is_no_leaning() -> None:
    """What was not said never makes a report unlikely: where nothing else speaks against it, it is open."""
    for answers in ({}, {"role": "provide"}, {"role": "provide", "customer_types": ("organizations",)}):
        advice = DECIDER.advise(Profile(answers=answers))
        assert advice.early
        assert "no SOC report" not in advice.sentence
        assert [advice.findings[r].label for r in ("soc1", "soc2")] == ["open", "open"]
    random = Random(4)
    for _ in range(150 * WIDTH):
        advice = DECIDER.advise(random_profile(KNOWLEDGE, random, random.random()))
        if advice.settled:
            assert not advice.early
        if advice.early:
            assert KNOWLEDGE.texts["probably.neither"] not in advice.sentence
    answers = {"role": "provide", "delivery_model": ("onprem_software",), "entrusted": (), "financial_link": ()}
    asks = {f"asked_by_{reader}": () for reader in ("finance", "security", "others", "investors")}
    answers |= {**asks, "binding": (), "more_requests": "no"}
    assert not DECIDER.advise(Profile(answers=answers)).early


def test_what_is_remembered_changes_nothing() -> None:
    """A decider that has seen every step of a walk advises as one that has seen none."""
    random = Random(12)
    walker, profile = Decider(KNOWLEDGE), Profile()
    for step in range(100 * WIDTH):
        other = random_profile(KNOWLEDGE, random, 0.3)
        name = random.choice([*KNOWLEDGE.questions])
        if step % 25 == 24:
            profile = other
        elif name in other.answers:
            profile = profile.with_answer(name, other.answers[name], begun=name in other.begun)
        else:
            profile = random.choice([profile.cleared(name), profile.with_not_sure(name)])
        assert walker.advise(profile) == Decider(KNOWLEDGE, walker.compiled).advise(profile)


def test_who_asks_is_said_as_it_was_answered() -> None:
    """A reader who names no report still asks; a clause is not denied while the readers are unknown."""
    base = {"role": "provide", "customer_types": ("organizations",), "delivery_model": ("outsourced_process",),
            "financial_link": ("posts",), "financial_activities": ("payroll",), "audited_clients": "many"}  # fmt: skip
    unnamed = DECIDER.advise(Profile(answers={**base, "asked_by_finance": ("unnamed",)}))
    assert unnamed.by_whom == {"soc1": KNOWLEDGE.texts["whom.asked_by_finance"], "soc2": ""}
    bound = DECIDER.advise(Profile(answers={**base, "binding": ("soc1",)}))
    assert bound.findings["soc1"].leaning == "required"
    assert bound.by_whom["soc1"] == KNOWLEDGE.texts["whom.binding"]
    assert not any("not required by anybody" in n.note.says for n in bound.notes)
    unfit = {**base, "financial_link": (), "financial_activities": (), "entrusted": ("health",),
             "asked_by_security": ("soc2",), "asked_by_others": ("soc1",), "binding": ("soc1",)}  # fmt: skip
    clause = DECIDER.advise(Profile(answers=unfit))
    assert (clause.leaning, clause.findings["soc1"].leaning) == ("soc2", "clarify")
    assert not any("not required by anybody" in n.note.says for n in clause.notes)
    assert {"q1-soc2-soc1-asked", "q2-soc2-soc1-asked"} <= {n.note.id for n in clause.notes}
    both = DECIDER.advise(Profile(answers={**base, "entrusted": ("employee_personal",), "binding": ("soc1", "soc2")}))
    assert [both.findings[r].leaning for r in ("soc1", "soc2")] == ["required", "required"]


def test_the_country_answers_where_the_organization_sits() -> None:
    """The profile's country is an answer like any other, and beats one on the region; an unknown code says nothing."""
    for country, sits_in in (("US", "us"), ("de", "eu"), ("GB", "uk"), ("CH", "other")):
        assert DECIDER.worlds(Profile(country=country))[0]["country_region"].chosen == {sits_in}
    assert "country_region" not in DECIDER.worlds(Profile(country="Atlantis"))[0]
    beaten = Profile(country="GB", answers={"country_region": "us"})
    assert DECIDER.worlds(beaten)[0]["country_region"].chosen == {"uk"}
    advice = DECIDER.advise(Profile(country="GB"))
    assert advice.states["country_region"].state == "answered"
    assert "country_region" not in advice.matter
