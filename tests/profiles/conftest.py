"""A folder of profiles whose clock moves on, with one profile in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from socui.profiles.profile import Profile
from socui.profiles.store import Opened, Store


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
