"""The ways to read one request, where it leaves out who reads, what for, or whether another report will do."""

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


Tick = tuple[str, str]


Ticks = frozenset[Tick]


NONE_TICKED: Ticks = frozenset()


class OneReading(Struct, frozen=True):
    """One way to read a request: what it certainly ticks and what it may. `counts` unless an investor asks; `firm` is
    whether it is a condition of something, None where that is not known."""

    ticked: Ticks
    maybe: Ticks
    counts: bool
    firm: bool | None


def request_readings(request: Request) -> tuple[OneReading, ...]:
    """The ways to read one request, the likeliest first."""
    firm = None if request.force not in (*FIRM, "wish") else request.force in FIRM
    kinds = (QUESTION_OF[request.reader],) if request.reader in READERS else (OTHERS, SECURITY, FINANCE, INVESTORS)
    asks = tuple(a for a in dict.fromkeys(request.asks) if a in ASKS and a not in request.refused)
    options: dict[OneReading, None] = {}
    for kind in kinds:
        for ticks, maybe, demanded in _asked(request, kind, asks):
            options[_reading(request, ticks, maybe, demanded, firm)] = None
    return tuple(options)


def _reading(request: Request, ticks: Ticks, maybe: Ticks, demanded: frozenset[str], firm: bool | None) -> OneReading:
    bound = frozenset((BOUND_TO, option) for option in demanded)
    might = frozenset((BOUND_TO, option) for option in DEMANDS) if maybe else NONE_TICKED
    sure, more = _detail(request)
    counts = not any(q == INVESTORS for q, _ in ticks | maybe) or any(q != INVESTORS for q, _ in ticks | maybe)
    if firm:
        ticks, maybe = ticks | bound, maybe | might
    elif firm is None:
        maybe = maybe | bound | might
    return OneReading(ticks | sure, (maybe | more) - ticks, counts, firm)


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
    other = (
        {"other"} if any(a not in NAMED_REPORTS and a not in UNNAMED_ASKS and a not in SURVEYS for a in asks) else set()
    )
    loose = {"unnamed"} if any(a in UNNAMED_ASKS for a in asks) else set()
    for named in named_asks(request, asks):
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
    own = {(kind, o) for o in (*NAMED_REPORTS.values(), "other", *joint, *(loose if kind == OTHERS else ()))}
    return frozenset(own | {(q, _as_asked(q, o)) for qs in _speaks_for(request, kind) for q in qs for o in loose})


def _speaks_for(request: Request, kind: str) -> tuple[tuple[str, ...], ...]:
    """Whose question an ask that names no report answers, in each way to read it."""
    subjects = {"amounts": (FINANCE,), "data": (SECURITY,), "both": (FINANCE, SECURITY)}
    if request.subject in subjects:
        return (subjects[request.subject],)
    return ((kind,),) if kind != OTHERS else ((FINANCE, SECURITY), (SECURITY,), (FINANCE,))


def named_asks(request: Request, asks: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """The reports asked for by name, by themselves or in place of each other."""
    named = frozenset(NAMED_REPORTS[a] for a in asks if a in NAMED_REPORTS)
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
    options = {"unnamed" for a in asks if a in UNNAMED_ASKS} | {SURVEYS[a] for a in asks if a in SURVEYS}
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
