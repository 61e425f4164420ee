"""The country in which a service organization sits, from the profile's own key or from the answer on it."""

from __future__ import annotations

from collections.abc import Mapping

from socui.profiles.country_names import country_code
from socui.profiles.profile import Profile

COUNTRY_QUESTION = "country_region"
SEATS: Mapping[str, str] = {"us": "US", "uk": "GB", "eu": "EU", "canada": "CA", "australia": "AU", "other": "ZZ"}
"""An ISO 3166 code by answer. EU and ZZ are reserved there for the European Union and for a country that is not named."""


REGIONS: Mapping[str, str] = {"US": "us", "GB": "uk", "UK": "uk", "CA": "canada", "AU": "australia"} | dict.fromkeys(
    (
        "EU",
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ),
    "eu",
)
"""The answer by ISO 3166 code; every other country is "other"."""


def region(country: str) -> str:
    """Return the answer on where the organization sits that a country stands for; empty where it is no code of a
    country."""
    code = country.strip().upper()
    return REGIONS.get(code, "other") if len(code) == 2 and code.isascii() and code.isalpha() else ""


def seat(profile: Profile) -> str:
    """Return the country of the service organization as an ISO 3166 code; empty where neither the profile nor an
    answer tells it."""
    answer = profile.answers.get(COUNTRY_QUESTION)
    return country_code(profile.country) or SEATS.get(answer if isinstance(answer, str) else "", "")
