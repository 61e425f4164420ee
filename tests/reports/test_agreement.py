"""Every format of one memo says the same: each line of the card in words, each date of the plan, each request."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from html import unescape
from typing import Any

import docx
import pytest
from icalendar import Calendar
from test_report import DECIDER, KNOWLEDGE
from worked import TODAY, WORKED

from socui.planning.words import local_name
from socui.reports.card_lines import card_rows
from socui.reports.findings import findings
from socui.reports.render import reporter
from socui.reports.words import day_words

PAPERS = ("text", "md", "html", "docx")


@cache
def written(name: str) -> Mapping[str, str]:
    """The papers on a profile, each as its words in one line."""
    write = reporter(DECIDER, WORKED[name], TODAY, full=False)
    word = docx.Document(io.BytesIO(write("docx")))
    cells = [p.text for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return {
        "text": flat(write("text").decode()),
        "md": flat(re.sub(r"\\(?=[^\w\s])", "", write("md").decode().replace("**", ""))),
        "html": flat(unescape(re.sub(r"<[^>]*>", " ", write("html").decode()))),
        "docx": flat(" ".join([*(p.text for p in word.paragraphs), *cells])),
    }


def flat(text: str) -> str:
    return " ".join(text.split())


def data_of(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(reporter(DECIDER, WORKED[name], TODAY, full=False)("json"))
    return data


@pytest.mark.parametrize("name", WORKED)
def test_every_line_of_the_card_stands_in_every_paper_and_in_the_json(name: str) -> None:
    card, data = findings(DECIDER, WORKED[name], TODAY, full=False).card, data_of(name)["card"]
    lines = [card.title, card.status, *(e.text for row in card_rows(card, KNOWLEDGE.texts) for e in row.entries)]
    for paper in PAPERS:
        for line in lines:
            assert flat(line) in written(name)[paper], (paper, line)
    assert (data["title"], data["status"], data["settled"]) == (card.title, card.status, card.settled)
    for part in ("check", "late", "open", "assumed", "missing", "next"):
        assert [entry["text"] for entry in data[part]] == [entry.text for entry in getattr(card, part)], part
    for shown, report in zip(data["reports"], card.reports, strict=True):
        assert (shown["name"], shown["period"], shown["fee"]["text"]) == (report.name, report.period, report.fee.text)


@pytest.mark.parametrize("name", WORKED)
def test_every_date_of_the_plan_is_the_same_in_papers_json_and_calendar(name: str) -> None:
    data = data_of(name)
    plan, advised = data["plan"], [shown["report"] for shown in data["card"]["reports"]]
    expected, country = set(), WORKED[name].country
    for planned in (p for p in plan["reports"] if p["report"] in advised):
        type = "Type 1" if planned["type"] == "type1" else "Type 2"
        title = f"{local_name(planned['report'], country)} {type}{', next period' if planned['next'] else ''}"
        low, typical, high = map(date.fromisoformat, planned["in_hand"])
        expected.add((f"{title}: typically in hand", typical, typical))
        days = [planned["as_of"]] * 2 if planned["as_of"] else [planned["from"], planned["to"]]
        first, last = map(date.fromisoformat, days)
        expected.add((f"{title}: {'as of this day' if planned['as_of'] else 'period'}", first, last))
        for paper in PAPERS if advised else ():
            for day in (low, typical, high, last):
                assert day_words(day) in written(name)[paper], (paper, title, day)
    for asked in plan["requests"]:
        needed = asked["needed_by"] and date.fromisoformat(asked["needed_by"])
        if needed:
            report = f"{local_name(asked['report'], country)} report" if asked["report"] else "report"
            expected.add((f"Needed: {report} for {asked['from']}", needed, needed))
        for paper in PAPERS if advised and needed else ():
            assert day_words(needed) in written(name)[paper], paper
    events = Calendar.from_ical(reporter(DECIDER, WORKED[name], TODAY, full=False)("ics")).walk("VEVENT")
    shown = {(str(e["summary"]), e["dtstart"].dt, e["dtend"].dt - timedelta(1)) for e in events}
    assert shown == expected
    says = {flat(str(e["description"])) for e in events}
    for asked in plan["requests"]:
        assert not asked["needed_by"] or flat(asked["sentence"]) in says
