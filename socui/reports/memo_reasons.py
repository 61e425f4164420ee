"""The memo's part on why: at most three reasons, each with what it assumes and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from socui.deciding.advice import REPORTS, Finding, Reason
from socui.reports.blocks import Item, Run, TextLine
from socui.reports.card import MOST_ASSUMED
from socui.reports.reasons import in_doubt
from socui.reports.words import publishers, read_aloud

if TYPE_CHECKING:
    from socui.reports.findings import Findings

MOST_REASONS = 3


def memo_reasons(f: Findings, numbered: bool) -> Iterator[Item]:
    """Yield the deciding reasons, those that hold for certain first, each with who says so. What rests on an answer that is
    to be checked first is left out."""
    t, left = f.knowledge.texts, MOST_REASONS
    for reason in [r for r in f.advice.clarify if not in_doubt(f.knowledge, f.advice, r)][:MOST_REASONS]:
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
        reasons = [r for r in reasons if not in_doubt(f.knowledge, f.advice, r)]
        if len(finding.possible) == 1:  # what is settled needs no reason that rests on an assumption
            reasons = [r for r in reasons if not _assumes(r)] or reasons
        lists.append([(finding, r) for r in sorted(reasons, key=lambda r: not r.certain)])
    depth = max(map(len, lists), default=0)
    ordered = [pairs[n] for n in range(depth) for pairs in lists if n < len(pairs)]
    if not any(map(f.advice.advised, wanted)):  # the same answers speak against both reports: once is enough
        ordered = list({reason.answers: (finding, reason) for finding, reason in reversed(ordered)}.values())[::-1]
    return ordered


def _assumes(reason: Reason) -> bool:
    """Return whether a reason rests on an answer that is presumed."""
    return not reason.certain and any(answer.presumed for answer in reason.answers)


def _against(f: Findings) -> list[tuple[Finding, Reason]]:
    """Return what is certain of the report that is not advised, where the other one is: on the service, not on who asked."""
    if f.advice.leaning not in ("soc1", "soc2"):
        return []
    others = [f.advice.findings[r] for r in REPORTS if r in f.advice.findings and not f.advice.advised(r)]
    plain = [(o, r) for o in others for r in o.reasons if r.deciding and r.certain and not r.rule.named]
    return [(o, r) for o, r in plain if not in_doubt(f.knowledge, f.advice, r)][:1]


def _because(f: Findings, reason: Reason, numbered: bool) -> TextLine:
    """Return a reason; what it assumes comes first, and who says so last."""
    runs = []
    guessed = {a.question for a in reason.answers if a.presumed}
    clauses = [p.presumption.assumed for p in f.advice.presumed if p.presumption.question in guessed]
    if not reason.certain and any(clauses):
        on_card = {entry.text for entry in f.card.assumed[:MOST_ASSUMED]}
        key = "memo.assuming.told" if on_card.issuperset(c for c in clauses if c) else "memo.assuming"
        runs.append(Run(f.knowledge.texts[key].format(what=read_aloud([c for c in clauses if c])), "strong"))
    runs.append(Run(reason.rule.because))
    if numbered:
        return TextLine(tuple(runs), reason.rule.facts)
    if named := publishers(f.knowledge, reason.rule.facts):
        runs.append(Run(f" ({named})", "soft"))
    return TextLine(tuple(runs))
