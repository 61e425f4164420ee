"""The headline in words. The words are the knowledge base's; only their order is decided here."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from socui.deciding.advice import Finding, Reason, Said, WhyNot
from socui.deciding.presumptions import Given
from socui.knowledge.model import NONE, Knowledge, Question
from socui.profiles.profile import Profile

REPORTS = ("soc1", "soc2")
LIKELY = "Likely: "
AS_WELL = "Likely as well: "
EITHER_WAY = "Settled either way; likely reason: "
STANDS = "The result stands either way; likely: "
READERS = ("asked_by_finance", "asked_by_security", "asked_by_others")


UNNAMED = {"asked_by_finance": "soc1", "asked_by_security": "soc2"}
"""The report that a reader who names none is taken to mean, as the rules take it (F-BO-01)."""


def by_whom(knowledge: Knowledge, report: str, filled: Mapping[str, Given], presumed: Container[str]) -> str:
    """Who asks for a report, by name or as readers who mean it, by the answers given (never by presumption); "" when
    nobody is known to."""
    said = {r: filled[r].chosen for r in READERS if r in filled and r not in presumed}
    asked = [r for r in said if report in said[r] or ("unnamed" in said[r] and UNNAMED.get(r) == report)]
    readers = ", ".join(knowledge.texts[f"whom.{r}"] for r in asked)
    if report in filled.get("binding", Given(frozenset(), True)).chosen:
        return knowledge.texts["whom.clause"].format(readers=readers) if readers else knowledge.texts["whom.binding"]
    return readers


def too_early(leaning: str, findings: Mapping[str, Finding]) -> bool:
    """Whether a leaning to no report, or to a question back, rests on nothing but that something was not said."""
    reports = [f for r in REPORTS if (f := findings.get(r))]
    if leaning == "clarify":
        return all(f.early for f in reports if f.leaning == "clarify")
    return leaning == "neither" and any(f.early for f in reports)


def sentence(
    knowledge: Knowledge,
    possible: tuple[str, ...],
    leaning: str,
    findings: Mapping[str, Finding],
    clarify: tuple[Reason, ...],
    whom: Mapping[str, str],
    filled: Mapping[str, Given],
    matter: Sequence[str],
    early: bool,
) -> str:
    """The headline: what is settled, or what is certain and what it leans to; a clarification is always spoken."""
    t = knowledge.texts
    parts = []
    if len(possible) == 1:
        obtains = "obtain" in filled["role"].chosen if "role" in filled else False
        parts.append(t["settled.obtain" if obtains else f"settled.{possible[0]}"])
    else:
        parts += _unsettled(t, possible, leaning, findings, _resting(knowledge, matter, findings), early)
        parts.append(t["depends.one" if len(matter) == 1 else "depends.many"].format(count=len(matter)))
    for report in REPORTS:
        finding = findings.get(report)
        if finding is not None and finding.settled and finding.leaning == "required":
            parts.append(t[f"required.{report}"].format(whom=whom[report]))
    if leaning != "clarify":
        asked = {r.rule.result for r in clarify}
        parts += [t[f"clarify.{report}"] for report in ("soc1", "soc2") if report in asked]
    return " ".join(parts)


def _unsettled(
    t: Mapping[str, str],
    possible: tuple[str, ...],
    leaning: str,
    findings: Mapping[str, Finding],
    resting: Sequence[str],
    early: bool,
) -> Iterator[str]:
    """What is certain of each report, then what is likely of the rest. "Both" is never made of two likely halves: one
    report is led with, the other named as likely as well."""
    condition = t["if"].format(what="; ".join(resting)) if resting else ""
    counted = [r for r in REPORTS if {"both", r} >= set(possible)]
    for report in REPORTS:
        if report in counted:
            yield t[f"certain.{report}"] + "."
        elif not {"both", report} & set(possible) and {"soc1", "soc2"} & set(possible):
            yield t[f"certain.not_{report}"] + "."
    if counted:
        other = next(r for r in REPORTS if r not in counted)
        yield t[f"also.{other}"].format(condition=condition) if leaning == "both" else t[f"also_open.{other}"]
    elif early:
        yield t["early"]
    elif leaning == "both":
        first = "soc1" if "order" in findings and findings["order"].leaning == "soc1_first" else "soc2"
        yield t[f"likely.{first}"] + condition + "."
        yield t[f"also.{'soc2' if first == 'soc1' else 'soc1'}"].format(condition="")
    else:
        yield t[f"likely.{leaning}"] + condition + "."


def would_be(knowledge: Knowledge, found: WhyNot) -> str:
    """What a report would be by a rule that does not hold; "required" with by whom."""
    label = knowledge.results[found.rule.result].value(found.rule.value).label
    whom = f" by {knowledge.texts['whom.would']}" if found.rule.value == "required" else ""
    return f"would be {label}{whom}"


def lacking(knowledge: Knowledge, found: WhyNot) -> str:
    """What a rule lacks, in short labels: "Link to clients' books: amounts they book or a source for entries"."""
    words = []
    for lack in found.lacks:
        question = knowledge.questions[lack.question]
        shorts = [o.short for o in question.options if o.id in lack.options]
        shorts += ["none of these"] if NONE in lack.options else []
        how = "not " if lack.without else "only " if lack.only else ""
        words.append(f"{question.short}: {how}{' or '.join(shorts)}")
    if found.over is not None:
        words.append(f"all else but this: {found.over.because.rstrip('.')}")
    return "; ".join(words)


def change_of(question: Question, profile: Profile, options: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What `options` add to the several answers given to a question, and what they take away; nothing where it has no
    such answer, or one that has to be confirmed first."""
    given = profile.answers.get(question.id)
    if not question.several or isinstance(given, str) or not given or question.id in profile.confirm:
        return (), ()
    ids = [o.id for o in question.options]
    adds = tuple(o for o in ids if o in options and o not in given)
    return adds, tuple(o for o in ids if o in given and o not in options)


def change_words(knowledge: Knowledge, profile: Profile, changes: Iterable[Said]) -> str:
    """Changes of answers in short labels: of several answers only what is added or taken away, else the whole answer."""
    return "; ".join(_change(knowledge.questions[said.question], profile, said.options) for said in changes)


def _change(question: Question, profile: Profile, options: Sequence[str]) -> str:
    def words(ids: Sequence[str]) -> str:
        return ", ".join(o.short for o in question.options if o.id in ids)

    adds, drops = change_of(question, profile, options)
    if adds and drops:
        return f"{question.short}: {words(adds)} instead of {words(drops)}"
    if adds or drops:
        return f"{question.short}, {'add' if adds else 'without'}: {words(adds or drops)}"
    return f"{question.short}: {words(options) or 'none of these'}"


# ---------------------------------------------------------------- reasons


def unsure_lead(finding: Finding, reason: Reason, settled: bool) -> str:
    """What stands before a reason that does not hold for certain, so that it does not read as if its verdict were in
    doubt where that is settled, or the headline where that is: `settled`."""
    if reason.certain:
        return ""
    if not finding.settled:
        return STANDS if settled and finding.result.id in REPORTS else LIKELY
    sure = any(r.certain and r.deciding for r in finding.reasons)
    return AS_WELL if sure else EITHER_WAY


def _resting(knowledge: Knowledge, matter: Sequence[str], findings: Mapping[str, Finding]) -> list[str]:
    """The presumed answers that the deciding reasons rest on and that can still change the headline; at most three."""
    reasons = [r for f in ("soc1", "soc2") if f in findings for r in findings[f].reasons if r.deciding]
    guessed = {a.question: a.options for r in reasons for a in r.answers if a.presumed and a.options}
    found = []
    for question in knowledge.questions.values():
        if question.id in guessed and question.id in matter:
            shorts = ", ".join(o.short for o in question.options if o.id in guessed[question.id])
            found.append(f"{question.short}: {shorts}")
    return found[-3:]
