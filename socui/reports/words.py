"""Holds the few words of a report that are not in the knowledge base: marks of a state, answers in words, groups of notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from socui.asking.named_as import asked_text
from socui.asking.request_readings import asks_to_meet
from socui.asking.speaks_for import is_reader
from socui.day_words import day_words
from socui.deciding.advice import Advice
from socui.deciding.answers import option_words
from socui.knowledge.model import Knowledge, Question
from socui.knowledge.texts import Note
from socui.profiles.records import Request
from socui.text import visible, visible_lines

STILL_OPEN, NEEDLESS = "still open", "not stated"
"""Said in the request for quotes of what is not answered, and of what nobody answered because it changes nothing."""

CONFIDENCE_WORDS = {
    "standard": "a standard or an official source",
    "firms": "several firms or publications",
    "one": "one source",
    "judgement": "socui's own judgement",
    "program": "how socui works",
}
STATE_WORDS = {
    "answered": "answered",
    "begun": "answered in part",
    "not_sure": "not sure",
    "waiting": "open",
    "needless": "not needed",
    "inapplicable": "does not apply",
    "confirm": "to be confirmed",
}

QUESTIONS, TYPE_AND_PERIOD, LIMITS = "What people ask first", "Type and first period", "What this report is not"
NOTE_GROUPS = {
    "question1": QUESTIONS,
    "question2": QUESTIONS,
    "question3": QUESTIONS,
    "period": TYPE_AND_PERIOD,
    "limit": LIMITS,
    "mistake": "Mistakes seen in these answers",
    "vendor": "Vendors",
    "neighbour": "Besides a SOC report",
    "benefit": "Benefits",
    "step": "Next steps",
}
"""The section that a kind of note stands in."""
REMINDERS, OTHER = "Reminders", "Worth knowing"
NEXT_STEPS = NOTE_GROUPS["step"]
BESIDES = (
    NOTE_GROUPS["vendor"],
    NOTE_GROUPS["neighbour"],
    REMINDERS,
    NOTE_GROUPS["benefit"],
    OTHER,
)
"""The sections at the end of the advice that hold nothing but notes, in order."""


def ended(title: str) -> str:
    """Return a title that runs on into a text."""
    return title if title[-1:] in ".?!" else f"{title}."


def mark(state: str) -> str:
    """Return a state of a question in words."""
    return STATE_WORDS.get(state, state)


def answer_words(question: Question, options: Iterable[str], long: bool = False) -> str:
    """Return an answer in words: the options' short labels, or the whole ones."""
    return option_words(question, options, full=long, separator="; ")


def note_group(note: Note) -> str:
    """Return the section a note stands in."""
    if note.reminder:
        return REMINDERS
    return NOTE_GROUPS.get(note.kind, OTHER)


def span_words(begins: date | None, ends: date | None) -> tuple[str, str]:
    """Return the first and the last day of a period; the year once where it is the same."""
    first = day_words(begins) if begins else "?"
    last = day_words(ends) if ends else "?"
    if begins and ends and begins.year == ends.year:
        first = first.removesuffix(f" {begins.year}")
    return first, last


def asked_by_words(texts: Mapping[str, str], request: Request | None, by_whom: str = "") -> str:
    """Return who asks, in the user's words where there are any, else what kind of reader it is."""
    if request is not None and request.asked_by:
        return visible(request.asked_by)
    if request is not None and request.reader:
        return texts.get(f"reader.{request.reader}", texts["reader.anybody"])
    return by_whom or texts["reader.anybody"]


def asks_read_aloud(texts: Mapping[str, str], request: Request) -> str:
    """Return what a request asks for, each with its article: "a SOC 2 report or an ISO/IEC 27001 certificate"."""
    asks = [asked_text(texts, request, a) for a in asks_to_meet(request)]
    return read_aloud(asks, "or" if request.either else "and")


def read_aloud(parts: Sequence[str], last: str = "and") -> str:
    """Parts as one reads them aloud: a, b and c."""
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def publishers(knowledge: Knowledge, facts: Iterable[str], most: int = 3) -> str:
    """Return who publishes the sources of facts, by name, those of most facts first; "" without any. Those beyond
    `most` are others. An article is no authority: it is named only where nothing else is."""
    cited = [knowledge.sources[s] for f in facts if f in knowledge.facts for s in knowledge.facts[f].sources]
    named: dict[str, int] = {}
    for source in [s for s in cited if s.kind != "article"] or cited:
        named[source.publisher] = named.get(source.publisher, 0) + 1
    named = {name: n for name, n in named.items() if not any(name != o and o in name.split(", ") for o in named)}
    names = sorted(named, key=lambda name: -named[name])
    return read_aloud([*names[:most], *(["others"] if most < len(names) else [])])


UNNAMED = ("soc_unnamed", "assurance_unnamed")
"""Asks for a report that do not say which."""
SOC = ("soc1", "soc2")


def is_unclear(request: Request, advice: Advice) -> bool:
    """Return whether it has to be asked first which report is meant, or whether one is needed at all."""
    asks = asks_to_meet(request)
    if not asks or (any(a in UNNAMED for a in asks) and not request.subject):
        return True
    named = [a for a in asks if a in SOC]
    return bool(named) and not any(map(advice.advised, named))


def asks_back(request: Request, advice: Advice) -> bool:
    """Return whether a request is answered with questions: it is unclear, or the wish of an investor, whom no report is
    written for."""
    return is_unclear(request, advice) or not is_reader(request)


SURVEYS = ("questionnaire", "questionnaires", "questionnaire_enough")
"""Asks that answers to questions meet."""


def asks_no_report(request: Request) -> bool:
    """Return whether a request names only what is no SOC report: a questionnaire, another framework or certificate."""
    asks = asks_to_meet(request)
    return bool(asks) and not any(a in (*SOC, *UNNAMED, "soc3", "aaf") for a in asks)


def beside_soc(request: Request) -> tuple[str, ...]:
    """Return what a request asks for beside a SOC report that it asks for as well: all else, and a SOC 3 report."""
    asks = asks_to_meet(request)
    if request.either or not any(a in (*SOC, *UNNAMED, "aaf", "soc3") for a in asks):
        return ()
    return tuple(a for a in asks if a not in (*SOC, *UNNAMED, "aaf"))


def surveyed(request: Request) -> bool:
    """Return whether all that a request asks for is answers to questions."""
    asks = asks_to_meet(request)
    return bool(asks) and all(a in SURVEYS for a in asks)


def quoted(text: str) -> str:
    """Return what a person wrote, line by line, without blank lines and with nothing that acts."""
    lines = (" ".join(line.split()) for line in visible_lines(text).split("\n"))
    return "\n".join(line for line in lines if line)
