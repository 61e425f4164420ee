"""The README says what is so."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from bench.figures import written as with_figures
from readme import BLOCK, README, written

from socui.settings.commands import COMMANDS

TEXT = README.read_text("utf-8")


def test_keys_are_the_commands() -> None:
    """`python tests/readme.py` makes it so."""
    assert BLOCK.search(TEXT) and written(TEXT) == TEXT
    assert all(command.help in TEXT for command in COMMANDS)


def test_pictures_and_links_stand_where_it_says() -> None:
    """The picture is a snapshot that the tests compare with the real app."""
    targets = [unquote(t) for t in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in t]
    assert any(t.endswith(".svg") for t in targets)
    for target in targets:
        assert (README.parent / target).exists(), target


MADE = """Measured 2026-11-24, Linux x86_64, 2 cores, Python 3.11.7, Textual 8.2.8, load 0.1; 5 pairs.

| what | target | least | median | greatest | unit |
| --- | --- | --: | --: | --: | --- |
| a | 1.00 | 0.5 | **0.6** | 0.7 |  |
| b | 1.00 | 0.5 | **0.6** | 0.7 |  |
"""


def test_figures_are_those_that_the_benchmark_prints() -> None:
    """`python tests/bench/figures.py` puts them there; no other text passes for figures."""
    page = "before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n"
    assert with_figures(page, MADE) == f"before\n<!-- figures -->\n{MADE}<!-- /figures -->\nafter\n"
    with pytest.raises(ValueError, match="no <!-- figures"):
        with_figures("a page without a place for them", MADE)
    with pytest.raises(ValueError, match="not what the benchmark prints"):
        with_figures(page, "it is fast")
    for name in ("figures", "growth"):
        figures = TEXT.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]
        assert with_figures(TEXT, figures) == TEXT, name
