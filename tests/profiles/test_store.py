"""The store on real folders: a save is whole, what changed elsewhere is not overwritten, nothing gets lost."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from profiles.folders import python

from socui.errors import Conflict, NotSaved, StoreError, Unreadable
from socui.profiles import atomic_write as save
from socui.profiles.atomic_write import write_whole
from socui.profiles.store import Opened, Store


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
