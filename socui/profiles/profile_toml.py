"""Reads and writes a profile as a TOML file. Reading trusts nothing; writing keeps unknown keys as they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import tomli
from msgspec import Struct

from socui.errors import ProfileError
from socui.profiles.profile import SCHEMA, Answer, Profile, with_ids
from socui.profiles.records import Event, Evidence, ReportHeld, Request, Vendor, record_of, table_of
from socui.profiles.schema_one import migrated
from socui.text import scrub, scrub_line

KIND = "socui-profile"
PROFILE_LIMIT = 1 << 20
"""The most bytes that a profile may have."""
KEY_PARTS = 16
"""Parts a dotted key may have: the parser needs quadratic time for more."""

_Document = dict[str, Any]
MIGRATIONS: Mapping[int, Callable[[_Document], _Document]] = {1: migrated}
"""By schema: what makes a document of that schema one of the next. A new schema adds its line here and nothing else."""

_TEXTS = ("id", "name", "organization", "service", "country", "knowledge", "result")
_TIMES = ("created", "updated")
_MARKS = ("begun", "not_sure", "confirm")
_TABLES = ("answers", *_MARKS, "notes", "dates", "engagement")
_RECORDS: Mapping[str, type[Request] | type[ReportHeld] | type[Event] | type[Vendor]] = {
    "requests": Request,
    "reports_held": ReportHeld,
    "events": Event,
    "vendors": Vendor,
}
"""Arrays of tables. `evidence` is one table."""
_ORDER = (
    "kind",
    "schema",
    "id",
    "name",
    "organization",
    "service",
    "country",
    "knowledge",
    "created",
    "updated",
    "result",
)
_ALWAYS = {"kind", "schema", *_TEXTS, *_TIMES} - {"result", "country"}  # in a new file, also where nothing is said
_UNSET = Profile()

_STRINGS = re.compile(
    r'"""(?:[^"\\]++|\\.?|"{1,2}+(?!"))*+(?:"{3,5}+|\Z)|' + r"'''(?:[^']++|'{1,2}+(?!'))*+(?:'{3,5}+|\Z)"
    r'|"(?:[^"\\\n]++|\\[^\n]?)*+"?' + r"|'[^'\n]*+'?|#[^\n]*+",
    re.DOTALL,
)
_PART = r'(?:[\w-]++|"")'
_LONG_KEY = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{KEY_PARTS}}}")
_MANY_DOTS = re.compile(rf"^(?:[^.\n]*+\.){{{KEY_PARTS}}}", re.MULTILINE)
# A time as tomli_w writes it; no string ends a line without its quote, so nothing else can look like one.
_TIME = re.compile(r"(?<= = )(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)((?:[+-]\d\d:\d\d)?)$", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Loaded(Struct, frozen=True):
    """The content of a profile file.

    `schema` is the version it was written with. `read_only` says why it must not be written to, empty where it may.
    `document` is the file as TOML gives it; a save keeps its order of keys.
    """

    profile: Profile
    schema: int
    read_only: str
    document: _Document


def from_bytes(
    data: bytes,
    kind: str = KIND,
    migrations: Mapping[int, Callable[[_Document], _Document]] = MIGRATIONS,
    current: int = SCHEMA,
) -> Loaded:
    """Read a profile. An older schema is brought up to date in memory, a newer one is read only.

    Raises ProfileError for everything that is not a profile, with the reason and, if possible, the line.
    """
    document = document_of(data)
    if document.get("kind") != kind:
        raise ProfileError(f'not a socui profile: kind = "{kind}" is missing')
    schema = document.get("schema")
    if type(schema) is not int:
        raise ProfileError("not a socui profile: schema has to be a whole number")
    brought = document
    for step in range(schema, current):
        if step not in migrations:
            raise ProfileError(f"schema {schema} is unknown: this socui reads up to {current}")
        brought = migrations[step](brought)
    newer = schema > current
    for table in _TABLES:
        if not newer and not isinstance(brought.get(table, {}), dict):
            raise ProfileError(f"{table} has to be a table")
    reason = f"written by a newer socui (schema {schema}, this one knows {current}): update socui to change it"
    return Loaded(_profile(brought), schema, reason if newer else "", document)


def document_of(data: bytes) -> _Document:
    """Return what a TOML file from anywhere says. Raises ProfileError for what is not TOML, or TOML made to harm."""
    return _parse(_text(data))


def to_bytes(profile: Profile, like: _Document | None = None, kind: str = KIND) -> bytes:
    """Return the file for a profile, scrubbed, read back and compared. Keys stand in the order of `like`, the
    document that is to be replaced, and what it leaves out because nothing is said stays out. Raises ProfileError."""
    try:
        text = _dumps(_document(profile, like, kind))
        # A string from the command line or the clipboard can hold halves of surrogate pairs, which are not Unicode.
        text = _SURROGATE.sub("\ufffd", text)
        data = text.encode()
        if len(data) > PROFILE_LIMIT:
            raise ProfileError(
                f"too large: {len(data):,} bytes, a profile may have {PROFILE_LIMIT:,}: shorten its notes"
            )
        if _dumps(from_bytes(data, kind).document) != text:
            raise ProfileError("what was written does not read back as it was")
    except (TypeError, ValueError, RecursionError) as error:
        raise ProfileError(f"it cannot be written as TOML: {str(error).splitlines()[0]}") from None
    return data


def _dumps(document: _Document) -> str:
    import tomli_w

    return _TIME.sub(lambda t: f"{t[1]}T{t[2]}" + ("Z" if t[3] == "+00:00" else t[3]), tomli_w.dumps(document))


def _text(data: bytes) -> str:
    if len(data) > PROFILE_LIMIT:
        raise ProfileError(f"too large: a profile may have {PROFILE_LIMIT:,} bytes")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise ProfileError("empty: lost in a crash?")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (data[0:2].count(0) == 1 and data[2:4].count(0) == 1):
        raise ProfileError("written as UTF-16: save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError("not UTF-8", data.count(b"\n", 0, error.start) + 1) from None


def _parse(text: str) -> _Document:
    if _MANY_DOTS.search(text):  # seldom: only then it is worth looking where a key ends
        # Strings and comments may hold any dots: each string counts as one part of a key.
        bare = _STRINGS.sub(lambda s: "" if s[0][0] == "#" else '""' + "\n" * s[0].count("\n"), text)
        if long_key := _LONG_KEY.search(bare):
            raise ProfileError(f"a key of more than {KEY_PARTS} parts", bare.count("\n", 0, long_key.start()) + 1)
    try:
        return tomli.loads(text)
    except RecursionError:
        raise ProfileError("nested too deeply") from None
    except ValueError as error:
        if match := re.search("^(?:<{7}|>{7}) ?", text, re.MULTILINE):
            raise ProfileError("git conflict", text.count("\n", 0, match.start()) + 1) from None
        reason, _, where = str(error).partition(" (at ")
        line = int(match[1]) if (match := re.match("line ([0-9]+)", where)) else None
        if where.startswith("end of document"):
            line = len(text.splitlines())
        if not isinstance(error, tomli.TOMLDecodeError):
            reason = "a number with too many digits or a date that is none"
        raise ProfileError(f"not TOML: {scrub_line(reason)}", line) from None


def _profile(document: _Document) -> Profile:
    """Return the profile in a document; what has an unexpected type goes to `extra`, to be kept as it is."""
    fields: dict[str, Any] = {}
    extra: dict[str, object] = {}
    for key, value in document.items():
        if key in _TABLES and isinstance(value, dict):
            fine, odd = _entries(key, value)
            fields[key] = frozenset(fine) if key in _MARKS else fine
            if odd:
                extra[key] = odd
        elif key in _RECORDS and isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            fields[key] = tuple([record_of(_RECORDS[key], entry) for entry in value])
        elif key == "evidence" and isinstance(value, dict):
            fields[key] = record_of(Evidence, value)
        elif (key in _TEXTS and isinstance(value, str)) or (
            key in _TIMES and isinstance(value, datetime) and value.tzinfo
        ):
            fields[key] = value
        elif key not in ("kind", "schema"):
            extra[key] = value
    if "requests" in fields:
        fields["requests"] = with_ids(fields["requests"])
    return Profile(**fields, extra=extra)


def _entries(table: str, entries: _Document) -> tuple[dict[str, Any], _Document]:
    fine: dict[str, Any] = {}
    odd: _Document = {}
    for key, value in entries.items():
        entry = _entry(table, value)
        if entry is None:
            odd[key] = value
        else:
            fine[key] = entry
    return fine, odd


def _entry(table: str, value: object) -> Answer | date | bool | None:
    """Return the value as the profile keeps it, or None where it has a type that nobody expects in that table."""
    if table == "answers" and isinstance(value, list) and all(isinstance(option, str) for option in value):
        return tuple(value)
    if table in ("answers", "notes", "engagement") and isinstance(value, str):
        return value
    if table in _MARKS and value is True:
        return True
    if table == "dates" and isinstance(value, date) and not isinstance(value, datetime):
        return value
    return None


def _document(profile: Profile, like: _Document | None, kind: str) -> _Document:
    wanted = _ALWAYS if like is None else {"kind", "schema"}
    document: _Document = {"kind": kind, "schema": SCHEMA}
    for key in _ORDER[2:]:
        value = getattr(profile, key)
        differs = value != getattr(_UNSET, key)
        if differs or key in wanted or (key in (like or {}) and key not in profile.extra):
            document[key] = scrub_line(value) if key in ("name", "organization", "service") else value
    for table in _TABLES:
        odd = profile.extra.get(table)
        entries = {**(odd if isinstance(odd, Mapping) else {}), **_table(profile, table)}
        if entries or table in (like or {}):
            document[table] = _ordered(entries, (like or {}).get(table))
    for name in _RECORDS:
        if records := getattr(profile, name):
            document[name] = [_scrubbed(table_of(record)) for record in records]
    if evidence := table_of(profile.evidence):
        document["evidence"] = evidence
    for key, value in profile.extra.items():
        document.setdefault(key, value)
    return _ordered(document, like)


def _table(profile: Profile, table: str) -> _Document:
    if table in _MARKS:
        return dict.fromkeys(sorted(getattr(profile, table)), True)
    if table == "answers":
        return {key: list(value) if isinstance(value, tuple) else value for key, value in profile.answers.items()}
    if table in ("notes", "engagement"):
        return {key: scrub(value) for key, value in getattr(profile, table).items()}
    return dict(profile.dates)


def _scrubbed(table: _Document) -> _Document:
    """Return a record's table with its texts scrubbed: `words` may have several lines, all others have one."""
    return {key: _scrubbed_value(key, value) for key, value in table.items()}


def _scrubbed_value(key: str, value: object) -> object:
    if isinstance(value, str):
        return scrub(value) if key == "words" else scrub_line(value)
    if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
        return [_scrubbed(entry) for entry in value]
    return value


def _ordered(entries: _Document, like: object) -> _Document:
    """Return the same entries in the order that `like` has them, a new one behind the one it comes after in `entries`."""
    if not isinstance(like, dict):
        return entries
    order = [key for key in like if key in entries]
    last = -1
    for key in entries:
        if key in like:
            last = order.index(key)
        else:
            last += 1
            order.insert(last, key)
    return {key: entries[key] for key in order}
