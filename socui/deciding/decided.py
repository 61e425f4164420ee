"""Holds what is known of a profile, worked out once. Everything else is concluded from this value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from socui.asking.given import Given
from socui.deciding.advice import Presumed
from socui.deciding.ways import Ways
from socui.profiles.profile import Profile


class Decided(Struct, frozen=True):
    """A profile as a decider sees it.

    `worlds` are the ways to read its records, each with everything that is known in it; usually one. `answers` is what
    they have in common. `ways` fix the variables of each world. `filled` are the effective answers of the leaning, all
    complete, `presumed` those of them that nobody gave, and `lean` fixes every variable as the leaning has it. `asks_back`
    where the leaning is a question back, because what somebody will use a report for decides which one it is.
    """

    profile: Profile
    today: date | None
    answers: Mapping[str, Given]
    worlds: tuple[Mapping[str, Given], ...]
    ways: Ways
    filled: Mapping[str, Given]
    presumed: tuple[Presumed, ...]
    lean: Mapping[int, int]
    asks_back: bool = False
