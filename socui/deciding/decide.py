"""Answers in, Advice out: the one evaluation path that screen, report and command line share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from functools import partial

from msgspec.structs import replace

from socui.deciding.advice import Advice, Finding, Noted, Presumed, Reason, Said, Tip, WhyNot
from socui.deciding.compiled import COUNTS, Compiled, strength
from socui.deciding.headline import by_whom, sentence, too_early
from socui.deciding.memo import Recall
from socui.deciding.presumptions import Given, Leaning, certainty
from socui.deciding.question_states import most_deciding, next_question, question_states, still_open
from socui.knowledge.model import Condition, Knowledge, Note, Question, Step
from socui.profiles.profile import Answer, Profile

REPORTS = ("soc1", "soc2")


class Decider:
    """Decides over one knowledge base. Functions are compiled when first needed; what depends only on answers that did
    not change is remembered."""

    def __init__(self, knowledge: Knowledge, compiled: Compiled | None = None) -> None:
        self.knowledge = knowledge
        self.compiled = compiled or Compiled(knowledge)
        self.leaning = Leaning(knowledge)
        self._silent = {p.question for p in knowledge.presumptions if p.condition is None and not p.answer}
        spoken: tuple[Note | Step, ...] = (*knowledge.notes, *knowledge.steps)
        self._spoken = tuple((item, item.condition) for item in spoken if item.condition is not None)
        self._reads = {item.id: self._names(condition) for item, condition in self._spoken}
        self._reads |= {rule.id: self._names(rule.condition) for rule in knowledge.rules.values()}
        self.looked_at = tuple((item, knowledge.questions.keys() & self._reads[item.id]) for item, _ in self._spoken)
        """The notes and steps that have a condition, and the questions that it looks at."""
        self._recall = Recall()
        self._assigned: dict[tuple[str, Given], dict[int, int]] = {}

    def _names(self, condition: Condition) -> tuple[str, ...]:
        """The questions and results that a condition looks at, through terms."""
        found: dict[str, None] = {}
        for name in condition.names():
            term = self.knowledge.terms.get(name)
            found |= dict.fromkeys((name,) if term is None else self._names(term.condition))
        return tuple(found)

    # ---- what is given

    def given(self, profile: Profile, today: date | None = None) -> dict[str, Given]:
        """The answers that count: known to this base, confirmed, and dates turned into the answers they stand for."""
        found: dict[str, Given] = {}
        for question in self.knowledge.questions.values():
            raw = profile.answers.get(question.id)
            if question.dated and question.dated in profile.dates and today is not None:
                raw = bucket(question.id, profile.dates[question.dated], today)
            if raw is None or question.id in profile.confirm:
                continue
            sure = question.id not in profile.not_sure, question.id not in profile.begun
            answer = self._recall.value(("given", question.id), (raw, sure), partial(_given, question, raw, *sure))
            if answer is not None:
                found[question.id] = answer
        return found

    def known(self, given: Mapping[str, Given]) -> dict[int, int]:
        """The variables that the answers fix."""
        found: dict[int, int] = {}
        for name, answer in given.items():
            fixed = self._assigned.get((name, answer))
            if fixed is None:
                if len(self._assigned) > 5_000:
                    self._assigned.clear()
                question = self.knowledge.questions[name]
                fixed = self.compiled.assignment(question, answer.chosen, answer.complete)
                self._assigned[name, answer] = fixed
            found.update(fixed)
        return found

    # ---- the advice

    def advise(self, profile: Profile, today: date | None = None) -> Advice:
        """Everything that can be said of the profile's answers. `today` turns the profile's dates into answers."""
        self.compiled.stay_small()
        k, c, d = self.knowledge, self.compiled, self.compiled.diagrams
        given = self.given(profile, today)
        known = self.known(given)
        filled, presumed = self.leaning.fill(given)
        lean = self.known(filled)
        guessed = {p.presumption.question for p in presumed}
        possible = self.headlines(known)
        findings: dict[str, Finding] = {}
        for result in k.results.values():
            if result.needs is None or d.evaluate(c.condition(result.needs), lean):
                findings[result.id] = self._finding(result.id, known, lean, filled, guessed)
        leaning = str(d.evaluate(c.headline, lean))
        clarify = tuple(r for report in REPORTS if report in findings for r in self._clarifications(findings[report]))
        judged = self._judged(given, known)
        states = question_states(self, profile, given, known, judged)
        matter = still_open(states, "headline")
        early = len(possible) > 1 and too_early(leaning, findings)
        whom = {r: by_whom(k, r, filled, guessed) for r in REPORTS}
        return Advice(
            possible=possible,
            leaning=leaning,
            sentence=sentence(k, possible, leaning, findings, clarify, whom, filled, presumed, matter)
            if given
            else k.texts["open.start"],
            clarify=clarify,
            findings=findings,
            notes=self._noted(judged, {**filled, **self.concluded(lean)}),
            presumed=self._relevant(presumed),
            states=states,
            matter=matter,
            next=next_question(states),
            answered=sum(s.state in ("answered", "begun") for s in states.values()),
            asked=sum(s.state != "inapplicable" for s in states.values()),
            by_whom=whom,
            early=early,
        )

    def concluded(self, lean: Mapping[int, int]) -> dict[str, Given]:
        """What every result is where all variables are known, as conditions look at it."""
        c, d = self.compiled, self.compiled.diagrams
        names = (*self.knowledge.results, "headline")
        return {name: Given(frozenset([str(d.evaluate(c.result(name), lean))]), True) for name in names}

    def headlines(self, known: Mapping[int, int]) -> tuple[str, ...]:
        """The headlines still possible once those variables are fixed, in the order of HEADLINES."""
        mask = self.compiled.diagrams.under(self.compiled.headline, known)
        return tuple([h for h, bit in self.compiled.bits if mask & bit])

    def _finding(
        self,
        id: str,
        known: Mapping[int, int],
        lean: Mapping[int, int],
        filled: Mapping[str, Given],
        guessed: Set[str],
    ) -> Finding:
        c, d = self.compiled, self.compiled.diagrams
        result = self.knowledge.results[id]
        values = set(d.possible(self.compiled.rest(c.result(id), known)))
        value = str(d.evaluate(c.result(id), lean))
        rank = strength(result)
        reasons = []
        for rule in c.rules(id):
            if d.evaluate(c.counts(rule), lean):
                certain = self.compiled.rest(c.fires(rule), known) == d.true
                read = [(filled.get(name), name in guessed) for name in self._reads[rule.id]]
                made = partial(self.leaning.rests_on, rule.condition, filled, guessed)
                answers = self._recall.value(("rests_on", rule.id), read, made)
                reasons.append(Reason(rule, certain, rule.value == value, answers))
        reasons.sort(key=lambda r: -rank[r.rule.value])
        might = id in REPORTS and value not in COUNTS and not values.isdisjoint(COUNTS)
        early = might and self._rests_on_silence(reasons)
        # What holds whatever is open rests on what was said: what it is presumed to rest on as well is no condition.
        reasons = [_by_what_was_said(r) if r.certain else r for r in reasons]
        return Finding(result, tuple(v.id for v in result.values if v.id in values), value, tuple(reasons), early)

    def _rests_on_silence(self, reasons: Iterable[Reason]) -> bool:
        """Whether what decides rests on an answer presumed to be "none" for no reason but that it was not given."""
        deciding = [r for r in reasons if r.deciding]
        return not deciding or any(
            a.presumed and not a.options and a.question in self._silent for r in deciding for a in r.answers
        )

    def _clarifications(self, finding: Finding) -> Iterator[Reason]:
        return (r for r in finding.reasons if r.rule.value == "clarify" and not finding.early)

    def _noted(self, judged: Mapping[str, bool | None], lean: Mapping[str, Given]) -> tuple[Noted, ...]:
        """The notes that hold, or would by the leaning; a mistake only where the answers show it."""
        return tuple(
            Noted(note, sure is True)
            for note in self.knowledge.notes
            if (sure := judged.get(note.id, True)) is not False
            and (sure or note.condition is None or (not note.shown and self.leaning.holds(note.condition, lean)))
        )

    def _judged(self, given: Mapping[str, Given], known: Mapping[int, int]) -> dict[str, bool | None]:
        """Which notes and steps certainly hold, cannot hold, or may, by what is given."""
        c, d = self.compiled, self.compiled.diagrams
        possible = {
            r: {str(v) for v in d.possible(self.compiled.rest(c.result(r), known))}
            for r in (*self.knowledge.results, "headline")
        }
        effective = {}
        for question in self.knowledge.questions.values():
            applies = d.true if question.ask_when is None else self.compiled.rest(c.applies(question.id), known)
            if applies == d.false:
                effective[question.id] = self.leaning.otherwise[question.id]
            elif applies == d.true and question.id in given:
                effective[question.id] = given[question.id]
        seen: dict[str, object] = {**effective, **possible}
        return {
            item.id: self._recall.value(
                ("judged", item.id),
                [seen.get(name) for name in self._reads[item.id]],
                partial(certainty, self.knowledge, condition, effective, possible),
            )
            for item, condition in self._spoken
        }

    def _relevant(self, presumed: tuple[Presumed, ...]) -> tuple[Presumed, ...]:
        return tuple(p for p in presumed if p.presumption.condition is not None or p.options)

    # ---- on demand

    def why(self, profile: Profile, today: date | None = None) -> tuple[Said, ...]:
        """The fewest answers that force what is settled: see socui.deciding.explain.why."""
        from socui.deciding.explain import why

        return why(self, profile, today)

    def why_not(self, profile: Profile, today: date | None = None) -> tuple[WhyNot, ...]:
        """What a report that does not count lacks: see socui.deciding.explain.why_not."""
        from socui.deciding.explain import why_not

        return why_not(self, profile, today)

    def tips(self, profile: Profile, today: date | None = None) -> tuple[Tip, ...]:
        """What would change the headline: see socui.deciding.explain.tips."""
        from socui.deciding.explain import tips

        return tips(self, profile, today)

    def most_deciding(self, profile: Profile, today: date | None = None) -> tuple[str, float] | None:
        """The open question that tells most, and how many bits: see socui.deciding.question_states.most_deciding."""
        return most_deciding(self, profile, today)


def _by_what_was_said(reason: Reason) -> Reason:
    answers = tuple([a for a in reason.answers if not a.presumed])
    return reason if len(answers) == len(reason.answers) else replace(reason, answers=answers)


def _given(question: Question, raw: Answer, sure: bool, left: bool) -> Given | None:
    """What counts of an answer: the options that the question has; all of them where the person is sure and has left."""
    options = {o.id for o in question.options}
    chosen = frozenset((raw,) if isinstance(raw, str) else raw) & options
    if question.several:
        unknown = not isinstance(raw, str) and len(chosen) < len(set(raw))
        return Given(chosen, sure and left and not unknown)
    return Given(chosen, True) if len(chosen) == 1 and sure else None


def bucket(question: str, when: date, today: date) -> str:
    """The answer that a date of the profile stands for."""
    if question == "client_year_end":
        return "calendar" if (when.month, when.day) == (12, 31) else "other_single"
    months = (when - today).days / 30.44
    return "under_3m" if months < 3 else "3_6m" if months < 6 else "6_12m" if months < 12 else "over_12m"
