"""`socui questions`: the questions by their ids, with the answers that `socui set` takes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from textwrap import wrap

from socui.cli.output import put
from socui.deciding.answers import NONE_OF_THESE, NOT_SURE
from socui.errors import Usage
from socui.knowledge.conditions import NONE
from socui.knowledge.model import Knowledge, Question
from socui.text import visible

_WIDTH = 100
"""Cells of a line of help."""


def run(args: argparse.Namespace) -> int:
    """Print every question, or the one named. Raises Usage."""
    from socui.deciding.precompiled import knowledge as ready

    knowledge = ready(args.data)
    wanted = (
        knowledge.questions.values()
        if args.question is None
        else [question_named(knowledge, args.question, "questions")]
    )
    if args.json:
        put(json.dumps([_as_json(question) for question in wanted], indent=2, ensure_ascii=False) + "\n")
    else:
        put("\n".join("\n".join(_lines(question, bool(args.question))) + "\n" for question in wanted))
    return 0


def question_named(knowledge: Knowledge, id: str, verb: str) -> Question:
    """Return the question of that id. Raises Usage, for that command, with the nearest one and with where all are
    listed."""
    if id in knowledge.questions:
        return knowledge.questions[id]
    near = nearest(knowledge, id)
    meant = f"Did you mean {near}? " if near else ""
    raise Usage(f"{verb}: no question {visible(id)!r}: {meant}socui questions lists them")


def nearest(knowledge: Knowledge, word: str) -> str:
    """Return the id that was probably meant: one spelt alike, else the first question that has the word; empty for
    none."""
    import difflib

    if near := difflib.get_close_matches(word, knowledge.questions, 1):
        return near[0]
    key = word.casefold().replace("_", " ").strip()
    texts = {id: f"{id} {q.short} {q.ask}".casefold().replace("_", " ") for id, q in knowledge.questions.items()}
    texts |= {f"{id}=": " ".join(o.label for o in q.options).casefold() for id, q in knowledge.questions.items()}
    return next((id.rstrip("=") for id, text in texts.items() if len(key) > 2 and key in text), "")


def _answers(question: Question) -> Iterator[tuple[str, str]]:
    """Yield what can be said to it, and what that means."""
    yield from ((option.id, option.label) for option in question.options)
    if question.several:
        yield NONE, NONE_OF_THESE
    yield NOT_SURE, "not sure"


def _lines(question: Question, alone: bool) -> Iterator[str]:
    answers = [*_answers(question)]
    width = max(len(id) for id, _ in answers)
    yield f"{question.id}: {question.ask} ({'several, with commas' if question.several else 'one'})"
    if alone and question.help:  # who asks for one wants to know what it means
        yield from wrap(question.help, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        yield ""
    yield from (f"  {id.ljust(width)}  {visible(label)}" for id, label in answers)


def _as_json(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "section": question.section,
        "short": question.short,
        "ask": question.ask,
        "several": question.several,
        "options": [{"id": o.id, "label": o.label, "alone": o.alone} for o in question.options],
    }
