"""The questions: sections with what is answered, the current question open in place, all others in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from rich.cells import cell_len

from socui.deciding.advice import Advice, State
from socui.deciding.answers import NONE_OF_THESE, chosen, is_asked, option_words, recorded_words
from socui.knowledge.model import Knowledge, Option, Question, Section
from socui.profiles.profile import Profile
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import BLANK, Line, Memory, Span, Tag, clip, fill, flow, spread
from socui.settings.commands import FURTHER, key_of
from socui.text import visible

GLYPHS = {
    "answered": "✓",
    "begun": "◐",
    "not_sure": "?",
    "waiting": "◇",
    "matters": "◆",
    "needless": "–",
    "inapplicable": "×",
    "confirm": "!",
}
WORDS = {
    "begun": "begun",
    "not_sure": "not sure",
    "waiting": "open",
    "matters": "open, decides",
    "needless": "not needed",
    "inapplicable": "does not apply",
    "confirm": "confirm",
}
_STYLE = {"answered": "good", "begun": "warn", "not_sure": "warn", "matters": "key", "confirm": "warn"}


RECORD_TAGS = ("request", "held", "event", "evidence")
"""What the tags of lines of records begin with."""
NOTE_SHOWN = 1000
"""Characters of a note that the open question shows: a key must not wait for a megabyte; the dialog has all of it."""


def _answer_words(profile: Profile, question: Question) -> str:
    """Return the answer in short labels; an answer that the knowledge does not know is shown as it is kept."""
    ids = chosen(profile, question)
    return "" if ids is None else option_words(question, ids)


def state_of(state: State, advice: Advice) -> str:
    """Return the state, with "matters" for a waiting question that can still change the headline."""
    return "matters" if state.state == "waiting" and state.question.id in advice.matter else state.state


def state_words(state: State, advice: Advice, profile: Profile) -> str:
    """Return what a closed question says: its answer, or its state in words."""
    key, answer = state_of(state, advice), _answer_words(profile, state.question)
    if state.recorded:
        return recorded_words(profile, state.question, state.recorded)
    if key == "answered":
        return answer
    if key == "not_sure":
        return f"{answer}; rest not sure" if answer else f"not sure: ask {state.question.whom}"
    if key in ("needless", "inapplicable") and answer:
        return f"{WORDS[key]} (kept: {answer})"
    return f"{WORDS[key]}: {answer}" if answer else WORDS[key]


_PURPOSES = {"headline": "result", "strength": "how firmly it is asked", "scope": "scope", "plan": "plan"}


def asked_because(state: State) -> str:
    """Return why an open question is asked: what its answer can still change. Nothing where it is answered or
    changes nothing."""
    if state.state not in ("waiting", "begun", "not_sure", "confirm"):
        return ""
    # What can change the result can change how firm its verdicts are.
    hidden = "strength" if "headline" in state.purposes else ""
    words = [word for purpose, word in _PURPOSES.items() if purpose in state.purposes and purpose != hidden]
    return f"Can still change: {', '.join(words)}" if words else ""


def choices(question: Question) -> list[Tag]:
    """Return what can be chosen in a question, in the order of the numbers 1 to 9."""
    tags: list[Tag] = [("option", question.id, o.id) for o in question.options]
    if question.several:
        tags.append(("none", question.id))
    return [*tags, ("unsure", question.id)]


def question_lines(
    knowledge: Knowledge,
    advice: Advice,
    profile: Profile,
    width: int,
    current: str | None,
    memory: Memory | None = None,
) -> list[Line]:
    """Return all questions as lines; `current` is open."""
    memory = memory or Memory()
    lines: list[Line] = []
    inside: dict[str, list[State]] = {section.id: [] for section in knowledge.sections}
    for state in advice.states.values():
        if is_asked(profile, state.question):
            inside[state.question.section].append(state)
    for section in knowledge.sections:
        states = inside[section.id]
        if not states:
            continue
        opened = [s for s in states if s.question.id == current]
        read = (width, [_read(s, advice, profile) for s in states], opened and _read_open(opened[0], profile))
        write = partial(_section, section, states, advice, profile, width, current)
        if lines:
            lines.append(BLANK)
        lines.extend(memory.lines(section.id, read, write))
    return lines


def _read(state: State, advice: Advice, profile: Profile) -> object:
    """Return what the line of a question is written from."""
    id = state.question.id
    check = any(id in contradiction.questions for contradiction in advice.contradictions)
    return id, state.state, state.recorded, id in advice.matter, profile.answers.get(id), id in profile.notes, check


def _read_open(state: State, profile: Profile) -> object:
    """Return what else an open question is written from."""
    question = state.question
    return (
        question.id,
        state.purposes,
        question.id in profile.not_sure,
        profile.notes.get(question.id),
        state.recorded,
    )


def _section(
    section: Section, states: list[State], advice: Advice, profile: Profile, width: int, current: str | None
) -> Iterator[Line]:
    asked = [s for s in states if s.state not in ("inapplicable", "needless") or s.question.id in profile.answers]
    done = sum(s.state in ("answered", "begun") for s in asked)
    count = f"{len(asked) - done} open" if done < len(asked) else "done" if asked else "–"
    fits = cell_len(section.title) + cell_len(count) + 4 <= width  # the title stands whole
    yield spread(Span(f" {section.title}", "head"), Span(count if fits else "", "dim"), width - 1)
    for state in states:
        if state.question.id == current:
            yield from _open(state, advice, profile, width)
        else:
            yield from _closed(state, advice, profile, width)


def _closed(state: State, advice: Advice, profile: Profile, width: int) -> Iterator[Line]:
    """Yield a question that is not open: its name and what it says, in one row or, where that has no room, in as
    many as it takes, below the name. Nothing of it is cut."""
    key, question = state_of(state, advice), state.question
    quiet = key in ("needless", "inapplicable", "waiting")
    name = 25 if width >= 54 else 24 if width >= 42 else max(width // 2 - 4, 12)
    note = " ✎" if question.id in profile.notes else ""
    words = state_words(state, advice, profile) + note
    check = any(question.id in contradiction.questions for contradiction in advice.contradictions)
    glyph = Span("  ! ", "warn") if check else Span(f"  {GLYPHS[key]} ", _STYLE.get(key, "dim"))
    style, tag = "strong" if key == "answered" else "dim", ("question", question.id)
    title = Span(question.short, "dim" if quiet else "")
    name = (
        max(name, cell_len(question.short) + 1) if cell_len(words) <= width - name - 6 else cell_len(question.short) + 1
    )
    if name + cell_len(words) <= width - 6:
        yield Line((glyph, title._replace(text=fill(question.short, name)), Span(f" {words}", style)), tag, stop=True)
        return
    yield Line((glyph, title._replace(text=clip(question.short, width - 5))), tag, stop=True)
    yield from flow(words, width, (Span("      "),), style=style, tag=tag)


def _open(state: State, advice: Advice, profile: Profile, width: int) -> Iterator[Line]:
    question, key = state.question, state_of(state, advice)
    tag: Tag = ("ask", question.id)
    kind = "choose all that apply" if question.several else "choose one"
    yield from flow((Span(question.ask, "strong"), Span(f" ({kind})", "dim")), width, (Span("  ▾ ", "key"),), tag=tag)
    gap = (Span("    "),)
    if key in ("needless", "inapplicable"):
        words = "not needed: it cannot change anything" if key == "needless" else "does not apply"
        kept = " (answer kept)" if key == "inapplicable" and question.id in profile.answers else ""
        yield from flow(f"{GLYPHS[key]} {words}{kept}", width, gap, style="dim", tag=tag)
    yield from flow(question.help, width, gap, style="dim", tag=tag)
    if why := asked_because(state):
        yield from flow(why, width, gap, style="dim", tag=tag)
    if state.recorded:
        counts = recorded_words(profile, question, state.recorded)
        words = f"Counts: {counts}. To change it, change the record or the date."
        yield from flow(words, width, gap, tag=tag)
    if key == "confirm":
        words = "! This knowledge has changed. Keep the answer, or choose another."
        yield from flow(words, width, gap, style="warn", tag=tag)
        yield Line((Span("    "), Span("✓ Keep the answer", "key")), ("keep", question.id), stop=True)
    ids = chosen(profile, question) or ()
    for number, option in enumerate(question.options, 1):
        yield from _option(question, option, number, option.id in ids, width)
    number = len(question.options)
    if question.several:
        number += 1
        none = chosen(profile, question) == ()
        yield from choice_lines(
            ("none", question.id), number, "■" if none else "□", (Span(NONE_OF_THESE.capitalize(), _on(none)),), width
        )
    unsure = question.id in profile.not_sure
    whom = f" (ask {question.whom})" if question.whom else ""
    glyph = ("■" if unsure else "□") if question.several else ("◉" if unsure else "○")
    spans = (Span("Not sure", _on(unsure)), Span(whom, "dim"))
    yield from choice_lines(("unsure", question.id), number + 1, glyph, spans, width, unsure)
    unknown = [i for i in ids if question.option(i) is None]
    if unknown:
        words = f"kept, but not known to this version: {visible(', '.join(unknown))}"
        yield from flow(words, width, gap, style="warn", tag=tag)
    if note := profile.notes.get(question.id):
        words = visible(note[:NOTE_SHOWN]) + ("…" if len(note) > NOTE_SHOWN else "")
        yield from flow(words, width, (Span("    ✎ ", "key"),), tag=("note", question.id))


def _on(chosen: bool) -> str:
    return "strong" if chosen else ""


def _option(question: Question, option: Option, number: int, on: bool, width: int) -> Iterator[Line]:
    glyph = ("■" if on else "□") if question.several else ("◉" if on else "○")
    words = [Span(option.label, _on(on))]
    if option.detail:
        words.append(Span(f" – {option.detail}", "dim"))
    yield from choice_lines(("option", question.id, option.id), number, glyph, tuple(words), width, on)


def choice_key(number: int) -> str:
    """Return the key of the choice of that number: a digit, from the tenth on 0 and then a letter."""
    if number <= 9:
        key = key_of("number", f"{number}")
    else:
        key = key_of("further", FURTHER[number - 10]) if number - 10 < len(FURTHER) else ""
    return key if len(key) == 1 else ""


def choice_lines(
    tag: Tag, number: int, glyph: str, words: tuple[Span, ...], width: int, on: bool | None = None
) -> Sequence[Line]:
    """Return a line to choose, with its number, a glyph that says whether it is chosen, and its words."""
    on = glyph == "■" if on is None else on
    lead = (Span(f"   {choice_key(number) or ' '} ", "dim"), Span(f"{glyph} ", "good" if on else "dim"))
    return flow(words, width, lead, tag=tag, stop=True)


class Questionnaire(Sheet):
    """The pane of the questions. Its frame names answers of the open question that are out of sight."""

    def set_lines(self, lines: Sequence[Line], pin: Sequence[Line] = ()) -> None:
        """Show these lines, and what is below them."""
        super().set_lines(lines, pin)
        self._tell_below()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Scroll, and say what is below now."""
        super().watch_scroll_y(old, new)
        self._tell_below()

    def _tell_below(self) -> None:
        below = [self.lines[y] for y in self._answers_below()]
        named = [
            f"{line.spans[0].text.strip()} {line.spans[2].text}" for line in below if line.tag[0] in ("none", "unsure")
        ]
        more = len(below) - len(named)
        words = " · ".join([f"↓ {more} more"] * bool(more) + named)
        self.tell_on_frame(words if cell_len(words) <= self.size.width - 4 else f"↓ {len(below)} more answers")

    def _answers_below(self) -> list[int]:
        """Return the rows of the open question that can be chosen and that begin below what is in sight."""
        row = self._row(self.cursor)
        if row < 0 or self.lines[row].tag[0] in ("question", *RECORD_TAGS, "found"):
            return []
        end = self.scroll_offset.y + self.size.height - len(self.pin)
        return [y for y in self.block() if y >= end and self.lines[y].stop]

    def block(self) -> range:
        """Return the whole question that the cursor is in."""
        return self._together(self._row(self.cursor), slice(1, 2))
