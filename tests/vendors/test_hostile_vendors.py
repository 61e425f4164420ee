"""What a vendor is called, does and holds is data in the memo, the letter and the table, whatever it says."""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import pytest
from test_docx import shape
from test_report import HOSTILE, harmless, tags, tokens

from socui.knowledge.model import Knowledge
from socui.profiles.profile import Profile
from socui.profiles.records import ReportHeld, Vendor
from socui.reports.render import as_file, rendered
from socui.reports.vendor_papers import request_letter, vendors_memo
from socui.vendors.judge import collected
from socui.vendors.model import Collected
from socui.vendors.table import read_table, table_text

TODAY = date(2026, 11, 28)
FORMULAS = ("=1+1", "+1", "-1", "@a", "\t=1", "\r=cmd|x", "'=1", '=HYPERLINK("http://x","y")')


def vendors(text: str) -> Profile:
    """A profile with the text wherever a vendor has one."""
    held = ReportHeld("soc1", "type2", date(2025, 10, 1), date(2026, 9, 30), opinion=text, firm=text)
    listed = Vendor(text, text, books="amounts", reports=(held, ReportHeld(text, text, firm=text)))
    return Profile(organization=text, service=text, vendors=(listed,), dates={"year_end": date(2026, 12, 31)})


def papers(knowledge: Knowledge, text: str, format: str) -> list[bytes]:
    """The memo and the letter."""
    profile = vendors(text)
    vendor_findings: Collected = collected(knowledge, profile, TODAY)
    letter = request_letter(knowledge, profile, vendor_findings.findings[0])
    return [
        rendered(vendors_memo(knowledge, profile, vendor_findings), format),
        as_file(letter, knowledge.texts, format),
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_changes_no_structure(knowledge: Knowledge, text: str) -> None:
    for format, shaped in (("html", tags), ("md", tokens)):
        for one, other in zip(papers(knowledge, text, format), papers(knowledge, harmless(text), format), strict=True):
            assert shaped(one.decode()) == shaped(other.decode()), format
    for one, other in zip(papers(knowledge, text, "docx"), papers(knowledge, harmless(text), "docx"), strict=True):
        assert shape(docx.Document(io.BytesIO(one))) == shape(docx.Document(io.BytesIO(other)))


@pytest.mark.parametrize("text", [*HOSTILE, *FORMULAS], ids=range(len(HOSTILE) + len(FORMULAS)))
def test_no_cell_of_the_table_is_a_formula_and_it_reads_back(knowledge: Knowledge, text: str) -> None:
    written = table_text(collected(knowledge, vendors(text), TODAY), knowledge.texts)
    for row in csv.reader(io.StringIO(written)):
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    held = ReportHeld("soc1", "type2", date(2025, 10, 1), date(2026, 9, 30), firm=text)
    typed = Profile(vendors=(Vendor(text, text, books="amounts", reports=(held,)),))
    written = table_text(collected(knowledge, typed, TODAY), knowledge.texts)
    again = Profile(vendors=read_table(written.encode(), knowledge.texts))
    assert table_text(collected(knowledge, again, TODAY), knowledge.texts) == written
