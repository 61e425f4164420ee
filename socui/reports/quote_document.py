"""The sheet for CPA firms as a document. Sentences are the knowledge base's; headings, table heads and marks stand here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socui.deciding.answers import option_words
from socui.planning.plan import year_ends
from socui.reports.appendix import references
from socui.reports.blocks import Block, Bullets, Chart, Document, Item, Line, Run, Table, section, short
from socui.reports.quote_request import Given, Row, Sheet, Wanted
from socui.reports.words import AGREE, NEEDLESS, OPEN, mark, sentence
from socui.text import visible

FIRST = ("readiness", "fixes", "type1", "period", "lookback", "fieldwork", "report")
"""Steps up to the first reports: what is quoted for."""
HEAD = ("Item", "By our answers", "Remark")


def request_document(sheet: Sheet) -> Document:
    """The sheet in the order in which a CPA firm reads it. Pure."""
    profile, parts = sheet.profile, sheet.parts
    blocks: list[Block] = section("What we ask for", _lead(sheet))
    blocks += section("What we ask back before an order", _clarified(sheet))
    if parts["service"]:
        rows = (*_names(sheet), *_rows(parts["service"]))
        blocks += section("The service", [Table("What is to be examined", HEAD, rows)])
        blocks += section("Reports", [*_reports(sheet), *_categories(sheet), *_items(parts["report"])])
    blocks += section("Vendors and clients", _lines(parts["vendors"], "Vendors behind the service"))
    blocks += section("Dates", [*_lines(parts["dates"], "Dates that bind us"), *_plan(sheet)])
    blocks += section("Still to be agreed", [*_open(sheet), *_items(parts["agree"])])
    blocks += section("What we ask of you", _items(parts["ask"]))
    blocks += section("What this sheet is not", _items(parts["limit"]))
    cited, numbers = references(sheet.knowledge, blocks)
    about = [("Organization", visible(profile.organization)), ("Profile", visible(profile.name))]
    about += [("Date", f"{sheet.today}"), ("Knowledge", f"{sheet.knowledge.version} ({sheet.knowledge.digest})")]
    title = f"Request for a quote: {visible(profile.service) or visible(profile.name) or 'a service'}"
    return Document(title, tuple(pair for pair in about if pair[1]), (*blocks, *cited), numbers)


def _lead(sheet: Sheet) -> Iterator[Block]:
    for row in sheet.parts["about"]:
        yield Line((Run(row.request.says),), row.request.facts, "lead")
    if not sheet.advice.settled:
        words = ", ".join(sheet.knowledge.texts.get(f"headline.{h}", h) for h in sheet.advice.possible)
        for item in map(_item, sheet.parts["open"]):
            yield Line((*item.runs, Run(f" (possible: {words})", "soft")), item.refs)


def _clarified(sheet: Sheet) -> list[Block]:
    rules = [reason.rule for reason in sheet.advice.clarify]
    return _bullets(Item(Line((Run(rule.ask_back or rule.because),), rule.facts)) for rule in rules)


def _bullets(items: Iterable[Item]) -> list[Block]:
    found = tuple(items)
    return [Bullets(found)] if found else []


def _item(row: Row) -> Line:
    title = Run(f"{sentence(row.request.title)} ", "strong")
    return Line((title, Run(row.request.says)), row.request.facts)


def _items(rows: Iterable[Row]) -> list[Block]:
    return _bullets(Item(_item(row)) for row in rows)


# ------------------------------------------------------------------------------------------------------------ tables


def _names(sheet: Sheet) -> Iterator[tuple[Line, ...]]:
    """The organization and the service, which no question asks for."""
    for title, text in (("Organization", sheet.profile.organization), ("Service", sheet.profile.service)):
        said = visible(text)
        yield Line((Run(title),)), Line((Run(said, "user"),)) if said else Line((Run(OPEN, "soft"),)), Line(())


def _rows(rows: Iterable[Row]) -> tuple[tuple[Line, ...], ...]:
    return tuple(
        (Line((Run(r.request.title),)), _answers(r), Line((Run(r.request.says),), r.request.facts)) for r in rows
    )


def _lines(rows: tuple[Row, ...], caption: str) -> list[Block]:
    """Lines with answers as a table, the others as a list behind it."""
    asked = _rows(row for row in rows if row.request.questions)
    return [
        *([Table(caption, HEAD, asked)] if asked else []),
        *_items(row for row in rows if not row.request.questions),
    ]


def _answers(row: Row) -> Line:
    runs: list[Run] = []
    for given in row.given:
        before = [Run("; ")] if runs else []
        name = [Run(f"{given.question.short}: ")] if len(row.given) > 1 else []
        runs += [*before, *name, *_said(given)]
    return Line(tuple(runs)) if runs else Line((Run("does not apply", "soft"),))


def _said(given: Given) -> Iterator[Run]:
    if given.day is not None:
        yield Run(f"{given.day}")
        return
    if given.needless:
        yield Run(NEEDLESS, "soft")
    elif given.options or not given.open:
        yield Run(option_words(given.question, given.options))
    if given.open:
        yield Run(f" ({OPEN})" if given.options else OPEN, "soft")


def _reports(sheet: Sheet) -> list[Block]:
    rows = []
    for wanted in sheet.reports:
        name = Line((Run(wanted.report.result.title),), (), wanted.report.result.id)
        type = Line((Run(wanted.type.label),)) if wanted.type and wanted.wanted else Line((Run("-"),))
        whom = Line((Run(wanted.by_whom or "nobody by our answers"),))
        rows.append((name, Line((Run(wanted.report.label, "strong"),)), whom, type, _period(wanted)))
    head = ("Report", "Verdict", "Asked for by", "Type", "First period, about")
    return [Table("Reports, Types and periods", head, tuple(rows))] if rows else []


def _period(wanted: Wanted) -> Line:
    bar = wanted.period
    if bar is None or not wanted.wanted:
        return Line((Run("-"),))
    begins = AGREE if bar.step.kind == "lookback" else f"{bar.begins[1]}"
    unsure = "" if wanted.type and wanted.type.settled else "; as far as answered"
    return Line(
        (Run(f"{begins} to {bar.ends[1]}"), Run(f" (end between {bar.ends[0]} and {bar.ends[2]}{unsure})", "soft"))
    )


def _categories(sheet: Sheet) -> list[Block]:
    rows = tuple(
        (Line((Run(c.title),)), Line((Run(finding.label, "strong"),)), short(str(c.criteria)))
        for c, finding in sheet.categories
    )
    if not any(wanted.wanted and wanted.report.result.id == "soc2" for wanted in sheet.reports):
        return []
    head = ("Category", "For the SOC 2 report", "Criteria")
    return [Table("Trust services categories", head, rows)] if rows else []


def _plan(sheet: Sheet) -> Iterator[Block]:
    bars = tuple(bar for bar in sheet.bars if bar.step.kind in FIRST)
    if not bars:
        return
    needed = bars[0].needed_by
    rows = tuple(
        (Line((Run(bar.step.title),), bar.step.facts), short(f"{bar.begins[1]}"), short(f"{bar.ends[1]}"),
         Line((Run(f"{bar.ends[0]} to {bar.ends[2]}"),)))
        for bar in bars
    )  # fmt: skip
    ends = year_ends(sheet.today, bars)
    yield Chart(bars, sheet.today, needed, "Our plan up to the first reports", ends)
    yield Table("Our plan up to the first reports", ("Step", "Begins", "Ends", "Ends between"), rows)


def _open(sheet: Sheet) -> list[Block]:
    rows = tuple(
        (Line((Run(s.question.short),)), Line((Run(mark(s.state)),)), Line((Run(s.question.whom),))) for s in sheet.open
    )
    return [Table("Our open points", ("Point", "State", "Who finds out"), rows)] if rows else []
