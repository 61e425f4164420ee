"""The store on real folders: what is there is listed, what changed elsewhere is not overwritten, nothing gets lost."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from socui.errors import Conflict, Exists, NotFound, NotSaved, ProfileError, StoreError, Unreadable
from socui.profiles import atomic_write as save
from socui.profiles import folder_index as listing
from socui.profiles import paths as place
from socui.profiles.atomic_write import write_whole
from socui.profiles.drafts import Drafts
from socui.profiles.folder_index import Head, read_head
from socui.profiles.names import check_name, file_name, name_key, new_id, numbered
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import PROFILE_LIMIT, to_bytes
from socui.profiles.store import Opened, Store

HEAD = b'kind = "socui-profile"\nschema = 2\n'


class Clock:
    """A time that moves on by a minute whenever it is looked at."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "profiles", now=Clock())


@pytest.fixture
def acme(store: Store) -> Opened:
    return store.create(Profile(name="Acme Payroll").with_answer("link", "posts").with_note("link", "said so"))


def hashes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def kinds(store: Store) -> dict[str, str]:
    return {head.path.name: head.kind for head in store.heads()}


# ---------------------------------------------------------------- saving


def test_a_profile_is_for_its_owner_only(store: Store, acme: Opened) -> None:
    old = os.umask(0)
    try:
        again = store.save(acme.profile.with_answer("link", "feeds"), acme.digest)
        store.drafts.write(again.profile)
        store.delete(again.path)
    finally:
        os.umask(old)
    for path in store.root.parent.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_a_save_gives_what_is_on_disk(store: Store, acme: Opened) -> None:
    saved = store.save(acme.profile.with_answer("link", "feeds"), acme.digest, acme.path)
    assert saved == store.open(acme.path)
    assert saved.profile.updated > acme.profile.updated
    assert saved.profile.created == acme.profile.created


def test_the_same_again_writes_nothing(store: Store, acme: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("written")

    monkeypatch.setattr(os, "replace", refuse)
    assert store.save(replace(acme.profile, updated=datetime.now(UTC)), acme.digest).digest == acme.digest
    write_whole(acme.path, acme.path.read_bytes())


def test_one_answer_changes_one_line_and_the_time(store: Store, acme: Opened) -> None:
    before = acme.path.read_text().splitlines()
    store.save(acme.profile.with_answer("link", "feeds"), acme.digest)
    after = acme.path.read_text().splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["updated = 2026-11-22T00:02:00Z", 'link = "feeds"']


def test_a_symlink_is_written_through(store: Store, acme: Opened, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles" / "a.toml"
    elsewhere.parent.mkdir()
    acme.path.rename(elsewhere)
    acme.path.symlink_to(elsewhere)
    store.save(acme.profile.with_answer("link", "feeds"), acme.digest, acme.path)
    assert acme.path.is_symlink()
    assert b"feeds" in elsewhere.read_bytes()


@pytest.mark.parametrize("write", [b"kind = 1\n", None])
def test_what_changed_on_disk_is_not_overwritten(store: Store, acme: Opened, write: bytes | None) -> None:
    times = acme.path.stat()
    changed = acme.path.read_bytes().replace(b"posts", b"views") if write is None else write
    acme.path.write_bytes(changed)
    os.utime(acme.path, ns=(times.st_atime_ns, times.st_mtime_ns))  # as sync tools do
    with pytest.raises(Conflict, match="changed on disk") as caught:
        store.save(acme.profile.with_answer("link", "feeds"), acme.digest, acme.path)
    assert not caught.value.gone
    with pytest.raises(Conflict):
        store.rename(acme, "Other")
    assert acme.path.read_bytes() == changed


def test_a_change_between_reading_and_writing_is_seen(acme: Opened) -> None:
    acme.path.write_bytes(acme.path.read_bytes() + b"# x\n")
    with pytest.raises(Conflict):
        write_whole(acme.path, b"new", acme.digest)
    assert acme.path.read_bytes().endswith(b"# x\n")


def test_overwriting_keeps_the_other_version(store: Store, acme: Opened) -> None:
    other = acme.path.read_bytes().replace(b"posts", b"views")
    acme.path.write_bytes(other)
    mine = acme.profile.with_answer("link", "feeds")
    assert store.overwrite(mine, acme.path).profile.answers == {"link": "feeds"}
    assert (store.trash.folder / f"{acme.path.stem}.other.toml").read_bytes() == other
    assert store.create(mine, number=True).profile.name == "Acme Payroll 2"  # "save a copy"


def test_deleted_on_disk_asks_to_make_it_again(store: Store, acme: Opened) -> None:
    acme.path.unlink()
    with pytest.raises(Conflict, match="deleted or renamed") as caught:
        store.save(acme.profile.with_answer("link", "feeds"), acme.digest, acme.path)
    assert caught.value.gone
    assert not acme.path.exists()
    assert store.overwrite(acme.profile, acme.path) == store.open(acme.path)


def test_the_version_before_is_kept_once_for_each_opening(store: Store, acme: Opened) -> None:
    first = acme.path.read_bytes()
    opened = store.open(acme.path)
    for link in ("feeds", "views", "hosts"):
        opened = store.save(opened.profile.with_answer("link", link), opened.digest, opened.path)
    last = acme.path.read_bytes()
    kept = store.trash.previous(acme.path)
    assert kept is not None
    assert kept.read_bytes() == first
    assert store.restore_previous(acme.path).profile.answers == {"link": "posts"}
    assert (acme.path.read_bytes(), kept.read_bytes()) == (first, last)
    store.restore_previous(acme.path)
    assert acme.path.read_bytes() == last


def test_a_file_lost_in_a_crash_is_not_saved_over_and_its_version_before_can_be_had(store: Store, acme: Opened) -> None:
    store.save(acme.profile.with_answer("link", "feeds"), acme.digest)
    acme.path.write_bytes(b"\0" * 200)
    empty = hashlib.sha256(acme.path.read_bytes()).hexdigest()
    for expected in (acme.digest, empty):
        with pytest.raises((Conflict, Unreadable)):
            store.save(acme.profile, expected, acme.path)
    with pytest.raises(Unreadable, match=r"lost in a crash.*restore .* --previous"):
        store.overwrite(acme.profile, acme.path)
    assert acme.path.read_bytes() == b"\0" * 200
    assert store.restore_previous(acme.path).profile.answers == {"link": "posts"}
    assert (store.trash.folder / f"{acme.path.stem}.unreadable.toml").read_bytes() == b"\0" * 200


def test_an_exchange_that_stops_half_way_loses_no_version(
    store: Store, acme: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both versions stand somewhere whole after each rename; the next one goes on from there."""
    store.save(acme.profile.with_answer("link", "feeds"), acme.digest)
    versions = {data(store, acme.path) for data in (_now, _before)}
    assert len(versions) == 2
    real = os.replace
    for stop in range(1, 8):
        before = _now(store, acme.path)
        left = [stop]

        def full(source: str, target: str, left: list[int] = left) -> None:
            left[0] -= 1
            if not left[0]:
                raise OSError(errno.ENOSPC, "No space left on device")
            real(source, target)

        monkeypatch.setattr(os, "replace", full)
        try:
            store.restore_previous(acme.path)
        except NotSaved:
            assert _now(store, acme.path) == before
        else:
            assert _now(store, acme.path) != before
        monkeypatch.setattr(os, "replace", real)
        kept = {path.read_bytes() for path in store.trash.folder.iterdir()} | {_now(store, acme.path)}
        assert kept >= versions
        before = _now(store, acme.path)
        store.restore_previous(acme.path)
        assert {_now(store, acme.path), before} == versions
        assert len(list(store.trash.folder.iterdir())) == 1, "nothing waits any more"
    assert left[0] > 0, "the last one met no fault"


def _now(_store: Store, path: Path) -> bytes:
    return path.read_bytes()


def _before(store: Store, path: Path) -> bytes:
    kept = store.trash.previous(path)
    assert kept is not None
    return kept.read_bytes()


def test_a_save_that_fails_keeps_the_version_before(
    store: Store, acme: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = store.save(acme.profile.with_answer("link", "feeds"), acme.digest)
    first = _before(store, acme.path)
    opened = store.open(acme.path)
    real, left = os.replace, [2]

    def full(source: str, target: str) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(NotSaved):
        store.save(opened.profile.with_answer("link", "views"), opened.digest)
    assert _before(store, acme.path) == first


def test_nothing_brought_back_is_said(store: Store, acme: Opened) -> None:
    """A version that is the same as what is there is none to bring back."""
    with pytest.raises(StoreError, match="nothing brought back: no other version is kept"):
        store.restore_previous(acme.path)
    store.trash.keep(acme.path, acme.path.read_bytes(), "previous")
    with pytest.raises(StoreError, match="nothing brought back: no other version is kept"):
        store.restore_previous(acme.path)


WRITER = """
import sys
from pathlib import Path
from socui.profiles.store import Conflict, Store
store = Store(Path(sys.argv[1]))
path = next(store.root.glob("*.toml"))
for _ in range(200):
    while True:
        opened = store.open(path)
        count = int(opened.profile.notes.get("count", "0")) + 1
        try:
            store.save(opened.profile.with_note("count", str(count)), opened.digest, path)
            break
        except Conflict:
            pass
"""


def python(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stdin=subprocess.PIPE)


def test_three_writers_lose_nothing(store: Store, acme: Opened) -> None:
    writers = [python(WRITER, store.root) for _ in range(3)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    assert store.open(acme.path).profile.notes["count"] == "600"


HOLDER = """
import fcntl, os, sys
fd = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(fd, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_saver_that_hangs_is_not_waited_for_for_ever_and_one_that_died_not_at_all(
    store: Store, acme: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(save, "PATIENCE", 0.05)
    holder = python(HOLDER, store.root)
    assert holder.stdout is not None
    holder.stdout.readline()
    changed = acme.profile.with_answer("link", "feeds")
    with pytest.raises(NotSaved, match="another socui is saving there"):
        store.save(changed, acme.digest)
    holder.kill()
    holder.communicate()
    assert store.save(changed, acme.digest).profile.answers == {"link": "feeds"}


def test_without_locks_it_still_saves_but_removes_nobodys_file(
    store: Store, acme: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    other = store.root / ".socui-other.tmp"
    other.write_bytes(b"")
    store.save(acme.profile.with_answer("link", "feeds"), acme.digest)
    assert other.exists()
    monkeypatch.undo()
    store.save(acme.profile.with_answer("link", "views"), store.open(acme.path).digest)
    assert not other.exists()


# ---------------------------------------------------------------- names, new files


NAMES = [
    "../x", "a/b", "/etc/x", "CON", "NUL", "COM1", "CON .txt", "x.", "x ", "a:b", "*", "..", ".", "~", "-", "--help", "%s",
    "é" * 120, "🦄" * 60, "con.toml", "a\\b", "日本語", "list", "a" * 250, "[/]", "Straße", "a.toml", "‍x", "$(id)", "`id`",
]  # fmt: skip


def test_hostile_names_are_only_names(store: Store) -> None:
    for name in NAMES:
        opened = store.create(Profile(name=name))
        assert opened.path.parent == store.root
        assert re.fullmatch(r"[a-z0-9-]{1,60}-[0-9a-f]{16}\.toml", opened.path.name)
        assert store.open(name).path == opened.path
    assert len(list(store.root.iterdir())) == len(NAMES) == len(store.heads())
    assert {path.name for path in store.root.parent.iterdir()} == {"profiles"}


@pytest.mark.parametrize(
    "name", ["", "  ", "\u0301", "\u200b", "a\nb", "a\0", "\x1b[0m", "a\u202eb", "\ud800", "a" * 256, "\x85", "\u2066x"]
)
def test_names_that_cannot_be_are_refused(store: Store, acme: Opened, name: str) -> None:
    with pytest.raises(StoreError, match="not a name"):
        store.create(Profile(name=name))
    with pytest.raises(StoreError, match="not a name"):
        store.rename(acme, name)
    assert len(store.heads()) == 1


@given(st.text(st.characters(), max_size=80))
def test_any_name_is_refused_or_makes_a_harmless_file_name(name: str) -> None:
    with contextlib.suppress(StoreError):
        kept = check_name(name)
        assert check_name(kept) == kept
        assert len(file_name(kept, new_id())) <= 60 + 1 + 16 + 5
        assert name_key(kept) == name_key(name) == name_key(f"  {kept.upper()}\t" if kept.isascii() else kept)


def test_the_same_name_is_the_same_however_it_is_written(store: Store) -> None:
    for name, same in (("Straße", "STRASSE"), ("café", "cafe\u0301"), ("A  b", " a B ")):
        opened = store.create(Profile(name=name))
        with pytest.raises(Exists, match="exists"):
            store.create(Profile(name=same))
        assert store.open(same).path == opened.path
    assert numbered("Café", ["cafe\u0301", "CAFÉ 2"]) == "Café 3"


def test_nothing_is_overwritten_by_a_name(store: Store, acme: Opened) -> None:
    beta = store.create(Profile(name="Beta"))
    before = hashes(store.root)
    with pytest.raises(Exists):
        store.rename(acme, "BETA")
    with pytest.raises(Exists):
        store.duplicate(acme, "beta")
    assert hashes(store.root) == before
    first, second = store.duplicate(acme), store.duplicate(acme)
    assert [first.profile.name, second.profile.name] == ["Acme Payroll copy", "Acme Payroll copy 2"]
    assert len({acme.profile.id, first.profile.id, second.profile.id, beta.profile.id}) == 4
    assert hashes(store.root).items() >= before.items()
    renamed = store.rename(acme, "ACME payroll")
    assert (renamed.path, renamed.profile.name) == (acme.path, "ACME payroll")


def test_finding_by_name_id_and_file(store: Store, acme: Opened) -> None:
    path = acme.path
    for ref in ("acme payroll", acme.profile.id, path.name, path.stem, str(path), path):
        assert store.open(ref) == acme
    with pytest.raises(NotFound, match="nearest: Acme Payroll"):
        store.open("Acme Pay")
    for outside in ("../profiles2/x.toml", "/etc/passwd", "a\0b", "", "/", "trash/x"):
        with pytest.raises(NotFound):
            store.open(outside)
    twin = store.create(Profile(name="Twin"))
    twin.path.write_bytes(twin.path.read_bytes().replace(b"Twin", b"Acme Payroll"))
    with pytest.raises(StoreError, match="2 profiles are called"):
        store.open("Acme Payroll")


def test_delete_and_undo(store: Store, acme: Opened) -> None:
    data = acme.path.read_bytes()
    first = store.delete(acme.path)
    assert store.heads() == []
    assert [head.name for head in store.trash.deleted()] == ["Acme Payroll"]
    assert store.restore(first).path == acme.path
    assert acme.path.read_bytes() == data
    store.delete(acme.path)
    write_whole(acme.path, data)
    second = store.delete(acme.path)
    assert second.name == f"{acme.path.stem}.2.toml"
    assert store.restore(second).path == acme.path
    with pytest.raises(Exists):
        store.restore(first)
    assert first.read_bytes() == acme.path.read_bytes() == data


def test_import_and_export(store: Store, acme: Opened, tmp_path: Path) -> None:
    target = tmp_path / "out.toml"
    store.export(acme, target)
    assert target.read_bytes() == acme.path.read_bytes()
    with pytest.raises(Exists):
        store.export(acme, target)
    store.export(acme, target, replace_it=True)
    for hopeless in (tmp_path, Path("/dev/full"), tmp_path / "no" / "where"):
        with pytest.raises(NotSaved):
            store.export(acme, hopeless, replace_it=True)
    copy = store.import_(target.read_bytes())
    assert (copy.profile.name, copy.profile.id == acme.profile.id) == ("Acme Payroll 2", False)
    store.delete(copy.path)
    store.delete(acme.path)
    assert store.import_(target.read_bytes()).path.read_bytes() == target.read_bytes()
    assert store.import_(HEAD + b'id = "../../x"\nname = "\\u001b[0m/"\n').path.parent == store.root
    with pytest.raises(ProfileError, match="schema 9"):
        store.import_(b'kind = "socui-profile"\nschema = 9\n')


# ---------------------------------------------------------------- listing


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
        found = kinds(store)
    others = ("fifo", "zero", "folder", "loop", "socket")
    assert found == {
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


# ---------------------------------------------------------------- place


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    for name in ("SOCUI_PROFILES", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    yield monkeypatch


def test_where_profiles_are(nowhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "home" / ".config" / "socui"
    assert place.places(None) == (config / "profiles", config / "drafts")
    nowhere.setenv("SOCUI_PROFILES", str(tmp_path / "p"))
    assert place.places(None) == (tmp_path / "p", config / "drafts")
    assert place.places(str(tmp_path / "q")) == (tmp_path / "q", config / "drafts")
    nowhere.setenv("SOCUI_PROFILES", "relative")
    with pytest.raises(StoreError, match="SOCUI_PROFILES"):
        place.places(None)
    nowhere.setenv("SOCUI_PROFILES", "")
    assert Store.default(None).root == config / "profiles"
    nowhere.setenv("XDG_CONFIG_HOME", "relative")
    assert place.places(None)[0].is_absolute()
    assert Store.default(None).heads() == []
    assert list(tmp_path.iterdir()) == []  # reading makes nothing


def test_a_config_directory_that_is_relative_is_refused(nowhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import platformdirs

    for answer in (Path("rel/socui"), Path("~/.config/socui")):
        nowhere.setattr(platformdirs, "user_config_path", lambda *_, answer=answer, **__: answer)
        with pytest.raises(StoreError, match=r"HOME or XDG_CONFIG_HOME.*--profiles"):
            place.places(None)
        assert place.places(str(tmp_path)) == (tmp_path, tmp_path / "drafts")


def test_a_place_that_is_none_is_said_and_left(nowhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "config"
    file.write_bytes(b"")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "gone")
    for config in (file, link, file / "below"):
        nowhere.setenv("XDG_CONFIG_HOME", str(config))
        with pytest.raises(StoreError, match=str(tmp_path)):
            Store.default(None).heads()
        with pytest.raises(NotSaved, match=str(tmp_path)):
            Store.default(None).create(Profile(name="a"))
    assert {path.name for path in tmp_path.iterdir()} == {"config", "link"}


@pytest.mark.usefixtures("acme")
def test_a_folder_that_cannot_be_written_to_can_be_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def read_only(path: str, flags: int, *rest: int, **options: int) -> int:
        if flags & os.O_CREAT and str(path).startswith(str(store.root)):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, *rest, **options)

    monkeypatch.setattr(os, "open", read_only)
    assert len(store.heads()) == 1
    opened = store.open("Acme Payroll")
    store.export(opened, tmp_path / "copy.toml")
    with pytest.raises(NotSaved, match=r"not saved: Read-only file system.*choose another place"):
        store.save(opened.profile.with_answer("link", "x"), opened.digest)


# ---------------------------------------------------------------- drafts


def test_a_draft_is_offered_when_its_socui_is_gone(store: Store, acme: Opened) -> None:
    code = """
import sys
from pathlib import Path
from socui.profiles.store import Store
store = Store(Path(sys.argv[1]))
opened = store.open(Path(sys.argv[2]))
print(store.drafts.write(opened.profile.with_answer("link", "feeds"), opened.path, opened.digest), flush=True)
store.drafts.write(opened.profile.with_note("q", "unnamed"))
print(store.drafts.write(opened.profile.with_answer("link", "views"), opened.path, opened.digest), flush=True)
print("ready", flush=True)
sys.stdin.read()
"""
    editor = python(code, store.root, acme.path)
    assert editor.stdout is not None
    first, second, _ = (editor.stdout.readline().strip() for _ in range(3))
    assert first == second
    assert store.drafts.left() == []  # it is being worked on
    editor.kill()
    editor.communicate()
    left = {draft.of: draft for draft in store.drafts.left()}
    draft = left[acme.path]
    assert (draft.profile, draft.digest, draft.problem) == (
        acme.profile.with_answer("link", "views"),
        acme.digest,
        "",
    )
    assert left[None].profile.notes["q"] == "unnamed"
    assert store.open(acme.path) == acme  # never applied alone
    assert store.save(draft.profile, draft.digest, draft.of).profile.answers == {"link": "views"}
    for path in [draft.path for draft in left.values()]:
        store.drafts.discard(path)
        store.drafts.discard(path)
    assert store.drafts.left() == []


def test_the_same_process_id_is_not_the_same_process(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.write(Profile(name="a"))
    assert drafts.left() == []
    host, pid, _ = drafts._owner.split(":")
    drafts._owner = f"{host}:{pid}:1"
    drafts.write(Profile(name="a"))
    assert len(drafts.left()) == 1
    (tmp_path / "drafts" / "torn.toml").write_bytes(b"")
    assert "empty" in next(draft.problem for draft in drafts.left() if draft.path.name == "torn.toml")
