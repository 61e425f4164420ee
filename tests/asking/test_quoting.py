"""What a reply quotes of a pasted mail: the sentences that ask, and nothing of the greeting, the talk or the signature."""

from __future__ import annotations

import pytest

from socui.asking.reading.quoting import asking_sentences

MAIL = """From: Karen Doyle <kd@cpas.example>
Subject: service organization report

Hi Luis,

Hope all is well. As part of our audit of Lakeshore Foods for the year
ending December 31, 2026, please send us your SOC 1 Type 2
report. We need it by March 20, 2027.

Say hello to the team!

Best regards,
Karen Doyle, CPA
This message is confidential."""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (MAIL, "As part of our audit of Lakeshore Foods for the year ending December 31, 2026, please send us your SOC 1 Type 2 "
               "report. We need it by March 20, 2027."),
        ("Hi Bob,\nwe need the following before signing:\n- SOC 2 Type 2 report\n- your lunch menu\n- penetration test summary\n\n"
         "Thanks\nAl", "we need the following before signing: SOC 2 Type 2 report ... penetration test summary"),
        ("Send it.", "Send it."),
        ("Dear all,\nthe weather\nis fine.", "Dear all, the weather is fine."),  # nothing asks: all of it
    ],
)  # fmt: skip
def test_the_sentences_that_ask(text: str, quoted: str) -> None:
    assert asking_sentences(text) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Hello. We audit Merchant Inc. Please send your SOC 1.", "Please send your SOC 1."),
        ("We are the auditors of Merchant Inc. Please send your SOC 1 Type 2. Bye.", None),
        ("Mr. Smith of Merchant needs your SOC 1 by 5 March 2027. Thank you.", None),
        ("Hi. Our Co. needs No. 5: your SOC 2 report. Bye.", None),
    ],
)
def test_what_is_quoted_stands_in_the_text_word_for_word(text: str, quoted: str | None) -> None:
    """Found by a user: "auditors of MerchantPlease provide", with " Inc. " taken for the number of an item."""
    words = asking_sentences(text)
    assert all(part in text for part in words.split(" ... ")) and words
    if quoted:
        assert words.endswith(quoted)
