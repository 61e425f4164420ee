"""What an answer to a question is: which options fit together, how a text says it, what choosing one does, its words.

Screen, command line, tables and reports all ask here. A text names options by id or in the words of the screen, several
with `,` or `;` between; `none` says none of these, `?` not sure, and a last `?` behind other options that more of them may
apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from socui.deciding.memo import MOST_KEPT
from socui.knowledge.conditions import NONE
from socui.knowledge.model import Knowledge, Question, answer_fault
from socui.knowledge.toml_tables import suggest
from socui.profiles.countries import COUNTRY_QUESTION, region
from socui.profiles.profile import Answer, Profile
from socui.text import visible

NOT_SURE = "?"
"""In a text: not sure; behind other options: more of them may apply."""

UNSURE = (NOT_SURE, "u", "U")
"""Not sure, where numbers are typed: a question mark is silent in many screen readers, so that there is a letter too."""

NONE_OF_THESE = "none of these"
"""The words for an answer that chooses no option."""


_SIGNS = re.compile("([,;])")
"""What stands between two answers, and between parts of the words of one."""
_IN_WORDS = {NONE_OF_THESE: NONE, "not sure": NOT_SURE}
"""What an answer that is no option is called, in small letters."""


class InvalidAnswer(ValueError):
    """A text or a set of options that cannot be the answer to a question; says what is wrong, and what to do."""


class Reply(NamedTuple):
    """What is said to one question. `options` are those chosen in the question's order, () for none of these, None where
    no option is named. `complete` is False where more of them may apply. `not_sure` marks the question as not sure."""

    options: tuple[str, ...] | None = None
    complete: bool = True
    not_sure: bool = False


# ---------------------------------------------------------------- what is valid


def check(question: Question, options: Iterable[str]) -> tuple[str, ...]:
    """Return the options once each, in the question's order. Raises InvalidAnswer where they cannot be the answer."""
    chosen = tuple(dict.fromkeys(options))
    fault = answer_fault(question.options, question.several, chosen)
    if fault is None:
        return tuple(option.id for option in question.options if option.id in chosen)
    if fault.unknown is None:
        raise InvalidAnswer(f"{question.id}: {fault.what}")
    if fault.unknown == NONE:
        raise InvalidAnswer(
            f"{question.id}: {'none stands alone' if question.several else 'takes an answer, not none'}"
        )
    ids = [option.id for option in question.options] + ([NONE] if question.several else [])
    shown = fault.unknown if len(fault.unknown) <= 60 else fault.unknown[:60] + "..."
    raise InvalidAnswer(f"{question.id}: no answer {shown!r}. {suggest(fault.unknown[:60], ids)}")


# ---------------------------------------------------------------- what a text says


def parse(question: Question, text: str) -> Reply:
    """Return the reply that a text stands for; an empty text says nothing. Raises InvalidAnswer."""
    words = _words(question, text)
    if not any(words):
        return Reply()
    if words == [NOT_SURE]:
        return Reply(not_sure=True)
    if not question.several:
        if len(words) > 1:
            raise InvalidAnswer(f"{question.id}: takes one answer, not several: {text.strip()[:60]!r}")
        return Reply(check(question, words))
    complete = words[-1] != NOT_SURE
    words = words if complete else words[:-1]
    if words == [NONE]:
        if not complete:
            raise InvalidAnswer(f"{question.id}: none of these and more may apply: say one of both")
        return Reply(())
    return Reply(check(question, words), complete)


def _words(question: Question, text: str) -> list[str]:
    """Return what a text names, between `,` or `;`; the words of the screen may have these signs themselves."""
    parts = _SIGNS.split(text)
    plain = [part.strip() for part in parts[::2]]
    if {option.id for option in question.options}.issuperset(plain):
        return plain
    spoken = [words for o in question.options for words in (o.short, o.label)] if len(parts) > 1 else []
    most = max((len(_SIGNS.findall(words)) for words in spoken), default=0)
    words, at = [], 0
    while at < len(parts):
        longest = min(at + 1 + 2 * most, len(parts))
        named = ((end, _named(question, "".join(parts[at:end]).strip())) for end in range(longest, at, -2))
        end, word = next(((end, word) for end, word in named if word is not None), (at + 1, None))
        words.append(parts[at].strip() if word is None else word)
        at = end + 1
    return words


def _named(question: Question, word: str) -> str | None:
    """Return the id of the option that a word names by its id or by its words on screen, whatever its capitals, or none of
    these or not sure; None where it names nothing."""
    if word in (NONE, NOT_SURE, "") or any(option.id == word for option in question.options):
        return word
    folded = word.casefold()
    named = [o.id for o in question.options if folded in (o.id.casefold(), o.short.casefold(), o.label.casefold())]
    return named[0] if len(named) == 1 else _IN_WORDS.get(folded)


def parse_numbers(question: Question, text: str) -> Reply:
    """Return the reply that numbers of options stand for, from 1, with spaces or commas between; 0 for none of
    these, u or ? for not sure, beside numbers that more may apply. Raises InvalidAnswer."""
    words = text.replace(",", " ").split()
    if not words:
        raise InvalidAnswer("Give a number, or u if you are not sure; h explains the question, r reads it again.")
    not_sure = any(word in UNSURE for word in words)
    numbers = [word for word in words if word not in UNSURE]
    most = len(question.options)
    for word in numbers:
        if not (word.isascii() and word.isdigit() and len(word) < 5) or int(word) > most:
            raise InvalidAnswer(f"{visible(word[:40])} is none of the numbers: give one from 1 to {most}.")
    chosen = sorted({int(word) for word in numbers})
    if not question.several and (0 in chosen or len(chosen) + not_sure != 1):
        raise InvalidAnswer(f"Choose just one, from 1 to {most}, or u if you are not sure.")
    if 0 in chosen and (len(chosen) > 1 or not_sure):
        raise InvalidAnswer("0 says none of these: give it alone.")
    options = [question.options[number - 1] for number in chosen if number]
    alone = next((option for option in options if option.alone), None)
    if alone is not None and len(options) > 1:
        raise InvalidAnswer(f"{question.options.index(alone) + 1} stands alone: leave out the others.")
    if not numbers:
        return Reply(not_sure=not_sure)
    return Reply(tuple(option.id for option in options), complete=not not_sure, not_sure=not_sure)


# ---------------------------------------------------------------- what it does to a profile


def is_asked(profile: Profile, question: Question) -> bool:
    """Return whether a question is put to the person: not where requests or the profile's country answer it, unless
    an answer is kept already."""
    elsewhere = question.derived or (question.id == COUNTRY_QUESTION and bool(region(profile.country)))
    return not elsewhere or question.id in profile.answers or question.id in profile.not_sure


def chosen(profile: Profile, question: Question) -> tuple[str, ...] | None:
    """Return the options that a profile has for a question, () for none of these, None where it has no answer."""
    answer = profile.answers.get(question.id)
    return (answer,) if isinstance(answer, str) else answer


def replied(profile: Profile, question: Question, reply: Reply) -> Profile:
    """Return the profile with that reply; one that says nothing takes the answer away."""
    if reply.options is None:
        return profile.with_not_sure(question.id) if reply.not_sure else profile.cleared(question.id)
    answer = reply.options if question.several else reply.options[0]
    profile = profile.with_answer(question.id, answer, begun=not (reply.complete or reply.not_sure))
    return profile.with_not_sure(question.id, rest=True) if reply.not_sure else profile


_LONGEST_KEPT = 500
"""Characters of a cell that is remembered: a hostile table says a word in a million blanks."""


class RowReader:
    """Reads rows of texts as profiles. What a text says to a question is remembered: rows of a table have few different ones."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._questions = knowledge.questions
        self._replies: dict[tuple[str, str], Reply] = {}

    def profile(self, texts: Mapping[str, str]) -> tuple[Profile, list[str]]:
        """Return the profile with what a row says, by question id, and what is wrong with its texts, a line for each."""
        answers: dict[str, Answer] = {}
        begun, not_sure, problems = set(), set(), []
        for id, text in texts.items():
            reply = self._replies.get((id, text))
            if reply is None:
                try:
                    reply = self._read(id, text)
                except InvalidAnswer as error:
                    problems.append(str(error))
                    continue
            options, complete, unsure = reply
            if options is not None:
                answers[id] = options if self._questions[id].several else options[0]
            if not complete:
                begun.add(id)
            if unsure:
                not_sure.add(id)
        return Profile(answers=answers, begun=frozenset(begun), not_sure=frozenset(not_sure)), problems

    def _read(self, id: str, text: str) -> Reply:
        question = self._questions.get(id)
        if question is None:
            raise InvalidAnswer(f"no question {id[:60]!r}. {suggest(id[:60], self._questions)}")
        reply = parse(question, text)
        if len(text) <= _LONGEST_KEPT:
            if len(self._replies) >= MOST_KEPT:
                self._replies.clear()
            self._replies[id, text] = reply
        return reply


def toggled(profile: Profile, question: Question, option: str) -> Profile:
    """Return the profile with an option chosen, or taken back where it was chosen. An option that stands alone takes
    the place of the others, and they of it; the last one taken back leaves the question open."""
    before = chosen(profile, question)
    if not question.several:
        return profile.cleared(question.id) if before == (option,) else profile.with_answer(question.id, option)
    alone = {o.id for o in question.options if o.alone}
    if before and option in before:
        after = tuple(o for o in before if o != option)
    elif option in alone:
        after = (option,)
    else:
        after = (*(o for o in before or () if o not in alone), option)
    if not after:
        return profile.cleared(question.id)
    order = {o.id: index for index, o in enumerate(question.options)}
    after = tuple(sorted(after, key=lambda o: order.get(o, len(order))))
    return profile.with_answer(question.id, after, begun=option not in alone or option not in after)


def toggled_none(profile: Profile, question: Question) -> Profile:
    """Return the profile with none of these chosen, or taken back where it was."""
    if chosen(profile, question) == ():
        return profile.cleared(question.id)
    return profile.with_answer(question.id, ())


def toggled_not_sure(profile: Profile, question: Question) -> Profile:
    """Return the profile marked not sure, or no longer; options that were kept beside the mark stay."""
    if question.id not in profile.not_sure:
        return profile.with_not_sure(question.id)
    kept = chosen(profile, question)
    if not kept:
        return profile.cleared(question.id)
    return profile.with_answer(question.id, kept if question.several else kept[0])


# ---------------------------------------------------------------- in words


def option_words(
    question: Question | None,
    options: Iterable[str],
    *,
    full: bool = False,
    separator: str = ", ",
    unknown: str = "",
) -> str:
    """Options in their short labels, or in `full`, in the question's order; "none of these" where there are none. An id
    that the question does not have is shown as it is kept, with `unknown` behind it."""
    ids = tuple(options)
    mine = question.options if question is not None else ()
    words = [option.label.rstrip(".") if full else option.short for option in mine if option.id in ids]
    own_ids = {option.id for option in mine}
    words += [visible(id) + unknown for id in dict.fromkeys(ids) if id not in own_ids]
    return separator.join(words) or NONE_OF_THESE


def recorded_words(profile: Profile, question: Question, recorded: Iterable[str], *, full: bool = False) -> str:
    """Return the options that count by a record or a date, and what was answered where that is something else; short labels,
    or in `full`."""
    counted, answer = set(recorded), chosen(profile, question)
    words = f"{option_words(question, counted, full=full)}, as recorded"
    if answer is None or (answer and counted.issuperset(answer)):
        return words
    return f"{words} (answered: {option_words(question, answer, full=full)})"
