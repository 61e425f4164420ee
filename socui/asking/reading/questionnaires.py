"""Questionnaires that are asked for beside reports: in another item of the list, or joined to one in its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence

from socui.asking.reading.matcher import Match, Matched

BESIDE = ("questionnaire",)
"""Phrases of names that stand in many a text that asks for something else: they count only in a line that asks, and where
a report is asked for beside them."""
_WITH = re.compile(r"\b(?:and|with|plus|also|along|alongside|including)\b|[,+&]")
_DENIES = re.compile(r"\b(?:not?|never|nothing|nor|neither|cannot|only|without)\b|n't\b")


def beside_reports(
    matched: Matched,
    starts: Sequence[int],
    leads: Mapping[int, int],
    asked: Sequence[Match],
    settled: Collection[Match],
) -> list[Match]:
    """Return the questionnaires that are asked for because reports are: in another item of their list or row of their
    table, or joined to one in its line, as in "together with the completed questionnaire". `leads`: by line that is an
    item the line that leads its list in; `settled`: names of which it is known already."""
    if not asked:
        return []
    lines_of = [(bisect_right(starts, name.start) - 1, name.end) for name in asked]
    lists = {leads[line] for line, _ in lines_of if line in leads}
    ends = dict(reversed(lines_of))
    more: list[Match] = []
    for name in matched.names:
        if name.phrase.id not in BESIDE or name in asked or name in settled:
            continue
        line = bisect_right(starts, name.start) - 1
        joined = line in ends and ends[line] <= name.start and _WITH.search(matched.masked, ends[line], name.start)
        if (leads.get(line) in lists or joined) and not denies(matched.masked, starts, line):
            more.append(name)
    return more


def denies(text: str, starts: Sequence[int], number: int) -> bool:
    """Return whether a line denies something: what it names beside a request for another report is hardly asked for."""
    return bool(_DENIES.search(text, starts[number], starts[number + 1] if number + 1 < len(starts) else len(text)))
