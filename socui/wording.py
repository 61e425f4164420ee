"""The headline in words. The words are the knowledge base's; only their order is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socui.advice import Finding, Reason
from socui.leaning import Given
from socui.model import Knowledge

READERS = ("asked_by_finance", "asked_by_security", "asked_by_others")


def by_whom(knowledge: Knowledge, report: str, filled: Mapping[str, Given], presumed: Sequence[str]) -> str:
    """Who asks for a report by name, by the answers given (never by presumption); "" when nobody is known to."""
    asked = [r for r in READERS if r not in presumed and report in filled.get(r, Given(frozenset(), True)).chosen]
    readers = ", ".join(knowledge.texts[f"whom.{r}"] for r in asked)
    if report in filled.get("binding", Given(frozenset(), True)).chosen:
        return knowledge.texts["whom.clause"].format(readers=readers) if readers else knowledge.texts["whom.binding"]
    return readers


def sentence(
    knowledge: Knowledge,
    possible: tuple[str, ...],
    leaning: str,
    findings: Mapping[str, Finding],
    clarify: tuple[Reason, ...],
    whom: Mapping[str, str],
    filled: Mapping[str, Given],
    open_questions: int,
    anything: bool,
) -> str:
    """The headline: what is settled, or what is certain and what it leans to; a clarification is always spoken."""
    t = knowledge.texts
    if not anything:
        return t["open.start"]
    parts = []
    if len(possible) == 1:
        obtains = "obtain" in filled["role"].chosen if "role" in filled else False
        parts.append(t["settled.obtain" if obtains else f"settled.{possible[0]}"])
    else:
        for report in ("soc1", "soc2"):
            with_it = [h for h in possible if h in ("both", report)]
            if len(with_it) == len(possible):
                parts.append(t[f"certain.{report}"] + ".")
            elif not with_it and {"soc1", "soc2", "both"} & set(possible):
                parts.append(t[f"certain.not_{report}"] + ".")
        depends = t["depends.one" if open_questions == 1 else "depends.many"].format(count=open_questions)
        parts.append(f"{t[f'likely.{leaning}']}. {depends}")
    for report in ("soc1", "soc2"):
        finding = findings.get(report)
        if finding is not None and finding.settled and finding.leaning == "required":
            parts.append(t[f"required.{report}"].format(whom=whom[report]))
    if leaning != "clarify":
        asked = {r.rule.result for r in clarify}
        parts += [t[f"clarify.{report}"] for report in ("soc1", "soc2") if report in asked]
    return " ".join(parts)
