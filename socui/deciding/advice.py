"""What socui says of one set of answers: the frozen values that screen, report and command line all show."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from socui.knowledge.model import Contradiction, Presumption, Question, Result, Rule
from socui.knowledge.texts import Note

REPORTS = ("soc1", "soc2")

TYPE = "type_"
"""How the id of a result begins that is the rules' view of a Type: the plan weighs it against dates, and only the plan's
Type is shown."""

ADVISED = frozenset(("expected", "required"))
"""The verdicts by which a report is advised."""

CERTAINTY = YES, PROBABLY, OPEN, PROBABLY_NOT, NO = ("Yes", "Probably", "Open", "Probably not", "No")
"""The ladder of certainty. "Yes" and "No" hold whatever is still open."""


KEEP_HELD = "keep the one held"
"""What is said of a report in place of "no" where one is held: whoever has it may want the next one."""


class Said(Struct, frozen=True):
    """An answer that a reason rests on.

    `options` holds option ids, empty for "none of these". `presumed` is True where the person did not give the answer.
    """

    question: str
    options: tuple[str, ...]
    presumed: bool = False


class Reason(Struct, frozen=True):
    """A rule that holds for the leaning answers.

    `certain` is True where it holds whatever the open answers turn out to be, `deciding` where it is as strong as the
    result. `answers` holds the answers it rests on.
    """

    rule: Rule
    certain: bool
    deciding: bool
    answers: tuple[Said, ...]


class Finding(Struct, frozen=True):
    """The conclusion on one result, such as "soc1": the values still possible, weakest first, and the leaning.

    `early` is True where the leaning against a report rests only on something that was not said; texts then say no more
    than "open". `kept` is True where no report of that kind is advised but one is held: readers may want the next one.
    """

    result: Result
    possible: tuple[str, ...]
    leaning: str
    reasons: tuple[Reason, ...]
    early: bool = False
    kept: bool = False

    @property
    def settled(self) -> bool:
        """Whether the answers given force the value."""
        return len(self.possible) == 1

    @property
    def certainty(self) -> str:
        """How certain a report is that is advised or not, as one of CERTAINTY: the words that every text and screen uses."""
        if self.early or self.leaning == "clarify":
            return OPEN
        if self.leaning in ADVISED:
            return YES if ADVISED.issuperset(self.possible) else PROBABLY
        return PROBABLY_NOT if ADVISED.union(["clarify"]).intersection(self.possible) else NO

    @property
    def short_label(self) -> str:
        """Return how certain a report is, in a word or two; "keep the one held" in place of "no"."""
        if self.kept and self.certainty in (NO, PROBABLY_NOT):
            return KEEP_HELD if self.certainty == NO else f"{PROBABLY.lower()} {KEEP_HELD}"
        return self.certainty.lower()

    @property
    def label(self) -> str:
        """What is concluded in a word or two. Of a report: how certain it is, and "required" where nothing else is
        possible; of anything else the value, with "probably" before one that is not settled."""
        if self.result.id in REPORTS:
            if self.leaning == "clarify" and not self.early:
                return f"{OPEN.lower()}: ask first"
            return self.short_label + (", required" if self.possible == ("required",) else "")
        word = self.result.value(self.leaning).label
        return word if self.settled else f"{PROBABLY.lower()} {word}"


class Noted(Struct, frozen=True):
    """A note that applies. `certain` is True where it applies whatever the open answers turn out to be."""

    note: Note
    certain: bool


class Presumed(Struct, frozen=True):
    """An answer that the leaning takes for an open question, and why."""

    presumption: Presumption
    options: tuple[str, ...]


STATES = ("answered", "begun", "not_sure", "waiting", "needless", "inapplicable", "confirm")


class State(Struct, frozen=True):
    """The state of one question.

    `state` is one of STATES: "begun" is ticked in part, "inapplicable" keeps an answer that does not count, "needless" can
    change nothing any more. `purposes` names what the question can still change: headline, scope, plan. `recorded` holds the
    options that count by a record or a date, in the question's order, where they are not just what was answered.
    """

    question: Question
    state: str
    purposes: frozenset[str]
    recorded: tuple[str, ...] = ()


STAGES = ("requests", "fit", "dates", "scope", "done")
"""Parts of the interview: who asks for what; which report fits; once that is settled, one may stop, or fix Type and dates
("dates"), then the scope of what is advised ("scope"); nothing is left ("done")."""


class OpenField(Struct, frozen=True):
    """A field that a request leaves out, and what it can still change: headline, strength, scope, plan."""

    request: str
    field: str
    purposes: frozenset[str]


class Advice(Struct, frozen=True):
    """Everything that is said of one set of answers.

    `possible` are the headlines still possible in the order of socui.knowledge.model.HEADLINES, `leaning` the likely one.
    `sentence` is the headline in words; `clarify` holds the clarifications that are spoken beside it, never buried.
    `findings` maps each result ("soc1", "soc2", "availability", "type_soc2", "order" ...) that is spoken of.
    `matter` are the open questions that can still change the headline, in authored order; `next` is the one to ask next.
    `by_whom` maps "soc1" / "soc2" to who asks for it, in words ("" when nobody is known to).
    `fields` are what requests leave out and that can still change something; requests stand in the profile's order.
    `contradictions` are answers that can hardly all be right; where there are any, nothing counts as settled.
    `stage` says where the interview is (STAGES), `to_go` the questions of that stage that are still to be asked.
    `early` says that it is too early to lean: the leaning rests on nothing but that something was not said.
    """

    possible: tuple[str, ...]
    leaning: str
    sentence: str
    clarify: tuple[Reason, ...]
    findings: Mapping[str, Finding]
    notes: tuple[Noted, ...]
    presumed: tuple[Presumed, ...]
    states: Mapping[str, State]
    matter: tuple[str, ...]
    next: str | None
    answered: int
    asked: int
    by_whom: Mapping[str, str]
    early: bool
    fields: tuple[OpenField, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    stage: str = ""
    to_go: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the headline is settled."""
        return len(self.possible) == 1 and not self.contradictions

    @property
    def can_change(self) -> int:
        """How many answers can still change the result: open questions, and what requests leave out."""
        return len(self.matter) + sum("headline" in field.purposes for field in self.fields)

    @property
    def result(self) -> str:
        """The settled headline, else "open"."""
        return self.possible[0] if self.settled else "open"

    def advised(self, report: str) -> bool:
        """Return whether a report counts; the scope and Type of another are said only as "if you order one"."""
        return report in self.findings and self.findings[report].leaning in ADVISED


class Lack(Struct, frozen=True):
    """A condition that a rule still lacks: one of `options` has to be the answer (NONE for none of these).

    With `only` the answer may hold no other option; with `without` it may hold none of them.
    """

    question: str
    options: tuple[str, ...]
    only: bool = False
    without: bool = False


class WhyNot(Struct, frozen=True):
    """A rule that would make a report count, and what it lacks. `over` is a rule that overrides it, None if there is none."""

    rule: Rule
    lacks: tuple[Lack, ...]
    over: Rule | None = None


class Tip(Struct, frozen=True):
    """A change of answers that would change the headline: to what, and whether it would force it or only make it
    possible. `options` is the whole answer after the change. `also` holds the other changes where it takes several."""

    question: str
    options: tuple[str, ...]
    possible: tuple[str, ...]
    forces: bool
    also: tuple[Said, ...] = ()

    @property
    def changes(self) -> tuple[Said, ...]:
        """All answers that have to change, as they are after it."""
        return (Said(self.question, self.options), *self.also)
