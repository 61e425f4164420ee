"""Where a text says that answers to a questionnaire are enough, and that no report is needed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from socui.asking.reading.matcher import Match, Matched, Spans

QUESTIONNAIRE = "questionnaire"
"""The report by name that is a questionnaire."""


def answers_enough(
    matched: Matched, starts: list[int], refused: Spans, asks_back: Callable[[int], bool]
) -> tuple[list[Match], list[Match]]:
    """Return what says so of a questionnaire (not of another report, of one that is refused, or in a line that only asks
    whether it is so), and the reports that it names: those are neither asked for nor refused."""
    surveys = {name.start for name in matched.names if name.phrase.values == (QUESTIONNAIRE,)}
    enough = [
        match
        for match in matched.telling("enough")
        if match.meant[0] in surveys
        and not refused.overlap(*match.meant)
        and not asks_back(bisect_right(starts, match.start) - 1)
    ]
    spans = Spans((match.start, match.end) for match in enough)
    return enough, [name for name in matched.names if spans.overlap(name.start, name.end)]
