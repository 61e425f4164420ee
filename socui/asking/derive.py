"""Turns requests into answers of the questions that rules decide on: who of which kind asked for what, how firmly.

A key that a request leaves out is unknown, so that there may be several ways of reading all requests together: worlds.
What one world leaves open is independent of the rest, so that the worlds together say exactly what is possible. Unless
the list of requests is closed ("nobody else has asked"), every world may hold more requests of any kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from msgspec import Struct

from socui.asking.given import NOTHING, Given, common
from socui.profiles.records import ASKS, BANDS, READERS, REQUESTED_TYPES, SUBJECTS, Request

FINANCE, SECURITY, OTHERS, INVESTORS = (
    "asked_by_finance",
    "asked_by_security",
    "asked_by_others",
    "asked_by_investors",
)
_ASKED = (FINANCE, SECURITY, OTHERS, INVESTORS)
"""The derived questions on who asked, each with the asks as options."""
_BINDING, DETAIL = "binding", "request_detail"
SINGLE_WISH, ANYBODY = "single_wish", "anybody_asked"
DERIVED = (*_ASKED, _BINDING, DETAIL, SINGLE_WISH, ANYBODY)

_KINDS: Mapping[str, str] = {
    "user_auditor": FINANCE,
    "finance": FINANCE,
    "security": SECURITY,
    "prospect": SECURITY,
    "regulator": OTHERS,
    "partner_bank": OTHERS,
    "client": OTHERS,
    "service_auditor": OTHERS,
    "investor": INVESTORS,
}
"""By reader: the derived question that its asks answer. Those of OTHERS read for amounts and for data alike."""

_NAMED: Mapping[str, str] = {"soc1": "soc1", "aaf": "soc1", "soc2": "soc2", "soc3": "soc3"}
"""By ask: the option for a report that is asked for by name. AAF 01/20 is a counterpart of the SOC 1 report."""
_UNNAMED = ("soc_unnamed", "assurance_unnamed")
SURVEYS: Mapping[str, str] = {
    "questionnaire": "questionnaire",
    "questionnaires": "recurring",
    "pentest": "questionnaire",
}
CERTIFICATES = ("iso27001", "hitrust", "c5", "pci", "fedramp", "cmmc")
"""Asks that can stand in for a SOC 2 report where any one will do."""

DEMANDS = ("soc1", "soc2", "soc3", "either", "unnamed", "other")
"""What a request that is a condition can demand."""

FIRM = ("contract", "law", "deal")
MOST_WORLDS = 64
"""How many worlds are told apart; with more, what they have in common is taken."""

Tick = tuple[str, str]
Ticks = frozenset[Tick]
NONE_TICKED: Ticks = frozenset()


class _Reading(Struct, frozen=True):
    """One way to read a request: what it certainly ticks and what it may. `counts` unless an investor asks; `firm` is
    whether it is a condition of something, None where that is not known."""

    ticked: Ticks
    maybe: Ticks
    counts: bool
    firm: bool | None


World = Mapping[str, Given]
"""One way to read all requests and flat answers: what it says of each derived question it says anything of."""


def worlds(requests: tuple[Request, ...], closed: bool, flat: Mapping[str, Given]) -> tuple[World, ...]:
    """Every way to read the requests, the likeliest first. `closed`: nobody else has asked. `flat` are answers given to
    the derived questions themselves, as tables have them; what they say holds beside the requests."""
    merged: dict[tuple[Ticks, Ticks, int, bool | None], None] = {(NONE_TICKED, NONE_TICKED, 0, False): None}
    for request in requests:
        readings = _readings(request)
        merged = {_with(state, reading): None for state, reading in product(merged, readings)}
    readings_found: dict[frozenset[tuple[str, Given]], World] = {}
    for state in merged:
        for more in _unnamed_of_others(flat):
            world = _world(state, more, len(requests), closed, flat)
            readings_found.setdefault(frozenset(world.items()), world)
    told_apart = tuple(readings_found.values())
    return told_apart if len(told_apart) <= MOST_WORLDS else (common(told_apart),)


def _with(state: tuple[Ticks, Ticks, int, bool | None], reading: _Reading) -> tuple[Ticks, Ticks, int, bool | None]:
    ticked, maybe, count, firm = state
    if reading.counts:
        count = min(count + 1, 2)
        firm = True if firm or reading.firm else None if firm is None or reading.firm is None else False
    ticked |= reading.ticked
    return ticked, (maybe | reading.maybe) - ticked, count, firm


def _readings(request: Request) -> tuple[_Reading, ...]:
    """The ways to read one request, the likeliest first."""
    firm = None if request.force not in (*FIRM, "wish") else request.force in FIRM
    kinds = (_KINDS[request.reader],) if request.reader in READERS else (OTHERS, SECURITY, FINANCE, INVESTORS)
    asks = tuple(a for a in dict.fromkeys(request.asks) if a in ASKS and a not in request.refused)
    options: dict[_Reading, None] = {}
    for kind in kinds:
        for ticks, maybe, demanded in _asked(request, kind, asks):
            options[_reading(request, ticks, maybe, demanded, firm)] = None
    return tuple(options)


def _reading(request: Request, ticks: Ticks, maybe: Ticks, demanded: frozenset[str], firm: bool | None) -> _Reading:
    bound = frozenset((_BINDING, option) for option in demanded)
    might = frozenset((_BINDING, option) for option in DEMANDS) if maybe else NONE_TICKED
    sure, more = _detail(request)
    counts = not any(q == INVESTORS for q, _ in ticks | maybe) or any(q != INVESTORS for q, _ in ticks | maybe)
    if firm:
        ticks, maybe = ticks | bound, maybe | might
    elif firm is None:
        maybe = maybe | bound | might
    return _Reading(ticks | sure, (maybe | more) - ticks, counts, firm)


def _asked(request: Request, kind: str, asks: tuple[str, ...]) -> Iterator[tuple[Ticks, Ticks, frozenset[str]]]:
    """What a request of a reader of that kind ticks, what it may tick, and what it demands where it is a condition."""
    if not asks and any(a in ASKS for a in request.asks):  # all that was named is named as not enough
        yield NONE_TICKED, NONE_TICKED, frozenset()
        return
    if not asks:  # somebody asked, and it is not known for what
        if kind == INVESTORS:
            yield NONE_TICKED, frozenset([(INVESTORS, "report"), (INVESTORS, "other")]), frozenset()
        else:
            yield NONE_TICKED, _anything(request, kind), frozenset()
        return
    other = {"other"} if any(a not in _NAMED and a not in _UNNAMED and a not in SURVEYS for a in asks) else set()
    loose = {"unnamed"} if any(a in _UNNAMED for a in asks) else set()
    for named in _named(request, asks):
        demanded = frozenset({"other" if o == "soc2_or_other" else o for o in named} | other | loose)
        if kind == INVESTORS:
            report = {(kind, "report")} if named or loose else set()
            rest = {(kind, "other")} if other or any(a in SURVEYS for a in asks) else set()
            yield frozenset(report | rest), NONE_TICKED, demanded
            continue
        ticks = {(kind, option) for option in named | other}
        for more in _unnamed(request, kind, asks):
            yield frozenset(ticks | more), NONE_TICKED, demanded


def _anything(request: Request, kind: str) -> Ticks:
    """All that a request may tick where it is not known what was asked."""
    joint = () if request.either is False else ("either", "soc2_or_other")
    loose = ("unnamed", "questionnaire", "recurring")
    own = {(kind, o) for o in (*_NAMED.values(), "other", *joint, *(loose if kind == OTHERS else ()))}
    return frozenset(own | {(q, _as_asked(q, o)) for qs in _speaks_for(request, kind) for q in qs for o in loose})


def _speaks_for(request: Request, kind: str) -> tuple[tuple[str, ...], ...]:
    """Whose question an ask that names no report answers, in each way to read it."""
    subjects = {"amounts": (FINANCE,), "data": (SECURITY,), "both": (FINANCE, SECURITY)}
    if request.subject in subjects:
        return (subjects[request.subject],)
    return ((kind,),) if kind != OTHERS else ((FINANCE, SECURITY), (SECURITY,), (FINANCE,))


def _named(request: Request, asks: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """The reports asked for by name, by themselves or in place of each other."""
    named = frozenset(_NAMED[a] for a in asks if a in _NAMED)
    instead = any(a in CERTIFICATES for a in asks)
    if "soc1" in named and len(named) > 1:
        joint = frozenset(["either"])
    elif named and "soc1" not in named and instead:
        joint = frozenset(["soc2_or_other"])
    else:
        yield named
        return
    if request.either is not True:
        yield named
    if request.either is not False:
        yield joint


def _unnamed(request: Request, kind: str, asks: tuple[str, ...]) -> Iterator[frozenset[Tick]]:
    """What an ask that names no report speaks for: what it is about, else what its reader reads for. A reader of both
    kinds may mean the one, the other, or both."""
    options = {"unnamed" for a in asks if a in _UNNAMED} | {SURVEYS[a] for a in asks if a in SURVEYS}
    if not options:
        yield NONE_TICKED
        return
    own = {(kind, option) for option in options if kind == OTHERS}
    for questions in _speaks_for(request, kind):
        yield frozenset(own | {(q, _as_asked(q, option)) for q in questions for option in options})


def _as_asked(question: str, option: str) -> str:
    """Finance readers ask questions of their own; whether again and again makes no difference."""
    return "questionnaire" if question == FINANCE and option == "recurring" else option


def _detail(request: Request) -> tuple[Ticks, Ticks]:
    """What more a request says: the Type, the year to be covered, whether something else will do."""
    sure, maybe = set(), set()
    if request.type == "type2":
        sure.add("type2_named")
    elif request.type == "type1_ok":
        sure.add("type1_ok")
    else:
        maybe |= {"type2_named", "type1_ok"}
    (sure if request.fiscal_year_end or request.period else maybe).add("fiscal_year_coverage")
    if request.either is not False:
        (sure if request.either and len(request.asks) > 1 else maybe).add("alternatives_ok")
    return frozenset((DETAIL, o) for o in sure), frozenset((DETAIL, o) for o in maybe)


def _unnamed_of_others(flat: Mapping[str, Given]) -> tuple[Ticks, ...]:
    """What an unnamed ask of a reader of both kinds can mean, where a flat answer says that there is one."""
    answer = flat.get(OTHERS)
    if answer is None or "unnamed" not in answer.chosen:
        return (NONE_TICKED,)
    amounts, data = (FINANCE, "unnamed"), (SECURITY, "unnamed")
    return frozenset([amounts, data]), frozenset([data]), frozenset([amounts])


def _world(
    state: tuple[Ticks, Ticks, int, bool | None],
    more: Ticks,
    count: int,
    closed: bool,
    flat: Mapping[str, Given],
) -> dict[str, Given]:
    ticked, maybe, speaking, firm = state
    ticked = ticked | more
    answers: dict[str, Given] = {}
    others = flat.get(OTHERS)
    for question in (*_ASKED, _BINDING, DETAIL):
        answer = flat.get(question)
        if answer is None and question == INVESTORS and others is not None and others.complete:
            answer = NOTHING  # tables without a column for investors have them among the others
        chosen = frozenset(o for q, o in ticked if q == question) | (answer.chosen if answer else frozenset())
        told_all = answer is not None and answer.complete  # of all requests together
        open_ = frozenset() if told_all else frozenset(o for q, o in maybe if q == question) - chosen
        if closed if answer is None else answer.complete:
            answers[question] = Given(chosen, not open_, open_ or None)
        elif chosen or answer is not None:
            answers[question] = Given(chosen, False)
    if all(q in answers and answers[q] == NOTHING for q in _ASKED):  # nobody asks, so that nothing is demanded
        answers = {_BINDING: NOTHING, DETAIL: NOTHING, **answers}
    answered = [q for q in (*_ASKED, _BINDING) if q in flat and flat[q].chosen]
    answers.update(_counted(answers, bool(answered), count, speaking, firm, closed))
    for question in (SINGLE_WISH, ANYBODY):
        if question in flat:
            answers[question] = flat[question]
    return answers


def _counted(
    answers: Mapping[str, Given], answered: bool, count: int, speaking: int, firm: bool | None, closed: bool
) -> dict[str, Given]:
    """Whether anybody asked, and whether all there is is one wish."""
    counted: dict[str, Given] = {}
    if answered or count:
        counted[ANYBODY] = Given(frozenset(["yes"]), True)
    elif closed or all(q in answers and answers[q].complete for q in _ASKED):
        counted[ANYBODY] = Given(frozenset(["no"]), True)
    if answered or speaking > 1 or firm:
        counted[SINGLE_WISH] = Given(frozenset(["no"]), True)
    elif closed and firm is False:
        counted[SINGLE_WISH] = Given(frozenset(["yes" if speaking else "no"]), True)
    elif not closed and counted.get(ANYBODY, NOTHING).chosen == {"no"}:
        counted[SINGLE_WISH] = Given(frozenset(["no"]), True)
    return counted


# ---------------------------------------------------------------------------------------------- who speaks for what


def _asks_for(request: Request) -> frozenset[str]:
    """The reports ("soc1", "soc2") that a request speaks for, by name, or by what it is about and who reads it."""
    asks = [a for a in request.asks if a not in request.refused]
    reports = {"soc2" if _NAMED[a] == "soc3" else _NAMED[a] for a in asks if a in _NAMED}
    if any(a in _UNNAMED for a in asks):
        by_subject = {"amounts": {"soc1"}, "data": {"soc2"}, "both": {"soc1", "soc2"}}
        by_kind = {FINANCE: {"soc1"}, SECURITY: {"soc2"}, OTHERS: {"soc1", "soc2"}}
        reports |= by_subject.get(request.subject) or by_kind.get(_KINDS.get(request.reader, OTHERS), set())
    if _KINDS.get(request.reader) == FINANCE and "questionnaire" in asks:
        reports.add("soc1")
    return frozenset(reports)


def is_firm(request: Request) -> bool:
    """Whether a request is a condition of something: a contract, a law or a deal."""
    return request.force in FIRM


def who_asks(requests: Iterable[Request], report: str, binding: bool = False) -> tuple[Request, ...]:
    """The requests that speak for a report, with `binding` only those that are a condition."""
    return tuple(r for r in requests if report in _asks_for(r) and (is_firm(r) or not binding))


def behind(requests: Iterable[Request], whose: str) -> tuple[Request, ...]:
    """The requests that a reason rests on: those that speak for a report ("soc1", "soc2"), those that also make it a
    condition ("soc1_bound"), those for a SOC 3 report, those of investors, those that take either, and surveys."""
    report, _, bound = whose.partition("_")
    investors = tuple(r for r in requests if _KINDS.get(r.reader) == INVESTORS)
    others = tuple(r for r in requests if r not in investors)
    if whose == "investor":
        return investors
    if whose == "survey":
        return tuple(r for r in others if any(a in SURVEYS for a in r.asks))
    if whose == "either":
        return tuple(r for r in others if r.either and len(_asks_for(r)) > 1)
    if whose == "soc3":
        return tuple(r for r in others if "soc3" in r.asks)
    return tuple(r for r in others if report in _asks_for(r) and (is_firm(r) or not bound))


# ---------------------------------------------------------------------------------------------- what is left out

BRANCHES = ("reader", "subject", "either")
"""The keys whose absence makes several ways to read a request."""


def left_out(request: Request) -> dict[str, tuple[str, ...]]:
    """The keys that a request leaves out and that the derived questions depend on, each with those questions."""
    left: dict[str, tuple[str, ...]] = {}
    asks = tuple(a for a in request.asks if a in ASKS and a not in request.refused)
    kind = _KINDS.get(request.reader, "")
    if not kind:
        left["reader"] = _ASKED
    if not any(a in ASKS for a in request.asks):
        left["asks"] = (*_ASKED, _BINDING)
    unnamed = any(a in _UNNAMED or a in SURVEYS for a in asks)
    if unnamed and kind in ("", OTHERS) and request.subject not in SUBJECTS:
        left["subject"] = (FINANCE, SECURITY)
    if request.either is None and len(tuple(_named(request, asks))) > 1:
        left["either"] = (kind,) if kind else _ASKED
    if request.force not in (*FIRM, "wish"):
        left["force"] = (_BINDING, SINGLE_WISH)
    if request.type not in REQUESTED_TYPES:
        left["type"] = (DETAIL,)
    if request.needed_by is None and request.needed not in BANDS:
        left["needed_by"] = ("needed_by",)
    return left
