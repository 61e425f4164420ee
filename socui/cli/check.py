"""`socui check`: proves that a knowledge base is sound, and compares it with another one."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from socui.cli.output import put, say

if TYPE_CHECKING:
    from socui.knowledge.model import Knowledge
    from socui.profiles.profile import Profile


def run(args: argparse.Namespace) -> int:
    """Load the base, prove it and compare it where asked. Status 1 with every fault on standard error, else 0.

    A text whose day has passed is no fault; it is told on standard output.
    """
    from datetime import date

    from socui.asking.reading.phrases import load_phrases
    from socui.asking.reading.phrases import phrase_faults as prove_phrases
    from socui.asking.reading.weight_proofs import weight_faults
    from socui.deciding.case_results import case_failures
    from socui.deciding.decide import Decider
    from socui.deciding.proofs import prove
    from socui.errors import KnowledgeError
    from socui.knowledge.dated import overtaken
    from socui.knowledge.load import load_knowledge
    from socui.knowledge.synonyms import load_synonyms, synonym_faults
    from socui.planning.proofs import prove_plans
    from socui.profiles.cases import worked_cases
    from socui.profiles.examples import examples
    from socui.reports.render import SUFFIXES
    from socui.settings.commands import COMMANDS

    named = args.folder or args.data or os.environ.get("SOCUI_DATA")
    folder = Path(named) if named else None
    differences: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    try:
        knowledge = load_knowledge(folder)
        cases = worked_cases(folder)
        phrases = load_phrases(folder)
        failures = prove(knowledge, [*(c.profile for c in cases.values()), *examples().values()])
        failures += case_failures(Decider(knowledge), cases.values())
        failures += prove_phrases(phrases, knowledge.facts)
        failures += weight_faults(folder, phrases)
        synonyms = load_synonyms(folder)
        failures += synonym_faults(synonyms, knowledge, {command.id for command in COMMANDS}, SUFFIXES)
        failures += prove_plans(knowledge)
        if args.against:
            other = load_knowledge(Path(args.against))
            differences = (*changes(other, knowledge), *outcomes(other, knowledge))
        past = tuple(overtaken(knowledge, date.today()))
        counts = {what: len(getattr(knowledge, what)) for what in ("questions", "rules", "facts", "sources")}
        counts |= {"worked cases as expected": len(cases), "phrases by their examples": len(phrases.all)}
        counts |= {"synonyms": len(synonyms.all)}
    except KnowledgeError as error:
        failures = error.faults
    except ValueError as error:  # rules that grow too large to be decided
        failures = (str(error),)
    for failure in failures:
        say(failure)
    put("".join(f"{line}\n" for line in differences))
    if failures:
        return 1
    put("".join(f"{line}\n" for line in past))
    put("clean: " + ", ".join(f"{count} {what}" for what, count in counts.items()) + "\n")
    return 0


def changes(old: Knowledge, new: Knowledge) -> tuple[str, ...]:
    """Return what differs from one base to another: one line for each thing added, removed or changed."""
    differing = []
    for kind in (
        "source",
        "fact",
        "question",
        "term",
        "result",
        "rule",
        "presumption",
        "note",
        "duration",
        "row",
        "entry",
    ):
        before, after = _by_id(old, kind), _by_id(new, kind)
        differing += [f"- {kind} {id}" for id in before if id not in after]
        differing += [f"+ {kind} {id}" for id in after if id not in before]
        differing += [f"~ {kind} {id}" for id in after if id in before and before[id] != after[id]]
    return tuple(differing) or ("no differences",)


def outcomes(old: Knowledge, new: Knowledge, tried: Mapping[str, Profile] | None = None) -> tuple[str, ...]:
    """Return which profiles have another result: what is possible, the leaning. Without `tried` all of
    `profiles_to_try`."""
    from socui.deciding.decide import Decider

    before, after = Decider(old), Decider(new)
    differing = []
    for what, profile in (profiles_to_try(new) if tried is None else tried).items():
        one, other = before.advise(profile), after.advise(profile)
        if (one.possible, one.leaning) != (other.possible, other.leaning):
            words = [f"{'/'.join(a.possible)}, leaning {a.leaning}" for a in (one, other)]
            differing.append(f"! {what}: {words[0]} -> {words[1]}")
    return tuple(differing)


def profiles_to_try(knowledge: Knowledge) -> dict[str, Profile]:
    """Return the worked cases, the examples, and each answer given alone, by what they are called."""
    from socui.profiles.cases import worked_cases
    from socui.profiles.examples import examples
    from socui.profiles.profile import Profile

    tried = {f"case {id}": case.profile for id, case in worked_cases().items()}
    tried |= {f"example {name}": profile for name, profile in examples().items()}
    for question in knowledge.questions.values():
        for option in question.options:
            answer = (option.id,) if question.several else option.id
            tried[f"answer {question.id}={option.id}"] = Profile(answers={question.id: answer})
    return tried


def _by_id(knowledge: Knowledge, kind: str) -> dict[str, object]:
    things = getattr(knowledge, "entries" if kind == "entry" else f"{kind}s")
    return dict(things) if isinstance(things, Mapping) else {thing.id: thing for thing in things}
