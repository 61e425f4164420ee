"""The plan in a document: the picture, a table of the reports, what each request gets, and what else could be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from socui.planning.model import Plan, PlannedReport, RequestOutcome, Text
from socui.planning.picture import reader_of
from socui.planning.words import report_days, report_title, short_day
from socui.reports.blocks import Block, Bullets, Chart, DocTable, Item, Run, TextLine, short

ANSWER_WORDS = {
    "on_time": "in time",
    "tight": "tight",
    "unlikely": "probably late",
    "late": "late",
    "unknown": "no date yet",
    "no_report": "no report",
    "elsewhere": "no SOC report needed",
}
"""The answers to requests, in a word or two."""


def plan_blocks(plan: Plan, title: str = "Plan", reports: Sequence[PlannedReport] | None = None) -> list[Block]:
    """Return the picture and the table of the reports; what is presumed and missing first."""
    shown = plan.reports if reports is None else reports
    blocks: list[Block] = []
    inputs = [
        Item(TextLine((Run(label, "strong"), Run(words)), a.facts))
        for a in plan.assumed
        for label, words in (a.parts,)
        if plan.reports
    ]
    inputs += [Item(TextLine((Run("Missing: ", "strong"), Run(m.sentence)))) for m in plan.missing]
    if inputs:
        blocks.append(Bullets(tuple(inputs)))
    if shown:
        rows = tuple(
            (TextLine((Run(report_title(r, plan.country)),), _facts(r.says)), short(report_days(r)), short(short_day(r.in_hand.typical)),
             TextLine((Run(f"{short_day(r.in_hand.low)} to {short_day(r.in_hand.high)}"),)))
            for r in shown
        )  # fmt: skip
        head = ("Report", "Period", "In hand, typically", "Earliest to latest")
        blocks += [Chart(plan, title), DocTable("Planning estimates", head, rows, "plan")]
    return blocks


def why_blocks(plan: Plan) -> list[Block]:
    """Return why the first reports are placed so, and what holds for the whole plan."""
    items = [
        Item(TextLine((Run(f"{report_title(r, plan.country)}, {report_days(r)}", "strong"),)), tuple(_lines(r.says)))
        for r in plan.reports
        if not r.next
    ]
    items += [Item(TextLine((Run(text.says),), text.facts)) for text in plan.says]
    return _bullets(items)


def request_blocks(plan: Plan) -> list[Block]:
    """Return what each request gets, with what to send meanwhile."""
    return _bullets(_request(r) for r in plan.requests)


def _request(request: RequestOutcome) -> Item:
    lead = f"{ANSWER_WORDS[request.answer][:1].upper()}{ANSWER_WORDS[request.answer][1:]}. "
    more = [*_lines(request.says), *(_meanwhile(t) for t in request.meanwhile)]
    return Item(TextLine((Run(lead, "strong"), Run(request.sentence)), request.facts), tuple(more))


def _meanwhile(text: Text) -> TextLine:
    return TextLine((Run("Meanwhile: ", "strong"), Run(text.says)), text.facts)


def other_blocks(plan: Plan) -> list[Block]:
    """Return the runners-up."""
    return _bullets(Item(TextLine((Run(o.sentence.says),), o.sentence.facts)) for o in plan.runners_up)


def request_name(request: RequestOutcome) -> str:
    """Return who asked."""
    return request.asked_by or reader_of(request)


def _lines(texts: Iterable[Text]) -> Iterator[TextLine]:
    return (TextLine((Run(t.says),), t.facts) for t in texts)


def _facts(texts: Sequence[Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f for t in texts for f in t.facts))


def _bullets(items: Iterable[Item]) -> list[Block]:
    held = tuple(items)
    return [Bullets(held)] if held else []
