"""Answers in, Advice out: the one evaluation path that screen, report and command line share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from functools import partial

from msgspec.structs import replace

from socui.asking import recorded
from socui.asking.derive import DERIVED, behind, worlds
from socui.asking.given import Given, common
from socui.deciding.advice import REPORTS, Advice, Finding, Noted, Presumed, Reason, Said, Tip, WhyNot
from socui.deciding.compiled import COUNTS, Compiled, strength
from socui.deciding.decided import Decided
from socui.deciding.headline import by_whom, check_first, names_in_a_row, requester_words, sentence, too_early, wanted
from socui.deciding.memo import Recall
from socui.deciding.presumptions import Leaning, certainty
from socui.deciding.question_states import most_deciding, question_states, stage_of, still_open
from socui.knowledge.conditions import Condition
from socui.knowledge.model import Contradiction, Knowledge, Question, Rule
from socui.profiles.profile import Answer, Profile

NEEDED_BY = "needed_by"

MOST_LEANINGS = 8
"""How many ways to read a profile are tried for the likeliest one."""


_UNSURE = Given(frozenset(), False)
"""What is known where somebody is not sure: nothing, and "that is all" does not speak of it."""


class Decider:
    """Decides over one knowledge base. Functions are compiled when first needed; what depends only on answers that did
    not change is remembered."""

    def __init__(self, knowledge: Knowledge, compiled: Compiled | None = None) -> None:
        self.knowledge = knowledge
        self.compiled = compiled or Compiled(knowledge)
        self.leaning = Leaning(knowledge)
        self._closing = tuple(q for q in knowledge.questions.values() if q.closes)
        self._silent = {p.question for p in knowledge.presumptions if p.condition is None and not p.answer}
        self._spoken = tuple((note, note.condition) for note in knowledge.notes if note.condition is not None)
        self._reads = {item.id: self._names(condition) for item, condition in self._spoken}
        self._reads |= {rule.id: self._names(rule.condition) for rule in knowledge.rules.values()}
        self.looked_at = tuple((item, knowledge.questions.keys() & self._reads[item.id]) for item, _ in self._spoken)
        """The notes that have a condition, and the questions that it looks at."""
        self._recall = Recall()
        self._assigned: dict[tuple[str, Given], dict[int, int]] = {}

    def _names(self, condition: Condition) -> tuple[str, ...]:
        """The questions and results that a condition looks at, through terms."""
        names: dict[str, None] = {}
        for name in condition.names():
            term = self.knowledge.terms.get(name)
            names |= dict.fromkeys((name,) if term is None else self._names(term.condition))
        return tuple(names)

    # ---- what is given

    def worlds(self, profile: Profile, today: date | None = None) -> tuple[dict[str, Given], ...]:
        """The ways to read the profile, the likeliest first: answers known to this base and confirmed, dates and records
        turned into the answers they stand for."""
        answers = self._answered(profile, today)
        closed = any(q.closes and "no" in answers[q.id].chosen for q in self._closing if q.id in answers)
        flat = {q: answers.get(q, _UNSURE) for q in DERIVED if q in answers or q in profile.not_sure}
        read = (profile.requests, closed, flat)
        readings = self._recall.value("worlds", read, partial(worlds, profile.requests, closed, flat))
        asked = self.knowledge.questions
        return tuple([{**answers, **{q: a for q, a in reading.items() if q in asked}} for reading in readings])

    def given(self, profile: Profile, today: date | None = None) -> Mapping[str, Given]:
        """The answers that count, by what all ways to read the profile have in common."""
        return common(self.worlds(profile, today))

    def _answered(self, profile: Profile, today: date | None) -> dict[str, Given]:
        answers: dict[str, Given] = {}
        for question in self.knowledge.questions.values():
            raw = profile.answers.get(question.id)
            if question.dated and question.dated in profile.dates and today is not None:
                raw = bucket(question.id, profile.dates[question.dated], today)
            if raw is None or question.id in profile.confirm:
                continue
            sure = question.id not in profile.not_sure, question.id not in profile.begun
            answer = self._recall.value(("given", question.id), (raw, sure), partial(_given, question, raw, *sure))
            if answer is not None:
                answers[question.id] = answer
        if profile.requests or profile.reports_held:
            self._add_ticked(profile, answers)
        if profile.evidence.since and today is not None and "controls_age" in self.knowledge.questions:
            age = recorded.controls_age(profile.evidence.since, today)
            answers["controls_age"] = Given(frozenset([age]), True)
        sure_of, _ = self._needed_by(profile, answers, today)
        if sure_of is not None:
            answers[NEEDED_BY] = sure_of
        return answers

    def _add_ticked(self, profile: Profile, answers: dict[str, Given]) -> None:
        for name, options in recorded.ticked(profile).items():
            question = self.knowledge.questions.get(name)
            ticked = frozenset(o.id for o in question.options) & options if question else frozenset()
            if ticked:
                now = answers.get(name)
                answers[name] = Given(now.chosen | ticked, now.complete) if now else Given(ticked, False)

    def _needed_by(
        self, profile: Profile, answers: Mapping[str, Given], today: date | None
    ) -> tuple[Given | None, Given | None]:
        if NEEDED_BY in answers or NEEDED_BY not in self.knowledge.questions:
            return None, None
        closed = any("no" in answers[q.id].chosen for q in self._closing if q.id in answers)
        return recorded.needed_by(profile.requests, closed, today)

    def known(self, answers: Mapping[str, Given]) -> dict[int, int]:
        """The variables that the answers fix."""
        cube: dict[int, int] = {}
        for name, answer in answers.items():
            fixed = self._assigned.get((name, answer))
            if fixed is None:
                if len(self._assigned) > 5_000:
                    self._assigned.clear()
                question = self.knowledge.questions[name]
                fixed = self.compiled.assignment(question, answer.chosen, answer.complete, answer.open)
                self._assigned[name, answer] = fixed
            cube.update(fixed)
        return cube

    def decided(self, profile: Profile, today: date | None = None) -> Decided:
        """What is known of a profile, and how its open answers are taken."""
        self.compiled.stay_small()
        ways = self.worlds(profile, today)
        cubes = tuple([self.known(way) for way in ways])
        shared = common(ways)
        _, soonest = self._needed_by(profile, shared, today)
        best: tuple[int, Decided] | None = None
        for way in ways[:MOST_LEANINGS]:
            if soonest is not None and NEEDED_BY not in way:
                way = {**way, NEEDED_BY: soonest}  # noqa: PLW2901
            filled, presumed = self.leaning.fill(way)
            lean = self.known(filled)
            misfits = 0 if len(ways) == 1 else self._misfits(lean)
            if best is None or misfits < best[0]:
                best = misfits, Decided(profile, today, shared, ways, cubes, filled, presumed, lean)
        assert best is not None
        return best[1]

    def _misfits(self, lean: Mapping[int, int]) -> int:
        """How many reports are asked for that do not fit; of ways to read a request the fitting one is likelier."""
        verdicts = self.compiled.diagrams.evaluate(self.compiled.joint, lean)
        assert isinstance(verdicts, tuple)
        return verdicts.count("clarify")

    # ---- the advice

    def advise(self, profile: Profile, today: date | None = None) -> Advice:
        """Everything that can be said of the profile's answers. `today` turns the profile's dates into answers."""
        decided = self.decided(profile, today)
        k, filled, lean = self.knowledge, decided.filled, decided.lean
        guessed = {p.presumption.question for p in decided.presumed}
        possible = self.possible(decided.cubes)
        values = self.spoken(lean)
        findings = {id: self._finding(id, value, decided, guessed) for id, value in values.items()}
        leaning = self.leaning_headline(lean)
        clarify = tuple(r for report in REPORTS if report in findings for r in self._clarifications(findings[report]))
        judged = self._judged(decided)
        states, fields = question_states(self, decided, judged)
        matter = still_open(states, "headline")
        decides = tuple(f for f in fields if "headline" in f.purposes)
        early = len(possible) > 1 and too_early(leaning, findings)
        contradictions = self.contradictions(decided)
        advised = tuple(r for r in REPORTS if r in findings and findings[r].leaning in COUNTS)
        stage, to_go = stage_of(states, fields, len(possible) == 1 and not contradictions, advised, profile)
        whom = {r: by_whom(k, r, profile, filled, guessed) for r in REPORTS}
        open_count = len(matter) + len(decides)
        alive = [q for q, state in states.items() if "headline" in state.purposes]
        if contradictions:
            sentence_text = check_first(k, contradictions)
        elif decided.given:
            sentence_text = sentence(k, possible, leaning, findings, whom, filled, decided.presumed, alive, open_count)
        else:
            sentence_text = k.texts["open.start"]
        return Advice(
            possible=possible,
            leaning=leaning,
            sentence=sentence_text,
            clarify=clarify,
            findings=findings,
            notes=self._noted(judged, {**filled, **self.concluded(lean)}),
            presumed=self._relevant(decided.presumed),
            states=states,
            matter=matter,
            next=to_go[0] if to_go else None,
            answered=sum(s.state in ("answered", "begun") for s in states.values() if not s.question.derived),
            asked=sum(s.state != "inapplicable" for s in states.values() if not s.question.derived),
            by_whom=whom,
            early=early,
            fields=fields,
            contradictions=contradictions,
            stage=stage,
            to_go=to_go,
        )

    def spoken(self, lean: Mapping[int, int]) -> dict[str, str]:
        """Every result that is spoken of where all variables are known, with its value."""
        c, d = self.compiled, self.compiled.diagrams
        return {
            id: str(d.evaluate(c.result(id), lean))
            for id, result in self.knowledge.results.items()
            if result.needs is None or d.evaluate(c.condition(result.needs), lean)
        }

    def leaning_headline(self, lean: Mapping[int, int]) -> str:
        """The headline where all variables are known."""
        return str(self.compiled.diagrams.evaluate(self.compiled.headline, lean))

    def concluded(self, lean: Mapping[int, int]) -> dict[str, Given]:
        """What every result is where all variables are known, as conditions look at it."""
        c, d = self.compiled, self.compiled.diagrams
        names = (*self.knowledge.results, "headline")
        return {name: Given(frozenset([str(d.evaluate(c.result(name), lean))]), True) for name in names}

    def headlines(self, cube: Mapping[int, int]) -> tuple[str, ...]:
        """The headlines still possible once those variables are fixed, in the order of HEADLINES."""
        return self.possible((cube,))

    def possible(self, cubes: Iterable[Mapping[int, int]]) -> tuple[str, ...]:
        """The headlines still possible in any of the worlds, in the order of HEADLINES."""
        mask = 0
        for cube in cubes:
            mask |= self.compiled.diagrams.under(self.compiled.headline, cube)
        return tuple([h for h, bit in self.compiled.bits if mask & bit])

    def values(self, function: int, cubes: Iterable[Mapping[int, int]]) -> set[str]:
        """The values that a function can still take."""
        d = self.compiled.diagrams
        return {str(v) for cube in cubes for v in d.possible(self.compiled.rest(function, cube))}

    def _finding(self, id: str, value: str, decided: Decided, guessed: Set[str]) -> Finding:
        c, d = self.compiled, self.compiled.diagrams
        lean, filled = decided.lean, decided.filled
        result = self.knowledge.results[id]
        values = self.values(c.result(id), decided.cubes)
        rank = strength(result)
        reasons = []
        for rule in c.rules(id):
            if d.evaluate(c.counts(rule), lean):
                certain = all(c.rest(c.fires(rule), cube) == d.true for cube in decided.cubes)
                read = [(filled.get(name), name in guessed) for name in self._reads[rule.id]]
                made = partial(self.leaning.rests_on, rule.condition, filled, guessed)
                answers = self._recall.value(("rests_on", rule.id), read, made)
                reasons.append(Reason(self._named(rule, decided.profile), certain, rule.value == value, answers))
        reasons.sort(key=lambda r: -rank[r.rule.value])
        might = id in REPORTS and value not in COUNTS and not values.isdisjoint(COUNTS)
        early = might and self._rests_on_silence(reasons)
        # What holds whatever is open rests on what was said: what it is presumed to rest on as well is no condition.
        reasons = [_by_what_was_said(r) if r.certain else r for r in reasons]
        return Finding(result, tuple(v.id for v in result.values if v.id in values), value, tuple(reasons), early)

    def _named(self, rule: Rule, profile: Profile) -> Rule:
        """The rule with a reason that names who asked for what, where requests are recorded."""
        requests = behind(profile.requests, rule.who) if rule.named else ()
        if not requests:
            return rule
        who = names_in_a_row(tuple(dict.fromkeys(requester_words(self.knowledge, r) for r in requests)))
        what = names_in_a_row(tuple(dict.fromkeys(w for r in requests for w in wanted(self.knowledge, r, rule.result))))
        because = rule.named.replace("{who}", who).replace("{what}", what or self.knowledge.texts["asks.unknown"])
        return replace(rule, because=because[:1].upper() + because[1:])

    def contradictions(self, decided: Decided) -> tuple[Contradiction, ...]:
        """Answers that can hardly all be right, in every way to read them."""
        c, d = self.compiled, self.compiled.diagrams
        return tuple(
            [
                contradictions
                for contradictions in self.knowledge.contradictions
                if all(c.rest(c.condition(contradictions.condition), cube) == d.true for cube in decided.cubes)
            ]
        )

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

    def applies(self, question: Question, cubes: Iterable[Mapping[int, int]]) -> bool | None:
        """Whether a question applies; None where that is open."""
        if question.ask_when is None:
            return True
        c, d = self.compiled, self.compiled.diagrams
        cases = {c.rest(c.applies(question.id), cube) for cube in cubes}
        return None if len(cases) > 1 else {d.true: True, d.false: False}.get(cases.pop())

    def _judged(self, decided: Decided) -> dict[str, bool | None]:
        """Which notes certainly hold, cannot hold, or may, by what is given."""
        c, answers = self.compiled, decided.given
        possible = {r: self.values(c.result(r), decided.cubes) for r in (*self.knowledge.results, "headline")}
        effective = {}
        for question in self.knowledge.questions.values():
            applies = self.applies(question, decided.cubes)
            if applies is False:
                effective[question.id] = self.leaning.otherwise[question.id]
            elif applies and question.id in answers:
                effective[question.id] = answers[question.id]
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
    return recorded.band(when, today)
