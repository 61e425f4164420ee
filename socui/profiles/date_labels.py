"""Names the dates of a profile: whose fiscal year ends, by when a report is needed."""

from __future__ import annotations

from socui.profiles.profile import Profile
from socui.text import visible

_LABELS = {"needed_by": "Report needed by", "year_end": "Clients' fiscal year end"}
_OBTAINING = {"needed_by": "Vendors' reports needed by", "year_end": "Your fiscal year end"}
"""For who asks vendors for their reports: the year that those have to cover is its own."""


def date_label(profile: Profile, name: str) -> str:
    """Return what a date of that profile is called; one of an unknown name by that name."""
    labels = _OBTAINING if profile.answers.get("role") == "obtain" else _LABELS
    return labels.get(name) or visible(name)
