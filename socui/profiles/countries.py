"""The country in which a service organization sits, from the profile's own key or from the answer on it."""

from __future__ import annotations

from collections.abc import Mapping

from socui.profiles.profile import Profile

QUESTION = "country_region"
SEATS: Mapping[str, str] = {"us": "US", "uk": "GB", "eu": "EU", "canada": "CA", "australia": "AU", "other": "ZZ"}
"""An ISO 3166 code by answer. EU and ZZ are reserved there for the European Union and for a country that is not named."""


def seat(profile: Profile) -> str:
    """The country of the service organization as an ISO 3166 code; empty where neither the profile nor an answer tells it."""
    answer = profile.answers.get(QUESTION)
    return profile.country or SEATS.get(answer if isinstance(answer, str) else "", "")
