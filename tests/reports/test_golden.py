"""The reports on the examples, word for word, as files that a person read. `python tests/golden.py` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import FOLDER, golden

GOLDEN = dict(golden())


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_a_report_reads_as_it_did(path: Path) -> None:
    assert GOLDEN[path].splitlines() == path.read_text("utf-8").splitlines(), "see python tests/golden.py"


def test_there_are_no_other_files() -> None:
    assert set(FOLDER.iterdir()) == set(GOLDEN)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_words_that_no_report_may_say(path: Path) -> None:
    text = GOLDEN[path].casefold()
    for words in ("soc 1 certif", "soc 2 certif", "certified soc", "passed the", "soc 1s", "soc 2s", "you need a soc"):
        assert words not in text
