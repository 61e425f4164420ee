"""Records of a profile: who asked for what, which reports are held, what changes, since when there is evidence.

An absent key means "not known", never "no". The names of the keys in a file are those of `FIELDS`; what a file
holds beyond them, or with a type that nobody expects, is kept in `extra` and written back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec import Struct, field

READERS = (
    "user_auditor",
    "finance",
    "security",
    "prospect",
    "regulator",
    "partner_bank",
    "service_auditor",
    "investor",
    "client",
)
"""Who reads the report: a client's auditor or finance team, its security team, a prospect, a regulator, a partner bank,
another service organization's auditor, an investor, or a client whose department is not known."""

ASKS = ("soc1", "soc2", "soc3", "soc_unnamed", "assurance_unnamed", "questionnaire", "questionnaires",
        "questionnaire_enough", "iso27001", "pci", "hitrust", "hipaa", "fedramp", "cmmc", "c5", "aaf", "dora", "pentest",
        "other")  # fmt: skip
"""The things that a request can ask for. "soc_unnamed": a SOC report without a number. "assurance_unnamed": an independent report on
controls. "questionnaire": one; "questionnaires": again and again; "questionnaire_enough": answers to any number of them, and no
report. The rest are other frameworks."""

SUBJECTS = ("amounts", "data", "both")
"""What a request is about: the reader's books, the security, availability and privacy of data and systems, or both."""

REQUESTED_TYPES = ("type2", "type1_ok")
"""The Type that is asked for, or that a Type 1 will do."""

FORCES = ("contract", "law", "deal", "wish")
"""How firmly it is asked: by a contract, by law, as a condition of a sale, or as a wish."""

BANDS = ("under_3m", "3_6m", "6_12m", "over_12m", "no_date")
"""Ranges of time until a report is needed, for requests without an exact day."""

CATEGORIES = ("security", "availability", "processing_integrity", "confidentiality", "privacy")
"""The trust services categories."""

AUDITS = ("large_accelerated", "accelerated", "private", "benefit_plan", "government", "federal")
"""How the reader itself is audited, which says how late it can still use a report."""

REPORTS_HELD = ("soc1", "soc2", "soc3", "iso27001", "pci", "hitrust", "other", "unknown")
"""Reports that are held; "unknown": one whose name is not known."""

OPINIONS = ("unmodified", "qualified", "adverse", "disclaimer")
OPINIONS_AS_WRITTEN = {
    "unqualified": "unmodified", "clean": "unmodified", "no reservation": "unmodified",
    "disclaimer of opinion": "disclaimer", "disclaimed": "disclaimer",
}  # fmt: skip
"""What people call an opinion, by the word for it here."""
"""The auditor's opinion."""

EVENTS = ("system_change", "acquisition")
"""Events that change the organization or its systems much."""


BOOKS = ("amounts", "systems", "no", "unsure")
"""Whether a vendor's work reaches our books: it works out or records amounts that we book, it runs systems on which our books
are kept, neither, or nobody is sure yet."""

ENTRUSTED = ("business_confidential", "employee_personal", "individual_personal", "health", "card", "financial_account",
             "gov_controlled", "access_only", "physical_custody", "none", "unsure")  # fmt: skip
"""The data that a vendor is entrusted with: as in the question of the same name, none of it, or nobody is sure yet."""

STOPS = ("nothing", "slower", "operations", "reporting", "unsure")
"""The consequence when a vendor stops: nothing, work goes on more slowly, what we do for clients, our closing or payroll."""


class Period(Struct, frozen=True):
    """A span of days, both included; a side that was not named is None."""

    begins: date | None = None
    ends: date | None = None


class Request(Struct, frozen=True):
    """A request for a report. `asked_by` is who, in the user's words; it is printed wherever a text says "required by" or
    "asked for by". `either`: any one of `asks` will do. `refused`: named as not enough. `needed` is the band where the
    day `needed_by` is not known. `accepts_months`: the shortest period the reader takes, in writing. `words`: their
    exact words, of any length."""

    id: str
    asked_by: str = ""
    reader: str = ""
    asks: tuple[str, ...] = ()
    either: bool | None = None
    refused: tuple[str, ...] = ()
    subject: str = ""
    type: str = ""
    force: str = ""
    categories: tuple[str, ...] = ()
    fiscal_year_end: date | None = None
    period: Period | None = None
    needed_by: date | None = None
    needed: str = ""
    max_age_months: int | None = None
    audited_as: str = ""
    accepts_months: int | None = None
    bridge: bool | None = None
    received: date | None = None
    words: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


class ReportHeld(Struct, frozen=True):
    """A report that is held: a Type 2 with `begins` and `ends`, a Type 1 with `as_of`. The last of each kind is enough."""

    report: str = ""
    type: str = ""
    begins: date | None = None
    ends: date | None = None
    as_of: date | None = None
    issued: date | None = None
    opinion: str = ""
    categories: tuple[str, ...] = ()
    firm: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


class Event(Struct, frozen=True):
    """A big change on a day. `kind` is one of EVENTS; `about` says what changes, in the user's words."""

    date: date | None = None
    kind: str = ""
    about: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


class Evidence(Struct, frozen=True):
    """The day since which every control in scope has run with evidence kept. The control that started last decides."""

    since: date | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


class Vendor(Struct, frozen=True):
    """A vendor whose reports we ask for: whether its work reaches our books, what we entrust to it, what stops when it stops,
    and what it holds. `none` where it holds no report at all; without it and without `reports` that is not known."""

    name: str = ""
    service: str = ""
    books: str = ""
    entrusts: tuple[str, ...] = ()
    stops: str = ""
    none: bool | None = None
    reports: tuple[ReportHeld, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


Record = Request | ReportHeld | Event | Evidence | Vendor
R = TypeVar("R", bound=Request | ReportHeld | Event | Evidence | Vendor)

FIELDS: Mapping[type, Mapping[str, tuple[str, str]]] = {
    Request: {
        "id": ("id", "text"),
        "asked_by": ("from", "text"),
        "reader": ("reader", "text"),
        "asks": ("asks", "texts"),
        "either": ("either", "flag"),
        "refused": ("refused", "texts"),
        "subject": ("subject", "text"),
        "type": ("type", "text"),
        "force": ("force", "text"),
        "categories": ("categories", "texts"),
        "fiscal_year_end": ("fiscal_year_end", "day"),
        "period": ("period", "period"),
        "needed_by": ("needed_by", "day"),
        "needed": ("needed", "text"),
        "max_age_months": ("max_age_months", "count"),
        "audited_as": ("audited_as", "text"),
        "accepts_months": ("accepts_months", "count"),
        "bridge": ("bridge", "flag"),
        "received": ("received", "day"),
        "words": ("words", "text"),
    },
    ReportHeld: {
        "report": ("report", "text"),
        "type": ("type", "text"),
        "begins": ("from", "day"),
        "ends": ("to", "day"),
        "as_of": ("as_of", "day"),
        "issued": ("issued", "day"),
        "opinion": ("opinion", "text"),
        "categories": ("categories", "texts"),
        "firm": ("firm", "text"),
    },
    Event: {"date": ("date", "day"), "kind": ("kind", "text"), "about": ("about", "text")},
    Evidence: {"since": ("since", "day")},
    Vendor: {
        "name": ("name", "text"),
        "service": ("service", "text"),
        "books": ("books", "text"),
        "entrusts": ("entrusts", "texts"),
        "stops": ("stops", "text"),
        "none": ("none", "flag"),
        "reports": ("reports", "reports"),
    },
}
"""By record and attribute: the key in a file, and the kind of its value."""

FIELD_WORDS: Mapping[type, Mapping[str, tuple[str, ...]]] = {
    Request: {
        "reader": READERS,
        "asks": ASKS,
        "refused": ASKS,
        "subject": SUBJECTS,
        "type": REQUESTED_TYPES,
        "force": FORCES,
        "categories": CATEGORIES,
        "needed": BANDS,
        "audited_as": AUDITS,
    },
    ReportHeld: {
        "report": REPORTS_HELD,
        "type": ("type1", "type2"),
        "opinion": OPINIONS,
        "categories": CATEGORIES,
    },
    Event: {"kind": EVENTS},
    Evidence: {},
    Vendor: {"books": BOOKS, "entrusts": ENTRUSTED, "stops": STOPS},
}
"""The values that socui knows, by record and attribute. A file may hold others: they are kept and say nothing."""

ONE_LINE = frozenset({"id", "asked_by", "reader", "firm", "about", "kind", "name", "service"})
"""Texts of one line. `words` may have several."""


def record_of(kind: type[R], table: Mapping[str, object]) -> R:
    """Return the record in a TOML table; what is not expected goes to `extra`."""
    attributes: dict[str, Any] = {}
    by_key = {key: (name, what) for name, (key, what) in FIELDS[kind].items()}
    extra: dict[str, object] = {}
    for key, value in table.items():
        name, what = by_key.get(key, ("", ""))
        taken = _taken(what, value)
        if taken is None:
            extra[key] = value
        else:
            attributes[name] = taken
    if kind is Request:
        attributes.setdefault("id", "")
    return kind(**attributes, extra=extra)


def table_of(record: Record) -> dict[str, Any]:
    """Return the TOML table of a record: only what is known, in the order of FIELDS, then what was kept as it was."""
    table: dict[str, Any] = {}
    for name, (key, what) in FIELDS[type(record)].items():
        value = getattr(record, name)
        if value is None or value in ("", ()):
            continue
        if what == "texts":
            value = list(value)
        elif what == "period":
            value = {k: v for k, v in (("from", value.begins), ("to", value.ends)) if v is not None}
        elif what == "reports":
            value = [table_of(report) for report in value]
        table[key] = value
    for key, kept in record.extra.items():
        table.setdefault(key, kept)
    return table


def _taken(what: str, value: object) -> object:
    """Return the value as a record keeps it, or None where its type is not the expected one."""
    if what == "texts":
        return tuple(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else None
    if what == "period":
        return _period(value) if isinstance(value, Mapping) else None
    if what == "reports":
        tables = value if isinstance(value, list) and all(isinstance(v, Mapping) for v in value) else None
        return None if tables is None else tuple(record_of(ReportHeld, table) for table in tables)
    if isinstance(value, bool):
        return value if what == "flag" else None
    if isinstance(value, datetime):
        return None
    wanted = {"text": str, "count": int, "day": date}.get(what)
    return value if wanted and isinstance(value, wanted) else None


def _period(table: Mapping[str, object]) -> Period | None:
    if not table or table.keys() - {"from", "to"}:
        return None
    begins, ends = (_taken("day", table[key]) if key in table else None for key in ("from", "to"))
    if any(_taken("day", day) is None for day in table.values()):
        return None
    return Period(begins if isinstance(begins, date) else None, ends if isinstance(ends, date) else None)
