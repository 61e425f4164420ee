"""Where profiles are kept, and what is said where they cannot be."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from socui.errors import NotSaved, StoreError
from socui.profiles import paths as place
from socui.profiles.profile import Profile
from socui.profiles.store import Store


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
