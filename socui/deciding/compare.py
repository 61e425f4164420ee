"""Two profiles side by side: what each answers and what is concluded of it, the same and different. Screen and command
line show the same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from socui.day_words import day_words
from socui.deciding.advice import REPORTS, TYPE, Advice, Finding
from socui.deciding.answers import option_words
from socui.knowledge.model import Knowledge, Result
from socui.profiles.date_labels import date_label
from socui.profiles.profile import Profile
from socui.text import visible

_KINDS = {
    "mistake": "Mistakes",
    "neighbour": "Besides a SOC report",
    "period": "Good to know",
    "vendor": "Good to know",
    "benefit": "Good to know",
    "step": "Next steps",
    "question1": "The three questions",
    "question2": "The three questions",
    "question3": "The three questions",
    "limit": "Limits",
}
"""What the kinds of notes are called where two profiles are compared."""


NOTHING_SAID = "-"
"""The words of a side that says nothing; a screen has room to say in words what that means."""
NO_ANSWER, NO_RECORD, NOT_SPOKEN, NOT_PRESUMED = "no answer", "not recorded", "–", "not assumed"


class Compared(NamedTuple):
    """A question or a result of two profiles: its id, its title, and each side in words and as data.

    Where the data differ, the words differ too.
    """

    id: str
    title: str
    words: tuple[str, str]
    data: tuple[object, object]

    @property
    def differs(self) -> bool:
        """Whether the two sides are not alike."""
        return self.data[0] != self.data[1]


class Spoken(NamedTuple):
    """A piece of advice that only one of two profiles gets: its kind, its id and its words."""

    kind: str
    id: str
    words: str


def compared_answers(knowledge: Knowledge, one: Profile, other: Profile) -> Iterator[Compared]:
    """Yield the questions that one of the two answers, in the order they are asked, then those unknown here, then
    dates."""
    asked = {**one.answers, **other.answers, **dict.fromkeys(sorted(one.not_sure | other.not_sure))}
    order = [q for q in knowledge.questions if q in asked] + [q for q in asked if q not in knowledge.questions]
    for id in order:
        data = (_answer(one, id), _answer(other, id))
        question = knowledge.questions.get(id)
        title = question.short if question else visible(id)
        yield Compared(id, title, (_words(knowledge, id, data[0]), _words(knowledge, id, data[1])), data)
    for name in dict.fromkeys((*one.dates, *other.dates)):
        days = (one.dates.get(name), other.dates.get(name))
        iso = tuple(d.isoformat() if d else None for d in days)
        words = tuple(day_words(d) if d else NOTHING_SAID for d in days)
        yield Compared(name, date_label(one if days[0] else other, name), (words[0], words[1]), (iso[0], iso[1]))


def _answer(profile: Profile, question: str) -> dict[str, object] | None:
    """Return the answer as data; None where the question is open."""
    answer = profile.answers.get(question)
    data: dict[str, object] = {}
    if answer is not None:
        data["options"] = [answer] if isinstance(answer, str) else sorted(answer)
    for name in ("begun", "not_sure", "confirm"):
        if question in getattr(profile, name):
            data[name] = True
    return data or None


def _words(knowledge: Knowledge, question: str, answer: dict[str, object] | None) -> str:
    if answer is None:
        return NOTHING_SAID
    options = answer.get("options")
    words = [option_words(knowledge.questions.get(question), options)] if isinstance(options, list) else []
    words += [word for key, word in (("begun", "more may apply"), ("not_sure", "not sure")) if key in answer]
    return ", ".join(words) + (" (to be confirmed)" if "confirm" in answer else "")


def answers_changed(one: Profile, other: Profile) -> frozenset[str]:
    """Return the questions on which the two do not say the same, notes included."""
    named = {*one.answers, *other.answers, *one.notes, *other.notes}
    named |= one.not_sure | other.not_sure | one.confirm | other.confirm | one.begun | other.begun
    return frozenset(q for q in named if _answer(one, q) != _answer(other, q) or one.notes.get(q) != other.notes.get(q))


def notes_changed(one: Profile, other: Profile) -> int:
    """On how many questions the two have different notes."""
    return sum(one.notes.get(q) != other.notes.get(q) for q in {**one.notes, **other.notes})


def results(knowledge: Knowledge, one: Advice, other: Advice) -> Iterator[Compared]:
    """Yield the headline, then every result that is spoken of on one side: nothing is said of the scope of a report that
    is not advised there."""
    heads = tuple({"possible": list(a.possible), "leaning": a.leaning} for a in (one, other))
    words = [_headline(knowledge, a) for a in (one, other)]
    if heads[0] != heads[1] and words[0] == words[1]:
        open_ = [", ".join(knowledge.texts.get(f"headline.{h}", h) for h in a.possible) for a in (one, other)]
        words = [f"{w} (open: {o})" for w, o in zip(words, open_, strict=True)]
    yield Compared("headline", "Recommendation", (words[0], words[1]), (heads[0], heads[1]))
    for id, result in knowledge.results.items():
        findings = [a.findings.get(id) if speaks_of(a, result) else None for a in (one, other)]
        values = [{"possible": list(f.possible), "leaning": f.leaning} if f else None for f in findings]
        if values == [None, None]:
            continue
        labels = [_label(a, f) if f else NOTHING_SAID for a, f in zip((one, other), findings, strict=True)]
        if values[0] != values[1] and labels[0] == labels[1]:
            open_ = [", ".join(result.value(v).label for v in f.possible) if f else "" for f in findings]
            labels = [f"{label} (open: {o})" for label, o in zip(labels, open_, strict=True)]
        yield Compared(id, result.title, (labels[0], labels[1]), (values[0], values[1]))


def speaks_of(advice: Advice, result: Result) -> bool:
    """Return whether a result is shown: the scope of a report only where it is advised, and no Type, which the plan says."""
    if result.id.startswith(TYPE):
        return False
    of = () if result.needs is None else [name for name in result.needs.names() if name in REPORTS]
    return all(map(advice.advised, of))


def _label(advice: Advice, finding: Finding) -> str:
    """Return the value in a word or two; "required" never without by whom."""
    whom = advice.by_whom.get(finding.result.id) if finding.possible == ("required",) else ""
    return f"{finding.label} by {whom}" if whom else finding.label


def _headline(knowledge: Knowledge, advice: Advice) -> str:
    if advice.early:
        return knowledge.texts["early"].rstrip(".").lower()
    word = knowledge.texts.get(f"headline.{advice.leaning}", advice.leaning)
    return word if advice.settled else f"probably {word}"


def presumptions(knowledge: Knowledge, one: Advice, other: Advice) -> Iterator[Compared]:
    """Yield what is presumed of a question that is open on one side at least."""
    sides = [{p.presumption.question: p.options for p in a.presumed} for a in (one, other)]
    for id, question in knowledge.questions.items():
        taken = [side.get(id) for side in sides]
        if taken == [None, None]:
            continue
        words = [_presumed(knowledge, id, options) for options in taken]
        data = [None if options is None else list(options) for options in taken]
        yield Compared(id, question.short, (words[0], words[1]), (data[0], data[1]))


def _presumed(knowledge: Knowledge, question: str, options: tuple[str, ...] | None) -> str:
    if options is None:
        return NOTHING_SAID
    return option_words(knowledge.questions[question], options)


def only(knowledge: Knowledge, one: Advice, other: Advice) -> tuple[tuple[Spoken, ...], tuple[Spoken, ...]]:
    """Return the reasons and notes that only the first side has, and those that only the second has. What holds on
    both is left out, also where it is certain on one side and likely on the other."""
    left, right = (_spoken(knowledge, a) for a in (one, other))
    return (
        tuple(s for id, s in left.items() if id not in right),
        tuple(s for id, s in right.items() if id not in left),
    )


def _spoken(knowledge: Knowledge, advice: Advice) -> Mapping[tuple[str, str], Spoken]:
    spoken_of: dict[tuple[str, str], Spoken] = {}
    for id, result in knowledge.results.items():
        finding = advice.findings.get(id) if speaks_of(advice, result) else None
        for reason in finding.reasons if finding else ():
            if finding and reason.deciding:
                words = f"{finding.result.title}: {reason.rule.because}"
                spoken_of["reason", reason.rule.id] = Spoken("Reasons", reason.rule.id, words)
    for noted in advice.notes:
        note = noted.note
        reminder = "Reminder: " if note.reminder else ""
        words = " ".join(
            filter(None, (f"{reminder}{note.title}{'' if note.title.endswith('?') else '.'}", note.says, note.cost))
        )
        spoken_of["note", note.id] = Spoken(_KINDS.get(note.kind, note.kind), note.id, words)
    return spoken_of
