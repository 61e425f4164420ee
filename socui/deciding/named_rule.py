"""Words the reason of a rule by the recorded requests behind it: who asked for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from socui.asking.speaks_for import behind
from socui.deciding.headline import requester_words, wanted
from socui.knowledge.model import Knowledge, Rule
from socui.name_words import names_in_a_row, with_names
from socui.profiles.records import Request


def named_rule(knowledge: Knowledge, rule: Rule, recorded: tuple[Request, ...]) -> Rule:
    """Return the rule with a reason that names who asked for what; the rule itself where no request stands behind it."""
    requests = behind(recorded, rule.who) if rule.named else ()
    if not requests:
        return rule
    clause, _, rest = rule.named.removeprefix("[").partition("]")
    clauses = [with_names(clause, who=who, what=what) for who, what in _asked(knowledge, rule.result, requests)]
    if len(clauses) > 1 and rest.startswith(","):
        rest = f";{rest[1:]}"
    because = "; ".join(clauses) + rest
    return replace(rule, because=because[:1].upper() + because[1:])


def _asked(knowledge: Knowledge, report: str, requests: Sequence[Request]) -> Iterator[tuple[str, str]]:
    """Yield who asked for what: those who asked for the same thing together."""
    groups: dict[str, dict[str, None]] = {}
    for request in requests:
        what = names_in_a_row(wanted(knowledge, request, report)) or knowledge.texts["asks.unknown"]
        groups.setdefault(what, {})[requester_words(knowledge, request)] = None
    for what, names in groups.items():
        yield names_in_a_row(tuple(names)), what
