"""Names of profiles and of their files; deleting, importing and exporting by name."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles.folders import HEAD, hashes

from socui.errors import Exists, NotFound, NotSaved, ProfileError, StoreError
from socui.profiles.atomic_write import write_whole
from socui.profiles.names import check_name, file_name, name_key, new_id, numbered
from socui.profiles.profile import Profile
from socui.profiles.store import Opened, Store

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
