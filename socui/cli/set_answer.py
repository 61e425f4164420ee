"""`question=answer` on the command line: checked against the knowledge, refused with what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from socui.cli.questions import known
from socui.errors import Usage
from socui.knowledge.model import NONE, Knowledge, Question
from socui.knowledge.toml_tables import suggest
from socui.profiles.profile import Profile
from socui.text import visible


def _split(text: str, form: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise Usage(f"set: {visible(text)!r}: write it as {form}")
    return name.strip(), value


def _question(knowledge: Knowledge, id: str) -> Question:
    return known(knowledge, id, "set")


def answer(knowledge: Knowledge, profile: Profile, text: str) -> Profile:
    """The profile with `question=answer`: options by id, several with `,`; `none` for none of these; `?` for not sure;
    nothing to clear it. Raises Usage for questions, options and combinations that do not exist."""
    id, value = _split(text, "QUESTION=ANSWER")
    if id not in knowledge.questions and value == "":  # what the knowledge does not have can still be cleared
        return profile.cleared(id) if id in profile.answers else profile.cleared(_question(knowledge, id).id)
    question = _question(knowledge, id)
    value = value.strip()
    if value == "":
        return profile.cleared(id)
    if value == "?":
        return profile.with_not_sure(id)
    if not question.several:
        return profile.with_answer(id, _options(question, [value])[0])
    if value == NONE:
        return profile.with_answer(id, ())
    chosen = _options(question, dict.fromkeys(word.strip() for word in value.split(",")))
    for option in question.options:
        if option.alone and option.id in chosen and len(chosen) > 1:
            raise Usage(f"set: {id}: {option.id} stands alone: leave out the others")
    return profile.with_answer(id, tuple(chosen))


def _options(question: Question, ids: Iterable[str]) -> list[str]:
    ids = list(ids)
    for id in ids:
        if question.option(id) is None:
            if "," in id:
                raise Usage(f"set: {question.id}: takes one answer, not several: {visible(id)!r}: choose one")
            ids = [option.id for option in question.options] + ([NONE] if question.several else [])
            where = f"socui questions {question.id} lists them"
            raise Usage(f"set: {question.id}: no answer {visible(id)!r}: {suggest(id, ids, 'No such id.')} {where}")
    return ids


def noted(knowledge: Knowledge, profile: Profile, text: str) -> Profile:
    """The profile with the note `question=text`; nothing removes it. Raises Usage."""
    id, note = _split(text, "--note QUESTION=TEXT")
    if id not in profile.notes:
        _question(knowledge, id)
    return profile.with_note(id, note)


def dated(knowledge: Knowledge, profile: Profile, text: str) -> Profile:
    """The profile with the date `name=YYYY-MM-DD`; nothing removes it. Raises Usage."""
    name, day = _split(text, "--date NAME=YYYY-MM-DD")
    known = sorted({"needed_by", "year_end"} | {q.dated for q in knowledge.questions.values() if q.dated})
    if name not in known and name not in profile.dates:
        raise Usage(f"set: no date {visible(name)!r}: {suggest(name, known)}")
    try:
        return profile.with_date(name, date.fromisoformat(day.strip()) if day.strip() else None)
    except ValueError:
        raise Usage(f"set: {visible(name)}: {visible(day)!r} is no date: write it as 2027-03-31") from None
