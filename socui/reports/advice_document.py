"""Builds the full report as a document. The sentences come from the knowledge base; headings and marks are written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from socui.deciding.advice import REPORTS, Finding, Noted, Reason, Said, Tip, WhyNot
from socui.deciding.headline import REASON_THEN, can_come_about, change_words, lacking, would_be
from socui.knowledge.texts import Note
from socui.planning.model import Plan
from socui.reports import memo
from socui.reports.appendix import answers_section, glossary, references
from socui.reports.blocks import Block, Bullets, DocTable, Document, Item, Run, TextLine, section
from socui.reports.memo import SAID_BY_CARD, memo_blocks
from socui.reports.plan_document import other_blocks, request_blocks, why_blocks
from socui.reports.reasons import DOUBTED, in_doubt, reason_runs, with_mark
from socui.reports.scope_section import scope_section
from socui.reports.words import (
    BESIDES,
    LIMITS,
    NEXT_STEPS,
    NOTE_GROUPS,
    QUESTIONS,
    TYPE_AND_PERIOD,
    answer_words,
    ended,
    mark,
    note_group,
)
from socui.text import visible

if TYPE_CHECKING:
    from socui.reports.findings import Findings

ONLY_SAID = ("mistake", "neighbour", "vendor")
"""Kinds of notes that are printed only where the answers show that they apply."""
_ESTIMATE = "F-EX-39"
"""The fact that stands under every plan."""


def document(findings: Findings) -> Document:
    """Return everything that can be said of a profile: the memo, then what it rests on, last the record. Pure."""
    return _Writer(findings).document()


class _Writer:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.knowledge, self.profile, self.advice = findings.knowledge, findings.profile, findings.advice
        self.today = findings.today
        self.blocks: list[Block] = []

    def document(self) -> Document:
        """Write every section; a section without content is left out."""
        # First what a reader acts on, then what it rests on, then what holds for everybody, last the record.
        self.blocks += memo_blocks(self.findings, numbered=True)
        self._plan(self.findings.plan)
        self._notes(NEXT_STEPS)
        self._notes(NOTE_GROUPS["mistake"])
        self._still_open()
        self._reports()
        self._reasons()
        self._why_not(self.findings.why_not)
        self._tips([tip for tip in self.findings.tips if can_come_about(self.knowledge, self.profile, tip)])
        self._types()
        self.blocks += scope_section(self.findings)
        if not self.advice.early:
            self._notes(QUESTIONS)
        self._comparison()
        for title in BESIDES:
            self._notes(title)
        self.blocks += answers_section(self.knowledge, self.profile, self.advice)
        self.blocks += glossary(self.knowledge, self.blocks)
        self._notes(LIMITS)
        cited, numbers = references(self.knowledge, self.blocks)
        self.blocks += cited
        self._made_of()
        return Document(memo.title(self.findings), memo.about(self.findings), tuple(self.blocks), numbers)

    def _made_of(self) -> None:
        """Last, for whoever compares two reports."""
        profile, knowledge = visible(self.profile.name), self.knowledge
        parts = [f"Profile {profile}"] if profile else []
        parts.append(f"{self.advice.answered} of {self.advice.asked} questions answered")
        parts.append(f"knowledge {knowledge.version} ({knowledge.digest})")
        self._section("How this report was made", [TextLine((Run(". ".join(parts) + "."),))])

    # ---- writing

    def _section(self, title: str, blocks: Iterable[Block], level: int = 2) -> None:
        self.blocks += section(title, blocks, level)

    def _bullets(self, items: Iterable[Item]) -> list[Block]:
        listed = tuple(items)
        return [Bullets(listed)] if listed else []

    def _said(self, answer: Said) -> tuple[Run, ...]:
        question = self.knowledge.questions[answer.question]
        run = Run(f"{question.short}: {answer_words(question, answer.options)}")
        return (Run("assumed "), run) if answer.presumed else (run,)

    def _all_said(self, answers: Sequence[Said]) -> tuple[Run, ...]:
        runs: list[Run] = []
        for answer in answers:
            runs += [Run("; "), *self._said(answer)] if runs else self._said(answer)
        return tuple(runs)

    def _reason(self, finding: Finding, reason: Reason) -> Item:
        rule = reason.rule
        more = [TextLine((Run("Ask back: ", "strong"), Run(rule.ask_back)), rule.facts)] if rule.ask_back else []
        if reason.answers:
            more.append(TextLine((Run("By the answers: "), *self._all_said(reason.answers))))
        doubt = (DOUBTED,) if in_doubt(self.knowledge, self.advice, reason) else ()
        return Item(TextLine((*doubt, *reason_runs(finding, reason, self.advice.settled)), rule.facts), tuple(more))

    # ---- what is recommended, and why

    def _findings(self, *ids: str) -> list[Finding]:
        return [self.advice.findings[id] for id in ids if id in self.advice.findings]

    def _reports(self) -> None:
        rows = []
        for finding in self._findings(*REPORTS):
            value = finding.result.value(finding.leaning)
            whom = self.advice.by_whom.get(finding.result.id) or "nobody by name"
            cells = (
                TextLine((Run(finding.result.title),), (), finding.result.id),
                TextLine((Run(finding.label, "strong"),)),
                TextLine((Run(whom),)),
            )
            says = self.knowledge.texts["early"] if finding.early else value.says
            rows.append((*cells, TextLine((Run(says),), value.facts)))
        table = DocTable("How certain each report is", ("Report", "Answer", "Asked for by", "Meaning"), tuple(rows))
        self._section("The two reports", [table] if rows else [])

    def _comparison(self) -> None:
        """SOC 1 beside SOC 2, row by row."""
        rows = tuple(
            (TextLine((Run(row.title),), row.facts), TextLine((Run(row.soc1),)), TextLine((Run(row.soc2),)))
            for row in self.knowledge.rows
        )
        table = DocTable("SOC 1 beside SOC 2", ("", "SOC 1 report", "SOC 2 report"), rows)
        self._section("How the two differ", [table] if rows else [])

    def _reasons(self) -> None:
        for finding in self._findings(*REPORTS):
            # A weaker reason was written for the case that nothing stronger holds, and may say so: left to the JSON.
            # Where it is too early to lean there is none: nothing was said that would be one.
            reasons = [r for r in finding.reasons if r.deciding and r not in self.advice.clarify and not finding.early]
            self._section(f"On the {finding.result.title}", self._bullets(self._reason(finding, r) for r in reasons))

    def _still_open(self) -> None:
        presumed = {p.presumption.question: p for p in self.advice.presumed}
        rows = []
        for id in self.advice.matter:
            question = self.knowledge.questions[id]
            taken = presumed.get(id)
            until = TextLine((Run("-"),))
            if taken:
                until = TextLine((Run(f"{answer_words(question, taken.options)}. {taken.presumption.because}"),),
                             taken.presumption.facts)  # fmt: skip
            state = Run(f" ({mark(self.advice.states[id].state)})", "soft")
            rows.append((TextLine((Run(question.ask), state), question.facts), TextLine((Run(question.whom),)), until))
        head = ("Question", "Whom to ask", "Taken until then")
        self._section(
            "Still open", [DocTable("Questions that can change the recommendation", head, tuple(rows))] if rows else []
        )

    def _why_not(self, why_not: Sequence[WhyNot]) -> None:
        items = []
        for lacking_rule in why_not:
            result = self.knowledge.results[lacking_rule.rule.result]
            head = Run(f"A {result.title} {would_be(self.knowledge, lacking_rule)} with these answers: ", "strong")
            reason = (Run(REASON_THEN), Run(lacking_rule.rule.because))
            more = (TextLine(reason, lacking_rule.rule.facts),)
            items.append(Item(TextLine((head, Run(f"{lacking(self.knowledge, lacking_rule)}."))), more))
        self._section("Why no other report", self._bullets(items))

    def _tips(self, tips: Sequence[Tip]) -> None:
        rows = []
        for tip in tips:
            words = " or ".join(self.knowledge.texts.get(f"headline.{h}", h) for h in tip.possible)
            then = Run(words if tip.forces else f"{words} (open)")
            rows.append((TextLine((Run(change_words(self.knowledge, self.profile, tip.changes)),)), TextLine((then,))))
        table = DocTable("Changes of answers", ("If this changed", "The recommendation would be"), tuple(rows))
        self._section("What would change it", [table] if rows else [])

    # ---- scope, Type, plan, notes

    def _value_rows(self, findings: Iterable[Finding]) -> list[Item]:
        items = []
        for finding in findings:
            value = finding.result.value(finding.leaning)
            line = TextLine((Run(f"{finding.result.title}: {finding.label}. ", "strong"), Run(value.says)), value.facts)
            deciding = [r for r in finding.reasons if r.deciding]
            items.append(
                Item(
                    line, tuple(TextLine(reason_runs(finding, r, self.advice.settled), r.rule.facts) for r in deciding)
                )
            )
        return items

    def _types(self) -> None:
        self._section(
            TYPE_AND_PERIOD, self._bullets(self._grouped(TYPE_AND_PERIOD))
        )  # which Type is the plan's business, see the memo
        self._section("Order", self._bullets(self._value_rows(self._findings("order"))))

    def _plan(self, plan: Plan) -> None:
        """What stands behind the memo's picture and table: each reader in full, why, and what else could be done."""
        if not self.findings.card.reports:
            return  # what is not advised is not planned for anybody
        self._section("Who gets what by when", [*request_blocks(plan), *(self._estimate() if plan.reports else [])])
        self._section("Why this plan", why_blocks(plan), 3)
        self._section("What else could be done", other_blocks(plan), 3)

    def _estimate(self) -> list[Block]:
        fact = self.knowledge.facts.get(_ESTIMATE)
        return [TextLine((Run(fact.says),), (fact.id,))] if fact else []

    def _grouped(self, group: str) -> list[Item]:
        notes = [n for n in self.advice.notes if note_group(n.note) == group]
        if self.profile.requests:  # the card words that step for these very requests
            notes = [n for n in notes if n.note.id not in SAID_BY_CARD]
        # What stands besides, such as other frameworks, is said where the answers speak of it, not where they might.
        return [self._note(n) for n in notes if n.certain or n.note.reminder or n.note.kind not in ONLY_SAID]

    def _note(self, noted: Noted) -> Item:
        note = noted.note
        title = Run(f"{ended(note.title)} ", "strong")
        # A reminder is general: what it costs to forget it is left to the JSON.
        more = (TextLine((Run("At stake: ", "strong"), Run(note.cost))),) if note.cost and not note.reminder else ()
        assumed = self._assumes(note)
        # A step is advice, not a finding: it is marked only where it rests on an assumption, as in the memo.
        unsure = not noted.certain and not note.reminder and (assumed or note.kind != "step")
        runs = with_mark(title, Run(note.says), unsure=unsure, assumed=assumed)
        return Item(TextLine(runs, note.facts), more)

    def _assumes(self, note: Note) -> bool:
        """Return whether a note rests on an answer that is presumed."""
        presumed = {p.presumption.question for p in self.advice.presumed}
        names = note.condition.names() if note.condition else ()
        return bool(presumed.intersection(names))

    def _notes(self, title: str) -> None:
        self._section(title, self._bullets(self._grouped(title)))
