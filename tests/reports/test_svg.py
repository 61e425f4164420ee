"""The drawing of a plan: days in words, and no label over another."""

from __future__ import annotations

import re
from datetime import date

import pytest
from test_report import DECIDER
from worked import AUDIT, PAYROLL, WORKED, profile

from socui.planning.plan_for import plan_for
from socui.reports.blocks import Chart
from socui.reports.svg import drawing

LABEL = re.compile(r'<text class="tick" x="([\d.]+)" y="([\d.]+)"( text-anchor="end")?>([^<]*)</text>')
WIDE = 5.4
"""About how many units a character of a small label takes."""


def labels(drawn: str) -> list[tuple[float, float, float, str]]:
    """Where each small label begins and ends, its line, and its words; the legend aside."""
    placed = []
    for x, y, end, words in LABEL.findall(drawn):
        left = float(x) - WIDE * len(words) if end else float(x)
        placed.append((left, left + WIDE * len(words), float(y), words))
    return [label for label in placed if label[2] < 40]


@pytest.mark.parametrize(
    "today", [date(2026, 11, 24), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1), date(2026, 6, 30)]
)
def test_today_and_year_ends_stand_apart_in_words(today: date) -> None:
    near = profile("Bureau", "Quick Pay", "Payroll", PAYROLL, AUDIT, dates={"year_end": date(2026, 12, 31)})
    for each in (near, *WORKED.values()):
        drawn = drawing(Chart(plan_for(DECIDER, each, today), "Plan"))
        assert not re.search(r"\d{4}-\d\d-\d\d", drawn)
        placed = labels(drawn)
        for n, one in enumerate(placed):
            assert one[0] >= -1 and one[1] <= 765, one
            for other in placed[n + 1 :]:
                assert one[2] != other[2] or one[1] <= other[0] or other[1] <= one[0], (one, other)
