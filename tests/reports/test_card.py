"""The answer card: worked out from advice and plan, the same everywhere, and never surer than they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from random import Random

from msgspec.structs import replace
from test_report import DECIDER, KNOWLEDGE, PAYROLL, TODAY
from worked import WORKED

from socui.day_words import day_words
from socui.deciding.random_profile import random_profile
from socui.name_words import with_names
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.profiles.records import Request
from socui.reports.card import Card, card_for
from socui.reports.card_lines import card_rows, card_text
from socui.reports.findings import Findings, findings
from socui.reports.render import report

T = KNOWLEDGE.texts


def profiles(count: int, seed: int) -> Iterator[Profile]:
    random = Random(seed)
    for _ in range(count):
        yield random_profile(KNOWLEDGE, random, random.random())
        example, share = random.choice([*examples().values(), PAYROLL]), random.random()
        yield Profile(
            organization="Acme", answers={q: a for q, a in example.answers.items() if random.random() < share}
        )


def of(profile: Profile) -> Findings:
    return findings(DECIDER, profile, TODAY, full=False)


def test_it_is_some_ten_lines_of_prose() -> None:
    for profile in (PAYROLL, *profiles(30, 1)):
        text = card_text(of(profile).card, T)
        assert text.count("\n") <= 10 and not re.search(r"[{}*_|]|\bF-[A-Z]", text), text
        assert all(line.strip() == line and line for line in text.splitlines())


def test_its_first_line_is_no_surer_than_the_advice() -> None:
    met = set()
    for profile in profiles(80, 2):
        made = of(profile)
        advice, first = made.advice, made.card.title
        advised = [r for r in ("soc1", "soc2") if advice.advised(r)]
        certain = [r for r in advised if advice.findings[r].certainty == "Yes"]
        met.add((len(advised), len(certain), advice.settled))
        surely = first.replace("probably needs", "probably has").split("Whether")[0]
        if " needs a SOC" in surely:
            assert certain, first
        if " needs no SOC report" in surely:
            assert advice.result == "neither"
        for report_, name in (("soc1", "SOC 1"), ("soc2", "SOC 2")):
            if report_ in advised and advice.leaning not in ("clarify", "neither"):
                assert name in first or advice.contradictions
        if made.card.settled:
            assert advice.settled and not made.card.check
            assert not made.card.late and not made.card.open
            if advised:
                assert not made.card.assumed and not made.card.missing and made.plan.reports
        assert ("settled" in made.card.status) == made.card.settled
    assert len(met) >= 6


def test_settled_is_not_said_beside_a_date_that_is_missed() -> None:
    statuses = set()
    for profile in WORKED.values():
        made = of(profile).card
        statuses.add(made.status)
        assert not (made.settled and made.late), made.status
        missed = made.status.endswith((T["status.late"], T["status.unlikely"]))
        assert missed == bool(made.late) or made.check, made.status
    assert {T["status.settled"], f"{T['status.report']}; {T['status.late']}"} <= statuses


def test_dates_on_it_are_those_of_the_plan() -> None:
    met = 0
    for profile in profiles(40, 3):
        made = of(profile)
        for shown in made.card.reports:
            planned = made.plan.first(shown.report)
            if planned is None:
                assert not shown.period and not shown.in_hand
                continue
            met += 1
            assert (shown.begins, shown.ends, shown.as_of) == (planned.begins, planned.ends, planned.as_of)
            assert shown.in_hand == (planned.in_hand.low, planned.in_hand.typical, planned.in_hand.high)
            text = card_text(made.card, T)
            assert str(planned.in_hand.typical.year) in text and shown.period in text
    assert met > 20


def test_nothing_is_shown_of_a_report_that_is_not_advised() -> None:
    for profile in profiles(40, 4):
        made = of(profile)
        advised = [r for r in ("soc1", "soc2") if made.advice.advised(r)]
        assert [r.report for r in made.card.reports] == advised
        if not advised:
            labels = {row.label for row in card_rows(made.card, T)}
            assert not labels & {T[f"card.label.{x}"] for x in ("period", "in_hand", "fee", "for")}


def test_what_is_assumed_was_not_said() -> None:
    met = 0
    for profile in profiles(60, 5):
        for entry in of(profile).card.assumed:
            if entry.key in KNOWLEDGE.questions:
                met += 1
                assert entry.key not in profile.answers or entry.key in profile.begun
    assert met > 50


def test_the_fee_stands_in_the_facts_it_cites() -> None:
    for id in ("fee-type1", "fee-type2", "cost-first-year"):
        message = KNOWLEDGE.messages[id]
        facts = " ".join(KNOWLEDGE.facts[f].says for f in message.facts)
        for number in re.findall(r"\d+,\d+", message.says):
            assert number in facts


def test_json_holds_the_same_card() -> None:
    for profile in (PAYROLL, *examples().values()):
        data = json.loads(report(DECIDER, profile, TODAY, "json"))
        made: Card = card_for(DECIDER, profile, TODAY)
        assert data["card"]["title"] == made.title
        assert [x["text"] for x in data["card"]["next"]] == [x.text for x in made.next]
        assert [x["period"] for x in data["card"]["reports"]] == [x.period for x in made.reports]


def test_who_asked_and_by_when_stands_on_every_card() -> None:
    """Also where nothing is ordered yet: whoever waits has a name and a date."""
    for name, one in WORKED.items():
        made = of(one)
        entries = [e.text for row in card_rows(made.card, T) for e in row.entries]
        for asked in one.requests:
            assert any(asked.asked_by in text for text in entries), (name, asked.id)
        if not made.card.reports:
            assert [e.key for e in made.card.asked] == [f"requests.{r.id}" for r in one.requests], name
            dated = [r for r in one.requests if r.needed_by]
            assert all(day_words(r.needed_by) in " ".join(entries) for r in dated if r.needed_by), name


def test_the_status_counts_what_is_open() -> None:
    """A request that does not say what it is about is one of the answers that are waited for."""
    bank = Request("r1", "First Bank", "partner_bank", ("soc_unnamed",), force="contract", needed_by=date(2027, 9, 30))
    answers = {
        "role": "provide", "customer_types": ("partner_bank",), "delivery_model": ("api_ai",), "financial_link": ("posts",),
        "financial_activities": ("payments_settlement",), "client_check": "reconciles", "entrusted": ("card",),
        "audited_clients": "many", "controls_age": "3_6m", "more_requests": "no",
    }  # fmt: skip
    made = of(Profile(organization="Acme", answers=answers, requests=(bank,)))  # type: ignore[arg-type]
    assert not made.advice.settled and not made.advice.matter
    assert not re.search(r"\b0 answers", made.card.status) and made.card.open
    assert made.card.open[0].key == "requests.r1" and "First Bank" in made.card.open[0].text


def test_a_reader_served_by_a_later_report_says_which() -> None:
    """The card shows the first period of a kind; a later one is named beside whoever it serves."""
    for name, one in WORKED.items():
        made = of(one)
        for outcome, reader in zip(made.plan.requests, made.card.readers, strict=False):
            served = made.plan.reports[outcome.served] if outcome.served is not None else None
            shown = {
                made.plan.first(outcome.report),
                next((r for r in made.plan.of(outcome.report) if r.type == "type2"), None),
            }
            assert bool(reader.later) == (served is not None and served not in shown), name
    first = WORKED["both"].requests[0]
    later = replace(
        first, id="r9", asked_by="Later Co", fiscal_year_end=date(2027, 12, 31), needed_by=date(2028, 1, 31)
    )
    made = of(replace(WORKED["both"], requests=(*WORKED["both"].requests, later)))
    served = made.plan.reports[made.plan.requests[-1].served or 0]
    assert served.ends and served.ends.year == 2027, "the year 2027 has a report of its own"
    assert day_words(served.ends) in card_text(made.card, T) and made.card.readers[-1].later


def test_who_asked_hears_that_an_answer_follows_while_answers_contradict_each_other() -> None:
    from worked import WORKED

    card = findings(DECIDER, WORKED["contradicting"], TODAY, full=False).card
    assert card.next[-1].text == "Tell Merchant Inc., audit team, that your answer follows. The text is ready to send."
    assert "in a contract" in card.asked[0].text


def test_names_in_a_row_take_no_comma_before_what_they_do() -> None:
    assert with_names("{whom} set no date", whom="A, B and C") == "A, B and C set no date"
    assert with_names("{whom} set no date", whom="Acme, finance") == "Acme, finance, set no date"


def test_a_questionnaire_is_never_said_to_need_no_report_beside_a_report_that_is_advised() -> None:
    survey = Request("r1", "Auditor", "user_auditor", ("questionnaire",))
    advised = card_text(of(replace(PAYROLL, requests=(survey,))).card, T)
    assert "does not have to wait for a report" in advised and "No SOC report is needed" not in advised
    alone = Profile(answers={"role": "provide", "customer_types": ("organizations",), "financial_link": (), "entrusted": (),
                             "financial_activities": (), "more_requests": "no"}, requests=(survey,))  # fmt: skip
    assert "No SOC report is needed" in card_text(of(alone).card, T)
