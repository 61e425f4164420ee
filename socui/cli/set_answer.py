"""`question=answer` on the command line: checked against the knowledge, refused with what was probably meant."""

from __future__ import annotations

from socui.asking.typed_day import day_at
from socui.cli.questions import question_named
from socui.deciding.answers import InvalidAnswer, parse, replied
from socui.errors import Usage
from socui.knowledge.model import Knowledge, Question
from socui.knowledge.toml_tables import suggest
from socui.profiles.profile import Profile
from socui.text import visible


def _split(text: str, form: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Usage(f"set: {visible(text)!r}: write it as {form}")
    return name.strip(), value


def _question(knowledge: Knowledge, id: str) -> Question:
    return question_named(knowledge, id, "set")


def answer(knowledge: Knowledge, profile: Profile, text: str) -> Profile:
    """Return the profile with `question=answer`: options by id, several with `,`; `none` for none of these; `?` for
    not sure, or behind options, where more may apply; nothing to clear it. Raises Usage for questions, options and
    combinations that do not exist."""
    id, value = _split(text, "QUESTION=ANSWER")
    if id not in knowledge.questions and value == "":  # what the knowledge does not have can still be cleared
        return profile.cleared(id) if id in profile.answers else profile.cleared(_question(knowledge, id).id)
    question = _question(knowledge, id)
    try:
        return replied(profile, question, parse(question, value))
    except InvalidAnswer as error:
        what = str(error) + ("" if str(error).endswith((".", "?")) else ".")
        raise Usage(f"set: {visible(what)} socui questions {id} lists them") from None


def noted(knowledge: Knowledge, profile: Profile, text: str) -> Profile:
    """Return the profile with the note `question=text`; nothing removes it. Raises Usage."""
    id, note = _split(text, "--note QUESTION=TEXT")
    if id not in profile.notes:
        _question(knowledge, id)
    return profile.with_note(id, note)


def date_set(knowledge: Knowledge, profile: Profile, text: str) -> Profile:
    """Return the profile with the date `name=YYYY-MM-DD`; nothing removes it. Raises Usage."""
    name, day = _split(text, "--date NAME=YYYY-MM-DD")
    names = sorted({"needed_by", "year_end"} | {q.dated for q in knowledge.questions.values() if q.dated})
    if name not in names and name not in profile.dates:
        raise Usage(f"set: no date {visible(name)!r}: {suggest(name, names)}")
    return profile.with_date(name, day_at(day, f"set: {visible(name)}") if day.strip() else None)
