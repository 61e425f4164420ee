"""`assess` mapped over many rows by a tool that spreads work: row by row what it says by itself."""

from __future__ import annotations

import json
import re
from random import Random

import dask
import pytest
from base import KNOWLEDGE, WIDTH
from readme import README

from socui import assess
from socui.deciding.random_profile import random_profile

ROWS = 2_000 * WIDTH
KINDS = 100 * WIDTH
"""Rows that differ; the others repeat them, in another order."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Rows of texts as a table has them, complete, half filled and wrong."""
    knowledge, random = KNOWLEDGE, Random(9)
    made = []
    for number in range(KINDS):
        answers = random_profile(knowledge, random, (1.0, 0.5)[number % 2]).answers
        made.append({q: a if isinstance(a, str) else ";".join(a) or "none" for q, a in answers.items()})
    made[7]["role"] = "provides"
    return [made[random.randrange(KINDS)] for _ in range(ROWS)]


@pytest.fixture(scope="module")
def alone(rows: list[dict[str, str]]) -> list[object]:
    """What each of the rows gives by itself."""
    kinds = {json.dumps(row): assess(row) for row in rows}
    assert sum(bool(outcome.problem) for outcome in kinds.values()) == 1
    return [kinds[json.dumps(row)] for row in rows]


def test_dask_maps_it_over_processes_as_the_readme_says(rows: list[dict[str, str]], alone: list[object]) -> None:
    """The README's own lines, on rows of ours."""
    (lines,) = re.findall(
        r"^```python\n(import dask.bag\n.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    names: dict[str, object] = {"rows": rows, "assess": assess}
    with dask.config.set(num_workers=2):
        exec(lines, names)
    assert names["outcomes"] == alone
