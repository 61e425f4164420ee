"""Word files: they say what the other formats say, hold whatever a person wrote as data, and are the same each time."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import cache, partial
from pathlib import Path

import docx
import pytest
from test_report import DECIDER, HOSTILE, PAYROLL, TODAY, harmless, with_text

from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.reports.findings import findings
from socui.reports.memo import memo
from socui.reports.render import quote_writer, reporter

FINTECH = examples()["fintech-payments"]
PAPERS = {"memo": partial(reporter, full=False), "full": partial(reporter, full=True), "quotes": quote_writer}


@cache
def opened(paper: str, text: str) -> docx.document.Document:
    return docx.Document(io.BytesIO(PAPERS[paper](DECIDER, with_text(text), TODAY)("docx")))


def words_of(document: docx.document.Document) -> str:
    """All text, in one line."""
    parts = [p.text for p in document.paragraphs]
    parts += [p.text for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return " ".join(" ".join(parts).split())


def shape(document: docx.document.Document) -> list[object]:
    """Styles of paragraphs and sizes of tables, without their text."""
    parts: list[object] = [p.style.name for p in document.paragraphs if p.style]
    return parts + [(len(t.rows), len(t.columns)) for t in document.tables]


@pytest.mark.parametrize(
    ("paper", "text"),
    [(paper, text) for paper in PAPERS for i, text in enumerate(HOSTILE) if paper == "memo" or i % 6 == 0],
    ids=lambda value: value if value in PAPERS else "",
)
def test_hostile_text_changes_no_structure(paper: str, text: str) -> None:
    assert shape(opened(paper, text)) == shape(opened(paper, harmless(text)))


@pytest.mark.parametrize("profile", [FINTECH, PAYROLL, examples()["early-saas"]], ids=lambda p: p.name)
def test_every_format_says_the_same(profile: Profile) -> None:
    write = reporter(DECIDER, profile, TODAY, full=False)
    word = words_of(docx.Document(io.BytesIO(write("docx"))))
    html = (
        re.sub(r"<[^>]*>", " ", write("html").decode())
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
        .replace("&nbsp;", " ")
    )
    html = " ".join(html.split())
    text = " ".join(write("text").decode().split())
    markdown = " ".join(re.sub(r"\\(?=[^\w\s])", "", write("md").decode().replace("**", "")).split())
    lines = [line.text for line in memo(findings(DECIDER, profile, TODAY)).lines() if line.text]
    assert len(lines) > 10
    for line in lines:
        for name, whole in (("docx", word), ("html", html), ("text", text), ("md", markdown)):
            assert " ".join(line.split()) in whole, (name, line)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_profile_gives_the_same_file(paper: str) -> None:
    first, second = (PAPERS[paper](DECIDER, FINTECH, TODAY)("docx") for _ in range(2))
    assert first == second


def test_a_word_processor_opens_it(tmp_path: Path) -> None:
    """LibreOffice where it is installed, else the library that wrote it."""
    for paper, make in PAPERS.items():
        (tmp_path / f"{paper}.docx").write_bytes(make(DECIDER, with_text(HOSTILE[6]), TODAY)("docx"))
    office = shutil.which("soffice")
    if office is None:
        assert all(docx.Document(str(path)).paragraphs for path in tmp_path.glob("*.docx"))
        return
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True, timeout=120)
    assert {p.stem for p in tmp_path.glob("*.pdf")} == {*PAPERS}
    assert all(p.read_bytes().startswith(b"%PDF") for p in tmp_path.glob("*.pdf"))
