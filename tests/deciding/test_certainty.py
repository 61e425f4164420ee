"""One ladder of certainty: a word says exactly what is still possible, and the headline uses the same word."""

from __future__ import annotations

from datetime import date
from random import Random

from base import DECIDER, KNOWLEDGE, WIDTH

from socui.deciding.advice import CERTAINTY, REPORTS
from socui.deciding.random_profile import random_profile
from socui.profiles.profile import Profile
from socui.profiles.records import Request

TODAY = date(2026, 11, 24)


def test_the_word_follows_from_what_is_possible() -> None:
    random, met = Random(11), set()
    for _ in range(120 * WIDTH):
        advice = DECIDER.advise(random_profile(KNOWLEDGE, random, random.random()), TODAY)
        for report in REPORTS:
            finding = advice.findings[report]
            met.add(finding.certainty)
            may, must = (f({v in ("expected", "required") for v in finding.possible}) for f in (any, all))
            assert (finding.certainty == "Yes") == must
            if finding.certainty == "No":
                assert not may and "clarify" not in finding.possible
            if not may and finding.leaning != "clarify":
                assert finding.certainty in ("No", "Probably not")
            if "required" in finding.label:
                assert finding.possible == ("required",), "required is said of what is certain alone"
    assert met == {*CERTAINTY}


def test_the_headline_says_the_same_word() -> None:
    random, met = Random(12), 0
    for _ in range(100 * WIDTH):
        advice = DECIDER.advise(random_profile(KNOWLEDGE, random, random.random()), TODAY)
        if "SOC 1: " in advice.sentence:
            met += 1
            for report, name in (("soc1", "SOC 1"), ("soc2", "SOC 2")):
                finding = advice.findings[report]
                if "keep" in finding.short_label:
                    probably = "probably just " * (finding.certainty == "Probably not")
                    assert f"{name}: {probably}keep the report you hold" in advice.sentence
                    continue
                word = finding.certainty.lower()
                assert f"{name}: {word}." in advice.sentence or f"{name}: {word}, assuming" in advice.sentence
        assert (
            advice.settled
            or "assum" not in advice.sentence
            or "can still" in advice.sentence
            or "decides" in advice.sentence
        )
    assert met > 30


def test_what_a_headline_assumes_was_not_answered() -> None:
    random, met = Random(13), 0
    for _ in range(100 * WIDTH):
        profile = random_profile(KNOWLEDGE, random, random.random())
        advice = DECIDER.advise(profile, TODAY)
        for presumption in KNOWLEDGE.presumptions:
            if presumption.assumed and presumption.assumed in advice.sentence:
                met += 1
                assert presumption.question not in profile.answers or presumption.question in profile.begun
    assert met > 10


def test_a_question_back_rests_on_no_silence_about_what_was_ruled_out_already() -> None:
    """Staff under the client's direction are asked for a report: whether a contract names it does not make it too early to
    ask back. Where nobody said what reaches clients' books, it is."""
    staff = {
        "role": "provide",
        "customer_types": ("organizations",),
        "delivery_model": ("staff",),
        "more_requests": "no",
    }
    asked = Request("r1", "Client", "security", ("soc2",))
    advice = DECIDER.advise(Profile(answers=staff, requests=(asked,)), TODAY)
    assert advice.leaning == "clarify" and not advice.findings["soc2"].early and "Too early" not in advice.sentence
    auditor = Request("r1", "Auditor", "user_auditor", ("soc2",))
    bare = {
        "role": "provide",
        "customer_types": ("organizations",),
        "delivery_model": ("outsourced_process",),
        "more_requests": "no",
    }
    assert DECIDER.advise(Profile(answers=bare, requests=(auditor,)), TODAY).findings["soc1"].certainty == "Open"
