"""The collecting side: what to ask of a vendor, what a report is worth for our own year, the table, the letter."""

from __future__ import annotations

import csv
import io
import string
from datetime import date
from itertools import product

import pytest

from socui.errors import Usage
from socui.knowledge.model import Knowledge
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import from_bytes, to_bytes
from socui.profiles.records import BOOKS, ENTRUSTED, STOPS, ReportHeld, Vendor
from socui.reports.render import as_file, rendered
from socui.reports.vendor_papers import request_letter, vendors_memo
from socui.vendors.judge import collected
from socui.vendors.model import VendorFinding
from socui.vendors.table import ANSWER_COLUMNS, FOUND, HELD_COLUMNS, read_table, table_text, template

TODAY, YEAR_END = date(2026, 11, 28), date(2026, 12, 31)


def found(knowledge: Knowledge, vendor: Vendor, year_end: date | None = YEAR_END, today: date = TODAY) -> VendorFinding:
    """What is found of one vendor."""
    profile = Profile(vendors=(vendor,), dates={"year_end": year_end} if year_end else {})
    return collected(knowledge, profile, today).findings[0]


def soc1(begins: str, ends: str, **more: str) -> ReportHeld:
    """A SOC 1 Type 2 report on that period."""
    return ReportHeld("soc1", "type2", date.fromisoformat(begins), date.fromisoformat(ends), **more)  # type: ignore[arg-type]


def test_every_combination_of_answers_says_something_and_asks_for_what_it_gives_reasons_for(
    knowledge: Knowledge,
) -> None:
    for books, entrusts, stops, none in product(("", *BOOKS), ("", *ENTRUSTED), ("", *STOPS), (None, True)):
        finding = found(knowledge, Vendor("V", "", books, (entrusts,) if entrusts else (), stops, none))
        wanted = {j.wanted.report for j in finding.judged}
        assert ("soc1" in wanted) == (books in ("amounts", "systems"))
        assert ("soc2" in wanted) == (entrusts not in ("", "none", "unsure") or stops in ("operations", "reporting"))
        assert finding.why and finding.asks == bool(wanted)
        assert all(j.wanted.why and j.says for j in finding.judged)
        assert ("availability" in str([j.wanted.categories for j in finding.judged])) == (
            stops in ("operations", "reporting")
        )
        texts = (*finding.why, *finding.beside, *finding.without, *finding.cuecs)
        assert all(t.facts and not set("{}") & set(t.says) for t in texts)
        assert "certified" not in " ".join(t.says for t in texts)


@pytest.mark.parametrize(
    ("periods", "months", "step", "words"),
    [
        ([("2026-01-01", "2026-12-31")], 12, "ok", "no gap"),
        ([("2025-10-01", "2026-09-30")], 9, "bridge", "October to December 2026"),
        ([("2025-07-01", "2026-06-30")], 6, "next_report", "October to December 2026 is beyond that"),
        ([("2024-10-01", "2025-09-30")], 0, "next_report", "no whole month"),
        ([("2026-04-01", "2026-12-31")], 9, "ok", "January to March 2026 lies before"),
        ([("2025-10-01", "2026-03-31"), ("2026-04-01", "2026-09-30")], 9, "bridge", "October to December"),
        ([("2026-07-01", "2026-09-30")], 3, "next_report", "under six months"),
    ],
)
def test_a_period_against_our_year(
    knowledge: Knowledge, periods: list[tuple[str, str]], months: int, step: str, words: str
) -> None:
    finding = found(
        knowledge,
        Vendor("V", books="amounts", entrusts=("none",), stops="nothing", reports=tuple(soc1(*p) for p in periods)),
    )
    (judged,) = finding.judged
    says = " ".join(text.says for text in judged.says)
    assert (judged.months, judged.next) == (months, step), says
    assert words in says
    # What is tested, bridged and open is the whole year, without holes and without overlap.
    days = sum((s.ends - s.begins).days + 1 for s in (*judged.tested, *judged.bridged, *judged.untested))
    assert judged.year and days == (judged.year.ends - judged.year.begins).days + 1


def test_the_year_that_is_meant(knowledge: Knowledge) -> None:
    """A year whose audit still goes on, else the next one that ends."""
    for year_end, today, ends in (
        ("2026-12-31", "2027-03-01", "2026-12-31"),
        ("2026-12-31", "2027-08-01", "2027-12-31"),
        ("2020-06-30", "2026-11-28", "2027-06-30"),
        ("2028-02-29", "2026-11-28", "2028-02-29"),
    ):
        profile = Profile(dates={"year_end": date.fromisoformat(year_end)})
        year = collected(knowledge, profile, date.fromisoformat(today)).year
        assert year is not None and year.ends == date.fromisoformat(ends)
        assert (year.ends - year.begins).days in (364, 365)
    assert collected(knowledge, Profile(), TODAY).year is None


@pytest.mark.parametrize(
    ("report", "step", "words"),
    [
        (ReportHeld("soc2", "type2", date(2025, 11, 1), date(2026, 10, 31)), "bridge", "fresh until 31 Oct 2027"),
        (ReportHeld("soc2", "type2", date(2024, 1, 1), date(2024, 12, 31)), "next_report", "stale since 31 Dec 2025"),
        (ReportHeld("soc2", "type2", date(2025, 1, 1), date(2025, 12, 31)), "next_report", "31 Mar 2026"),
        (ReportHeld("soc2", "type1", as_of=date(2026, 6, 30)), "type2", "Type 1 as of 30 Jun 2026"),
        (ReportHeld("soc2"), "dates", "not entered the Type or period"),
        (ReportHeld("soc3"), "ask", "short report for general use"),
        (ReportHeld("iso27001"), "ask", "management system"),
        (ReportHeld("soc2", "type2", date(2026, 1, 1), date(2026, 11, 28), opinion="adverse"), "opinion", "do not rely"),
        (ReportHeld("soc2", "type2", date(2026, 1, 1), date(2026, 11, 28), categories=("security",)), "categories",
         "does not include availability and confidentiality"),
    ],
)  # fmt: skip
def test_what_is_held_of_a_soc_2(knowledge: Knowledge, report: ReportHeld, step: str, words: str) -> None:
    vendor = Vendor("V", "", "no", ("business_confidential",), "operations", None, (report,))
    finding = found(knowledge, vendor)
    assert finding.next == step
    assert words in " ".join(t.says for j in finding.judged for t in j.says)


def test_a_profile_keeps_its_vendors() -> None:
    report = soc1("2025-10-01", "2026-09-30", firm="a\x07")
    vendor = Vendor("Acme\x1b[2J [EU]", "pay\nroll", "amounts", ("card",), "slower", None, (report,))
    data = to_bytes(Profile(name="N", vendors=(vendor, Vendor("B", none=True))))
    one, two = from_bytes(data).profile.vendors
    assert (one.name, one.service, one.reports[0].firm) == ("Acme\u241b[2J [EU]", "pay roll", "a\u2407")
    assert two.none is True and to_bytes(from_bytes(data).profile) == data
    odd = data + b'\n[[vendors]]\nname = 3\nreports = "many"\nentrusts = [1]\nlater = true\n'
    kept = from_bytes(odd).profile
    assert kept.vendors[2].extra == {"name": 3, "reports": "many", "entrusts": [1], "later": True}
    assert from_bytes(to_bytes(kept)).profile.vendors == kept.vendors


HOSTILE = (
    "=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=2", "'-1", "''+", 'a"b', "a;b", "a,b", "[bold]x[/]", "<script>", "\x1b[2J",
    "\u202e", "x" * 400,
)  # fmt: skip


def test_the_table_reads_back_as_it_was_and_holds_no_formula(knowledge: Knowledge) -> None:
    vendors = tuple(
        Vendor(f"{text}", text, BOOKS[n % 4], (ENTRUSTED[n % 9],), STOPS[n % 5], None if n % 3 else True,
               () if n % 3 == 0 else (soc1("2025-10-01", "2026-09-30", firm=text), ReportHeld("soc2", "type1", as_of=TODAY)))
        for n, text in enumerate(HOSTILE)
    )  # fmt: skip
    profile = from_bytes(to_bytes(Profile(name="N", vendors=vendors))).profile
    table = table_text(collected(knowledge, profile, TODAY), knowledge.texts)
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [c for c in cells if c[:1] in "=+-@\t\r" and c]
    again = read_table(table.encode(), knowledge.texts)
    assert again == profile.vendors


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"name,books\nA,no\n", "no column called vendor"),
        (b"vendor,boks\nA,no\n", "boks"),
        (b"vendor,books\nA,perhaps\n", "line 2: books cannot be 'perhaps'"),
        (b"vendor,from\nA,3/4/2026\n", "line 2: from"),
        (b"vendor,holds,from,to\nA,soc1,2026-02-01,2026-01-01\n", "ends before it begins"),
        (b'vendor\n"A\n', "quotation mark"),
        (b"vendor\n\xff\n", "not UTF-8"),
        (b"vendor,books\nA,no,extra\n", "3 cells under 2"),
        (b"vendor,vendor\nA,B\n", "two columns"),
        (b"vendor,books\n,no\n", "no name"),
        (b"", "no column called vendor"),
        (b"vendor\n" + b"a\n" * 600_000, "too large"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(knowledge: Knowledge, table: bytes, says: str) -> None:
    with pytest.raises(Usage, match=says.replace("(", r"\(")):
        read_table(table, knowledge.texts)


def test_labels_and_other_marks_are_read_too(knowledge: Knowledge) -> None:
    table = (
        "\ufeffVendor;books;entrusts;stops;holds;type;to\n"
        "A;Yes: it runs systems on which our books are kept;Health information;Not sure;SOC 2;Type 2;2026-09-30\n"
        "a;;;;SOC 1 report;type 1;\n"
    )
    (one,) = read_table(table.encode(), knowledge.texts)
    assert (one.books, one.entrusts, one.stops) == ("systems", ("health",), "unsure")
    assert [(r.report, r.type) for r in one.reports] == [("soc2", "type2"), ("soc1", "type1")]
    assert len(read_table(template().encode(), knowledge.texts)) == 2


def test_the_letter_asks_for_what_is_missing_and_for_nothing_else(knowledge: Knowledge) -> None:
    profile = Profile(organization="Us [/] Inc", dates={"year_end": YEAR_END})
    vendor = Vendor("Acme", "payroll", "amounts", ("none",), "nothing", None, (soc1("2025-10-01", "2026-09-30"),))
    letter = request_letter(knowledge, profile, found(knowledge, vendor))
    text = as_file(letter, knowledge.texts, "text").decode()
    assert "Subject: Request: a bridge letter to your SOC 1 report" in text
    assert "October to December 2026" in text and "Our fiscal year" not in text and "SOC 2" not in text
    assert "If you have no such report" not in text and text.rstrip().endswith("Us [/] Inc")
    empty = request_letter(knowledge, profile, found(knowledge, Vendor("Acme", books="amounts")))
    text = as_file(empty, knowledge.texts, "text").decode()
    assert "Our fiscal year runs from 1 Jan 2026 to 31 Dec 2026" in text and "If you have no such report" in text


def test_the_memo_holds_every_vendor_and_no_markup_of_theirs(knowledge: Knowledge) -> None:
    profile = Profile(vendors=tuple(Vendor(f"V{n} <b>&", books="amounts", entrusts=("card",)) for n in range(3)))
    document = vendors_memo(knowledge, profile, collected(knowledge, profile, TODAY))
    page = rendered(document, "html").decode()
    assert page.count("V1 &lt;b&gt;&amp;") >= 2 and "<b>&" not in page and "PCI DSS" in page
    for format in ("text", "md", "docx"):
        assert rendered(document, format)


def test_every_text_of_the_collecting_side_can_be_filled_in(knowledge: Knowledge) -> None:
    fields = {"who", "service", "begins", "ends", "categories", "report", "reports", "span", "last", "opinion"}
    for id, text in knowledge.texts.items():
        if id.startswith("vendors."):
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= fields, id
    for words, prefix in ((BOOKS, "books"), (ENTRUSTED, "entrusts"), (STOPS, "stops")):
        assert all(f"vendors.{prefix}.{word}" in knowledge.texts for word in words)
    assert not set(ANSWER_COLUMNS) & set(FOUND) and not set(HELD_COLUMNS) & set(FOUND)
