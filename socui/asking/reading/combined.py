"""Holds what phrases say against what all words of a text say (the weights): together they suggest, apart they ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from socui.asking.reading.matcher import Match, Matched
from socui.asking.reading.weights import SILENT, Weighed

WEIGHTS = "weights"
"""Stands for a phrase where no phrase says it but all words together do."""
WEIGHED_FIELDS = ("side", "reader", "subject", "type", "force")
"""The fields that are weighed."""

DOUBTED_BELOW = 0.1
"""Where the words make it less likely, what a phrase says is doubted. This bound and those below were chosen on labelled
texts that the weights were not learned from: of what phrases say there, three in four were right below it, ninety-eight
in a hundred above."""
DOUBTED_PROVIDE = 0.5
"""The same for a report that is to be provided: nearly every text says so somewhere, and where it is less likely than not
more than half were wrong."""
TOLD_FROM = 0.9
"""Where no phrase says anything, the words do from here on: below, they were right hardly more than every second time."""
PERHAPS = 0.5
"""From here on they are reason to ask."""
DOUBTED_ASKED, PERHAPS_ASKED, SURELY_ASKED = 0.2, 0.6, 0.75
"""The same for a report: less, and it is doubted that it is asked for; more, and it may be, or is, though no phrase asks."""
SURELY_ASKS = 0.85
"""How likely a text has to ask for anything at all, for that."""
HARDLY_ASKS, HARDLY_ASKED = 0.35, 0.5
"""Where the words make it less likely that a text asks at all, and that any report in it is asked for, nothing is read from
it, whatever a phrase says: of 434 texts that ask, from which the weights were not learned, none stands below both bounds,
and of 83 that do not, 25."""

LAWS = frozenset(("dora",))
"""What is asked for under a law that has the same name: then a law demands it."""

FieldValue = tuple[str, str, int, int, str]


def held_together(
    parts: Iterable[FieldValue], weighed: Weighed, excluded: Collection[str], terse: bool
) -> Iterator[tuple[str, tuple[bool, FieldValue]]]:
    """Yield by field what phrases say of WEIGHED_FIELDS, or what the words say, and whether it is suggested or to be asked. `excluded`: the
    values that words alone do not tell; of a `terse` text they do not suggest any."""
    spoken = {part[0]: part for part in parts}
    for field in WEIGHED_FIELDS:
        likely = weighed.of(field)
        part = spoken.get(field)
        if not likely:
            if part:
                yield field, (True, part)
            continue
        best = max((value for value in likely if value != SILENT), key=likely.__getitem__)
        bound = DOUBTED_PROVIDE if part and part[1] == "provide" else DOUBTED_BELOW
        if (part and likely.get(part[1], 1.0) >= bound) or (part and (part[1] == "both" or part[4] in LAWS)):
            yield field, (True, part)
        elif part:
            yield field, (False, part)
        elif best not in excluded and likely[best] >= PERHAPS:
            span = weighed.span(field, best)
            if span:
                yield field, (likely[best] >= TOLD_FROM and not terse, (field, best, *span, WEIGHTS))


def hardly_asks(weighed: Weighed, asks: float) -> bool:
    """Return whether all words speak against that a text asks for a report. `asks`: how likely it asks for anything."""
    return asks < HARDLY_ASKS and all(likelihood < HARDLY_ASKED for _, likelihood in weighed.asked)


def asked_for(
    matched: Matched, asked: list[Match], refused: list[Match], left: Collection[str], weighed: Weighed, asks: float
) -> tuple[list[Match], list[Match]]:
    """Return the reports that are asked for, by phrases or by all words, and those that may be. `left`: the phrases of names
    that words alone do not ask for; `asks`: how likely the text asks for anything."""
    likely: dict[str, float] = {}
    for name, likelihood in weighed.asked:
        value = name.phrase.values[0]
        likely[value] = max(likelihood, likely.get(value, 0.0))
    certain = [n for n in asked if likely.get(n.phrase.values[0], 1.0) >= DOUBTED_ASKED]
    doubted = [n for n in asked if likely.get(n.phrase.values[0], 1.0) < DOUBTED_ASKED]
    if not certain:  # this is all there is
        certain, doubted = doubted, certain
    settled = {n.phrase.values[0] for n in (*asked, *refused)}
    for name in matched.names if asks >= SURELY_ASKS else ():
        value = name.phrase.values[0]
        if value not in settled and name.phrase.id not in left:
            if likely.get(value, 0.0) >= SURELY_ASKED:
                certain.append(name)
            elif likely.get(value, 0.0) >= PERHAPS_ASKED:
                doubted.append(name)
    return sorted(certain, key=lambda name: name.start), doubted
