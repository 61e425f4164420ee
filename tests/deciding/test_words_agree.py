"""Screen, report, sheet and prompts say the same of the same: what is open, what would change it, what is settled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from base import DECIDER, KNOWLEDGE, WIDTH
from msgspec.structs import replace

from socui.cli.ask import reasons
from socui.deciding.advice import REPORTS, Advice, Reason, Said, Tip
from socui.deciding.answers import option_words
from socui.deciding.compare import results
from socui.deciding.headline import AS_WELL, EITHER_WAY, FIXED, STANDS, change_of, change_words
from socui.deciding.random_profile import random_profile
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.reports.quote_document import request_document
from socui.reports.quote_request import sheet
from socui.reports.render import report, request
from socui.reports.words import NEEDLESS
from socui.screens.widgets.questionnaire import WORDS, state_of
from socui.screens.widgets.recommendation import plain, recommendation_lines
from socui.screens.widgets.view import View

TODAY = date(2026, 11, 24)
FINTECH = examples()["fintech-payments"]
LEADS = (AS_WELL, EITHER_WAY, STANDS)


def profiles(count: int, seed: int = 7) -> Iterator[Profile]:
    """Profiles at random, some of them with little said, and parts of the examples."""
    random = Random(seed)
    for _ in range(count):
        yield random_profile(KNOWLEDGE, random, random.random())
        example, share = random.choice([*examples().values()]), random.random()
        yield Profile(answers={q: a for q, a in example.answers.items() if random.random() < share})


def pane(profile: Profile, tips: tuple[Tip, ...] = ()) -> str:
    """The recommendation as the screen shows it, in one line."""
    advice = DECIDER.advise(profile, TODAY)
    lines = recommendation_lines(View(KNOWLEDGE, advice, profile, 400, tips=tips, why_not=()))
    return plain(lines)


# ---------------------------------------------------------------- what is open


def test_what_the_screen_calls_no_longer_needed_is_open_nowhere_in_the_sheet() -> None:
    met = 0
    for profile in profiles(60):
        if not any(map(DECIDER.advise(profile, TODAY).advised, REPORTS)):
            continue
        made = sheet(DECIDER, profile, TODAY)
        listed = {state.question.id for state in made.open}
        for rows in made.parts.values():
            for answer in (g for row in rows for g in row.answers):
                state = made.advice.states[answer.question.id]
                needless = state_of(state, made.advice) == "needless"
                assert answer.needless == (needless and answer.question.id not in profile.answers)
                assert not (answer.needless and answer.open)
                assert not needless or answer.question.id not in listed
                if answer.open and answer.question.id not in profile.answers:
                    assert answer.question.id in listed, "what a row calls open is among the open points"
                met += answer.needless
    assert met > 10


def test_the_sheet_says_what_is_not_needed() -> None:
    answers = {**FINTECH.answers}
    profile = replace(FINTECH, answers={q: a for q, a in answers.items() if q != "client_check"})
    made = sheet(DECIDER, profile, TODAY)
    needless = [q for q, state in made.advice.states.items() if state.state == "needless"]
    assert WORDS["needless"] == "not needed"
    rows = [line.text for line in request_document(made).lines() if NEEDLESS in line.text]
    assert rows and "no longer needed" not in request(DECIDER, profile, TODAY)
    data = json.loads(request(DECIDER, profile, TODAY, "json"))
    by_id = {g["question"]: g for rows in data["lines"].values() for row in rows for g in row["answers"]}
    shown = [q for q in needless if q in by_id and q not in profile.answers]
    assert shown
    assert not any(by_id[q]["needed"] or by_id[q]["to_be_agreed"] for q in shown)


# ---------------------------------------------------------------- what would change it


def tip(profile: Profile, question: str, *options: str) -> str:
    """How that change is told."""
    return change_words(KNOWLEDGE, profile, Tip(question, options, ("soc1",), True).changes)


def test_of_several_answers_only_the_change_is_told() -> None:
    question = KNOWLEDGE.questions["entrusted"]
    one, two, three = (o.id for o in question.options[:3])
    words = {o.id: o.short for o in question.options}
    profile = Profile(answers={"entrusted": (one, two)})
    assert tip(profile, "entrusted", one, two, three) == f"{question.short}, add: {words[three]}"
    assert tip(profile, "entrusted", one) == f"{question.short}, without: {words[two]}"
    assert tip(profile, "entrusted") == f"{question.short}, without: {words[one]}, {words[two]}"
    assert tip(profile, "entrusted", three) == f"{question.short}: {words[three]} instead of {words[one]}, {words[two]}"
    assert tip(profile, "entrusted", one, two) == f"{question.short}: {words[one]}, {words[two]}"
    assert tip(Profile(), "entrusted", one) == f"{question.short}: {words[one]}"
    assert tip(Profile(), "entrusted") == f"{question.short}: none of these"
    unconfirmed = replace(profile, confirm=frozenset({"entrusted"}))
    assert tip(unconfirmed, "entrusted", one) == f"{question.short}: {words[one]}", "it does not count"
    single = KNOWLEDGE.questions["role"]
    assert tip(Profile(answers={"role": "provide"}), "role", "obtain") == f"{single.short}: {single.options[1].short}"


def test_every_kind_of_report_tells_a_change_alike() -> None:
    """Those that can come about: what the service is, once said, nobody takes back."""
    kept, left_out = 0, 0
    for profile in (FINTECH, examples(TODAY)["payroll-bureau"]):
        tips = DECIDER.tips(profile, TODAY)
        html = report(DECIDER, profile, TODAY, "html").replace("&#x27;", "'").replace("&nbsp;", " ")
        seen = " ".join(pane(profile, tips).split())
        for t in tips:
            words = change_words(KNOWLEDGE, profile, t.changes)
            changes = [change_of(KNOWLEDGE.questions[c.question], profile, c.options) for c in t.changes]
            if any(c.question in FIXED for c in t.changes) or any(drops and not adds for adds, drops in changes):
                left_out += 1
                assert f"→ {words}" not in seen
            else:
                kept += 1
                assert f"→ {words} – then " in seen
                for text in (report(DECIDER, profile, TODAY), report(DECIDER, profile, TODAY, "md"), html):
                    assert words in " ".join(text.split())
        data = json.loads(report(DECIDER, profile, TODAY, "json"))
        for made, t in zip(data["tips"], tips, strict=True):
            for change, tip in zip(made["changes"], t.changes, strict=True):
                assert tuple(change["options"]) == tip.options
                question = KNOWLEDGE.questions[tip.question]
                assert (tuple(change["adds"]), tuple(change["drops"])) == change_of(question, profile, tip.options)
    assert kept and left_out


def test_a_change_of_several_questions_names_them_all_on_the_screen() -> None:
    also = Said("entrusted", (*FINTECH.answers["entrusted"], "health"))
    t = Tip("audited_clients", ("none",), ("neither",), True, (also,))
    audited, entrusted = (KNOWLEDGE.questions[q] for q in ("audited_clients", "entrusted"))
    words = f"→ {audited.short}: {option_words(audited, ('none',))}; {entrusted.short}, add: "
    assert words in " ".join(pane(FINTECH, (t,)).split())


def test_adding_and_taking_away_gives_the_whole_answer() -> None:
    met = 0
    for profile in profiles(40 * WIDTH, 3):
        for t in DECIDER.tips(profile, TODAY):
            for tip in t.changes:
                adds, drops = change_of(KNOWLEDGE.questions[tip.question], profile, tip.options)
                if adds or drops:
                    met += 1
                    before = {o for o in profile.answers[tip.question] if KNOWLEDGE.questions[tip.question].option(o)}
                    assert (before | {*adds}) - {*drops} == {*tip.options}
    assert met > 20


# ---------------------------------------------------------------- what is settled


def deciding(advice: Advice) -> Iterator[tuple[str, Reason]]:
    """The reasons that a verdict rests on."""
    for id in REPORTS:
        if id in advice.findings:
            yield from ((id, r) for r in advice.findings[id].reasons if r.deciding)


def test_what_holds_whatever_is_open_rests_on_nothing_presumed() -> None:
    for profile in profiles(60 * WIDTH):
        advice = DECIDER.advise(profile, TODAY)
        for finding in advice.findings.values():
            for reason in finding.reasons:
                assert not reason.certain or not any(a.presumed for a in reason.answers)


@pytest.mark.parametrize("where", ["screen", "text", "ask"])
def test_under_a_settled_result_nothing_reads_as_if_it_were_in_doubt(where: str) -> None:
    """A reason that rests on a presumption is told as probable, and that the verdict is settled either way."""
    met = 0
    for profile in profiles(50 * WIDTH, 5):
        advice = DECIDER.advise(profile, TODAY)
        if not advice.settled:
            continue
        unsure = [r for _, r in deciding(advice) if not r.certain]
        met += bool(unsure)
        if where == "screen":
            text = pane(profile).partition("Because")[2].partition("\n\n")[0]
            assert "~ if " not in text
            lines, lead = text.split("\n"), LEADS
        elif where == "text":
            parts = re.split(r"\n(?=[^\n]+\n---+\n)", report(DECIDER, profile, TODAY))
            text = "\n".join(part for part in parts if part.startswith("On the "))
            assert "(as far as answered)" not in " ".join(text.split())
            lines, lead = [" ".join(text.split())], LEADS
        else:
            lines, lead = [*reasons(DECIDER, advice)], ("settled either way, probably because: ",)
        for reason in unsure:
            if reason not in advice.clarify:
                assert any(f"{words}{reason.rule.because}" in line for line in lines for words in lead), reason.rule.id
        for line in lines if where != "text" else ():
            assert "Probably: " not in line and not line.strip().startswith("probably because")
            assert "(assumed)" not in line or any(words in line for words in lead)
    assert met > 3


def test_where_it_is_too_early_no_reason_is_given() -> None:
    """What was not said is no reason: neither on the screen, nor in the report, nor at the prompts."""
    profile = Profile(answers={"role": "provide", "customer_types": ("organizations",)})
    advice = DECIDER.advise(profile, TODAY)
    early = [r for id in REPORTS for r in advice.findings[id].reasons if advice.findings[id].early]
    assert early
    for text in (pane(profile), report(DECIDER, profile, TODAY), "\n".join(reasons(DECIDER, advice))):
        assert not [r.rule.id for r in early if r.rule.because in " ".join(text.split())]
    assert next(results(KNOWLEDGE, advice, advice)).words == ("too early to say", "too early to say")


def test_none_of_these_says_of_what() -> None:
    profile = examples()["early-saas"]
    assert f"{KNOWLEDGE.questions['financial_link'].short}: none of these" in pane(profile)
    assert "← none of these" not in pane(profile) and "· none of these" not in pane(profile)
