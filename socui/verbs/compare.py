"""compare: two profiles side by side, the answers that differ and the results that differ."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from socui.advice import Advice
from socui.decide import Decider
from socui.migrate import brought_up
from socui.model import Knowledge
from socui.output import put, visible
from socui.profile import Profile
from socui.store import Store

WIDTHS = (28, 34, 34)
"""Columns of the table; with the gaps between them 100 at most."""


class Difference(NamedTuple):
    """What differs: the id of a question or a result, its title, and what each side has, in words and as data."""

    id: str
    title: str
    words: tuple[str, str]
    data: tuple[object, object]


def run(args: argparse.Namespace) -> int:
    """Print what differs between two profiles. Status 0 whether anything does or not."""
    from socui.knowledge import load_knowledge

    store = Store.default(args.profiles)
    opened = [store.open(name).profile for name in (args.one, args.other)]
    folder = args.data or os.environ.get("SOCUI_DATA")
    decider = Decider(load_knowledge(Path(folder) if folder else None))
    one, other = (brought_up(decider.knowledge, profile)[0] for profile in opened)
    today = date.today()
    answers = list(answers_that_differ(decider.knowledge, one, other))
    results = list(results_that_differ(decider.knowledge, decider.advise(one, today), decider.advise(other, today)))
    if args.json:
        found = {
            "profiles": [{"id": p.id, "name": p.name} for p in (one, other)],
            "answers": [{"question": d.id, "one": d.data[0], "other": d.data[1]} for d in answers],
            "results": [{"result": d.id, "one": d.data[0], "other": d.data[1]} for d in results],
        }
        put(json.dumps(found, indent=2) + "\n")
        return 0
    lines = [*_laid_out(("", visible(one.name), visible(other.name)))]
    for title, differences in (("Answers that differ", answers), ("Results that differ", results)):
        lines += ["", title if differences else f"{title}: none"]
        for difference in differences:
            lines += _laid_out((difference.title, *difference.words))
    put("\n".join(lines) + "\n")
    return 0


def answers_that_differ(knowledge: Knowledge, one: Profile, other: Profile) -> Iterator[Difference]:
    """The questions that the two do not answer alike, in the order they are asked, then those unknown here."""
    asked = {**one.answers, **other.answers, **dict.fromkeys(sorted(one.not_sure | other.not_sure))}
    order = [q for q in knowledge.questions if q in asked] + [q for q in asked if q not in knowledge.questions]
    for id in order:
        data = (_answer(one, id), _answer(other, id))
        if data[0] != data[1]:
            question = knowledge.questions.get(id)
            title = question.short if question else visible(id)
            yield Difference(id, title, (_words(knowledge, id, data[0]), _words(knowledge, id, data[1])), data)
    for name in dict.fromkeys((*one.dates, *other.dates)):
        days = (one.dates.get(name), other.dates.get(name))
        if days[0] != days[1]:
            texts = tuple(d.isoformat() if d else None for d in days)
            yield Difference(name, visible(name), (texts[0] or "-", texts[1] or "-"), (texts[0], texts[1]))


def _answer(profile: Profile, question: str) -> dict[str, object] | None:
    """The answer as data; None where the question is open."""
    said = profile.answers.get(question)
    found: dict[str, object] = {}
    if said is not None:
        found["options"] = [said] if isinstance(said, str) else sorted(said)
    for name in ("begun", "not_sure", "confirm"):
        if question in getattr(profile, name):
            found[name] = True
    return found or None


def _words(knowledge: Knowledge, question: str, answer: dict[str, object] | None) -> str:
    if answer is None:
        return "-"
    known = knowledge.questions.get(question)
    words, options = [], answer.get("options")
    if isinstance(options, list):
        found = [known.option(id) if known else None for id in options]
        words = [o.short if o else visible(id) for o, id in zip(found, options, strict=True)] or ["none of these"]
    words += [word for key, word in (("begun", "more may apply"), ("not_sure", "not sure")) if key in answer]
    return ", ".join(words) + (" (to be confirmed)" if "confirm" in answer else "")


def results_that_differ(knowledge: Knowledge, one: Advice, other: Advice) -> Iterator[Difference]:
    """The headline and the results on which the two differ."""
    if (one.possible, one.leaning) != (other.possible, other.leaning):
        data = tuple({"possible": list(a.possible), "leaning": a.leaning} for a in (one, other))
        words = [_headline(knowledge, a) for a in (one, other)]
        if words[0] == words[1]:
            words = [f"{w} (open: {', '.join(a.possible)})" for w, a in zip(words, (one, other), strict=True)]
        yield Difference("headline", "Recommendation", (words[0], words[1]), (data[0], data[1]))
    for id, result in knowledge.results.items():
        found = [a.findings.get(id) for a in (one, other)]
        said = [{"possible": list(f.possible), "leaning": f.leaning} if f else None for f in found]
        if said[0] != said[1]:
            labels = [f.label if f else "-" for f in found]
            if labels[0] == labels[1]:
                labels = [f"{f.label} (open: {', '.join(f.possible)})" if f else "-" for f in found]
            yield Difference(id, result.title, (labels[0], labels[1]), (said[0], said[1]))


def _headline(knowledge: Knowledge, advice: Advice) -> str:
    word = knowledge.texts.get(f"headline.{advice.leaning}", advice.leaning)
    return word if advice.settled else f"likely {word}"


def _laid_out(cells: tuple[str, str, str]) -> list[str]:
    """The lines of a row, each cell wrapped in its column."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    lines = []
    for i in range(max(map(len, wrapped))):
        parts = [column[i] if i < len(column) else "" for column in wrapped]
        lines.append("  ".join(_padded(part, width) for part, width in zip(parts, WIDTHS, strict=True)).rstrip())
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines that are at most `width` terminal columns wide."""
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in text.split():
        for piece in chop_cells(word, width):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cell_len(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _padded(text: str, width: int) -> str:
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))
