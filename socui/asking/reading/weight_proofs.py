"""Proves that the weights of words fit the code: questions and answers exist, and every feature can be seen in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import tomli

from socui.asking.reading.combined import WEIGHED_FIELDS
from socui.asking.reading.phrases import TELLS, Phrases
from socui.asking.reading.weights import ANY_REQUEST, NAME, SILENT, WEIGHTS_FILE
from socui.data import FOLDER
from socui.knowledge.toml_lines import Place
from socui.knowledge.toml_tables import Faults, suggest

WEIGHED_ANSWERS: Mapping[str, tuple[str, ...]] = {
    ANY_REQUEST: ("none", "yes"),
    NAME: ("asked", "passing", "refused"),
    **{field: (SILENT, *TELLS[field]) for field in WEIGHED_FIELDS},
}
"""By question its answers."""
_NEEDED = {ANY_REQUEST: "yes", NAME: "asked"}
"""Answers without which a question tells nothing."""
_WORD = re.compile(r"\w+(?:'\w+)?|[?!:;,.()|\n]|%day|%n|@")


def weight_faults(folder: Path | None, phrases: Phrases) -> tuple[str, ...]:
    """Return what is wrong with the weights of a knowledge base, one line each with file and line; nothing where it has
    none of its own."""
    faults = Faults()
    try:
        raw = ((folder or FOLDER) / WEIGHTS_FILE).read_text("utf-8")
        root: dict[str, Any] = tomli.loads(raw)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        return (f"{WEIGHTS_FILE}:1: [{WEIGHTS_FILE}] cannot be read: {error}. Take the file that comes with socui.",)
    faults.texts[WEIGHTS_FILE] = raw
    lists = {name for of_word in phrases.families.values() for name in of_word}
    for question, table in root.items():
        at = (question, *list(table)[:1]) if isinstance(table, dict) else (question,)  # its first header
        if question not in WEIGHED_ANSWERS:
            fix = suggest(question, WEIGHED_ANSWERS)
            faults.add(WEIGHTS_FILE, at, question, "is no question that is weighed", fix)
        elif not isinstance(table, dict):
            faults.add(WEIGHTS_FILE, at, question, "is no table of answers", "Learn the weights again")
        else:
            _question(faults, at, question, table, lists)
    return faults.lines()


def _question(faults: Faults, at: Place, question: str, table: Mapping[str, Any], lists: Collection[str]) -> None:
    needed = _NEEDED.get(question)
    if (needed and needed not in table) or not table.keys() - {SILENT, "none"}:
        what = f"has no answer {needed!r}" if needed else "has no answer"
        faults.add(WEIGHTS_FILE, at, question, what, "Learn the weights again")
    for answer, weights in table.items():
        id = f"{question}.{answer}"
        if answer not in WEIGHED_ANSWERS[question]:
            what = f"{answer!r} is no answer"
            faults.add(WEIGHTS_FILE, (question, answer), id, what, suggest(answer, WEIGHED_ANSWERS[question]))
        elif not isinstance(weights, dict):
            faults.add(WEIGHTS_FILE, (question, answer), id, "is no table of weights", "Learn the weights again")
        else:
            for feature, weight in weights.items():
                what = _wrong(question, feature, weight, lists)
                if what:
                    faults.add(WEIGHTS_FILE, (question, answer, feature), id, what, "Learn the weights again")


def _wrong(question: str, feature: str, weight: object, lists: Collection[str]) -> str:
    """Return what is wrong with a feature and its weight; nothing where they are right."""
    if type(weight) is not int:
        return f"the weight of {feature!r} is no whole number"
    words = feature.split(" ")
    if feature and (len(words) > 2 or (question == NAME and len(words) != 2)):
        return f"{feature!r} is not {'two words' if question == NAME else 'one word or two'} with a space between"
    for word in words if feature else ():
        if word[:1] == "<":
            if word not in lists:
                return f"{feature!r}: the phrases have no list {word}"
        elif word[:1] == "@" and len(word) > 1:
            if word[1:] not in TELLS["asks"]:
                return f"{feature!r}: there is no report {word[1:]}"
        elif not _WORD.fullmatch(word):
            return f"{feature!r} is nothing that is seen in a text"
    return ""
