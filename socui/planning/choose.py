"""Chooses the periods. ORDER is the one written order of preference: an earlier entry decides before a later one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from socui.planning.calendar import day_after, plus
from socui.planning.candidates import Course, level_of
from socui.planning.inputs import BINDING, DatedRequest, Inputs
from socui.planning.judge import Reader, safe_first
from socui.planning.suits import Suits, quarter_end
from socui.planning.year_ends import LATEST_USE, USUAL_USE, next_year_end

ORDER = (
    "requests by law that no typical report serves in time",
    "requests by contract that none serves",
    "deals that none serves",
    "other requests that none serves",
    "requests that come too late even if all goes fast",
    "days by which typical reports are late",
    "months of their years that no letter reaches",
    "requests served only if nothing takes longer than typical",
    "reports that come after the day until which such an auditor can usually use them",
    "months tested that a year lacks to nine",
    "requests that only the report held serves, qualified or sent before it is out of date",
    "examinations",
    "ends that do not suit clients' year ends from then on, and periods of no year after a report held",
    "periods of the two reports that end on different days",
    "months of the years to be covered that nobody tests",
    "the same for wishes, which move nothing before",
    "months of clients' next year that nobody tests, to nine",
    "ends of SOC 2 periods that are no quarter's end, where nobody set a date",
    "first periods that do not end with a month or a year to be covered",
    "first periods shorter than by custom",
    "periods that ended before today",
    "days until the first report is in hand",
)
"""What a plan is chosen by, in this order."""

_DEPTH = 3
"""Periods in a row that are placed by requests; after them twelve months are the rule."""
_NO_WISH, _NO_SOFT = (0,) * 7, (0,) * 9
_SOFT = "soft"
"""The force of a request that nobody made: clients' next year."""

Vector = tuple[int, ...]


class Chain(Struct, frozen=True):
    """Periods in a row: the first day, and the days at which each ends. `head` and `tail` are its place in ORDER before and
    after the comparison of the two reports."""

    begin: date
    ends: tuple[date, ...]
    head: Vector = ()
    tail: Vector = ()

    def periods(self) -> Iterator[tuple[date, date]]:
        """First and last day of each period."""
        begin = self.begin
        for end in self.ends:
            yield begin, end
            begin = day_after(end)


class ReportChoice:
    """The chains of one report's periods, and the best of them."""

    def __init__(self, inputs: Inputs, report: str) -> None:
        self.inputs, self.report = inputs, report
        self.course = Course(inputs, report)
        asks = inputs.asks_for(report)
        self.readers = [Reader(a, self.course) for a in asks]
        self.binding = [r for r in self.readers if r.sets_dates]
        stepped = [r for r in self.binding if self._by_type1_alone(r)]
        self.placing = [r for r in self.binding if r not in stepped] or self.binding
        self.ranks = [BINDING.index(r.ask.force) for r in self.placing]
        self.wishes = [r for r in self.readers if not r.sets_dates]
        self.soft = self._clients_year()
        self._dated = any(r.ask.due for r in self.placing)
        self.suits = Suits(self.course, [r.ask for r in self.binding], self.kind)

    def _by_type1_alone(self, reader: Reader) -> bool:
        """Return whether a Type 1 report typically serves a reader that takes one in time, and no Type 2 report does so as
        safely: as a first step that a contract names before a Type 2 report, it places no period where others do."""
        if reader.ask.type != "type1_ok" or reader.months or reader.served_already:
            return False
        if self.report in self.inputs.held and self.course.current:
            return False
        _, hand = self.course.type1()
        level = level_of(hand, reader.ask.due)
        if level > 1:
            return False
        return all(reader.fare(self.course.begin(end), (end,)).level > level for end in self.course.ends)

    def _clients_year(self) -> Reader | None:
        """Clients' year that is to be covered next, where they close on one day and half of it can be tested."""
        end = self.inputs.year_end
        if self.report != "soc1" or end is None:
            return None
        year = next_year_end(end, plus(self.inputs.today, -2))
        for _ in range(2):
            use = LATEST_USE.get(self.kind, USUAL_USE)
            reader = Reader(DatedRequest(force=_SOFT, reports=("soc1",), year=year, due=plus(year, use)), self.course)
            if reader.tested(self.course.begin(year), year) >= 6 and plus(year, use) > self.inputs.today:
                return reader
            year = next_year_end(end, day_after(year))
        return None

    @cached_property
    def kind(self) -> str:
        """The kind of audit of those who ask, binding requests first."""
        asks = sorted(self.inputs.asks_for(self.report), key=lambda a: BINDING.index(a.force) if a.binding else 9)
        if any(a.reader == "service_auditor" for a in asks):
            return "service"
        return next((a.audited_as for a in asks if a.audited_as), "")

    @cached_property
    def chains(self) -> list[Chain]:
        """Every chain that is worth a look, best first. Longer ones only where some request could fare better than with the best
        single period."""
        chains = [self.judged(begin, (end,)) for begin, end in self.course.firsts()]
        for depth in range(2, _DEPTH + 1):
            if not chains or self._content(min(chains, key=order)):
                break
            longer = [
                self.judged(c.begin, (*c.ends, end))
                for c in chains
                if len(c.ends) == depth - 1
                for end in self._next_ends(c)
            ]
            if not longer:
                break
            chains += longer
        return sorted(chains, key=order)

    def _next_ends(self, chain: Chain) -> Iterable[date]:
        """Return the ends of a period after those of a chain; only one of a chain is longer than a year, to move the end."""
        lasts, last = self.course.lasts, chain.ends[-1]
        long = any(end >= plus(begin, lasts.longest) for begin, end in chain.periods())
        most = lasts.longest if long else lasts.moved
        return [e for e in self.course.ends if plus(last, self.course.follows) <= e <= plus(last, most)]

    def _content(self, chain: Chain) -> bool:
        """Return whether nobody can fare better with any period, whatever the others need; by what decides before
        examinations."""
        for reader in self.placing:
            score = reader.fare(chain.begin, chain.ends).score[:-1]
            if any(reader.fare(self.course.begin(end), (end,)).score[:-1] < score for end in self.course.ends):
                return False
        return True

    def judged(self, begin: date, ends: tuple[date, ...]) -> Chain:
        """Return the chain with its place in ORDER."""
        unserved = [0] * len(BINDING)
        late = days = beyond = tight = past = short = sent = tested = 0
        for reader, rank in zip(self.placing, self.ranks, strict=True):
            score = reader.fare(begin, ends).score
            unserved[rank] += score[0]
            late += score[1]
            days += score[2]
            beyond += score[3]
            tight += score[4]
            past += score[5]
            short += score[6]
            sent += score[7]
            tested += score[8]
        wished: Vector = _NO_WISH
        if self.wishes:
            wishes = [safe_first(r.fare(begin, ends).score) for r in self.wishes]
            wished = tuple([sum([s[n] for s in wishes]) for n in (0, 3, 4, 5, 6, 7, 8)])
        soft = self.soft.fare(begin, ends[:1]).score if self.soft else _NO_SOFT
        first = ends[0]
        unsuited = sum([self.suits.unsuited(b, e) for b, e in Chain(begin, ends).periods()])
        odd = self.report == "soc2" and not self.course.fixed and not self._dated and not quarter_end(first)
        return Chain(
            begin,
            ends,
            (*unserved, late, days, beyond, tight, past, short, sent, len(ends), unsuited),
            (
                tested,
                *wished,
                soft[0],
                soft[3],
                soft[6],
                odd,
                first != self.course.whole(first),
                not self.course.length_ok(begin, first, self._custom),
                first < self.inputs.today,
                self.course.in_hand(first).typical.toordinal(),
                -first.toordinal(),
            ),
        )

    @cached_property
    def _custom(self) -> int:
        agreed = [r.least for r in self.placing if not r.months]
        return min(agreed, default=self.course.custom())


def order(chain: Chain) -> tuple[Vector, Vector]:
    """Return the place of one report's chain."""
    return chain.head, chain.tail


class ChainPair(Struct, frozen=True):
    """The chosen chain of each report, and whether the first periods end on one day."""

    chains: tuple[Chain, ...]
    matched: bool = False
    vector: Vector = ()


def joint_vector(chains: Sequence[Chain], apart: bool) -> Vector:
    """Return the place of chains of both reports together."""
    head = [sum(n) for n in zip(*(c.head for c in chains), strict=True)]
    return (*head, apart, *(sum(n) for n in zip(*(c.tail for c in chains), strict=True)))


def pairs(choices: Sequence[ReportChoice]) -> list[ChainPair]:
    """Return the best plans for the reports together, best first: apart, and for each common end of the first periods."""
    if not choices or any(not c.chains for c in choices):
        return []
    if len(choices) == 1:
        return [ChainPair((c,), False, joint_vector((c,), False)) for c in choices[0].chains]
    one, two = choices
    free = (one.chains[0], two.chains[0])
    ranked = [ChainPair(free, free[0].ends[0] == free[1].ends[0], _place(choices, free))]
    best: dict[date, Chain] = {}
    for chain in two.chains:
        best.setdefault(chain.ends[0], chain)
    seen: set[date] = set()
    for chain in one.chains:
        end = chain.ends[0]
        if end in best and end not in seen:
            seen.add(end)
            both = (chain, best[end])
            ranked.append(ChainPair(both, True, _place(choices, both)))
    return sorted(ranked, key=lambda p: p.vector)


def _place(choices: Sequence[ReportChoice], chains: Sequence[Chain]) -> Vector:
    """Return the place of the chains of both reports: the report that nobody asks for follows the one that somebody
    needs."""
    apart = len({c.ends[0] for c in chains}) > 1
    needed = [bool(c.binding) for c in choices]
    if needed[0] == needed[1]:
        return joint_vector(chains, apart)
    leads, follows = chains if needed[0] else chains[::-1]
    return (*leads.head, *leads.tail, apart, *follows.head, *follows.tail)
