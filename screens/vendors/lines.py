"""The lines of the vendors' screen: one row a vendor, and a vendor in full. Pure functions of what they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len

from socui.profiles.records import BOOKS, ENTRUSTED, STOPS, Vendor
from socui.reports.vendor_papers import gap, held, vendor_held_words, what_to_ask_for
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.lines import BLANK, Line, Span, Tag, clip, fill, flow, width_of, wrap
from socui.screens.widgets.questionnaire import choice_lines
from socui.settings.commands import COMMANDS, SERIES, key_name, keys_now
from socui.text import visible

if TYPE_CHECKING:
    from socui.planning.model import Text
    from socui.reports.letters import Letter
    from socui.vendors.model import Collected, VendorFinding

SINGLE: Mapping[str, tuple[str, ...]] = {"books": BOOKS, "stops": STOPS}
_QUESTIONS = ("books", "entrusts", "stops", "holds")
FIRST_CHOICE: Tag = ("option", _QUESTIONS[0], BOOKS[0])
"""Where the questions on a vendor begin."""
MOST_WIDE = 100
"""Columns of text at most: longer lines are hard to read."""
NONE_YET = (
    "No vendor yet. Write down those whose work you rely on: payroll, hosting, payments, claims, cloud systems. For each, four "
    "questions say which report to ask for, and your year says what a report that it holds is worth."
)

BELOW_SUMMARY = 8
"""Rows that are left for the questions where the summary of a vendor is not scrolled away, at least."""
STEP = 24
"""Cells that the next step takes at least."""
_FIRST = ("leave", "keys", "new", "other_pane", "next", "copy_letter", "save_file", "delete")
_OUT = ("keys", "leave")


def list_head(collected: Collected, width: int) -> list[Line]:
    """Return the heads of the columns."""
    name, ask, _ = _columns(collected, width)
    return [Line((Span(f"  {fill('Vendor', name)}  {fill('Ask for', ask)}  Next", "dim"),))]


def _columns(collected: Collected, width: int) -> tuple[int, int, int]:
    room = max(width - 8, 30)
    ask = 27 if room >= 76 else 17
    longest = max((cell_len(visible(finding.vendor.name)) for finding in collected.findings), default=0)
    name = max(min(room - ask - STEP, longest), 14)
    return name, ask, max(room - ask - name, 10)


def list_lines(collected: Collected, texts: Mapping[str, str], width: int, add: str) -> list[Line]:
    """Return a row for each vendor; `add` is the key that adds one."""
    if not collected.findings:
        return [
            *flow(NONE_YET, min(width, MOST_WIDE), (Span("  "),)),
            BLANK,
            Line((Span(f"  {add}", "key"), Span(" adds one"))),
        ]
    sizes = _columns(collected, width)
    return [line for at, finding in enumerate(collected.findings) for line in _row(at, finding, texts, sizes)]


def _row(at: int, finding: VendorFinding, texts: Mapping[str, str], sizes: tuple[int, int, int]) -> Iterator[Line]:
    """Yield a vendor: no cell is cut, and what has no room in its column takes rows of its own."""
    tag: Tag = ("vendor", str(at))
    words = what_to_ask_for(finding, texts)
    if len(words) > sizes[1]:
        words = words.replace(" Type 2", "")
    urgent = finding.next not in ("ok", "nothing")
    cells = (
        Span(visible(finding.vendor.name), "strong"),
        Span(words),
        Span(texts[f"vendors.next.{finding.next}"], "warn" if urgent else "good"),
    )
    rows = zip_longest(*(wrap((cell,), size) for cell, size in zip(cells, sizes, strict=True)), fillvalue=())
    for place, row in enumerate(rows):
        spans = [Span("  ")]
        for part, size in zip(row, sizes, strict=True):
            spans += [*part, Span(" " * (size - width_of(part) + 2))]
        yield Line(tuple(spans), tag, stop=place == 0)


def vendor_lines(
    finding: VendorFinding, letter: Letter | None, texts: Mapping[str, str], width: int, height: int
) -> tuple[list[Line], list[Line]]:
    """Return a vendor in full: what it does, the four questions with their answers, the findings, and the request to it;
    and what comes of them, which is not scrolled away where there are `height` rows enough, else stands first."""
    width = min(width, MOST_WIDE)
    summary, lines = list(_summary(finding, texts, width)), list(_service(finding.vendor, texts, width))
    for question in _QUESTIONS:
        lines += [BLANK, *flow(texts[f"vendors.question.{question}"], width, (Span(" "),), style="head")]
        lines += (
            _holds(finding.vendor, texts, width)
            if question == "holds"
            else _options(finding.vendor, question, texts, width)
        )
    parts = {
        "why": (*finding.why, *finding.beside),
        "held": tuple(text for judged in finding.judged for text in judged.says),
        "without": finding.without,
        "cuecs": finding.cuecs,
    }
    for id, spoken in parts.items():
        lines += _section(texts[f"vendors.section.{id}"], spoken, id, width)
    lines += _letter(letter, texts, width)
    if height - len(summary) - 1 < BELOW_SUMMARY:
        return [*summary, *lines], []
    return lines, [*summary, Line((Span(" " + "─" * (width - 2), "dim"),))]


def _service(vendor: Vendor, texts: Mapping[str, str], width: int) -> Iterator[Line]:
    does = Span(visible(vendor.service), "") if vendor.service else Span("not said yet", "dim")
    lead = (Span(f" {texts['vendors.question.service']}: ", "dim"),)
    yield from flow((does,), width, lead, tag=("service",), stop=True)


def _summary(finding: VendorFinding, texts: Mapping[str, str], width: int) -> Iterator[Line]:
    vendor = finding.vendor
    yield from flow((Span(visible(vendor.name), "strong"),), width, (Span(" "),))
    rows = {"ask": what_to_ask_for(finding, texts), "held": held(vendor, texts), "gap": gap(finding)}
    for id, words in rows.items():
        if words:
            yield from flow(words, width, (Span(f" {texts[f'vendors.head.{id}']:<8} ", "dim"),))
    urgent = finding.next not in ("ok", "nothing")
    step = Span(texts[f"vendors.next.{finding.next}"], "warn strong" if urgent else "good")
    yield from flow((step,), width, (Span(f" {texts['vendors.head.next']:<8} ", "dim"),))


def _options(vendor: Vendor, question: str, texts: Mapping[str, str], width: int) -> Iterator[Line]:
    several = question == "entrusts"
    words = ENTRUSTED if several else SINGLE[question]
    chosen: Sequence[str] = vendor.entrusts if several else (getattr(vendor, question),)
    for number, word in enumerate(words, 1):
        on = word in chosen
        glyph = ("■" if on else "□") if several else ("◉" if on else "○")
        tag: Tag = ("option", question, word)
        label = Span(texts[f"vendors.{question}.{word}"], "strong" if on else "")
        yield from choice_lines(tag, number, glyph, (label,), width, on)


def _holds(vendor: Vendor, texts: Mapping[str, str], width: int) -> Iterator[Line]:
    for at, report in enumerate(vendor.reports):
        words = (Span(vendor_held_words(report, texts), "strong"),)
        yield from choice_lines(("report", str(at)), at + 1, "■", words, width, True)
    number, on = len(vendor.reports) + 1, bool(vendor.none)
    yield from choice_lines(("report", "new"), number, "+", (Span("Add a report that it holds"),), width, False)
    none = (Span(texts["vendors.holds.none"], "strong" if on else ""),)
    yield from choice_lines(("none",), number + 1, "◉" if on else "○", none, width, on)


def question_of(tag: Tag) -> str:
    """Return the question that a line belongs to, "" where it belongs to none."""
    return tag[1] if tag[:1] == ("option",) else "holds" if tag[:1] in (("report",), ("none",)) else ""


def choices_of(stops: Sequence[Tag], question: str) -> list[Tag]:
    """Return what can be chosen in a question, in the order of the numbers."""
    return [tag for tag in stops if question_of(tag) == question]


def _section(title: str, texts: Sequence[Text], id: str, width: int) -> Iterator[Line]:
    if not texts:
        return
    yield BLANK
    yield Line((Span(f" {title}", "head"),))
    for at, text in enumerate(texts):
        yield from flow(text.says, width, (Span("   · ", "key"),), tag=("facts", id, str(at), *text.facts), stop=True)


def _letter(letter: Letter | None, texts: Mapping[str, str], width: int) -> Iterator[Line]:
    if letter is None:
        return
    tag: Tag = ("run", "copy_letter")
    yield BLANK
    yield Line((Span(f" {texts['vendors.section.letter']}", "head"),), tag, stop=True)
    yield from flow(
        texts["letter.subject"].format(subject=letter.subject), width, (Span("   "),), style="strong", tag=tag
    )
    for paragraph in letter.paragraphs:
        yield BLANK
        if isinstance(paragraph, tuple):
            for item in paragraph:
                yield from flow(item, width, (Span("   - "),))
        else:
            yield from flow(paragraph, width, (Span("   "),))
    yield BLANK
    yield from flow(f"{texts['letter.close']} {letter.signature}", width, (Span("   "),))


def keys_line(message: str, width: int) -> Line:
    """Return the main keys; a message stands before the way out."""
    commands = [
        c for c in COMMANDS if (c.group == "vendors" and c.id not in SERIES) or c.id in ("keys", "command_palette")
    ]
    hints = [Hint(c.id, key_name(keys_now(c)[0]), c.title.lower()) for c in commands]
    if not message:
        return foot(hints, width, _FIRST)
    out = foot([h for h in hints if h.action in _OUT], width).spans
    return Line((Span(" "), Span(clip(message, width - width_of(out) - 1), "warn"), Span(" "), *out))
