"""Records beside answers to the same question: what counts, and that it is said."""

from __future__ import annotations

import json
from datetime import date

import pytest
from base import DECIDER, KNOWLEDGE

from socui.asking.recorded import changes_ahead, unrecorded_change
from socui.deciding.answers import recorded_words
from socui.profiles.profile import Profile
from socui.profiles.records import Event, Evidence, ReportHeld
from socui.reports.render import reporter

TODAY = date(2026, 11, 30)
PAST, AHEAD, LATER = date(2026, 11, 29), date(2026, 11, 30), date(2027, 6, 1)
PLATFORM, BUREAU = Event(LATER, "system_change"), Event(AHEAD, "acquisition")


def counts(answer: str | None, *events: Event, not_sure: bool = False) -> tuple[frozenset[str], str]:
    """What is known of the changes ahead, and what is said of records beside the answer."""
    answers = {"role": "provide", **({"service_changes": answer} if answer else {})}
    profile = Profile(answers=answers, events=events)
    profile = profile.with_not_sure("service_changes") if not_sure else profile
    counting = DECIDER.given(profile, TODAY).get("service_changes")
    recorded = DECIDER.advise(profile, TODAY).states["service_changes"].recorded
    words = recorded_words(profile, KNOWLEDGE.questions["service_changes"], recorded) if recorded else ""
    return counting.chosen if counting else frozenset(), words


@pytest.mark.parametrize(
    ("answer", "events", "chosen", "words"),
    [
        (None, (), None, ""),
        (None, (PLATFORM,), "migration", "migration, as recorded"),
        (None, (PLATFORM, BUREAU), "acquisition", "acquisition, as recorded"),
        (None, (Event(None, "system_change"), BUREAU), "acquisition", "acquisition, as recorded"),
        (None, (Event(None, "system_change"),), "migration", "migration, as recorded"),
        (None, (Event(PAST, "acquisition"),), None, ""),
        (None, (Event(LATER, "merger"), Event(LATER)), None, ""),
        ("none", (Event(PAST, "acquisition"),), "none", ""),
        ("none", (PLATFORM,), "migration", "migration, as recorded (answered: no change)"),
        ("migration", (PLATFORM,), "migration", ""),
        ("new_service", (PLATFORM,), "new_service", ""),
        ("acquisition", (PLATFORM,), "acquisition", ""),
    ],
)
def test_a_change_on_record_counts_where_the_answer_names_none(
    answer: str | None, events: tuple[Event, ...], chosen: str | None, words: str
) -> None:
    assert counts(answer, *events) == (frozenset([chosen] if chosen else []), words)


def test_a_change_on_record_counts_where_somebody_is_not_sure() -> None:
    assert counts("none", PLATFORM, not_sure=True)[0] == {"migration"}


def test_a_day_of_a_change_that_came_is_no_change_ahead() -> None:
    assert changes_ahead((Event(AHEAD, "acquisition"),), AHEAD) == "acquisition"
    assert changes_ahead((Event(AHEAD, "acquisition"),), LATER) == ""


@pytest.mark.parametrize(
    ("answer", "events", "kind"),
    [
        ("none", (), ""),
        ("migration", (), "system_change"),
        ("new_service", (), "system_change"),
        ("acquisition", (PLATFORM,), "acquisition"),
        ("migration", (PLATFORM,), ""),
        ("migration", (Event(None, "system_change"),), ""),
    ],
)
def test_a_change_that_is_only_answered_wants_a_record(answer: str, events: tuple[Event, ...], kind: str) -> None:
    profile = Profile(answers={"service_changes": answer}, events=events)
    assert unrecorded_change(profile) == kind
    assert unrecorded_change(profile.with_not_sure("service_changes")) == ""


def test_reports_held_and_evidence_beside_another_answer_are_said_to_count() -> None:
    """None of it is in conflict in silence: the record counts, and what was answered stands beside it."""
    profile = Profile(
        answers={"role": "provide", "existing_reports": (), "controls_age": "over_12m"},
        reports_held=(ReportHeld("soc2", "type2"),),
        evidence=Evidence(date(2026, 10, 1)),
    )
    states = DECIDER.advise(profile, TODAY).states
    words = {q: recorded_words(profile, s.question, s.recorded) for q, s in states.items() if s.recorded}
    assert words == {
        "existing_reports": "SOC 2 Type 2, as recorded (answered: none of these)",
        "controls_age": "under 3 months, as recorded (answered: over a year)",
    }


def test_papers_and_data_say_what_counts_beside_the_answer() -> None:
    profile = Profile(answers={"role": "provide", "service_changes": "none"}, events=(PLATFORM,))
    write = reporter(DECIDER, profile, TODAY, full=True)
    assert "We migrate systems, as recorded (answered: No)" in " ".join(write("text").decode().split())
    data = json.loads(write("json"))
    assert data["profile"]["answers"]["service_changes"] == "none"
    assert data["questions"]["service_changes"]["recorded"] == ["migration"]
