"""The recommendation so far, in the order people ask: what, why, what is open, what would change it, and what then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from socui.planning.words import report_days, row_title
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Memory, Span, Tag, flow
from socui.screens.widgets.plan_lines import plan_lines
from socui.screens.widgets.reason_lines import because, publishers_of, reason_lines, tip_lines, why_not_lines
from socui.screens.widgets.scope_lines import scope_lines
from socui.screens.widgets.view import View
from socui.settings.commands import key_of

ABOUT = (
    "Which report your customers expect, and whether you must have one.",
    "Which Type and period, and when it can be in hand.",
    "What to answer today to whoever asked.",
)
"""What the pane will say, while nothing was said yet."""
ASKED = ("question1", "question2", "question3")


def recommendation_lines(view: View, memory: Memory | None = None) -> list[Line]:
    """Return the whole pane. A section with nothing to say is left out."""
    memory = memory or Memory()
    a, width = view.advice, view.width
    obtains = view.profile.answers.get("role")
    silent = view.silent
    top = (width, silent and a.sentence, obtains, a.clarify)
    lines = list(memory.lines("", top, partial(_headline, view)))
    if silent:
        for words in ABOUT:
            lines += flow(words, width, (Span("   · ", "key"),))
        return lines  # nothing is argued before anything was said
    for id, title, reads, write in SECTIONS:
        body = memory.lines(id, (width, reads(view)), partial(write, view))
        if not body:
            continue
        closed = id in view.folded
        lines += [
            BLANK,
            Line((Span(f" {'▸' if closed else '▾'} ", "key"), Span(title, "head")), ("fold", id), stop=True),
        ]
        if not closed:
            lines += body
    return lines


def _headline(view: View) -> Iterator[Line]:
    advice, width = view.advice, view.width
    if view.silent:
        yield from flow(advice.sentence, width, (Span(" "),), style="strong")
        yield BLANK
    if view.profile.answers.get("role") == "obtain":
        run = ("run", "vendors")
        leads = view.knowledge.texts.get("vendors.lead", "lists your vendors")
        yield from flow(
            (Span(key_of("vendors", "V"), "key"), Span(f" {leads}")), width, (Span(" ▸ ", "key"),), tag=run, stop=True
        )
    for reason in advice.clarify:
        tag: Tag = ("rule", reason.rule.id)
        yield from flow(because(view, reason), width, (Span(" ? ", "warn"),), tag=tag, stop=True)
        if reason.rule.ask_back:
            yield from flow(reason.rule.ask_back, width, (Span("   Ask: ", "warn"),), tag=tag)


def _asked(view: View) -> Iterator[Line]:
    if view.advice.early:
        return
    for kind in ASKED:
        for noted in view.advice.notes:
            if noted.note.kind == kind:
                likely = "" if noted.certain else "Probably: "
                tag: Tag = ("advice", noted.note.id)
                yield from flow(noted.note.title, view.width, (Span("   "),), style="strong", tag=tag, stop=True)
                yield from flow((Span(likely, "dim"), Span(noted.note.says)), view.width, (Span("     "),), tag=tag)


def _open(view: View) -> Iterator[Line]:
    for id in view.advice.matter:
        question = view.knowledge.questions[id]
        unsure = "not sure; " if id in view.profile.not_sure else ""
        spans = (Span(question.ask), Span(f" ({unsure}ask {question.whom})" if question.whom else "", "dim"))
        yield from flow(spans, view.width, (Span("   ◆ ", "key"),), tag=("goto", id), stop=True)


def _timing(view: View) -> Iterator[Line]:
    """Yield what the plan says of each first report and why, and which of two reports comes first."""
    for report in view.plan.reports:
        if not report.next:
            yield from flow(
                f"{row_title(report, view.plan.country)}, {report_days(report)}",
                view.width,
                (Span("   ● "),),
                style="strong",
            )
            for text in report.says:
                yield from flow(text.says, view.width, (Span("     · ", "dim"),), tag=("facts", *text.facts))
    if finding := view.advice.findings.get("order"):
        says = finding.result.value(finding.leaning).says
        spans = (Span(f"{finding.result.title}: "), Span(finding.label, "strong"), Span(f". {says}", "dim"))
        yield from flow(spans, view.width, (Span("   ● "),))


def _plan(view: View) -> Iterator[Line]:
    yield from plan_lines(view.plan, view.width)


def _notes(*kinds: str) -> Callable[[View], Iterator[Line]]:
    def write(view: View) -> Iterator[Line]:
        for noted in view.advice.notes:
            note = noted.note
            if note.kind not in kinds or note.reminder:  # reminders hold for everybody: the full report has them
                continue
            glyph = "!" if note.kind == "mistake" else "●" if noted.certain else "~"
            spans = [Span(note.title, "strong"), Span(f". {note.says}")]
            if note.cost:
                spans.append(Span(f" At stake: {note.cost[:1].lower()}{note.cost[1:]}", "warn"))
            if publishers := publishers_of(view.knowledge, note.facts):
                spans.append(Span(f" [{publishers}]", "dim", ("facts", *note.facts)))
            lead = (Span(f"   {glyph} ", "warn" if glyph == "!" else "dim"),)
            yield from flow(spans, view.width, lead, tag=("advice", note.id), stop=True)

    return write


class _Section(NamedTuple):
    """A part of the pane. `reads` gives everything that `write` looks at and that an answer can change."""

    id: str
    title: str
    reads: Callable[[View], object]
    write: Callable[[View], Iterable[Line]]


def _section_of_notes(id: str, title: str, *kinds: str) -> _Section:
    return _Section(id, title, _noted(*kinds), _notes(*kinds))


def _noted(*kinds: str) -> Callable[[View], object]:
    return lambda view: [n for n in view.advice.notes if n.note.kind in kinds]


SECTIONS = (
    _section_of_notes("next", "Next steps", "step"),
    _Section("open", "Still open", lambda v: [(q, q in v.profile.not_sure) for q in v.advice.matter], _open),
    _Section("plan", "Plan", lambda v: v.plan, _plan),
    _Section(
        "because",
        "Because",
        lambda v: (dict(v.reports()), v.advice.clarify, v.advice.presumed, v.advice.settled, v.why),
        reason_lines,
    ),
    _Section(
        "timing",
        "Type and period",
        lambda v: (v.plan, v.advice.findings.get("order")),
        _timing,
    ),
    _Section(
        "scope",
        "Scope of the SOC 2 report",
        lambda v: {id: f for id, f in v.advice.findings.items() if id == "soc2" or id in v.knowledge.categories},
        scope_lines,
    ),
    _section_of_notes("mistakes", "Mistakes these answers show", "mistake"),
    _Section("tips", "What would change it", lambda v: (v.tips, v.profile.answers), tip_lines),
    _Section("asked", "Three questions people usually ask", lambda v: (v.advice.early, _noted(*ASKED)(v)), _asked),
    _section_of_notes("neighbours", "Besides a SOC report", "neighbour"),
    _section_of_notes("hints", "Good to know", "period", "vendor", "benefit"),
    _Section("not", "Why no other report", lambda v: (v.why_not, [f.leaning for _, f in v.reports()]), why_not_lines),
    _section_of_notes("limits", "What this does not say", "limit"),
)


def plain(lines: Iterable[Line]) -> str:
    """Return the lines as plain text, to be copied."""
    return "\n".join("".join(s.text for s in line.spans).rstrip() for line in lines)


class Recommendation(Sheet):
    """The pane of the recommendation."""

    READ_FROM_TOP = True
