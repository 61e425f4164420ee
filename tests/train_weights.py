"""Learns the weights of words from the labelled texts: python tests/train_weights.py [--held-out N] [-o FILE]

Writes data/weights.toml. For each question (socui/asking/reading/weights.py) it fits a softmax regression by gradient descent
with a step of its own for each weight (AdaGrad), drawing all weights to zero, so that those that tell little are left out; a
feature counts that stands in RARE texts or more. The same texts give the same file. `--held-out N` leaves out every
third text from the Nth on.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from socui.asking.reading.features import OF_TEXT, PLACES, SeenWords, seen_words
from socui.asking.reading.matcher import match_text
from socui.asking.reading.phrases import load_phrases
from socui.asking.reading.weights import ANY_REQUEST, NAME, SILENT, UNIT, load_weights
from socui.data import FOLDER

CASES = Path(__file__).parent / "cases"
FIELDS = ("side", "reader", "force", "subject", "type")
RARE = 2
EPOCHS, STEP, DRAW = 12, 0.5, 0.06
"""Rounds over all texts; the step, and how much a weight is drawn to zero after each round."""
LEAST = 0.05
"""Weights that are less are left out of the file."""

Features = dict[str, float]
Example = tuple[Features, str]


def read(text: str) -> SeenWords:
    """Return the words of a text."""
    phrases = load_phrases()
    return seen_words(match_text(text, phrases), phrases.families)


def spelled(words: SeenWords) -> dict[str, dict[str, str]]:
    """Return how every feature that a text may have is written in the file, by its first word or place and by the second."""
    lists = {name for families in words.families for name in families}
    seconds = ["", *{*words.words, *words.plain, *lists}]
    return {
        first: {second: f"{first} {second}" if second else first for second in seconds}
        for first in {*seconds[1:], *PLACES}
    }


def of_text(words: SeenWords) -> Features:
    """Return what a text has, each feature once, and what it counts."""
    return dict.fromkeys((feature for feature, _ in words.text_features(spelled(words))), words.text_worth())


def of_names(words: SeenWords) -> Iterator[tuple[tuple[str, ...], Features]]:
    """Yield for each report of a text what it may stand for, and what is around it."""
    every = spelled(words)
    for number, name in words.names:
        worth = words.name_worth(number)
        features = dict.fromkeys(words.bag_features(every), OF_TEXT * worth)
        yield name.phrase.values, features | dict.fromkeys(words.name_features(number, every), worth)


def examples(texts: Iterable[dict[str, Any]], sentences: dict[str, dict[str, list[str]]]) -> dict[str, list[Example]]:
    """Return by question what is to be learned. A label that is unclear teaches nothing."""
    found: dict[str, list[Example]] = {question: [] for question in (ANY_REQUEST, NAME, *FIELDS)}
    for text in texts:
        words = read(text["words"])
        features, labels, unclear = of_text(words), text["expect"], text.get("unclear", ())
        silent = labels.get("none", False)
        found[ANY_REQUEST].append((features, "none" if silent else "yes"))
        for field in () if silent else FIELDS:
            if field not in unclear:
                found[field].append((features, labels.get(field, SILENT)))
        if silent or "asks" not in unclear:
            found[NAME] += _names(words, set(labels.get("asks", ())), set(labels.get("refused", ())), set(unclear))
    for field, by_value in sentences.items():
        for value, lines in by_value.items():
            for line in lines:
                words = read(line)
                values = set(value.split("+"))
                if field in FIELDS:
                    found[field].append((of_text(words), SILENT if value == "none" else value))
                elif field == "either" and value == "true":
                    found[NAME] += [(features, "asked") for _, features in of_names(words)]
                elif field == "asks":
                    found[NAME] += _names(words, values, set(), set())
                elif field == "refused" and value != "none":
                    found[NAME] += [(f, "refused") for named, f in of_names(words) if values & set(named)]
    for question, example in of_phrases():
        found[question].append(example)
    return found


def of_phrases() -> Iterator[tuple[str, Example]]:
    """Yield what the examples of the phrases teach: what they tell, and that a report is asked for."""
    for phrase in load_phrases():
        for words in map(read, phrase.examples):
            if phrase.tells in FIELDS and (phrase.tells, phrase.values) != ("side", ("provide",)):
                yield phrase.tells, (of_text(words), phrase.values[0])
            elif phrase.tells == "asking" and phrase.values[0] == "here":
                yield ANY_REQUEST, (of_text(words), "yes")
                yield from ((NAME, (features, "asked")) for _, features in of_names(words))


def _names(words: SeenWords, asked: set[str], refused: set[str], unclear: set[str]) -> Iterator[Example]:
    for values, features in of_names(words):
        if asked & set(values):
            yield features, "asked"
        elif refused & set(values):
            if "refused" not in unclear:
                yield features, "refused"
        elif values[0] != "soc_unnamed" or not any(value.startswith("soc") for value in asked):
            yield features, "passing"


def fit(learned: list[Example]) -> dict[str, Features]:
    """Return by answer the weight of each feature; that of "" stands for every text."""
    often = Counter(feature for features, _ in learned for feature in features)
    kept = [({f: x for f, x in features.items() if often[f] >= RARE} | {"": 1.0}, y) for features, y in learned]
    answers = sorted({answer for _, answer in kept})
    weights: dict[str, list[float]] = {f: [0.0] * len(answers) for features, _ in kept for f in features}
    squares: dict[str, list[float]] = {f: [1e-3] * len(answers) for f in weights}
    order = random.Random(1)
    for _ in range(EPOCHS):
        order.shuffle(kept)
        for features, right in kept:
            sums = [0.0] * len(answers)
            for feature, worth in features.items():
                for number, weight in enumerate(weights[feature]):
                    sums[number] += worth * weight
            most = max(sums)
            powers = [math.exp(one - most) for one in sums]
            total = sum(powers)
            for number, answer in enumerate(answers):
                miss = powers[number] / total - (answer == right)
                if abs(miss) < 0.01:
                    continue
                for feature, worth in features.items():
                    slope = miss * worth
                    squares[feature][number] += slope * slope
                    weights[feature][number] -= STEP * slope / math.sqrt(squares[feature][number])
        for feature, row in weights.items():
            for number, weight in enumerate(row) if feature else ():
                drawn = abs(weight) - DRAW * STEP / math.sqrt(squares[feature][number])
                row[number] = math.copysign(drawn, weight) if drawn > 0 else 0.0
    return {
        answer: {f: row[number] for f, row in weights.items() if not f or abs(row[number]) >= LEAST}
        for number, answer in enumerate(answers)
    }


def written(fitted: dict[str, dict[str, Features]]) -> str:
    """Return the file."""
    lines = ["# How much words speak for what a request says, in hundredths; learned by tests/train_weights.py, not to be edited.",
             '# [question.answer], then by feature its weight; "" counts for every text.']  # fmt: skip
    for question, answers in fitted.items():
        for answer, weights in answers.items():
            lines += ["", f"[{question}.{answer}]"]
            for feature, weight in sorted(weights.items()):
                escaped = feature.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
                lines.append(f'"{escaped}" = {round(weight * UNIT)}')
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Learn and write, or learn without some texts and print how those are answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", type=int)
    parser.add_argument("-o", type=Path, default=FOLDER / "weights.toml")
    options = parser.parse_args(arguments)
    texts = tomllib.loads((CASES / "requests.toml").read_text("utf-8"))["text"]
    sentences = tomllib.loads((CASES / "request_sentences.toml").read_text("utf-8"))
    held = texts[options.held_out :: 3] if options.held_out is not None else []
    fitted = {q: fit(e) for q, e in examples([t for t in texts if t not in held], sentences).items()}
    options.o.write_text(written(fitted), "utf-8")
    load_weights.cache_clear()
    print(f"{options.o}: {options.o.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
