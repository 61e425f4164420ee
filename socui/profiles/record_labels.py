"""The words of records: how each field is asked for, and what each value is called. The form on the screen and the plain
prompts ask in these words, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from socui.day_words import day_words
from socui.profiles.records import Event, Evidence, Period, ReportHeld, Request
from socui.text import visible


class RecordField(NamedTuple):
    """A field of a record: its attribute, its short name, how it is asked for, what helps, and what each value is called.
    Where there are no `options` it is typed. `day` is the attribute of the exact day, where the options are bands."""

    name: str
    short: str
    ask: str
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    several: bool = False
    day: str = ""


WHAT_HAPPENED = "What happened?"
START: tuple[tuple[str, str], ...] = (
    ("security", "A customer's security or procurement team asked"),
    ("finance", "A customer's auditor or finance team asked"),
    ("outside", "A bank, regulator or investor asked"),
    ("client", "Somebody asked; I do not know which department"),
    ("nobody", "Nobody yet; we want to be ready"),
    ("vendors", "We need reports from our own vendors"),
    ("unsure", "Not sure"),
)
"""What brought the person here. The first four begin a request."""

READER_OF_START: Mapping[str, str] = {"security": "security", "finance": "finance", "outside": "", "client": "client"}
"""The reader that a start tells. A bank, a regulator and an investor differ: the form asks which of them."""

READER_LABELS = (
    ("security", "A client's security, procurement or vendor-risk team"),
    ("user_auditor", "A client's auditor"),
    ("finance", "A client's finance team"),
    ("client", "A client; I do not know which department"),
    ("prospect", "A prospect: not a client yet"),
    ("partner_bank", "A partner bank or sponsor bank"),
    ("regulator", "A regulator"),
    ("service_auditor", "The auditor of another service provider that uses us"),
    ("investor", "An investor or lender"),
)
_ASKS = (
    ("soc_unnamed", 'Your SOC report, without a number; also "SSAE 18"'),
    ("soc1", "A SOC 1 report, by name; also SSAE 16, ISAE 3402"),
    ("soc2", "A SOC 2 report, by name"),
    ("soc3", "A SOC 3 report, by name"),
    ("assurance_unnamed", "An independent report on your controls"),
    ("questionnaire", "A security questionnaire, once"),
    ("questionnaires", "Security questionnaires, repeatedly or from several clients"),
    ("questionnaire_enough", "Our filled questionnaire is enough; they need no report"),
    ("iso27001", "ISO 27001"),
    ("pentest", "A penetration test"),
    ("pci", "PCI DSS"),
    ("hitrust", "HITRUST"),
    ("hipaa", "HIPAA"),
    ("fedramp", "FedRAMP"),
    ("cmmc", "CMMC"),
    ("c5", "C5"),
    ("aaf", "AAF 01/20"),
    ("dora", "DORA"),
    ("other", "Something else"),
)
SHORT_ASKS: Mapping[str, str] = {
    "soc_unnamed": "your SOC report",
    "soc1": "SOC 1",
    "soc2": "SOC 2",
    "soc3": "SOC 3",
    "assurance_unnamed": "a report on controls",
    "questionnaire": "a questionnaire",
    "questionnaires": "questionnaires",
    "questionnaire_enough": "a questionnaire, no report",
    "pentest": "a penetration test",
    "other": "something else",
}
"""What is asked for in a line of the list; the others are called as in ASKS."""
_CATEGORIES = (
    ("security", "Security"),
    ("availability", "Availability"),
    ("processing_integrity", "Processing integrity"),
    ("confidentiality", "Confidentiality"),
    ("privacy", "Privacy"),
)
YES_NO = (("yes", "Yes"), ("no", "No"))
_REPORTS = (
    ("soc1", "SOC 1"),
    ("soc2", "SOC 2"),
    ("soc3", "SOC 3"),
    ("iso27001", "ISO 27001 certificate"),
    ("pci", "PCI DSS"),
    ("hitrust", "HITRUST"),
    ("other", "Another report"),
    ("unknown", "A report; I do not know which"),
)
_BANDS = (
    ("under_3m", "Within 3 months"),
    ("3_6m", "In 3 to 6 months"),
    ("6_12m", "In 6 to 12 months"),
    ("over_12m", "In more than a year"),
    ("no_date", "No date was named"),
)

_REQUEST = (
    RecordField(
        "words", "Their words", "In what words did they ask?", "Paste the e-mail or the clause. It may be skipped."
    ),
    RecordField("asked_by", "Who asked", "Who asked? Company and team", "For example: Merchant Inc., audit team"),
    RecordField("reader", "Who reads it", "Who is to read it?", "", READER_LABELS),
    RecordField("asks", "Asked for", "What was asked for?", "", _ASKS, True),
    RecordField(
        "subject",
        "About",
        "What is it about?",
        "Amounts: what they copy into their books. Data: security, uptime, privacy.",
        (("amounts", "Amounts in their books"), ("data", "Data and systems"), ("both", "Both")),
    ),
    RecordField(
        "type",
        "Type",
        "Which Type?",
        "Type 2 covers a period, Type 1 one day.",
        (("type2", "Type 2"), ("type1_ok", "A Type 1 will do")),
    ),
    RecordField(
        "force",
        "How firm",
        "How firmly is it asked?",
        "",
        (
            ("contract", "A contract demands it"),
            ("law", "A law or a regulator demands it"),
            ("deal", "A sale waits for it"),
            ("wish", "They just ask; nothing is said to depend on it"),
        ),
    ),
    RecordField("needed", "By when", "By when?", "", _BANDS, day="needed_by"),
    RecordField(
        "fiscal_year_end",
        "Their year end",
        "Which fiscal year end do they need covered?",
        "For example: 2026-12-31",
    ),
    RecordField("period", "Period named", "Which period did they name?", "For example: 2026-01-01..2026-12-31"),
    RecordField("categories", "Categories", "Which categories did they name?", "Of a SOC 2 report", _CATEGORIES, True),
    RecordField("either", "Any one will do", "Will any one of the things they asked for do?", "", YES_NO),
    RecordField("refused", "Not enough", "What did they say is not enough?", "", _ASKS, True),
    RecordField(
        "accepts_months", "Shortest period", "The shortest period they accept in writing, in months?", "For example: 6"
    ),
    RecordField("max_age_months", "Oldest report", "How old may the report be, in months?", "For example: 12"),
    RecordField("bridge", "Bridge letter", "Do they ask for a bridge letter?", "", YES_NO),
    RecordField(
        "audited_as",
        "Their audit",
        "How are they audited?",
        "It says how late they can still use a report.",
        (
            ("large_accelerated", "Listed, large accelerated filer"),
            ("accelerated", "Listed, accelerated filer"),
            ("private", "Private company"),
            ("benefit_plan", "Benefit plan"),
            ("government", "Government"),
            ("federal", "Federal agency"),
        ),
    ),
    RecordField("received", "Asked on", "When did they ask?", "For example: 2026-11-20"),
)
_HELD = (
    RecordField("report", "Report", "Which report do you hold?", "", _REPORTS),
    RecordField("type", "Type", "Which Type?", "", (("type1", "Type 1: one date"), ("type2", "Type 2: a period"))),
    RecordField("begins", "Period from", "From which day does its period run?", "For example: 2025-10-01"),
    RecordField("ends", "Period to", "To which day does its period run?", "For example: 2026-09-30"),
    RecordField("as_of", "As of", "Of a Type 1: as of which day?", "For example: 2026-09-30"),
    RecordField("issued", "Issued", "When was it issued?", "For example: 2026-11-15"),
    RecordField(
        "opinion",
        "Opinion",
        "What is the opinion?",
        "",
        (
            ("unmodified", "Unmodified: no reservation"),
            ("qualified", "Qualified: all but named points"),
            ("adverse", "Adverse"),
            ("disclaimer", "Disclaimer: no opinion given"),
        ),
    ),
    RecordField("categories", "Categories", "Which categories does it cover?", "Of a SOC 2 report", _CATEGORIES, True),
    RecordField("firm", "Signing firm", "Which firm signed it?"),
)
_EVENT = (
    RecordField(
        "kind",
        "What changes",
        "What changes?",
        "A change as large as this may move a period, or be described in it.",
        (
            ("system_change", "The service or its systems: a migration, a new platform, a new service"),
            ("acquisition", "We acquire a company or a unit"),
        ),
    ),
    RecordField(
        "date", "On", "On which day does it take effect?", "The go-live or the closing. For example: 2027-06-01"
    ),
    RecordField("about", "About", "What is it, in a few words?", "For example: a new ledger"),
)
EVIDENCE = (
    RecordField(
        "since",
        "Controls run since",
        "Since when does every control in scope run, with evidence kept?",
        "The control that started last decides. For example: 2026-07-01",
    ),
)
FORMS: Mapping[type, tuple[RecordField, ...]] = {
    Request: _REQUEST,
    ReportHeld: _HELD,
    Event: _EVENT,
    Evidence: EVIDENCE,
}


def label(field: RecordField, value: str) -> str:
    """Return what a value is called; one that socui does not know is called as it is kept."""
    return dict(field.options).get(value, visible(value))


def value_words(field: RecordField, record: Request | ReportHeld | Event | Evidence) -> str:
    """Return a field of a record in words; nothing where it is not known."""
    if field.day and (day := getattr(record, field.day)) is not None:
        return day_words(day)
    value = getattr(record, field.name)
    if isinstance(value, tuple):
        short = SHORT_ASKS if field.name in ("asks", "refused") else {}
        return ", ".join(short.get(v) or label(field, v) for v in value)
    return label(field, value) if field.options and isinstance(value, str) and value else _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Period):
        return " to ".join(day_words(day) if day else "…" for day in (value.begins, value.ends))
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, int):  # the numbers of a record are months
        return f"{value} month{'s' * (value != 1)}"
    return "" if value is None else visible(str(value))
