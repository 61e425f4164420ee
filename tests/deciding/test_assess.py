"""assess and advise as functions: the same figures as Decider.advise, and memory that does not grow."""

from __future__ import annotations

import pickle
import tracemalloc
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from random import Random

import pytest
from base import DECIDER, KNOWLEDGE
from msgspec.structs import replace

from socui.api import advise
from socui.cli.assess import assessed
from socui.cli.assess_tables import CsvTable
from socui.cli.assess_writers import table_writer
from socui.deciding.advice import Advice
from socui.deciding.batch import Outcome, assess, row_outcome
from socui.deciding.decide import Decider
from socui.deciding.random_profile import random_profile
from socui.profiles.cases import worked_cases
from socui.profiles.profile import Profile


def cells(profile: Profile) -> dict[str, str]:
    """A profile as a table says it."""
    row = {}
    for id, answer in profile.answers.items():
        text = answer if isinstance(answer, str) else ";".join(answer)
        if id in profile.begun | profile.not_sure:
            text = f"{text};?" if text and not isinstance(answer, str) else "?"
        row[id] = text or "none"
    return row | {id: "?" for id in profile.not_sure if id not in row}


def samples(count: int) -> Iterator[Profile]:
    """Random profiles, complete and not, some of their questions marked not sure."""
    random = Random(20)
    for i in range(count):
        profile = random_profile(KNOWLEDGE, random, (1.0, random.random())[i % 2])
        unsure = [q for q in KNOWLEDGE.questions if random.random() < 0.1] if i % 3 == 0 else []
        for id in unsure:
            profile = profile.with_not_sure(id)
        yield profile


def expected(advice: Advice) -> Outcome:
    """What assess has to say where Decider.advise says this."""
    spoken = {id: f.leaning for id, f in advice.findings.items()}
    return Outcome(
        advice.result,
        advice.leaning,
        advice.possible,
        spoken["soc1"],
        spoken["soc2"],
        tuple(c for c in KNOWLEDGE.categories if spoken.get(c) == "include"),
    )


def test_agrees_with_advise() -> None:
    """Random profiles and the worked cases, which have every kind of result among them."""
    seen = set()
    for profile in (*samples(150), *(case.profile for case in worked_cases().values())):
        advice = DECIDER.advise(profile)
        assert assess(cells(profile)) == expected(advice)
        seen.add(advice.result)
    assert advise(cells(profile)).findings == advice.findings
    assert seen == {"both", "soc1", "soc2", "clarify", "neither", "open"}


def test_builds_no_diagrams() -> None:
    """Any number of rows takes the same memory: no node is added by assessing."""
    decider = Decider(KNOWLEDGE)
    nodes = decider.compiled.diagrams.var
    for profile in samples(20):  # what is needed is compiled when it is first needed
        row_outcome(decider, cells(profile))
    before = len(nodes)
    for profile in samples(120):
        row_outcome(decider, cells(profile))
    assert len(nodes) == before


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"role": "provides"}, "role: no answer 'provides'. Did you mean provide?"),
        ({"role": "provide;obtain"}, "role: takes one answer, not several: 'provide;obtain'"),
        ({"role": "none"}, "role: takes an answer, not none"),
        ({"layer": "none;facility"}, "layer: none stands alone"),
        ({"layer": "none;?"}, "layer: none of these and more may apply: say one of both"),
        ({"customer_types": "internal_only;consumers"}, "customer_types: internal_only stands alone"),
        ({"rolle": "provide"}, "no question 'rolle'. Did you mean role?"),
        (
            {"role": "x", "layer": "y"},
            "role: no answer 'x'. Use one of provide, obtain, own_assurance, nothing; layer: no answer 'y'.",
        ),
    ],
)
def test_problems(answers: Mapping[str, str], problem: str) -> None:
    """What is wrong is said in words, and nothing else."""
    outcome = assess(answers)
    assert outcome.problem.startswith(problem)
    assert outcome == Outcome(problem=outcome.problem)


def test_advise_takes_python_values() -> None:
    """Lists, dates and names of questions known in part say the same as a table's texts."""
    assert advise({"layer": ["facility"]}, partly=["layer"]).states == advise({"layer": "facility;?"}).states
    assert advise({"layer": []}).states == advise({"layer": "none"}).states
    assert advise({}, not_sure=["role"]).states["role"].state == "not_sure"
    today = date(2026, 1, 1)
    assert advise({"needed_by": date(2026, 2, 1)}, today=today).states == advise({"needed_by": "under_3m"}).states
    assert pickle.loads(pickle.dumps(advise))({"role": "obtain"}, knowledge=KNOWLEDGE).possible == ("neither",)
    assert pickle.loads(pickle.dumps(advise({"role": "obtain"}))).possible == ("neither",)
    for answers, more in (
        ({"rolle": "provide"}, {}),
        ({"role": ["provide", "obtain"]}, {}),
        ({"role": []}, {}),
        ({"role": date(2026, 1, 1)}, {"today": today}),
        ({"needed_by": today}, {}),
        ({"role": "provide"}, {"partly": ["role"]}),
        ({}, {"not_sure": ["rolle"]}),
    ):
        with pytest.raises(ValueError, match=r"rol|needed_by"):
            advise(answers, **more)


def test_assess_in_processes() -> None:
    """The function can be handed to other processes."""
    rows = [cells(p) for p in samples(20)]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert list(pool.map(assess, rows)) == [assess(r) for r in rows]


def peak(rows: int) -> int:
    """Bytes that are held at most while that many rows are assessed; measuring makes it thrice as slow."""
    tracemalloc.start()
    assess_rows(rows)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held


def assess_rows(rows: int) -> None:
    """Assess that many rows of a table."""
    random, question = Random(1), list(KNOWLEDGE.questions.values())

    def lines() -> Iterator[str]:
        yield ",".join(["name", *KNOWLEDGE.questions]) + "\n"
        for number in range(rows):
            chosen = (random.choice(q.options).id if number % 10 or random.random() < 0.5 else "" for q in question)
            yield f"Organization {number}," + ",".join(chosen) + "\n"

    table = CsvTable(lines(), "rows", KNOWLEDGE, "")
    made = table_writer(table, "", True, "rows")
    count = size = 0
    for chunk, outcomes in assessed(lambda row: row_outcome(DECIDER, row.answers), table):
        count += len(chunk)
        size += len(made.rows(chunk, outcomes))
    assert count == rows and size > rows * 100


def test_constant_memory() -> None:
    """Five times the rows take no more memory, once what is remembered of answers has its size."""
    assess_rows(2_500)
    few, many = peak(500), peak(2_500)
    assert many < 1.2 * few + 100_000


def test_advise_over_another_base() -> None:
    """A base of one's own is used, and remembered."""
    from socui import api

    assert api._decider(KNOWLEDGE) is api._decider(KNOWLEDGE)
    assert advise({"role": "obtain"}, knowledge=replace(KNOWLEDGE)).possible == ("neither",)
