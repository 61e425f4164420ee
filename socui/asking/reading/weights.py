"""Weighs the words of a text: how likely it is that it asks, that a report in it is asked for, and what else it says.

The weights were learned from labelled texts (`tests/train_weights.py`). For each question, such as who reads, every
feature of a text has a weight for each answer; the sums become probabilities (softmax). What speaks for an answer is
the words whose weights do, so that it can be quoted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import tomli

from socui.asking.reading.features import OF_TEXT, Families, seen_words
from socui.asking.reading.matcher import Match, Matched
from socui.data import FOLDER
from socui.errors import KnowledgeError

WEIGHTS_FILE = "weights.toml"
UNIT = 100
"""The weights in the file are in hundredths."""
NAME, ANY_REQUEST = "name", "request"
"""The questions on one report in a text, and on whether the text asks; the others are fields of a request."""
SILENT = "-"
"""The answer that a text says nothing of a field."""
MOST_WEIGHED = 3
"""Times that a report is named beyond these are not weighed."""
_QUOTED = 8
"""Words of a quote."""

Row = tuple[tuple[int, float], ...]
"""By the number of an answer the weight for it; those without are zero."""


class Weights:
    """For several questions their answers, what speaks for each to begin with, and by feature what it adds. All answers are
    numbered in one row, so that a feature is looked up once."""

    def __init__(self, tables: Mapping[str, Mapping[str, Mapping[str, int]]]) -> None:
        self.answers: dict[str, range] = {}
        self.names: list[str] = []
        self.bias: list[float] = []
        rows_of: dict[str, list[tuple[int, float]]] = {}
        for question, table in tables.items():
            first = len(self.names)
            for answer, weights in table.items():
                for feature, weight in weights.items():
                    if feature:
                        rows_of.setdefault(feature, []).append((len(self.names), weight / UNIT))
                self.names.append(answer)
                self.bias.append(weights.get("", 0) / UNIT)
            self.answers[question] = range(first, len(self.names))
        self.rows: dict[str, dict[str, Row]] = {}
        for feature, row in rows_of.items():
            word, _, behind = feature.partition(" ")
            self.rows.setdefault(word, {})[behind] = tuple(row)

    @staticmethod
    def add(sums: list[float], rows: Iterable[Row], worth: float) -> None:
        """Add what features count for each answer, each once."""
        counted = [0.0] * len(sums)
        for row in {id(row): row for row in rows}.values():
            for answer, weight in row:
                counted[answer] += weight
        for answer, weight in enumerate(counted):
            sums[answer] += worth * weight

    def likely(self, question: str, sums: list[float]) -> dict[str, float]:
        """Return how likely each answer to a question is."""
        answers = self.answers.get(question)
        if not answers:
            return {}
        most = max(sums[one] for one in answers)
        powers = {self.names[one]: math.exp(sums[one] - most) for one in answers}
        total = math.fsum(powers.values())
        return {answer: power / total for answer, power in powers.items()}


@cache
def load_weights(folder: Path | None = None) -> tuple[Weights, Weights]:
    """Return the weights of a knowledge base, or those that come with socui: on a text, and on a report in it. Raises
    KnowledgeError."""
    try:
        root: dict[str, Any] = tomli.loads(((folder or FOLDER) / WEIGHTS_FILE).read_text("utf-8"))
        of_name = {NAME: root.pop(NAME)} if NAME in root else {}
        return Weights(root), Weights(of_name)
    except FileNotFoundError:
        return load_weights() if folder else (Weights({}), Weights({}))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        where = f"{WEIGHTS_FILE}:1: [{WEIGHTS_FILE}]"
        raise KnowledgeError((f"{where} cannot be read: {error}. Take the file that comes with socui.",)) from None


class Weighed:
    """What the weights say of one text."""

    def __init__(self, matched: Matched, families: Families, weights: tuple[Weights, Weights]) -> None:
        self._of_text, self._of_names = weights
        self._words = seen_words(matched, families)
        self._sums = list(self._of_text.bias)
        features = self._words.text_features(self._of_text.rows)
        self._of_text.add(self._sums, (row for row, _ in features), self._words.text_worth())

    def of(self, question: str) -> dict[str, float]:
        """Return how likely each answer to a question on the text is; nothing where there are no weights for it."""
        return self._of_text.likely(question, self._sums)

    @cached_property
    def asked(self) -> list[tuple[Match, float]]:
        """The reports that are named and how likely each is asked for, the first times each is named."""
        weights = self._of_names
        if not weights.answers:
            return []
        of_bag = [0.0] * len(weights.names)
        weights.add(of_bag, self._words.bag_features(weights.rows), OF_TEXT)
        answers = []
        named: Counter[str] = Counter()
        for number, name in self._words.names:
            value = name.phrase.values[0]
            named[value] += 1
            if named[value] > MOST_WEIGHED:
                continue
            sums = list(of_bag)
            weights.add(sums, self._words.name_features(number, weights.rows), 1.0)
            worth = self._words.name_worth(number)
            sums = [bias + worth * one for bias, one in zip(weights.bias, sums, strict=True)]
            answers.append((name, weights.likely(NAME, sums)["asked"]))
        return answers

    def span(self, question: str, answer: str) -> tuple[int, int] | None:
        """Return the words, next to each other in one line, that speak most for an answer and against the likeliest
        other one; None where no words do."""
        weights, words = self._of_text, self._words.words
        likely = self.of(question)
        numbers = {weights.names[one]: one for one in weights.answers[question]}
        speaks = numbers[answer]
        against = numbers[max((one for one in likely if one != answer), key=likely.__getitem__)]
        worth = [0.0] * len(words)
        for row, number in self._words.text_features(weights.rows):
            counts = dict(row)
            worth[number] += counts.get(speaks, 0.0) - counts.get(against, 0.0)
        strongest = max(range(len(worth)), key=worth.__getitem__, default=-1)
        if strongest < 0 or worth[strongest] <= 0:
            return None
        begin, end = strongest, strongest + 1
        while begin > 0 and strongest - begin < _QUOTED // 2 and words[begin - 1] != "\n":
            begin -= 1
        while end < len(words) and end - strongest < _QUOTED // 2 and words[end] != "\n":
            end += 1
        spans = ((first, last) for first in range(begin, strongest + 1) for last in range(strongest, end))
        first, last = max(spans, key=lambda span: math.fsum(worth[span[0] : span[1] + 1]))
        return self._words.span(first, last)
