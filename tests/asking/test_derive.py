"""Requests as answers: what is said of partial records equals brute force over everything they may turn out to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from random import Random

import pytest
from base import DECIDER, KNOWLEDGE, WIDTH
from msgspec.structs import replace
from oracle import Full, Oracle

from socui.api import advise
from socui.asking.derive import DERIVED, worlds
from socui.asking.given import Given
from socui.asking.speaks_for import left_out
from socui.deciding.random_profile import random_profile
from socui.profiles.profile import Profile
from socui.profiles.records import ASKS, FORCES, READERS, SUBJECTS, Request

KIND = {
    **dict.fromkeys(("user_auditor", "finance"), "finance"),
    **dict.fromkeys(("security", "prospect"), "security"),
    **dict.fromkeys(("regulator", "partner_bank", "client", "service_auditor"), "others"),
    "investor": "investors",
}
REPORTS = ("soc1", "soc2", "soc3", "aaf")
FEW_ASKS = ("soc1", "soc2", "soc3", "soc_unnamed", "questionnaires", "questionnaire_enough", "iso27001")


SURVEYS = ("questionnaire", "questionnaires", "pentest")


def left_to_meet(r: Request) -> list[str]:
    """What is asked for, less what is not enough and, where answers to questions will do, less reports and questions."""
    asks = [a for a in r.asks if a not in r.refused]
    reports = (*REPORTS, "soc_unnamed", "assurance_unnamed")
    will_do = r.either and any(a in reports for a in asks) and any(a in SURVEYS for a in asks)
    if will_do or "questionnaire_enough" in asks:
        return [a for a in asks if a not in (*reports, *SURVEYS, "questionnaire_enough")]
    return asks


def met_by_answers(r: Request) -> bool:
    return not left_to_meet(r) and any(a not in r.refused for a in r.asks)


def told(requests: tuple[Request, ...]) -> dict[str, frozenset[str]]:
    """What complete requests say, by the meaning of the words alone: nobody else has asked."""
    ticks: dict[str, set[str]] = {f"asked_by_{k}": set() for k in ("finance", "security", "others", "investors")}
    surveyed: list[str] = []
    binding: set[str] = set()
    counting = [r for r in requests if r.reader != "investor" and not met_by_answers(r)]
    for r in requests:
        asks = left_to_meet(r)
        named = {"soc1" if a == "aaf" else a for a in asks if a in REPORTS}
        certified = any(a in ("iso27001", "hitrust", "c5", "pci", "fedramp", "cmmc") for a in asks)
        certified = bool(r.either) and certified and "soc1" not in named
        if r.either and "soc1" in named and len(named) > 1:
            named = {"either"}
        elif certified and named:
            named = {"soc2_or_other"}
        loose = {"unnamed" for a in asks if a in ("soc_unnamed", "assurance_unnamed")}
        surveys = {
            {"questionnaires": "recurring"}.get(a, "questionnaire")
            for a in asks
            if a in ("questionnaire", "questionnaires", "pentest")
        }
        others = {
            "other"
            for a in asks
            if a not in REPORTS
            and a not in ("soc_unnamed", "assurance_unnamed", "questionnaire", "questionnaires", "pentest")
        }
        kind = KIND[r.reader]
        if kind == "investors":
            ticks["asked_by_investors"] |= ({"report"} if named or loose else set()) | (
                {"other"} if surveys or others else set()
            )
        else:
            ticks[f"asked_by_{kind}"] |= named | others
            about = {"amounts": ("finance",), "data": ("security",), "both": ("finance", "security")}
            readers = about[r.subject] if r.subject else (kind,)
            if kind == "others":
                ticks["asked_by_others"] |= loose | surveys
                surveyed += ["others"] * ("questionnaire" in surveys)
            for reader in readers:
                words = loose | ({"questionnaire"} if surveys and reader == "finance" else surveys)
                if certified and loose and reader == "security":
                    words = {"soc2_or_other" if w == "unnamed" else w for w in words}
                ticks[f"asked_by_{reader}"] |= words
                surveyed += [reader] * ("questionnaire" in surveys)
        if r.force in ("contract", "law", "deal") and kind == "investors":  # no report is written for these
            ticks["asked_by_investors"] |= {"soc1_condition"} if "soc1" in named else set()
            others_named = (named - {"soc1", "soc2_or_other"}) or (loose and not certified)
            ticks["asked_by_investors"] |= {"soc2_condition"} if others_named else set()
        elif r.force in ("contract", "law", "deal"):
            binding |= {"other" if n == "soc2_or_other" else n for n in named} | others
            binding |= {"other"} if certified and loose else loose
    for reader in ("security", "others"):  # of each of two: they recur
        ticks[f"asked_by_{reader}"] |= {"recurring"} if surveyed.count(reader) > 1 else set()
    wish = len(counting) == 1 and counting[0].force == "wish"
    answers = {q: frozenset(v) for q, v in ticks.items()} | {"binding": frozenset(binding)}
    return answers | {
        "anybody_asked": frozenset(["yes" if requests else "no"]),
        "single_wish": frozenset(["yes" if wish else "no"]),
    }


def completions(request: Request) -> Iterator[Request]:
    """Everything a request may turn out to be, with one or two asks where none is known."""
    readers = (request.reader,) if request.reader else READERS
    asks = (
        (request.asks,)
        if request.asks
        else (*((a,) for a in ASKS), *combinations(FEW_ASKS, 2), ("soc1", "soc2", "soc3"))
    )
    forces = (request.force,) if request.force else FORCES
    eithers = (request.either,) if request.either is not None else (True, False)
    for reader, ask, force, either in product(readers, asks, forces, eithers):
        subjects = (request.subject,) if request.subject else SUBJECTS if KIND[reader] == "others" else ("",)
        for subject in subjects:
            yield replace(request, reader=reader, asks=ask, force=force, either=either, subject=subject)


@cache
def strangers() -> tuple[tuple[Request, ...], ...]:
    """Requests that nobody told of: none, any one, and pairs of those that differ most."""
    single = [
        Request("x", reader=r, asks=a, either=e, subject="both", force=f)
        for r, a, e, f in product(
            ("finance", "security", "client", "investor"),
            (*((a,) for a in FEW_ASKS), ("soc1", "soc2"), ("soc2", "iso27001")),
            (True, False),
            ("contract", "wish"),
        )
    ]
    seen = {tuple(sorted((q, tuple(sorted(v))) for q, v in told((r,)).items())): r for r in single}
    ones = tuple((r,) for r in seen.values())
    return ((), *ones, *((*a, *b) for a, b in product(ones[::3], ones[1::3])))


def full(profile: Profile) -> Full:
    return {q: frozenset((a,) if isinstance(a, str) else a) for q, a in profile.answers.items()}


def random_request(random: Random, id: str, share: float) -> Request:
    def told_or(value: object, unknown: object) -> object:
        return value if random.random() < share else unknown

    return Request(
        id,
        reader=str(told_or(random.choice(READERS), "")),
        asks=tuple(random.sample(ASKS, random.randint(1, 2))) if random.random() < share else (),
        either=random.choice((True, False)) if random.random() < share else None,
        subject=str(told_or(random.choice(SUBJECTS), "")),
        force=str(told_or(random.choice(FORCES), "")),
        refused=("soc3",) if random.random() < 0.1 else (),
    )


def profiles(seed: int, count: int) -> Iterator[Profile]:
    """Profiles that answer everything but what requests say, with none to four requests, few enough of them open."""
    random = Random(seed)
    while count:
        answers = {q: a for q, a in random_profile(KNOWLEDGE, random, 1.0).answers.items() if q not in DERIVED}
        answers["role"] = random.choice(("provide", "provide", "provide", "obtain"))
        answers["more_requests"] = random.choice(("no", "no", "yes"))
        requests = tuple(
            random_request(random, f"r{i}", random.choice((0.7, 0.9, 1.0))) for i in range(random.randint(0, 4))
        )
        ways = 1
        for request in requests:
            ways *= len({tuple(told((c,)).items()) for c in completions(request)})
        if ways <= (400 if answers["more_requests"] == "no" else 12):
            count -= 1
            yield Profile(answers=answers, requests=requests)


@pytest.mark.parametrize("seed", range(6 * WIDTH))
def test_requests_equal_brute_force(seed: int) -> None:
    """Ten profiles a seed, with none to four requests and an open or a closed list."""
    for profile in profiles(seed, 10):
        assert DECIDER.advise(profile).possible == brute_force(profile), profile.requests


def brute_force(profile: Profile) -> tuple[str, ...]:
    more = ((),) if profile.answers["more_requests"] == "no" else strangers()
    raw = full(profile)
    seen: dict[tuple[tuple[str, frozenset[str]], ...], str] = {}
    for chosen in product(*(distinct(r) for r in profile.requests)):
        for extra in more:
            derived = {q: v for q, v in told((*chosen, *extra)).items() if q in KNOWLEDGE.questions}
            key = tuple(sorted(derived.items(), key=lambda item: item[0]))
            if key not in seen:
                defaults = {q.id: frozenset[str]() for q in KNOWLEDGE.questions.values() if q.derived and q.several}
                single = {
                    q.id: frozenset([q.options[-1].id])
                    for q in KNOWLEDGE.questions.values()
                    if q.derived and not q.several
                }
                oracle = Oracle(KNOWLEDGE, {**defaults, **single, **raw, **derived})
                seen[key] = oracle.results["headline"]
    return tuple(h for h in ("both", "soc1", "soc2", "clarify", "neither") if h in seen.values())


@cache
def _distinct(key: tuple[object, ...]) -> tuple[Request, ...]:
    reader, asks, either, subject, force, refused = key
    request = Request("r", reader=reader, asks=asks, either=either, subject=subject, force=force, refused=refused)  # type: ignore[arg-type]
    return tuple({(tuple(told((c,)).items()), c.force): c for c in completions(request)}.values())


def distinct(request: Request) -> tuple[Request, ...]:
    """The completions of a request that say different things."""
    return _distinct((request.reader, request.asks, request.either, request.subject, request.force, request.refused))


def one(*requests: Request, closed: bool = True, **flat: Given) -> dict[str, Given]:
    (world,) = worlds(requests, closed, flat)
    return dict(world)


def test_an_unnamed_request_speaks_for_what_it_is_about() -> None:
    """Whoever voices it; where it says nothing, for what its reader reads for; a bank may mean either or both."""
    unnamed = Request("r1", asks=("soc_unnamed",), force="wish", either=False)
    for reader, subject, finance, security in (
        ("security", "amounts", True, False),
        ("user_auditor", "data", False, True),
        ("user_auditor", "", True, False),
        ("prospect", "", False, True),
        ("partner_bank", "both", True, True),
    ):
        world = one(replace(unnamed, reader=reader, subject=subject))
        assert ("unnamed" in world["asked_by_finance"].chosen) == finance, reader
        assert ("unnamed" in world["asked_by_security"].chosen) == security, reader
    bank = worlds((replace(unnamed, reader="partner_bank"),), True, {})
    ways = {("unnamed" in w["asked_by_finance"].chosen, "unnamed" in w["asked_by_security"].chosen) for w in bank}
    assert ways == {(True, True), (False, True), (True, False)}


def test_questionnaires_of_two_clients_recur() -> None:
    survey = Request("r1", reader="prospect", asks=("questionnaire",), force="wish")
    assert one(survey)["asked_by_security"].chosen == {"questionnaire"}
    assert one(survey, replace(survey, id="r2", asks=("pentest",)))["asked_by_security"].chosen == {
        "questionnaire",
        "recurring",
    }
    apart = one(survey, replace(survey, id="r2", reader="user_auditor"))
    assert "recurring" not in apart["asked_by_security"].chosen | apart["asked_by_finance"].chosen


def test_any_one_will_do_is_met_by_the_easiest() -> None:
    """A review that one can answer makes the report beside it needless, and is no wish for one; a certificate stands in
    for an unnamed report on data; without a word on it, both ways to read the request stay open."""
    either = Request("r1", reader="security", asks=("soc2", "questionnaire"), force="contract", either=True)
    world = one(either)
    assert world["asked_by_security"] == world["binding"] == Given(frozenset(), True)
    assert world["request_detail"].chosen == {"alternatives_ok"}
    assert (world["anybody_asked"].chosen, world["single_wish"].chosen) == ({"yes"}, {"no"})
    assert one(replace(either, either=False))["asked_by_security"].chosen == {"soc2", "questionnaire"}
    assert len(worlds((replace(either, either=None),), True, {})) == 2
    certificate = one(replace(either, asks=("soc_unnamed", "iso27001")))
    assert certificate["asked_by_security"].chosen == {"soc2_or_other", "other"}
    assert certificate["binding"].chosen == {"other"}


PAYROLL = {"role": "provide", "customer_types": ("organizations",), "delivery_model": ("outsourced_process",),
           "financial_activities": ("payroll",), "financial_link": ("posts",), "entrusted": ("employee_personal",),
           "audited_clients": "many", "more_requests": "no"}  # fmt: skip


@pytest.mark.parametrize(
    "asks", [("questionnaire_enough",), ("questionnaires", "questionnaire_enough"), ("soc2", "questionnaire_enough")]
)
@pytest.mark.parametrize("force", ["", "contract", "wish"])
def test_a_filled_questionnaire_that_is_enough_is_no_reason_for_a_report(asks: tuple[str, ...], force: str) -> None:
    """An auditor asks for SOC 1, and a security team takes our filled questionnaire: SOC 1 alone, settled. The letter to the
    security team and the card say that answers are sent."""
    auditor = Request("r1", reader="user_auditor", asks=("soc1",), subject="amounts", force="contract")
    team = Request("r2", asked_by="Acme, security", reader="security", subject="data", asks=asks, force=force)
    profile = Profile(answers=PAYROLL, requests=(auditor, team))
    advice = DECIDER.advise(profile)
    assert advice.possible == ("soc1",)
    assert not any("Acme" in r.rule.because for f in advice.findings.values() for r in f.reasons)
    asked = DECIDER.advise(replace(profile, requests=(auditor, replace(team, asks=("questionnaires",)))))
    assert asked.possible == ("both",)  # those that recur, and nobody said that answers are enough
    assert left_out(team) == {}


def test_one_wish_beside_a_questionnaire_that_is_enough_is_one_wish() -> None:
    wish = Request("r1", reader="prospect", asks=("soc2",), force="wish", either=False)
    enough = Request("r2", reader="security", asks=("questionnaire_enough",), force="contract")
    assert one(wish, enough)["single_wish"].chosen == {"yes"}
    assert one(wish, replace(enough, asks=("questionnaire",)))["single_wish"].chosen == {"no"}


@pytest.mark.parametrize("activity", ["client_ordered", "specialist_opinion"])
def test_an_unnamed_ask_about_work_no_report_covers_is_a_question_back(activity: str) -> None:
    """A bank's checking accounts: a client asks for "your SOC report". Once its use is known the answer is settled."""
    bank = {"role": "provide", "customer_types": ("organizations",), "delivery_model": ("outsourced_process",),
            "financial_link": ("posts",), "client_check": "reconciles", "entrusted": ("financial_account",),
            "financial_activities": (activity,), "audited_clients": "many", "more_requests": "no"}  # fmt: skip
    ask = Request("r1", reader="client", asks=("soc_unnamed",), force="contract")
    advice = DECIDER.advise(Profile(answers=bank, requests=(ask,)))
    assert advice.leaning == "clarify"
    assert not advice.settled
    assert {r: f.certainty for r, f in advice.findings.items() if r in ("soc1", "soc2")} == {
        "soc1": "Open",
        "soc2": "Open",
    }
    data = DECIDER.advise(Profile(answers=bank, requests=(replace(ask, subject="data"),)))
    assert data.possible == ("soc2",)
    amounts = DECIDER.advise(Profile(answers=bank, requests=(replace(ask, subject="amounts"),)))
    assert set(amounts.possible) == {"clarify", "neither"}  # "neither": something else will do
    beside = DECIDER.advise(
        Profile(answers=bank, requests=(ask, replace(ask, id="r2", reader="security", asks=("soc2",))))
    )
    assert beside.leaning == "soc2"


def test_an_open_list_leaves_every_reader_open() -> None:
    request = Request("r1", reader="security", asks=("soc2",), force="contract", either=False)
    assert one(request, closed=True)["asked_by_finance"] == Given(frozenset(), True)
    world = one(request, closed=False)
    assert "asked_by_finance" not in world
    assert world["asked_by_security"] == Given(frozenset(["soc2"]), False)
    assert world["anybody_asked"].chosen == {"yes"}


def test_more_said_of_a_request_never_reopens() -> None:
    """What is possible only shrinks as keys are filled in and the list is closed."""
    random = Random(7)
    for profile in profiles(3, 60):
        before = set(DECIDER.advise(profile).possible)
        filled = tuple(random.choice(tuple(completions(r))) for r in profile.requests)
        closed = {**profile.answers, "more_requests": "no"}
        after = DECIDER.advise(replace(profile, requests=filled, answers=closed))
        assert set(after.possible) <= before


def test_values_that_nobody_knows_say_nothing() -> None:
    """A reader, an ask or a force of another program is kept in the file and is unknown here."""
    odd = Request("r1", reader="insurer", asks=("tisax",), force="friendly", subject="weather")
    plain = Request("r1")
    assert worlds((odd,), True, {}) == worlds((plain,), True, {})


def test_advise_takes_records() -> None:
    """The library takes requests, and names who asked."""
    service = {"role": "provide", "customer_types": "organizations", "delivery_model": "saas", "financial_link": "none",
               "entrusted": "business_confidential", "more_requests": "no"}  # fmt: skip
    asked = Request("r1", asked_by="Acme, security", reader="security", asks=("soc2",), force="contract", either=False)
    advice = advise(service, requests=[asked])
    assert advice.findings["soc2"].possible == ("required",)
    assert advice.by_whom["soc2"] == "Acme, security"
    assert any(
        r.rule.because.startswith("Acme, security, made a SOC 2 report a condition")
        for r in advice.findings["soc2"].reasons
    )


def test_an_ask_of_unknown_form_is_likeliest_one_for_a_report_on_what_is_read_for() -> None:
    """A security team asked, and nobody remembers for what: probably a SOC 2 report, and nothing is settled by it."""
    service = {"role": "provide", "customer_types": ("organizations",), "delivery_model": ("people_services",),
               "financial_link": (), "financial_activities": (), "entrusted": ("access_only",)}  # fmt: skip
    service = {**service, "more_requests": "no"}
    for asked, leaning in (
        (Request("r1", reader="security"), "soc2"),
        (Request("r1", reader="client", subject="data"), "soc2"),
    ):
        advice = DECIDER.advise(Profile(answers=service, requests=(asked,)))
        assert advice.leaning == leaning, asked
        assert set(advice.possible) >= {"soc2", "neither", "clarify"}
