"""The memo's part on who gets what by when: a sentence for each who asked, and what to send until then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from socui.day_words import day_words
from socui.knowledge.local_words import typed_name
from socui.name_words import closed
from socui.reports.blocks import Block, Item, Run, TextLine, bulleted
from socui.reports.words import beside_soc, ended, is_unclear, read_aloud
from socui.text import visible

if TYPE_CHECKING:
    from socui.planning.model import RequestOutcome
    from socui.profiles.records import Request
    from socui.reports.findings import Findings

MOST_TO_ONE, MOST_TO_ALL = 3, 6
"""So many sentences on what a plan means for one who asked, and for all of them together."""
MOST_TO_SEND = 2
"""So many things to send until then, for all of them together."""


def memo_readers(f: Findings) -> list[Block]:
    """Return one sentence for each who asked, what it means for them, and what to send until then."""
    t, items, printed = f.knowledge.texts, list[Item](), set[str]()
    requests = {r.id: r for r in f.profile.requests}
    for outcome in f.plan.requests if f.card.readers else ():
        least = int(
            outcome.is_late or outcome.reader == "investor"
        )  # whom no report is written for, or reaches in time
        most = min(MOST_TO_ONE, max(least, MOST_TO_ALL // len(f.plan.requests)))
        more = [
            TextLine((Run(text.says),)) for text in outcome.says[:most] if _unnamed(text.says, outcome) not in printed
        ]
        printed.update(_unnamed(text.says, outcome) for text in outcome.says)
        asked = requests.get(outcome.id)
        if asked is not None and outcome.report and is_unclear(asked, f.advice):
            name = typed_name(outcome.report, outcome.type, f.plan.country)
            key = "memo.unclear.both" if outcome.beside else "memo.unclear"
            more.insert(0, TextLine((Run(t[key].format(name=name)),)))
        more += _beside(t, asked)
        meanwhile = [
            TextLine((Run(t["memo.with_held" if outcome.held else "memo.meanwhile"], "strong"), Run(text.says)))
            for text in outcome.meanwhile[: max(1, MOST_TO_SEND // len(f.plan.requests))]
            if text.says not in printed
        ]
        printed.update(text.says for text in outcome.meanwhile)
        items.append(Item(TextLine((Run(_first(f, outcome)),)), (*more, *meanwhile)))
    return bulleted(items)


def _beside(t: Mapping[str, str], asked: Request | None) -> Iterator[TextLine]:
    """Yield what is asked for beside a SOC report, which no plan has."""
    asks = beside_soc(asked) if asked is not None else ()
    if others := [t.get(f"asks.{a}", visible(a)) for a in asks if a != "soc3"]:
        yield TextLine((Run(t["memo.beside"].format(what=read_aloud(others))),))
    if "soc3" in asks:
        yield TextLine((Run(t["memo.soc3"]),))


def _unnamed(text: str, outcome: RequestOutcome) -> str:
    """Return a sentence without who asked, to tell what was said to another one already."""
    return text.replace(closed(outcome.asked_by), "").replace(outcome.asked_by, "") if outcome.asked_by else text


def _first(f: Findings, outcome: RequestOutcome) -> str:
    """Return the sentence that says it all; of one that is late a few words where the card says the rest at its top."""
    in_full = {entry.text for entry in f.card.late}
    said_on_card = {
        (other.served, other.needed_by)
        for other, reader in zip(f.plan.requests, f.card.readers, strict=False)
        if other.is_late and reader.sentence in in_full
    }
    reader = next((r for r in f.card.readers if r.sentence.startswith(outcome.sentence)), None)
    late = outcome.is_late and (outcome.served, outcome.needed_by) in said_on_card
    if reader is None or not late or outcome.needed_by is None:
        return outcome.sentence
    t, answer = f.knowledge.texts, f.knowledge.texts[f"outcome.{outcome.answer}"]
    return ended(t["card.needed.whom"].format(whom=reader.whom, needed_by=day_words(outcome.needed_by), answer=answer))
