"""What each sentence does with the reports that it names: asks for them, refuses them, or only speaks of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from socui.asking.reading.aside import lines_of_notices
from socui.asking.reading.combined import asked_for
from socui.asking.reading.either import eithers
from socui.asking.reading.enough import answers_enough
from socui.asking.reading.fold import MENTION
from socui.asking.reading.matcher import Match, Matched, Spans
from socui.asking.reading.questionnaires import BESIDE, beside_reports, denies
from socui.asking.reading.refusals import refused_places
from socui.asking.reading.weights import Weighed

_SOC = ("soc1", "soc2", "soc3")
WANTED = ("force", "needed_by", "max_age_months")
"""What only somebody says of a report who asks for it."""
REACH = 3
_SHORT = 200
"""In a text of fewer letters a Type or a bridge letter says that a report is asked for: nobody writes less of his own."""
_NEAR = range(-REACH, REACH + 1)
SOC_OPEN = ("soc_unnamed", "assurance_unnamed")


@dataclass(frozen=True, slots=True)
class Statements:
    """The reports that a text asks for, those it refuses, and the lines that belong to the request."""

    asked: list[Match]
    refused: list[Match]
    either: list[Match]
    request_lines: frozenset[int]
    line_starts: list[int]
    doubted: list[Match]
    """The reports that may be asked for, where the words leave doubt."""
    refusals: Spans
    """Where words refuse a report or a Type."""
    notices: frozenset[int]
    """The lines of notices below the request, which tell nothing of it."""

    def line(self, at: int) -> int:
        """Return the number of the line in which a letter stands."""
        return bisect_right(self.line_starts, at) - 1

    def near(self, match: Match, reach: int = 1) -> bool:
        """Return whether a phrase stands in a line of the request, or at most so many lines from one."""
        line = self.line(match.start)
        return any(line + step in self.request_lines for step in range(-reach, reach + 1))


def statements(matched: Matched, weighed: Weighed, asks: float) -> Statements:
    """Sort the names of a text. One that is neither refused nor only spoken of is asked for where a sentence asks that is
    no more than REACH lines away, or where the lead of its list does; `weighed`, all words of the text, may tell
    otherwise. `asks`: how likely the text asks for anything."""
    starts = [0, *(stated.end() for stated in re.finditer("\n", matched.masked))]
    by_line: dict[int, dict[str, list[Match]]] = defaultdict(lambda: defaultdict(list))
    for match in matched.phrases:
        by_line[bisect_right(starts, match.start) - 1][match.phrase.tells].append(match)
    leads = _leads(matched, starts)
    turned = {n: named["refused"][0].start for n, named in by_line.items() if _turns(named["refused"])}
    answered = {n for n, named in by_line.items() if any(m.phrase.values[0] == "answer" for m in named["refused"])}
    silent = {n for n, named in by_line.items() if any(m.phrase.values[0] == "sentence" for m in named["not_asked"])}
    first: dict[int, int] = {}
    for name in matched.names:
        first.setdefault(bisect_right(starts, name.start) - 1, name.start)
    renewed = {n for n, named in by_line.items() if _renews(named)}
    asking = _asking_lines(matched.masked, starts, by_line, first.keys(), renewed)
    stated = {n for n, named in by_line.items() if _states(named["not_asked"])} - asking
    if len(matched.masked) < _SHORT:
        asking |= {n for n in first if by_line[n]["type"] or by_line[n]["bridge"]} - stated
    asking -= silent
    silent |= {n for n in stated if leads.get(n) not in asking}
    passing = Spans(
        m.meant
        for m in matched.telling("not_asked")
        if m.phrase.values[0] != "statement" and not _awaited(matched.masked, m.start)
    )
    refusals = refused_places(matched)
    enough, needless = answers_enough(matched, starts, refusals, partial(_question, matched.masked, starts))
    asked, refused, lines = list(enough), list[Match](), {bisect_right(starts, name.start) - 1 for name in needless}
    beside: list[Match] = []

    def near(line: int, lead: int) -> bool:
        return any(lead + n in asking or line + n in asking for n in _NEAR)

    for name in (one for one in matched.names if one not in needless):
        line = bisect_right(starts, name.start) - 1
        lead = leads.get(line, line)
        if refusals.overlap(name.start, name.end) or _refused_next(line, turned, first):
            if _of_type_1(matched, name) or (line + 1 in answered and _kept(matched, name)):
                asked.append(name)
                lines |= {line, lead}
            else:
                refused.append(name)
        elif line in silent or passing.overlap(name.start, name.end):
            if line + 1 in asking & renewed and line + 1 not in first:
                asked.append(name)
                lines |= {line, line + 1}
        elif line in asking or lead in asking:
            asked.append(name)
            lines |= {line, lead}
        elif name.phrase.id not in BESIDE and near(line, lead):
            beside.append(name)
    if asked:
        beside = [n for n in beside if not denies(matched.masked, starts, bisect_right(starts, n.start) - 1)]
    asked, beside = (_not_taken_back(matched.masked, names, refused) for names in (asked, beside))
    beside_or_needless = {*BESIDE, *(name.phrase.id for name in needless)}
    asked, doubted = asked_for(matched, [*asked, *beside], refused, beside_or_needless, weighed, asks)
    asked += beside_reports(matched, starts, leads, asked, [*refused, *needless])
    asked.sort(key=lambda name: name.start)
    lines |= _with_leads({bisect_right(starts, name.start) - 1 for name in (*asked, *beside)}, leads)
    lines |= {n for n in asking if any(n + step in lines for step in (-2, -1, 1, 2))}
    return Statements(
        asked,
        refused,
        eithers(matched, asked),
        frozenset(lines),
        starts,
        doubted,
        refusals,
        lines_of_notices(matched, starts),
    )


def _with_leads(lines: set[int], leads: dict[int, int]) -> set[int]:
    return lines | {leads[line] for line in lines & leads.keys()}


def _asking_lines(
    text: str,
    starts: list[int],
    by_line: dict[int, dict[str, list[Match]]],
    naming: Collection[int],
    renewed: Collection[int],
) -> set[int]:
    """Return the lines that ask: by a phrase, by a day on which an answer is due, or by a question. `naming`: those that name
    a report; `renewed`: those that speak of a newer one."""
    asking = {n for n, named in by_line.items() if any(m.phrase.values[0] == "here" for m in named["asking"])}
    asking |= {n for n in naming if _wanted(by_line[n]) or _question(text, starts, n)}
    asking |= {n for n, named in by_line.items() if _due(named)} | _questions_to_you(text, starts)
    return asking | {n for n in renewed if _question(text, starts, n)}


_AWAITED = re.compile(r"\b(?:until|till|unless|before|once)(?:[^\w\n,;:]+\w+){0,3}[^\w\n,;:]*$")


def _awaited(text: str, at: int) -> bool:
    """Return whether a clause waits for what is said there: "until we have received the report"."""
    return bool(_AWAITED.search(text, max(0, at - 60), at))


_HEAD = re.compile(
    r"(?m)^(?:from|von|de|van|da): |^-{2,40} ?(?:original|forwarded|urspr|weiter)|^(?:on|am|le) [^\n]{4,120} (?:wrote|schrieb|a écrit)"
)
"""The beginning of an older message, below the one that answers it."""


def _not_taken_back(text: str, asked: list[Match], refused: list[Match]) -> list[Match]:
    """Return what is asked for, without what a newer message refuses and only an older one asks for."""
    if not asked or not refused:
        return asked
    heads = [head.start() for head in _HEAD.finditer(text)]
    newest: dict[str, int] = {}
    for name in reversed(refused):
        newest.update(dict.fromkeys(name.phrase.values, bisect_right(heads, name.start)))
    first: dict[str, int] = {}
    for name in reversed(asked):
        first.update(dict.fromkeys(name.phrase.values, bisect_right(heads, name.start)))
    back = {value for value, message in newest.items() if message < first.get(value, 0)}
    return [name for name in asked if not back.issuperset(name.phrase.values)]


_TYPE_1 = re.compile(
    rf"{MENTION}+[^\w\n]{{1,4}}(?:report[^\w\n]{{1,4}})?(?:of )?(?:type[^\w\n]{{0,2}}(?:1|i|one)|t1)\b"
)


def _of_type_1(matched: Matched, name: Match) -> bool:
    """Return whether it is the Type 1 of a report that is refused: then its Type 2 is asked for."""
    return bool(_TYPE_1.match(matched.masked, name.start))


def _renews(named: dict[str, list[Match]]) -> bool:
    """Return whether a line asks for a newer report, or one of a Type, of the kind that the line before speaks of."""
    return bool(named["type"]) or any(m.phrase.values[0] == "renewed" for m in named["asking"])


def _due(named: dict[str, list[Match]]) -> bool:
    """Return whether a line says by when an answer is due."""
    return any(m.phrase.values[0].startswith("firm") for m in named["needed_by"])


def _wanted(named: dict[str, list[Match]]) -> bool:
    """Return whether a line says what only somebody says who asks."""
    return any(not m.phrase.weak for field in WANTED for m in named[field])


def _turns(refusals: list[Match]) -> bool:
    return any(m.phrase.values[0] in ("before", "answer") for m in refusals)


def _states(passing: list[Match]) -> bool:
    return any(m.phrase.values[0] == "statement" for m in passing)


_REPLACED = re.compile(r"\b(?:instead of|in place of|in lieu of|rather than)[^\w\n](?:(?:an?|the|your|our)[^\w\n])?$")


def _kept(matched: Matched, name: Match) -> bool:
    """Return whether a report stands behind "in place of": where the question is answered No, that one is still
    asked for."""
    return bool(_REPLACED.search(matched.masked, max(0, name.start - 24), name.start))


def _refused_next(line: int, turned: dict[int, int], first: dict[int, int]) -> bool:
    """Return whether the next line refuses what this one names, before it names anything itself."""
    return line + 1 in turned and turned[line + 1] < first.get(line + 1, turned[line + 1] + 1)


def _leads(matched: Matched, starts: list[int]) -> dict[int, int]:
    """By line that is an item of a list: the line that leads the list in."""
    leads: dict[int, int] = {}
    lead = -1
    for number, start in enumerate(starts):
        if start in matched.folded.items:
            if lead >= 0:
                leads[number] = lead
        elif (
            number - 1 in leads and start not in matched.folded.breaks and not _leads_in(matched.masked, starts, number)
        ):
            leads[number] = leads[number - 1]  # a second sentence of the item
        else:
            lead = number
    return leads


_YOU = re.compile(r"\b(?:you|your|yours|yourselves|u|ur)\b")


def _questions_to_you(text: str, starts: list[int]) -> set[int]:
    """Return the lines that put a question to the one who reads."""
    lines = {bisect_right(starts, mark.start()) - 1: mark.start() for mark in re.finditer(r"\?", text)}
    return {line for line, end in lines.items() if _YOU.search(text, starts[line], end)}


def _question(text: str, starts: list[int], number: int) -> bool:
    end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
    return text[max(0, end - 2) : end].rstrip("\"')").endswith("?")


def _leads_in(text: str, starts: list[int], number: int) -> bool:
    end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
    return text[end - 1 : end] == ":"


def first_named(names: list[Match]) -> dict[str, Match]:
    """By report its first name in the text."""
    first: dict[str, Match] = {}
    for name in names:
        for value in name.phrase.values:
            first.setdefault(value, name)
    return first


def without_unnamed(asked: dict[str, Match]) -> dict[str, Match]:
    """Return what is asked for, without "your SOC report" where a SOC report is named by its number, and without "an
    independent report" where any report is named."""
    if any(value in asked for value in _SOC):
        return {value: name for value, name in asked.items() if value not in SOC_OPEN}
    if len(asked) > 1:
        return {value: name for value, name in asked.items() if value != "assurance_unnamed"}
    return asked
