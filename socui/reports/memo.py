"""The memo: the answer card, three reasons, next steps, what is assumed, the plan, scope, and who gets what by when.

It fills two printed pages, the first of which answers what people ask first. Sources are named in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from socui.day_words import day_words
from socui.deciding.advice import REPORTS, Finding, Reason
from socui.profiles.countries import seat
from socui.reports.blocks import Block, Bullets, DocTable, Document, Item, Run, TextLine, section, short
from socui.reports.card import MOST_ASSUMED, SURE, Card, CardEntry, report_name
from socui.reports.card_lines import card_panel
from socui.reports.card_steps import next_steps
from socui.reports.plan_document import report_title
from socui.reports.words import (
    SOC,
    ended,
    firm_words,
    is_unclear,
    publishers,
    read_aloud,
    span_words,
    texts_for,
)
from socui.text import visible

if TYPE_CHECKING:
    from socui.planning.model import RequestOutcome
    from socui.profiles.records import Request
    from socui.reports.findings import Findings

MANY, _FEW_STEPS = 3, 2
"""From so many requests on there is room for so many steps."""
MOST_REASONS, _MOST_STEPS, _MOST_ASSUMED, _MOST_OPEN, MOST_SAID = 3, 3, 6, 4, 2
MOST_TO_ONE, MOST_TO_ALL = 3, 6
"""So many sentences on what a plan means for one who asked, and for all of them together."""


def memo(findings: Findings) -> Document:
    """Return the memo on a profile. Pure."""
    blocks = tuple(memo_blocks(findings))
    return Document(title(findings), about(findings), (*blocks, *_closing(findings)))


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
    f, t = findings, texts_for(findings.knowledge, seat(findings.profile))
    yield card_panel(f.card, t, sources=numbered)
    why = t["memo.why.ask" if f.advice.leaning == "clarify" else "memo.why"]
    yield from section(why, _listed(_reasons(f, numbered)))
    yield from section(t["memo.steps"], _listed(_steps(f) if not numbered else ()))
    yield from section(t["memo.open"], _listed(_open(f)))
    yield from section(t["memo.assumed"], _listed(_assumed(f, f.card)))
    yield from section(t["memo.readers"], _readers(f) if not numbered else ())
    yield from section(t["memo.plan"], _plan(f, numbered))
    yield from section(t["memo.scope"], _listed(_scope(f)))
    yield from section(t["memo.cost"], _listed(_costs(f, numbered)))


def _closing(f: Findings) -> Iterator[Block]:
    if message := f.knowledge.messages.get("memo-estimate"):
        yield TextLine((Run(message.says, "soft"), Run(f" {f.knowledge.texts['memo.more']}", "soft")), (), "note")


def _listed(items: Iterable[Item]) -> list[Block]:
    made = tuple(items)
    return [Bullets(made)] if made else []


# ---------------------------------------------------------------- why


def _reasons(f: Findings, numbered: bool) -> Iterator[Item]:
    """Yield the deciding reasons, those that hold for certain first, each with who says so."""
    t, left = f.knowledge.texts, MOST_REASONS
    for reason in f.advice.clarify[:MOST_REASONS]:
        left -= 1
        ask = TextLine((Run(t["memo.ask"], "strong"), Run(reason.rule.ask_back)), reason.rule.facts if numbered else ())
        yield Item(_because(f, reason, numbered), (ask,) if reason.rule.ask_back else ())
    reasons = _deciding(f)[: max(left, 1)]
    for _, reason in [*reasons, *_against(f)[: MOST_REASONS - len(reasons)]]:
        yield Item(_because(f, reason, numbered))


def _deciding(f: Findings) -> list[tuple[Finding, Reason]]:
    """Of every report in turn the next reason, so that two reports have reasons each."""
    wanted = [r for r in REPORTS if f.advice.advised(r)] or [*REPORTS]
    lists = []
    for finding in (f.advice.findings[r] for r in wanted if r in f.advice.findings):
        reasons = [r for r in finding.reasons if r.deciding and r not in f.advice.clarify and not finding.early]
        lists.append([(finding, r) for r in sorted(reasons, key=lambda r: not r.certain)])
    depth = max(map(len, lists), default=0)
    ordered = [pairs[n] for n in range(depth) for pairs in lists if n < len(pairs)]
    if not any(map(f.advice.advised, wanted)):  # the same answers speak against both reports: once is enough
        ordered = list({reason.answers: (finding, reason) for finding, reason in reversed(ordered)}.values())[::-1]
    return ordered


def _against(f: Findings) -> list[tuple[Finding, Reason]]:
    """Return what is certain of the report that is not advised, where the other one is: on the service, not on who asked."""
    if f.advice.leaning not in ("soc1", "soc2"):
        return []
    others = [f.advice.findings[r] for r in REPORTS if r in f.advice.findings and not f.advice.advised(r)]
    plain = [(f, r) for f in others for r in f.reasons if r.deciding and r.certain and not r.rule.named]
    return plain[:1]


def _because(f: Findings, reason: Reason, numbered: bool) -> TextLine:
    """Return a reason; what it assumes comes first, and who says so last."""
    runs = []
    guessed = {a.question for a in reason.answers if a.presumed}
    clauses = [p.presumption.assumed for p in f.advice.presumed if p.presumption.question in guessed]
    if not reason.certain and any(clauses):
        runs.append(
            Run(f.knowledge.texts["memo.assuming"].format(what=read_aloud([c for c in clauses if c])), "strong")
        )
    runs.append(Run(reason.rule.because))
    if numbered:
        return TextLine(tuple(runs), reason.rule.facts)
    if named := publishers(f.knowledge, reason.rule.facts):
        runs.append(Run(f" ({named})", "soft"))
    return TextLine(tuple(runs))


# ---------------------------------------------------------------- who, when


def _readers(f: Findings) -> list[Block]:
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
            name = report_name(outcome.report, outcome.type)
            more.insert(0, TextLine((Run(t["memo.unclear"].format(name=name)),)))
        more[1 if asked is not None and is_unclear(asked, f.advice) else 0 : 0] = list(_other_report(f, outcome, asked))
        meanwhile = [
            TextLine((Run(t["memo.with_held" if outcome.held else "memo.meanwhile"], "strong"), Run(text.says)))
            for text in outcome.meanwhile[: max(1, MOST_SAID // len(f.plan.requests))]
            if text.says not in printed
        ]
        printed.update(text.says for text in outcome.meanwhile)
        items.append(Item(TextLine((Run(_first(f, outcome)),)), (*more, *meanwhile)))
    return _listed(items)


def _other_report(f: Findings, outcome: RequestOutcome, asked: Request | None) -> Iterator[TextLine]:
    """Yield what is planned of the other report, where a request is for both or may be for either."""
    if asked is None or asked.either or outcome.served is None:
        return
    both = all(r in asked.asks for r in SOC) or is_unclear(asked, f.advice)
    served, t = f.plan.reports[outcome.served], f.knowledge.texts
    for other in [f.plan.first(r) for r in REPORTS if both and r != outcome.report and f.advice.advised(r)]:
        if other is None:
            continue
        same = (other.begins, other.ends, other.as_of) == (served.begins, served.ends, served.as_of)
        key = "memo.other.same" if same and other.in_hand == served.in_hand else "memo.other"
        days = (
            t["card.as_of"].format(as_of=day_words(other.as_of))
            if other.as_of
            else f"for {' to '.join(span_words(other.begins, other.ends))}"
        )
        name = report_name(other.report, other.type)
        yield TextLine((Run(t[key].format(name=name, days=days, typical=day_words(other.in_hand.typical))),))


def _unnamed(text: str, outcome: RequestOutcome) -> str:
    """Return a sentence without who asked, to tell what was said to another one already."""
    return text.replace(outcome.asked_by, "") if outcome.asked_by else text


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
        name = TextLine((Run(report_title(planned)),), (), planned.report)
        rows.append((name, TextLine((Run(covers),)), short(day_words(hand.typical)), TextLine((Run(between),))))
    if rows:
        yield DocTable(f.knowledge.texts["memo.plan.caption"], ("Report", "Covers", "In hand", "Between"), tuple(rows))
    lines = [TextLine((Run(ended(sure.sentence)),)) for sure in f.plan.assumed if sure.key == SURE]
    if any(r.in_hand.low <= r.last for r in f.plan.reports):
        lines.append(TextLine((Run(f.knowledge.texts["memo.plan.moves"]),)))
    lines += [TextLine((Run(text.says),), text.facts if numbered else ()) for text in f.plan.says[:MOST_SAID]]
    yield from _listed(map(Item, lines))


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
    for id in ("cost-depends", *(["cost-first-year"] if first else [])):
        message = f.knowledge.messages.get(id) if f.card.reports else None
        if message is not None:
            named = publishers(f.knowledge, message.facts[:1])
            aside = () if numbered or not named else (Run(f" ({named})", "soft"),)
            yield Item(TextLine((Run(message.says), *aside), message.facts if numbered else ()))


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
        country = seat(f.profile)
        title = Run(f"{firm_words(lead, country)} ", "strong" if lead not in next_texts else "")
        yield Item(TextLine((title, Run(firm_words(note.says, country)))))


def _left_over(f: Findings) -> list[CardEntry]:
    """Return what else is to be sent to those who asked, where the card had no room for it."""
    if not f.card.reports:
        return []
    steps = [*next_steps(f.knowledge, f.profile, f.advice, f.plan, f.card.assumed, f.card.missing)]
    return [e for e in steps[len(f.card.next) :] if e.facts and e.key not in f.knowledge.questions]


SAID_BY_CARD = frozenset(("step-in-writing",))
"""Steps that the card words for these very requests."""


def _open(f: Findings) -> Iterator[Item]:
    """Yield the questions that can still change the answer, each with who knows."""
    for entry in f.card.open[:_MOST_OPEN]:
        question = f.knowledge.questions.get(entry.key)
        if question is None:
            yield Item(TextLine((Run(ended(entry.text[:1].upper() + entry.text[1:])),)))
            continue
        ask = f.knowledge.texts["memo.open.ask"].format(whom=question.whom) if question.whom else ""
        yield Item(TextLine((Run(question.ask), Run(f" {ask}" if ask else "", "soft"))))


def _assumed(f: Findings, card: Card) -> Iterator[Item]:
    """Yield what nobody said and the answer rests on, each with who knows."""
    t, entries = f.knowledge.texts, (*card.missing, *card.assumed)
    told = len(card.missing) <= MOST_ASSUMED and len(card.assumed) <= MOST_ASSUMED
    if told and not any(e.key in f.knowledge.questions and f.knowledge.questions[e.key].whom for e in entries):
        return  # the card says all of it
    for entry in entries[:_MOST_ASSUMED]:
        runs = [Run(ended(entry.text) if entry in card.missing else _assumption(t, entry.text))]
        question = f.knowledge.questions.get(entry.key)
        if question and question.whom:
            runs.append(Run(f" {t['memo.assumed.ask'].format(whom=question.whom)}", "soft"))
        yield Item(TextLine(tuple(runs)))


def _assumption(t: Mapping[str, str], text: str) -> str:
    return text if text.startswith("Assumed") else t["memo.assumed.item"].format(what=text.rstrip("."))
