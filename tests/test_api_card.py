"""The answer card of the library is the one that every paper shows."""

from __future__ import annotations

from datetime import date

import socui
from socui.profiles.profile import Profile
from socui.profiles.records import Event, Evidence, Request
from socui.reports.findings import findings

TODAY = date(2026, 11, 24)


def test_the_library_gives_the_card_of_the_papers() -> None:
    from socui.deciding.precompiled import decider

    answers = {"role": "provide", "customer_types": "organizations", "financial_activities": ["payroll"]}
    request = Request("r1", "Merchant Inc.", "user_auditor", ("soc1",), type="type2", needed_by=date(2027, 9, 30))
    made = socui.answer_card(answers, today=TODAY, organization="Acme", requests=[request])
    profile = Profile(
        organization="Acme",
        requests=(request,),
        answers={"role": "provide", "customer_types": ("organizations",), "financial_activities": ("payroll",)},
    )
    assert made == findings(decider(None), profile, TODAY, full=False).card
    assert made.readers[0].whom == "Merchant Inc."


def test_the_card_counts_what_changes_and_since_when_controls_run() -> None:
    from socui.deciding.precompiled import decider

    answers = {"role": "provide", "customer_types": "organizations", "financial_activities": ["payroll"]}
    event, evidence = Event(None, "system_change", "a ledger"), Evidence(date(2026, 9, 1))
    made = socui.answer_card(answers, today=TODAY, events=[event], evidence=evidence)
    profile = Profile(
        events=(event,),
        evidence=evidence,
        answers={"role": "provide", "customer_types": ("organizations",), "financial_activities": ("payroll",)},
    )
    assert made == findings(decider(None), profile, TODAY, full=False).card
    assert made != socui.answer_card(answers, today=TODAY)
    assert made != socui.answer_card(answers, today=TODAY, evidence=evidence), (
        "a change without a day is among what is assumed"
    )


def test_a_big_change_is_an_answer_to_what_lies_ahead() -> None:
    event = Event(date(2027, 6, 1), "system_change")
    with_it = socui.advise({"role": "provide"}, today=TODAY, events=[event])
    assert with_it.states["service_changes"].recorded == ("migration",)
    assert socui.advise({"role": "provide"}, today=TODAY).states["service_changes"].recorded == ()
