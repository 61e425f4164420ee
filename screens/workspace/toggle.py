"""Changes the profile when a line of the questions is chosen."""

from __future__ import annotations

from socui.deciding.answers import toggled, toggled_none, toggled_not_sure
from socui.knowledge.model import Question
from socui.profiles.profile import Profile
from socui.screens.widgets.lines import Tag


def decided(profile: Profile, question: Question, tag: Tag) -> Profile:
    """Return the profile after choosing what that line stands for."""
    match tag[0]:
        case "option":
            return toggled(profile, question, tag[2])
        case "none":
            return toggled_none(profile, question)
        case "unsure":
            return toggled_not_sure(profile, question)
        case "keep":
            return profile.confirmed(question.id)
    return profile
