"""The shipped knowledge base and what decides over it, made once in each process that runs tests."""

from __future__ import annotations

import os

from socui.deciding.decide import Decider
from socui.knowledge.load import load_knowledge

KNOWLEDGE = load_knowledge()
DECIDER = Decider(KNOWLEDGE)
WIDTH = int(os.environ.get("TEST_WIDTH", "1"))
"""How many times the samples of the tests against brute force and of other wide ones are drawn: see tests/README.md."""
