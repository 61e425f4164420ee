"""Lists the ways to read one request that leaves out who reads, what for, or whether another report will do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from socui.profiles.records import ASKS, READERS, Request

FINANCE, SECURITY, OTHERS, INVESTORS = (
    "asked_by_finance",
    "asked_by_security",
    "asked_by_others",
    "asked_by_investors",
)


ASKED_BY = (FINANCE, SECURITY, OTHERS, INVESTORS)
"""The derived questions on who asked, each with the asks as options."""


BOUND_TO, DETAIL = "binding", "request_detail"


QUESTION_OF: Mapping[str, str] = {
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


NAMED_REPORTS: Mapping[str, str] = {"soc1": "soc1", "aaf": "soc1", "soc2": "soc2", "soc3": "soc3"}
"""By ask: the option for a report that is asked for by name. AAF 01/20 is a counterpart of the SOC 1 report."""


UNNAMED_ASKS = ("soc_unnamed", "assurance_unnamed")


SURVEY_OPTION: Mapping[str, str] = {
    "questionnaire": "questionnaire",
    "questionnaires": "recurring",
    "pentest": "questionnaire",
}


ANSWERS_ENOUGH = "questionnaire_enough"
"""The ask of a reader who takes answers to questions, and needs no report."""


CERTIFICATES = ("iso27001", "hitrust", "c5", "pci", "fedramp", "cmmc")
"""Asks that can stand in for a SOC 2 report where any one will do."""


DEMANDS = ("soc1", "soc2", "soc3", "either", "unnamed", "other")
"""The reports that a request can demand as a condition."""


FIRM = ("contract", "law", "deal")


Tick = tuple[str, str]


Ticks = frozenset[Tick]


NONE_TICKED: Ticks = frozenset()


class OneReading(Struct, frozen=True):
    """One way to read a request: the answers that it ticks for certain and those that it may tick.

    `counts` is False where an investor asks, for whom no report is written, and where answers to questions are enough.
    `firm` says whether the report is a condition of something; None where nobody said.
    """

    ticked: Ticks
    maybe: Ticks
    counts: bool
    firm: bool | None


def request_readings(request: Request) -> tuple[OneReading, ...]:
    """Return the ways to read one request, the likeliest first."""
    firm = None if request.force not in (*FIRM, "wish") else request.force in FIRM
    kinds = (QUESTION_OF[request.reader],) if request.reader in READERS else (OTHERS, SECURITY, FINANCE, INVESTORS)
    options: dict[OneReading, None] = {}
    for kind in kinds:
        for ticks, maybe, demanded in _asked(request, kind, standing_asks(request)):
            options[_reading(request, ticks, maybe, demanded, firm)] = None
    return tuple(options)


def standing_asks(request: Request) -> tuple[str, ...]:
    """Return what a request asks for, without what it names as not enough and, where answers to questions are enough,
    without reports and those questions."""
    asks = tuple(a for a in dict.fromkeys(request.asks) if a in ASKS and a not in request.refused)
    return _beside_answers(asks) if ANSWERS_ENOUGH in asks else asks


def asks_to_meet(request: Request) -> tuple[str, ...]:
    """Return what a request asks for without what it names as not enough; where answers to questions are enough, those stand for
    every report and questionnaire."""
    asks = tuple(a for a in request.asks if a not in request.refused)
    return (ANSWERS_ENOUGH, *_beside_answers(asks)) if ANSWERS_ENOUGH in asks else asks


def _beside_answers(asks: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is left to be met where answers to questions make every report needless."""
    met = (*NAMED_REPORTS, *UNNAMED_ASKS, *SURVEY_OPTION, ANSWERS_ENOUGH)
    return tuple(a for a in asks if a not in met)


def _reading(request: Request, ticks: Ticks, maybe: Ticks, demanded: frozenset[str], firm: bool | None) -> OneReading:
    named = any(a in ASKS and a not in request.refused for a in request.asks)
    if named and not ticks and not maybe:  # answers to questions are enough
        offered = frozenset() if ANSWERS_ENOUGH in request.asks else frozenset([(DETAIL, "alternatives_ok")])
        return OneReading(offered, NONE_TICKED, False, False)
    investor = any(q == INVESTORS for q, _ in ticks | maybe)
    bound = _bound(demanded, investor)
    might = _bound(frozenset(DEMANDS), investor) if maybe else NONE_TICKED
    counts = not investor
    sure, more = _detail(request) if counts or firm else (NONE_TICKED, NONE_TICKED)
    if firm:
        ticks, maybe = ticks | bound, maybe | might
    elif firm is None:
        maybe = maybe | bound | might
    return OneReading(ticks | sure, (maybe | more) - ticks, counts, firm)


def _bound(demanded: frozenset[str], investor: bool) -> Ticks:
    """Return what a condition binds to. That of an investor stands apart: a SOC report is not written for investors."""
    if not investor:
        return frozenset((BOUND_TO, option) for option in demanded)
    others = demanded - {"soc1", "other"}
    return frozenset(
        (INVESTORS, f"{report}_condition")
        for report, named in (("soc1", "soc1" in demanded), ("soc2", others))
        if named
    )


def _asked(request: Request, kind: str, asks: tuple[str, ...]) -> Iterator[tuple[Ticks, Ticks, frozenset[str]]]:
    """Yield what a request of a reader of that kind ticks, what it may tick, and what it demands where it is a
    condition."""
    if not asks and any(a in ASKS for a in request.asks):  # all that was named is not enough, or answers are
        yield NONE_TICKED, NONE_TICKED, frozenset()
        return
    if not asks:  # somebody asked, and it is not known for what
        if kind == INVESTORS:
            yield NONE_TICKED, frozenset([(INVESTORS, "report"), (INVESTORS, "other")]), frozenset()
            return
        anything = _anything(request, kind)
        (about, *others) = _speaks_for(request, kind)
        if len(about) == 1 and not others:  # who reads for one thing most likely wants a report on it
            likely = next(_unnamed(request, kind, UNNAMED_ASKS, joint=False))
            yield likely, anything - likely, frozenset()
        yield NONE_TICKED, anything, frozenset()
        return
    for joint in any_one_will_do(request, asks):
        heard = _easiest(asks) if joint else asks
        frameworks = any(a not in NAMED_REPORTS and a not in UNNAMED_ASKS and a not in SURVEY_OPTION for a in heard)
        other = {"other"} if frameworks else set()
        named = _named(heard, joint)
        loose = (
            {"other" if joint and _certified(heard) else "unnamed"} if any(a in UNNAMED_ASKS for a in heard) else set()
        )
        demanded = frozenset({"other" if o == "soc2_or_other" else o for o in named} | other | loose)
        if kind == INVESTORS:
            report = {(kind, "report")} if named or loose else set()
            rest = {(kind, "other")} if other or any(a in SURVEY_OPTION for a in heard) else set()
            yield frozenset(report | rest), NONE_TICKED, demanded
            continue
        ticks = {(kind, option) for option in named | other}
        for more in _unnamed(request, kind, heard, joint):
            yield frozenset(ticks | more), NONE_TICKED, demanded


def _anything(request: Request, kind: str) -> Ticks:
    """Return all that a request may tick where it is not known what was asked."""
    joint = () if request.either is False else ("either", "soc2_or_other")
    loose = ("unnamed", "questionnaire", "recurring")
    own = {(kind, o) for o in (*NAMED_REPORTS.values(), "other", *joint, *(loose if kind == OTHERS else ()))}
    about = {q for questions in _speaks_for(request, kind) for q in questions}
    certified = set() if request.either is False or SECURITY not in about else {(SECURITY, "soc2_or_other")}
    return frozenset(own | certified | {(q, _as_asked(q, o)) for q in about for o in loose})


def _speaks_for(request: Request, kind: str) -> tuple[tuple[str, ...], ...]:
    """Whose question an ask that names no report answers, in each way to read it."""
    subjects = {"amounts": (FINANCE,), "data": (SECURITY,), "both": (FINANCE, SECURITY)}
    if request.subject in subjects:
        return (subjects[request.subject],)
    return ((kind,),) if kind != OTHERS else ((FINANCE, SECURITY), (SECURITY,), (FINANCE,))


def any_one_will_do(request: Request, asks: tuple[str, ...]) -> tuple[bool, ...]:
    """Return the ways to read whether any one of what was asked for will do, where that makes a difference."""
    named = frozenset(NAMED_REPORTS[a] for a in asks if a in NAMED_REPORTS)
    reports = bool(named) or any(a in UNNAMED_ASKS for a in asks)
    choice = ("soc1" in named and len(named) > 1) or (reports and "soc1" not in named and _certified(asks))
    if not choice and not (reports and any(a in SURVEY_OPTION for a in asks)):
        return (False,)
    return (False, True) if request.either is None else (request.either,)


def _certified(asks: tuple[str, ...]) -> bool:
    """Return whether a certificate is among what was asked for."""
    return any(a in CERTIFICATES for a in asks)


def _easiest(asks: tuple[str, ...]) -> tuple[str, ...]:
    """Return what has to be met where any one will do: a review that one can simply answer makes every report needless."""
    return _beside_answers(asks) if any(a in SURVEY_OPTION for a in asks) else asks


def _named(asks: tuple[str, ...], joint: bool) -> frozenset[str]:
    """Return the reports asked for by name: each by itself, or `joint` in place of each other."""
    named = frozenset(NAMED_REPORTS[a] for a in asks if a in NAMED_REPORTS)
    if joint and "soc1" in named and len(named) > 1:
        return frozenset(["either"])
    if joint and named and "soc1" not in named and _certified(asks):
        return frozenset(["soc2_or_other"])
    return named


def _unnamed(request: Request, kind: str, asks: tuple[str, ...], joint: bool) -> Iterator[Ticks]:
    """Yield what an ask that names no report speaks for: what it is about, else what its reader reads for. A reader
    of both kinds may mean the one, the other, or both. `joint`: a certificate will do in its place."""
    options = {"unnamed" for a in asks if a in UNNAMED_ASKS} | {SURVEY_OPTION[a] for a in asks if a in SURVEY_OPTION}
    if not options:
        yield NONE_TICKED
        return
    own = {(kind, option) for option in options if kind == OTHERS}
    certified = joint and _certified(asks)
    for questions in _speaks_for(request, kind):
        yield frozenset(own | {(q, _as_asked(q, option, certified)) for q in questions for option in options})


def _as_asked(question: str, option: str, certified: bool = False) -> str:
    """Finance readers ask questions of their own; whether again and again makes no difference. A report on data for which
    a certificate will do in its place is a SOC 2 report."""
    if question == FINANCE and option == "recurring":
        return "questionnaire"
    return "soc2_or_other" if certified and question == SECURITY and option == "unnamed" else option


def _detail(request: Request) -> tuple[Ticks, Ticks]:
    """Return what more a request says: the Type, the year to be covered, whether something that is no report will do. An investor's
    wish sets none of these."""
    sure, maybe = set(), set()
    if request.type == "type2":
        sure.add("type2_named")
    elif request.type == "type1_ok":
        sure.add("type1_ok")
    else:
        maybe |= {"type2_named", "type1_ok"}
    (sure if request.fiscal_year_end or request.period else maybe).add("fiscal_year_coverage")
    if request.either is not False:
        others = any(a not in NAMED_REPORTS and a not in UNNAMED_ASKS for a in request.asks)
        (sure if request.either and others and len(request.asks) > 1 else maybe).add("alternatives_ok")
    return frozenset((DETAIL, o) for o in sure), frozenset((DETAIL, o) for o in maybe)
