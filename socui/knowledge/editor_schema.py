"""Describes the data files as JSON schemas, so that editors complete and check them: `socui data --schema`."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from socui.knowledge.file_format import (
    ContradictionEntry,
    FactEntry,
    OwnEntry,
    PresumptionEntry,
    QuestionEntry,
    ResultEntry,
    RuleEntry,
    SectionEntry,
    SourceEntry,
    TermEntry,
)
from socui.knowledge.file_format_texts import (
    CaseEntry,
    CategoryEntry,
    ChangeEntry,
    DurationEntry,
    EntryEntry,
    FieldEntry,
    MessageEntry,
    NoteEntry,
    PhraseEntry,
    ReasonEntry,
    RequestEntry,
    RowEntry,
    SynonymEntry,
)

Tables = dict[str, type[Struct]]
NOTE: Tables = {"note": NoteEntry}
_SPOKEN: Tables = {"message": MessageEntry}
FORMAT: dict[str, Tables] = {
    "sources.toml": {"source": SourceEntry},
    "facts.toml": {"fact": FactEntry},
    "own.toml": {"judgement": OwnEntry, "statement": OwnEntry},
    "questions.toml": {"section": SectionEntry, "question": QuestionEntry},
    "conclusions.toml": {"result": ResultEntry, **_SPOKEN},
    "rules.toml": {"term": TermEntry, "contradiction": ContradictionEntry, "rule": RuleEntry},
    "presumptions.toml": {"presumption": PresumptionEntry},
    "mistakes.toml": NOTE,
    "neighbours.toml": NOTE,
    "hints.toml": NOTE,
    "comparison.toml": {"row": RowEntry},
    "scope.toml": {"category": CategoryEntry},
    "plan.toml": {"duration": DurationEntry, **_SPOKEN},
    "request.toml": {"request": RequestEntry, "field": FieldEntry, **_SPOKEN},
    "reference.toml": {"entry": EntryEntry},
    "history.toml": {"change": ChangeEntry, "left_out": ReasonEntry, "exception": ReasonEntry},
    "cases.toml": {"case": CaseEntry},
    "card.toml": _SPOKEN,
    "letters.toml": _SPOKEN,
    "vendors.toml": _SPOKEN,
    "phrases.toml": {"phrase": PhraseEntry},
    "synonyms.toml": {"synonym": SynonymEntry},
}
"""The arrays of tables in each file."""
TEXTS = ("conclusions.toml", "request.toml", "card.toml", "letters.toml", "vendors.toml")
"""The files with a table of texts by name beside them."""
_WORDS = ("phrases.toml",)
"""The files with lists of words by name."""


def schema(file: str) -> dict[str, Any]:
    """Return the JSON schema of a data file. Raises KeyError for another file."""
    tables = FORMAT[file]
    kinds = list(dict.fromkeys(tables.values()))
    _, definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    arrays: dict[str, Any] = {
        key: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}} for key, kind in tables.items()
    }
    if file in TEXTS:
        arrays["texts"] = {"type": "object", "additionalProperties": {"type": "string"}}
    if file == "synonyms.toml":
        arrays["passing"] = {"type": "array", "items": {"type": "string"}}
    if file in _WORDS:
        arrays["words"] = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"socui {file}",
        "type": "object",
        "properties": arrays,
        "additionalProperties": False,
        "$defs": definitions,
    }
    whole: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(described))
    return whole
