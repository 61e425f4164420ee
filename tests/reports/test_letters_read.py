"""Letters as whoever gets them reads them: which request is answered, which of the alternatives is planned, whose period it is."""

from __future__ import annotations

from datetime import date

from base import DECIDER, KNOWLEDGE
from msgspec.structs import replace
from worked import TODAY, WORKED

from socui.profiles.records import Request
from socui.reports.findings import findings
from socui.reports.letter_writer import letter
from socui.reports.letters import letter_text

DEAL = WORKED["SaaS with a deal"].requests[0]


def text_of(request: Request) -> str:
    made = findings(DECIDER, replace(WORKED["SaaS with a deal"], requests=(request,)), TODAY, full=False)
    return letter_text(letter(made, request), KNOWLEDGE.texts)


def test_thanks_say_what_was_asked_for_where_no_words_are_quoted() -> None:
    """Whoever reads the letter knows which request it answers, and which of the alternatives is planned."""
    ask = replace(DEAL, words="", asks=("soc2", "iso27001"), either=True)
    text = text_of(ask)
    assert "Thank you for your request for a SOC 2 report or an ISO/IEC 27001 certificate." in text
    assert "Which fiscal year" not in text
    both = replace(ask, asks=("soc1", "soc2"))
    text = text_of(both)  # only the SOC 2 report is planned: no year matters
    assert "for a SOC 1 report or a SOC 2 report." in text and "Which fiscal year" not in text
    unnamed = replace(ask, asks=("soc_unnamed",), either=None, subject="data", needed_by=date(2026, 12, 20))
    text = text_of(unnamed)
    assert "You asked for a SOC report by 20 Dec 2026." in text and "without a number" not in text
    quoted = replace(ask, words="We need it.")
    assert 'Thank you for your request. We have noted it as: "We need it."' in text_of(quoted)


def test_after_a_type_1_it_is_said_whose_period_has_begun() -> None:
    for needed in (date(2027, 3, 31), date(2026, 12, 20)):
        ask = replace(DEAL, needed_by=needed)
        text = text_of(ask)
        assert "A Type 2 report follows, for the period 1 Sep 2026 to 28 Feb 2027" in text
        assert "The period of the Type 2 report has already begun." in text and "The period has" not in text
