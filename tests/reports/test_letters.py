"""Letters: ready to send, with the plan's dates and no others, and never more promised than the plan carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace
from test_report import DECIDER, HOSTILE, KNOWLEDGE, TODAY, arguments

from socui.cli import report as report_verb
from socui.day_words import MONTH_NAMES, day_words
from socui.errors import Usage
from socui.profiles.profile import Profile
from socui.profiles.records import ASKS, BANDS, FORCES, READERS, REQUESTED_TYPES, SUBJECTS, ReportHeld, Request
from socui.reports.bridge_letter import bridge_letter
from socui.reports.card_lines import card_text
from socui.reports.findings import Findings, findings
from socui.reports.letter_writer import letter, letter_for
from socui.reports.letters import letter_document, letter_text

T = KNOWLEDGE.texts
PAYROLL = {
    "role": "provide",
    "customer_types": ("organizations",),
    "delivery_model": ("saas",),
    "financial_activities": ("payroll",),
    "financial_link": ("posts",),
    "asked_by_finance": ("soc1",),
    "controls_age": "over_12m",
}
SAAS = {
    "role": "provide",
    "customer_types": ("organizations",),
    "delivery_model": ("saas",),
    "financial_activities": (),
    "financial_link": (),
    "entrusted": ("business_confidential",),
    "asked_by_security": ("soc2",),
    "controls_age": "3_6m",
}
AUDIT = Request(
    "r1",
    "Merchant Inc., audit team",
    reader="user_auditor",
    asks=("soc1",),
    type="type2",
    force="contract",
    fiscal_year_end=date(2026, 12, 31),
    needed_by=date(2027, 4, 30),
)
HELD = ReportHeld(
    "soc1",
    "type2",
    date(2025, 10, 1),
    date(2026, 9, 30),
    issued=date(2026, 11, 15),
    opinion="qualified",
    firm="Smith LLP",
)


def of(answers: dict[str, object], *requests: Request, held: tuple[ReportHeld, ...] = ()) -> Findings:
    profile = Profile(organization="Quick Pay", answers=answers, requests=requests, reports_held=held)  # type: ignore[arg-type]
    return findings(DECIDER, profile, TODAY, full=False)


def text_of(made: Findings, number: int = 0) -> str:
    return letter_text(letter(made, made.profile.requests[number]), T)


def test_a_confirmation_names_report_type_period_and_date() -> None:
    text = text_of(of(PAYROLL, AUDIT))
    planned = of(PAYROLL, AUDIT).plan.first("soc1")
    assert planned is not None and planned.begins and planned.ends
    for words in ("Merchant Inc., audit team", "SOC 1 Type 2", "31 Dec 2026", "30 Apr 2027", day_words(planned.in_hand.typical),
                  "confirm in writing", "estimates", "Quick Pay"):  # fmt: skip
        assert words in text, words


def test_what_comes_late_is_said_at_once_with_a_way_out() -> None:
    made = of({**PAYROLL, "controls_age": "not_in_place"}, AUDIT)
    written_ = letter(made, AUDIT)
    assert written_.kind == "late"
    text = letter_text(written_, T)
    assert (
        "will not have that from us by then" in text and "test controls at our site" in text and "30 Apr 2027" in text
    )
    assert "confirm in writing" not in text


def test_an_unclear_request_is_asked_back() -> None:
    text = text_of(of(SAAS, Request("r1", "BigCo", reader="client", asks=("soc_unnamed",))))
    assert "Which report do you need" in text and "by when" in text.casefold() and "We plan" not in text


def test_what_is_known_is_not_asked() -> None:
    asked = Request(
        "r1", "BigCo", reader="security", asks=("soc_unnamed",), type="type2", needed_by=date(2027, 9, 1), force="deal"
    )
    text = text_of(of(SAAS, asked))
    for name in ("type", "needed", "force", "reader"):
        assert T[f"letter.ask.{name}"] not in text, name


def test_a_bridge_letter_only_after_an_issued_type_2() -> None:
    asked = Request(
        "r1", "Merchant Inc.", reader="user_auditor", asks=("soc1",), fiscal_year_end=date(2026, 12, 31), bridge=True
    )
    draft = bridge_letter(of(PAYROLL, asked, held=(HELD,)), asked)
    assert draft is not None
    text = letter_text(draft, T)
    assert "1 Oct 2026 to" in text and "Smith LLP" in text and "gives no assurance" in text and "qualified" in text
    assert "Dec 2026" not in text.partition("the time from")[2].partition(".")[0], (
        "it reaches today, not into what is to come"
    )
    type1 = ReportHeld("soc1", "type1", as_of=date(2026, 9, 30), issued=date(2026, 11, 15))
    running = ReportHeld("soc1", "type2", date(2026, 1, 1), TODAY + timedelta(30))
    later = ReportHeld("soc1", "type2", date(2025, 10, 1), date(2026, 9, 30), issued=TODAY + timedelta(9))
    undated = ReportHeld("soc1", "type2")
    stale = ReportHeld(
        "soc1", "type2", date(2024, 7, 1), date(2025, 6, 30), issued=date(2025, 9, 1)
    )  # reaches no day of 2026
    for held in (
        (),
        (stale,),
        (type1,),
        (running,),
        (later,),
        (undated,),
        (ReportHeld("soc2", "type2", date(2025, 1, 1), date(2025, 12, 31)),),
    ):
        assert bridge_letter(of(PAYROLL, asked, held=held), asked) is None, held


def some_requests(count: int) -> Iterator[Findings]:
    random = Random(8)

    def maybe(values: tuple[str, ...]) -> str:
        return random.choice(("", *values))

    def day() -> date | None:
        return random.choice((None, TODAY + timedelta(random.randrange(-400, 700))))

    for _ in range(count):
        requests = tuple(
            Request(
                f"r{n}", random.choice(("", "Buyer Co")), maybe(READERS), tuple(random.sample(ASKS, random.randrange(3))),
                random.choice((None, True)), (), maybe(SUBJECTS), maybe(REQUESTED_TYPES), maybe(FORCES), (), day(), None, day(),
                maybe(BANDS), bridge=random.choice((None, True)), received=day(), words=random.choice(("", "Send it.")),
            )
            for n in range(random.randrange(1, 4))
        )  # fmt: skip
        held = tuple(
            random.sample((HELD, ReportHeld("soc2", "type2", date(2026, 1, 1), date(2026, 6, 30))), random.randrange(3))
        )
        age = random.choice(("not_in_place", "under_3m", "over_12m"))
        yield of({**random.choice((PAYROLL, SAAS)), "controls_age": age}, *requests, held=held)


DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTH_NAMES)}) \d{{4}}\b")


def days_of(value: object) -> Iterator[date]:
    """Every day within a value, however deep."""
    if isinstance(value, date):
        yield value
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from days_of(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from days_of(item)


def test_every_date_is_the_plans_or_the_users_and_nothing_is_promised() -> None:
    kinds = set()
    for made in some_requests(80):
        known_days = {
            day_words(d)
            for d in (*days_of(made.plan), *days_of(made.profile.requests), *days_of(made.profile.reports_held))
        }
        known_days.add(day_words(TODAY))
        for request in made.profile.requests:
            one = letter(made, request)
            kinds.add(one.kind)
            text = letter_text(one, T)
            assert set(DAY.findall(text)) <= known_days, text
            assert not re.search(
                r"guarante|(?<!27001\s)(?<!HITRUST\s)(?<!another report or )(?<!\[our )certif|\bpass|{|}| {2}", text
            ), text
            assert "F-" not in text and "socui" not in text
            assert not re.search(r"\b(\w+) \1\b", text), text
            if one.kind in ("confirm", "late"):
                assert T["letter.estimate"] in text
            outcome = next(o for o in made.plan.requests if o.id == request.id)
            if outcome.is_late:
                assert one.kind != "confirm"
    assert kinds >= {"clarify", "confirm", "late", "other"}


def test_a_report_held_is_sent() -> None:
    asked = Request("r1", "Merchant Inc.", reader="user_auditor", asks=("soc1",), fiscal_year_end=date(2026, 12, 31))
    one = letter(of(PAYROLL, asked, held=(HELD,)), asked)
    text = letter_text(one, T)
    assert one.kind == "held" and "issued on 15 Nov 2026" in text and "qualified" in text
    assert "1 Oct 2025 to 30 Sep 2026" in text and "once the report is issued" not in text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_data(text: str) -> None:
    request = Request(
        "r1", text, asks=("soc1",), words=text, needed_by=date(2027, 4, 30), fiscal_year_end=date(2026, 12, 31)
    )
    plain = Request(
        "r1", "xyz", asks=("soc1",), words="xyz", needed_by=date(2027, 4, 30), fiscal_year_end=date(2026, 12, 31)
    )
    one, other = (letter_text(letter(of(PAYROLL, r), r), T) for r in (request, plain))
    assert one.count("\n") == other.count("\n")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e]", one)
    shapes = [
        [type(b).__name__ for b in letter_document(letter(of(PAYROLL, r), r), T).blocks] for r in (request, plain)
    ]
    assert shapes[0] == shapes[1]


def test_from_the_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from socui.profiles.store import Store

    store = Store.default(str(tmp_path / "profiles"))
    store.create(Profile(name="Acme", answers=PAYROLL, requests=(AUDIT,)))  # type: ignore[arg-type]
    args = {"name": "Acme", "profiles": str(tmp_path / "profiles"), "today": "2026-11-23"}
    assert report_verb.run(arguments(**args, reply="r1")) == 0
    assert capfd.readouterr().out.startswith("To: Merchant Inc., audit team\nSubject: SOC 1 Type 2")
    assert report_verb.run(arguments(**args, reply="r1", output=str(tmp_path / "x.docx"))) == 0
    assert (tmp_path / "x.docx").read_bytes().startswith(b"PK")
    for wrong in ({"reply": "r9"}, {"bridge_letter": "r1"}, {"reply": "r1", "output": str(tmp_path / "x.json")}):
        with pytest.raises(Usage):
            report_verb.run(arguments(**args, **wrong))
    with pytest.raises(Usage, match="no request r9: r1"):
        letter_for(of(PAYROLL, AUDIT), "r9")


def test_a_questionnaire_is_answered_and_no_report_is_denied() -> None:
    asked = Request("r1", "Acme IT", reader="security", asks=("questionnaire",), needed_by=date(2027, 1, 15))
    text = letter_text(letter(of(SAAS, asked), asked), T)
    assert "answer your questionnaire by 15 Jan 2027" in text and "report that you ask for" not in text
    asked = Request("r1", "Acme IT", reader="security", asks=("iso27001", "pci"), either=True)
    text = letter_text(letter(of(SAAS, asked), asked), T)
    assert "an ISO/IEC 27001 certificate or evidence on PCI DSS" in text and "does not replace" in text


def test_what_a_late_report_tests_is_not_denied() -> None:
    """The last period ended long ago; the next one is too late for the day, but it does test months of the year."""
    held = ReportHeld(
        "soc1", "type2", date(2024, 7, 1), date(2025, 6, 30), issued=date(2025, 9, 1), opinion="qualified"
    )
    asked = Request(
        "r1", "Fund", reader="client", asks=("soc1",), type="type2", force="contract", fiscal_year_end=date(2026, 12, 31),
        needed_by=date(2026, 12, 31),
    )  # fmt: skip
    made = of(PAYROLL, asked, held=(held,))
    planned = made.plan.first("soc1")
    assert planned is not None and planned.ends is not None and planned.ends.year == 2026
    text = text_of(made)
    assert "tests no month" not in text and f"the planned report tests 1 Jan to {day_words(planned.ends)}" in text
    assert "is qualified" in text


def test_a_request_for_both_reports_is_answered_for_both() -> None:
    both = Request("r1", "Buyer Co", reader="finance", asks=("soc1", "soc2"), type="type2", force="contract",
                   needed_by=date(2027, 4, 30))  # fmt: skip
    for age, lead in (
        ("over_12m", "We plan a SOC"),
        ("not_in_place", "You asked for a SOC 1 Type 2 report and a SOC 2"),
    ):
        made = of({**PAYROLL, "entrusted": ("employee_personal",), "controls_age": age}, both)
        text = text_of(made)
        assert lead in text and "We also plan a SOC" in text, text
        for report in ("soc1", "soc2"):
            planned = next(r for r in made.plan.of(report) if r.type == "type2")
            assert day_words(planned.in_hand.typical) in text


def test_what_the_plan_sends_has_words_in_a_letter() -> None:
    assert {f"letter.{id}" for id in KNOWLEDGE.messages if id.startswith("send-")} <= set(T)


def test_a_day_that_nobody_named_is_not_said_to_be_asked_for() -> None:
    """It follows from the fiscal year, or from a range of months."""
    year = Request(
        "r1", "Fund", reader="user_auditor", asks=("soc1",), fiscal_year_end=date(2026, 12, 31), force="contract"
    )
    band = Request("r1", "Fund", reader="finance", asks=("soc1",), needed="under_3m", force="contract")
    for asked in (year, band):
        for age in ("not_in_place", "over_12m"):
            made = of({**PAYROLL, "controls_age": age}, asked)
            needed = made.plan.requests[0].needed_by
            assert needed is not None
            text = text_of(made)
            assert f"by {day_words(needed)}" not in text, text


def test_no_letter_plans_a_report_that_is_not_advised() -> None:
    investor = Request("r1", "Seed fund", reader="investor", asks=("soc2",), force="wish", needed_by=date(2027, 2, 15))
    survey = Request("r2", "Metro Power", reader="security", asks=("questionnaire",))
    made = of({**SAAS, "asked_by_security": (), "controls_age": "under_3m"}, investor, survey)
    assert made.plan.reports and not made.advice.advised("soc2"), "planned for who asks, but not advised"
    assert all("plan a SOC" not in text_of(made, n) for n in (0, 1))


def test_the_report_held_and_the_planned_one_test_days_of_their_own() -> None:
    held = ReportHeld("soc1", "type2", date(2026, 1, 1), date(2026, 9, 30), opinion="adverse")
    asked = Request("r1", "Fund", reader="finance", asks=("soc1",), type="type2", fiscal_year_end=date(2026, 12, 31),
                    force="wish")  # fmt: skip
    text = text_of(of(PAYROLL, asked, held=(held,)))
    assert "the report that we hold tests 1 Jan to 30 Sep 2026" in text
    assert "planned report tests 1 Jan" not in text


def test_a_bridge_letter_that_is_asked_for_is_never_passed_over() -> None:
    asked = Request("r1", "Merchant Inc.", reader="user_auditor", asks=("soc1",), bridge=True)
    made = of(PAYROLL, asked, held=(HELD,))
    assert "Until which day do you need it?" in letter_text(letter(made, asked), T)
    assert any("bridge letter" in entry.text for entry in made.card.next)


def test_an_auditor_is_not_asked_for_categories() -> None:
    asked = Request(
        "r1", "Merchant Inc.", reader="user_auditor", asks=("soc_unnamed",), fiscal_year_end=date(2026, 12, 31)
    )
    assert "trust services categories" not in letter_text(letter(of({"role": "provide"}, asked), asked), T)


def test_a_report_that_is_asked_for_and_not_planned_is_said_not_to_be() -> None:
    wish = replace(AUDIT, asks=("soc1", "soc2"), force="wish")
    answers = {k: v for k, v in PAYROLL.items() if k != "asked_by_finance"}
    answers |= {"ask_weight": "little", "more_requests": "no", "entrusted": ("business_confidential",)}
    answers |= {"delivery_model": ("outsourced_process",), "client_check": "unchecked", "audited_clients": "many"}
    assert "We do not plan a SOC 2 report" in text_of(of(answers, wish))
    assert "do not plan" not in text_of(of(answers | {"ask_weight": "much"}, wish))


def test_no_letter_says_that_no_firm_is_engaged() -> None:
    """Whoever carries on with a firm has one: a letter says only that the firm has to agree to what began already."""
    held = ReportHeld("soc2", "type2", date(2025, 7, 1), date(2026, 6, 30), opinion="unmodified", firm="Smith LLP")
    asked = Request("r1", "BigCo", reader="security", asks=("soc2",), type="type2", subject="data", force="contract",
                    needed_by=date(2027, 9, 30))  # fmt: skip
    made = of({**SAAS, "controls_age": "over_12m"}, asked, held=(held,))
    planned = made.plan.first("soc2")
    assert planned is not None and planned.look_back
    text = text_of(made)
    assert T["letter.confirm.look_back"] in text and "engaged" not in text


def test_a_questionnaire_is_answered_with_the_report_that_is_sure() -> None:
    """Of two reports that are planned, the one that is certain is named; never one that its reader has no use for before it."""
    bank = Request("r1", "First Bank", "partner_bank", ("soc_unnamed",), force="contract", needed_by=date(2027, 9, 30))
    survey = Request("r2", "First Bank, vendor risk", "security", ("questionnaires",))
    answers = {**PAYROLL, "customer_types": ("partner_bank",), "delivery_model": ("api_ai",), "client_check": "reconciles",
               "financial_activities": ("payments_settlement",), "entrusted": ("card",), "audited_clients": "many",
               "asked_by_finance": ()}  # fmt: skip
    made = of(answers, bank, survey)
    sure = [r for r in ("soc1", "soc2") if made.advice.findings[r].certainty == "Yes"]
    assert sure == ["soc2"] and made.plan.first("soc1") is not None
    assert "We also plan a SOC 2 " in text_of(made, 1) and "SOC 1" not in text_of(made, 1)


def test_what_is_held_is_said_when_a_request_is_asked_back() -> None:
    asked = Request("r1", "Merchant Inc.", reader="user_auditor", asks=("soc_unnamed",))
    text = text_of(of(PAYROLL, asked, held=(HELD,)))
    assert "Today we hold a SOC 1 Type 2 report for the period 1 Oct 2025 to 30 Sep 2026." in text


def test_a_confirmation_asks_for_the_year_and_the_day_that_nobody_named() -> None:
    bare = Request("r1", "Fund", reader="finance", asks=("soc1",), force="contract")
    assert T["letter.ask.year"] in text_of(of(PAYROLL, bare)) and T["letter.ask.needed"] in text_of(of(PAYROLL, bare))
    assert T["letter.confirm.also"] not in text_of(of(PAYROLL, AUDIT))


def test_what_is_asked_for_beside_a_report_is_answered_each_by_name() -> None:
    """Whatever becomes of the report: every letter says which document answers the rest, or that it is decided apart."""
    more = ("pci", "pentest", "questionnaire", "iso27001")
    asked = Request("r1", "BigCo", reader="security", asks=("soc2", *more), type="type2", subject="data", force="deal",
                    needed_by=date(2027, 9, 30))  # fmt: skip
    unclear = replace(asked, asks=("soc_unnamed", *more), reader="client", subject="")
    held = ReportHeld("soc2", "type2", date(2025, 10, 1), date(2026, 9, 30), issued=date(2026, 11, 1))
    for kind, made in {
        "confirm": of({**SAAS, "controls_age": "over_12m"}, asked),
        "late": of({**SAAS, "controls_age": "not_in_place"}, replace(asked, needed_by=date(2027, 1, 10))),
        "clarify": of(SAAS, unclear),
        "held": of({**SAAS, "controls_age": "over_12m"}, replace(asked, needed_by=date(2027, 1, 10)), held=(held,)),
        "check": of({**PAYROLL, "financial_link": (), "entrusted": (), "more_requests": "no"}, asked),
    }.items():
        written_ = letter(made, made.profile.requests[0])
        text = letter_text(written_, T)
        assert written_.kind == kind, text
        assert (
            "You also ask for evidence on PCI DSS, a penetration test report, answers to a questionnaire and an ISO"
            in text
        ), kind
        assert all(f"- {T[f'letter.beside.{a}']}" in text for a in more), kind
    either = replace(asked, asks=("soc2", "iso27001"), either=True)
    assert "You also ask" not in text_of(of({**SAAS, "controls_age": "over_12m"}, either))


def test_everything_that_can_be_asked_for_beside_a_report_has_its_sentence() -> None:
    from socui.reports.words import SOC, UNNAMED

    beside = [a for a in ASKS if a not in (*SOC, *UNNAMED, "aaf", "soc3")]
    assert [a for a in beside if f"letter.beside.{a}" not in T] == []
    soc3 = Request("r1", "BigCo", reader="security", asks=("soc2", "soc3"), type="type2", subject="data", force="deal")
    assert T["letter.soc3"] in text_of(of({**SAAS, "controls_age": "over_12m"}, soc3))


def test_an_unnamed_request_on_amounts_and_data_is_answered_for_both() -> None:
    bank = Request("r1", "First Bank", "partner_bank", ("soc_unnamed",), subject="both", force="contract",
                   needed_by=date(2027, 9, 30))  # fmt: skip
    text = text_of(of({**PAYROLL, "asked_by_finance": (), "entrusted": ("employee_personal",)}, bank))
    assert "Subject: SOC 1 Type 2 and SOC 2 Type 2: please confirm" in text
    assert "We plan a SOC 1 Type 2" in text and "We also plan a SOC 2 Type 2" in text


def test_where_answers_contradict_each_other_a_letter_settles_nothing() -> None:
    made = of({**PAYROLL, "financial_link": (), "entrusted": (), "more_requests": "no"}, AUDIT)
    assert made.advice.contradictions
    text = text_of(made)
    assert T["letter.check.lead"] in text and T["letter.check.end"] in text
    assert "may not be what you need" not in text and "We plan" not in text and "serve until then" not in text


def test_letters_are_formal() -> None:
    odd = replace(AUDIT, asked_by="Merchant Inc., audit team")
    assert "\nDear Sir or Madam,\n" in text_of(of(PAYROLL, odd))
    assert "\nDear Farm Co,\n" in text_of(of(PAYROLL, replace(AUDIT, asked_by="Farm Co")))
    draft = bridge_letter(of(PAYROLL, AUDIT, held=(HELD,)), AUDIT)
    assert draft is not None and draft.paragraphs[1] == "To whom it may concern:"
    assert not re.search(r"^(Hello|Hi)\b|Thank you for your request", letter_text(draft, T), re.MULTILINE)
    for made in some_requests(10):
        for request in made.profile.requests:
            assert letter(made, request).subject[0].isupper()


def test_an_investor_is_asked_what_it_wants_to_know() -> None:
    wish = Request("r1", "Seed Lender", reader="investor", asks=("soc2",), force="wish")
    text = text_of(of({**SAAS, "asked_by_security": ()}, wish))
    assert T["letter.ask.investor"] in text and "amounts in your financial statements" not in text


def test_an_investors_wish_beside_a_deal_is_asked_back_and_sets_nothing() -> None:
    deal = Request("r1", "BigCo", reader="security", asks=("soc2",), type="type1_ok", subject="data", force="deal",
                   needed_by=date(2027, 6, 30))  # fmt: skip
    wish = Request("r2", "Seed Lender", reader="investor", asks=("soc2",), type="type2", force="wish")
    made = of(SAAS, deal, wish)
    one = letter(made, wish)
    assert one.kind == "clarify" and T["letter.ask.investor"] in letter_text(one, T)
    steps = [entry.text for entry in made.card.next]
    assert any(text.startswith("Ask Seed Lender what they want to learn") for text in steps), steps
    assert steps[0].startswith("Confirm in writing with BigCo")
    assert not any("Seed Lender" in entry.text for entry in made.card.assumed)
    bound = of(SAAS, deal, replace(wish, force="contract"))
    assert any("Seed Lender set no date" in entry.text for entry in bound.card.assumed)


@pytest.mark.parametrize("beside", [(), ("soc2",), ("questionnaires", "soc_unnamed")])
def test_who_takes_a_filled_questionnaire_is_sent_one(beside: tuple[str, ...]) -> None:
    """Whatever else was named before: nothing is asked back, and no report is offered in its place."""
    enough = Request("r2", "Acme, security", "security", (*beside, "questionnaire_enough"), subject="data")
    made = of(PAYROLL, Request("r1", "Audit team", "user_auditor", ("soc1",), force="contract"), enough)
    text = letter_text(letter(made, enough), T)
    assert "We will answer your questionnaire" in text and "?" not in text
    card = " ".join(card_text(made.card, T).split())
    assert "Answer the questionnaire of Acme, security, now" in card and "Ask Acme" not in card
    assert "Acme, security: answers to their questionnaire alone" in card
