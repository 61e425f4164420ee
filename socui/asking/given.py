"""Defines how much of the answer to a question is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct


class Given(Struct, frozen=True):
    """What is known of an answer.

    `chosen` holds the options known to apply; `complete` is True where no other can. Where it is False, `open` holds the
    other options that may still apply, None if any may.
    """

    chosen: frozenset[str]
    complete: bool
    open: frozenset[str] | None = None


NOTHING = Given(frozenset(), True)
"""A complete answer of no option."""


def shared(answers: Iterable[Given | None]) -> Given | None:
    """Return what several possible states of one question have in common; None: nothing."""
    first, *others = answers
    if first is None or not others:
        return first
    chosen, possible = first.chosen, _possible(first)
    same = True
    for other in others:
        if other is None:
            return None
        same = same and other == first
        more = _possible(other)
        chosen = chosen & other.chosen
        possible = None if possible is None or more is None else possible | more
    if same:
        return first
    if possible is None:
        return Given(chosen, False)
    rest = possible - chosen
    return Given(chosen, not rest, rest or None)


def _possible(answer: Given) -> frozenset[str] | None:
    """Return the options that may apply; None: any."""
    if answer.complete:
        return answer.chosen
    return None if answer.open is None else answer.chosen | answer.open


def common(states: Sequence[Mapping[str, Given]]) -> Mapping[str, Given]:
    """Return what several possible states of all questions have in common."""
    if len(states) == 1:
        return states[0]
    questions = dict.fromkeys(question for state in states for question in state)
    together = {question: shared(state.get(question) for state in states) for question in questions}
    return {question: answer for question, answer in together.items() if answer is not None}
