"""Days, spans and names as the sentences of a plan have them, and messages of the knowledge filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from socui.knowledge.local_words import REPORT_NAMES, local_name, typed_name
from socui.knowledge.texts import Message
from socui.name_words import with_names
from socui.planning.calendar import day_after, month_end
from socui.planning.inputs import DatedRequest
from socui.planning.model import DateSpan, PlannedReport, Text

_READERS = {
    "user_auditor": "A client's auditor",
    "finance": "A client's finance team",
    "security": "A client's security team",
    "prospect": "A prospect",
    "regulator": "A regulator",
    "partner_bank": "A partner bank",
    "service_auditor": "A client's service auditor",
    "investor": "An investor",
    "client": "A client",
}


def report_title(report: PlannedReport, country: str = "") -> str:
    """Return a planned report in a few words, as it is called in that country."""
    return f"{typed_name(report.report, report.type, country)}{', next period' if report.next else ''}"


def row_title(report: PlannedReport, country: str = "") -> str:
    """Return it in fewer words, for a row of a picture or a pane: "SOC 1 Type 2", "SOC 1 next period"."""
    name = local_name(report.report, country)
    return f"{name} {'Type 1' if report.type == 'type1' else 'next period' if report.next else 'Type 2'}"


def report_days(report: PlannedReport) -> str:
    """Return the day or the period that a planned report speaks of."""
    return f"as of {short_day(report.as_of)}" if report.as_of else span(report.begins, report.ends)


class Words:
    """The messages of a knowledge base, with their fields filled in. `country` is the seat of the service organization."""

    def __init__(self, messages: Mapping[str, Message], country: str = "") -> None:
        self.messages, self.country = messages, country

    def text(self, id: str, **fields: object) -> Text:
        """Return the message of that id with its fields filled in."""
        message = self.messages[id]
        return Text(with_names(message.says, **fields), message.facts)

    def name(self, report: str) -> str:
        """Return what the report is called in that country, as one that is planned."""
        return local_name(report, self.country)

    def kind(self, report: str) -> str:
        """Return the kind of a report, as one that is asked for or held."""
        return REPORT_NAMES.get(report, report)

    def report(self, planned: PlannedReport) -> str:
        """Return a planned report by name, Type and days."""
        return f"the {self.name(planned.report)} {self.type(planned)}"

    def type(self, planned: PlannedReport) -> str:
        """Return the Type of a planned report and its days."""
        if planned.as_of is not None:
            return f"Type 1 report as of {short_day(planned.as_of)}"
        back = " (look-back)" if planned.look_back else ""
        return f"Type 2 report for {span(planned.begins, planned.ends)}{back}"


def who(ask: DatedRequest, inside: bool = False) -> str:
    """Whoever asked, in the user's words; else the kind of reader. `inside` a sentence that begins small."""
    return ask.asked_by or reader(ask.reader, inside)


def reader(kind: str, inside: bool = False) -> str:
    """Return a kind of reader in words."""
    words = _READERS.get(kind, "Whoever asked")
    return words[0].lower() + words[1:] if inside else words


def count(number: int, unit: str = "month") -> str:
    """Return a number of months, or of another unit."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def capital(text: str) -> str:
    """Return the text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def short_day(of: date) -> str:
    """Return a day."""
    return f"{of.day} {of:%b %Y}"


def span(begins: date | None, ends: date | None) -> str:
    """From a day to a day; the year once where it is the same."""
    if begins is None or ends is None:
        return ""
    first = f"{begins.day} {begins:%b}" if begins.year == ends.year else short_day(begins)
    return f"{first} to {short_day(ends)}"


def months(of: DateSpan) -> str:
    """Return a span by its months where they are whole ones, else by its days."""
    if of.begins.day != 1 or of.ends != month_end(of.ends):
        return span(of.begins, of.ends)
    if (of.begins.year, of.begins.month) == (of.ends.year, of.ends.month):
        return f"{of.begins:%B %Y}"
    first = f"{of.begins:%B}" if of.begins.year == of.ends.year else f"{of.begins:%B %Y}"
    return f"{first} to {of.ends:%B %Y}"


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def joined(texts: Sequence[Text]) -> Text:
    """Texts as one, with the facts of all."""
    return Text(" ".join(t.says for t in texts), tuple(dict.fromkeys(f for t in texts for f in t.facts)))


def merged_spans(spans: Sequence[DateSpan]) -> tuple[DateSpan, ...]:
    """Spans in order, those that touch or overlap as one."""
    merged: list[DateSpan] = []
    for one in sorted(spans, key=lambda s: s.begins):
        if merged and one.begins <= day_after(merged[-1].ends):
            merged[-1] = DateSpan(merged[-1].begins, max(merged[-1].ends, one.ends))
        else:
            merged.append(one)
    return tuple(merged)


def within(one: DateSpan, other: DateSpan) -> DateSpan | None:
    """Return what two spans have in common."""
    begins, ends = max(one.begins, other.begins), min(one.ends, other.ends)
    return DateSpan(begins, ends) if begins <= ends else None


def opinion_words(opinion: str) -> str:
    """Return an opinion as an adjective."""
    return {"disclaimer": "disclaimed"}.get(opinion, opinion)
