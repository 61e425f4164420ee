"""Words the headline. The words come from the knowledge base; this module only puts them in order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from socui.asking.given import NOTHING, Given
from socui.asking.named_as import asked_text
from socui.asking.request_readings import asks_to_meet
from socui.asking.speaks_for import is_investor, who_asks
from socui.deciding.advice import (
    CERTAINTY,
    NO,
    OPEN,
    PROBABLY,
    PROBABLY_NOT,
    REPORTS,
    Finding,
    Presumed,
    Reason,
    Said,
    Tip,
    WhyNot,
)
from socui.deciding.answers import NONE_OF_THESE, option_words
from socui.knowledge.conditions import NONE
from socui.knowledge.model import Contradiction, Knowledge, Question
from socui.name_words import names_in_a_row
from socui.profiles.profile import Profile
from socui.profiles.records import Request
from socui.text import visible

LIKELY = "Probably: "
AS_WELL = "Probably as well: "
EITHER_WAY = "Settled either way; probable reason: "
STANDS = "The result stands either way; probably: "
_MOST_ASSUMED = 2
"""Assumptions that a headline names; the answer card names them all."""
_READERS = ("asked_by_finance", "asked_by_security", "asked_by_others", "asked_by_investors")


_UNNAMED = {"asked_by_finance": "soc1", "asked_by_security": "soc2"}
"""The report that a reader who names none is taken to mean, as the rules take it (F-BO-01)."""
SPEAK = {"soc1": ("soc1",), "soc2": ("soc2", "soc3")}
"""The answers by which a report is asked for by name."""


def by_whom(
    knowledge: Knowledge, report: str, profile: Profile, filled: Mapping[str, Given], presumed: Container[str]
) -> str:
    """Return who asks for a report, in the user's words where requests are recorded: those who make it a condition,
    else all who ask. By the answers given, never by presumption; "" when nobody does."""
    insisted = (
        "insists" in filled.get("insists", NOTHING).chosen
    )  # an investor's condition holds once it is insisted on
    binding = [r for r in who_asks(profile.requests, report, binding=True) if insisted or not is_investor(r)]
    if asking := binding or who_asks(profile.requests, report):
        names = dict.fromkeys(requester_words(knowledge, request) for request in asking)
        return names_in_a_row(tuple(names))
    asking_answers = {
        r: filled[r].chosen for r in _READERS if r in filled and r not in presumed and r in profile.answers
    }
    asked = [
        r
        for r in asking_answers
        if asking_answers[r].intersection(SPEAK[report])
        or ("unnamed" in asking_answers[r] and _UNNAMED.get(r) == report)
    ]
    readers = ", ".join(knowledge.texts[f"whom.{r}"] for r in asked)
    if filled.get("binding", NOTHING).chosen.intersection(SPEAK[report]) and "binding" not in presumed:
        return knowledge.texts["whom.clause"].format(readers=readers) if readers else knowledge.texts["whom.binding"]
    return readers


def requester_words(knowledge: Knowledge, request: Request) -> str:
    """Return who made a request: the user's words for it, else the kind of reader."""
    if request.asked_by:
        return visible(request.asked_by)
    return knowledge.texts.get(f"reader.{request.reader}", knowledge.texts["reader.unknown"])


def wanted(knowledge: Knowledge, request: Request, report: str) -> tuple[str, ...]:
    """Return what a request asks for, as far as it bears on a report, in words: "a SOC 3 report", "a SOC report, no
    number given"; of alternatives all in one."""
    t = knowledge.texts
    bears = {"soc1": ("soc1", "aaf"), "soc2": ("soc2", "soc3", "questionnaires", "questionnaire", "pentest")}[report]
    asks = asks_to_meet(request)
    if request.either and len(asks) > 1:
        return (" or ".join(asked_text(t, request, a) for a in asks if f"asks.{a}" in t),)
    named = [a for a in asks if a in bears] or [a for a in asks if a in ("soc_unnamed", "assurance_unnamed")] or asks
    return tuple(asked_text(t, request, a) for a in named if f"asks.{a}" in t)


def too_early(leaning: str, findings: Mapping[str, Finding]) -> bool:
    """Return whether a leaning to no report, or to a question back, rests on nothing but that something was not said."""
    reports = [f for r in REPORTS if (f := findings.get(r))]
    if leaning == "clarify":
        return all(f.early for f in reports if f.leaning == "clarify")
    return leaning == "neither" and any(f.early for f in reports)


def check_first(knowledge: Knowledge, contradictions: Sequence[Contradiction]) -> str:
    """Return the headline where answers can hardly all be right: which to check."""
    names = [knowledge.questions[q].short for c in contradictions for q in c.questions]
    return knowledge.texts["check"].format(questions=names_in_a_row(tuple(dict.fromkeys(names))))


def sentence(
    knowledge: Knowledge,
    possible: tuple[str, ...],
    leaning: str,
    findings: Mapping[str, Finding],
    whom: Mapping[str, str],
    filled: Mapping[str, Given],
    presumed: Sequence[Presumed],
    matter: Sequence[str],
    open_count: int,
) -> str:
    """Return the headline: of each report how certain it is, and what that assumes; a clarification is always spoken."""
    t = knowledge.texts
    settled, early = len(possible) == 1, len(possible) > 1 and too_early(leaning, findings)
    if settled and "obtain" in filled["role"].chosen:
        return t["settled.obtain"]
    parts = []
    if early:
        parts.append(t["early"])
    elif leaning in ("clarify", "neither"):
        kept = leaning == "neither" and any(f.kept for f in _reports(findings))
        parts.append(t[f"{'settled' if settled else 'probably'}.{leaning}{'.kept' if kept else ''}"])
    if settled and leaning == "neither":
        parts += [_kept(t, finding) for finding in _reports(findings) if finding.kept]
    elif not early or any(f.certainty != OPEN for f in _reports(findings)):
        parts += _each(t, findings, presumed, matter)
    if not settled:
        key = ("request", "one")[open_count] if open_count < 2 else "many"
        parts.append(t[f"depends.{key}"].format(count=open_count))
    for report in REPORTS:
        finding = findings.get(report)
        if finding is not None and finding.possible == ("required",):
            demanded = filled.get("binding", NOTHING).chosen
            named = "soc3" if report == "soc2" and "soc3" in demanded and "soc2" not in demanded else report
            parts.append(t[f"required.{named}"].format(whom=whom[report].rstrip(".")))
    if leaning != "clarify":
        reports = [f for f in _reports(findings) if not f.early and any(r.rule.value == "clarify" for r in f.reasons)]
        parts += [t[f"clarify.{finding.result.id}"] for finding in reports]
    return " ".join(parts)


def _reports(findings: Mapping[str, Finding]) -> list[Finding]:
    """Return what is concluded on the two reports."""
    return [findings[report] for report in REPORTS if report in findings]


def _each(
    t: Mapping[str, str], findings: Mapping[str, Finding], presumed: Sequence[Presumed], matter: Sequence[str]
) -> Iterator[str]:
    """Yield each report with its word on the ladder of certainty, the more certain first."""
    for finding in sorted(_reports(findings), key=lambda f: CERTAINTY.index(f.certainty)):
        if finding.kept and finding.certainty in (NO, PROBABLY_NOT):
            yield _kept(t, finding)
            continue
        clauses = assumed(finding, presumed, matter) if finding.certainty == PROBABLY else []
        condition = t["if"].format(what=" and ".join(clauses[-_MOST_ASSUMED:])) if clauses else ""
        yield f"{t[f'headline.{finding.result.id}']}: {finding.certainty.lower()}{condition}."


def _kept(t: Mapping[str, str], finding: Finding) -> str:
    """Return what is said of a report that is held in place of "no": whoever has it may want the next one."""
    key = "kept.sure" if finding.certainty == NO else "kept.probably"
    return t[key].format(name=t[f"headline.{finding.result.id}"])


def assumed(finding: Finding, presumed: Sequence[Presumed], matter: Sequence[str]) -> list[str]:
    """Return the assumptions that the deciding reasons rest on and that can still change the headline, as clauses."""
    guessed = {a.question for r in finding.reasons if r.deciding for a in r.answers if a.presumed}
    rules = [p.presumption for p in presumed if p.presumption.question in guessed and p.presumption.question in matter]
    return [rule.assumed for rule in rules if rule.assumed]


def would_be(knowledge: Knowledge, lacking_rule: WhyNot) -> str:
    """Return what a report would be by a rule that does not hold; "required" with by whom."""
    if lacking_rule.rule.value == "required":
        return f"would be required by {knowledge.texts['whom.would']}"
    return f"would be {knowledge.results[lacking_rule.rule.result].value(lacking_rule.rule.value).label}"


REASON_THEN = "The reason would be: "
"""What stands before the reason of a rule that does not hold."""


def lacking(knowledge: Knowledge, lacking_rule: WhyNot) -> str:
    """Return what a rule lacks, in short labels: "Link to clients' books: amounts they book or a source for entries"."""
    words = []
    for lack in lacking_rule.lacks:
        question = knowledge.questions[lack.question]
        shorts = [o.short for o in question.options if o.id in lack.options]
        shorts += [NONE_OF_THESE] if NONE in lack.options else []
        how = "not " if lack.without else "only " if lack.only else ""
        words.append(f"{question.short}: {how}{' or '.join(shorts)}")
    if lacking_rule.over is not None:
        words.append(f"all else but this: {lacking_rule.over.because.rstrip('.')}")
    return "; ".join(words)


def change_of(question: Question, profile: Profile, options: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what `options` add to the several answers given to a question, and what they take away; nothing where
    it has no such answer, or one that has to be confirmed first."""
    before = profile.answers.get(question.id)
    if not question.several or isinstance(before, str) or not before or question.id in profile.confirm:
        return (), ()
    ids = [o.id for o in question.options]
    adds = tuple(o for o in ids if o in options and o not in before)
    return adds, tuple(o for o in ids if o in before and o not in options)


FIXED = ("role", "customer_types", "delivery_model", "layer", "financial_activities")
"""Questions on what the service is: whose answer, once given, nobody takes back for a report."""


def can_come_about(knowledge: Knowledge, profile: Profile, tip: Tip) -> bool:
    """Return whether people can bring a change of answers about, or learn that it is so: what the service is, or what
    clients entrust to it, stays as it was answered; that somebody asks, or that clients' books are touched after all, can
    be learned."""
    for change in tip.changes:
        if change.question in FIXED and change.question in profile.answers:
            return False
        adds, drops = change_of(knowledge.questions[change.question], profile, change.options)
        if drops and not adds:
            return False
    return True


def change_words(knowledge: Knowledge, profile: Profile, changes: Iterable[Said]) -> str:
    """Changes of answers in short labels: of several answers only what is added or taken away, else the whole answer."""
    return "; ".join(_change(knowledge.questions[change.question], profile, change.options) for change in changes)


def _change(question: Question, profile: Profile, options: Sequence[str]) -> str:
    adds, drops = change_of(question, profile, options)
    if adds and drops:
        return f"{question.short}: {option_words(question, adds)} instead of {option_words(question, drops)}"
    if adds or drops:
        return f"{question.short}, {'add' if adds else 'without'}: {option_words(question, adds or drops)}"
    return f"{question.short}: {option_words(question, options)}"


# ---------------------------------------------------------------- reasons


def unsure_lead(finding: Finding, reason: Reason, settled: bool) -> str:
    """Return what stands before a reason that does not hold for certain, so that it does not read as if its verdict
    were in doubt where that is settled, or the headline where that is: `settled`."""
    if reason.certain or (finding.settled and not any(answer.presumed for answer in reason.answers)):
        return ""
    if not finding.settled:
        return STANDS if settled and finding.result.id in REPORTS else LIKELY
    sure = any(r.certain and r.deciding for r in finding.reasons)
    return AS_WELL if sure else EITHER_WAY
