"""A pasted request: the text with the words that were read marked in it, and beside it what each of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from socui.asking.reading.accept import SUGGESTED_FIELDS, accepted, suggestion_words
from socui.asking.reading.reading import Reading, Suggestion
from socui.errors import Usage
from socui.profiles.record_labels import RecordField as Labels
from socui.profiles.records import FIELDS, Request
from socui.screens.guards import Asks, Once
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.line_list import Bar, Sheet
from socui.screens.widgets.lines import BLANK, Line, Span, Tag, clip, fill, flow
from socui.settings.commands import bindings, key_of
from socui.text import visible

_SHOWN = 20_000
"""The letters of a text that are shown; all of it is read and kept."""
TAKE: Tag = ("take",)
_NAME, _FIRST = 17, ("leave", "choose", "change")


def text_lines(text: str, suggestions: Sequence[Suggestion], current: int, width: int) -> tuple[list[Line], int]:
    """Return the text with its marks, each with the number of its suggestion, and the row in which the current one
    begins."""
    lines: list[Line] = []
    row = begin = 0
    for end in [*(at for at, letter in enumerate(text[:_SHOWN]) if letter == "\n"), min(len(text), _SHOWN)]:
        if any(s.start < end and s.end > begin for s in suggestions[current : current + 1]):
            row = row or len(lines)
        spans = tuple(_marked(text, begin, end, suggestions, current))
        lines += flow(spans, width, (Span(" "),)) if spans else [BLANK]
        begin = end + 1
    if len(text) > _SHOWN:
        lines.append(Line((Span(f" … and {len(text) - _SHOWN:,} more letters, all read", "dim"),)))
    return lines, row


def _marked(text: str, begin: int, end: int, suggestions: Sequence[Suggestion], current: int) -> Iterator[Span]:
    """Yield a line of the text in pieces: those that support a suggestion are marked, the current one most."""
    inside = [(number, s) for number, s in enumerate(suggestions) if s.start < end and s.end > begin]
    cuts = sorted({begin, end, *(c for _, s in inside for c in (s.start, s.end) if begin < c < end)})
    for at, to in pairwise(cuts):
        numbers = [number for number, s in inside if s.start <= at and s.end >= to]
        starts = [number for number in numbers if max(suggestions[number].start, begin) == at]
        style = "chip" if current in numbers else "key" if numbers else ""
        if starts:
            yield Span("".join(f"[{number + 1}]" for number in starts), "dim")
        yield Span(_visible(text[at:to]), style)


def _visible(text: str) -> str:
    """Return a part of the text with what acts on a terminal made visible; blanks at its ends stay."""
    inner = visible(text)
    lead, tail = text[:1].isspace(), text[-1:].isspace()
    return (" " if lead else "") + inner + (" " if tail and inner else "")


class _Words(Sheet, can_focus=False):
    """The text, scrolled to what is looked at."""


class RequestReading(
    Asks[tuple[Suggestion, ...] | None], Once[tuple[Suggestion, ...] | None], Screen[tuple[Suggestion, ...] | None]
):
    """What a text suggests, each taken, changed or left out by one key, and what it may say, each taken by one key. Gives
    what was taken, None for nothing at all; nothing counts before."""

    CSS_PATH = "request_reading.tcss"
    GROUPS = ("reading",)
    BINDINGS = bindings(*GROUPS)
    AUTO_FOCUS = "#suggestions"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual declares it so)

    def __init__(self, text: str, reading: Reading) -> None:
        super().__init__()
        self.text, self.reading = text, reading
        self.suggestions = [*reading.suggestions, *reading.questions]
        self.asked = set(range(len(reading.suggestions), len(self.suggestions)))
        """The numbers of those on weak evidence: none is taken before it is chosen."""
        self.left_out = set(self.asked)
        self.message = ""

    def compose(self) -> ComposeResult:
        """The text, the suggestions, what can be done."""
        with Container(id="both"):
            yield _Words(id="words")
            yield Sheet(id="suggestions")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Fill it."""
        words, sheet = self.query_one("#words", Sheet), self.query_one("#suggestions", Sheet)
        words.border_title, sheet.border_title = "Their words", "What they say"
        words.builder = lambda w: (text_lines(self.text, self.suggestions, self.current, w)[0], ())
        sheet.builder = lambda w: (list(self._lines(w)), ())
        sheet.follow = self._moved
        self.query_one("#foot", Bar).builder = lambda w: ([self._foot(w)], ())

    @property
    def current(self) -> int:
        """The number of the suggestion under the cursor, -1 where there is none."""
        tag = self.query_one("#suggestions", Sheet).cursor
        return int(tag[1]) if tag[:1] == ("suggestion",) else -1

    def _lines(self, width: int) -> Iterator[Line]:
        count = len(self.suggestions) - len(self.left_out)
        words = f"Take {'these' if count > 1 else 'this'} {count}" if count else "Take none of them"
        yield Line((Span(" ✓ ", "good"), Span(clip(words, width - 4), "strong")), TAKE, stop=True)
        yield BLANK
        for number, suggestion in enumerate(self.suggestions):
            out = number in self.left_out
            name, value = suggestion_words(suggestion)
            glyph = Span(f" {'□' if out else '■'} ", "dim" if out else "good")
            if number in self.asked and out:
                glyph, value = Span(" ? ", "warn"), f"{value}?"
            elif out:
                value = f"{value} (left out)"
            worth = Span(value, "dim" if out else "strong")
            wide = width > 50
            label = f"{fill(name, _NAME)} " if wide else ""
            lead = (glyph, Span(f"{number + 1:2} {label}", "dim"))
            spans = (worth,) if wide else (Span(f"{name}:", "dim"), Span(" "), worth)
            yield from flow(spans, width, lead, tag=("suggestion", str(number)), stop=True)
        if self.reading.question:
            yield BLANK
            yield from flow(f"Ask back: {self.reading.question}", width, (Span(" ? ", "warn"),))

    def _foot(self, width: int) -> Line:
        if self.message:
            return Line((Span(clip(f" {self.message}", width), "warn"),))
        keys = (
            ("leave", "escape", "take nothing"),
            ("choose", "space", "take, leave out"),
            ("change", "c", "change"),
            ("keys", "question_mark", "help"),
        )
        return foot([Hint(run, key_of(run, key), word) for run, key, word in keys], width, _FIRST)

    def _moved(self, tag: Tag, step: int) -> None:
        del tag, step
        self._show()

    def _show(self, message: str = "") -> None:
        self.message = message
        words = self.query_one("#words", Sheet)
        if words.room > 0:
            lines, row = text_lines(self.text, self.suggestions, self.current, words.room)
            words.set_lines(lines)
            room = words.size.height
            if not words.scroll_offset.y <= row < words.scroll_offset.y + room - 1:
                words.scroll_to(y=max(row - room // 2, 0), animate=False)
        self.query_one("#suggestions", Sheet).rebuild()
        self.query_one("#foot", Bar).rebuild()

    @on(Sheet.Chosen, "#suggestions")
    def _chosen(self, event: Sheet.Chosen) -> None:
        if event.tag == TAKE:
            self.dismiss(tuple(s for at, s in enumerate(self.suggestions) if at not in self.left_out))
        elif event.tag[:1] == ("suggestion",):
            self.left_out ^= {int(event.tag[1])}
            self._show()

    @on(Sheet.Chosen, "#foot")
    async def _run(self, event: Sheet.Chosen) -> None:
        if event.tag[1] == "choose":
            self.query_one("#suggestions", Sheet).action_choose()
        else:
            await self.app.run_action(event.tag[1], self.app if event.tag[1] == "keys" else self)

    def action_change(self) -> None:
        """Change the suggestion under the cursor: the next of its values, or another day or number that is typed."""
        number = self.current
        if number < 0 or self.suggestions[number].field == "side":
            self._show("nothing to change here: x leaves it out" if number >= 0 else "go to a line to change it")
            return
        suggestion = self.suggestions[number]
        labels = SUGGESTED_FIELDS[suggestion.field]
        values = [value for value, _ in labels.options] if suggestion.field == labels.name else []
        if isinstance(suggestion.value, bool):
            self._set(number, not suggestion.value)
        elif suggestion.value in values:
            self._set(number, values[(values.index(str(suggestion.value)) + 1) % len(values)])
        else:
            self.ask(lambda: self._type(number, labels))

    def _set(self, number: int, value: Any) -> None:
        self.suggestions[number] = replace(self.suggestions[number], value=value)
        self.left_out.discard(number)
        self._show()

    async def _type(self, number: int, labels: Labels) -> None:
        """Have a day, a period or a number typed."""
        from socui.cli.record_fields import changed
        from socui.cli.record_fields import typed_value as typed_words
        from socui.screens.dialogs import TextDialog

        field, problem = self.suggestions[number].field, ""
        before = getattr(accepted(Request(id=""), [self.suggestions[number]]), field)
        text = typed_words(before)
        while (
            answer := await self.app.push_screen_wait(TextDialog(labels.ask, text, labels.help, problem))
        ) is not None:
            text = answer
            try:
                request = changed(Request(id=""), [f"{FIELDS[Request][field][0]}={answer}"], "")
            except Usage as error:
                problem = str(error).removeprefix(": ")
                continue
            period = request.period
            if field == "period" and period and period.begins and period.ends:
                self._set(number, (period.begins, period.ends))
            elif field != "period":
                self._set(number, getattr(request, field))
            return

    def action_leave_out(self) -> None:
        """Leave the suggestion under the cursor out, or take it again."""
        if self.current >= 0:
            self.left_out ^= {self.current}
            self._show()

    def action_leave(self) -> None:
        """Take nothing."""
        self.dismiss(None)
