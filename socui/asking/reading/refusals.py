"""Which reports a text refuses: those that words deny, and those that "or" joins to them."""

from __future__ import annotations

import re
from itertools import pairwise

from socui.asking.reading.fold import MENTION
from socui.asking.reading.matcher import Match, Matched, Spans
from socui.asking.reading.pattern import MEANT


def _refuses(text: str, match: Match) -> bool:
    """Return whether words refuse a report and no bracket divides them from it: "(we don't care about the type)"."""
    refusal = text[match.start : match.meant[0]]
    return match.phrase.values[0] == "mention" and refusal.count("(") >= refusal.count(")")


_APART = re.compile(r"[;:()\[\]]| - |\bbut\b")
_DENIAL = re.compile(
    r"\b(?:not?|nor|neither|never|nothing|cannot|instead|rather|place|lieu|than|without|skip|drop)\b|n't\b"
)


def _denied(text: str, match: Match) -> tuple[int, int]:
    """Return where the report stands that is refused: of words that brackets or a dash divide, the part that denies."""
    start, end = match.meant
    if MEANT in match.groups:
        return start, end
    for apart in (*_APART.finditer(text, start, end), None):
        last = apart.start() if apart else end
        if MENTION in text[start:last] and _DENIAL.search(text, start, last):
            return start, last
        start = apart.end() if apart else end
    return match.meant


_TAIL = r"(?: (?:type \w{1,3}|reports?|answers?|certificates?|certification|letters?|attestations?)){0,3}"
_DETERMINERS = r"(?: ?(?:an?|the|your|any|another|of|even))*? ?"
_OR = re.compile(rf"{_TAIL}(?:,?[ /]?(?:or|nor) ?| ?[+&] ?){_DETERMINERS}")
_COMMA = re.compile(rf"{_TAIL}, ?{_DETERMINERS}")
_AND = re.compile(rf"{_TAIL},? and ")
_OR_TYPE_1 = re.compile(rf"{_TAIL},?[ /]?(?:or|nor) ?{_DETERMINERS}type[^\w\n]{{0,2}}(?:1|i|one)\b")


def refused_places(matched: Matched) -> Spans:
    """Return where refused reports stand, with those that "or" joins to one: "a SOC 3, a questionnaire or a Type 1"."""
    refusals = [_denied(matched.masked, m) for m in matched.telling("refused") if _refuses(matched.masked, m)]
    if not refusals:
        return Spans(())
    spans, names, text = Spans(refusals), matched.names, matched.masked
    rows: list[list[Match]] = [names[:1]]
    for before, name in pairwise(names):
        if not (_COMMA.fullmatch(text, before.end, name.start) or _OR.fullmatch(text, before.end, name.start)):
            rows.append([])
        rows[-1].append(name)
    for row in rows:
        if any(spans.overlap(name.start, name.end) for name in row) and (len(row) == 1 or _joined(text, row)):
            refusals += [(name.start, name.end) for name in row]
    refusals += [m.span() for m in (_OR_TYPE_1.match(text, end) for _, end in refusals) if m]
    return Spans(refusals)


def _joined(text: str, row: list[Match]) -> bool:
    """Return whether the last of a row of reports is joined by "or", or another thing is joined to it."""
    end = row[-1].end
    return any((_OR.fullmatch(text, row[-2].end, row[-1].start), _OR_TYPE_1.match(text, end), _AND.match(text, end)))
