"""`socui show`: a profile with its answers, records, dates and notes, and the answer card."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from socui.cli.output import put, say
from socui.deciding.answers import option_words, recorded_words
from socui.profiles.migrate import brought_up, since_saved
from socui.profiles.profile import Profile
from socui.profiles.read_only import OTHER_FOLDER, open_anywhere
from socui.profiles.record_words import records_in_words, request_title, request_words
from socui.profiles.store import Store
from socui.text import visible, visible_lines

if TYPE_CHECKING:
    from socui.deciding.advice import Advice
    from socui.knowledge.model import Knowledge


def run(args: argparse.Namespace) -> int:
    """Print a profile: what it is about, its answers, records, dates and notes, and the answer card. Raises StoreError."""
    from socui.deciding.precompiled import decider as ready

    opened, decider = open_anywhere(Store.default(args.profiles), args.name), ready(args.data)
    if opened.read_only and opened.read_only != OTHER_FOLDER:
        say(f"socui: {opened.path.name}: read only: {opened.read_only}")
    profile, _ = brought_up(decider.knowledge, opened.profile)
    from socui.reports.card_lines import card_text
    from socui.reports.findings import findings

    made = findings(decider, profile, date.today(), full=False)
    changed = since_saved(decider.knowledge, opened.profile, profile, made.advice)
    put(_shown(profile, decider.knowledge, card_text(made.card, decider.knowledge.texts), changed, made.advice))
    return 0


def _shown(profile: Profile, knowledge: Knowledge, card: str, changed: str, advice: Advice) -> str:
    lines = [visible(profile.name)]
    about = (
        ("Organization", profile.organization),
        ("Service", profile.service),
        ("Changed", changed),
    )
    lines += [f"{title + ':':14}{visible(text)}" for title, text in about if text]
    lines += ["", *card.splitlines()]
    lines += _section("Answers", _answers(profile, knowledge, advice))
    lines += _section("Requests", [_known(request_title(r), request_words(r)) for r in profile.requests])
    lines += _section("Reports held, evidence and changes", [_known(*record) for record in records_in_words(profile)])
    lines += _section("Dates", [f"{visible(name)}: {day.isoformat()}" for name, day in profile.dates.items()])
    lines += _section("Notes", [_note(knowledge, question, text) for question, text in profile.notes.items()])
    return "\n".join(lines) + "\n"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *("  " + line for line in lines)] if lines else []


def _known(title: str, words: str) -> str:
    return f"{title}: {words}" if words else title


def _note(knowledge: Knowledge, question: str, text: str) -> str:
    return f"{_label(knowledge, question)}: " + visible_lines(text).replace("\n", "\n    ")


def _label(knowledge: Knowledge, question: str) -> str:
    asked = knowledge.questions.get(question)
    return asked.short if asked else visible(question)


def _answers(profile: Profile, knowledge: Knowledge, advice: Advice) -> list[str]:
    """Return one line an answer, in the order they are asked, then those to questions that the knowledge does not have."""
    odd = profile.extra.get("answers")
    odd = odd if isinstance(odd, dict) else {}
    named = {**profile.answers, **dict.fromkeys(sorted(profile.not_sure | profile.confirm))}
    order = [question for question in knowledge.questions if question in named]
    order += [question for question in named if question not in knowledge.questions]
    lines = [f"{_label(knowledge, question)}: {_said(profile, knowledge, advice, question)}" for question in order]
    return lines + [f"{_label(knowledge, q)}: {visible(str(v))} (not an answer: kept as it is)" for q, v in odd.items()]


def _said(profile: Profile, knowledge: Knowledge, advice: Advice, question: str) -> str:
    if question in advice.states and (recorded := advice.states[question].recorded):
        return recorded_words(profile, knowledge.questions[question], recorded)
    asked, answer = knowledge.questions.get(question), profile.answers.get(question)
    options = (answer,) if isinstance(answer, str) else answer
    words = [] if options is None else [option_words(asked, options, unknown=" (unknown here)" if asked else "")]
    if question in profile.not_sure:
        words.append("not sure")
    if question in profile.begun:
        words.append("(not finished)")
    if question in profile.confirm:
        words.append("(to be confirmed)")
    if not asked:
        words.append("(no such question here)")
    return ", ".join(words)
