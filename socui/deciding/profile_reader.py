"""Reads a profile as answers that count: its answers, dates and records, in each way they can be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from socui.asking import recorded
from socui.asking.derive import DERIVED, worlds
from socui.asking.given import Given, common
from socui.deciding.memo import MOST_KEPT, Recall
from socui.knowledge.model import Knowledge, Question
from socui.profiles.countries import COUNTRY_QUESTION as COUNTRY
from socui.profiles.countries import region
from socui.profiles.profile import Answer, Profile
from socui.profiles.records import Request

NEEDED_BY = "needed_by"
Readings = tuple[Mapping[str, Given], ...]

_UNSURE = Given(frozenset(), False)
"""What is known where somebody is not sure: nothing, and "that is all" does not speak of it."""


class ProfileReader:
    """Reads profiles by the questions of one knowledge base. What depends only on answers that did not change is remembered."""

    def __init__(self, knowledge: Knowledge, recall: Recall) -> None:
        self.knowledge = knowledge
        self._recall = recall
        self._counted: dict[tuple[str, Answer, bool, bool], Given | None] = {}
        self._closing = tuple(q for q in knowledge.questions.values() if q.closes)

    def worlds(self, profile: Profile, today: date | None = None) -> tuple[dict[str, Given], ...]:
        """Return the ways to read the profile, the likeliest first, each with all that is known in it."""
        answers, readings = self.read(profile, today)
        return tuple([{**answers, **reading} for reading in readings])

    def read(self, profile: Profile, today: date | None = None) -> tuple[dict[str, Given], Readings]:
        """Return answers known to this base and confirmed, dates and records turned into the answers they stand for;
        and, the likeliest first, the ways to read the requests, each with what it says of the derived questions."""
        answers = self._answered(profile, today)
        closed = any(q.closes and "no" in answers[q.id].chosen for q in self._closing if q.id in answers)
        flat = {q: answers.get(q, _UNSURE) for q in DERIVED if q in answers or q in profile.not_sure}
        read = (profile.requests, closed, flat)
        return answers, self._recall.value("worlds", read, partial(self._worlds, profile.requests, closed, flat))

    def _worlds(self, requests: tuple[Request, ...], closed: bool, flat: Mapping[str, Given]) -> Readings:
        asked = self.knowledge.questions
        return tuple([{q: a for q, a in way.items() if q in asked} for way in worlds(requests, closed, flat)])

    def shared(self, answers: Mapping[str, Given], readings: Readings) -> Mapping[str, Given]:
        """Return what all ways to read a profile have in common."""
        if len(readings) == 1:
            return {**answers, **readings[0]}
        derived = {q: None for reading in readings for q in reading}
        flat = {q: answers[q] for q in derived if q in answers}
        together = self._recall.value("shared", (flat, readings), partial(_together, flat, readings))
        return {**{q: a for q, a in answers.items() if q not in derived}, **together}

    def _answered(self, profile: Profile, today: date | None) -> dict[str, Given]:
        answers: dict[str, Given] = {}
        for question in self.knowledge.questions.values():
            raw = profile.answers.get(question.id)
            if question.dated and question.dated in profile.dates and today is not None:
                raw = bucket(question.id, profile.dates[question.dated], today)
            if raw is None or question.id in profile.confirm:
                continue
            answer = self._counts(question, raw, question.id not in profile.not_sure, question.id not in profile.begun)
            if answer is not None:
                answers[question.id] = answer
        if profile.requests or profile.reports_held:
            self._add_ticked(profile, answers)
        if profile.evidence.since and today is not None and "controls_age" in self.knowledge.questions:
            age = recorded.controls_age(profile.evidence.since, today)
            answers["controls_age"] = Given(frozenset([age]), True)
        if profile.events and today is not None and recorded.CHANGES in self.knowledge.questions:
            self._add_changes(profile, today, answers)
        if profile.country and COUNTRY in self.knowledge.questions and (sits_in := region(profile.country)):
            answers[COUNTRY] = Given(frozenset([sits_in]), True)
        sure_of, _ = self.needed_by(profile, answers, today)
        if sure_of is not None:
            answers[NEEDED_BY] = sure_of
        return answers

    def _add_changes(self, profile: Profile, today: date, answers: dict[str, Given]) -> None:
        """Let changes on record count where the answer names none; one that it names is true beside them."""
        question, answered = self.knowledge.questions[recorded.CHANGES], answers.get(recorded.CHANGES)
        ahead = recorded.changes_ahead(profile.events, today)
        if question.option(ahead) and (answered is None or answered.chosen == {recorded.NO_CHANGE}):
            answers[recorded.CHANGES] = Given(frozenset([ahead]), True)

    def _counts(self, question: Question, raw: Answer, sure: bool, left: bool) -> Given | None:
        key = question.id, raw, sure, left
        if key not in self._counted:
            if len(self._counted) >= MOST_KEPT:
                self._counted.clear()
            self._counted[key] = _given(question, raw, sure, left)
        return self._counted[key]

    def _add_ticked(self, profile: Profile, answers: dict[str, Given]) -> None:
        for name, options in recorded.ticked(profile).items():
            question = self.knowledge.questions.get(name)
            ticked = frozenset(o.id for o in question.options) & options if question else frozenset()
            if ticked:
                now = answers.get(name)
                answers[name] = Given(now.chosen | ticked, now.complete) if now else Given(ticked, False)

    def needed_by(
        self, profile: Profile, answers: Mapping[str, Given], today: date | None
    ) -> tuple[Given | None, Given | None]:
        """Return the answer to when a report is needed, where requests fix it, and the likeliest one where they do not."""
        if NEEDED_BY in answers or NEEDED_BY not in self.knowledge.questions:
            return None, None
        closed = any("no" in answers[q.id].chosen for q in self._closing if q.id in answers)
        return recorded.needed_by(profile.requests, closed, today)


def _together(flat: Mapping[str, Given], readings: Readings) -> Mapping[str, Given]:
    return common([{**flat, **reading} for reading in readings])


def _given(question: Question, raw: Answer, sure: bool, left: bool) -> Given | None:
    """Return what counts of an answer: the options that the question has; all of them where the person is sure and
    has left."""
    options = {o.id for o in question.options}
    chosen = frozenset((raw,) if isinstance(raw, str) else raw) & options
    if question.several:
        unknown = not isinstance(raw, str) and len(chosen) < len(set(raw))
        return Given(chosen, sure and left and not unknown)
    return Given(chosen, True) if len(chosen) == 1 and sure else None


def bucket(question: str, when: date, today: date) -> str:
    """Return the answer that a date of the profile stands for."""
    if question == "client_year_end":
        return "calendar" if (when.month, when.day) == (12, 31) else "other_single"
    return recorded.band(when, today)
