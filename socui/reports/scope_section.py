"""The section on the scope of a SOC 2 report: the trust services categories with a verdict on each."""

from __future__ import annotations

from collections.abc import Iterator

from socui.deciding.advice import Finding
from socui.knowledge.texts import Category
from socui.reports.blocks import Block, Bullets, DocTable, Item, Run, TextLine, section, short
from socui.reports.findings import Findings
from socui.reports.reasons import AS_ANSWERED, presumes, reason_runs

_HEAD = ("Category", "Verdict", "Why", "Criteria")


def scope_section(findings: Findings) -> list[Block]:
    """Return a table where a SOC 2 report is advised; a short list where it is only one to consider."""
    verdicts = tuple(_verdicts(findings))
    if not verdicts:
        return []
    if findings.advice.advised("soc2"):
        rows = tuple(_row(category, finding, findings.advice.settled) for category, finding in verdicts)
        return section("Scope of the SOC 2 report", [DocTable("Trust services categories", _HEAD, rows)])
    message = findings.knowledge.messages.get("if-scope")
    lead = TextLine((Run(message.says),), message.facts) if message else TextLine(())
    return section("Scope of a SOC 2 report", [lead, Bullets(tuple(_by_verdict(verdicts)))])


def _verdicts(findings: Findings) -> Iterator[tuple[Category, Finding]]:
    for category in findings.knowledge.categories.values():
        if category.id in findings.advice.findings:
            yield category, findings.advice.findings[category.id]


def _row(category: Category, finding: Finding, settled: bool) -> tuple[TextLine, ...]:
    value = finding.result.value(finding.leaning)
    reasons = [r for r in finding.reasons if r.deciding]
    why = [run for r in reasons for run in (*reason_runs(finding, r, settled), Run(" "))][:-1]
    if not why:
        why = [Run(value.says), *(() if finding.settled else (AS_ANSWERED,))]
    facts = tuple(dict.fromkeys(f for r in reasons for f in r.rule.facts)) or value.facts
    return (
        TextLine((Run(category.title),), category.facts),
        TextLine((Run(finding.label, "strong"),)),
        TextLine(tuple(why), facts),
        short(str(category.criteria)),
    )


def _by_verdict(verdicts: tuple[tuple[Category, Finding], ...]) -> Iterator[Item]:
    """Yield the categories by their verdict, the strongest first, each marked where its verdict is not settled."""
    by_label: dict[str, list[Run]] = {
        value.label: [] for _, finding in verdicts for value in reversed(finding.result.values)
    }
    for category, finding in verdicts:
        runs = by_label.setdefault(finding.result.value(finding.leaning).label, [])
        runs += [Run(", "), Run(category.title)] if runs else [Run(category.title)]
        if not finding.settled:
            runs.append(Run(" (assumed)" if presumes(finding.reasons) else " (as far as answered)", "soft"))
    for label, runs in by_label.items():
        if runs:
            yield Item(TextLine((Run(f"{label}: ", "strong"), *runs)))
