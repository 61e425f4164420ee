"""Profiles of schema 1: brought up in memory, they mean what they meant, and their file stays as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
import tomli_w
from base import DECIDER, KNOWLEDGE

from socui.deciding.random_profile import random_profile
from socui.profiles.profile import Answer, Profile
from socui.profiles.profile_toml import from_bytes, to_bytes
from socui.profiles.store import Store

TODAY = date(2026, 11, 28)
OLD = {
    "asked_by_finance": ("soc1", "soc2", "unnamed", "questionnaire", "other"),
    "asked_by_security": ("soc2", "soc1", "unnamed", "recurring", "questionnaire", "other"),
    "asked_by_others": ("soc1", "soc2", "unnamed", "questionnaire", "other"),
    "binding": ("soc1", "soc2", "unnamed", "other"),
    "request_detail": ("type2_named", "type1_ok", "fiscal_year_coverage", "alternatives_ok"),
}
"""The answers that schema 1 had on requests."""
NEW = ("asked_by_investors", "anybody_asked", "single_wish", "more_requests")


def old_profile(random: Random) -> Profile:
    """Answers as schema 1 had them, complete or not; where nobody asked nothing was demanded."""
    answers: dict[str, Answer] = dict(random_profile(KNOWLEDGE, random, random.choice((0.5, 0.9, 1.0))).answers)
    for name in NEW:
        answers.pop(name, None)
    for name, options in OLD.items():
        answers[name] = tuple(o for o in options if random.random() < 0.25)
        if random.random() < 0.05:
            del answers[name]
    asked = [answers.get(q, ("?",)) for q in ("asked_by_finance", "asked_by_security", "asked_by_others")]
    if not any(asked):
        answers["binding"] = answers["request_detail"] = ()
    begun = frozenset(q for q in OLD if q in answers and answers[q] and random.random() < 0.05)
    dates = {"needed_by": date(2027, random.randint(1, 12), 5)} if random.random() < 0.3 else {}
    return Profile(answers=answers, begun=begun, dates=dates)


def old_file(profile: Profile) -> bytes:
    document = {
        "kind": "socui-profile",
        "schema": 1,
        "answers": {q: list(a) if isinstance(a, tuple) else a for q, a in profile.answers.items()},
        "begun": dict.fromkeys(sorted(profile.begun), True),
        "dates": dict(profile.dates),
    }
    return tomli_w.dumps(document).encode()


@pytest.mark.parametrize("seed", range(8))
def test_the_result_is_the_same(seed: int) -> None:
    """Headline, verdicts, categories and Types, what is possible and what is likely."""
    random = Random(seed)
    turned = 0
    for _ in range(60):
        profile = old_profile(random)
        loaded = from_bytes(old_file(profile)).profile
        turned += bool(loaded.requests)
        before, after = DECIDER.advise(profile, TODAY), DECIDER.advise(loaded, TODAY)
        assert (after.possible, after.leaning) == (before.possible, before.leaning), loaded.requests
        spoken = [{id: (f.possible, f.leaning) for id, f in a.findings.items()} for a in (before, after)]
        assert spoken[0] == spoken[1]
    assert turned > 20


def test_a_request_has_what_its_answers_said() -> None:
    profile = Profile(
        answers={
            "asked_by_finance": ("soc1", "questionnaire"),
            "asked_by_security": (),
            "asked_by_others": (),
            "binding": ("soc1",),
            "request_detail": ("type2_named",),
        },
        dates={"needed_by": date(2027, 3, 1)},
    )
    first, second = from_bytes(old_file(profile)).profile.requests
    assert (first.id, first.reader, first.asks, first.force) == ("r1", "finance", ("soc1",), "contract")
    assert (first.type, first.needed_by) == ("type2", date(2027, 3, 1))
    assert (second.id, second.asks, second.force) == ("r2", ("questionnaire",), "")


def test_what_was_told_in_part_stays_an_answer() -> None:
    for change in ({"begun": frozenset(["asked_by_finance"])}, {"not_sure": frozenset(["asked_by_others"])}):
        answers: dict[str, Answer] = {"asked_by_finance": ("soc1",), "asked_by_security": ()}
        if "begun" in change:
            answers["asked_by_others"] = ()
        loaded = from_bytes(old_file(Profile(answers=answers, **change))).profile
        assert (loaded.requests, loaded.answers) == ((), answers)


def test_the_file_is_rewritten_only_when_saved(tmp_path: Path) -> None:
    answers: dict[str, Answer] = {"asked_by_finance": ("soc1",), "asked_by_security": (), "asked_by_others": ()}
    answers |= {"binding": (), "request_detail": ()}
    store = Store(tmp_path)
    path = store.root / "old.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        old_file(Profile(answers=answers)).replace(b"schema = 1", b'schema = 1\nid = "00000000000000aa"\nname = "Old"')
    )
    before = path.read_bytes()
    opened = store.open("Old")
    assert [r.asks for r in opened.profile.requests] == [("soc1",)]
    assert path.read_bytes() == before
    saved = store.save(opened.profile.with_note("role", "seen"), opened.digest, opened.path)
    assert b"schema = 2" in path.read_bytes() and b"[[requests]]" in path.read_bytes()
    assert from_bytes(to_bytes(saved.profile)).profile == saved.profile
