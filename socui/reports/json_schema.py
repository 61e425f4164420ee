"""The JSON schemas of a report and of the sheet for CPA firms, as the records say them."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from socui.reports.advice_json import REPORT_SCHEMA
from socui.reports.advice_records import Report
from socui.reports.quote_json import REQUEST, QuoteRequest


def report_schema() -> dict[str, Any]:
    """Return the schema of `socui report -o x.json`."""
    return _schema(Report, REPORT_SCHEMA, "socui report")


def request_schema() -> dict[str, Any]:
    """Return the schema of `socui report --for-auditors -o x.json`."""
    return _schema(QuoteRequest, REQUEST, "socui request for a quote")


def _schema(record: type[Struct], name: str, title: str) -> dict[str, Any]:
    _, parts = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    whole = parts.pop(record.__name__)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{name.replace('/', ':')}"}
    return {**head, **whole, "title": title, "$defs": parts}
