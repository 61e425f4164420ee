"""The recommendation so far, in the order people ask: what, why, what is open, what would change it, and what then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from socui.deciding.advice import Advice, Finding, Reason, Said, Tip, WhyNot
from socui.deciding.answers import option_words
from socui.deciding.compiled import COUNTS
from socui.deciding.headline import change_words, lacking, unsure_lead, would_be
from socui.knowledge.model import Knowledge
from socui.planning.model import NO_PLAN, Plan
from socui.profiles.profile import Profile
from socui.screens.widgets.comparison import MARKS, NAMES
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Memory, Span, Tag, flow
from socui.screens.widgets.plan_lines import days_of, plan_lines, title_of
from socui.settings.commands import key_of

SCOPE_MARKS = {"include": "●", "consider": "○", "leave_out": "–", "leave out": "–"}
ABOUT = (
    "Which report your customers expect, and whether you must have one.",
    "Which Type and period, and when it can be in hand.",
    "What to answer today to whoever asked.",
)
"""What the pane will say, while nothing was said yet."""
SOURCES = 3
"""Publishers named behind a reason; the row of the comparison and the report name them all."""
ASKED = ("question1", "question2", "question3")


class View(Struct, frozen=True):
    """Everything that the recommendation is written from. `tips` and `why_not` are None, and `plan` empty, until they are
    worked out; `why` where the person asked for it; `folded` names the sections that show only their heading."""

    knowledge: Knowledge
    advice: Advice
    profile: Profile
    width: int
    folded: Collection[str] = ()
    tips: tuple[Tip, ...] | None = None
    why: tuple[Said, ...] | None = None
    why_not: tuple[WhyNot, ...] | None = None
    plan: Plan = NO_PLAN


def recommendation_lines(view: View, memory: Memory | None = None) -> list[Line]:
    """The whole pane. A section with nothing to say is left out."""
    memory = memory or Memory()
    a, width = view.advice, view.width
    obtains = view.profile.answers.get("role")
    silent = not (view.profile.answers or view.profile.requests or view.profile.reports_held)
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
    if not (view.profile.answers or view.profile.requests or view.profile.reports_held):
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
        yield from flow(_because(view, reason), width, (Span(" ? ", "warn"),), tag=tag, stop=True)
        if reason.rule.ask_back:
            yield from flow(reason.rule.ask_back, width, (Span("   Ask: ", "warn"),), tag=tag)


def _because(view: View, reason: Reason) -> tuple[Span, ...]:
    parts = (_told(view.knowledge, a) for a in reason.answers if a.question in view.knowledge.questions)
    answers = " · ".join(dict.fromkeys(parts))
    spans = [Span(reason.rule.because)]
    if answers:
        spans.append(Span(f" ← {answers}", "dim"))
    if publishers := _publishers(view.knowledge, reason.rule.facts):
        spans.append(Span(f" [{publishers}]", "dim", ("facts", *reason.rule.facts)))
    return tuple(spans)


def _told(knowledge: Knowledge, answer: Said) -> str:
    """An answer in short labels; "none of these" says of what."""
    question = knowledge.questions[answer.question]
    words = option_words(question, answer.options)
    words = words if answer.options else f"{question.short}: {words}"
    return f"{words} (presumed)" if answer.presumed else words


def _publishers(knowledge: Knowledge, facts: Iterable[str]) -> str:
    ids = [s for f in facts if f in knowledge.facts for s in knowledge.facts[f].sources if s in knowledge.sources]
    names = list(dict.fromkeys(knowledge.sources[i].publisher for i in ids))
    return ", ".join(names[:SOURCES]) + (f" +{len(names) - SOURCES}" if len(names) > SOURCES else "")


def said_words(knowledge: Knowledge, answers: Iterable[Said]) -> str:
    """The answers in short labels, "presumed" where the person did not say so."""
    parts = []
    for answer in answers:
        if question := knowledge.questions.get(answer.question):
            words = option_words(question, answer.options)
            parts.append(f"{question.short}: {words}{', presumed' if answer.presumed else ''}")
    return "; ".join(parts)


def _reports(view: View) -> Iterator[tuple[str, Finding]]:
    for report in NAMES:
        if finding := view.advice.findings.get(report):
            yield report, finding


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


def _reasons(view: View) -> Iterator[Line]:
    for report, finding in _reports(view):
        for reason in () if finding.early else finding.reasons:  # nothing was said that would be a reason
            if reason.deciding and reason not in view.advice.clarify:
                glyph = MARKS.get(finding.leaning, "●") if reason.certain else "~"
                spans = _because(view, reason)
                lead = unsure_lead(finding, reason, view.advice.settled)
                likely = (Span(lead, "dim"),) if lead else ()
                tag: Tag = ("rule", reason.rule.id)
                yield from flow((*likely, *spans), view.width, (Span(f"   {glyph} ", report),), tag=tag, stop=True)
    if view.why is not None:
        words = said_words(view.knowledge, view.why) or "no answer forces it yet"
        yield from flow((Span("These answers alone force it: ", "key"), Span(words)), view.width, (Span("   "),))
    for presumed in view.advice.presumed:
        if view.advice.settled and presumed.presumption.question not in view.advice.matter:
            continue  # it bears on scope or plan alone: no "if" stands under a result that is settled
        rule = presumed.presumption
        question = view.knowledge.questions[rule.question]
        words = f"{question.short}: {option_words(question, presumed.options)}"
        spans = (Span("if ", "key"), Span(words), Span(f". {rule.because}", "dim"))
        yield from flow(spans, view.width, (Span("   ~ ", "dim"),), tag=("presumption", rule.id), stop=True)


def _why_not(view: View) -> Iterator[Line]:
    if view.why_not is None:
        if any(finding.leaning not in COUNTS for _, finding in _reports(view)):
            yield Line((Span("   …", "dim"),))
        return
    for lacking_rule in view.why_not:
        rule = lacking_rule.rule
        lead = (Span("   – "), Span(NAMES[rule.result], f"{rule.result} strong"))
        words = f" {would_be(view.knowledge, lacking_rule)} with "
        spans = [*lead[1:], Span(words), Span(lacking(view.knowledge, lacking_rule)), Span(f". {rule.because}", "dim")]
        if publishers := _publishers(view.knowledge, rule.facts):
            spans.append(Span(f" [{publishers}]", "dim", ("facts", *rule.facts)))
        yield from flow(spans, view.width, lead[:1], tag=("rule", rule.id), stop=True)


def _open(view: View) -> Iterator[Line]:
    for id in view.advice.matter:
        question = view.knowledge.questions[id]
        unsure = "not sure; " if id in view.profile.not_sure else ""
        spans = (Span(question.ask), Span(f" ({unsure}ask {question.whom})" if question.whom else "", "dim"))
        yield from flow(spans, view.width, (Span("   ◆ ", "key"),), tag=("goto", id), stop=True)


def _tips(view: View) -> Iterator[Line]:
    if view.tips is None:
        yield Line((Span("   …", "dim"),))
        return
    for tip in view.tips:
        words = " or ".join(_headline_word(view, h) for h in tip.possible)
        effect = f"then {words}" if tip.forces else f"then possible: {words}"
        changes = change_words(view.knowledge, view.profile, tip.changes)
        yield from flow((Span(changes), Span(" – "), Span(effect, "strong")), view.width, (Span("   → ", "key"),))


def _headline_word(view: View, headline: str) -> str:
    return view.knowledge.texts.get(f"headline.{headline}", headline)


def _scope(view: View) -> Iterator[Line]:
    if not any(f.leaning != "not_indicated" for r, f in _reports(view) if r == "soc2"):
        return
    named: dict[str, list[str]] = {}
    for category in view.knowledge.categories.values():
        finding = view.advice.findings.get(category.id)
        word = finding.label if finding else "include" if category.id == "security" else ""
        if not word:
            continue
        if not view.advice.advised("soc2"):
            named.setdefault(word, []).append(category.title)
            continue
        mark = SCOPE_MARKS.get(finding.leaning if finding else "include", "·")
        spans = [Span(category.title, "strong"), Span(f": {word}", ""), Span(f", {category.criteria} criteria", "dim")]
        why = next((r for r in finding.reasons if r.deciding), None) if finding else None
        spans.append(Span(f". {why.rule.because if why else category.says}", "dim"))
        if why and any(answer.presumed for answer in why.answers):
            spans.append(Span(" (presumed)", "dim"))
        yield from flow(spans, view.width, (Span(f"   {mark} ", "soc2"),))
    if named:
        yield from _if_ordered(view, "if-scope")
        for word, titles in named.items():
            yield from flow(
                (Span(f"{word}: ", "strong"), Span(", ".join(titles))), view.width, (Span("   ○ ", "soc2"),)
            )


def _if_ordered(view: View, id: str) -> Iterator[Line]:
    """What is said where a report is only one to consider."""
    if message := view.knowledge.messages.get(id):
        yield from flow(message.says, view.width, (Span("   "),), tag=("facts", *message.facts), style="dim")


def _timing(view: View) -> Iterator[Line]:
    """What the plan says of each first report and why, and which of two reports comes first."""
    for report in view.plan.reports:
        if not report.next:
            yield from flow(f"{title_of(report)}, {days_of(report)}", view.width, (Span("   ● "),), style="strong")
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
            if publishers := _publishers(view.knowledge, note.facts):
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
        lambda v: (dict(_reports(v)), v.advice.clarify, v.advice.presumed, v.advice.settled, v.why),
        _reasons,
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
        _scope,
    ),
    _section_of_notes("mistakes", "Mistakes these answers show", "mistake"),
    _Section("tips", "What would change it", lambda v: (v.tips, v.profile.answers), _tips),
    _Section("asked", "Three questions people usually ask", lambda v: (v.advice.early, _noted(*ASKED)(v)), _asked),
    _section_of_notes("neighbours", "Besides a SOC report", "neighbour"),
    _section_of_notes("hints", "Good to know", "period", "vendor", "benefit"),
    _Section("not", "Why no other report", lambda v: (v.why_not, [f.leaning for _, f in _reports(v)]), _why_not),
    _section_of_notes("limits", "What this does not say", "limit"),
)


def plain(lines: Iterable[Line]) -> str:
    """The lines as plain text, to be copied."""
    return "\n".join("".join(s.text for s in line.spans).rstrip() for line in lines)


class Recommendation(Sheet):
    """The pane of the recommendation."""

    READ_FROM_TOP = True
