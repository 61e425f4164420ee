"""The list of vendors on the screen: reached, filled and read by keys alone, at both sizes, and kept as everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from seen import settled, shown, type_ahead
from textual.pilot import Pilot

from socui.app import SocuiApp
from socui.cli.record_fields import changed
from socui.errors import Usage
from socui.knowledge.model import Knowledge
from socui.profiles.profile import Profile
from socui.profiles.records import ENTRUSTED, ReportHeld, Vendor
from socui.profiles.store import Store
from socui.screens.vendors.lines import FIRST_CHOICE, list_head, list_lines
from socui.screens.vendors.report_form import report_from
from socui.screens.vendors.screen import Vendors, turned
from socui.screens.widgets.lines import width_of
from socui.vendors.judge import collected
from socui.vendors.table import read_table

Make = Callable[..., SocuiApp]
SIZES = [(80, 24), (120, 36), (160, 50)]
REPORT = ReportHeld("soc1", "type2", date(2025, 10, 1), date(2026, 9, 30), firm="Firm")


async def typed(pilot: Pilot[int], opener: str, *fields: str) -> None:
    """Open a dialog, and type into its fields one after the other."""
    await pilot.press(opener)
    await settled(pilot)
    for n, text in enumerate(fields):
        await pilot.press(*(["tab"] if n else []), *("space" if c == " " else c for c in text))
    await pilot.press("enter")
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_errand_by_keys(make_app: Make, store: Store, size: tuple[int, int]) -> None:
    app = make_app(opened=store.create(Profile(name="Ours")))
    async with app.run_test(size=size) as pilot:
        await pilot.press("6")
        assert app.workspace.state.current == "role" and "You issue no report here. Press V" in shown(app)
        if size[0] < 100:
            await pilot.press("tab", "tab")
        assert "lists your vendors" in " ".join(shown(app).split())
        await pilot.press("V")
        await settled(pilot)
        assert isinstance(app.screen, Vendors) and "No vendor yet" in shown(app)
        await typed(pilot, "a", "Acme")
        await pilot.press("space")  # it is at the first question
        await typed(pilot, "O", "31 Dec 2026")
        await typed(pilot, "h", "SOC 1", "Type 2", "2025-10-01", "2026-09-30")
        words = " ".join(shown(app).split())
        assert "9 of 12 months tested" in words and "ask for a bridge letter" in words and "2026-12-31" in words
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is app.workspace
        app.workspace.session.write()
    (vendor,) = store.open("Ours").profile.vendors
    assert (vendor.name, vendor.books, [r.ends for r in vendor.reports]) == ("Acme", "amounts", [date(2026, 9, 30)])


async def test_changes_are_undone_here_and_a_report_keeps_what_the_form_does_not_show(make_app: Make) -> None:
    app = make_app(
        example=Profile(
            answers={"role": "obtain"}, vendors=(Vendor("A", books="amounts", reports=(REPORT,)), Vendor("B"))
        )
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("V")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Vendors)
        await pilot.press("x")
        assert [v.name for v in app.workspace.state.profile.vendors] == ["B"]
        await pilot.press("u")
        assert [v.name for v in app.workspace.state.profile.vendors] == ["A", "B"]
        await pilot.press("g", "enter")
        screen.one.point(("report", "0"))
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("tab", "tab", "tab", "tab", *"qualified", "enter")
        await settled(pilot)
        (kept,) = app.workspace.state.profile.vendors[0].reports
        assert (kept.opinion, kept.firm) == ("qualified", "Firm") and "ask about the opinion" in shown(app)
        screen.one.point(("none",))
        await pilot.press("space")
        assert app.workspace.state.profile.vendors[0].none is True
        assert app.workspace.state.profile.vendors[0].reports == ()


async def test_a_table_is_read_and_written(make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("vendor,books\nAcme [/],amounts\nBoards,no\n")
    app = make_app(example=Profile(answers={"role": "obtain"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("V")
        await settled(pilot)
        await typed(pilot, "i", "nowhere.csv")
        assert "No such file" in shown(app)
        await pilot.press(*["backspace"] * len("nowhere.csv"), *"in.csv", "enter")
        await settled(pilot)
        assert "Acme [/]" in shown(app) and "2 read" in shown(app)
        await pilot.press("s")
        await settled(pilot)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await settled(pilot)
        assert "vendors.html" in shown(app) and "Acme [/]" in Path("vendors.html").read_text()


async def test_keys_typed_ahead_and_hostile_names_break_nothing(make_app: Make) -> None:
    names = ("[/]", "[@click=app.quit]x[/]", "\x1b[2J", "\u202e", "日本語のテキスト" * 9, "x" * 5000, "")
    vendors = tuple(Vendor(name, name, "amounts", ENTRUSTED[:3], "operations", None, (REPORT,)) for name in names)
    app = make_app(example=Profile(answers={"role": "obtain"}, vendors=vendors))
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in ("V", "Vjjj", "VGkk", "Vn", "Vh", "VxxxxxxxxxuU"):
            await type_ahead(pilot, *keys, "enter", "pagedown", "end", "tab", "space", "escape", "escape", "escape")
            assert app.return_code is None and app._crash_text == ""
        assert not [c for c in shown(app) if c in "\x1b\u202e"]


@pytest.mark.parametrize(
    ("values", "kind", "type"),
    [(("SOC 2", "II", "2026-01-01", "2026-12-31", ""), "soc2", "type2"), (("soc1 report", "Type 1", "", "2026-06-30", ""), "soc1", "type1"),
     (("ISO/IEC 27001", "", "", "", ""), "iso27001", ""), (("PCI", "", "", "2026-06-30", ""), "pci", "")],
)  # fmt: skip
def test_the_form_understands_what_people_write(values: tuple[str, ...], kind: str, type: str) -> None:
    report = report_from(dict(zip(("holds", "type", "from", "to", "opinion"), values, strict=True)))
    assert (report.report, report.type) == (kind, type)
    assert report.as_of == (date(2026, 6, 30) if type == "type1" else None)


@pytest.mark.parametrize("written", ["unqualified", "Unqualified", "clean", "unmodified"])
def test_an_unqualified_opinion_is_an_unmodified_one(knowledge: Knowledge, written: str) -> None:
    report = report_from({"holds": "soc1", "type": "2", "from": "", "to": "", "opinion": written})
    assert report.opinion == "unmodified"
    table = f"vendor,holds,type,opinion\nAcme,SOC 1,Type 2,{written}\n"
    ((read,),) = (vendor.reports for vendor in read_table(table.encode(), knowledge.texts))
    assert read.opinion == "unmodified"
    assert changed(ReportHeld(), [f"opinion={written}"], "held").opinion == "unmodified"


@pytest.mark.parametrize(
    "values",
    [("", "2", "", "", ""), ("soc9", "", "", "", ""), ("soc1", "3", "", "", ""), ("soc1", "2", "soon", "", ""),
     ("soc1", "2", "2026-02-01", "2026-01-01", ""), ("soc1", "2", "", "", "good")],
)  # fmt: skip
def test_the_form_says_what_it_does_not_understand(values: tuple[str, ...]) -> None:
    with pytest.raises(Usage):
        report_from(dict(zip(("holds", "type", "from", "to", "opinion"), values, strict=True)))


def test_nothing_and_not_sure_stand_alone() -> None:
    vendor = turned(turned(Vendor("A"), "entrusts", "card"), "entrusts", "health")
    assert vendor.entrusts == ("card", "health")
    assert turned(vendor, "entrusts", "none").entrusts == ("none",)
    assert turned(turned(vendor, "entrusts", "unsure"), "entrusts", "card").entrusts == ("card",)
    assert turned(vendor, "entrusts", "card").entrusts == ("health",)
    assert turned(turned(vendor, "books", "no"), "books", "no").books == ""


@pytest.mark.parametrize("width", [56, 78, 116])
def test_no_cell_of_the_list_is_cut(knowledge: Knowledge, width: int) -> None:
    name = "Acme Payroll Services International Holdings"
    vendors = (Vendor(name, books="amounts"), Vendor("Short", books="no", entrusts=("none",), stops="nothing"))
    vendor_findings = collected(knowledge, Profile(vendors=vendors), date(2026, 11, 23))
    (head,) = list_head(vendor_findings, width)
    lines = list_lines(vendor_findings, knowledge.texts, width, "a")
    assert all(width_of(line.spans) <= width for line in lines)
    rows = [("".join(span.text for span in line.spans), line.tag) for line in lines]
    assert "…" not in " ".join(text for text, _ in rows)
    heads = "".join(span.text for span in head.spans)
    begins = [heads.index(words) for words in ("Vendor", "Ask for", "Next")]
    for place, vendor in enumerate(vendors):
        own = [text for text, tag in rows if tag == ("vendor", str(place))]
        assert " ".join("".join(text[: begins[1]] + " " for text in own).split()) == vendor.name
    steps = " ".join(text[begins[2] :].strip() for text, tag in rows if tag == ("vendor", "1"))
    assert steps == knowledge.texts["vendors.next.nothing"]
    assert [line.tag for line in lines if line.stop] == [("vendor", "0"), ("vendor", "1")]
    if width > 100:
        assert len(own) == 1, "where there is room a vendor is one row"


async def test_a_new_vendor_is_answered_by_numbers_and_n(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("V", "a", *"Acme", "enter")
        await settled(pilot)
        await pilot.press("1", "n", "2", "0", "n", "3", "n", "2")
        await settled(pilot)
        (vendor,) = app.workspace.state.profile.vendors
        assert (vendor.books, vendor.entrusts, vendor.stops, vendor.none) == ("amounts", ("none",), "operations", True)
        await pilot.press("p", "4")
        await settled(pilot)
        assert app.workspace.state.profile.vendors[0].stops == "reporting"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_what_comes_of_a_vendor_stays_in_sight_while_its_questions_are_answered(
    make_app: Make, size: tuple[int, int]
) -> None:
    """The list has the rows that it needs, and a question is whole where `n` comes to it."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("6", "V")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Vendors)
        for name in ("Acme", "Hosting", "Claims"):
            await typed(pilot, "a", name)
            assert screen.one.has_focus and screen.one.cursor == FIRST_CHOICE
            for digit in "124":
                await pilot.press(digit, "n")
                await settled(pilot)
                top = shown(app).split("Vendor \u2500")[1].splitlines()
                assert name in top[1] and "Ask for" in top[2] and "Next" in " ".join(top[3:6])
                rows = screen.one.block()
                first, room = screen.one.scroll_offset.y, screen.one.size.height - len(screen.one.pin)
                assert (first <= rows[0] and rows[-1] < first + room) or len(rows) > room
        rows = screen.rows
        assert rows.size.height == len(rows.lines) + len(rows.pin)


async def test_a_number_is_for_the_vendor_that_the_list_came_to(make_app: Make) -> None:
    """Not for the question that another vendor was left at."""
    app = make_app(example=Profile(answers={"role": "obtain"}, vendors=(Vendor("A"), Vendor("B"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("V")
        await settled(pilot)
        await pilot.press("n", "n", "n", "tab", "down", "3")
        await settled(pilot)
        one, other = app.workspace.state.profile.vendors
        assert (one.books, other.books, other.stops) == ("", "no", "")


async def test_who_collects_reports_is_asked_for_none_of_its_own(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(160, 50)) as pilot:
        own = ("A report that you hold", "The day since which controls run", "A big change or an acquisition")
        await settled(pilot)
        assert all(words in shown(app) for words in own)
        app.workspace.state.change(Profile(answers={"role": "obtain"}))
        await settled(pilot)
        assert not any(words in shown(app) for words in own) and "add a request" in shown(app)
