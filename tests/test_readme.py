"""The README says what is so."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from bench.figures import README as FIGURES
from bench.figures import written as with_figures
from readme import BLOCK, README, written

from socui.knowledge.editor_schema import FORMAT
from socui.screens.help import key_lines
from socui.screens.widgets.recommendation import plain
from socui.settings.commands import COMMANDS
from socui.settings.config import parsed

TEXT = README.read_text("utf-8")
ROOT = README.parent
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / name / "README.md" for name in ("data", "socui", "screens", "tests", "tests/bench")),
]
OURS = ("config.toml", "my-data/", "profiles/")
"""Names of files and folders that a person has."""


def test_keys_are_the_commands() -> None:
    """`python tests/readme.py` makes it so."""
    assert BLOCK.search(TEXT) and written(TEXT) == TEXT
    assert all(command.help in TEXT for command in COMMANDS)


def test_its_config_file_has_no_fault() -> None:
    """And the help shows the same."""
    (shown,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    config = parsed(shown.encode())
    assert config.faults == () and config.theme and config.ascii and config.keys
    (line,) = re.findall(r"^next = .*$", shown, re.MULTILINE)
    assert line in " ".join(plain(key_lines(200)).split())


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
    measured = FIGURES.read_text("utf-8")
    for name in ("figures", "growth"):
        figures = measured.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]
        assert with_figures(measured, figures) == measured, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / unquote(target)).exists(), target


def test_every_place_is_named_in_the_description_of_its_folder() -> None:
    """A room, a data file or a folder of tests that is added is described."""
    for folder, named in (
        ("socui", {p.name for p in (ROOT / "socui").iterdir() if (p / "__init__.py").exists() and not p.is_symlink()}),
        ("data", {*FORMAT}),
        (
            "tests",
            {
                p.name
                for p in (ROOT / "tests").iterdir()
                if p.is_dir() and p.name[0] not in "._" and any(p.glob("*.[pt]*"))
            },
        ),
        ("screens", {p.name for p in (ROOT / "screens").iterdir() if (p / "__init__.py").exists()}),
    ):
        text = (ROOT / folder / "README.md").read_text("utf-8")
        assert [name for name in sorted(named) if name not in text] == [], folder


def test_places_that_are_named_are_there() -> None:
    """A path in code marks that looks like one of ours exists."""
    for page in PAGES:
        for path in re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|toml|tcss)|(?:[a-z_]+/)+)`", page.read_text("utf-8")):
            places = (ROOT / path, page.parent / path, page.parent / "deciding" / path, ROOT / "data" / path)
            assert path in OURS or any(place.exists() for place in places), (page, path)


def test_the_makefile_runs_what_there_is() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    for path in re.findall(r"tests/\S+", text.partition("quick = ")[2].partition("\n\n")[0]):
        assert (ROOT / path).exists(), path
