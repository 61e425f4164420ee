"""Writes the lines on answers that contradict each other: what does not fit, and a way to each answer."""

from __future__ import annotations

from collections.abc import Iterator

from socui.deciding.advice import Advice
from socui.deciding.answers import chosen, option_words
from socui.profiles.profile import Profile
from socui.screens.widgets.lines import BLANK, Line, Span, flow
from socui.settings.commands import key_of


def contradiction_lines(advice: Advice, profile: Profile, width: int) -> Iterator[Line]:
    """Yield what does not fit together, then each of the answers once: choosing one opens its question."""
    for contradiction in advice.contradictions:
        tag = ("facts", *contradiction.facts)
        yield from flow(contradiction.says, width, (Span(" ! ", "warn strong"),), style="warn", tag=tag)
    key = key_of("check_answers", "exclamation_mark")
    ids = dict.fromkeys(id for contradiction in advice.contradictions for id in contradiction.questions)
    for place, id in enumerate(id for id in ids if id in advice.states):
        question = advice.states[id].question
        answer = option_words(question, chosen(profile, question) or ())
        hint = (Span(f"  {key}", "key"), Span(" opens the next of these", "dim")) if place == 0 else ()
        spans = (Span(f"{question.short}: "), Span(answer, "strong"), *hint)
        yield from flow(spans, width, (Span("   ▸ ", "key"),), tag=("goto", id), stop=True)
    yield BLANK
