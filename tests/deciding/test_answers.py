"""Answers: what is valid, what a text says, what choosing an option does, and an answer in words."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from base import KNOWLEDGE

from socui.cli.set_answer import answer as set_answer
from socui.deciding.answers import (
    InvalidAnswer,
    Reply,
    check,
    chosen,
    option_words,
    parse,
    parse_numbers,
    replied,
    toggled,
    toggled_none,
    toggled_not_sure,
)
from socui.knowledge.conditions import NONE
from socui.knowledge.model import Question
from socui.profiles.profile import Profile

QUESTIONS = [*KNOWLEDGE.questions.values()]
ROLE, LAYER, CUSTOMERS = (KNOWLEDGE.questions[q] for q in ("role", "layer", "customer_types"))


def test_a_text_says_an_answer() -> None:
    """Space, order, repetition and which separator stands between make no difference; an option may be called none."""
    audited = KNOWLEDGE.questions["audited_clients"]
    assert parse(LAYER, " systems ; facility;systems").options == ("facility", "systems")
    assert parse(LAYER, "systems,facility") == parse(LAYER, "systems;facility") == Reply(("facility", "systems"))
    assert parse(LAYER, "systems;?") == Reply(("systems",), complete=False)
    assert parse(LAYER, " ") == Reply()
    assert parse(LAYER, "?") == Reply(not_sure=True)
    assert parse(LAYER, "none") == Reply(())
    assert parse(audited, "none") == Reply(("none",))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_texts_and_numbers_say_the_same(question: Question) -> None:
    """Every option, pairs of them, none and not sure: the same profile by either way, or refused by both."""
    ids = [option.id for option in question.options]
    pairs = [(one, other) for one, other in product(ids[:4] + ids[-2:], repeat=2) if one != other]
    for options in [(id,) for id in ids] + (pairs if question.several else pairs[:2]):
        numbers = " ".join(str(ids.index(id) + 1) for id in options)
        by_text = by_number = None
        try:
            by_text = replied(Profile(), question, parse(question, ";".join(options)))
            assert set_answer(KNOWLEDGE, Profile(), f"{question.id}={','.join(options)}") == by_text
        except InvalidAnswer:
            assert len(options) > 1
        try:
            by_number = replied(Profile(), question, parse_numbers(question, numbers))
        except InvalidAnswer:
            assert len(options) > 1
        assert by_text == by_number
    assert replied(Profile(), question, parse_numbers(question, "u")) == replied(
        Profile(), question, parse(question, "?")
    )
    if question.several:
        none = replied(Profile(), question, parse_numbers(question, "0"))
        assert none == replied(Profile(), question, parse(question, NONE)) == Profile().with_answer(question.id, ())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_whatever_is_toggled_is_valid(question: Question) -> None:
    """Random choices never join what stands alone with more, and an option chosen twice is as it was."""
    random, profile = Random(question.id), Profile()
    for _ in range(60):
        before, option = profile, random.choice(question.options).id
        profile = toggled(profile, question, option)
        options = chosen(profile, question)
        assert options is None or check(question, options) == options
        added = options is not None and option in options
        again = chosen(toggled(profile, question, option), question)
        if added and question.several and not any(o.alone for o in question.options):
            assert again == (chosen(before, question) or None)
        elif added and not question.several:
            assert again is None


def test_none_and_not_sure_are_toggled() -> None:
    none = toggled_none(Profile(), LAYER)
    assert chosen(none, LAYER) == () and toggled_none(none, LAYER) == Profile()
    unsure = toggled_not_sure(none, LAYER)
    assert unsure.not_sure == {"layer"} and toggled_not_sure(unsure, LAYER) == Profile()
    kept = replied(Profile(), LAYER, parse_numbers(LAYER, "1 u"))
    assert kept.not_sure == {"layer"} and chosen(kept, LAYER) == (LAYER.options[0].id,)
    sure = toggled_not_sure(kept, LAYER)
    assert not sure.not_sure and chosen(sure, LAYER) == (LAYER.options[0].id,)


@pytest.mark.parametrize(
    ("question", "options", "problem"),
    [
        (ROLE, (), "role: takes one answer, not none"),
        (ROLE, ("provide", "obtain"), "role: takes one answer, not 2"),
        (ROLE, ("provides",), "role: no answer 'provides'. Did you mean provide?"),
        (LAYER, ("none", "facility"), "layer: none stands alone"),
        (CUSTOMERS, ("internal_only", "consumers"), "customer_types: internal_only stands alone"),
    ],
)
def test_what_is_no_answer_is_refused(question: Question, options: tuple[str, ...], problem: str) -> None:
    with pytest.raises(InvalidAnswer) as error:
        check(question, options)
    assert str(error.value) == problem


def test_an_answer_in_words() -> None:
    one, two = LAYER.options[:2]
    assert option_words(LAYER, (two.id, one.id)) == f"{one.short}, {two.short}"
    assert option_words(LAYER, (one.id,), full=True) == one.label.rstrip(".")
    assert option_words(LAYER, ()) == "none of these"
    assert option_words(LAYER, ("x\x1b", one.id), unknown=" (new)") == f"{one.short}, x␛ (new)"
    assert option_words(None, ("gone",)) == "gone"


def test_every_answer_is_read_in_the_words_of_the_screen() -> None:
    """Also those that have in them what parts two answers."""
    for question in QUESTIONS:
        for option in question.options:
            for words in (option.id, option.short, option.label, option.label.upper()):
                assert parse(question, words) == Reply((option.id,)), words
        assert parse(question, "Not sure") == Reply(not_sure=True)
        if question.several:
            assert parse(question, "None of these") == Reply(())
            first, *_, last = [option for option in question.options if not option.alone]
            both = Reply(tuple(o.id for o in question.options if o in (first, last)), complete=False)
            assert parse(question, f"{last.label}; {first.short}, not sure") == both
