"""Reports have the names that apply where the organization sits, everywhere; what was asked for keeps the name it was given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from base import DECIDER, KNOWLEDGE
from msgspec.structs import replace
from worked import TODAY, WORKED

from socui.deciding.decide import Decider
from socui.knowledge.local_words import a_name, local_knowledge, local_name
from socui.planning.plan_for import plan_for
from socui.profiles.countries import seat
from socui.profiles.country_names import country_name
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.profiles.store import Store
from socui.reports.findings import findings
from socui.reports.letter_writer import letter
from socui.reports.letters import letter_text
from socui.reports.render import report, request
from socui.screens.workspace.state import WorkspaceState

ODD = "CPA firm of bridge letters Ltd"
"""A name that holds what papers say otherwise."""
ASKED = "Send your SOC 1 and SOC 2 report, signed by a CPA firm."


def abroad(country: str) -> Profile:
    both = WORKED["both"]
    asks = tuple(replace(r, words=ASKED) for r in both.requests)
    return replace(both, organization=ODD, country=country, requests=asks)


def papers(country: str) -> dict[str, str]:
    """Everything that one hands over, each as its words in one line, without what the user wrote."""
    profile = abroad(country)
    made = findings(DECIDER, profile, TODAY)
    full, _, _ = report(DECIDER, profile, TODAY).partition("Terms used\n")  # then come facts and sources as published
    memo = report(DECIDER, profile, TODAY, full=False)
    letters = [letter_text(letter(made, r), KNOWLEDGE.texts) for r in profile.requests]
    texts = {
        "memo": memo, "full": full, "quotes": request(DECIDER, profile, TODAY), "first": letters[0], "second": letters[1],
        "json": " ".join(said(json.loads(report(DECIDER, profile, TODAY, "json")))), "app": app(profile),
        "ics": made_calendar(profile),
    }  # fmt: skip
    return {name: " ".join(" ".join(text.split()).replace(ODD, "").split()) for name, text in texts.items()}


def said(value: object, key: str = "") -> Iterator[str]:
    """The texts of a JSON report that people read: no facts and sources, which are as published, no profile."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from said(part, key)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("facts", "sources", "profile"):
                yield from said(part, name)


def app(profile: Profile) -> str:
    """What the workspace says: headline, card and every text of the advice."""
    state = WorkspaceState(Session(Store(Path()), KNOWLEDGE, profile), DECIDER, lambda: TODAY)
    reasons = [r.rule.because for f in state.advice.findings.values() for r in f.reasons]
    notes = [f"{n.note.title}. {n.note.says}" for n in state.advice.notes]
    return " ".join([state.advice.sentence, state.card_text(), *reasons, *notes])


def made_calendar(profile: Profile) -> str:
    from icalendar import Calendar

    from socui.reports.calendar_file import render_calendar

    made = plan_for(DECIDER, profile, TODAY), DECIDER.advise(profile, TODAY)
    events = Calendar.from_ical(render_calendar(profile, *made)).walk("VEVENT")
    return " ".join(f"{e['summary']} {e['description']}" for e in events)


NAMES = [
    ("GB", "an ISAE 3402 or AAF 01/20 (SOC 1) Type 2", "a SOC 2 (ISAE 3000) Type 2", "audit firm"),
    ("IE", "an ISAE 3402 (SOC 1) Type 2", "a SOC 2 (ISAE 3000) Type 2", "audit firm"),
    ("DE", "an ISAE 3402 (SOC 1) Type 2", "a SOC 2 (ISAE 3000) Type 2", "audit firm"),
    ("IN", "an SAE 3402 (SOC 1) Type 2", "a SOC 2 (ISAE 3000) Type 2", "audit firm"),
    ("AU", "an ASAE 3402 (SOC 1) Type 2", "a SOC 2 Type 2", "audit firm"),
    ("CA", "a SOC 1 (CSAE 3416) Type 2", "a SOC 2 Type 2", "CPA firm"),
    ("US", "a SOC 1 Type 2", "a SOC 2 Type 2", "CPA firm"),
]


@pytest.mark.parametrize(("country", "one", "two", "firm"), NAMES)
def test_reports_and_firms_have_the_names_of_the_country(country: str, one: str, two: str, firm: str) -> None:
    for name, text in papers(country).items():
        wanted = [two] if name == "second" else [one] if name == "first" else [one, two]
        if name == "ics":
            wanted = [part.split(" ", 1)[1] for part in wanted]
        assert all(part in text for part in wanted), (name, text)
        assert not re.search(r"\b[Aa] (?:ISAE|ASAE|AAF|audit firm)|\b[Aa]n (?:SOC|CPA)", text), name
        own = " ".join(s for s in re.split(r"(?<=[.?!]) ", text.replace(ASKED, "")) if "United States" not in s)
        assert ("CPA firm" in own) == (firm == "CPA firm" and name != "ics"), (name, own)
        assert country != "GB" or not re.search(r"\bbridge letter", own), name


@pytest.mark.parametrize("country", ["GB", "DE", "AU", "CA"])
def test_a_planned_report_never_stands_by_its_us_name_alone(country: str) -> None:
    """Who asked for what, and the kinds of report in general, keep "SOC 1"; what has days of a plan has its name there."""
    name = local_name("soc1", country)
    for paper, text in papers(country).items():
        for name_used in re.finditer(r"SOC 1 Type 2 (?:report )?(?:for|as of) (?:the period )?\d", text):
            assert text[: name_used.start()].endswith(name.removesuffix("SOC 1")), (
                paper,
                text[name_used.start() - 60 : name_used.end()],
            )


def test_what_was_asked_for_keeps_the_name_it_was_given() -> None:
    for country in ("GB", "AU"):
        memo = papers(country)["memo"]
        assert "Merchant Inc., audit team: SOC 1 Type 2 for the year to 31 Dec 2026" in memo
        assert "made a SOC 1 report a condition" in memo
    uk = WORKED["UK"]
    aaf = replace(uk, requests=(replace(uk.requests[0], asks=("aaf",)),))
    assert "Scheme auditor: an AAF 01/20 report" in report(DECIDER, aaf, TODAY, full=False)
    isae = replace(uk, requests=(replace(uk.requests[0], words="Please send your ISAE-3402 report."),))
    memo = report(DECIDER, isae, TODAY, full=False)
    assert "Scheme auditor: ISAE 3402 Type 2 for the year" in memo and "asked for an ISAE 3402 report" in memo


def test_what_the_user_wrote_keeps_its_words() -> None:
    memo = report(DECIDER, abroad("GB"), TODAY, full=False)
    assert ODD in memo
    assert ASKED in letter_text(
        letter(findings(DECIDER, abroad("GB"), TODAY), abroad("GB").requests[0]), KNOWLEDGE.texts
    )


def test_it_decides_the_same_in_every_country() -> None:
    for country in ("GB", "CA", "FR"):
        local = DECIDER.local(country)
        assert local.compiled is DECIDER.compiled and local.local("") is DECIDER
    assert DECIDER.local("US") is DECIDER.local("CA") is DECIDER and DECIDER.local("FR") is DECIDER.local("IN")
    british = local_knowledge(KNOWLEDGE, "GB")
    assert british.facts is KNOWLEDGE.facts and british.entries is KNOWLEDGE.entries
    assert [r.condition for r in british.rules.values()] == [r.condition for r in KNOWLEDGE.rules.values()]
    assert isinstance(DECIDER.local("GB"), Decider)


def test_names_have_their_article() -> None:
    assert [a_name(n) for n in ("SOC 1", "ISAE 3402 (SOC 1)", "ASAE 3402 (SOC 1)")] == [
        "a SOC 1", "an ISAE 3402 (SOC 1)", "an ASAE 3402 (SOC 1)"
    ]  # fmt: skip


def test_countries_have_names() -> None:
    assert [country_name(c) for c in ("GB", "uk", "DE", "Atlantis", "")] == [
        "United Kingdom", "United Kingdom", "Germany", "Atlantis", ""
    ]  # fmt: skip
    assert [seat(Profile(country=c)) for c in ("uk", "United States", "usa", "DE", "")] == ["GB", "US", "US", "DE", ""]
    assert "Country - United Kingdom" in " ".join(request(DECIDER, WORKED["UK"], TODAY).split())


def test_fees_are_said_to_be_those_of_the_united_states_and_what_to_ask_for() -> None:
    text = papers("GB")["memo"]
    assert "in the United States usually USD" in text and "fixed fee in your currency" in text
    assert "US figures: published SOC 2 first-year totals" in text
    home = papers("US")["memo"]
    assert "US figures" not in home and "your currency" not in home


def test_the_legend_of_a_picture_has_the_words_of_the_country() -> None:
    """Beside a bar that a letter of management bridges."""
    one = replace(WORKED["renewals"], country="GB")
    html = report(DECIDER, one, TODAY, "html", full=False)
    assert "bridging letter</text>" in html and "bridge letter" not in html
    assert "bridge letter</text>" in report(DECIDER, WORKED["renewals"], TODAY, "html", full=False)
