"""Defines the parts that a knowledge base decides by (questions, results, rules) and the whole base, as frozen values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from socui.knowledge.conditions import Condition
from socui.knowledge.sources import Duration, Fact, Source
from socui.knowledge.texts import (
    Category,
    ComparisonRow,
    Message,
    Note,
    QuoteField,
    QuoteLine,
    ReferenceEntry,
    VersionChange,
)

LADDER = ("not_indicated", "consider", "clarify", "expected", "required")
"""The verdicts on a report, weakest first. The strongest rule that counts decides."""

HEADLINES = ("both", "soc1", "soc2", "clarify", "neither")
"""The results for the two reports together."""


class Option(Struct, frozen=True):
    """An answer one can choose.

    `label` is what is chosen (a short sentence), `short` stands for it in tables (at most 28 characters), `detail`
    explains it, `you` says in the comparison's You column what this answer means for the row's subject.
    `pulls` declares for a report whether the answer is a trigger or against it; absent means neutral.
    """

    id: str
    label: str
    short: str
    detail: str = ""
    you: str = ""
    alone: bool = False
    pulls: Mapping[str, str] = field(default_factory=dict)
    same_as: str = ""


class Question(Struct, frozen=True):
    """A question with a finite list of answers; `several` may be chosen at once where it says so.

    `ask_when` is None where it always applies; where it does not apply the effective answer is `otherwise`.
    `dated` names the date of the profile that answers it, if one does ("needed_by", "year_end"). `derived`: requests
    answer it, so that it is not asked; tables may answer it. `closes`: its answer "no" closes the list of requests.
    `reports`: it is asked only where one of these is advised; empty: always.
    """

    id: str
    section: str
    ask: str
    short: str
    help: str
    whom: str
    options: tuple[Option, ...]
    facts: tuple[str, ...]
    several: bool = False
    ask_when: Condition | None = None
    otherwise: tuple[str, ...] = ()
    dated: str = ""
    derived: bool = False
    closes: bool = False
    reports: tuple[str, ...] = ()

    def option(self, id: str) -> Option | None:
        """Return the option of that id, or None."""
        return next((o for o in self.options if o.id == id), None)


class AnswerFault(NamedTuple):
    """The reason why options cannot answer a question together. `unknown` is an option that the question does not have."""

    what: str
    unknown: str | None = None


def answer_fault(options: Iterable[Option], several: bool, chosen: Collection[str]) -> AnswerFault | None:
    """Return what is wrong with ids of options chosen together as the answer to a question; None where nothing is."""
    alone = {option.id: option.alone for option in options}
    for id in chosen:
        if id not in alone:
            return AnswerFault(f"no answer {id!r}", id)
    if not several and len(chosen) != 1:
        return AnswerFault("takes one answer" + (f", not {len(chosen)}" if chosen else ", not none"))
    single = next((id for id in alone if alone[id] and id in chosen and len(set(chosen)) > 1), None)
    return AnswerFault(f"{single} stands alone") if single is not None else None


class Section(Struct, frozen=True):
    """A group of questions, in the order they are asked."""

    id: str
    title: str
    about: str = ""


class Term(Struct, frozen=True):
    """A condition with a name, used by rules."""

    id: str
    means: str
    condition: Condition


class Value(Struct, frozen=True):
    """A value that a result can take, with its wording. `label` is a word or two, `says` a sentence."""

    id: str
    label: str
    says: str
    facts: tuple[str, ...] = ()


class Result(Struct, frozen=True):
    """A result that rules conclude: the verdict on a report, on a category or on a Type.

    `values` stand from weakest to strongest where `ladder` is true, else no two rules that count may differ.
    `default` is the value where no rule fires. `needs` is the condition under which the result is spoken of at all.
    """

    id: str
    title: str
    stage: int
    ladder: bool
    values: tuple[Value, ...]
    default: str
    purpose: str = "headline"
    needs: Condition | None = None

    def value(self, id: str) -> Value:
        """Return the value of that id."""
        return next(v for v in self.values if v.id == id)


class Rule(Struct, frozen=True):
    """A rule in one sentence: where the condition holds, `result` is `value`, for the reason `because`. `overrides` names rules that do
    not count where this one fires. `ask_back` is what to ask the one who asked, where the rule is a clarification.
    `named` is the reason where the requests behind it are recorded: it begins in brackets with {who} asked for {what}, which is
    said of each of them; `who` says whose."""

    id: str
    result: str
    value: str
    condition: Condition
    because: str
    facts: tuple[str, ...]
    overrides: tuple[str, ...] = ()
    ask_back: str = ""
    named: str = ""
    who: str = ""


class Contradiction(Struct, frozen=True):
    """Answers that contradict each other. Where the condition holds, people should check these questions before they
    rely on a result. `says` names both sides."""

    id: str
    questions: tuple[str, ...]
    says: str
    condition: Condition
    facts: tuple[str, ...]


class Presumption(Struct, frozen=True):
    """The usual answer to a question, assumed until it is answered: `answer` is taken where the condition certainly holds by what
    is known or presumed before. Without a condition it is the question's last resort. `assumed` says it as a clause that
    goes on from "Assumed:", empty where nothing is said at all."""

    id: str
    question: str
    answer: tuple[str, ...]
    condition: Condition | None
    because: str
    facts: tuple[str, ...]
    assumed: str = ""


class Knowledge(Struct, frozen=True):
    """A whole knowledge base, checked on loading. `digest` is a hash of its files."""

    version: str
    digest: str
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    sections: tuple[Section, ...]
    questions: Mapping[str, Question]
    terms: Mapping[str, Term]
    results: Mapping[str, Result]
    rules: Mapping[str, Rule]
    presumptions: tuple[Presumption, ...]
    rows: tuple[ComparisonRow, ...]
    categories: Mapping[str, Category]
    notes: tuple[Note, ...]
    requests: tuple[QuoteLine, ...]
    entries: tuple[ReferenceEntry, ...]
    changes: tuple[VersionChange, ...]
    texts: Mapping[str, str]
    left_out: Mapping[str, str]
    exceptions: Mapping[str, str]
    messages: Mapping[str, Message] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    fields: tuple[QuoteField, ...] = ()
    durations: Mapping[str, Duration] = field(default_factory=dict)


def names_in(knowledge: Knowledge, condition: Condition) -> tuple[str, ...]:
    """Return the questions and results that a condition looks at, through terms."""
    names: dict[str, None] = {}
    for name in condition.names():
        term = knowledge.terms.get(name)
        names |= dict.fromkeys((name,) if term is None else names_in(knowledge, term.condition))
    return tuple(names)
