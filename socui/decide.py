"""Answers in, Advice out: the one evaluation path that screen, report and command line share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import log2

from socui.advice import Advice, Finding, Noted, Presumed, Reason, Said, State, Tip
from socui.compiled import Compiled, strength
from socui.leaning import Given, Leaning, certainty
from socui.model import HEADLINES, Condition, Knowledge, Note, Question, Step
from socui.profile import Profile
from socui.wording import by_whom, sentence

REPORTS = ("soc1", "soc2")
MAX_TIPS = 5


class Decider:
    """Decides over one knowledge base. Functions are compiled when first needed; what depends only on answers that did
    not change is remembered."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.compiled = Compiled(knowledge)
        self.leaning = Leaning(knowledge)
        self._restricted: dict[tuple[int, tuple[int | None, ...]], int] = {}
        self._by_purpose: dict[str, list[int]] = {}
        spoken: tuple[Note | Step, ...] = (*knowledge.notes, *knowledge.steps)
        self._spoken = tuple((item, item.condition) for item in spoken if item.condition is not None)
        self._asked = tuple((item, frozenset(self._names(condition))) for item, condition in self._spoken)

    def _names(self, condition: Condition) -> Iterator[str]:
        """The questions that a condition looks at, through terms."""
        for name in condition_names(condition):
            if name in self.knowledge.terms:
                yield from self._names(self.knowledge.terms[name].condition)
            elif name in self.knowledge.questions:
                yield name

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
            options = {o.id for o in question.options}
            chosen = frozenset((raw,) if isinstance(raw, str) else raw) & options
            if question.several:
                unknown = not isinstance(raw, str) and len(chosen) < len(set(raw))
                complete = not unknown and question.id not in profile.begun and question.id not in profile.not_sure
                found[question.id] = Given(chosen, complete)
            elif len(chosen) == 1 and question.id not in profile.not_sure:
                found[question.id] = Given(chosen, True)
        return found

    def known(self, given: Mapping[str, Given]) -> dict[int, int]:
        """The variables that the answers fix."""
        found: dict[int, int] = {}
        for name, answer in given.items():
            found.update(self.compiled.assignment(self.knowledge.questions[name], answer.chosen, answer.complete))
        return found

    def rest(self, function: int, known: Mapping[int, int]) -> int:
        """The function that is left once the known variables are fixed; remembered by those it depends on."""
        d = self.compiled.diagrams
        key = (function, tuple([known.get(v) for v in d.support(function)]))
        found = self._restricted.get(key)
        if found is None:
            if len(self._restricted) > 50_000:
                self._restricted.clear()
            found = self._restricted[key] = d.restrict(function, known)
        return found

    def _stay_small(self) -> None:
        """Compile anew before the nodes of past answers, which are never freed, reach the limit."""
        if len(self.compiled.diagrams.var) > self.compiled.diagrams.limit // 2:
            self.compiled = Compiled(self.knowledge)
            self._restricted.clear()
            self._by_purpose.clear()

    # ---- the advice

    def advise(self, profile: Profile, today: date | None = None) -> Advice:
        """Everything that can be said of the profile's answers. `today` turns the profile's dates into answers."""
        self._stay_small()
        k, c, d = self.knowledge, self.compiled, self.compiled.diagrams
        given = self.given(profile, today)
        known = self.known(given)
        filled, presumed = self.leaning.fill(given)
        lean = self.known(filled)
        guessed = [p.presumption.question for p in presumed]
        possible = self._headlines(known)
        findings: dict[str, Finding] = {}
        for result in k.results.values():
            if result.needs is None or d.evaluate(c.condition(result.needs), lean):
                findings[result.id] = self._finding(result.id, known, lean, filled, guessed)
        leaning = str(d.evaluate(c.headline, lean))
        clarify = tuple(r for report in REPORTS if report in findings for r in self._clarifications(findings[report]))
        judged = self._judged(given, known)
        states = self._states(profile, given, known, judged)
        matter = self._open(states, "headline")
        whom = {r: by_whom(k, r, filled, guessed) for r in REPORTS}
        return Advice(
            possible=possible,
            leaning=leaning,
            sentence=sentence(k, possible, leaning, findings, clarify, whom, filled, matter)
            if given
            else k.texts["open.start"],
            clarify=clarify,
            findings=findings,
            notes=self._noted(judged, {**filled, **self.concluded(lean)}),
            presumed=self._relevant(presumed),
            states=states,
            matter=matter,
            next=self._next(profile, states),
            answered=sum(s.state in ("answered", "begun") for s in states.values()),
            asked=sum(s.state != "inapplicable" for s in states.values()),
            by_whom=whom,
        )

    def concluded(self, lean: Mapping[int, int]) -> dict[str, Given]:
        """What every result is where all variables are known, as conditions look at it."""
        c, d = self.compiled, self.compiled.diagrams
        names = (*self.knowledge.results, "headline")
        return {name: Given(frozenset([str(d.evaluate(c.result(name), lean))]), True) for name in names}

    def _headlines(self, known: Mapping[int, int]) -> tuple[str, ...]:
        values = self.compiled.diagrams.possible(self.rest(self.compiled.headline, known))
        return tuple(h for h in HEADLINES if h in values)

    def _finding(
        self,
        id: str,
        known: Mapping[int, int],
        lean: Mapping[int, int],
        filled: Mapping[str, Given],
        guessed: list[str],
    ) -> Finding:
        c, d = self.compiled, self.compiled.diagrams
        result = self.knowledge.results[id]
        values = d.possible(self.rest(c.result(id), known))
        value = str(d.evaluate(c.result(id), lean))
        rank = strength(result)
        reasons = []
        for rule in c.rules(id):
            if d.evaluate(c.counts(rule), lean):
                certain = self.rest(c.fires(rule), known) == d.true
                answers = self.leaning.rests_on(rule.condition, filled, guessed)
                reasons.append(Reason(rule, certain, rule.value == value, answers))
        reasons.sort(key=lambda r: -rank[r.rule.value])
        return Finding(result, tuple(v.id for v in result.values if v.id in values), value, tuple(reasons))

    def _clarifications(self, finding: Finding) -> Iterator[Reason]:
        return (r for r in finding.reasons if r.rule.value == "clarify")

    def _noted(self, judged: Mapping[str, bool | None], lean: Mapping[str, Given]) -> tuple[Noted, ...]:
        return tuple(
            Noted(note, sure is True)
            for note in self.knowledge.notes
            if (sure := judged.get(note.id, True)) is not False
            and (sure or note.condition is None or self.leaning.holds(note.condition, lean))
        )

    def _judged(self, given: Mapping[str, Given], known: Mapping[int, int]) -> dict[str, bool | None]:
        """Which notes and steps certainly hold, cannot hold, or may, by what is given."""
        c, d = self.compiled, self.compiled.diagrams
        possible = {
            r: {str(v) for v in d.possible(self.rest(c.result(r), known))}
            for r in (*self.knowledge.results, "headline")
        }
        effective = {}
        for question in self.knowledge.questions.values():
            applies = d.true if question.ask_when is None else self.rest(c.applies(question.id), known)
            if applies == d.false:
                effective[question.id] = Given(frozenset(question.otherwise), True)
            elif applies == d.true and question.id in given:
                effective[question.id] = given[question.id]
        return {item.id: certainty(self.knowledge, condition, effective, possible) for item, condition in self._spoken}

    def _relevant(self, presumed: tuple[Presumed, ...]) -> tuple[Presumed, ...]:
        return tuple(p for p in presumed if p.presumption.condition is not None or p.options)

    # ---- questions

    def _purposes(self) -> dict[str, list[int]]:
        c = self.compiled
        if not self._by_purpose:
            found: dict[str, list[int]] = {"headline": [c.headline], "strength": [c.joint], "scope": [], "plan": []}
            for result in self.knowledge.results.values():
                if result.stage > 1:
                    needs = c.diagrams.true if result.needs is None else c.condition(result.needs)
                    spoken = c.diagrams.choose(needs, c.result(result.id), c.diagrams.terminal(""))
                    found.setdefault(result.purpose, []).append(spoken)
            self._by_purpose = {p: list(dict.fromkeys(f)) for p, f in found.items()}
        return self._by_purpose

    def _states(
        self,
        profile: Profile,
        given: Mapping[str, Given],
        known: Mapping[int, int],
        judged: Mapping[str, bool | None],
    ) -> dict[str, State]:
        c, d = self.compiled, self.compiled.diagrams
        live: dict[str, set[int]] = {}
        noted: dict[str, set[str]] = {}
        for item, names in self._asked:
            if judged[item.id] is None:
                purpose = "plan" if isinstance(item, Step) or item.purpose == "plan" else "scope"
                noted.setdefault(purpose, set()).update(names)
        for purpose, functions in self._purposes().items():
            live[purpose] = {v for f in functions for v in d.support(self.rest(f, known))}
        found = {}
        for question in self.knowledge.questions.values():
            variables = c.of_question[question.id]
            purposes = frozenset(
                [p for p, alive in live.items() if any(v in alive for v in variables)]
                + [p for p, names in noted.items() if question.id in names]
            )
            found[question.id] = State(question, self._state(question, profile, given, known, purposes), purposes)
        return found

    def _state(
        self,
        question: Question,
        profile: Profile,
        given: Mapping[str, Given],
        known: Mapping[int, int],
        purposes: frozenset[str],
    ) -> str:
        if (
            question.ask_when is not None
            and self.rest(self.compiled.applies(question.id), known) == self.compiled.diagrams.false
        ):
            return "inapplicable"
        if question.id in profile.confirm:
            return "confirm"
        if question.id in profile.not_sure:
            return "not_sure"
        answer = given.get(question.id)
        if answer is not None and answer.complete:
            return "answered"
        if answer is not None and answer.chosen:
            return "begun"
        return "waiting" if purposes else "needless"

    def _open(self, states: Mapping[str, State], purpose: str) -> tuple[str, ...]:
        return tuple(
            q
            for q, s in states.items()
            if purpose in s.purposes and s.state in ("waiting", "begun", "not_sure", "confirm")
        )

    def _next(self, profile: Profile, states: Mapping[str, State]) -> str | None:
        for purposes in ({"headline"}, {"strength", "scope", "plan"}):
            for id, state in states.items():
                if (
                    state.state in ("waiting", "begun", "confirm")
                    and state.purposes & purposes
                    and id not in profile.not_sure
                ):
                    return id
        return None

    # ---- on demand

    def why(self, profile: Profile, today: date | None = None) -> tuple[Said, ...]:
        """An irreducible set of answers, in authored order, that already forces what is settled: with any one of them
        taken away, more would be possible."""
        given = self.given(profile, today)
        target = self._headlines(self.known(given))
        kept = dict(given)
        for name in reversed(list(given)):
            fewer = {k: v for k, v in kept.items() if k != name}
            if self._headlines(self.known(fewer)) == target:
                kept = fewer
        return tuple(self._said(name, kept[name]) for name in self.knowledge.questions if name in kept)

    def _said(self, name: str, answer: Given) -> Said:
        return Said(name, tuple(o.id for o in self.knowledge.questions[name].options if o.id in answer.chosen))

    def tips(self, profile: Profile, today: date | None = None) -> tuple[Tip, ...]:
        """At most five changes of one answer that would change the possible headlines, else irreducible pairs. Questions
        the person is unsure of and those that ask about requests and plans come first."""
        given = self.given(profile, today)
        before = self._headlines(self.known(given))
        singles = list(self._moves(given))
        found = self._effects(given, [(m,) for m in singles], before)
        if not found and len(before) == 1:
            pairs = [p for p in combinations(singles[:40], 2) if p[0][0] != p[1][0]]
            found = self._effects(given, pairs, before)
        order = {q: i for i, q in enumerate(self.knowledge.questions)}

        def rank(tip: Tip) -> tuple[bool, bool, bool, int]:
            section = self.knowledge.questions[tip.question].section
            return (
                tip.question not in profile.not_sure,
                not tip.forces,
                section not in ("asks", "heading"),
                order[tip.question],
            )

        best: dict[tuple[str, tuple[str, ...]], Tip] = {}
        for tip in sorted(found, key=rank):
            best.setdefault((tip.question, tip.possible), tip)
        return tuple(list(best.values())[:MAX_TIPS])

    def _moves(self, given: Mapping[str, Given]) -> Iterator[tuple[str, Given]]:
        matters = {self.compiled.variables[v][0] for v in self.compiled.diagrams.support(self.compiled.headline)}
        known = self.known(given)
        d = self.compiled.diagrams
        for question in self.knowledge.questions.values():
            applies = self.rest(self.compiled.applies(question.id), known)
            if question.id not in matters or applies == d.false:
                continue
            now = given.get(question.id)
            for option in question.options:
                if now is not None and not question.several and option.id in now.chosen:
                    continue
                if not question.several or now is None or option.alone:
                    yield question.id, Given(frozenset([option.id]), not question.several or now is not None)
                elif option.id in now.chosen:
                    yield question.id, Given(now.chosen - {option.id}, True)
                else:
                    alone = {o.id for o in question.options if o.alone}
                    yield question.id, Given((now.chosen - alone) | {option.id}, now.complete)
            if question.several and (now is None or not now.complete):
                yield question.id, Given(frozenset() if now is None else now.chosen, True)

    def _effects(
        self, given: Mapping[str, Given], moves: Sequence[tuple[tuple[str, Given], ...]], before: tuple[str, ...]
    ) -> list[Tip]:
        found = []
        for changes in moves:
            after = self._headlines(self.known({**given, **dict(changes)}))
            if after != before:
                name, answer = changes[0]
                found.append(
                    Tip(
                        name,
                        self._said(name, answer).options,
                        after,
                        len(after) == 1,
                        tuple(self._said(n, a) for n, a in changes[1:]),
                    )
                )
        return found

    def most_deciding(self, profile: Profile, today: date | None = None) -> tuple[str, float] | None:
        """The open question whose answer tells most about the headline, all answers being taken as equally frequent, and
        how many bits it tells. Greedy: the best next question, not the shortest interview."""
        d = self.compiled.diagrams
        known = self.known(self.given(profile, today))
        rest = self.rest(self.compiled.headline, known)
        before = entropy(self._shares(rest))
        best: tuple[str, float] | None = None
        live = set(d.support(rest))
        for question in self.knowledge.questions.values():
            open_variables = [v for v in self.compiled.of_question[question.id] if v in live]
            if not open_variables or question.id in profile.not_sure:
                continue
            classes = {rest: 1.0}
            for variable in open_variables:
                split: dict[int, float] = {}
                for function, share in classes.items():
                    for value in range(d.domains[variable]):
                        part = d.restrict(function, {variable: value})
                        split[part] = split.get(part, 0.0) + share / d.domains[variable]
                classes = split
            gain = before - sum(share * entropy(self._shares(f)) for f, share in classes.items())
            if best is None or gain > best[1] + 1e-9:
                best = (question.id, gain)
        return best

    def _shares(self, function: int) -> dict[str, float]:
        d = self.compiled.diagrams
        memo: dict[int, dict[str, float]] = {}

        def walk(node: int) -> dict[str, float]:
            if node not in memo:
                kids = d.kids[node]
                if not kids:
                    memo[node] = {str(d.value(node)): 1.0}
                else:
                    total: dict[str, float] = {}
                    for kid in kids:
                        for value, share in walk(kid).items():
                            total[value] = total.get(value, 0.0) + share / len(kids)
                    memo[node] = total
            return memo[node]

        return walk(function)


def entropy(shares: Mapping[str, float]) -> float:
    """The uncertainty of a distribution, in bits."""
    return -sum(p * log2(p) for p in shares.values() if p > 0)


def bucket(question: str, when: date, today: date) -> str:
    """The answer that a date of the profile stands for."""
    if question == "client_year_end":
        return "calendar" if (when.month, when.day) == (12, 31) else "other_single"
    months = (when - today).days / 30.44
    return "under_3m" if months < 3 else "3_6m" if months < 6 else "6_12m" if months < 12 else "over_12m"


def condition_names(condition: Condition) -> Iterator[str]:
    """The questions, terms and results that a condition looks at."""
    for tests in (condition.when, condition.all, condition.only, condition.unless):
        yield from tests
    for alternative in condition.any:
        yield from condition_names(alternative)
