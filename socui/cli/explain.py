"""`socui explain`: a rule, fact, question, source or text by its id, in full, with its sources and where it is used."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from socui.cli.output import put
from socui.errors import Usage
from socui.knowledge.conditions import Condition
from socui.knowledge.model import Knowledge, Question, Rule
from socui.knowledge.sources import Fact, Source
from socui.reports.words import CONFIDENCE_WORDS
from socui.text import visible

JUDGEMENTS = "judgements"
"""In place of an id: every statement that has no source and is socui's own judgement."""
WIDTH = 100


def run(args: argparse.Namespace) -> int:
    """Print what has that id. Raises Usage where nothing has it."""
    from socui.deciding.precompiled import knowledge as ready

    knowledge = ready(args.data)
    put("".join(f"{line}\n" for line in explained(knowledge, args.id)))
    return 0


def explained(knowledge: Knowledge, id: str) -> list[str]:
    """Return the lines on everything that has that id. Raises Usage where nothing has it."""
    if id == JUDGEMENTS:
        return [line for fact in knowledge.facts.values() if not fact.sources for line in _fact(fact, knowledge)]
    explanation: list[str] = []
    for kind, things in groups(knowledge).items():
        if id in things:
            explanation += (
                ["", *_thing(knowledge, kind, id, things[id])]
                if explanation
                else _thing(knowledge, kind, id, things[id])
            )
    if not explanation:
        near = difflib.get_close_matches(id, [one for things in groups(knowledge).values() for one in things], 1)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise Usage(f"explain: nothing has the id {visible(id)!r}: {meant}reports and `socui questions` name ids")
    return explanation


def groups(knowledge: Knowledge) -> dict[str, Mapping[str, Any]]:
    """Return everything that has an id, by its kind."""
    rules = {rule.id.partition("/")[0]: rule for rule in knowledge.rules.values()} | dict(knowledge.rules)
    several: dict[str, Iterable[Any]] = {
        "presumption": knowledge.presumptions,
        "note": knowledge.notes,
        "row": knowledge.rows,
        "entry": knowledge.entries,
        "request line": knowledge.requests,
        "value": [value for result in knowledge.results.values() for value in result.values],
    }
    return {
        "fact": knowledge.facts,
        "source": knowledge.sources,
        "question": knowledge.questions,
        "rule": rules,
        "category": knowledge.categories,
        "message": knowledge.messages,
        "duration": knowledge.durations,
        **{kind: {thing.id: thing for thing in things} for kind, things in several.items()},
    }


def _thing(knowledge: Knowledge, kind: str, id: str, thing: Any) -> list[str]:
    if isinstance(thing, Fact):
        return [*_fact(thing, knowledge), *_used(knowledge, thing.id)]
    if isinstance(thing, Source):
        resting = [fact for fact in knowledge.facts.values() if id in fact.sources]
        return [f"{id}: source", *_source(thing), *_listed("Facts that rest on it", ((f.id, f.says) for f in resting))]
    lines = [f"{id}: {kind}", *_flow(_statement(thing))]
    if isinstance(thing, Question):
        lines += _listed("Answers", ((option.id, option.label) for option in thing.options))
    if isinstance(thing, Rule):
        lines += [
            f"Concludes: {thing.result} = {thing.value}",
            *(f"If: {part}" for part in _conditions(thing.condition)),
        ]
    else:
        condition = getattr(thing, "condition", None)
        lines += [f"If: {part}" for part in _conditions(condition)] if condition is not None else []
    for fact in thing.facts:
        lines += ["", *_fact(knowledge.facts[fact], knowledge)]
    return lines


def _statement(thing: Any) -> str:
    """Return what it says in full, whatever it is."""
    parts = ("ask", "title", "label", "because", "ask_back", "says", "soc1", "soc2", "soc3", "more", "cost", "help")
    return " ".join(text for part in parts if (text := getattr(thing, part, "")) and isinstance(text, str))


def _fact(fact: Fact, knowledge: Knowledge) -> list[str]:
    lines = [f"{fact.id}: {CONFIDENCE_WORDS[fact.confidence]}", *_flow(fact.says)]
    lines += _flow(f"Others say: {fact.dispute}") if fact.dispute else []
    return [*lines, *(line for id in fact.sources for line in _source(knowledge.sources[id]))]


def _source(source: Source) -> list[str]:
    edition = f" ({source.edition})" if source.edition else ""
    lines = _flow(f"{source.publisher}: {source.title}{edition} [{source.id}, {source.kind}]", "  - ", "    ")
    return [*lines, f"    {visible(source.address) if source.address else f'no address: {source.no_page}'}"]


def _used(knowledge: Knowledge, fact: str) -> list[str]:
    """Where a fact is cited."""
    cited = (
        (id, f"{kind}: {_statement(thing)}")
        for kind, things in groups(knowledge).items()
        for id, thing in things.items()
        if fact in getattr(thing, "facts", ())
    )
    return _listed("Used in", cited)


def _listed(title: str, items: Iterable[tuple[str, str]]) -> list[str]:
    lines = [visible(f"{id}: {text}") for id, text in items]
    return ["", f"{title}:", *(f"  {_short(line)}" for line in lines)] if lines else []


def _short(line: str) -> str:
    return line if len(line) <= WIDTH - 2 else f"{line[: WIDTH - 5]}..."


def _flow(text: str, first: str = "", rest: str = "") -> list[str]:
    options = {"initial_indent": first, "subsequent_indent": rest or first}
    return wrap(visible(text), WIDTH, break_long_words=False, break_on_hyphens=False, **options)  # type: ignore[arg-type]


def _conditions(condition: Condition) -> Iterator[str]:
    """Yield the parts of a condition, in ids: all of them have to hold."""
    words = {"when": "is one of", "all": "has all of", "only": "is only", "unless": "is not"}
    for part, word in words.items():
        for id, values in getattr(condition, part).items():
            yield f"{id} {word} {', '.join(values)}"
    if condition.any:
        yield " or ".join(f"({' and '.join(_conditions(branch))})" for branch in condition.any)
