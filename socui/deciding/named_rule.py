"""Words the reason of a rule by the recorded requests behind it: who asked for what."""

from __future__ import annotations

from msgspec.structs import replace

from socui.asking.speaks_for import behind
from socui.deciding.headline import names_in_a_row, requester_words, wanted
from socui.knowledge.model import Knowledge, Rule
from socui.profiles.records import Request


def named_rule(knowledge: Knowledge, rule: Rule, recorded: tuple[Request, ...]) -> Rule:
    """Return the rule with a reason that names who asked for what; the rule itself where no request stands behind it."""
    requests = behind(recorded, rule.who) if rule.named else ()
    if not requests:
        return rule
    who = names_in_a_row(tuple(dict.fromkeys(requester_words(knowledge, r) for r in requests)))
    what = names_in_a_row(tuple(dict.fromkeys(w for r in requests for w in wanted(knowledge, r, rule.result))))
    because = rule.named.replace("{who}", who).replace("{what}", what or knowledge.texts["asks.unknown"])
    return replace(rule, because=because[:1].upper() + because[1:])
