"""The examples: what they hold is known to the base, their result is what they say, and they never grow old."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest

from socui.deciding.decide import Decider
from socui.planning.plan_for import plan_for
from socui.profiles.examples import WRITTEN, example, examples
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import from_bytes, to_bytes
from socui.profiles.records import FIELD_WORDS, Event, Evidence, ReportHeld, Request
from socui.reports.card import card

NAMES = tuple(examples())
DAYS = (date(2024, 2, 29), date(2026, 11, 21), WRITTEN, date(2026, 12, 21), date(2027, 3, 31), date(2031, 7, 1))


def records(profile: Profile) -> list[Request | ReportHeld | Event | Evidence]:
    """Every record of a profile."""
    return [*profile.requests, *profile.reports_held, *profile.events, profile.evidence]


def test_there_is_one_for_each_kind_of_organization() -> None:
    kinds = {"payroll-bureau", "claims-administrator", "fund-administrator", "data-center", "managed-it", "saas-deal",
             "ai-api", "third-party-logistics", "partner-bank-fintech", "installed-software"}  # fmt: skip
    assert kinds | {"fintech-payments", "early-saas"} == set(NAMES)
    assert len({p.id for p in examples().values()}) == len({p.name for p in examples().values()}) == len(NAMES)
    assert {p.result for p in examples().values()} == {"soc1", "soc2", "both", "neither"}


@pytest.mark.parametrize("name", NAMES)
def test_all_that_it_says_is_known_to_the_base(decider: Decider, name: str) -> None:
    profile, knowledge = examples()[name], decider.knowledge
    assert profile.knowledge == knowledge.version and profile.country and not profile.extra
    for id, answer in profile.answers.items():
        question = knowledge.questions[id]
        assert not question.derived, f"{id} follows from the requests"
        options = {option.id for option in question.options}
        assert question.several is isinstance(answer, tuple)
        assert {*answer} <= options if isinstance(answer, tuple) else answer in options, id
    assert profile.answers["more_requests"] == "no"
    for record in records(profile):
        assert not record.extra
        for attribute, words in FIELD_WORDS[type(record)].items():
            value = getattr(record, attribute)
            assert {*value} <= {*words} if isinstance(value, tuple) else not value or value in words, attribute
    for request in profile.requests:
        assert request.asked_by.startswith("Example "), "a name that is nobody's"
        assert request.reader and request.asks and request.force and request.received
    assert from_bytes(to_bytes(profile)).profile == profile


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_it_is_settled_with_the_result_it_says_whenever_it_is_opened(decider: Decider, name: str, day: date) -> None:
    profile = examples(day)[name]
    advice = decider.advise(profile, day)
    assert advice.result == profile.result and not advice.matter
    made = card(decider.knowledge, profile, advice, plan_for(decider, profile, day))
    assert made.settled, made.status
    assert not made.late and not made.check, made.late
    assert bool(made.reports) is (profile.result != "neither")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_is_past_stays_past_and_what_is_due_stays_due(day: date) -> None:
    for name, profile in examples(day).items():
        written = examples()[name]
        for now, then in zip(records(profile), records(written), strict=True):
            for attribute in type(now).__struct_fields__:
                one, other = getattr(now, attribute), getattr(then, attribute)
                if not isinstance(other, date):
                    assert one == other
                    continue
                assert (one < day) is (other < WRITTEN), (name, attribute)
                assert abs((one - day) - (other - WRITTEN)) < timedelta(34)
                assert (one.day == monthrange(one.year, one.month)[1]) >= (
                    other.day == monthrange(other.year, other.month)[1]
                )
        assert profile.answers == written.answers


def test_a_copy_of_one_has_no_name_and_no_id() -> None:
    copy = example("saas-deal", date(2027, 11, 30))
    assert (copy.name, copy.id, copy.result) == ("", "", "")
    assert copy.requests[0].needed_by == date(2028, 3, 31)
