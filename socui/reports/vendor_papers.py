"""Writes the papers on vendors: the memo on all of them, and the request to one, ready to send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from socui.day_words import day_words
from socui.planning.words import listed, months
from socui.reports.blocks import Block, Bullets, DocTable, Document, Heading, Item, Run, TextLine, short
from socui.reports.letters import Letter
from socui.reports.words import publishers, span_words
from socui.text import visible

if TYPE_CHECKING:
    from socui.knowledge.model import Knowledge
    from socui.planning.model import Text
    from socui.profiles.profile import Profile
    from socui.profiles.records import ReportHeld, Vendor
    from socui.vendors.model import Collected, Judged, VendorFinding

_NAMES = {"soc1": "SOC 1", "soc2": "SOC 2"}
_TYPES = {"type1": "Type 1", "type2": "Type 2"}


def what_to_ask_for(finding: VendorFinding, texts: Mapping[str, str]) -> str:
    """Return what to ask for, in a few words."""
    if not finding.judged:
        return texts["vendors.ask.open" if finding.open else "vendors.ask.nothing"]
    return " + ".join(f"{_NAMES[j.wanted.report]} Type 2" for j in finding.judged)


def held(vendor: Vendor, texts: Mapping[str, str]) -> str:
    """Return what a vendor holds, in a few words."""
    if not vendor.reports:
        return texts["vendors.held.none" if vendor.none else "vendors.held.unknown"]
    return "; ".join(vendor_held_words(r, texts) for r in vendor.reports)


def vendor_held_words(report: ReportHeld, texts: Mapping[str, str]) -> str:
    """Return a report that is held, in a few words."""
    name = _NAMES.get(report.report) or texts.get(f"vendors.holds.{report.report}", visible(report.report))
    parts = [" ".join(filter(None, (name, _TYPES.get(report.type, ""))))]
    if report.ends:
        parts.append(
            " to ".join(span_words(report.begins, report.ends)) if report.begins else f"to {day_words(report.ends)}"
        )
    elif report.as_of:
        parts.append(f"as of {day_words(report.as_of)}")
    if report.opinion not in ("", "unmodified"):
        parts.append(visible(report.opinion))
    return ", ".join(parts)


def gap(finding: VendorFinding) -> str:
    """Return what of our year is not tested, in a few words."""
    parts = []
    for judged in finding.judged:
        coverage = [f"{judged.months} of 12 months tested"] if judged.months is not None else []
        coverage += [f"letter for {months(s)}" for s in judged.bridged]
        coverage += [f"nothing for {months(s)}" for s in judged.untested]
        parts += [f"{_NAMES[judged.wanted.report]}: {', '.join(coverage)}"] if coverage else []
    return "; ".join(parts)


def vendors_table(knowledge: Knowledge, profile: Profile, collected: Collected) -> Document:
    """Return the table over all vendors alone."""
    whole = vendors_memo(knowledge, profile, collected)
    return Document(whole.title, whole.about, (whole.blocks[0], whole.blocks[-1]))


def vendors_memo(knowledge: Knowledge, profile: Profile, collected: Collected) -> Document:
    """Return the memo: a table over all vendors, then each with its reasons, what is missing and the request to it."""
    t = knowledge.texts
    who = visible(profile.organization)
    title = t["vendors.title.who"].format(who=who) if who else t["vendors.title"]
    blocks: list[Block] = [_overview(collected, t)] if collected.findings else [TextLine((Run(t["vendors.none"]),))]
    for finding in collected.findings:
        blocks += _vendor(knowledge, profile, finding)
    blocks.append(TextLine((Run(t["vendors.estimate"], "soft"),), (), "note"))
    year = (
        [("Our fiscal year", " to ".join(span_words(collected.year.begins, collected.year.ends)))]
        if collected.year
        else []
    )
    about = (*year, ("Date", day_words(collected.today)))
    return Document(title, about, tuple(blocks))


def _overview(collected: Collected, t: Mapping[str, str]) -> DocTable:
    head = tuple(t[f"vendors.head.{c}"] for c in ("vendor", "ask", "held", "gap", "next"))
    rows = tuple(
        (
            TextLine((Run(visible(f.vendor.name), "user"),)),
            short(what_to_ask_for(f, t)),
            TextLine((Run(held(f.vendor, t)),)),
            TextLine((Run(gap(f)),)),
            TextLine((Run(t[f"vendors.next.{f.next}"]),)),
        )
        for f in collected.findings
    )
    return DocTable(t["vendors.caption"], head, rows)


def _vendor(knowledge: Knowledge, profile: Profile, finding: VendorFinding) -> Iterator[Block]:
    t, vendor = knowledge.texts, finding.vendor
    yield Heading(2, visible(vendor.name))
    if vendor.service:
        yield TextLine((Run(visible(vendor.service), "user"),))
    parts = {
        "why": (*finding.why, *finding.beside),
        "held": tuple(text for j in finding.judged for text in j.says),
        "without": finding.without,
        "cuecs": finding.cuecs,
    }
    for id, texts in parts.items():
        if texts:
            yield Heading(3, t[f"vendors.section.{id}"])
            yield Bullets(tuple(Item(_cited(knowledge, text)) for text in texts))
    if finding.asks:
        yield Heading(3, t["vendors.section.letter"])
        yield from letter_blocks(request_letter(knowledge, profile, finding), t)


def _cited(knowledge: Knowledge, text: Text) -> TextLine:
    named = publishers(knowledge, text.facts)
    return TextLine((Run(text.says), *((Run(f" ({named})", "soft"),) if named else ())))


def letter_blocks(letter: Letter, t: Mapping[str, str]) -> Iterator[Block]:
    """Yield a letter within a paper."""
    yield TextLine((Run(t["letter.subject"].format(subject=letter.subject), "strong"),))
    for paragraph in letter.paragraphs:
        if isinstance(paragraph, tuple):
            yield Bullets(tuple(Item(TextLine((Run(text),))) for text in paragraph))
        else:
            yield TextLine((Run(paragraph),))
    yield TextLine((Run(f"{t['letter.close']} {letter.signature}"),))


def request_letter(knowledge: Knowledge, profile: Profile, finding: VendorFinding) -> Letter:
    """Return the request to a vendor: every report wanted, the gap, what is expected of us, and what to send without."""
    t, vendor = knowledge.texts, finding.vendor
    reports = listed(
        [t[f"vendors.letter.subject.{_kind(j)}"].format(report=_NAMES[j.wanted.report]) for j in finding.judged]
    )
    who, whom = visible(profile.organization), visible(vendor.name)
    service = visible(vendor.service)
    lead = t["vendors.letter.lead"].format(service=service) if service else t["vendors.letter.lead.unnamed"]
    items = tuple(_items(finding, t))
    closing = [t["vendors.letter.none"]] if any(j.held is None for j in finding.judged) else []
    return Letter(
        kind="vendor",
        whom=whom,
        subject=t["vendors.letter.subject"].format(reports=reports),
        paragraphs=(
            t["letter.greeting"].format(whom=whom) if whom else t["letter.greeting.nobody"],
            lead,
            items,
            *closing,
            t["vendors.letter.nda"],
        ),
        signature=t["letter.signature"].format(who=who) if who else t["letter.signature.blank"],
    )


def _items(finding: VendorFinding, t: Mapping[str, str]) -> Iterator[str]:
    for judged in finding.judged:
        yield from _report_items(judged, t)
    for id in ("card", "health", "gov_controlled"):
        if id in finding.vendor.entrusts:
            yield t[f"vendors.letter.{id}"]
    yield t["vendors.letter.subservice"]
    yield t["vendors.letter.cuecs"]


def _kind(judged: Judged) -> str:
    """Return what is asked for: the report itself, a bridge letter to the one that is held, or only what comes next."""
    if judged.held is None or judged.next not in ("ok", "bridge", "opinion", "categories"):
        return "report"
    return "bridge" if judged.bridged else "next"


def _report_items(judged: Judged, t: Mapping[str, str]) -> Iterator[str]:
    """Yield what is asked for about one report: the report itself unless the one that is held will do, then what is
    missing."""
    wanted = judged.wanted
    if _kind(judged) == "report":
        if wanted.report == "soc1" and judged.year:
            begins, ends = day_words(judged.year.begins), day_words(judged.year.ends)
            yield t["vendors.letter.soc1"].format(begins=begins, ends=ends)
        elif wanted.report == "soc1":
            yield t["vendors.letter.soc1.no_year"]
        else:
            categories = listed([t[f"vendors.category.{c}"] for c in wanted.categories])
            yield t["vendors.letter.soc2"].format(categories=categories)
    for part in judged.bridged:
        yield t["vendors.letter.bridge"].format(report=_NAMES[wanted.report], span=months(part))
    if judged.held is not None and judged.held.ends is not None:
        yield t["vendors.letter.next"].format(last=day_words(judged.held.ends))
    if judged.held is not None and judged.held.opinion in ("qualified", "adverse", "disclaimer"):
        yield t["vendors.letter.opinion"].format(opinion=judged.held.opinion)
