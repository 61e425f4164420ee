"""What stands in a pasted text and tells nothing of the request: whom it is addressed to, and the notices below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from socui.asking.reading.matcher import Matched, Spans

_ADDRESSED = re.compile(
    r"(?m)^(?:> )?(?:(?:to|attn|attention|att|cc|an): [^\n]{0,200}"
    r"|(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)) (?:(?! - |\bfrom\b)[^\n,:;!?]){1,60}(?=[,:!\n]))"
)
_NOTICE = re.compile(
    r"\bintended (?:only |solely |exclusively )?for\b|\bconfidentiality notice\b|\bbefore printing\b|\bunsubscribe\b"
    r"|\b(?:received|got) (?:it|this)[^\n]{0,40} in error\b|\bregistered (?:office|in england|number)\b|\bno liability\b"
    r"|\b(?:e-?mail|message|communication|transmission) (?:and any|is|may|contains)[^\n]{0,80}\b(?:confidential|privileged)\b"
    r"|\bpast performance\b|\bauthori[sz]ed and regulated\b|\bnot an offer\b|\bviruses\b"
)
DEPARTMENTS = frozenset(("finance", "security", "user_auditor", "investor", "partner_bank"))
"""Readers that a text does not have because it is addressed to them."""


def addressed(matched: Matched) -> Spans:
    """Return where the text says whom it is addressed to."""
    return Spans(head.span() for head in _ADDRESSED.finditer(matched.masked))


def lines_of_notices(matched: Matched, starts: Sequence[int]) -> frozenset[int]:
    """Return the numbers of lines that are a notice, such as on confidentiality, with all behind it in its paragraph."""
    lines: set[int] = set()
    for notice in _NOTICE.finditer(matched.masked):
        line = bisect_right(starts, notice.start()) - 1
        while line not in lines and line < len(starts):
            lines.add(line)
            line += 1
            if line < len(starts) and starts[line] in matched.folded.breaks:
                break
    return frozenset(lines)
