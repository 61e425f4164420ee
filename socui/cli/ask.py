"""`socui ask`: asks the questions as plain prompts, line by line, for screen readers and pipes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial

from msgspec.structs import replace

from socui.asking.beginning import begun_with, is_untouched
from socui.cli.ask_mail import request_from_mail
from socui.cli.ask_request import asked_request, asked_start
from socui.cli.ask_saving import SavedProfile
from socui.cli.output import put, say
from socui.deciding.advice import REPORTS, Advice
from socui.deciding.answers import NONE_OF_THESE, InvalidAnswer, chosen, option_words, parse_numbers, replied
from socui.deciding.decide import Decider
from socui.deciding.headline import LIKELY, unsure_lead
from socui.errors import StoreError, Usage
from socui.knowledge.model import Question
from socui.profiles.migrate import brought_up, since_saved
from socui.profiles.names import check_name
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.text import scrub_line, visible, visible_lines

_KEYS = (
    "A number answers. 0 is none of these, u or a question mark is not sure, h explains the question, r reads it again,\n"
    "s says what follows so far, b goes back, q stops and saves. Enter ends each line."
)
_NOTHING_BEFORE = "There is nothing before this question."
_UNNAMED = "Unfinished answers"
"""What answers are called whose reader was gone before a name was given."""


class _Stop(Exception):
    """The person stops: `asked` where they said so, else their input is at its end."""

    def __init__(self, asked: bool) -> None:
        super().__init__()
        self.asked = asked


def run(args: argparse.Namespace) -> int:
    """Ask what matters, say what follows, save. Status 128 + 2 where Ctrl-C ended it; what was answered is saved."""
    from socui.deciding.precompiled import decider

    if sys.stdin is None:
        raise Usage("ask: there is no standard input to answer on")
    saving = SavedProfile(Store.default(args.profiles), args.name)
    asking = Asking(decider(args.data), saving, date.today(), args.data)
    try:
        asking.ask()
    except _Stop as stop:
        asking.end(stop.asked)
    except KeyboardInterrupt:
        put("\n")
        asking.end(False)
        return 128 + 2
    else:
        asking.end(True)
    return 0


def line(prompt: str) -> str:
    """Return a line from standard input. Raises _Stop at its end."""
    put(prompt)
    raw = sys.stdin.buffer.readline(10_000)
    if not sys.stdin.isatty() or not raw:
        put("\n")
    if not raw:
        raise _Stop(asked=False)
    return raw.decode("utf-8", "replace").strip()


def mail_line() -> str:
    """Return a line of what is pasted, as it stands; empty at the end of standard input."""
    return sys.stdin.buffer.readline(10_000).decode("utf-8", "replace")


class Asking:
    """One interview. `data` is the folder of the knowledge base that mails are read by, None for the one in use."""

    def __init__(self, decider: Decider, saving: SavedProfile, today: date, data: str | None = None) -> None:
        self._from_mail = partial(request_from_mail, mail_line=mail_line, line=line, put=put, data=data)
        self._decider, self._knowledge, self._today = decider, decider.knowledge, today
        self._saving = saving
        self._profile, _ = brought_up(decider.knowledge, saving.profile)
        self._named, self._changed = bool(saving.profile.name), False
        self._advice = decider.advise(self._profile, today)
        self._past: list[tuple[str, Profile]] = []

    def ask(self) -> None:
        """Ask until nothing that is open can change anything. Raises _Stop."""
        put(f"{_KEYS}\n{self._advice.sentence}\n")
        if changed := since_saved(self._knowledge, self._saving.profile, self._profile, self._advice):
            put(f"{visible(changed)}\n")
        if is_untouched(self._profile):
            self._begin()
        asked = None
        while (id := self._advice.next) is not None:
            question = self._knowledge.questions[id]
            if id != asked:
                put("\n" + "\n".join(self._shown(question)) + "\n")
            asked = id
            reply = line("Numbers, with spaces between: " if question.several else "Number: ")
            match reply.lower():
                case "q":
                    raise _Stop(asked=True)
                case "h":
                    put("\n".join(_help(question)) + "\n")
                case "r":
                    asked = None
                case "s":
                    put("\n".join(reasons(self._decider, self._advice)) + "\n")
                case "b":
                    asked = None if self._back() else asked
                case _:
                    self._hear(question, reply)
                    asked = None if question.closes else asked
        put("\nNothing that is still open can change anything.\n")

    def _begin(self) -> None:
        """Ask what happened; that begins a request where somebody asked. Raises _Stop."""
        letters = {
            "h": lambda: [_KEYS],
            "s": lambda: [*reasons(self._decider, self._advice)],
            "b": lambda: [_NOTHING_BEFORE],
        }
        start = asked_start(line, put, letters)
        if not start:
            raise _Stop(asked=True)
        profile, request = begun_with(self._profile, start, self._knowledge.questions)
        if profile is not self._profile:
            self._past.append(("", self._profile))
            self._take(profile)
        if request is not None:
            profile, stops = asked_request(self._profile, line, put, self._from_mail, request)
            self._take(profile)
            if stops:
                raise _Stop(asked=True)

    def _back(self) -> bool:
        if not self._past:
            put(f"{_NOTHING_BEFORE}\n")
            return False
        id, before = self._past.pop()
        put(f"Taken back: {self._knowledge.questions[id].short if id else 'what happened'}.\n")
        self._take(before)
        if not id:
            self._begin()
        return True

    def _hear(self, question: Question, text: str) -> None:
        try:
            after = replied(self._profile, question, parse_numbers(question, text))
        except InvalidAnswer as error:
            put(f"{error}\n")
            return
        stops = False
        self._past.append((question.id, self._profile))
        put(f"{question.short}: {heard(after, question)}.\n")  # who hears the screen does not see what was typed
        if question.closes and after.answers.get(question.id) == "yes":
            recorded, stops = asked_request(after, line, put, self._from_mail)
            after = recorded.cleared(question.id) if recorded is not after else after
        self._take(after)
        if stops:
            raise _Stop(asked=True)

    def _take(self, profile: Profile) -> None:
        before, self._profile, self._changed = self._advice.sentence, profile, True
        was_settled = self._advice.settled
        self._advice = self._decider.advise(profile, self._today)
        if self._advice.sentence != before:
            put(f"So far: {self._advice.sentence}\n")
        if self._advice.settled and not was_settled and self._advice.to_go:
            fixes = len(self._advice.to_go)
            what = "Type and dates" if self._advice.stage == "dates" else "what the report covers"
            put(f"Settled: you can stop here with q. {fixes} more answer{'s' * (fixes != 1)} would fix {what}.\n")
        if self._named:
            self._saving.save(self._as_saved())

    def _as_saved(self) -> Profile:
        knowledge = self._profile.knowledge or self._knowledge.version
        return replace(self._profile, knowledge=knowledge, result=self._advice.result)

    def _shown(self, question: Question) -> Iterator[str]:
        section = next((s.title for s in self._knowledge.sections if s.id == question.section), "")
        yield f"{section}: {question.ask}" if section else question.ask
        count = len(question.options)
        yield f"Several of {count} may apply." if question.several else f"One of {count}."
        for number, option in enumerate(question.options, 1):
            yield f"{number}. {option.label}"
        if question.several:
            yield f"0. {NONE_OF_THESE.capitalize()}"
        ticked = chosen(self._profile, question)
        if ticked is not None:
            numbers = [str(i) for i, o in enumerate(question.options, 1) if o.id in ticked]
            yield f"Answered before, to be confirmed or completed: {' '.join(numbers) or '0'}"

    def end(self, asks: bool) -> None:
        """Say what follows and save; a name is asked for where none was given and somebody is there to give it."""
        summary = [self._advice.sentence] if is_untouched(self._profile) else reasons(self._decider, self._advice)
        put("\n" + "\n".join(summary) + "\n")  # nothing is argued before anything was said
        if not self._changed:
            put("Nothing was answered, nothing is saved.\n")
            return
        if self._named:
            self._saving.save(self._as_saved())
        elif not self._saved_under_a_name(asks):
            put("Not saved.\n")
            return
        put(self._saving.where() + "\n")
        put(f"All of it, with sources: socui report {_quoted(self._saving.name)}\n")

    def _saved_under_a_name(self, asks: bool) -> bool:
        while asks:
            try:
                name = scrub_line(line("Name to save it under, or nothing not to save it: "))
                if not name:
                    return False
                self._saving.save(replace(self._as_saved(), name=check_name(name)))
                return True
            except (_Stop, KeyboardInterrupt):  # nobody is there to name it: what was answered is kept all the same
                break
            except StoreError as error:
                say(f"socui: {error}")
        self._saving.save(replace(self._as_saved(), name=_UNNAMED), number=True)
        return True


def heard(profile: Profile, question: Question) -> str:
    """Return the answer to a question as it was understood."""
    options = chosen(profile, question)
    words = "" if options is None else option_words(question, options, full=True, separator="; ")
    if question.id not in profile.not_sure:
        return words
    whom = f", ask {question.whom}" if question.whom else ""
    return f"{words}; not sure of the rest{whom}" if words else f"not sure{whom}"


def _quoted(name: str) -> str:
    """Return a name as a shell takes it."""
    import shlex

    return shlex.quote(visible(name))


def _help(question: Question) -> Iterator[str]:
    yield visible_lines(question.help) if question.help else "There is no more to say of this question."
    for number, option in enumerate(question.options, 1):
        if option.detail:
            yield f"{number}. {option.label}: {option.detail}"
    if question.whom:
        yield f"Who knows: {question.whom}."
    yield _KEYS
    if question.several:
        yield "Numbers and u together: these apply, and more may."


def reasons(decider: Decider, advice: Advice) -> Iterator[str]:
    """Yield what is concluded on the two reports and why, in lines."""
    yield advice.sentence
    for report in REPORTS:
        finding = advice.findings.get(report)
        if finding is not None:
            yield f"{finding.result.title}: {finding.label}."
            for reason in () if finding.early else finding.reasons:
                lead = unsure_lead(finding, reason, advice.settled)
                likely = "" if reason.certain else "probably " if lead == LIKELY else "settled either way, probably "
                yield f"  {likely}{'because' if reason.deciding else 'also'}: {reason.rule.because}"
                if reason.rule.ask_back:
                    yield f"  ask back: {reason.rule.ask_back}"
    for presumed in advice.presumed:
        if presumed.presumption.question not in advice.matter:
            continue  # it bears on scope or plan alone: the report says it
        yield f"Assumed for {decider.knowledge.questions[presumed.presumption.question].short}: {presumed.presumption.because}"
    if advice.matter:
        names = ", ".join(decider.knowledge.questions[q].short for q in advice.matter)
        yield f"Open and able to change the headline: {names}."
