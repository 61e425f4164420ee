"""The list of a folder: every file is shown as what it is, and none stops the others."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import tomllib
from datetime import UTC, date
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from profiles.folders import HEAD, hashes, kinds

from socui.errors import Conflict, NotSaved, StoreError, Unreadable
from socui.profiles import folder_index as listing
from socui.profiles.folder_index import Head, read_head
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import PROFILE_LIMIT, to_bytes
from socui.profiles.store import Opened, Store


def test_one_bad_file_stops_nothing_and_is_left_alone(store: Store, acme: Opened) -> None:
    bad = {
        "bad.toml": b"x = \n",
        "utf8.toml": HEAD + b'name = "\xff"\n',
        "other.toml": b"[tool.ruff]\nline-length = 120\n",
        "empty.toml": b"",
        "nul.toml": b"\0" * 4096,
        "deep.toml": HEAD + b"x = " + b"[" * 50_000,
        "keys.toml": HEAD + b".".join([b"k"] * 10_000) + b" = 1",
        "digits.toml": HEAD + b"x = " + b"9" * 4301,
        "huge.toml": HEAD + b"#" * PROFILE_LIMIT,
        "utf16.toml": HEAD.decode().encode("utf-16"),
        "git.toml": acme.path.read_bytes() + b"<<<<<<< HEAD\n",
        "twice.toml": acme.path.read_bytes() + b'link = "twice"\n',
        "table.toml": acme.path.read_bytes() + b'\n[answers]\nq = "twice"\n',
        "date.toml": acme.path.read_bytes().replace(b"2026-11-22T", b"2026-02-30T"),
        "half.toml": acme.path.read_bytes()[:-3],
    }
    for name, data in bad.items():
        (store.root / name).write_bytes(data)
    before = hashes(store.root)
    assert kinds(store) == {acme.path.name: "profile", **dict.fromkeys(bad, "unreadable")}
    problems = {head.path.name: head.problem for head in store.heads()}
    assert "git conflict, line" in problems["git.toml"]
    assert "lost in a crash" in problems["empty.toml"]
    assert "line 1" in problems["bad.toml"]
    assert "line 16" in problems["twice.toml"]
    for head in store.heads():
        if head.kind == "unreadable":
            with pytest.raises(Unreadable, match="nothing was changed"):
                store.open(head.path)
            with pytest.raises((Conflict, Unreadable, NotSaved)):
                store.save(acme.profile, before[head.path.name], head.path)
    assert hashes(store.root) == before


def test_what_is_no_regular_file_is_listed_and_never_waited_for(store: Store, acme: Opened) -> None:
    root = store.root
    os.mkfifo(root / "fifo.toml")
    (root / "zero.toml").symlink_to("/dev/zero")
    (root / "folder.toml").mkdir()
    (root / "loop.toml").symlink_to("loop.toml")
    (root / "dangling.toml").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(root)  # the path of a socket may be 108 bytes
        try:
            listener.bind("socket.toml")
        finally:
            os.chdir(here)
        listed = kinds(store)
    others = ("fifo", "zero", "folder", "loop", "socket")
    assert listed == {
        acme.path.name: "profile",
        "dangling.toml": "unreadable",
        **{f"{name}.toml": "not_a_file" for name in others},
    }
    for name in (*others, "dangling"):
        with pytest.raises(StoreError):
            store.open(root / f"{name}.toml")


@pytest.mark.usefixtures("acme")
def test_file_names_that_are_no_text(store: Store) -> None:
    strange = [b"\xff.toml", b"\x1b]0;x\x07.toml", b"a\nb.toml"]
    for name in strange:
        (Path(os.fsencode(store.root).decode()) / os.fsdecode(name)).write_bytes(b"")
    assert len(store.heads()) == 4
    for head in store.heads():
        with contextlib.suppress(Unreadable):
            store.open(head.path)


def test_conflict_copies_are_shown_and_can_be_opened(store: Store, acme: Opened) -> None:
    stem = acme.path.stem
    names = [
        f"{stem}.sync-conflict-20260818-173636-D4LGQYW.toml",
        f"{stem} (conflicted copy 2020-01-02).toml",
        f"{stem} (Ann's conflicted copy 2020-01-02).toml",
        f"{stem}-LAPTOP.toml",
        f"A {stem}.toml",
    ]
    for name in names:
        (store.root / name).write_bytes(acme.path.read_bytes().replace(b"posts", b"views"))
    assert kinds(store) == {acme.path.name: "profile", **dict.fromkeys(names, "conflict")}
    for head in store.heads():
        assert head.of == ("" if head.path == acme.path else acme.path.name)
        assert head.name == "Acme Payroll"
    assert store.open("Acme Payroll") == acme
    for name in names:
        copy = store.open(name)
        assert copy.profile.answers == {"link": "views"}
        store.save(copy.profile.with_answer("link", "hosts"), copy.digest, copy.path)
    assert store.open(acme.path) == acme


def test_a_newer_schema_is_shown_and_not_written_to(store: Store, acme: Opened) -> None:
    data = acme.path.read_bytes().replace(b"schema = 2", b"schema = 999")
    acme.path.write_bytes(data)
    assert kinds(store) == {acme.path.name: "newer"}
    opened = store.open("Acme Payroll")
    assert opened.profile.answers == {"link": "posts"}
    assert "999" in opened.read_only
    with pytest.raises(NotSaved, match="999"):
        store.save(opened.profile.with_answer("link", "x"), opened.digest)
    with pytest.raises(NotSaved, match="999"):
        store.rename(opened, "Other")
    with pytest.raises(NotSaved, match="999"):
        store.overwrite(opened.profile, opened.path)
    assert acme.path.read_bytes() == data


texts = st.text(st.characters(), max_size=20)
keys = st.from_regex(r"[a-z_]{1,6}", fullmatch=True)
profiles = st.builds(
    Profile,
    id=st.sampled_from(["", "7f3a9c0d51b2e864"]),
    name=texts,
    organization=texts,
    service=texts,
    result=st.sampled_from(["", "open", "soc1"]),
    created=st.datetimes(timezones=st.just(UTC)).map(lambda time: time.replace(microsecond=0)),
    updated=st.datetimes(timezones=st.just(UTC)).map(lambda time: time.replace(microsecond=0)),
    answers=st.dictionaries(keys, st.one_of(texts, st.lists(texts, max_size=3).map(tuple)), max_size=4),
    not_sure=st.frozensets(keys, max_size=2),
    notes=st.dictionaries(keys, texts, max_size=2),
    dates=st.dictionaries(keys, st.dates(date(1, 1, 1)), max_size=2),
)


@settings(max_examples=300)
@given(
    profiles, st.integers(0, 10_000), st.sampled_from([*'"\\[]=\n#\x00\x7f1-T. ', "é", "[answers]\n", "a = true\n", ""])
)
def test_the_compiled_reader_reads_what_the_standard_library_reads(profile: Profile, at: int, text: str) -> None:
    """The same values; and what only it accepts is what the next version of TOML added."""
    data = to_bytes(profile)
    at %= len(data) + 1
    for hurt in (data, data[:at] + text.encode() + data[at + 1 :], data[:at] + text.encode() + data[at:], data[:at]):
        with contextlib.suppress(ValueError):
            assert tomli.loads(hurt.decode()) == tomllib.loads(hurt.decode())


def test_a_list_is_read_again_where_a_file_changed(store: Store, acme: Opened) -> None:
    assert [head.name for head in store.heads()] == ["Acme Payroll"]
    times = acme.path.stat()
    acme.path.write_bytes(acme.path.read_bytes().replace(b"Acme", b"Beta"))
    os.utime(acme.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert [head.name for head in store.heads()] == ["Beta Payroll"]


def test_a_long_list_needs_few_descriptors_and_reads_each_file_once(
    store: Store, acme: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        (store.root / f"p{number}.toml").write_bytes(acme.path.read_bytes().replace(b"Acme", b"P%d" % number))
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    assert len(store.heads()) == 301
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208

    def refuse(path: Path) -> Head:
        raise AssertionError(path)

    monkeypatch.setattr(listing, "read_head", refuse)
    assert len(store.heads()) == 301


def test_a_fault_of_the_system_is_not_remembered(store: Store, acme: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(listing, "read_regular", full)
    assert [head.problem for head in store.heads()] == ["cannot be read: Too many open files"]
    monkeypatch.undo()
    assert [head.kind for head in store.heads()] == ["profile"]
    assert read_head(acme.path).name == "Acme Payroll"
