"""Brings the answers of a saved profile up to the knowledge in use, and says what has become of its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from socui.profiles.profile import Answer, Profile

if TYPE_CHECKING:
    from socui.deciding.advice import Advice
    from socui.knowledge.model import Knowledge
    from socui.knowledge.texts import VersionChange

_Value = TypeVar("_Value")


def brought_up(knowledge: Knowledge, profile: Profile) -> tuple[Profile, tuple[VersionChange, ...]]:
    """Return the profile as this knowledge understands it, and the changes since the version it was saved with, oldest
    first.

    Renamed options and questions get their new names. An answer to a question whose meaning has changed has to be
    confirmed and does not count until then. Nothing is dropped. A profile that is up to date, that names no version, or
    whose version this knowledge does not know, such as a newer one, is given back untouched.
    """
    changes = changes_since(knowledge, profile.knowledge)
    for change in changes:
        profile = _renamed(knowledge, profile, change.renamed)
        asked = {q for q in change.confirm if q in profile.answers}
        profile = replace(profile, confirm=profile.confirm | asked)
    return (replace(profile, knowledge=knowledge.version), changes) if changes else (profile, ())


def changes_since(knowledge: Knowledge, version: str) -> tuple[VersionChange, ...]:
    """Return the changes that came after that version; none where it is not known, unless it is older than all of them."""
    versions = [change.version for change in knowledge.changes]
    if version in versions:
        return knowledge.changes[versions.index(version) + 1 :]
    saved, first = _number(version), _number(versions[0]) if versions else ()
    return knowledge.changes if saved and first and saved < first else ()


def _number(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else ()


def _renamed(knowledge: Knowledge, profile: Profile, names: Mapping[str, str]) -> Profile:
    """Return the profile with `question.option` = `question.option` and `question` = `question` applied, all at once."""
    answers: dict[str, Answer] = {}
    arrivals: list[tuple[str, str]] = []
    for question, answer in profile.answers.items():
        stay: dict[str, None] = {}
        for option in (answer,) if isinstance(answer, str) else answer:
            target, _, name = names.get(f"{question}.{option}", f"{question}.{option}").partition(".")
            if target == question:
                stay[name] = None
            else:
                arrivals.append((target, name))
        if stay or not answer:  # where all its options have gone elsewhere it is open again, not "none of these"
            answers[question] = next(iter(stay), "") if isinstance(answer, str) else tuple(stay)
    profile = replace(profile, answers=answers)
    for question, option in arrivals:
        profile = _arrived(knowledge, profile, question, option)
    for old, new in names.items():
        if "." not in old:
            profile = _question_renamed(profile, old, new)
    return profile


def _arrived(knowledge: Knowledge, profile: Profile, question: str, option: str) -> Profile:
    """Return the profile with an option that came from another question. What is answered there already is not
    replaced."""
    asked, answer = knowledge.questions.get(question), profile.answers.get(question)
    if asked is not None and asked.several:
        others = (answer,) if isinstance(answer, str) else answer or ()
        answers = {**profile.answers, question: tuple(dict.fromkeys((*others, option)))}
        return replace(profile, answers=answers, begun=profile.begun if others else profile.begun | {question})
    if answer is None:
        return replace(profile, answers={**profile.answers, question: option})
    return profile if answer == option else replace(profile, confirm=profile.confirm | {question})


def _question_renamed(profile: Profile, old: str, new: str) -> Profile:
    def moved(marks: frozenset[str]) -> frozenset[str]:
        return marks - {old} | {new} if old in marks else marks

    def carried(entries: Mapping[str, _Value]) -> dict[str, _Value]:
        free = new not in entries
        return {(new if free and key == old else key): value for key, value in entries.items()}

    return replace(
        profile,
        answers=carried(profile.answers),
        notes=carried(profile.notes),
        begun=moved(profile.begun),
        not_sure=moved(profile.not_sure),
        confirm=moved(profile.confirm),
    )


def since_saved(knowledge: Knowledge, saved: Profile, now: Profile, advice: Advice) -> str:
    """Return what is not as it was when the profile was saved, in one sentence: its result, and what has to be
    confirmed. `saved` is the profile of the file, `now` the one brought up, `advice` what is said of it. Empty where
    all is."""
    waiting = [knowledge.questions[q].short for q in knowledge.questions if q in now.confirm]
    asked = (
        f"confirm {'this answer' if len(waiting) == 1 else 'these answers'}: {', '.join(waiting)}" if waiting else ""
    )
    if saved.result in ("", advice.result):
        return f"What socui knows has changed since this was saved: {asked}." if asked else ""
    was, result = (_word(knowledge, r) for r in (saved.result, advice.result))
    return f"When this was saved the result was {was}; now it is {result}" + (f": {asked}." if asked else ".")


def _word(knowledge: Knowledge, result: str) -> str:
    return f'"{knowledge.texts.get(f"headline.{result}", result)}"'
