"""What a knowledge base is made of, as frozen values: questions, rules, facts, sources and the texts that cite them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, field

NONE = "none"
"""In a condition, on the command line and in a table: the empty set of a several-answers question ("none of these")."""

LADDER = ("not_indicated", "consider", "clarify", "expected", "required")
"""The verdicts on a report, weakest first. The strongest rule that counts decides."""

HEADLINES = ("both", "soc1", "soc2", "clarify", "neither")
"""The joint results of the two reports."""

DURATIONS = ("readiness", "fixes", "engage", "prepare", "type1", "type2", "renewal", "reach", "shortest", "custom_soc1",
             "custom_soc2", "longest", "moved", "stale", "behind")  # fmt: skip
"""What a plan has to know the length of: readiness review, fixes, engaging a firm, getting ready for a Type 1 with controls
that run, then from the as-of date or the end of a period to the report (`renewal`: with the same firm and testing on the
way), how far a bridge letter reaches, the shortest period that is of any use, the customary first ones, the longest one,
the longest one that moves an end, how old a report may be, and how long before today a period may have ended."""

DurationRange = tuple[float, float, float, float]

PARTS = ("open", "service", "report", "vendors", "dates", "agree", "ask", "limit")
"""Parts of the sheet for CPA firms, in order."""

PLANNED = ("look_back", "short", "type1", "readiness")
"""What a plan can hold that a line of the sheet speaks of: a period that began already, a first period of four months or
less, a Type 1 report first, and a readiness review before all."""

FIELD_PARTS = ("about", "service", "controls", "vendors", "reports", "readers")
"""Parts of the sheet that have blanks to fill in."""


SOURCE_KINDS = ("standard", "law", "regulator", "body", "firm", "vendor", "press", "article")
"""Who speaks in a publication: a setter of standards in a standard; a law or regulation; a public authority; a professional
or trade body; a CPA, law or consulting firm; a seller of tools, training or listings; a journal or book; the article that
socui was built from, which is covered and is no authority."""

OFFICIAL = ("standard", "law", "regulator", "body")
"""The kinds of sources that carry the confidence "standard"."""

CONFIDENCE = ("standard", "firms", "one")
"""Of a fact that has sources: an official source says so; two or more publishers say so; one does."""

OWN = ("judgement", "program")
"""Of a statement without a source: an opinion of socui, or what socui itself does and means."""


class Source(Struct, frozen=True):
    """A publication. `edition` says which version was read, `read` the month it was read in (YYYY-MM). `address` is the
    publisher's own page; `no_page` says why there is none. `read_at` is where the text was read if not there."""

    id: str
    publisher: str
    title: str
    kind: str
    edition: str = ""
    address: str = ""
    read: str = ""
    no_page: str = ""
    read_at: str = ""


class Fact(Struct, frozen=True):
    """One statement in our words. `confidence` is one of CONFIDENCE, or one of OWN where it has no source. `dispute`
    names the other side where credible sources disagree; the statement is then a stance of this app. `months` are the
    durations that it states, by kind of step: the least, the usual ones from and to, and the most."""

    id: str
    says: str
    sources: tuple[str, ...]
    confidence: str
    dispute: str = ""
    months: Mapping[str, DurationRange] = field(default_factory=dict)


class Condition(Struct, frozen=True):
    """A table of tests that all have to hold.

    `when` maps a question, a term or an earlier result to the values of which one has to hold (for a several-answers
    question: one of them is ticked, or "none" when nothing is). `all` names options that are all ticked. `only` holds
    when something is ticked and nothing but the values given. `any` holds when one of its conditions does, `unless`
    when none of its tests does.
    """

    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    any: tuple[Condition, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Every test of this condition and of its alternatives: its kind ("when", "all", "only" or "unless"), the
        question, term or result that it looks at, and the values."""
        for kind in ("when", "all", "only", "unless"):
            for name, values in getattr(self, kind).items():
                yield kind, name, values
        for alternative in self.any:
            yield from alternative.parts()

    def names(self) -> Iterator[str]:
        """The questions, terms and results that this condition looks at; one may come twice."""
        return (name for _, name, _ in self.parts())


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
        """The option of that id, or None."""
        return next((o for o in self.options if o.id == id), None)


class AnswerFault(NamedTuple):
    """Why options cannot be the answer to a question: `unknown` is one that it does not have."""

    what: str
    unknown: str | None = None


def answer_fault(options: Iterable[Option], several: bool, chosen: Collection[str]) -> AnswerFault | None:
    """What is wrong with ids of options chosen together as the answer to a question; None where nothing is."""
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
    """Something that is concluded: the verdict on a report, a category, a Type.

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
        """The value of that id."""
        return next(v for v in self.values if v.id == id)


class Rule(Struct, frozen=True):
    """One sentence: where the condition holds, `result` is `value`, because `because`. `overrides` names rules that do
    not count where this one fires. `ask_back` is what to ask the one who asked, where the rule is a clarification.
    `named` is the reason where the requests behind it are recorded: {who} and {what} are filled in, `who` says whose."""

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
    """Answers that can hardly all be right: where the condition holds, the questions are to be checked before anything
    else is read off them. `says` names both sides."""

    id: str
    questions: tuple[str, ...]
    says: str
    condition: Condition
    facts: tuple[str, ...]


class Presumption(Struct, frozen=True):
    """What is normally so while a question is unanswered: `answer` is taken where the condition certainly holds by what
    is known or presumed before. Without a condition it is the question's last resort. `assumed` says it as a clause that
    goes on from "Assumed:", empty where nothing is said at all."""

    id: str
    question: str
    answer: tuple[str, ...]
    condition: Condition | None
    because: str
    facts: tuple[str, ...]
    assumed: str = ""


class ComparisonRow(Struct, frozen=True):
    """A row of the comparison: phrases. `questions` are those whose answers speak to it; `soc3` may be empty. `you` says
    how: by a question, or a question and an option as "id.option", a sentence about the user, in which {} stands for what
    is chosen; by "requests", or "requests" and a value of one, a sentence in which {} stands for who asked."""

    id: str
    title: str
    soc1: str
    soc2: str
    facts: tuple[str, ...]
    questions: tuple[str, ...] = ()
    soc3: str = ""
    more: str = ""
    you: Mapping[str, str] = {}


class Note(Struct, frozen=True):
    """A piece of advice that applies where its condition holds: a mistake seen in the answers, a neighbouring framework,
    a hint on periods or vendors, a next step. `kind` says which. `cost` is what it costs to get it wrong.
    `reminder` marks one that no answer can show: it is tied to a result and always worded as a reminder."""

    id: str
    kind: str
    title: str
    says: str
    facts: tuple[str, ...]
    condition: Condition | None = None
    cost: str = ""
    reminder: bool = False
    purpose: str = "scope"

    @property
    def shown(self) -> bool:
        """Whether only answers can show it: a mistake that is no reminder. It is never presumed."""
        return self.kind == "mistake" and not self.reminder


class Duration(Struct, frozen=True):
    """How long something takes, in months: low, typical, high. `id` is one of DURATIONS."""

    id: str
    title: str
    months: tuple[float, float, float]
    facts: tuple[str, ...]


class Message(Struct, frozen=True):
    """A sentence that is said where the program works out that it applies. `says` may hold fields such as {months}."""

    id: str
    says: str
    facts: tuple[str, ...]


class QuoteLine(Struct, frozen=True):
    """A line of the sheet for CPA firms. `part` (one of PARTS) says where it stands. `questions` are those whose answers
    it gives; a line of the part "ask" is what to ask a firm."""

    id: str
    part: str
    title: str
    says: str
    facts: tuple[str, ...]
    questions: tuple[str, ...] = ()
    condition: Condition | None = None
    plan: str = ""


class QuoteField(Struct, frozen=True):
    """A text of a profile's [engagement] that a CPA firm needs for a quote. `part` is one of FIELD_PARTS, `hint` says what
    belongs there."""

    id: str
    part: str
    title: str
    hint: str


class ReferenceEntry(Struct, frozen=True):
    """A glossary term (`kind` term) or a question people ask (`kind` faq). `also` are other names of a term."""

    id: str
    kind: str
    title: str
    says: str
    facts: tuple[str, ...]
    also: tuple[str, ...] = ()


class VersionChange(Struct, frozen=True):
    """What changed in a version of the knowledge: questions whose answers need confirming, answers renamed."""

    version: str
    says: str
    confirm: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


class Category(Struct, frozen=True):
    """A trust services category. `criteria` counts its own criteria; `result` is the id of what is concluded on it."""

    id: str
    title: str
    criteria: int
    says: str
    facts: tuple[str, ...]


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
