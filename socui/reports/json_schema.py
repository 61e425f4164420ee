"""The JSON schemas of a report and of the sheet for CPA firms. A change that could break a reader of one gets it a new
number, an addition does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socui.knowledge.model import PARTS

NAME = "socui.reports.render/1"
REQUEST = "socui.reports.quote_request/1"

Schema = dict[str, Any]


def _about(schema: Schema, text: str) -> Schema:
    return {**schema, "description": text}


def _object(properties: Mapping[str, Schema], text: str = "") -> Schema:
    found: Schema = {"type": "object", "properties": dict(properties), "required": list(properties)}
    return {**found, "description": text} if text else found


def _list(items: Schema, text: str = "") -> Schema:
    return {"type": "array", "items": items, **({"description": text} if text else {})}


def _map(values: Schema, text: str) -> Schema:
    return {"type": "object", "additionalProperties": values, "description": text}


TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
TEXTS = _list(TEXT)
HEADLINE: Schema = {"enum": ["both", "soc1", "soc2", "clarify", "neither"]}
FACTS = _list(TEXT, "ids of the facts it rests on; each is under `facts` of the report")
THREE: Schema = _list({"type": "number"}, "low, typical, high, in months") | {"minItems": 3, "maxItems": 3}
DAYS: Schema = _list(DAY, "low, typical, high") | {"minItems": 3, "maxItems": 3}

SAID = _object(
    {"question": TEXT, "options": _about(TEXTS, "option ids; empty: none of these"), "presumed": FLAG},
    "an answer; `presumed` where the person did not say so",
)
CHANGE = _object(
    {
        **SAID["properties"],
        "adds": _about(TEXTS, "what is added to the answer there is; empty too where the answer is another one"),
        "drops": _about(TEXTS, "what is taken away from it"),
    },
    "a change of an answer: the whole answer after it, and what that adds and takes away",
)
REASON = _object(
    {
        "rule": TEXT,
        "result": TEXT,
        "value": TEXT,
        "because": TEXT,
        "ask_back": _about(TEXT, "what to ask the one who asked; empty where the rule is no clarification"),
        "certain": _about(FLAG, "whether it holds whatever the open answers turn out to be"),
        "deciding": _about(FLAG, "whether it has the strength that the result has"),
        "answers": _list(SAID),
        "facts": FACTS,
    },
    "a rule that holds",
)
FINDING = _object(
    {
        "title": TEXT,
        "settled": FLAG,
        "possible": _about(TEXTS, "the values still possible, weakest first"),
        "leaning": _about(TEXT, "the value if what is open is as it normally is"),
        "label": TEXT,
        "says": TEXT,
        "facts": FACTS,
        "reasons": _list(REASON),
    },
    "what is concluded on one result",
)
BAR = _object(
    {
        "step": TEXT,
        "title": TEXT,
        "lane": {"enum": ["soc1", "soc2", "both"]},
        "months": THREE,
        "start": THREE,
        "end": THREE,
        "begins": DAYS,
        "ends": DAYS,
        "kind": _about(
            TEXT,
            "readiness, fixes, type1, period, fieldwork, report, next (period) or bridge (months a letter can cover)",
        ),
        "delivers": _about(FLAG, "whether a report is in hand at its end"),
        "late_by_days": {
            "type": ["integer", "null"],
            "description": "typical end after the date needed; negative: before",
        },
        "facts": FACTS,
    },
    "a step of the plan: an estimate",
)
NOTE = _object(
    {
        "id": TEXT,
        "kind": TEXT,
        "title": TEXT,
        "says": TEXT,
        "cost": TEXT,
        "reminder": FLAG,
        "certain": FLAG,
        "facts": FACTS,
    },
    "a mistake seen, a reminder, a neighbouring framework, a hint or a next step",
)
WHY_NOT = _object(
    {
        "rule": TEXT,
        "result": TEXT,
        "value": TEXT,
        "because": TEXT,
        "lacks": _list(
            _object({"question": TEXT, "options": TEXTS, "only": FLAG, "without": FLAG}),
            "what the answers lack: one of the options (none: none of these); with `only` nothing else; with `without` "
            "that they be not",
        ),
        "set_aside_by": {"type": ["string", "null"], "description": "a rule that sets it aside"},
        "facts": FACTS,
    },
    "a rule that does not hold by the leaning",
)
OPEN = _object(
    {
        "question": TEXT,
        "ask": TEXT,
        "whom": _about(TEXT, "who knows the answer"),
        "presumed": {"type": ["array", "null"], "items": TEXT, "description": "the answer taken until then"},
        "because": TEXT,
        "facts": FACTS,
    },
    "an open question that can change the headline",
)
PROFILE = _object(
    {
        "id": TEXT,
        "name": TEXT,
        "organization": TEXT,
        "service": TEXT,
        "answers": _map({"anyOf": [TEXT, TEXTS]}, "by question: an option, or the options ticked"),
        "not_sure": TEXTS,
        "begun": _about(TEXTS, "questions answered in part"),
        "confirm": _about(TEXTS, "questions whose answers wait for a confirmation and do not count"),
        "notes": _map(TEXT, "by question"),
        "dates": _map(DAY, "needed_by, year_end"),
    },
    "what the person said",
)

CITED: Schema = {
    "facts": _map(_object({"says": TEXT, "sources": TEXTS, "confidence": TEXT, "dispute": TEXT}), "facts cited"),
    "sources": _map(
        _object({"publisher": TEXT, "title": TEXT, "edition": TEXT, "address": TEXT, "read": TEXT}),
        "publications the facts rest on",
    ),
}
RESULT = _about({"enum": [*HEADLINE["enum"], "open"]}, "the settled headline, or open")
KNOWLEDGE = _object({"version": TEXT, "digest": TEXT})


def _schema(name: str, title: str, properties: Schema, text: str) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('/', ':')}",
        "title": title,
        **_object(properties, f"{text} Further keys may be added."),
    }


SCHEMA = _schema(
    NAME,
    "socui report",
    {
        "schema": {"const": NAME},
        "date": _about(DAY, "the day the report speaks of"),
        "knowledge": KNOWLEDGE,
        "profile": PROFILE,
        "headline": _object(
            {
                "result": RESULT,
                "settled": FLAG,
                "possible": _list(HEADLINE) | {"minItems": 1},
                "leaning": HEADLINE,
                "sentence": TEXT,
                "asked_for_by": _map(TEXT, "by report: who asks for it; empty where nobody does"),
            }
        ),
        "answered": _object({"count": WHOLE, "of": WHOLE}),
        "clarify": _list(REASON, "what to clarify before anything is ordered"),
        "findings": _map(FINDING, "by result: soc1, soc2, the categories, type_soc1, type_soc2, order"),
        "categories": _list(_object({"id": TEXT, "title": TEXT, "criteria": WHOLE, "facts": FACTS})),
        "open": _list(OPEN),
        "tips": _list(
            _object({"changes": _list(CHANGE), "possible": _list(HEADLINE), "forces": FLAG}),
            "changes of one answer, or of the fewest answers, that would change the headline",
        ),
        "why_not": _list(WHY_NOT, "rules that would make a report count that does not, those that lack least first"),
        "plan": _list(BAR),
        "notes": _list(NOTE),
        "questions": _map(_object({"state": TEXT, "purposes": TEXTS}), "where each question stands"),
        **CITED,
    },
    "Advice on SOC 1 and SOC 2 reports, built from answers and cited facts.",
)

GIVEN = _object(
    {
        "question": TEXT,
        "options": _about(TEXTS, "option ids; empty, needed and not to be agreed: none of these"),
        "date": {"anyOf": [DAY, {"type": "null"}]},
        "to_be_agreed": _about(FLAG, "whether it is still open, wholly or in part"),
        "needed": _about(FLAG, "false where it was not answered and changes nothing"),
    },
    "what is known of one question",
)
WANTED = _object(
    {
        "id": {"enum": ["soc1", "soc2"]},
        "wanted": _about(FLAG, "whether a quote is asked for"),
        "verdict": TEXT,
        "settled": FLAG,
        "asked_for_by": _about(TEXT, "empty where nobody is known to ask"),
        "type": {"type": ["string", "null"], "description": "what is concluded on its Type"},
        "period": {"anyOf": [BAR, {"type": "null"}], "description": "the first period, or the rest of a look-back one"},
    },
    "a report, as far as it is wanted",
)
LINE = _object({"id": TEXT, "title": TEXT, "says": TEXT, "answers": _list(GIVEN), "facts": FACTS})

REQUEST_SCHEMA = _schema(
    REQUEST,
    "socui request for a quote",
    {
        "schema": {"const": REQUEST},
        "date": _about(DAY, "the day the sheet speaks of"),
        "knowledge": KNOWLEDGE,
        "profile": _object({"name": TEXT, "organization": TEXT}),
        "service": TEXT,
        "headline": _object({"result": RESULT, "leaning": HEADLINE, "possible": _list(HEADLINE) | {"minItems": 1}}),
        "clarify": _list(
            _object({"because": TEXT, "ask_back": TEXT, "facts": FACTS}),
            "what is asked back before anything is ordered",
        ),
        "reports": _list(WANTED),
        "categories": _list(
            _object({"id": TEXT, "title": TEXT, "criteria": WHOLE, "verdict": TEXT, "settled": FLAG}),
            "trust services categories of the SOC 2 report",
        ),
        "lines": _map(_list(LINE), f"by part of the sheet: {', '.join(PARTS)}"),
        "plan": _list(BAR),
        "open": _list(_object({"question": TEXT, "state": TEXT, "whom": TEXT}), "questions still to be agreed"),
        **CITED,
    },
    "What a CPA firm needs for a quote. Everything not answered is marked as to be agreed.",
)
