"""The memo: the answer card, three reasons, next steps, what is assumed, the plan, scope, and who gets what by when.

It fills two printed pages, the first of which answers what people ask first. Sources are named in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from socui.day_words import day_words
from socui.knowledge.local_words import is_abroad
from socui.planning.words import report_title
from socui.reports.blocks import Block, DocTable, Document, Item, Run, TextLine, bulleted, section, short
from socui.reports.card import MOST_ASSUMED, SURE, CardEntry
from socui.reports.card_lines import card_panel
from socui.reports.card_steps import next_steps
from socui.reports.memo_readers import memo_readers
from socui.reports.memo_reasons import memo_reasons
from socui.reports.words import (
    ended,
    publishers,
    read_aloud,
    span_words,
)
from socui.text import visible

if TYPE_CHECKING:
    from socui.reports.findings import Findings

MANY, _FEW_STEPS = 3, 2
"""From so many requests on there is room for so many steps."""
_US_FIGURES, _ABROAD = "cost-first-year", "cost-abroad"
"""The message that gives figures of US reports; the one that says abroad what to ask for instead."""
_MOST_STEPS, _MOST_ASSUMED, _MOST_OPEN, _MOST_SAID = 4, 6, 4, 2


def memo(findings: Findings) -> Document:
    """Return the memo on a profile. Pure."""
    return Document(title(findings), about(findings), (*memo_blocks(findings), *_closing(findings)))


def title(findings: Findings) -> str:
    """Return what every paper on the profile is called."""
    who = visible(findings.profile.organization) or findings.knowledge.texts["card.you"]
    key = "memo.title.obtain" if findings.profile.answers.get("role") == "obtain" else "memo.title"
    return findings.knowledge.texts[key].format(who=who)


def about(findings: Findings) -> tuple[tuple[str, str], ...]:
    """Return the service and the day."""
    pairs = ("Service", visible(findings.profile.service)), ("Date", day_words(findings.today))
    return tuple(pair for pair in pairs if pair[1])


def memo_blocks(findings: Findings, numbered: bool = False) -> Iterator[Block]:
    """Yield the memo without its closing, as the full report begins too. `numbered`: facts are referred to by
    number, else the publishers of their sources are named."""
    f, t = findings, findings.knowledge.texts
    yield card_panel(f.card, t, sources=numbered)
    why = t["memo.why.ask" if f.advice.leaning == "clarify" else "memo.why"]
    yield from section(why, bulleted(memo_reasons(f, numbered)))
    yield from section(t["memo.steps"], bulleted(_steps(f) if not numbered and not f.advice.contradictions else ()))
    yield from section(t["memo.open"], bulleted(_open(f)))
    yield from section(t["memo.readers"], memo_readers(f) if not numbered else ())
    yield from section(t["memo.plan"], _plan(f, numbered))
    yield from section(t["memo.scope"], bulleted(_scope(f)))
    yield from section(t["memo.cost"], bulleted(_costs(f, numbered)))


def _closing(f: Findings) -> Iterator[Block]:
    if message := f.knowledge.messages.get("memo-estimate"):
        yield TextLine((Run(message.says, "soft"), Run(f" {f.knowledge.texts['memo.more']}", "soft")), (), "note")


def _plan(f: Findings, numbered: bool) -> Iterator[Block]:
    """Yield the picture, and each planned report in a row."""
    if not f.card.reports:
        return
    if f.chart:
        yield f.chart
    rows = []
    for planned in f.plan.reports:
        if planned.as_of:
            covers = f"as of {day_words(planned.as_of)}"
        else:
            covers = " to ".join(span_words(planned.begins, planned.ends))
        hand = planned.in_hand
        between = f"{day_words(hand.low)} to {day_words(hand.high)}"
        name = TextLine((Run(report_title(planned, f.plan.country)),), (), planned.report)
        rows.append((name, TextLine((Run(covers),)), short(day_words(hand.typical)), TextLine((Run(between),))))
    if rows:
        yield DocTable(f.knowledge.texts["memo.plan.caption"], ("Report", "Covers", "In hand", "Between"), tuple(rows))
    lines = [TextLine((Run(ended(sure.sentence)),)) for sure in f.plan.assumed if sure.key == SURE]
    if any(r.in_hand.low <= r.last for r in f.plan.reports):
        lines.append(TextLine((Run(f.knowledge.texts["memo.plan.moves"]),)))
    lines += [TextLine((Run(text.says),), text.facts if numbered else ()) for text in f.plan.says[:_MOST_SAID]]
    yield from bulleted(map(Item, lines))


def _scope(f: Findings) -> Iterator[Item]:
    t = f.knowledge.texts
    if not f.advice.advised("soc2"):
        return
    sentences = []
    for value in ("include", "consider", "leave_out"):
        titles = [
            category.title
            for category in f.knowledge.categories.values()
            if category.id in f.advice.findings and f.advice.findings[category.id].leaning == value
        ]
        if titles:
            sentences.append(t[f"memo.scope.{value}"].format(what=read_aloud(titles)))
    if sentences:
        yield Item(TextLine((Run(" ".join(sentences)),)))


def _costs(f: Findings, numbered: bool) -> Iterator[Item]:
    """Yield what the fee on the card depends on, and what a first year comes to in all."""
    first = f.advice.advised("soc2") and not any(h.report == "soc2" for h in f.profile.reports_held)
    abroad = is_abroad(f.plan.country)
    for id in (*([_ABROAD] if abroad else []), "cost-depends", *([_US_FIGURES] if first else [])):
        message = f.knowledge.messages.get(id) if f.card.reports else None
        if message is not None:
            named = publishers(f.knowledge, message.facts[:1])
            aside = () if numbered or not named else (Run(f" ({named})", "soft"),)
            says = message.says
            if id == _US_FIGURES and abroad:
                says = f.knowledge.texts["memo.cost.abroad"].format(figures=says[:1].lower() + says[1:])
            yield Item(TextLine((Run(says), *aside), message.facts if numbered else ()))


# ---------------------------------------------------------------- what to do


def _steps(f: Findings) -> Iterator[Item]:
    """Yield the steps of the knowledge base that fit, in full. What the card says already is left out."""
    for entry in _left_over(f)[:_FEW_STEPS]:
        yield Item(TextLine((Run(entry.text, "strong"),)))
    next_texts = {entry.text for entry in f.card.next}
    notes = [n.note for n in f.advice.notes if n.note.kind == "step"]
    for note in [n for n in notes if n.id not in SAID_BY_CARD or not f.profile.requests][
        : _MOST_STEPS if len(f.profile.requests) < MANY else _FEW_STEPS
    ]:
        lead = ended(note.title)
        title = Run(f"{lead} ", "strong" if lead not in next_texts else "")
        yield Item(TextLine((title, Run(note.says))))


def _left_over(f: Findings) -> list[CardEntry]:
    """Return what else is to be sent to those who asked, where the card had no room for it."""
    if not f.card.reports:
        return []
    steps = [*next_steps(f.knowledge, f.profile, f.advice, f.plan, f.card.assumed, f.card.missing)]
    return [e for e in steps[len(f.card.next) :] if e.facts and e.key not in f.knowledge.questions]


SAID_BY_CARD = frozenset(("step-in-writing",))
"""Steps that the card words for these very requests."""


def _open(f: Findings) -> Iterator[Item]:
    """Yield what can still change the answer or its dates: the questions that are open or assumed, each with who knows,
    and the assumptions that the card has no room for."""
    t, card = f.knowledge.texts, f.card
    entries = {e.key: e for e in reversed((*card.open[:_MOST_OPEN], *card.missing, *card.assumed[:_MOST_ASSUMED]))}
    for key, entry in reversed(entries.items()):
        question = f.knowledge.questions.get(key)
        if question is not None:
            ask = t["memo.open.ask"].format(whom=question.whom) if question.whom else ""
            yield Item(TextLine((Run(question.ask), Run(f" {ask}" if ask else "", "soft"))))
        elif entry in card.open:
            yield Item(TextLine((Run(ended(entry.text[:1].upper() + entry.text[1:])),)))
    for entry in (*card.missing[MOST_ASSUMED:_MOST_ASSUMED], *card.assumed[MOST_ASSUMED:_MOST_ASSUMED]):
        yield Item(TextLine((Run(ended(entry.text) if entry in card.missing else _assumption(t, entry.text)),)))


def _assumption(t: Mapping[str, str], text: str) -> str:
    return text if text.startswith("Assumed") else t["memo.assumed.item"].format(what=text.rstrip("."))
