"""Every format of one memo says the same: each line of the card in words, each date of the plan, each request."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from html import unescape
from typing import Any

import docx
import pytest
from icalendar import Calendar
from test_report import DECIDER, KNOWLEDGE
from worked import TODAY, WORKED

from socui.knowledge.local_words import local_name
from socui.reports.advice_document import document
from socui.reports.card_lines import card_rows
from socui.reports.findings import findings
from socui.reports.letter_writer import letter
from socui.reports.letters import letter_document
from socui.reports.memo import memo
from socui.reports.quote_document import request_document
from socui.reports.quote_request import sheet
from socui.reports.render import as_file, quote_writer, reporter
from socui.reports.words import day_words

PAPERS = ("text", "md", "html", "docx")
FULL = ("UK", "partner bank", "contradicting")
"""Of these the full report is compared as well."""


@cache
def written(name: str) -> Mapping[str, str]:
    """The papers on a profile, each as its words in one line."""
    return in_words(reporter(DECIDER, WORKED[name], TODAY, full=False))


def in_words(write: Callable[[str], bytes]) -> Mapping[str, str]:
    """The four formats for people of one paper, each as its words in one line."""
    word = docx.Document(io.BytesIO(write("docx")))
    cells = [p.text for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return {
        "text": flat(write("text").decode()),
        "md": flat(re.sub(r"\\(?=[^\w\s]|_)", "", write("md").decode().replace("**", ""))),
        "html": flat(unescape(re.sub(r"<[^>]*>", " ", write("html").decode()))),
        "docx": flat(" ".join([*(p.text for p in word.paragraphs), *cells])),
    }


def tight(text: str) -> str:
    """A text without its spaces, which formats set in their own way."""
    return "".join(text.split())


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
    asks = {r.id: r.asks for r in WORKED[name].requests}
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
            names = sorted(filter(None, (asked["report"], *(other["report"] for other in asked["beside"]))))
            named = names if all(report in asks[asked["id"]] for report in names) else []
            report = " and ".join(f"{local_name(report)} report" for report in named) or "report"
            expected.add((f"Needed: {report} for {asked['from']}", needed, needed))
        for paper in PAPERS if advised and needed else ():
            assert day_words(needed) in written(name)[paper], paper
    events = Calendar.from_ical(reporter(DECIDER, WORKED[name], TODAY, full=False)("ics")).walk("VEVENT")
    shown = {(str(e["summary"]), e["dtstart"].dt, e["dtend"].dt - timedelta(1)) for e in events}
    assert shown == expected
    says = {flat(str(e["description"])) for e in events}
    for asked in plan["requests"]:
        assert not asked["needed_by"] or flat(asked["sentence"]) in says


@pytest.mark.parametrize("name", WORKED)
def test_every_line_of_memo_letters_and_request_for_quotes_stands_in_every_format(name: str) -> None:
    profile = WORKED[name]
    made = findings(DECIDER, profile, TODAY, full=False)
    papers = [(memo(made), written(name))]
    for asked in profile.requests:
        one = letter(made, asked)
        shown = in_words(lambda format, one=one: as_file(one, KNOWLEDGE.texts, format))  # type: ignore[misc]
        papers.append((letter_document(one, KNOWLEDGE.texts), shown))
    if made.card.reports:
        quoted = request_document(sheet(DECIDER, profile, TODAY))
        papers.append((quoted, in_words(quote_writer(DECIDER, profile, TODAY))))
    if name in FULL:
        papers.append((document(findings(DECIDER, profile, TODAY)), in_words(reporter(DECIDER, profile, TODAY))))
    for paper_, shown in papers:
        lines = [text for line in paper_.lines() for text in line.text.split("\n")]
        for paper in PAPERS:
            words = tight(shown[paper])
            assert [line for line in lines if tight(line) not in words] == [], (paper_.title, paper)


@pytest.mark.parametrize("name", WORKED)
def test_the_json_of_the_request_for_quotes_has_its_reports_readers_and_days(name: str) -> None:
    made = findings(DECIDER, WORKED[name], TODAY, full=False)
    if not made.card.reports:
        return
    write = quote_writer(DECIDER, WORKED[name], TODAY)
    text, data = flat(write("text").decode()), json.loads(write("json"))
    whom = {reader["request"]: reader["whom"] for reader in data["readers"]}
    assert all(one["name"] in text for one in data["reports"])
    for one in data["wanted"]:
        days = [one[key] for key in ("ends", "as_of", "needed_by") if one[key]]
        assert all(day_words(date.fromisoformat(day)) in text for day in days)
        assert all(whom[id] in text for id in one["requests"])
