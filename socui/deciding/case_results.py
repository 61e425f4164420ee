"""Compares what is decided with what the worked cases expect: one line for each difference, `socui check` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socui.deciding.advice import REPORTS, Advice
from socui.deciding.decide import Decider
from socui.knowledge.toml_tables import suggest
from socui.profiles.cases import FILE, WorkedCase


def case_failures(decider: Decider, cases: Iterable[WorkedCase]) -> tuple[str, ...]:
    """Return every worked case that cannot be answered as it says, or has another result: `cases.toml:line: [id]
    expected ...`."""
    return tuple(f"{FILE}:{case.line}: [{case.id}] {what}" for case in cases for what in _failures(decider, case))


def _failures(decider: Decider, case: WorkedCase) -> Iterator[str]:
    impossible = tuple(_impossible(decider, case))
    yield from impossible
    if impossible:
        return
    advice = decider.advise(case.profile)
    if case.open:
        yield from _differs("possible", case.possible, advice.possible)
        yield from _differs("leaning", (case.leaning,), (advice.leaning,))
        return
    yield from _misplaced(advice, case)
    yield from _differs("headline", (case.expect["headline"],), advice.possible)
    clarified = {reason.rule.result for reason in advice.clarify}
    for report in REPORTS:
        verdict = case.expect[report]
        yield from _differs(report, (verdict,), advice.findings[report].possible)
        if (verdict == "clarify") != (report in clarified):
            spoken = "spoken" if report in clarified else "not spoken"
            yield f"expected {report} = {verdict}, but a clarification of it is {spoken}."
    for result, value in case.findings.items():
        leaning = advice.findings[result].leaning if result in advice.findings else "nothing"
        yield from _differs(result, (value,), (leaning,))


def _differs(what: str, expected: tuple[str, ...], got: tuple[str, ...]) -> Iterator[str]:
    if expected != got:
        yield f"expected {what} = {'/'.join(expected)}, got {'/'.join(got)}. Correct the rules or the case."


def _impossible(decider: Decider, case: WorkedCase) -> Iterator[str]:
    """Yield answers to questions and findings that the base does not have."""
    questions, results = decider.knowledge.questions, decider.knowledge.results
    for name, answer in case.profile.answers.items():
        question = questions.get(name)
        if question is None:
            yield f"no question `{name}`. {suggest(name, questions)}"
        elif question.several == isinstance(answer, str):
            yield f"{name} takes {'a list of answers' if question.several else 'one answer'}. Write it so."
        else:
            for option in (answer,) if isinstance(answer, str) else answer:
                if question.option(option) is None:
                    yield f"{name} has no answer `{option}`. {suggest(option, [o.id for o in question.options])}"
    for name in case.findings:
        if name not in results:
            yield f"nothing is concluded on `{name}`. {suggest(name, results)}"


def _misplaced(advice: Advice, case: WorkedCase) -> Iterator[str]:
    """Questions of the first two sections that a complete case has to answer and does not, or may not and does."""
    for name, state in advice.states.items():
        if state.question.section not in ("use", "asks") or state.question.derived or state.question.closes:
            continue  # what requests say need not be said of every kind of reader
        applies, answered = state.state != "inapplicable", name in case.profile.answers
        if answered and not applies:
            yield f"answers {name}, which does not apply after its other answers. Remove it."
        elif state.state == "waiting" and state.purposes & {"headline", "strength"}:
            yield f"does not answer {name}, which applies. Answer it, or say open = true with possible and leaning."
