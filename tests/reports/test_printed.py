"""Papers as they are seen: printed on A4 and at the widths of a telephone and a desk in Chromium, as a Word file in LibreOffice.

Where these are not installed, what stands for them is asserted: lines of text, and the marks in the file.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from base import DECIDER, KNOWLEDGE
from browser import CHROMIUM, Chromium, Page
from docx.oxml.ns import qn
from worked import TODAY, WORKED

from socui.profiles.examples import examples
from socui.reports.card_lines import card_text
from socui.reports.findings import findings
from socui.reports.letter_writer import letter
from socui.reports.render import as_file, quote_writer, reporter

PAGES = 2
LINES, CARD_LINES = 150, 45
"""Lines of text of 80 columns that two printed pages hold, the picture aside; of them the card on the first."""
MM = 96 / 25.4
PAGE = (210 - 2 * 16) * MM, (297 - 2 * 14) * MM
"""What @page in socui/reports/html.py leaves of an A4 page, in CSS pixels."""
OVERFLOWS = """(width => [...document.querySelectorAll('body *')].filter(e => {
  if (e.getBoundingClientRect().right <= width + 1) return false
  for (let p = e.parentElement; p; p = p.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return false
  return true
}).map(e => e.tagName + ': ' + (e.textContent || '').trim().slice(0, 40)))(document.documentElement.clientWidth)"""
"""What stands out at the right of the page and cannot be scrolled to within its own box."""


def memo_of(name: str, format: str = "html") -> bytes:
    return reporter(DECIDER, WORKED[name], TODAY, full=False)(format)


async def shown(page: Page, html: bytes, width: float, height: float = 1000) -> None:
    await page.call(
        "Emulation.setDeviceMetricsOverride",
        width=round(width),
        height=round(height),
        deviceScaleFactor=1,
        mobile=False,
    )
    frame = (await page.call("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    await page.call("Page.setDocumentContent", frameId=frame, html=html.decode())


async def pages_of(page: Page) -> int:
    printed = await page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    return len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"])))


async def test_memos_fit_two_printed_pages_and_the_first_one_answers(tmp_path: Path) -> None:
    """All ten, as whoever prints the HTML: which, Type, period, date, fee and next stand on the card, and that on page one."""
    for name, profile in WORKED.items():
        text = memo_of(name, "text").decode()
        card = card_text(findings(DECIDER, profile, TODAY, full=False).card, KNOWLEDGE.texts)
        assert text.count("\n") <= LINES and card.count("\n") <= CARD_LINES, name
    if not CHROMIUM:
        return
    async with Chromium(tmp_path) as browser:
        page = await browser.page()
        for name in WORKED:
            await shown(page, memo_of(name), *PAGE)
            await page.call("Emulation.setEmulatedMedia", media="print")
            card = await page.evaluate("document.querySelector('.card').getBoundingClientRect().bottom")
            assert 100 < card < PAGE[1], (name, card)
            assert 1 <= await pages_of(page) <= PAGES, name


def papers() -> Iterator[tuple[str, bytes]]:
    for name, profile in WORKED.items():
        made = findings(DECIDER, profile, TODAY, full=False)
        yield f"{name}, memo", memo_of(name)
        for asked in profile.requests:
            yield f"{name}, letter {asked.id}", as_file(letter(made, asked), KNOWLEDGE.texts, "html")
        if made.card.reports:
            yield f"{name}, quotes", quote_writer(DECIDER, profile, TODAY)("html")
    yield "both, full", reporter(DECIDER, WORKED["both"], TODAY)("html")
    yield "UK, full", reporter(DECIDER, WORKED["UK"], TODAY)("html")


async def test_nothing_stands_out_of_a_page_on_a_telephone_or_a_desk(tmp_path: Path) -> None:
    made = list(papers())
    assert all(b'name="viewport"' in html and b"@media (max-width:600px)" in html for _, html in made)
    if not CHROMIUM:
        return
    async with Chromium(tmp_path) as browser:
        page = await browser.page()
        for name, html in made:
            for width in (375, 1280):
                await shown(page, html, width)
                assert await page.evaluate(OVERFLOWS) == [], (name, width)


def heads(word: docx.document.Document) -> set[str]:
    return {p.text.strip() for p in word.paragraphs if p.style is not None and p.style.name.startswith("Heading")}


def test_no_heading_of_a_word_file_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    files = {f"{name}.docx": memo_of(name, "docx") for name in WORKED}
    files |= {f"example-{n}.docx": reporter(DECIDER, p, TODAY, full=False)("docx") for n, p in examples().items()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        word = docx.Document(str(tmp_path / name))
        # What LibreOffice does not keep together beside: see socui/reports/docx_file.py.
        assert word.styles["Normal"].paragraph_format.line_spacing == 1.0
        assert word.styles["List Bullet"].element.pPr.find(qn("w:contextualSpacing")) is None
        assert all(p.text for p in word.paragraphs[:-1])
    office, reads = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reads is None:
        return
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *(str(tmp_path / name) for name in files)], check=True, capture_output=True, timeout=150)
    for name in files:
        pdf = tmp_path / f"{name.removesuffix('.docx')}.pdf"
        text = subprocess.run([reads, "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
        pages = [page.split("\n") for page in text.split("\f")[:-1]]
        assert 1 <= len(pages) <= PAGES, name
        last = [next(line.strip() for line in reversed(page) if line.strip()) for page in pages[:-1]]
        assert not heads(docx.Document(str(tmp_path / name))).intersection(last), (name, last)


@pytest.mark.parametrize("name", ["both", "UK"])
def test_the_full_report_begins_with_the_answer(name: str) -> None:
    """What one hands over has which, Type, period, date and fee before anything else, and says where the rest is."""
    text = reporter(DECIDER, WORKED[name], TODAY)("text").decode()
    card = findings(DECIDER, WORKED[name], TODAY).card
    first = " ".join("\n".join(text.split("\n")[: LINES // PAGES]).split())
    for report in card.reports:
        assert report.name in first and report.period in first and report.fee.text in first


def test_the_full_report_goes_on_with_what_a_reader_acts_on() -> None:
    """Then what it rests on, then what holds for everybody, last the record."""
    text = reporter(DECIDER, WORKED["both"], TODAY)("md").decode()
    order = ["Why", "Plan", "Cost", "Who gets what by when", "Next steps", "The two reports", "On the SOC 1 report",
             "What people ask first", "How the two differ", "Answers and notes", "Terms used", "Sources"]  # fmt: skip
    places = [text.index(f"\n## {heading}\n") for heading in order]
    assert places == sorted(places)
