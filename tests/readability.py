"""`python tests/readability.py`: Flesch reading ease of what socui says, by kind of text; status 1 where questions are hard.

The figure is textstat's. 60 to 70 is plain English, 30 to 50 is hard. Terms of the field cost points and stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import textstat

from socui.deciding.decide import Decider
from socui.knowledge.load import load_knowledge
from socui.knowledge.model import Knowledge
from socui.planning.plan_for import plan_for
from socui.profiles.examples import examples
from socui.reports.card import card
from socui.reports.card_lines import card_text
from socui.reports.render import report

LEAST = 55.0
"""Flesch reading ease that the questions keep to."""
TODAY = date(2026, 11, 28)
MARKS = re.compile(r"\\(?=\W)|\*\*|<[^>]*>|\[\d+(?:, \d+)*\]|`")
"""What Markdown writes beside words, and the numbers of notes."""


class Ease(NamedTuple):
    """The reading ease of a kind of text, and its hardest one."""

    kind: str
    texts: int
    ease: float
    hardest: str


def groups(knowledge: Knowledge) -> Iterator[tuple[str, list[str]]]:
    """Every kind of text with its texts."""
    questions = list(knowledge.questions.values())
    yield "questions", [q.ask for q in questions]
    yield "help of questions", [q.help for q in questions]
    yield "answers", [o.label for q in questions for o in q.options]
    yield "headlines and card", list(knowledge.texts.values())
    yield "reasons", [r.because for r in knowledge.rules.values()]
    for kind in ("mistake", "neighbour", "step", "period"):
        yield f"notes: {kind}", [n.says for n in knowledge.notes if n.kind == kind]
    yield "glossary", [e.says for e in knowledge.entries if e.kind == "term"]
    yield "questions people ask", [e.says for e in knowledge.entries if e.kind == "faq"]
    yield "facts", [f.says for f in knowledge.facts.values()]
    yield "sheet for CPA firms", [r.says for r in knowledge.requests if r.says]


def papers() -> Iterator[tuple[str, list[str]]]:
    """The sentences of the card, the memo and the full report on each example."""
    knowledge = load_knowledge()
    decider = Decider(knowledge)
    kinds: dict[str, dict[str, list[str]]] = {"card": {}, "memo": {}, "report": {}}
    for name, profile in examples().items():
        advice = decider.advise(profile, TODAY)
        shown = card(knowledge, profile, advice, plan_for(decider, profile, TODAY))
        kinds["card"][name] = card_text(shown, knowledge.texts).splitlines()
        kinds["memo"][name] = prose(report(decider, profile, TODAY, "md", full=False))
        kinds["report"][name] = prose(report(decider, profile, TODAY, "md"))
    for kind, texts in kinds.items():
        yield from ((f"{kind}: {name}", lines) for name, lines in texts.items())


def prose(markdown: str) -> list[str]:
    """The paragraphs and items of a document of several words, a line each: no headings, tables, pictures or addresses."""
    lines = (
        line.strip().lstrip("-*> ")
        for line in markdown.splitlines()
        if not line.lstrip().startswith(("|", "#", "<", "```"))
    )
    return [MARKS.sub("", line) for line in lines if len(line.split()) > 5 and "http" not in line]


def ease(texts: list[str]) -> float:
    """The Flesch reading ease of texts as one."""
    return float(textstat.flesch_reading_ease(" ".join(_closed(text) for text in texts)))


def _closed(text: str) -> str:
    """A text that ends as a sentence, so that titles and labels do not run together."""
    return text if text[-1:] in ".?!:" else f"{text}."


def measured() -> Iterator[Ease]:
    """The figure for each kind of text."""
    for kind, texts in (*groups(load_knowledge()), *papers()):
        yield Ease(kind, len(texts), ease(texts), min(texts, key=lambda text: ease([text])))


def main() -> int:
    """Print the figures, hardest text beside each. Status 1 where the questions are harder than LEAST."""
    measures = list(measured())
    for each in measures:
        print(f"{each.kind:24} {each.texts:5} texts  {each.ease:6.1f}  hardest: {each.hardest[:90]}")
    hard = [each for each in measures if each.kind == "questions" and each.ease < LEAST]
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
