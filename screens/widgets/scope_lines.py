"""Writes the lines on the categories of a SOC 2 report: included, possible or left out, and why."""

from __future__ import annotations

from collections.abc import Iterator

from socui.screens.widgets.lines import Line, Span, flow
from socui.screens.widgets.view import View

SCOPE_MARKS = {"include": "●", "consider": "○", "leave_out": "–", "leave out": "–"}


def scope_lines(view: View) -> Iterator[Line]:
    """Yield each category with its word; of a report that is only one to consider, in short."""
    if not any(f.leaning != "not_indicated" for r, f in view.reports() if r == "soc2"):
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
        # What is assumed is said so before it is told, lest it read as a fact about the reader.
        assumed = "Assumed: " if why and any(answer.presumed for answer in why.answers) else ""
        spans.append(Span(f". {assumed}{why.rule.because if why else category.says}", "dim"))
        yield from flow(spans, view.width, (Span(f"   {mark} ", "soc2"),))
    if named:
        yield from _if_ordered(view, "if-scope")
        for word, titles in named.items():
            yield from flow(
                (Span(f"{word}: ", "strong"), Span(", ".join(titles))), view.width, (Span("   ○ ", "soc2"),)
            )


def _if_ordered(view: View, id: str) -> Iterator[Line]:
    """Yield what is said where a report is only one to consider."""
    if message := view.knowledge.messages.get(id):
        yield from flow(message.says, view.width, (Span("   "),), tag=("facts", *message.facts), style="dim")
