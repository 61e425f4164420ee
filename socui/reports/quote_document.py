"""The request for quotes as a document. Sentences and titles are the knowledge base's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from socui.asking.reading.quoting import asked_in_words
from socui.day_words import day_words
from socui.knowledge.local_words import REPORT_NAMES, a_name, typed_name
from socui.name_words import names_in_a_row
from socui.planning.words import capital
from socui.profiles.countries import COUNTRY_QUESTION as COUNTRY
from socui.profiles.country_names import country_name
from socui.profiles.record_words import evidence_and_changes
from socui.profiles.records import ReportHeld
from socui.reports.blocks import Block, Bullets, DocTable, Document, Item, Run, TextLine, known_row, section, short
from socui.reports.card import CardReport, period_words
from socui.reports.quote_request import QuoteAnswer, QuoteRow, QuoteSheet
from socui.reports.quoted_reports import quoted_reports
from socui.reports.words import (
    NEEDLESS,
    STILL_OPEN,
    answer_words,
    asked_by_words,
    ended,
    read_aloud,
    span_words,
)
from socui.text import visible

_HEAD = ("Item", "Our answer")
NAMED_LINES = 3
"""Empty lines for subservice organizations to be named in."""


def request_document(sheet: QuoteSheet) -> Document:
    """Return the request in the order in which a CPA firm reads it. Pure."""
    parts, f = sheet.parts, sheet.findings
    t = f.knowledge.texts
    blocks: list[Block] = section(t["quote.wanted"], [*_lead(sheet), *_reports(sheet), *_items(parts["report"])])
    blocks += section(t["quote.about"], _table(t["quote.about"], [*_names(sheet), *_blanks(sheet, "about")]))
    blocks += section(t["quote.service.title"], [*_service(sheet), *_categories(sheet)])
    blocks += section(t["quote.controls"], _table(t["quote.controls"], _blanks(sheet, "controls")))
    blocks += section(t["quote.vendors"], _vendors(sheet))
    blocks += section(t["quote.reports"], _held(sheet))
    blocks += section(t["quote.asked"], _requests(sheet))
    rows = [*_year_ends(sheet), *_blanks(sheet, "readers")]
    blocks += section(t["quote.readers"], _table(t["quote.readers"], rows))
    blocks += section(t["quote.open"], _items(parts["agree"]))
    blocks += section(t["quote.ask"], _items(parts["ask"]))
    blocks += section(t["quote.limit"], _items(parts["limit"]))
    names = read_aloud([report.name for report in sheet.reports])
    about = [("Organization", visible(f.profile.organization)), ("Date", day_words(f.today))]
    what = t["quote.what" if len(sheet.reports) == 1 else "quote.what.both"].format(names=names)
    return Document(t["quote.title"].format(what=what), tuple(pair for pair in about if pair[1]), tuple(blocks))


def _lead(sheet: QuoteSheet) -> Iterator[Block]:
    t, service = sheet.findings.knowledge.texts, visible(sheet.findings.profile.service)
    names = read_aloud(
        [t[f"quote.examination{_then(sheet, report)}"].format(a_name=a_name(report.name)) for report in sheet.reports]
    )
    yield TextLine(
        (Run(t["quote.lead"].format(examinations=names, service=service or t["quote.service"])),), (), "lead"
    )
    if not sheet.advice.settled:
        yield from (_item(row) for row in sheet.parts["open"])


def _then(sheet: QuoteSheet, report: CardReport) -> str:
    follows = any(r.type == "type2" for r in sheet.findings.plan.of(report.report))
    return ".then" if report.type == "type1" and follows else ""


def _reports(sheet: QuoteSheet) -> Iterator[Block]:
    """Every report to be quoted for: Type, period or date, when it is needed, for whom; from the plan."""
    rows = list[tuple[TextLine, ...]]()
    t = sheet.findings.knowledge.texts
    for row in quoted_reports(sheet):
        one = row.planned
        name = typed_name(one.report, one.type, sheet.findings.plan.country) if one else row.report.name
        whom = names_in_a_row(list(dict.fromkeys(reader.whom for reader in row.readers)))
        rows.append(
            (
                TextLine(
                    (Run(name),),
                    (),
                    row.report.report,
                ),
                TextLine((Run(period_words(t, one) if one else STILL_OPEN),)),
                short(day_words(row.due)) if row.due else TextLine((Run(t["quote.no_date"], "soft"),)),
                TextLine((Run(whom or t["quote.no_reader"]),)),
            )
        )
    head = ("Report", "Period or date", "Needed by", "For")
    yield DocTable(t["quote.wanted.caption"], head, tuple(rows))


# ---------------------------------------------------------------- rows of two cells


def _table(caption: str, rows: Iterable[tuple[TextLine, ...]]) -> list[Block]:
    made = tuple(rows)
    return [DocTable(caption, _HEAD, made, "answers")] if made else []


def _blanks(sheet: QuoteSheet, part: str) -> Iterator[tuple[TextLine, ...]]:
    blank = sheet.findings.knowledge.texts["quote.blank"]
    for one in sheet.blanks[part]:
        title = (Run(one.field.title),) if one.text else (Run(one.field.title), Run(f" ({one.field.hint})", "soft"))
        yield TextLine(title), TextLine((Run(one.text, "user") if one.text else Run(blank, "soft"),))


def _names(sheet: QuoteSheet) -> Iterator[tuple[TextLine, ...]]:
    profile, k = sheet.findings.profile, sheet.findings.knowledge
    blank, answer = k.texts["quote.blank"], profile.answers.get(COUNTRY)
    named = answer_words(k.questions[COUNTRY], [answer]) if isinstance(answer, str) and COUNTRY in k.questions else ""
    for title, text in (
        ("Organization", profile.organization),
        ("Country", country_name(profile.country) or named),
        ("Service", profile.service),
    ):
        shown = visible(text)
        yield TextLine((Run(title),)), TextLine((Run(shown, "user") if shown else Run(blank, "soft"),))


def _answered(sheet: QuoteSheet, rows: Iterable[QuoteRow]) -> Iterator[tuple[TextLine, ...]]:
    """Yield lines with answers, and last what none of is known."""
    t, unknown = sheet.findings.knowledge.texts, list[str]()
    for row in rows:
        known_answers = [answer for answer in row.answers if not _unknown(answer)]
        left = [_label(row, answer, t) for answer in row.answers if _unknown(answer)]
        if known_answers:
            yield TextLine((Run(row.request.title),)), _answers(row, known_answers, left, t)
        else:
            unknown += left
    if unknown:
        yield TextLine((Run(capital(STILL_OPEN)),)), TextLine((Run("; ".join(unknown), "soft"),))


def _unknown(answer: QuoteAnswer) -> bool:
    """Return whether nothing is known of a question that is still open."""
    return answer.open and not answer.options and answer.day is None and not answer.needless


def _label(row: QuoteRow, answer: QuoteAnswer, t: Mapping[str, str]) -> str:
    """Return what an answer is called beside others; alone, as its line is."""
    if len(row.answers) == 1:
        return row.request.title
    return t.get(f"quote.label.{answer.question.id}", answer.question.short)


def _answers(
    row: QuoteRow, known_answers: Iterable[QuoteAnswer], left: Iterable[str], t: Mapping[str, str]
) -> TextLine:
    runs: list[Run] = []
    for answer in known_answers:
        before = [Run("; ")] if runs else []
        name = [Run(f"{_label(row, answer, t)}: ")] if len(row.answers) > 1 else []
        runs += [*before, *name, *_said(answer)]
    if unknown := [*left]:
        runs.append(Run(f"; {STILL_OPEN}: {', '.join(unknown)}", "soft"))
    return TextLine(tuple(runs))


def _said(answer: QuoteAnswer) -> Iterator[Run]:
    if answer.day is not None:
        yield Run(day_words(answer.day))
        return
    if answer.needless:
        yield Run(NEEDLESS, "soft")
    elif answer.options or not answer.open:
        yield Run(answer_words(answer.question, answer.options).replace(";", ","))
    if answer.open:
        yield Run(f" ({STILL_OPEN})" if answer.options else STILL_OPEN, "soft")


def _item(row: QuoteRow) -> TextLine:
    return TextLine((Run(f"{ended(row.request.title)} ", "strong"), Run(row.request.says)))


def _items(rows: Iterable[QuoteRow]) -> list[Block]:
    items = tuple(Item(_item(row)) for row in rows if row.request.says and not row.request.questions)
    return [Bullets(items)] if items else []


# ---------------------------------------------------------------- what is examined


def _service(sheet: QuoteSheet) -> list[Block]:
    records = [*map(known_row, evidence_and_changes(sheet.findings.profile))]
    rows = [*_answered(sheet, sheet.parts["service"]), *records, *_blanks(sheet, "service")]
    return _table(sheet.findings.knowledge.texts["quote.service.title"], rows)


def _categories(sheet: QuoteSheet) -> list[Block]:
    if not any(report.report == "soc2" for report in sheet.reports):
        return []
    t, rows = sheet.findings.knowledge.texts, []
    for category, finding in sheet.categories:
        scope = t[f"quote.category.{finding.leaning}"]
        scope += t["quote.to_confirm"] if not finding.settled and finding.leaning != "consider" else ""
        rows.append((TextLine((Run(category.title),)), TextLine((Run(scope),))))
    return [DocTable("Trust services categories", ("Category", "For the SOC 2 report"), tuple(rows))] if rows else []


def _vendors(sheet: QuoteSheet) -> list[Block]:
    """Return what was answered, the organizations by name, and lines for those still to be named."""
    t, rows = sheet.findings.knowledge.texts, [*_answered(sheet, sheet.parts["vendors"])]
    named = [b.text for b in sheet.blanks["vendors"] if b.text]
    if named:
        rows += [*_blanks(sheet, "vendors")]
    blocks = _table(t["quote.vendors"], rows)
    answers = [answer for row in sheet.parts["vendors"] for answer in row.answers]
    if not named and (not answers or any(answer.options or answer.open for answer in answers)):
        blank = TextLine((Run(t["quote.blank"], "soft"),))
        head = ("Name", "Service", "Its report, Type and period", "Method")
        caption = sheet.blanks["vendors"][0].field.title if sheet.blanks["vendors"] else ""
        blocks.append(DocTable(caption, head, ((blank,) * len(head),) * NAMED_LINES))
    return [*blocks, *_items(sheet.parts["vendors"])]


def _held(sheet: QuoteSheet) -> list[Block]:
    """Reports held with their period, opinion and firm."""
    t, blocks = sheet.findings.knowledge.texts, list[Block]()
    rows = []
    for held in sheet.findings.profile.reports_held:
        cells = (_kind(held), _span(held) or STILL_OPEN, held.opinion or STILL_OPEN, visible(held.firm) or STILL_OPEN)
        rows.append(tuple(TextLine((Run(text),)) for text in cells))
    if rows:
        blocks.append(DocTable(t["quote.reports"], ("Report", "Period or date", "Opinion", "Firm"), tuple(rows)))
    if rows or any(b.text for b in sheet.blanks["reports"]):
        blocks += _table(t["quote.reports"], _blanks(sheet, "reports"))
    return blocks


def _kind(held: ReportHeld) -> str:
    return typed_name(held.report, held.type) if held.report in REPORT_NAMES else visible(held.report) or STILL_OPEN


def _span(held: ReportHeld) -> str:
    if held.as_of:
        return f"as of {day_words(held.as_of)}"
    return " to ".join(span_words(held.begins, held.ends)) if held.begins or held.ends else ""


def _requests(sheet: QuoteSheet) -> Iterator[Block]:
    """Yield each request, with its words as they were written."""
    t, profile = sheet.findings.knowledge.texts, sheet.findings.profile
    rows = []
    for asked in profile.requests:
        reader = next((r for r in sheet.findings.card.readers if r.request == asked.id), None)
        needed = day_words(asked.needed_by) if asked.needed_by else t["quote.no_date"]
        cells = (
            asked_by_words(t, asked),
            (reader.what if reader else "") or NEEDLESS,
            needed,
            t.get(f"force.{asked.force}", NEEDLESS),
        )
        rows.append(tuple(TextLine((Run(text),)) for text in cells))
    if rows:
        yield DocTable(t["quote.asked.caption"], ("Who", "What", "Needed by", "How firm"), tuple(rows))
    for asked in profile.requests:
        if asked.words:
            yield TextLine(
                (Run(f"{asked_by_words(t, asked)}, {t['quote.clause'][:1].lower()}{t['quote.clause'][1:]}:", "soft"),),
                (),
                "label",
            )
            yield TextLine((Run(asked_in_words(asked.words), "user"),), (), "quote")


def _year_ends(sheet: QuoteSheet) -> Iterator[tuple[TextLine, ...]]:
    """Yield when clients' fiscal years end: what was answered, else the years that requests name."""
    rows = [row for row in sheet.parts["dates"] if not all(answer.needless or answer.open for answer in row.answers)]
    if rows:
        yield from _answered(sheet, rows)
        return
    t, requests = sheet.findings.knowledge.texts, sheet.findings.profile.requests
    years = [f"{day_words(r.fiscal_year_end)} ({asked_by_words(t, r)})" for r in requests if r.fiscal_year_end]
    if years:
        yield TextLine((Run(t["quote.years"]),)), TextLine((Run("; ".join(years)),))
