"""What is asked reads as plain English: the figure of a library, the same that `python tests/readability.py` prints."""

from __future__ import annotations

import pytest
from readability import LEAST, ease, groups

from socui.knowledge.load import load_knowledge

GROUPS = dict(groups(load_knowledge()))


@pytest.mark.parametrize("kind", ["questions", "help of questions"])
def test_questions_read_easily(kind: str) -> None:
    assert ease(GROUPS[kind]) >= LEAST


def test_hard_words_and_long_sentences_cost_points() -> None:
    plain = ease(["We pay your staff. You book what we send."])
    hard = ease(["Organizational remuneration functionality necessitates reconciliation of intermediated obligations."])
    assert plain > LEAST > hard
