"""Turns answers into advice. Screen, reports and command line all use this one evaluation path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import partial

from msgspec.structs import replace

from socui.asking.given import Given
from socui.deciding.advice import REPORTS, Advice, Finding, Presumed, Reason, Said, Tip, WhyNot
from socui.deciding.answers import RowReader
from socui.deciding.compiled import COUNTS, Compiled, strength
from socui.deciding.decided import Decided
from socui.deciding.headline import by_whom, check_first, sentence, too_early
from socui.deciding.memo import MOST_KEPT, Recall
from socui.deciding.named_rule import named_rule
from socui.deciding.note_judge import NoteJudge
from socui.deciding.presumptions import Leaning
from socui.deciding.profile_reader import NEEDED_BY, ProfileReader
from socui.deciding.question_states import most_deciding, question_states, stage_of, still_open
from socui.deciding.ways import Ways, ways_of
from socui.knowledge.local_words import local_knowledge, wording
from socui.knowledge.model import Contradiction, Knowledge, Question, Rule, names_in
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.records import Request

MOST_LEANINGS = 8
"""How many ways to read a profile are tried for the likeliest one."""

FEW_WAYS = 4
"""So many ways to read a profile are looked up one by one in the whole diagram; a table of answers has no more."""

HELD_TERMS = {"soc1": "soc1_kept", "soc2": "soc2_kept"}
"""By report: the term that says that one is held and the next one is not needed by the answers, see data/rules.toml."""

USE_UNSAID = "use_unsaid"
"""The term that says when an ask without a number is to be answered by a question, see data/rules.toml."""


class Decider:
    """Decides over one knowledge base. Functions are compiled when first needed; what depends only on answers that did
    not change is remembered."""

    def __init__(self, knowledge: Knowledge, compiled: Compiled | None = None) -> None:
        self.knowledge = knowledge
        self.compiled = compiled or Compiled(knowledge)
        self.leaning = Leaning(knowledge)
        self._silent = {p.question for p in knowledge.presumptions if p.condition is None and not p.answer}
        self._reads = {rule.id: names_in(knowledge, rule.condition) for rule in knowledge.rules.values()}
        self._recall = Recall()
        self.notes = NoteJudge(self)
        self.reader = ProfileReader(knowledge, self._recall)
        self.rows = RowReader(knowledge)
        self._assigned: dict[tuple[str, Given], dict[int, int]] = {}
        self._last: Decided | None = None
        self._said_in: dict[tuple[bool, bool], Decider] = {wording(""): self}

    def local(self, country: str) -> Decider:
        """Return what decides the same and says it in the words of that country, an ISO 3166 code; "" is the United
        States. `advise` asks here by the profile's own country."""
        words = wording(country)
        if words not in self._said_in:
            local = self._said_in[words] = Decider(local_knowledge(self.knowledge, country), self.compiled)
            local._said_in, local._assigned = self._said_in, self._assigned
        return self._said_in[words]

    # ---- what is given

    def worlds(self, profile: Profile, today: date | None = None) -> tuple[dict[str, Given], ...]:
        """Return the ways to read the profile, the likeliest first: see socui.deciding.profile_reader."""
        return self.reader.worlds(profile, today)

    def given(self, profile: Profile, today: date | None = None) -> Mapping[str, Given]:
        """Return the answers that count, by what all ways to read the profile have in common."""
        return self.reader.shared(*self.reader.read(profile, today))

    def known(self, answers: Mapping[str, Given]) -> dict[int, int]:
        """Return the variables that the answers fix."""
        cube: dict[int, int] = {}
        for name, answer in answers.items():
            fixed = self._assigned.get((name, answer))
            if fixed is None:
                if len(self._assigned) >= MOST_KEPT:
                    self._assigned.clear()
                question = self.knowledge.questions[name]
                fixed = self.compiled.assignment(question, answer.chosen, answer.complete, answer.open)
                self._assigned[name, answer] = fixed
            cube.update(fixed)
        return cube

    def ways(self, answers: Mapping[str, Given], readings: Sequence[Mapping[str, Given]]) -> Ways:
        """Return the variables that are fixed in each way to read a profile."""
        if len(readings) == 1:
            return ways_of([self.known({**answers, **readings[0]})])
        derived = {q for reading in readings for q in reading}
        rest = self.known({q: a for q, a in answers.items() if q not in derived})
        own = {q: a for q, a in answers.items() if q in derived}
        of_derived = ways_of([self.known({**own, **reading}) for reading in readings])
        return replace(of_derived, shared={**rest, **of_derived.shared})

    def decided(self, profile: Profile, today: date | None = None) -> Decided:
        """Return what is known of a profile, and how its open answers are taken. The last one is kept: advice and plan
        ask for the same one after the other."""
        last = self._last
        if last is not None and last.profile is profile and last.today == today:
            return last
        decided = self._last = self._decided(profile, today)
        return decided

    def _decided(self, profile: Profile, today: date | None) -> Decided:
        self.compiled.stay_small()
        answers, readings = self.reader.read(profile, today)
        ways = tuple([{**answers, **reading} for reading in readings])
        shared = self.reader.shared(answers, readings)
        cubes = self.ways(answers, readings)
        _, soonest = self.reader.needed_by(profile, shared, today)
        best: tuple[tuple[bool, int], Decided] | None = None
        for way in ways[:MOST_LEANINGS]:
            if soonest is not None and NEEDED_BY not in way:
                way = {**way, NEEDED_BY: soonest}  # noqa: PLW2901
            filled, presumed = self.leaning.fill(way)
            lean = self.known(filled)
            asks_back = len(ways) > 1 and self._asks_back(filled, lean)
            misfits = 0 if len(ways) == 1 else self._misfits(lean)
            if best is None or (not asks_back, misfits) < best[0]:
                decided = Decided(profile, today, shared, ways, cubes, filled, presumed, lean, asks_back)
                best = (not asks_back, misfits), decided
        assert best is not None
        return best[1]

    def _misfits(self, lean: Mapping[int, int]) -> int:
        """Return how many reports are asked for that do not fit; of ways to read a request the fitting one is likelier."""
        verdicts = self.compiled.diagrams.evaluate(self.compiled.joint, lean)
        assert isinstance(verdicts, tuple)
        return verdicts.count("clarify")

    def _asks_back(self, filled: Mapping[str, Given], lean: Mapping[int, int]) -> bool:
        """Return whether a way to read requests leads to a question back and is the likeliest for it: what the
        report will be used for was not said, and no reading of it is better than another."""
        unsaid = self.knowledge.terms.get(USE_UNSAID)
        return bool(
            unsaid and self.leaning_headline(lean) == "clarify" and self.leaning.holds(unsaid.condition, filled)
        )

    # ---- the advice

    def advise(self, profile: Profile, today: date | None = None) -> Advice:
        """Return everything that can be said of the profile's answers, in the words of its country. `today` turns the
        profile's dates into answers."""
        local = self.local(seat(profile))
        if local is not self:
            return local.advise(profile, today)
        decided = self.decided(profile, today)
        k, filled, lean = self.knowledge, decided.filled, decided.lean
        guessed = {p.presumption.question for p in decided.presumed}
        possible = self.possible(decided.ways)
        values = self.spoken(lean)
        findings = {id: self._finding(id, value, decided, guessed) for id, value in values.items()}
        leaning = self.leaning_headline(lean)
        clarify = tuple(r for report in REPORTS if report in findings for r in self._clarifications(findings[report]))
        judged = self.notes.judged(decided)
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
        elif decided.answers:
            sentence_text = sentence(k, possible, leaning, findings, whom, filled, decided.presumed, alive, open_count)
        else:
            sentence_text = k.texts["open.start"]
        return Advice(
            possible=possible,
            leaning=leaning,
            sentence=sentence_text,
            clarify=clarify,
            findings=findings,
            notes=self.notes.noted(judged, {**filled, **self.concluded(lean)}),
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
        """Return every result that is spoken of, with its value, where all variables have values."""
        c, d = self.compiled, self.compiled.diagrams
        return {
            id: str(d.evaluate(c.result(id), lean))
            for id, result in self.knowledge.results.items()
            if result.needs is None or d.evaluate(c.condition(result.needs), lean)
        }

    def leaning_headline(self, lean: Mapping[int, int]) -> str:
        """Return the headline where all variables are known."""
        return str(self.compiled.diagrams.evaluate(self.compiled.headline, lean))

    def concluded(self, lean: Mapping[int, int]) -> dict[str, Given]:
        """Return the value of every result, as conditions see it, where all variables have values."""
        c, d = self.compiled, self.compiled.diagrams
        names = (*self.knowledge.results, "headline")
        return {name: Given(frozenset([str(d.evaluate(c.result(name), lean))]), True) for name in names}

    def headlines(self, cube: Mapping[int, int]) -> tuple[str, ...]:
        """Return the headlines still possible once those variables are fixed, in the order of HEADLINES."""
        return self.possible(ways_of([cube]))

    def possible(self, ways: Ways) -> tuple[str, ...]:
        """Return the headlines still possible in any of the worlds, in the order of HEADLINES."""
        c, d = self.compiled, self.compiled.diagrams
        function, fixed, mask = c.headline, ways.shared, 0
        if len(ways.own) > FEW_WAYS:  # worth a smaller function, at the cost of its nodes
            function, fixed = c.rest(function, fixed), {}
        for own in ways.told_apart(d.support(function)):
            mask |= d.under(function, {**fixed, **own})
        return tuple([h for h, bit in self.compiled.bits if mask & bit])

    def values(self, function: int, ways: Ways) -> set[str]:
        """Return the values that a function can still take."""
        mask = self.compiled.reached(function, ways)
        return {str(v) for i, v in enumerate(self.compiled.diagrams.values) if mask >> i & 1}

    def _finding(self, id: str, value: str, decided: Decided, guessed: Set[str]) -> Finding:
        c, d = self.compiled, self.compiled.diagrams
        lean, filled = decided.lean, decided.filled
        result = self.knowledge.results[id]
        values = self.values(c.result(id), decided.ways)
        rank = strength(result)
        reasons = []
        for rule in c.rules(id):
            if d.evaluate(c.counts(rule), lean):
                certain = c.reached(c.fires(rule), decided.ways) == d.reach[d.true]
                read = [(filled.get(name), name in guessed) for name in self._reads[rule.id]]
                requests = decided.profile.requests
                named_and_answers = partial(self._said, rule, filled, guessed, requests)
                named, answers = self._recall.value(("reason", rule.id), (read, requests), named_and_answers)
                reasons.append(Reason(named, certain, rule.value == value, answers))
        reasons.sort(key=lambda r: -rank[r.rule.value])
        might = id in REPORTS and value not in COUNTS and not values.isdisjoint(COUNTS)
        early = might and (self._rests_on_silence(reasons) or (decided.asks_back and value != "clarify"))
        # What holds whatever is open rests on what was said: what it is presumed to rest on as well is no condition.
        reasons = [_by_what_was_said(r) if r.certain else r for r in reasons]
        possible = tuple(v.id for v in result.values if v.id in values)
        return Finding(result, possible, value, tuple(reasons), early, self.keeps(id, decided))

    def _said(
        self, rule: Rule, filled: Mapping[str, Given], guessed: Set[str], requests: tuple[Request, ...]
    ) -> tuple[Rule, tuple[Said, ...]]:
        """Return the rule with who asked by name, and the answers that it rests on."""
        named = named_rule(self.knowledge, self.knowledge.rules[rule.id], requests)
        return named, self.leaning.rests_on(rule.condition, filled, guessed)

    def keeps(self, report: str, decided: Decided) -> bool:
        """Return whether a report of that kind is held, as far as was said, and the next one is not needed."""
        held = self.knowledge.terms.get(HELD_TERMS.get(report, ""))
        if held is None:
            return False
        verdict = str(self.compiled.diagrams.evaluate(self.compiled.result(report), decided.lean))
        return self.leaning.holds(held.condition, {**decided.filled, report: Given(frozenset([verdict]), True)})

    def contradictions(self, decided: Decided) -> tuple[Contradiction, ...]:
        """Return answers that can hardly all be right, in every way to read them."""
        c, d = self.compiled, self.compiled.diagrams
        return tuple(
            [
                contradictions
                for contradictions in self.knowledge.contradictions
                if c.reached(c.condition(contradictions.condition), decided.ways) == d.reach[d.true]
            ]
        )

    def _rests_on_silence(self, reasons: Iterable[Reason]) -> bool:
        """Return whether what decides rests on an answer presumed to be "none" for no reason but that it was not given."""
        deciding = [r for r in reasons if r.deciding]
        return not deciding or any(
            a.presumed and not a.options and a.question in self._silent for r in deciding for a in r.answers
        )

    def _clarifications(self, finding: Finding) -> Iterator[Reason]:
        return (r for r in finding.reasons if r.rule.value == "clarify" and not finding.early)

    def applies(self, question: Question, ways: Ways) -> bool | None:
        """Return whether a question applies; None where that is open."""
        if question.ask_when is None:
            return True
        c, d = self.compiled, self.compiled.diagrams
        first, *others = c.rests(c.applies(question.id), ways)
        return None if others else {d.true: True, d.false: False}.get(first)

    def _relevant(self, presumed: tuple[Presumed, ...]) -> tuple[Presumed, ...]:
        return tuple(p for p in presumed if p.presumption.condition is not None or p.options)

    # ---- on demand

    def why(self, profile: Profile, today: date | None = None) -> tuple[Said, ...]:
        """Return the fewest answers that force what is settled: see socui.deciding.explain.why."""
        from socui.deciding.explain import why

        return why(self, profile, today)

    def why_not(self, profile: Profile, today: date | None = None) -> tuple[WhyNot, ...]:
        """Return what a report that does not count lacks: see socui.deciding.explain.why_not."""
        from socui.deciding.explain import why_not

        return why_not(self, profile, today)

    def tips(self, profile: Profile, today: date | None = None) -> tuple[Tip, ...]:
        """Return what would change the headline: see socui.deciding.explain.tips."""
        from socui.deciding.explain import tips

        self.compiled.stay_small()
        return tips(self, profile, today)

    def most_deciding(self, profile: Profile, today: date | None = None) -> tuple[str, float] | None:
        """Return the open question that tells most, and how many bits: see
        socui.deciding.question_states.most_deciding."""
        return most_deciding(self, profile, today)


def _by_what_was_said(reason: Reason) -> Reason:
    answers = tuple([a for a in reason.answers if not a.presumed])
    return reason if len(answers) == len(reason.answers) else replace(reason, answers=answers)
