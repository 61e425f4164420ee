"""The report and the plan on the screen: what is shown is what is written, and a file is never overwritten unasked."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from base import DECIDER
from msgspec.structs import replace
from rich.cells import cell_len
from seen import later
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList

from socui.app import SocuiApp
from socui.planning.model import NO_PLAN, Plan
from socui.planning.plan_for import plan_for
from socui.profiles.examples import examples
from socui.reports.render import report, request
from socui.screens.dialogs import ChoiceDialog, FileDialog
from socui.screens.plan_chart import Timeline
from socui.screens.report_preview import Preview, report_lines
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.plan_lines import chart_head, chart_lines, detail_lines, plan_lines
from socui.screens.widgets.recommendation import plain
from socui.screens.workspace.screen import Workspace

Make = Callable[..., SocuiApp]
TODAY = date(2026, 11, 23)
FINTECH = examples()["fintech-payments"]
HOSTILE = "[/] [b \x1b]52;c;aGk=\x07 <script> `x` | # y"


def preview(pilot: Pilot[object]) -> Preview:
    """The preview that is on the screen."""
    assert isinstance(pilot.app.screen, Preview)
    return pilot.app.screen


async def written(pilot: Pilot[object]) -> None:
    """Wait until what was asked for is written and shown."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[object], kind: type[Screen[Any]], other_than: object = None) -> None:
    """Wait for a screen of that kind to stand on top."""
    async with asyncio.timeout(20):
        while not isinstance(pilot.app.screen, kind) or pilot.app.screen is other_than:
            await pilot.pause(0.02)


async def opened(pilot: Pilot[object], *keys: str) -> Preview:
    """The preview, after these keys in it."""
    for key in ("r", *keys):
        await pilot.press(key)
        await written(pilot)
    return preview(pilot)


async def test_it_shows_what_is_written(make_app: Make) -> None:
    app = make_app(example=FINTECH)
    async with app.run_test(size=(100, 30)) as pilot:
        profile = app.workspace.session.profile
        shown = await opened(pilot)
        assert flat(shown.text) == flat(report(app.decider, profile, TODAY, "text", full=False))
        assert any(shown.text.startswith(line.spans[0].text) for line in shown.query_one("#report", Sheet).lines[:1])
        await pilot.press("M")
        await written(pilot)
        assert shown.text == report(app.decider, profile, TODAY, "md", full=False)
        await pilot.press("F")
        await written(pilot)
        assert shown.text == report(app.decider, profile, TODAY, "md") and "Full report" in str(
            shown.query_one("#report", Sheet).border_title
        )
        await pilot.press("Q")
        await written(pilot)
        assert shown.text == request(app.decider, profile, TODAY, "md")
        assert "CPA" in str(shown.query_one("#report", Sheet).border_title)
        await pilot.press("M", "Q")
        await written(pilot)
        assert flat(shown.text) == flat(report(app.decider, profile, TODAY, "text", full=False))
        await pilot.press("r")
        assert isinstance(app.screen, Workspace)


async def test_a_letter_for_each_request_copied_and_saved(make_app: Make, tmp_path: Path) -> None:
    from socui.profiles.records import Request
    from socui.reports.render import replier

    requests = tuple(Request(f"r{n}", f"Buyer {n}", "user_auditor", ("soc1",), subject="amounts") for n in (1, 2))
    app = make_app(example=replace(FINTECH, requests=requests))
    async with app.run_test(size=(100, 30)) as pilot:
        profile = app.workspace.session.profile
        shown = await opened(pilot, "l")
        assert shown.text == replier(app.decider, profile, TODAY, "r1")("text").decode() and "Buyer 1" in shown.text
        assert "Letter" in str(shown.query_one("#report", Sheet).border_title)
        await pilot.press("l")
        await written(pilot)
        assert "Buyer 2" in shown.text and shown.proposed().endswith("-letter-r2.docx")
        await pilot.press("y")
        await written(pilot)
        assert shown.message
        await pilot.press("s")
        app.screen.query_one(Input).value = str(tmp_path / "x.docx")
        await pilot.press("enter")
        await written(pilot)
        assert (tmp_path / "x.docx").read_bytes().startswith(b"PK")
        await pilot.press("l")
        await written(pilot)
        assert shown.paper == "memo"


async def test_without_requests_there_is_no_letter(make_app: Make) -> None:
    app = make_app(example=replace(FINTECH, requests=()))
    async with app.run_test(size=(100, 30)) as pilot:
        shown = await opened(pilot, "l")
        assert shown.paper == "memo" and "no letter" in shown.message


async def test_where_no_report_is_advised_there_is_no_request_for_quotes(make_app: Make) -> None:
    app = make_app(example=examples()["early-saas"])
    async with app.run_test(size=(100, 30)) as pilot:
        shown = await opened(pilot, "Q")
        assert shown.paper == "memo" and "advise no report" in shown.message
        assert shown.text.startswith("Which SOC report")


@pytest.mark.parametrize("name", ["r.html", "r.md", "r.json", "r.txt"])
@pytest.mark.parametrize("auditors", [False, True])
async def test_the_suffix_says_the_format(make_app: Make, tmp_path: Path, name: str, auditors: bool) -> None:
    app = make_app(example=FINTECH)
    formats = {".html": "html", ".md": "md", ".json": "json", ".txt": "text"}
    async with app.run_test(size=(100, 30)) as pilot:
        shown = await opened(pilot, *(["Q"] if auditors else []))
        await pilot.press("s")
        app.screen.query_one(Input).value = str(tmp_path / name)
        await pilot.press("enter")
        await written(pilot)
        write = request if auditors else partial(report, full=False)
        expected = write(app.decider, app.workspace.session.profile, TODAY, formats[Path(name).suffix])
        assert (tmp_path / name).read_text("utf-8") == expected
        assert shown.message == f"saved: {tmp_path / name}"


async def test_a_file_that_is_there_is_asked_about(make_app: Make, tmp_path: Path) -> None:
    target = tmp_path / "r.md"
    target.write_text("mine")
    app = make_app(example=FINTECH)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("s")
        app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, ChoiceDialog)
        app.screen.query_one(OptionList).highlighted = 1
        later(app)
        await pilot.press("enter")
        await until(pilot, FileDialog)
        assert target.read_text() == "mine" and app.screen.query_one(Input).value == str(target)
        later(app)
        await pilot.press("enter")
        await until(pilot, ChoiceDialog)
        app.screen.query_one(OptionList).highlighted = 0
        later(app)
        await pilot.press("enter")
        await written(pilot)
        assert target.read_text("utf-8").startswith("# ")


async def test_what_cannot_be_saved_is_said_in_the_dialog(make_app: Make, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "fifo.md")
    app = make_app(example=FINTECH)
    async with app.run_test(size=(100, 30)) as pilot:
        shown = await opened(pilot)
        await pilot.press("s")
        assert app.screen.query_one(Input).value == "fintech-that-settles-payments-memo.html"
        app.screen.query_one(Input).value = str(tmp_path / "r.doc")
        await pilot.press("enter")
        assert ".json" in str(app.screen.query_one("#problem", Label).content)
        for name in ("folder.md", "none/r.md"):
            app.screen.query_one(Input).value = str(tmp_path / name)
            before = app.screen
            later(app)
            await pilot.press("enter")
            await until(pilot, FileDialog, before)
            assert "not saved" in str(app.screen.query_one("#problem", Label).content)
        await pilot.press("escape")
        await written(pilot)
        assert shown.message == "" and not list(tmp_path.glob("*.doc"))


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (160, 50)])
async def test_the_memo_is_wrapped_once_for_the_room_and_copied_as_it_is_saved(
    make_app: Make, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    async def copy(_app: object, text: str) -> str:
        copied.append(text)
        return ""

    monkeypatch.setattr("socui.screens.clipboard.copy", copy)
    app = make_app(example=FINTECH)
    async with app.run_test(size=size) as pilot:
        shown = await opened(pilot)
        for width, height in (size, (100, 30)):
            await pilot.resize_terminal(width, height)
            await written(pilot)
            rows = plain(shown.query_one("#report", Sheet).lines).split("\n")
            assert [row for row in rows if row] == [row for row in shown.text.split("\n") if row], (
                "nothing is wrapped a second time"
            )
            assert max(map(len, rows)) <= min(width, 100)
        await pilot.press("y")
        await written(pilot)
        assert copied == [report(app.decider, app.workspace.session.profile, TODAY, "text", full=False)]


def flat(text: str) -> str:
    """Its words, in whatever rows."""
    return " ".join(text.replace("=", "").split())


async def test_hostile_text_stays_text(make_app: Make) -> None:
    profile = replace(FINTECH, name=HOSTILE, organization=HOSTILE, service=HOSTILE, notes={"role": HOSTILE})
    app = make_app(example=profile)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await opened(pilot)
        text = "\n".join(s.text for line in shown.query_one("#report", Sheet).lines for s in line.spans)
        assert "[/] [b" in text and "\x1b" not in text and "\x07" not in text
        await pilot.press("s")
        assert app.screen.query_one(Input).value == "b-52-c-agk-script-x-y-memo.html"


@pytest.mark.parametrize("width", [20, 58, 80, 200])
@pytest.mark.parametrize("format", ["text", "md"])
def test_no_row_is_wider_than_the_screen(width: int, format: str) -> None:
    text = report(DECIDER, FINTECH, TODAY, format)
    lines = list(report_lines(text, width))
    assert all(sum(cell_len(s.text) for s in line.spans) < width + 1 for line in lines)
    rows = ["".join(s.text for s in line.spans) for line in lines]
    assert words(rows) == words(text.split("\n"))


def words(rows: list[str]) -> str:
    """What they say; a rule under a heading says nothing and may be cut."""
    return "".join("".join(row.split()) for row in rows if row.strip("=-."))


# --------------------------------------------------------------------------------------------------------------- plan


async def test_the_plan_fills_the_screen(make_app: Make) -> None:
    app = make_app(example=FINTECH.with_date("needed_by", date(2027, 9, 1)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert isinstance(app.screen, Timeline)
        chart, step = (app.screen.query_one(id, Sheet) for id in ("#chart", "#step"))
        rows = ["".join(s.text for s in line.spans) for line in (*chart.pin, *chart.lines)]
        for words in (
            "needed by",
            "clients' year end 31 Dec",
            "not tested",
            "next period",
            "What else could be done",
        ):
            assert words in " ".join(" ".join(rows).split()), words
        await pilot.press("down", "down")
        await pilot.pause()
        words_below = " ".join(s.text for line in step.lines for s in line.spans)
        assert "in hand about" in words_below
        assert "[F-" not in words_below and "[]" not in words_below and "own judgement]" in words_below
        await pilot.press("escape")
        assert isinstance(app.screen, Workspace)


async def test_the_plan_opens_from_the_recommendation(make_app: Make) -> None:
    app = make_app(example=FINTECH)
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.panes.work_out_late()
        app.workspace.focus_pane(2)
        await pilot.pause()
        app.workspace.sheet("recommendation").point(("plan",))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Timeline)


@pytest.mark.parametrize("width", [30, 58, 78, 118, 200])
@pytest.mark.parametrize("due", [None, date(2026, 12, 1), date(2031, 1, 1), date(2020, 1, 1)])
def test_the_picture_fits_and_its_marks_stand_where_their_days_are(width: int, due: date | None) -> None:
    profile = FINTECH.cleared("needed_by").with_date("needed_by", due)
    plan = plan_for(DECIDER, profile, TODAY)
    lines = [*chart_head(plan, width), *chart_lines(plan, width), *plan_lines(plan, width)]
    lines += detail_lines(DECIDER.knowledge, plan, ("report", "0"), width)
    lines += detail_lines(DECIDER.knowledge, plan, ("request", "0"), width)
    assert all(sum(cell_len(s.text) for s in line.spans) <= width for line in lines)
    rows = ["".join(s.text for s in line.spans) for line in chart_lines(plan, width) if line.tag]
    needed = {row.index("┃") for row in rows if "┃" in row}
    assert bool(needed) == any(r.needed_by for r in plan.requests)
    assert len(needed) <= len({r.needed_by for r in plan.requests})


@pytest.mark.parametrize("width", [78, 118, 156])
@pytest.mark.parametrize("name", ["fintech-payments", "payroll-bureau", "saas-deal"])
def test_the_axis_names_enough_months(width: int, name: str) -> None:
    years, months = ("".join(s.text for s in line.spans) for line in chart_head(_plan(name), width))
    named = re.findall(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", months.partition("20")[2])
    assert len(named) >= 5 and len(re.findall(r"\b20\d\d\b", years)) >= 2
    assert all(months[match.start()].isalpha() for match in re.finditer(r"\b20\d\d\b", years)), "a year at its month"


def _plan(name: str) -> Plan:
    return plan_for(DECIDER, examples(TODAY)[name], TODAY)


def test_no_plan_is_said() -> None:
    lines = list(chart_lines(NO_PLAN, 80))
    assert "no report to plan" in lines[0].spans[0].text
    assert "Nothing to plan yet" in next(chart_lines(NO_PLAN, 80, silent=True)).spans[0].text
    assert list(plan_lines(NO_PLAN, 80)) == []
    assert chart_head(NO_PLAN, 80) == []


async def test_the_plan_of_no_report_says_so(make_app: Callable[..., SocuiApp]) -> None:
    """Where nothing is to be ordered there are no bars, and the screen says that."""
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("7")
        await pilot.press("P")
        await pilot.pause()
        sheet = app.screen.query_one("#chart", Sheet)
        assert "Nothing to plan yet" in "".join(s.text for line in sheet.lines for s in line.spans)


async def test_parts_of_the_report_are_jumped_to(make_app: Make) -> None:
    app = make_app(example=FINTECH)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await opened(pilot)
        sheet, tops = shown.query_one("#report", Sheet), []
        for _ in range(3):
            await pilot.press("n")
            tops.append(sheet.scroll_offset.y)
            assert sheet.lines[tops[-1]].spans[0].style == "head"
        assert tops == sorted(set(tops))
        await pilot.press("p")
        assert sheet.scroll_offset.y == tops[1]
