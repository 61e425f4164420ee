"""Advice and profile as a document. Sentences are the knowledge base's; headings, table heads and marks stand here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from socui.advice import Advice, Finding, Noted, Reason, Said, Tip
from socui.model import Knowledge
from socui.outline import Block, Bullets, Chart, Document, Heading, Item, Line, Run, Table, lines
from socui.output import visible, visible_lines
from socui.plan import Bar
from socui.profile import Profile
from socui.report_words import answer_words, mark, note_group

REPORTS = ("soc1", "soc2")
PRESUMED, AS_ANSWERED = Run(" (presumed)", "soft"), Run(" (as far as answered)", "soft")
ESTIMATE, NOT_THIS = "F-EX-39", "faq-not-this"
"""The fact that stands under every plan, and the entry that says what socui is not."""
CONFIDENCE = {
    "standard": "from a standard or an official source",
    "recalled": "from a standard, from memory",
    "firms": "practice of firms",
    "one": "one source only",
    "background": "background",
}


def document(
    knowledge: Knowledge,
    profile: Profile,
    advice: Advice,
    today: date,
    tips: Sequence[Tip] = (),
    bars: Sequence[Bar] = (),
) -> Document:
    """Everything that can be said of a profile, in the order in which one reads it. Pure."""
    return _Writer(knowledge, profile, advice, today).document(tips, tuple(bars))


class _Writer:
    def __init__(self, knowledge: Knowledge, profile: Profile, advice: Advice, today: date) -> None:
        self.knowledge, self.profile, self.advice, self.today = knowledge, profile, advice, today
        self.blocks: list[Block] = []

    def document(self, tips: Sequence[Tip], bars: tuple[Bar, ...]) -> Document:
        """Write every section; a section without content is left out."""
        self._recommendation()
        self._clarifications()
        self._reasons()
        self._still_open()
        self._tips(tips)
        self._scope()
        self._types()
        self._plan(bars)
        for title in (
            "Mistakes seen in these answers",
            "Reminders",
            "Besides a SOC report",
            "Worth knowing",
            "Next steps",
        ):
            self._notes(title)
        self._answers()
        self._glossary()
        self._what_it_is_not()
        numbers = self._references()
        p = self.profile
        state = f"{self.advice.answered} of {self.advice.asked} questions"
        about = [("Organization", visible(p.organization)), ("Service", visible(p.service)), ("Date", f"{self.today}")]
        about += [("Answered", state), ("Knowledge", f"{self.knowledge.version} ({self.knowledge.digest})")]
        title = visible(p.name) or "Unnamed profile"
        return Document(title, tuple(pair for pair in about if pair[1]), tuple(self.blocks), numbers)

    # ---- writing

    def _section(self, title: str, blocks: Iterable[Block], level: int = 2) -> None:
        found = list(blocks)
        if found:
            self.blocks += [Heading(level, title), *found]

    def _bullets(self, items: Iterable[Item]) -> list[Block]:
        found = tuple(items)
        return [Bullets(found)] if found else []

    def _said(self, said: Said) -> tuple[Run, ...]:
        question = self.knowledge.questions[said.question]
        run = Run(f"{question.short}: {answer_words(question, said.options)}")
        return (run, PRESUMED) if said.presumed else (run,)

    def _all_said(self, answers: Sequence[Said]) -> tuple[Run, ...]:
        runs: list[Run] = []
        for said in answers:
            runs += [Run("; "), *self._said(said)] if runs else self._said(said)
        return tuple(runs)

    def _reason(self, reason: Reason) -> Item:
        rule = reason.rule
        unsure = () if reason.certain else (AS_ANSWERED,)
        more = [Line((Run("Ask back: ", "strong"), Run(rule.ask_back)), rule.facts)] if rule.ask_back else []
        if reason.answers:
            more.append(Line((Run("By the answers: "), *self._all_said(reason.answers))))
        return Item(Line((Run(rule.because), *unsure), rule.facts), tuple(more))

    # ---- what is recommended, and why

    def _findings(self, *ids: str) -> list[Finding]:
        return [self.advice.findings[id] for id in ids if id in self.advice.findings]

    def _recommendation(self) -> None:
        advice = self.advice
        refs = [f for finding in self._findings(*REPORTS) for f in finding.result.value(finding.leaning).facts]
        self._section("Recommendation", [Line((Run(advice.sentence),), tuple(dict.fromkeys(refs)), "lead")])
        rows = []
        for finding in self._findings(*REPORTS):
            value = finding.result.value(finding.leaning)
            others = [finding.result.value(v).label for v in finding.possible if v != finding.leaning]
            verdict = [Run(finding.label, "strong")]
            if others:
                verdict.append(Run(f" (also possible: {', '.join(others)})", "soft"))
            whom = advice.by_whom.get(finding.result.id) or "nobody by these answers"
            cells = (
                Line((Run(finding.result.title),), (), finding.result.id),
                Line(tuple(verdict)),
                Line((Run(whom),)),
            )
            rows.append((*cells, Line((Run(value.says),), value.facts)))
        if rows:
            self.blocks.append(Table("The two reports", ("Report", "Verdict", "Asked for by", "Meaning"), tuple(rows)))

    def _clarifications(self) -> None:
        self._section("Clarify first", self._bullets(self._reason(r) for r in self.advice.clarify))

    def _reasons(self) -> None:
        for finding in self._findings(*REPORTS):
            # A weaker reason was written for the case that nothing stronger holds, and may say so: left to the JSON.
            reasons = [r for r in finding.reasons if r.deciding and r not in self.advice.clarify]
            self._section(f"Why: {finding.result.title}", self._bullets(self._reason(r) for r in reasons))

    def _still_open(self) -> None:
        presumed = {p.presumption.question: p for p in self.advice.presumed}
        rows = []
        for id in self.advice.matter:
            question = self.knowledge.questions[id]
            taken = presumed.get(id)
            until = Line((Run("-"),))
            if taken:
                until = Line((Run(f"{answer_words(question, taken.options)}. {taken.presumption.because}"),),
                             taken.presumption.facts)  # fmt: skip
            state = Run(f" ({mark(self.advice.states[id].state)})", "soft")
            rows.append((Line((Run(question.ask), state), question.facts), Line((Run(question.whom),)), until))
        head = ("Question", "Whom to ask", "Taken until then")
        self._section(
            "Still open", [Table("Questions that can change the recommendation", head, tuple(rows))] if rows else []
        )

    def _tips(self, tips: Sequence[Tip]) -> None:
        rows = []
        for tip in tips:
            changes = [Said(tip.question, tip.options), *tip.also]
            words = ", ".join(self.knowledge.texts.get(f"headline.{h}", h) for h in tip.possible)
            rows.append(
                (Line(self._all_said(changes)), Line((Run("" if tip.forces else "possible: ", "soft"), Run(words))))
            )
        table = Table("Changes of answers", ("If the answer were", "The recommendation would be"), tuple(rows))
        self._section("What would change it", [table] if rows else [])

    # ---- scope, Type, plan, notes

    def _value_rows(self, findings: Iterable[Finding]) -> list[Item]:
        items = []
        for finding in findings:
            value = finding.result.value(finding.leaning)
            line = Line((Run(f"{finding.result.title}: {finding.label}. ", "strong"), Run(value.says)), value.facts)
            deciding = [r for r in finding.reasons if r.deciding]
            items.append(Item(line, tuple(Line((Run(r.rule.because),), r.rule.facts) for r in deciding)))
        return items

    def _scope(self) -> None:
        rows = []
        for category in self.knowledge.categories.values():
            for finding in self._findings(category.id):
                value = finding.result.value(finding.leaning)
                rules = [r.rule for r in finding.reasons if r.deciding]
                why = " ".join(rule.because for rule in rules) or value.says
                refs = tuple(dict.fromkeys(f for rule in rules for f in rule.facts)) or value.facts
                name, verdict = Line((Run(category.title),), category.facts), Line((Run(finding.label, "strong"),))
                rows.append((name, verdict, Line((Run(why),), refs), Line((Run(str(category.criteria)),))))
        head = ("Category", "Verdict", "Why", "Criteria")
        self._section(
            "Scope of the SOC 2 report", [Table("Trust services categories", head, tuple(rows))] if rows else []
        )

    def _types(self) -> None:
        items = self._value_rows(f for f in self._findings("type_soc1", "type_soc2"))
        self._section("Type and first period", self._bullets([*items, *self._grouped("Type and first period")]))
        self._section("Order", self._bullets(self._value_rows(self._findings("order"))))

    def _plan(self, bars: tuple[Bar, ...]) -> None:
        if not bars:
            return
        needed = bars[0].needed_by
        head = ("Step", "Months", "Begins", "Ends", *(("Against the date",) if needed else ()))
        rows = []
        for bar in bars:
            months = " / ".join(f"{m:g}" for m in bar.step.months)
            cells = [
                Line((Run(bar.step.title),), bar.step.facts),
                Line((Run(months),)),
                Line((Run(f"{bar.begins[1]}"),)),
            ]
            cells.append(Line((Run(f"{bar.ends[1]}"), Run(f" ({bar.ends[0]} to {bar.ends[2]})", "soft"))))
            if needed:
                cells.append(Line((Run(f"{bar.chance} ({bar.late_by:+d} days)" if bar.last else "-"),)))
            rows.append(tuple(cells))
        caption = "Months and dates: typical; in brackets low to high" + (f". Needed by {needed}" if needed else "")
        chart = Chart(bars, self.today, needed, "Plan")
        self._section("Plan", [chart, Table(caption, head, tuple(rows)), *self._estimate()])

    def _estimate(self) -> list[Block]:
        fact = self.knowledge.facts.get(ESTIMATE)
        return [Line((Run(fact.says),), (fact.id,))] if fact else []

    def _grouped(self, group: str) -> list[Item]:
        return [self._note(n) for n in self.advice.notes if note_group(n.note) == group]

    def _note(self, noted: Noted) -> Item:
        note = noted.note
        unsure = () if noted.certain or note.reminder else (AS_ANSWERED,)
        more = (Line((Run("At stake: ", "strong"), Run(note.cost)), note.facts),) if note.cost else ()
        return Item(Line((Run(f"{note.title.rstrip('.')}. ", "strong"), Run(note.says), *unsure), note.facts), more)

    def _notes(self, title: str) -> None:
        self._section(title, self._bullets(self._grouped(title)))

    # ---- the record

    def _answers(self) -> None:
        self.blocks.append(Heading(2, "Answers and notes"))
        k, p = self.knowledge, self.profile
        if p.dates:
            days = tuple((Line((Run(visible(n), "user"),)), Line((Run(f"{day}"),))) for n, day in p.dates.items())
            self.blocks.append(Table("Dates", ("Date", "Day"), days))
        for section in k.sections:
            asked = [q for q in k.questions.values() if q.section == section.id]
            rows: tuple[tuple[Line, ...], ...] = tuple((Line((Run(q.ask),)), *self._answer(q.id)) for q in asked)
            self._section(
                section.title, [Table(section.title, ("Question", "Answer", "State"), rows)] if rows else [], 3
            )
            for question in asked:
                if question.id in p.notes:
                    self._user_note(question.short, p.notes[question.id])
        unknown = [q for q in p.answers if q not in k.questions]
        rows = tuple((Line((Run(visible(q), "user"),)), Line((Run(_raw(p.answers[q]), "user"),))) for q in unknown)
        self._section(
            "Kept, unknown to this knowledge base", [Table("Kept", ("Question", "Answer"), rows)] if rows else [], 3
        )
        for id, text in p.notes.items():
            if id not in k.questions:
                self._user_note(visible(id), text)

    def _user_note(self, about: str, text: str) -> None:
        kept = Run(
            "\n".join(filter(None, (" ".join(line.split()) for line in visible_lines(text).split("\n")))), "user"
        )
        self.blocks += [Line((Run("Note on ", "soft"), Run(about, "user")), (), "label"), Line((kept,), (), "quote")]

    def _answer(self, id: str) -> tuple[Line, Line]:
        question, p, state = self.knowledge.questions[id], self.profile, self.advice.states[id].state
        raw = p.answers.get(id)
        runs = (Run("-"),)
        if question.dated and question.dated in p.dates:
            runs = (Run(f"{p.dates[question.dated]}"),)
        elif raw is not None:
            given = (raw,) if isinstance(raw, str) else raw
            known = [o for o in given if question.option(o)]
            extra = [visible(o) for o in given if not question.option(o)]
            words = (answer_words(question, known, long=True),) if known or not extra else ()
            runs = (Run("; ".join((*words, *extra)), "user" if extra else ""),)
        return Line(runs), Line((Run(mark(state)),))

    def _glossary(self) -> None:
        said = " ".join(r.text for line in lines(self.blocks) for r in line.runs if r.kind != "user").casefold()
        entries = [e for e in self.knowledge.entries if e.kind == "term"]
        found = [e for e in entries if re.search(rf"\b{re.escape(e.title.casefold())}s?\b", said)]
        found.sort(key=lambda e: e.title.casefold())
        items = (Item(Line((Run(f"{e.title}. ", "strong"), Run(e.says)), e.facts)) for e in found)
        self._section("Terms used", self._bullets(items))

    def _what_it_is_not(self) -> None:
        entries = (e for e in self.knowledge.entries if e.id == NOT_THIS)
        self._section("What this report is not", [Line((Run(e.says),), e.facts) for e in entries])

    def _references(self) -> Mapping[str, int]:
        k = self.knowledge
        ids = [f for f in dict.fromkeys(ref for line in lines(self.blocks) for ref in line.refs) if f in k.facts]
        items, used = [], dict[str, None]()
        for fact in (k.facts[id] for id in ids):
            used.update(dict.fromkeys(fact.sources))
            aside = Run(f" {CONFIDENCE.get(fact.confidence, fact.confidence)}; {', '.join(fact.sources)}.", "soft")
            other = (Line((Run("Disputed: ", "strong"), Run(fact.dispute))),) if fact.dispute else ()
            items.append(Item(Line((Run(f"{fact.id}. ", "strong"), Run(fact.says), aside)), other))
        self._section("Facts referred to", [Bullets(tuple(items), "references")] if items else [])
        rows = []
        for source in (k.sources[s] for s in sorted(used)):
            title = Line((Run(f"{source.publisher}: {source.title}"), Run(f" {source.edition}", "soft")))
            where = Line((Run(source.address, "link") if source.address else Run("-"),))
            rows.append((Line((Run(source.id),)), title, where, Line((Run(source.read or "-"),))))
        head = ("Source", "Publication", "Address", "Read")
        self._section("Sources", [Table("Publications", head, tuple(rows), "sources")] if rows else [])
        return {id: number for number, id in enumerate(ids, 1)}


def _raw(answer: str | tuple[str, ...]) -> str:
    return visible(answer if isinstance(answer, str) else ", ".join(answer))
