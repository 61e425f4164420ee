"""Finds the subject of the line under the cursor: the facts that it cites, and the terms in its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from socui.knowledge.model import Knowledge, Question
from socui.screens.widgets.lines import Line, Tag


class _Cites(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def facts(self) -> tuple[str, ...]: ...


Subject = tuple[tuple[str, ...], str]
"""Ids of facts, and text."""


def facts_behind(knowledge: Knowledge, tag: Tag) -> tuple[str, ...]:
    """Return the facts behind what a line stands for."""
    kind, *ids = tag or ("",)
    if kind == "facts":
        return tuple(ids)
    citing: dict[str, Iterable[_Cites]] = {
        "rule": knowledge.rules.values(),
        "presumption": knowledge.presumptions,
        "advice": knowledge.notes,
        "row": knowledge.rows,
        "goto": knowledge.questions.values(),
    }
    return next((item.facts for item in citing.get(kind, ()) if [item.id] == ids[:1]), ())


def subject_of_question(question: Question) -> Subject:
    """Return a question with everything that can be chosen in it."""
    words = (question.ask, question.help, *(f"{o.label} {o.detail}" for o in question.options))
    return question.facts, " ".join(words)


def subject_of_lines(knowledge: Knowledge, lines: Sequence[Line], cursor: Tag) -> Subject:
    """Return the rows that the cursor lights up; below the heading of a section, all of the section."""
    rows: Iterable[Line] = (line for line in lines if cursor and line.tag == cursor)
    if cursor[:1] == ("fold",):
        start = next((i for i, line in enumerate(lines) if line.tag == cursor), len(lines))
        end = next((i for i in range(start + 1, len(lines)) if lines[i].tag[:1] == ("fold",)), len(lines))
        rows = lines[start:end]
    rows = list(rows)
    tags = dict.fromkeys(line.tag for line in rows)
    facts = dict.fromkeys(fact for tag in tags for fact in facts_behind(knowledge, tag))
    return tuple(facts), " ".join("".join(span.text for span in line.spans).strip() for line in rows)
