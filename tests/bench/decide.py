"""`python tests/bench/decide.py`: how long deciding takes. It reports and never fails; machines are noisy."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from socui.asking.derive import DERIVED
from socui.deciding.decide import Decider
from socui.deciding.random_profile import random_profile
from socui.deciding.ways import ways_of
from socui.knowledge.load import load_knowledge
from socui.profiles.profile import Answer, Profile
from socui.profiles.records import ASKS, FORCES, READERS, SUBJECTS, Request


def milliseconds(what: str, times: list[float]) -> None:
    """One line of the table."""
    print(f"{what:44} median {median(times) * 1000:7.2f}   worst {max(times) * 1000:7.2f} ms   ({len(times)} times)")


def interviews(decider: Decider | None = None, count: int = 20) -> tuple[list[float], list[float], list[float]]:
    """Interviews in authored order over random answers: a key each time, so what changed is one answer. Seconds for the
    verdicts, for the whole advice, and for what would change it."""
    decider = decider or Decider(load_knowledge())
    knowledge, c = decider.knowledge, decider.compiled
    decider.advise(Profile())
    random = Random(1)
    verdicts: list[float] = []
    whole: list[float] = []
    tips: list[float] = []
    for _ in range(count):
        full = random_profile(knowledge, random, 1.0)
        answers = {}
        for name, answer in full.answers.items():
            answers[name] = answer
            profile = Profile(answers=dict(answers))
            begin = perf_counter()
            ways = decider.worlds(profile)
            cubes = [decider.known(way) for way in ways]
            decider.possible(ways_of(cubes))
            for cube in cubes:
                c.rest(c.joint, cube)
            decider.leaning.fill(ways[0])
            verdicts.append(perf_counter() - begin)
            begin = perf_counter()
            decider.advise(profile)
            whole.append(perf_counter() - begin)
        begin = perf_counter()
        decider.tips(profile)
        tips.append(perf_counter() - begin)
    return verdicts, whole, tips


def with_requests(decider: Decider, count: int = 15) -> tuple[list[float], list[float]]:
    """Interviews of somebody who recorded five requests with gaps, so that they can be read in up to some fifty ways: seconds
    for the whole advice at each key, and for what would change it."""
    random = Random(5)
    whole: list[float] = []
    tips: list[float] = []
    for _ in range(count):
        requests = tuple(_gappy(random, f"r{n}") for n in range(5))
        full = random_profile(decider.knowledge, random, 1.0).answers
        answers: dict[str, Answer] = {"more_requests": "no"}
        for name, answer in full.items():
            if name in DERIVED or name in answers:
                continue
            answers[name] = "provide" if name == "role" else answer
            profile = Profile(answers=dict(answers), requests=requests)
            begin = perf_counter()
            decider.advise(profile)
            whole.append(perf_counter() - begin)
        begin = perf_counter()
        decider.tips(profile)
        tips.append(perf_counter() - begin)
    return whole, tips


def _gappy(random: Random, id: str) -> Request:
    def maybe(values: tuple[str, ...], share: float) -> str:
        return random.choice(values) if random.random() < share else ""

    asks = tuple(random.sample(ASKS, random.randint(1, 2))) if random.random() < 0.7 else ()
    return Request(id, reader=maybe(READERS, 0.7), asks=asks, subject=maybe(SUBJECTS, 0.3), force=maybe(FORCES, 0.5))


def main() -> None:
    """Print what each step takes."""
    print(platform.platform(), platform.python_version())
    start = perf_counter()
    knowledge = load_knowledge()
    loaded = perf_counter()
    decider = Decider(knowledge)
    compiled = perf_counter()
    decider.advise(Profile())
    print(f"read {(loaded - start) * 1000:.0f} ms, compile the headline {(compiled - loaded) * 1000:.0f} ms", end=", ")
    print(f"first advice {(perf_counter() - compiled) * 1000:.0f} ms")
    c = decider.compiled
    print(f"nodes: headline {c.diagrams.size(c.headline)}, both verdicts {c.diagrams.size(c.joint)}")
    verdicts, whole, tips = interviews(decider)
    milliseconds("verdicts, possible headlines and leaning", verdicts)
    milliseconds("the whole advice for all panes", whole)
    milliseconds("what would change it, on demand", tips)
    whole, tips = with_requests(decider)
    milliseconds("the whole advice, five requests with gaps", whole)
    milliseconds("what would change it, five requests", tips)


if __name__ == "__main__":
    main()
