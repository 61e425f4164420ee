"""Papers use the names that apply where the organization sits, and say once what they are called in the United States."""

from __future__ import annotations

import re

import pytest
from base import DECIDER, KNOWLEDGE
from msgspec.structs import replace
from worked import TODAY, WORKED

from socui.profiles.countries import seat
from socui.profiles.country_names import country_name
from socui.profiles.profile import Profile
from socui.reports.findings import findings
from socui.reports.letter_writer import letter
from socui.reports.letters import letter_text
from socui.reports.local_words import local_say
from socui.reports.render import report, request

ODD = "SOC 1 Pensions Ltd"
"""A name that holds what papers say otherwise."""


def papers(country: str) -> dict[str, str]:
    both = WORKED["both"]
    asks = tuple(replace(r, words="Send your SOC 1 and SOC 2 report.") for r in both.requests)
    profile = replace(both, organization=ODD, country=country, requests=asks)
    made = findings(DECIDER, profile, TODAY, full=False)
    memo = report(DECIDER, profile, TODAY, full=False)
    letters = [letter_text(letter(made, r), KNOWLEDGE.texts) for r in asks]
    texts = {"memo": memo, "quotes": request(DECIDER, profile, TODAY), "first": letters[0], "second": letters[1]}
    return {name: " ".join(text.split()) for name, text in texts.items()}


@pytest.mark.parametrize(
    ("country", "one", "two", "explained"),
    [
        ("GB", "an ISAE 3402 or AAF 01/20 Type 2", "an ISAE 3000 (SOC 2) Type 2", True),
        ("IE", "an ISAE 3402 Type 2", "an ISAE 3000 (SOC 2) Type 2", True),
        ("AU", "an ASAE 3402 Type 2", "a SOC 2 Type 2", True),
        ("CA", "a SOC 1 (CSAE 3416) Type 2", "a SOC 2 Type 2", False),
        ("DE", "an ISAE 3402 (SOC 1) Type 2", "an ISAE 3000 (SOC 2) Type 2", False),
    ],
)
def test_reports_have_the_names_of_the_country(country: str, one: str, two: str, explained: bool) -> None:
    for name, text in papers(country).items():
        assert (one if name != "second" else two) in text, (name, text)
        without = re.sub(
            r'US counterpart of [^.]* SOC 1|SOC 1 Pensions Ltd|"?Send your SOC 1 and SOC 2 report|first year of a SOC 2',
            "",
            text,
        )
        bare = re.sub(r"\(SOC [12]\)|SOC 1 \(CSAE 3416\)|SOC [123]®", "", without)
        assert "SOC 1" not in bare and (country in ("AU", "CA") or "SOC 2" not in bare), (name, bare)
        assert not re.search(r"\b[Aa] (?:ISAE|ASAE|AAF)|\b[Aa]n SOC|CPA firm", text), name
        assert ("The US counterpart of" in text) is (explained and name != "second"), name
        assert ODD in text


def test_at_home_nothing_is_said_otherwise() -> None:
    for text in papers("US").values():
        assert "ISAE" not in text and "counterpart" not in text


def test_what_the_user_wrote_keeps_its_words() -> None:
    say = local_say(replace(WORKED["UK"], organization=ODD))
    assert say(f"{ODD} needs a SOC 1 report.") == f"{ODD} needs an ISAE 3402 or AAF 01/20 report."
    assert (
        say(say("A SOC 1 report and a SOC 2 report"))
        == "An ISAE 3402 or AAF 01/20 report and an ISAE 3000 (SOC 2) report"
    )


def test_a_report_that_is_asked_for_by_two_names_is_named_once_there() -> None:
    say = local_say(WORKED["UK"])
    once = "an ISAE 3402 or AAF 01/20 report"
    assert say("a SOC 1 report or an AAF 01/20 report") == say("a SOC 1 report") == once
    assert say("SOC 1 or AAF 01/20") == "ISAE 3402 or AAF 01/20"


def test_countries_have_names() -> None:
    assert [country_name(c) for c in ("GB", "uk", "DE", "Atlantis", "")] == [
        "United Kingdom", "United Kingdom", "Germany", "Atlantis", ""
    ]  # fmt: skip
    assert [seat(Profile(country=c)) for c in ("uk", "United States", "usa", "DE", "")] == ["GB", "US", "US", "DE", ""]
    assert "Country - United Kingdom" in " ".join(request(DECIDER, WORKED["UK"], TODAY).split())


def test_a_bridge_letter_is_a_bridging_letter_in_the_united_kingdom() -> None:
    said = "A bridge letter can follow. In the United Kingdom a bridge letter is called a bridging letter."
    assert local_say(WORKED["UK"])(said).startswith(
        "A bridging letter can follow. In the United Kingdom a bridge letter is called"
    )
    assert local_say(replace(WORKED["UK"], country="IE"))(said) == said


def test_figures_of_us_reports_are_said_to_be_such() -> None:
    text = papers("GB")["memo"]
    assert "US figures: published totals for the first year of a SOC 2 report" in text
    assert "US figures: published" not in papers("US")["memo"]
