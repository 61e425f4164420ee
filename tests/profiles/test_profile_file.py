"""A profile's file: what is said comes back, what is not understood stays, what is no profile is refused with a reason."""

from __future__ import annotations

import time
import tomllib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from socui.errors import ProfileError
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import KIND, PROFILE_LIMIT, Loaded, from_bytes, to_bytes
from socui.text import scrub, scrub_line

HEAD = b'kind = "socui-profile"\nschema = 2\n'
WHEN = datetime(2026, 11, 22, 14, 2, 11, tzinfo=UTC)
GOLDEN = """\
kind = "socui-profile"
schema = 2
id = "7f3a9c0d51b2e864"
name = "Acme Payroll"
later = [1.5, 2021-01-01T07:00:00+02:00]
organization = "Acme Payroll, Inc."
service = "Payroll for mid-size employers"
knowledge = "2026.11"
created = 2026-11-22T14:02:11Z
updated = 2026-11-22T14:09:40Z

[answers]
financial_activities = ["payroll", "no_such_option"]
no_such_question = "maybe"
wrong_type = 5
wrong_too = [1, "a"]
financial_link = "posts"

[not_sure]
requests = true
other = "yes"

[notes]
financial_link = "Controller confirmed on the phone."

[unknown]
"odd key" = { deep = [{ a = nan }] }
"""


def reason(data: bytes) -> str:
    with pytest.raises(ProfileError) as caught:
        from_bytes(data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_new_file_looks_as_designed() -> None:
    profile = Profile(id="7f3a9c0d51b2e864", name="Acme", created=WHEN, updated=WHEN, knowledge="2026.11")
    profile = profile.with_answer("link", "posts").with_answer("who", ()).with_answer("does", ("a",), begun=True)
    profile = profile.with_not_sure("requests").with_note("link", "said so").with_date("needed_by", date(2027, 3, 1))
    assert to_bytes(profile).decode() == (
        'kind = "socui-profile"\nschema = 2\nid = "7f3a9c0d51b2e864"\nname = "Acme"\norganization = ""\nservice = ""\n'
        'knowledge = "2026.11"\ncreated = 2026-11-22T14:02:11Z\nupdated = 2026-11-22T14:02:11Z\n\n'
        '[answers]\nlink = "posts"\nwho = []\ndoes = [\n    "a",\n]\n\n[begun]\ndoes = true\n\n'
        '[not_sure]\nrequests = true\n\n[notes]\nlink = "said so"\n\n[dates]\nneeded_by = 2027-03-01\n'
    )
    assert from_bytes(to_bytes(profile)).profile == profile


def test_one_changed_answer_changes_that_answer_only() -> None:
    loaded = from_bytes(GOLDEN.encode())
    assert loaded.profile.answers["no_such_question"] == "maybe"
    assert loaded.profile.not_sure == {"requests"}
    before = to_bytes(loaded.profile, loaded.document).decode()
    after = to_bytes(loaded.profile.with_answer("financial_link", "feeds"), loaded.document).decode()
    lines = [(a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]
    assert lines == [('financial_link = "posts"', 'financial_link = "feeds"')]
    was, now = tomllib.loads(GOLDEN), tomllib.loads(before)
    assert repr(was) == repr(now)  # the same values in the same order; repr, because nan is not equal to nan


def test_the_order_of_a_file_is_kept_and_a_new_table_finds_its_place() -> None:
    data = HEAD + b'name = "a"\n[notes]\nq = "n"\n[answers]\nq = "x"\n'
    loaded = from_bytes(data)
    profile = loaded.profile.with_answer("r", "y").with_not_sure("s")
    keys = list(tomllib.loads(to_bytes(profile, loaded.document).decode()))
    assert keys == ["kind", "schema", "name", "notes", "answers", "not_sure"]


def test_a_right_answer_replaces_one_of_a_wrong_type_and_clearing_removes_it() -> None:
    loaded = from_bytes(GOLDEN.encode())
    answered = from_bytes(to_bytes(loaded.profile.with_answer("wrong_type", "x"), loaded.document)).profile
    assert answered.answers["wrong_type"] == "x"
    cleared = from_bytes(to_bytes(loaded.profile.cleared("wrong_type"), loaded.document))
    assert "wrong_type" not in cleared.document["answers"]
    assert cleared.document["answers"]["wrong_too"] == [1, "a"]


def test_not_sure_takes_an_answer_away_and_an_answer_takes_it_away() -> None:
    profile = Profile().with_answer("one", "x").with_answer("several", ("a",)).with_answer("none", ())
    both = profile.with_not_sure("several", rest=True)
    assert both.answers == profile.answers and both.not_sure == {"several"}, (
        "said in the same breath they stand together"
    )
    for question in profile.answers:
        assert question not in profile.with_not_sure(question, rest=question != "several").answers
        profile = profile.with_not_sure(question)
    assert dict(profile.answers) == {} and profile.not_sure == {"one", "several", "none"}
    assert profile.with_answer("one", "y").not_sure == {"several", "none"}
    assert profile.with_answer("several", ("a", "b"), begun=True).not_sure == {"one", "none"}
    assert both.cleared("several").answers == {"one": "x", "none": ()}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty: lost in a crash?"),
        (b"\0" * 300, "empty: lost in a crash?"),
        (b" \n\n", "empty: lost in a crash?"),
        (b'name = "a"\n', "not a socui profile"),
        (b'kind = "socui-profile"\n', "schema has to be"),
        (b'kind = "socui-profile"\nschema = true\n', "schema has to be"),
        (b'kind = "socui-profile"\nschema = 0\n', "schema 0 is unknown"),
        (b'kind = "socui-draft"\nschema = 2\n', "not a socui profile"),
        (HEAD + b"answers = 5\n", "answers has to be a table"),
        (HEAD + b"x = \n", "not TOML: Invalid value, line 3"),
        (HEAD + b'x = "\n', "line 3"),
        (HEAD + b'x = "\xff"\n', "not UTF-8, line 3"),
        (HEAD + b"[answers]\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\n", "git conflict, line 4"),
        (HEAD.decode().encode("utf-16"), "UTF-16"),
        (HEAD.decode().encode("utf-16-le"), "UTF-16"),
        (HEAD.decode().encode("utf-16-be"), "UTF-16"),
        (HEAD + b"#" * PROFILE_LIMIT, "too large"),
        (HEAD + b"x = " + b"[" * 100_000, "nested too deeply"),
        (HEAD + b"x = " + b"{a = " * 100_000, "nested too deeply"),
        (HEAD + b"x = " + b"1" * 4301, "too many digits"),
        (HEAD + b"x = 2026-02-30", "not TOML"),
        (HEAD + b".".join([b"a"] * 10_000) + b" = 1", "more than 16 parts, line 3"),
        (HEAD + b'"a" . ' * 10_000 + b"a = 1", "more than 16 parts, line 3"),
        (HEAD + b"[" + b".".join([b"'a'"] * 998) + b"]\n" + b"".join(b"k%d=1\n" % n for n in range(20_000)), "line 3"),
        (HEAD + b"\n x = {" + b".".join([b"a"] * 10_000) + b" = 1}", "more than 16 parts, line 4"),
        (HEAD + b'x = """' + b'\\"""' * 200_000, "not TOML"),
        (HEAD + b"a" * 900_000, "not TOML"),
    ],
)
def test_what_is_no_profile_is_refused_with_its_reason_at_once(data: bytes, expected: str) -> None:
    start = time.process_time()
    assert expected in reason(data)
    assert time.process_time() - start < 2


def test_dots_that_are_no_key_are_no_reason_to_refuse() -> None:
    dots = ".".join("a" * 40)
    data = HEAD + f'x = "{dots}" # {dots}\ny = \'{dots}\'\nz = """\n{dots}"""\nf = [{"1.5, " * 40}]\n'.encode()
    assert from_bytes(data).profile.extra["x"] == dots


def test_bom_and_crlf_are_read() -> None:
    data = b"\xef\xbb\xbf" + GOLDEN.replace("\n", "\r\n").encode()
    assert repr(from_bytes(data).document) == repr(from_bytes(GOLDEN.encode()).document)


def test_a_newer_schema_can_be_read_whatever_it_holds_but_not_written() -> None:
    loaded = from_bytes(b'kind = "socui-profile"\nschema = 999\nname = "a"\nanswers = 5\nnotes = ["x"]\n')
    assert loaded.profile.name == "a"
    assert "schema 999" in loaded.read_only


def test_older_schemas_are_brought_up_one_step_at_a_time() -> None:
    def one(document: dict[str, object]) -> dict[str, object]:
        return {**document, "name": document["title"], "answers": document["said"]}

    def two(document: dict[str, object]) -> dict[str, object]:
        return {**document, "service": f"{document['name']}!"}

    data = b'kind = "socui-profile"\nschema = 1\ntitle = "Acme"\n[said]\nq = "x"\n'
    loaded: Loaded = from_bytes(data, migrations={1: one, 2: two}, current=3)
    assert (loaded.profile.name, loaded.profile.service, loaded.profile.answers) == ("Acme", "Acme!", {"q": "x"})
    assert (loaded.schema, loaded.read_only) == (1, "")
    with pytest.raises(ProfileError, match="schema 1 is unknown"):
        from_bytes(data, migrations={2: two}, current=3)


def test_too_much_is_refused_before_it_is_written() -> None:
    assert to_bytes(Profile(notes={"q": "x" * 1_000_000}))
    with pytest.raises(ProfileError, match="too large"):
        to_bytes(Profile(notes={"q": "x" * PROFILE_LIMIT}))
    with pytest.raises(ProfileError, match="cannot be written"):
        to_bytes(Profile(extra={"x": None}))


HOSTILE = [
    "\x1b]52;c;aGk=\x07", "\x9b31m", "a\r\nb\rc", "\x00\x7f\x85", "\u202eabc\u2066", "\ud800 \udfff", '"""', "'''", "\\",
    "[/]", "[@click=app.quit]x[/]", "\u2028\u2029", "\ufeff", "\ufffe\uffff", "👩‍👩‍👧", "Z̴̡͓a̸l̶g̴o̷", "=1+1", "<<<<<<< HEAD", "# x", "",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back(text: str) -> None:
    check_comes_back(text)


@given(st.text(st.characters(), max_size=60))
def test_any_text_comes_back(text: str) -> None:
    check_comes_back(text)


def check_comes_back(text: str) -> None:
    profile = Profile(name="a", organization=text, notes={"q": text}, answers={"q": text, "r": (text, "b")})
    again = from_bytes(to_bytes(profile)).profile
    assert again.notes == {"q": scrub(text)}
    assert again.organization == scrub_line(text)
    kept = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text)
    assert again.answers == {"q": kept, "r": (kept, "b")}
    assert to_bytes(again) == to_bytes(again, from_bytes(to_bytes(again)).document) == to_bytes(profile)


@given(st.text(st.characters(), max_size=60))
def test_the_scrub_leaves_nothing_that_acts_on_a_terminal(text: str) -> None:
    clean = scrub(text)
    assert scrub(clean) == clean
    assert not any(c not in "\t\n" and (ord(c) < 32 or 127 <= ord(c) < 160) for c in clean)
    assert not any(
        c in clean for c in "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    clean.encode()


def test_the_scrub_shows_what_it_finds() -> None:
    assert scrub("a\x1b[0m\r\nb\x7f\x85\u202e\ud800\tc") == "a␛[0m\nb␡\ufffd\ufffd\ufffd\tc"
    assert scrub("👩‍👧 क्‍ष") == "👩‍👧 क्‍ष"
    assert scrub_line(" a \n\t b ") == "a b"


def test_an_extra_value_that_is_not_a_number_is_kept() -> None:
    loaded = from_bytes(HEAD + b"x = nan\ny = inf\n")
    data = to_bytes(replace(loaded.profile, name="n"), loaded.document)
    assert b"x = nan\ny = inf\n" in data


def test_kinds_do_not_mix() -> None:
    assert from_bytes(to_bytes(Profile(name="a"), kind="socui-draft"), "socui-draft").profile.name == "a"
    with pytest.raises(ProfileError, match=KIND):
        from_bytes(to_bytes(Profile(name="a"), kind="socui-draft"))
