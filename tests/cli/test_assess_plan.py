"""assess with a plan for each row: sentence, Types, dates, who asked; workbooks; no formula of anybody's."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from datetime import date
from pathlib import Path

import forked
import openpyxl
import pytest
from base import DECIDER

from socui.cli.assess_plan import FULL, Planner
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile

TODAY = date(2026, 11, 24)
PLANNER = Planner(DECIDER, TODAY)
PAYROLL = {
    "role": "provide",
    "customer_types": "organizations",
    "delivery_model": "saas",
    "financial_activities": "payroll",
    "financial_link": "posts",
    "audited_clients": "many",
    "client_check": "approves",
    "controls_age": "over_12m",
    "more_requests": "no",
}
ASKED = {
    "from": "Merchant Inc.",
    "reader": "user_auditor",
    "asks": ["soc1"],
    "type": "type2",
    "subject": "amounts",
    "force": "contract",
    "fiscal_year_end": "2026-12-31",
    "needed_by": "2027-04-30",
}
ACTING = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "=1+1")


def socui(*args: str, folder: Path, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    return forked.socui("assess", *args, "--today", "2026-11-24", typed=typed, folder=folder)


def test_a_row_with_a_request_gets_the_plan() -> None:
    made = PLANNER.assess(PAYROLL, {"requests": [ASKED], "organization": "Acme"})
    assert (made.outcome.headline, made.certainty_soc1, made.type_soc1, made.type_soc2) == ("soc1", "Yes", "type2", "")
    assert made.asked_by == ("Merchant Inc.",) and made.late == () and made.clarify == ""
    assert "SOC 1: yes" in made.sentence
    late = PLANNER.assess({**PAYROLL, "controls_age": "not_in_place"}, {"requests": [ASKED]})
    assert late.late == ("Merchant Inc.",)
    assert late.report_by and made.report_by and late.report_by > made.report_by


def test_it_says_what_the_plan_and_the_advice_say() -> None:
    profile = Profile(answers={q: ((a,) if DECIDER.knowledge.questions[q].several else a) for q, a in PAYROLL.items()})
    made = PLANNER.assess(PAYROLL, {})
    plan, advice = plan_for(DECIDER, profile, TODAY), DECIDER.advise(profile, TODAY)
    firsts = [f for r in ("soc1", "soc2") if advice.advised(r) and (f := plan.first(r))]
    assert made.sentence == advice.sentence
    assert made.report_by == max(f.in_hand.typical for f in firsts)


def test_a_type_is_left_out_where_the_report_is_not_advised() -> None:
    made = PLANNER.assess({"role": "obtain"}, {})
    assert (made.outcome.headline, made.type_soc1, made.type_soc2, made.report_by) == ("neither", "", "", None)


def test_what_rests_on_presumptions_is_marked() -> None:
    made = PLANNER.assess({"role": "provide", "delivery_model": "saas", "entrusted": "business_confidential"}, {})
    assert made.outcome.headline == "open" and made.certainty_soc2 == "Probably"
    assert made.assumed and all(key.split(".")[0] in DECIDER.knowledge.questions for key in made.assumed)


@pytest.mark.parametrize(
    "records",
    [{"requests": "x"}, {"requests": [1]}, {"evidence": []}, {"country": 3}, {"reports_held": {"a": 1}}],
)
def test_records_of_no_form_are_a_problem_of_the_row(records: dict[str, object]) -> None:
    assert PLANNER.assess(PAYROLL, records).outcome.problem


def test_a_day_in_a_cell_answers_by_when() -> None:
    soon = PLANNER.assess({**PAYROLL, "needed_by": "2026-12-31", "asked_by_finance": "soc1"}, {})
    assert not soon.outcome.problem and soon.late


def table() -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["name", "organization", "remark", *PAYROLL], restval="")
    writer.writeheader()
    for number, text in enumerate(ACTING):
        writer.writerow({"name": f"n{number}", "organization": text, "remark": text, **PAYROLL})
    writer.writerow({"name": "bad", "role": "sell"})
    return out.getvalue()


def test_csv_to_csv_json_lines_and_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(table(), newline="")
    done = socui("in.csv", folder=tmp_path)
    assert done.returncode == 1 and b"bad" not in done.stderr and b"in.csv:8: role" in done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert list(rows[0])[-len(FULL) :] == list(FULL)
    assert rows[0]["type_soc1"] == "type2" and date.fromisoformat(rows[0]["report_by"])
    for row in rows:
        assert not any(cell[:1] in "=+-@\t\r" for cell in row.values() if cell), row
    assert {rows[-1][c] for c in FULL[:-1]} == {""} and rows[-1]["problem"]
    for suffix in ("jsonl", "xlsx"):
        made = socui("in.csv", "-o", f"out.{suffix}", folder=tmp_path)
        assert made.returncode == 1 and made.stdout == b"" and f"out.{suffix}".encode() in made.stderr
        again = socui("in.csv", "-o", f"out.{suffix}", folder=tmp_path)
        assert again.returncode == 1 and b"--replace" in again.stderr
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [x["name"] for x in lines] == [r["name"] for r in rows]
    assert lines[0]["remark"] == ACTING[0] and lines[0]["report_by"] == rows[0]["report_by"]
    assert lines[-1]["headline"] is None
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    cells = [list(row) for row in sheet.iter_rows()]
    assert all(c.data_type == "s" for row in cells for c in row if c.value is not None), "a formula has the type f"
    assert [row[2].value for row in cells[1:7]] == list(ACTING)
    assert [c.value for c in cells[0]][-len(FULL) :] == list(FULL)


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", *PAYROLL, "needed_by", None])
    sheet.append(["Acme", *PAYROLL.values(), date(2027, 4, 30), None])
    sheet.append([None])
    sheet.append([7.0, *PAYROLL.values()])
    book.save(tmp_path / "in.xlsx")
    done = socui("in.xlsx", folder=tmp_path)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert done.returncode == 0, done.stderr
    assert [(r["name"], r["needed_by"], r["soc1"]) for r in rows] == [
        ("Acme", "2027-04-30", "expected"),
        ("7", "", "expected"),
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook", b"<xml>"])
def test_what_is_no_workbook_is_said_in_a_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.xlsx").write_bytes(content)
    done = socui("in.xlsx", folder=tmp_path)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and b"Traceback" not in done.stderr


def test_json_lines_carry_requests(tmp_path: Path) -> None:
    row = {"name": "A", **PAYROLL, "requests": [ASKED], "evidence": {"since": "2026-01-01"}}
    done = socui("-", folder=tmp_path, typed=json.dumps(row).encode())
    made = json.loads(done.stdout)
    assert done.returncode == 0 and made["requests"] == [ASKED] and made["asked_by"] == ["Merchant Inc."]
    assert made["headline"] == "soc1" and "1 Jan" not in made["sentence"]
    refused = socui("-", "-o", "x.csv", folder=tmp_path, typed=json.dumps(row).encode())
    assert refused.returncode == 2 and not (tmp_path / "x.csv").exists()
    assert socui("-", "-o", "x.pdf", folder=tmp_path, typed=b"{}").returncode == 2
