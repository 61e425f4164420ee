"""What choosing a line of the questions does to the profile."""

from __future__ import annotations

from socui.knowledge.model import Question
from socui.profiles.profile import Profile
from socui.screens.widgets.lines import Tag
from socui.screens.widgets.questionnaire import chosen


def ticked(profile: Profile, question: Question, option: str) -> Profile:
    """The profile with that option chosen, or taken back where it was chosen."""
    now = chosen(profile, question)
    if not question.several:
        return profile.cleared(question.id) if now == (option,) else profile.with_answer(question.id, option)
    alone = {o.id for o in question.options if o.alone}
    if now and option in now:
        rest = tuple(o for o in now if o != option)
    elif option in alone:
        rest = (option,)
    else:
        rest = (*(o for o in now or () if o not in alone), option)
    if not rest:
        return profile.cleared(question.id)
    order = {o.id: i for i, o in enumerate(question.options)}
    rest = tuple(sorted(rest, key=lambda o: order.get(o, len(order))))
    return profile.with_answer(question.id, rest, begun=option not in alone or option not in rest)


def decided(profile: Profile, question: Question, tag: Tag) -> Profile:
    """The profile after choosing what that line stands for."""
    match tag[0]:
        case "option":
            return ticked(profile, question, tag[2])
        case "none":
            again = chosen(profile, question) == ()
            return profile.cleared(question.id) if again else profile.with_answer(question.id, ())
        case "unsure":
            if question.id not in profile.not_sure:
                return profile.with_not_sure(question.id)
            kept = chosen(profile, question)  # of a file, or of `ask`, where both can be said at once
            return profile.with_answer(question.id, kept) if kept else profile.cleared(question.id)
        case "keep":
            return profile.confirmed(question.id)
    return profile
