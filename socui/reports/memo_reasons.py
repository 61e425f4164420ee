"""The memo's part on why: at most three reasons, each with what it assumes and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from socui.deciding.advice import REPORTS, Finding, Reason
from socui.reports.blocks import Item, Run, TextLine
from socui.reports.words import publishers, read_aloud

if TYPE_CHECKING:
    from socui.reports.findings import Findings

MOST_REASONS = 3


def memo_reasons(f: Findings, numbered: bool) -> Iterator[Item]:
    """Yield the deciding reasons, those that hold for certain first, each with who says so."""
    t, left = f.knowledge.texts, MOST_REASONS
    for reason in f.advice.clarify[:MOST_REASONS]:
        left -= 1
        ask = TextLine((Run(t["memo.ask"], "strong"), Run(reason.rule.ask_back)), reason.rule.facts if numbered else ())
        yield Item(_because(f, reason, numbered), (ask,) if reason.rule.ask_back else ())
    reasons = _deciding(f)[: max(left, 1)]
    for _, reason in [*reasons, *_against(f)[: MOST_REASONS - len(reasons)]]:
        yield Item(_because(f, reason, numbered))


def _deciding(f: Findings) -> list[tuple[Finding, Reason]]:
    """Of every report in turn the next reason, so that two reports have reasons each."""
    wanted = [r for r in REPORTS if f.advice.advised(r)] or [*REPORTS]
    lists = []
    for finding in (f.advice.findings[r] for r in wanted if r in f.advice.findings):
        reasons = [r for r in finding.reasons if r.deciding and r not in f.advice.clarify and not finding.early]
        lists.append([(finding, r) for r in sorted(reasons, key=lambda r: not r.certain)])
    depth = max(map(len, lists), default=0)
    ordered = [pairs[n] for n in range(depth) for pairs in lists if n < len(pairs)]
    if not any(map(f.advice.advised, wanted)):  # the same answers speak against both reports: once is enough
        ordered = list({reason.answers: (finding, reason) for finding, reason in reversed(ordered)}.values())[::-1]
    return ordered


def _against(f: Findings) -> list[tuple[Finding, Reason]]:
    """Return what is certain of the report that is not advised, where the other one is: on the service, not on who asked."""
    if f.advice.leaning not in ("soc1", "soc2"):
        return []
    others = [f.advice.findings[r] for r in REPORTS if r in f.advice.findings and not f.advice.advised(r)]
    plain = [(f, r) for f in others for r in f.reasons if r.deciding and r.certain and not r.rule.named]
    return plain[:1]


def _because(f: Findings, reason: Reason, numbered: bool) -> TextLine:
    """Return a reason; what it assumes comes first, and who says so last."""
    runs = []
    guessed = {a.question for a in reason.answers if a.presumed}
    clauses = [p.presumption.assumed for p in f.advice.presumed if p.presumption.question in guessed]
    if not reason.certain and any(clauses):
        runs.append(
            Run(f.knowledge.texts["memo.assuming"].format(what=read_aloud([c for c in clauses if c])), "strong")
        )
    runs.append(Run(reason.rule.because))
    if numbered:
        return TextLine(tuple(runs), reason.rule.facts)
    if named := publishers(f.knowledge, reason.rule.facts):
        runs.append(Run(f" ({named})", "soft"))
    return TextLine(tuple(runs))
