"""Begins an interview with what happened, which may be a request."""

from __future__ import annotations

from collections.abc import Container

from socui.profiles.profile import Profile, free_id
from socui.profiles.record_labels import READER_OF_START
from socui.profiles.records import Request

ROLE = "role"
MORE = "more_requests"
"""The question that closes the list of requests, where the knowledge has it."""


def begun_with(profile: Profile, start: str, questions: Container[str]) -> tuple[Profile, Request | None]:
    """Return the profile with what happened, one of socui.profiles.record_labels.START, and the request that it
    begins with: that is not recorded yet. `questions` are those of the knowledge."""
    if start == "vendors":
        return profile.with_answer(ROLE, "obtain"), None
    if start == "nobody":
        profile = profile.with_answer(ROLE, "provide")
        return (profile.with_answer(MORE, "no") if MORE in questions else profile), None
    if start in READER_OF_START:
        return profile.with_answer(ROLE, "provide"), Request(free_id(profile), reader=READER_OF_START[start])
    return profile, None


def is_untouched(profile: Profile) -> bool:
    """Return whether nothing was answered or recorded, so that an interview begins with what happened."""
    return not (profile.answers or profile.not_sure or profile.requests)
