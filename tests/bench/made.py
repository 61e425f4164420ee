"""What the figures are measured on: a named profile, folders of profiles, tables of organizations."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from msgspec.structs import replace

from socui.deciding.random_profile import random_profile
from socui.knowledge.conditions import NONE
from socui.knowledge.load import load_knowledge
from socui.profiles.examples import example
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import to_bytes

NAME = "Bench"
OPEN_QUESTION = "financial_link"
"""A question with several answers, each of which can change the headline: its ticks are the answers that are timed."""
START = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def full() -> Profile:
    """The profile NAME: the example with nearly every question answered. OPEN_QUESTION is not, so that the interview stands there."""
    profile = replace(example("fintech-payments"), id=f"{1:016x}", name=NAME)
    return replace(profile, answers={q: a for q, a in profile.answers.items() if q != OPEN_QUESTION})


def home(folder: Path, count: int = 0) -> dict[str, str]:
    """The environment of a user whose folder holds the profile NAME and `count` others; NAME as new where it was used."""
    profiles = folder / "config" / "socui" / "profiles"
    profiles.mkdir(parents=True, exist_ok=True)
    (profiles / "bench.toml").write_bytes(to_bytes(full()))
    for i in range(count):
        about = {"name": f"Profile {i:05}", "organization": f"Organization {i % 97}", "result": "soc2"}
        times = {"created": START, "updated": START + timedelta(minutes=i)}
        (profiles / f"profile-{i:05}.toml").write_bytes(to_bytes(replace(full(), id=f"{i + 2:016x}", **about, **times)))
    return {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }


def table(file: Path, rows: int, answered: float) -> None:
    """A CSV of so many random organizations with about that share of the questions answered."""
    knowledge, random = load_knowledge(), Random(7)
    with file.open("w", newline="") as out:
        write = csv.writer(out).writerow
        write(["name", *knowledge.questions])
        for i in range(rows):
            answers = random_profile(knowledge, random, answered).answers
            cells = [answers.get(q) for q in knowledge.questions]
            write([f"row {i}", *(_cell(c) for c in cells)])


def _cell(answer: str | tuple[str, ...] | None) -> str:
    if answer is None or isinstance(answer, str):
        return answer or ""
    return ";".join(answer) or NONE
