"""Writes the lines that explain the recommendation: why, why no other, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socui.deciding.advice import Reason, Said
from socui.deciding.answers import option_words
from socui.deciding.compiled import COUNTS
from socui.deciding.headline import REASON_THEN, can_come_about, change_words, lacking, unsure_lead, would_be
from socui.knowledge.model import Knowledge
from socui.screens.widgets.comparison import NAMES, verdict_mark
from socui.screens.widgets.lines import Line, Span, Tag, flow
from socui.screens.widgets.view import View

SOURCES = 3
"""Publishers named behind a reason; the row of the comparison and the report name them all."""


def because(view: View, reason: Reason) -> tuple[Span, ...]:
    """Return a reason with the answers it rests on and who says so."""
    parts = (_told(view.knowledge, a) for a in reason.answers if a.question in view.knowledge.questions)
    answers = " · ".join(dict.fromkeys(parts))
    spans = [Span(reason.rule.because)]
    if answers:
        spans.append(Span(f" ← {answers}", "dim"))
    if publishers := publishers_of(view.knowledge, reason.rule.facts):
        spans.append(Span(f" [{publishers}]", "dim", ("facts", *reason.rule.facts)))
    return tuple(spans)


def _told(knowledge: Knowledge, answer: Said) -> str:
    """Return an answer in short labels; "none of these" says of what."""
    question = knowledge.questions[answer.question]
    words = option_words(question, answer.options)
    words = words if answer.options else f"{question.short}: {words}"
    return f"{words} (assumed)" if answer.presumed else words


def publishers_of(knowledge: Knowledge, facts: Iterable[str]) -> str:
    """Return the first publishers behind those facts, and how many more there are."""
    ids = [s for f in facts if f in knowledge.facts for s in knowledge.facts[f].sources if s in knowledge.sources]
    names = list(dict.fromkeys(knowledge.sources[i].publisher for i in ids))
    return ", ".join(names[:SOURCES]) + (f" +{len(names) - SOURCES}" if len(names) > SOURCES else "")


def said_words(knowledge: Knowledge, answers: Iterable[Said]) -> str:
    """Return the answers in short labels, "presumed" where the person did not say so."""
    parts = []
    for answer in answers:
        if question := knowledge.questions.get(answer.question):
            words = option_words(question, answer.options)
            parts.append(f"{question.short}: {words}{', assumed' if answer.presumed else ''}")
    return "; ".join(parts)


def reason_lines(view: View) -> Iterator[Line]:
    """Yield the reasons that decide, and what is presumed."""
    for report, finding in view.reports():
        for reason in () if finding.early else finding.reasons:  # nothing was said that would be a reason
            if reason.deciding and reason not in view.advice.clarify:
                glyph = verdict_mark(finding) if reason.certain else "~"
                spans = because(view, reason)
                lead = unsure_lead(finding, reason, view.advice.settled)
                likely = (Span(lead, "dim"),) if lead else ()
                tag: Tag = ("rule", reason.rule.id)
                yield from flow((*likely, *spans), view.width, (Span(f"   {glyph} ", report),), tag=tag, stop=True)
    if view.why is not None:
        words = said_words(view.knowledge, view.why) or "no answer leads to it yet"
        yield from flow(
            (Span("These answers alone lead to this result: ", "key"), Span(words)), view.width, (Span("   "),)
        )
    for presumed in view.advice.presumed:
        if view.advice.settled and presumed.presumption.question not in view.advice.matter:
            continue  # it bears on scope or plan alone: no "if" stands under a result that is settled
        rule = presumed.presumption
        question = view.knowledge.questions[rule.question]
        words = f"{question.short}: {option_words(question, presumed.options)}"
        spans = (Span("if ", "key"), Span(words), Span(f". {rule.because}", "dim"))
        yield from flow(spans, view.width, (Span("   ~ ", "dim"),), tag=("presumption", rule.id), stop=True)


def why_not_lines(view: View) -> Iterator[Line]:
    """Yield what another report lacks."""
    if view.why_not is None:
        if any(finding.leaning not in COUNTS for _, finding in view.reports()):
            yield Line((Span("   …", "dim"),))
        return
    for lacking_rule in view.why_not:
        rule = lacking_rule.rule
        lead = (Span("   – "), Span(NAMES[rule.result], f"{rule.result} strong"))
        words = f" {would_be(view.knowledge, lacking_rule)} with "
        spans = [
            *lead[1:],
            Span(words),
            Span(lacking(view.knowledge, lacking_rule)),
            Span(f". {REASON_THEN}{rule.because}", "dim"),
        ]
        if publishers := publishers_of(view.knowledge, rule.facts):
            spans.append(Span(f" [{publishers}]", "dim", ("facts", *rule.facts)))
        yield from flow(spans, view.width, lead[:1], tag=("rule", rule.id), stop=True)


def tip_lines(view: View) -> Iterator[Line]:
    """Yield the answers that would change the result."""
    if view.tips is None:
        yield Line((Span("   …", "dim"),))
        return
    for tip in view.tips:
        if not can_come_about(view.knowledge, view.profile, tip):
            continue
        words = " or ".join(_headline_word(view, h) for h in tip.possible)
        effect = f"then {words}" if tip.forces else f"then possible: {words}"
        changes = change_words(view.knowledge, view.profile, tip.changes)
        yield from flow((Span(changes), Span(" – "), Span(effect, "strong")), view.width, (Span("   → ", "key"),))


def _headline_word(view: View, headline: str) -> str:
    return view.knowledge.texts.get(f"headline.{headline}", headline)
