"""A day is typed in the forms that people write, and refused where it may be another one."""

from __future__ import annotations

from datetime import date

import pytest

from socui.asking.typed_day import day_at, typed_day
from socui.errors import Usage

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        (" 31 Mar 2027 ", date(2027, 3, 31)),
        ("March 31, 2027", date(2027, 3, 31)),
        ("3/31/2027", date(2027, 3, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 29)),
    ],
)
def test_it_is_read(text: str, day: date) -> None:
    assert typed_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "3/4/2027", "31 June 2027", "2027", "1 January", "soon", "1 May 2027 or 2 May 2027"]
)
def test_what_names_no_one_day_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(Usage, match=r"here: .* is not a day: write a day, such as 2027-03-31 or 31 March 2027"):
        day_at(text, "here")
