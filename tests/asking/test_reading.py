"""Reading a pasted request: the labelled texts, the form of the suggestions, hostile texts and growth with length."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli
from msgspec import structs

from socui.asking.reading.combined import WEIGHTS
from socui.asking.reading.index import Entry
from socui.asking.reading.matcher import MOST_NAMES, match_text
from socui.asking.reading.pattern import Joined, Pattern
from socui.asking.reading.phrases import Phrases, load_phrases, phrase_faults
from socui.asking.reading.reading import FROM_LINE, Reading, read_request
from socui.knowledge.model import Knowledge
from socui.profiles.records import FIELD_WORDS, Request

TEXTS: list[dict[str, Any]] = tomli.loads((Path(__file__).parents[1] / "cases" / "requests.toml").read_text())["text"]
SENTENCES: dict[str, dict[str, list[str]]] = tomli.loads(
    (Path(__file__).parents[1] / "cases" / "request_sentences.toml").read_text()
)
SEVERAL = ("asks", "refused", "categories")


def told(reading: Reading) -> dict[str, set[object]]:
    """By field the values that were suggested."""
    values: dict[str, set[object]] = {}
    for suggestion in reading.suggestions:
        values.setdefault(suggestion.field, set()).add(suggestion.value)
    return values


def wanted(field: str, value: Any) -> set[object]:
    """The values of a label as suggestions have them."""
    if field == "period":
        return {tuple(date.fromisoformat(day) for day in value)}
    return set(value) if field in SEVERAL else {value}


def test_every_phrase_matches_its_examples_and_none_of_its_counterexamples(knowledge: Knowledge) -> None:
    assert phrase_faults(load_phrases(), knowledge.facts) == ()


def test_suggestions_on_labelled_texts_are_nearly_all_right_and_nearly_all_there() -> None:
    right, suggested, labelled = Counter[str](), Counter[str](), Counter[str]()
    for text in TEXTS:
        expect: dict[str, Any] = text["expect"]
        if expect.get("none"):
            continue
        got = told(read_request(text["words"], text.get("received")))
        for field in (
            (got.keys() | expect.keys()) - set(text.get("unclear", ())) - {"received", "asked_by"}
        ):  # who wrote has tests of its own
            want = wanted(field, expect[field]) if field in expect else set()
            right[field] += len(got.get(field, set()) & want)
            suggested[field] += len(got.get(field, ()))
            labelled[field] += len(want)
    assert right.total() >= 0.97 * suggested.total(), (right, suggested)
    assert right.total() >= 0.85 * labelled.total(), (right, labelled)
    for field in labelled:
        assert right[field] >= 0.9 * suggested[field] and right[field] >= 0.8 * labelled[field], (
            f"{field}: right {right[field]} of {suggested[field]} suggested, {labelled[field]} labelled"
        )


@pytest.mark.parametrize("field", SENTENCES)
def test_single_sentences_tell_a_field_or_leave_it_open(field: str) -> None:
    right = suggested = labelled = 0
    wrong: list[object] = []
    for value, sentences in SENTENCES[field].items():
        want = set[str]() if value == "none" else set(value.split("+"))
        for sentence in sentences:
            got = {str(one).lower() for one in told(read_request(sentence, date(2026, 11, 20))).get(field, ())}
            right, suggested, labelled = right + len(got & want), suggested + len(got), labelled + len(want)
            wrong += [(sentence, got, want)] if got != want else []
    assert right >= 0.97 * suggested and right >= 0.85 * labelled, (right, suggested, labelled, wrong)


@pytest.mark.parametrize("text", [t for t in TEXTS if t["expect"].get("none")], ids=lambda t: t["id"])
def test_a_text_that_asks_for_nothing_suggests_nothing(text: dict[str, Any]) -> None:
    assert read_request(text["words"]).suggestions == ()


def test_quotes_are_spans_and_values_are_those_of_a_profile() -> None:
    for text in TEXTS:
        reading = read_request(text["words"], date(2027, 1, 4))
        for suggestion in (*reading.suggestions, *reading.questions):
            assert text["words"][suggestion.start : suggestion.end] == suggestion.quote != ""
            among = FIELD_WORDS[Request].get(suggestion.field)
            assert among is None or suggestion.value in among
            assert suggestion.phrase in load_phrases().all or suggestion.phrase in (FROM_LINE, WEIGHTS)


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("please send your SOC 2 report by 3/4/2027", "needed_by", None),
        ("please send your SOC 2 report by 3/14/2027", "needed_by", date(2027, 3, 14)),
        ("please send your SOC 2 report by 14.3.2027", "needed_by", date(2027, 3, 14)),
        ("please send your SOC 2 report by 3/4/2027, not 3/14/2027", "needed_by", date(2027, 3, 4)),
        ("please send your SOC 2 report by March 3", "needed_by", date(2027, 3, 3)),
        ("please send your SOC 2 report by Friday", "needed_by", date(2027, 1, 8)),
        ("please send your SOC 2 report by Friday, March 5, 2027", "needed_by", date(2027, 3, 5)),
        ("please send your SOC 2 report within 10 business days", "needed_by", date(2027, 1, 18)),
        ("please send your SOC 2 report within two weeks", "needed_by", date(2027, 1, 18)),
        ("please send your SOC 2 report within 30 days of issuance", "needed_by", None),
        ("please send your SOC 2 report by the end of Q1", "needed_by", date(2027, 3, 31)),
        ("Vendor shall provide a SOC 1 report no later than November 15 of each year", "needed_by", None),
        ("please send your SOC 2 report by 31 June 2027", "needed_by", None),
        ("please send your SOC 1 for the year ended December 31, 2026", "fiscal_year_end", date(2026, 12, 31)),
        ("please send your SOC 1, our year end is 31 December", "fiscal_year_end", date(2026, 12, 31)),
        ("please send your SOC 1, our year end is 30 June", "fiscal_year_end", date(2027, 6, 30)),
        ("please send your SOC 1 for FY26", "fiscal_year_end", None),
        ("please send your SOC 1 for our fiscal year end of June 26, 2027", "fiscal_year_end", date(2027, 6, 26)),
        ("please send your SOC 2 by the end of June 2027", "needed_by", date(2027, 6, 30)),
        (
            "Your report ended in June. Until then all was well. Please send the SOC 2. We meet on 8 May 2027.",
            "needed_by",
            None,
        ),
        (
            "please send your SOC 1 covering October 1 to September 30, 2026",
            "period",
            (date(2025, 10, 1), date(2026, 9, 30)),
        ),
        ("Vendor shall provide a SOC 1 covering October 1 through September 30 of each year", "period", None),
        ("please send your SOC 2, not older than 12 months", "max_age_months", 12),
        ("please send your SOC 2, not more than a year old", "max_age_months", 12),
        (
            "please send your SOC 1 for the twelve months to 31 March 2027",
            "period",
            (date(2026, 4, 1), date(2027, 3, 31)),
        ),
        ("please send your SOC 1 for 2026/27", "period", None),
        (
            "please send your SOC 2 report ten (10) days before the start on 1 March 2027",
            "needed_by",
            date(2027, 2, 19),
        ),
        ("please send your SOC 2. A response is required within twenty-one (21) days.", "needed_by", date(2027, 1, 25)),
        ("we need your SOC 1 by 10 January 2027, year end 12/31/26", "fiscal_year_end", date(2026, 12, 31)),
        ("please sign the DORA Article 30 addendum", "force", "law"),
        (
            "please confirm by letter that no significant changes in controls took place from 1 July 2026 to 31 December 2026",
            "period",
            (date(2026, 7, 1), date(2026, 12, 31)),
        ),
        ("please send your SOC 2 issued within the past two years", "max_age_months", 24),
        ("please send your SOC 1 Type I or II", "type", "type1_ok"),
        ("please send your SOC 1. A Type 1 is not sufficient.", "type", "type2"),
        ("please send your SOC 2 and the pen test from last autumn", "side", "provide"),
        ("please send your SOC 2 or an equivalent", "either", True),
        ("please send your SOC 2; a fax is ok too", "either", None),
        ("please send your SOC 1. Ideally it covers nine months. IT wants a SOC 2 at some point.", "force", None),
        ("please send your SOC Type 2", "type", "type2"),
        ("please send your SOC 1. Our ISMS team says hello", "reader", None),
        ("where is your SOC 1 for 1/1-12/31/2026?", "period", (date(2026, 1, 1), date(2026, 12, 31))),
        ("please send your SOC 2 by 3/4/2027; it ends on January 31", "needed_by", date(2027, 3, 4)),
        (
            "Fieldwork starts on 8 February 2027. Please let us have your SOC 1 before then.",
            "needed_by",
            date(2027, 2, 8),
        ),
        (
            "SOC 2 please. Our board meets on 5 March 2027 and papers go out one week earlier.",
            "needed_by",
            date(2027, 2, 26),
        ),
        ("please send your SOC 2 a fortnight from today", "needed_by", date(2027, 1, 18)),
        ("You have ten days to send us the SOC 2 report.", "needed_by", date(2027, 1, 14)),
        ("please send your SOC 2 before the month is out", "needed_by", date(2027, 1, 31)),
        ("Bonds are priced by your system. Do you have a SOC report?", "subject", "amounts"),
        ("please send your SOC 2; our patients' X-rays are kept on your servers", "subject", "data"),
        ("please send your SOC 2 under our data processing agreement", "subject", None),
        ("We're the trust's independent auditors. Please send your SOC 1.", "reader", "user_auditor"),
        ("Custodian shall furnish the SOC 1 report. It is Custodian's duty to renew it.", "force", "contract"),
        ("The purchase is stuck until your SOC 2 arrives.", "force", "deal"),
        ("A SOC 2 would strengthen your bid.", "force", "wish"),
        ("please get the SOC 1 of Abel Inc., which runs our payroll", "side", "obtain"),
        ("please send the SOC 1 (type 2, the type 1 you sent was no use)", "type", "type2"),
        ("There's a SOC 2 type 1 from 2024 on your site. Please send the type 2 of your SOC 2.", "type", "type2"),
        ("You need not accept a SOC 3 or a Type 1. Please send your SOC 2 Type 2.", "type", "type2"),
        ("We can't buy until a SOC 2 Type 1 exists", "type", "type1_ok"),
        ("Send your SOC 2. A Type 1 will do this year, but we need the Type 2 by 30 September 2027.", "type", "type2"),
        ("Send your SOC 2, the Type 1 by 31 March 2027, the Type 2 by 30 September 2027.", "type", "type1_ok"),
        ("Please send your SOC 2. It's not a deal breaker.", "force", "wish"),
        ("Please send your SOC 2. Security team. Our controller says hello.", "reader", "security"),
        ("To: Chief Financial Officer\n\nPlease send your SOC 1.", "reader", None),
        ("Dear CFO,\n\nPlease send your SOC 1. Our auditors ask for it.", "reader", "user_auditor"),
        ("Hi, Grace from our security team here. Please send your SOC 2.", "reader", "security"),
        (
            "Please send your SOC 2 by Friday.\n\nThis message is intended only for the addressee. It is no offer. Our investors "
            "ask for due diligence.",
            "reader",
            None,
        ),
        ("Please send your SOC 2. We cannot release the contract before it has been reviewed.", "force", "deal"),
        ("Please send your SOC 1. Our auditors cannot finish until they have it.", "force", None),
        ("Please send your SOC 2. The NDA has to be signed before we meet.", "force", None),
        ("Purchasing holds the renewal until your SOC 2 is here. Can you send it?", "force", "deal"),
        ("We signed the contract after the demo. Please send your SOC 2.", "force", None),
        ("Please send the SOC 2 (recommended, not required).", "force", "wish"),
        ("State law obliges us to hold your SOC 1. Please send it.", "force", "law"),
        ("Please upload:\n- SOC 2\n- W-9\n- diversity statement (optional)", "force", None),
        ("Please upload:\n- SOC 2 (optional)\n- W-9", "force", "wish"),
        ("You may skip the questionnaire if you send us your SOC 2.", "either", True),
        ("Please send your SOC 2; in its absence, the ISO 27001 certificate.", "either", True),
        ("Please send your SOC 2. An ISO 27001 certificate is no substitute.", "either", None),
        ("Your portal has our tenants' passports. Do you have a SOC 2?", "subject", "data"),
        ("All our cash receipts pass through your lockbox. Do you have a SOC report?", "subject", "amounts"),
        ("Please send the SOC report. We keep all personal data confidential.", "subject", None),
        ("Could you check if Zendrift has a SOC 2 and put it in the vendor file?", "side", "obtain"),
        ("Please upload the report. If the SOC 2 has not been issued, upload a gap letter.", "bridge", True),
        ("Please send your SOC 1 on payroll; you hold our employees' data.", "subject", "amounts"),
        (
            "Your SOC 1 ends in June. Fieldwork is soon.\n\nThe controllers meet.\n\nPlease send a bridge letter.",
            "bridge",
            True,
        ),
    ],
)
def test_days_periods_and_types(words: str, field: str, value: object) -> None:
    assert told(read_request(words, date(2027, 1, 4))).get(field, {None}) == {value}


@pytest.mark.parametrize(
    ("words", "asks", "refused"),
    [
        ("we do NOT need a SOC 1 but please send the SOC 2", {"soc2"}, {"soc1"}),
        ("please send a SOC 2 instead of a SOC 3", {"soc2"}, {"soc3"}),
        ("please send your SAS 70 report", {"soc1"}, set()),
        ("Bidders ask: is a SOC 3 acceptable in place of the SOC 2? Answer: No.", {"soc2"}, {"soc3"}),
        (
            "Please send the SOC 2. A SOC 3, a letter on its own or a summary will not be sufficient.",
            {"soc2"},
            {"soc3"},
        ),
        ("we still lack the SOC 2s from our hosting provider", {"soc2"}, set()),
        ("please send your SOC 1 and 2 reports", {"soc1", "soc2"}, set()),
        ("We asked for the SOC 2 and got a SOC 1. Please send the right one.", {"soc2"}, {"soc1"}),
        ("We need the SOC 2; the SOC 3 on your site tells us too little.", {"soc2"}, {"soc3"}),
        ("My auditors won't accept it, they want the SOC 1.", {"soc1"}, set()),
        ("We would like a SOC 2, please.", {"soc2"}, set()),
        ("We hold your SOC 2 of last year. Could you send the newer one?", {"soc2"}, set()),
        ("From: a\nThe SOC 1 isn't wanted, send the SOC 2.\n> From: b\n> Please send a SOC 1.", {"soc2"}, {"soc1"}),
        ("Please do not forget the SOC 2 report", {"soc2"}, set()),
        ("Could you send your SOC report?", {"soc_unnamed"}, set()),
        ("Could you send your SOC\u200b-\u00a02 report?", {"soc2"}, set()),
        ("As part of our SOC 2 we review vendors. Please send your ISO 27001 certificate.", {"iso27001"}, set()),
        ("Nothing in this clause requires you to get a SOC 2. Please send the SOC 1.", {"soc1"}, {"soc2"}),
        (
            "Please send the SOC 2. We don't need a SOC 1, a pen test or your ISO certificate.",
            {"soc2"},
            {"soc1", "pentest", "iso27001"},
        ),
        ("We don't need a pen test if you have a SOC 2. Please send it.", {"soc2"}, {"pentest"}),
        ("We cannot accept the SOC 2 until it is signed. Please send the SOC 2.", {"soc2"}, set()),
        ("Please send the SOC 1. If all you have is a SOC 2, don't send it.", {"soc1"}, {"soc2"}),
        ("Q1. Is a SOC 1 needed?\nA1. No.\nQ2. Must we attach the SOC 2?\nA2. Yes.", {"soc2"}, {"soc1"}),
        (
            "Question: Are we eligible with ISO 27001?\nResponse: No. A SOC 2 report is mandatory.",
            {"soc2"},
            {"iso27001"},
        ),
        ("Nice to have, not required: a SOC 2. Please send it.", {"soc2"}, set()),
        (
            "SOC 3 reports, ISO 27001 certificates and badges will no longer be accepted. Please send the SOC 2.",
            {"soc2"},
            {"soc3", "iso27001"},
        ),
        ("They want a SOC 2 (we don't care about the type), the last pentest and a list.", {"soc2", "pentest"}, set()),
        ("Please disregard my request for the SOC 1. We need the SOC 2.", {"soc2"}, {"soc1"}),
        ("Last year you gave us a SOC 1. Is there one that covers 2026?", {"soc1"}, set()),
        ("An ISO 27001 certificate does not replace the SOC 2. Please send it.", {"soc2"}, {"iso27001"}),
        ("Not the SOC 1 - the SOC 2, please.", {"soc2"}, {"soc1"}),
        ("SOC 2 Type 2 (a SOC 3 is not a valid alternative). Please send.", {"soc2"}, {"soc3"}),
        ("We can do without the pen test. Please send the SOC 2.", {"soc2"}, {"pentest"}),
        ("We cannot do without the SOC 2. Please send it.", {"soc2"}, set()),
        ("If you don't have a SOC 2 we can't use you. Do you have one?", {"soc2"}, set()),
        ("SOC 2 reports older than 18 months can't be accepted. Please send yours.", {"soc2"}, set()),
        ("The SOC 2 you sent does not cover December. Please send the new one.", {"soc2"}, set()),
        ("To be eligible you need a SOC 2. Can you share yours?", {"soc2"}, set()),
        ("Link to your SOC 3, if published: ____", {"soc3"}, set()),
        ("We lack your SOC 1. The SOC 2 is only for the vault.", {"soc1"}, set()),
        ("We lack your SOC 1. The SOC 2 is for the vault.", {"soc1", "soc2"}, set()),
        ("Please send what you have. The SOC 2 is only for the vault.", {"soc2"}, set()),
        ("A customer only works with vendors that are SOC 2 compliant. Could we get it?", {"soc2"}, set()),
        ("Would ISO 27001 be accepted in place of the SOC 2 Type 2? Yes.", {"soc2", "iso27001"}, set()),
        ("Last year's SOC 2 can no longer be relied on. When do you expect the next?", {"soc2"}, set()),
        ("We will hold your invoice until we've got the SOC 1.", {"soc1"}, set()),
    ],
)
def test_what_is_asked_for_and_what_is_refused(words: str, asks: set[str], refused: set[str]) -> None:
    values = told(read_request(words))
    assert (values.get("asks", set()), values.get("refused", set())) == (asks, refused)


def test_a_forwarded_mail_tells_the_day_from_which_its_deadline_counts() -> None:
    words = "> From: A. Lund\n> Sent: 9 April 2027 08:41\n>\n> Please send your SOC 2 within ten days.\n"
    assert told(read_request(words))["needed_by"] == {date(2027, 4, 19)}


def test_a_report_without_number_leaves_the_question_to_send_back() -> None:
    reading = read_request("Could you send your SOC report?")
    assert reading.soc_open and "financial statements (SOC 1)" in reading.question
    assert not read_request("Could you send your SOC 2 report?").question


HOSTILE = {
    "spaces": " ",
    "no spaces": "a",
    "names": "soc 2 or ",
    "items": "- SOC 2\n",
    "lines": "x\n",
    "acts": "\x00\x1b[31m\u202e",
    "negations": "not n't no ",
    "signs": "please,,,, ",
    "refusals": "we do not need a soc 2 ",
    "days": "1/1/2027 to ",
    "quoted": "> ",
    "sentences": "no soc 2 or soc 1 is fine. why? ",
    "spans": "within 30 days of the ",
    "you": "you ",
    "questions": "you? ",
    "wishes": "soc 2 optional. please send soc 1. ",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_length_and_not_faster(part: str) -> None:
    def seconds(length: int) -> float:
        text = (part * (length // len(part) + 1))[:length]
        least = 9.0
        for _ in range(3):
            begin = time.process_time()
            read_request(text)
            least = min(least, time.process_time() - begin)
        return least

    seconds(1_000)
    assert seconds(16_000) < 16 * seconds(2_000) + 0.05  # eight times the length; a square would take 64 times as long


def entries_of(phrases: Phrases) -> Iterator[Entry]:
    """All patterns of the phrases that are no names."""
    for of_word in phrases.rest.by_key.values():
        for entries in (of_word.always, *of_word.by_word.values(), *of_word.by_beside.values()):
            yield from entries


def tried_anywhere(one: Pattern | Joined) -> Pattern | Joined:
    """The pattern, to be tried whatever stands next to its first word."""
    if isinstance(one, Pattern):
        return replace(one, beside=())
    parts = (replace(part, pattern=part.pattern and replace(part.pattern, beside=())) for part in one.parts)
    return replace(one, parts=tuple(parts))


def test_the_words_next_to_a_pattern_leave_out_no_match() -> None:
    phrases = load_phrases()
    anywhere = Phrases(
        structs.replace(p, patterns=tuple(map(tried_anywhere, p.patterns)), unless=tuple(map(tried_anywhere, p.unless)))
        for p in phrases
    )
    examples = [words for phrase in phrases for words in (*phrase.examples, *phrase.counterexamples)]
    for words in (*examples, *(text["words"] for text in TEXTS[::4])):
        found = [
            [(m.phrase.id, m.start, m.end, m.groups) for m in (*matched.names, *matched.phrases)]
            for matched in (match_text(words, phrases), match_text(words, anywhere))
        ]
        assert found[0] == found[1], words
    some = next(entries for entries in phrases.rest.by_key.values() if entries.by_beside)
    assert some.beside and not any(entries.by_beside for entries in anywhere.rest.by_key.values())


def test_a_pattern_waits_for_a_line_with_all_the_words_it_needs() -> None:
    phrases = Phrases(load_phrases())
    match_text("our security team reviews the report and the data of the vendor before the contract", phrases)
    entries = set(entries_of(phrases))
    made = [entry for entry in entries if entry.match != entry._first]
    assert 0 < len(made) < len(entries) / 50


def test_what_a_pattern_needs_has_to_stand_behind_its_first_word() -> None:
    phrases = Phrases(load_phrases())
    match_text("no substitute exists, though there is a SOC 3", phrases)
    named = [
        entry for entry in set(entries_of(phrases)) if entry.phrase is not None and entry.phrase.id == "no-substitute"
    ]
    assert named and all(entry.match == entry._first for entry in named)
    match_text("a SOC 3 is no substitute", phrases)
    assert any(entry.match != entry._first for entry in named)


def test_names_without_end_are_looked_for_no_further_than_a_request_has_them() -> None:
    names = match_text("please send the SOC 2 or " * 3000, load_phrases()).names
    assert 500 < len(names) <= MOST_NAMES


@pytest.mark.parametrize("received", [date.min, date.max])
def test_a_day_of_receipt_at_the_end_of_the_calendar_counts_as_none(received: date) -> None:
    text = "Please send your SOC 1 by 31 March, tomorrow or in 60 days; our fiscal year ends on 30 June."
    assert read_request(text, received) == read_request(text)
