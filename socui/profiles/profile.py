"""One profile: a service of an organization and what is known of it, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from socui.profiles.records import Event, Evidence, ReportHeld, Request, Vendor
from socui.text import scrub

SCHEMA = 2

Answer = str | tuple[str, ...]
"""A single answer is an option id; several answers are a tuple of option ids, empty for "none of these"."""

_Value = TypeVar("_Value")
Listed = ReportHeld | Event
LISTS: Mapping[type[Listed], str] = {ReportHeld: "reports_held", Event: "events"}
"""By kind of record that has no id: where the profile lists them, in their order."""


class Profile(Struct, frozen=True):
    """What a person said, kept word for word; what it means is socui.deciding.advice's business.

    `answers` may hold questions and options that the knowledge base does not know: they are kept through a save.
    `country` is where the service organization sits (ISO 3166, empty where it is not told). `requests`, `reports_held`,
    `events`, `vendors` and `evidence` are records, see socui.profiles.records; `engagement` are texts for CPA firms.
    `begun` names several-answers questions where what is not ticked is still unknown (the person has not moved on).
    `not_sure` names questions marked "not sure". `confirm` names questions whose answers have to be confirmed because
    the knowledge base changed; they do not count until then. `extra` holds unknown keys of the file, and under the name
    of a table such as "answers" the entries of it that have a type nobody expects. `result` is the headline that was
    shown when it was last saved (settled, or "open").
    """

    id: str = ""
    name: str = ""
    organization: str = ""
    service: str = ""
    knowledge: str = ""
    created: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    updated: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    result: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()
    not_sure: frozenset[str] = frozenset()
    confirm: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    country: str = ""
    requests: tuple[Request, ...] = ()
    reports_held: tuple[ReportHeld, ...] = ()
    events: tuple[Event, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    evidence: Evidence = Evidence()
    engagement: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def silent(self) -> bool:
        """Whether nothing was said yet that advice could rest on."""
        inputs = (self.answers, self.requests, self.reports_held, self.events, self.evidence.since)
        return not any(inputs)

    def with_answer(self, question: str, answer: Answer, *, begun: bool = False) -> Profile:
        """Return the profile with that answer, which also confirms it.

        With `begun` (a tick in a several-answers question that the person has not left yet) what is not ticked stays
        unknown; without, the answer is complete. Either way whoever was not sure is now.
        """
        return replace(
            self,
            answers={**self.answers, question: answer},
            begun=self.begun | {question} if begun else self.begun - {question},
            not_sure=self.not_sure - {question},
            confirm=self.confirm - {question},
        )

    def with_not_sure(self, question: str, *, rest: bool = False) -> Profile:
        """Return the profile with that question marked "not sure", which takes its answer away. With `rest` what is
        ticked of several stays, as it was said in the same breath, and only the rest is unknown."""
        ticked = self.answers.get(question)
        keep = rest and isinstance(ticked, tuple) and ticked != ()
        return replace(
            self,
            answers=self.answers if keep else _without(self.answers, question),
            begun=self.begun - {question},
            not_sure=self.not_sure | {question},
            confirm=self.confirm - {question},
        )

    def cleared(self, question: str) -> Profile:
        """Return the profile as if that question had not been reached: no answer, not "not sure". Its note stays."""
        extra = dict(self.extra)
        if isinstance(odd := extra.get("answers"), Mapping) and question in odd:
            extra["answers"] = _without(odd, question)
        return replace(
            self,
            answers=_without(self.answers, question),
            begun=self.begun - {question},
            not_sure=self.not_sure - {question},
            confirm=self.confirm - {question},
            extra=extra,
        )

    def confirmed(self, question: str) -> Profile:
        """Return the profile with the answer to that question confirmed: it counts again."""
        return replace(self, confirm=self.confirm - {question})

    def with_note(self, question: str, text: str) -> Profile:
        """Return the profile with that note, scrubbed; an empty text takes the note away."""
        text = scrub(text)
        return replace(self, notes={**self.notes, question: text} if text else _without(self.notes, question))

    def with_date(self, name: str, day: date | None) -> Profile:
        """Return the profile with that date ("needed_by", "year_end"); None takes it away."""
        return replace(self, dates={**self.dates, name: day} if day else _without(self.dates, name))

    def with_request(self, request: Request) -> Profile:
        """Return the profile with that request: in place of the one with its id, else behind the others."""
        there = [r.id for r in self.requests]
        if request.id in there:
            at = there.index(request.id)
            return replace(self, requests=(*self.requests[:at], request, *self.requests[at + 1 :]))
        return replace(self, requests=(*self.requests, request))

    def without_request(self, id: str) -> Profile:
        """Return the profile without the request of that id."""
        return replace(self, requests=tuple(r for r in self.requests if r.id != id))

    def listed(self, kind: type[Listed]) -> tuple[Listed, ...]:
        """Return the records of a kind that has no ids."""
        return tuple(getattr(self, LISTS[kind]))

    def with_listed(self, kind: type[Listed], at: int, record: Listed | None) -> Profile:
        """Return the profile with that record in place of the one of its kind at `at`, or behind the others; None takes it
        away."""
        kept = list(self.listed(kind))
        kept[at : at + 1] = [] if record is None else [record]
        return replace(self, **{LISTS[kind]: tuple(kept)})


def free_id(profile: Profile) -> str:
    """Return the id of the next request of a profile: r and the least number that is free."""
    taken = {request.id for request in profile.requests}
    return next(name for n in range(1, len(taken) + 2) if (name := f"r{n}") not in taken)


def with_ids(requests: Sequence[Request]) -> tuple[Request, ...]:
    """Return the requests, each with an id of its own: one without, or with the id of one before, gets one that is free."""
    taken = {request.id for request in requests} | {""}
    free = (id for n in count(1) if (id := f"r{n}") not in taken)
    used: set[str] = set()
    named = []
    for request in requests:
        id = request.id if request.id and request.id not in used else next(free)
        used.add(id)
        named.append(request if id == request.id else replace(request, id=id))
    return tuple(named)


def as_new(profile: Profile) -> Profile:
    """Return a copy as new work: without name and id, so that saving it asks for a name, and with no result that was
    saved."""
    return replace(profile, id="", name="", result="")


def _without(mapping: Mapping[str, _Value], key: str) -> dict[str, _Value]:
    return {k: v for k, v in mapping.items() if k != key}
