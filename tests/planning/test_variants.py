"""Dated situations of every kind that plans are asked for get the plan that a practitioner would hand over."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from base import DECIDER

from socui.planning.claims import texts_of
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.profiles.records import Event, Evidence, ReportHeld, Request, record_of

VARIANTS = tomllib.loads(Path(__file__).with_name("variants.toml").read_text("utf-8"))["variant"]
REACHES = {
    ("soc1",): {"financial_link": ("posts",), "financial_activities": ("payroll",), "entrusted": ()},
    ("soc2",): {"financial_link": (), "financial_activities": (), "entrusted": ("business_confidential",)},
    ("soc1", "soc2"): {
        "financial_link": ("posts",),
        "financial_activities": ("payroll",),
        "entrusted": ("employee_personal",),
    },
}
SERVICE = {
    "role": "provide",
    "customer_types": ("organizations",),
    "delivery_model": ("outsourced_process",),
    "audited_clients": "many",
    "client_check": "approves",
    "more_requests": "no",
}


def profile_of(variant: dict[str, Any]) -> Profile:
    answers: dict[str, Any] = {**SERVICE, **REACHES[tuple(variant["reports"])]}
    if "controls_age" in variant:
        answers["controls_age"] = variant["controls_age"]
    dates = {}
    if variant.get("year_end") == "mixed":
        answers["client_year_end"] = "mixed"
    elif "year_end" in variant:
        month, day = map(int, variant["year_end"].split("-"))
        dates["year_end"] = date(variant["today"].year, month, day)
    return Profile(
        answers=answers,
        dates=dates,
        country=variant.get("country", "US"),
        requests=tuple(record_of(Request, r) for r in variant["requests"]),
        reports_held=tuple(record_of(ReportHeld, r) for r in variant.get("held", ())),
        events=tuple(record_of(Event, e) for e in variant.get("events", ())),
        evidence=Evidence(variant.get("since")),
    )


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v["kind"])
def test_the_plan_is_a_practitioners(variant: dict[str, Any]) -> None:
    plan = plan_for(DECIDER, profile_of(variant), variant["today"])
    for report, type, begin, begin_to, end, end_to in variant["first"]:
        kind = [r for r in plan.of(report) if r.type == type] if variant.get("not_first") else [*plan.of(report)]
        if variant.get("not_first") and not kind:
            continue
        planned = kind[0]
        assert planned.type == type
        assert begin <= (planned.begins or planned.as_of or date.min) <= begin_to
        assert end <= planned.last <= end_to
    assert len(variant["answers"]) == len(plan.requests)
    for (who, answers, least, most), request in zip(variant["answers"], plan.requests, strict=True):
        assert request.asked_by == who
        assert request.answer in answers, request.sentence
        assert least <= (request.months_tested or 0) <= most, request.sentence
        assert request.answer == "on_time" or request.meanwhile, "what is not safe has something to send"
    text = " ".join(texts_of(plan))
    for words in variant.get("says", ()):
        assert words in text, (words, text)
