"""What every test starts from: no settings of the machine it runs on, and a pinned clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.decide import Decider
    from socui.model import Knowledge
    from socui.store import Store

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours, themes and folders as for somebody who set nothing."""
    for name in [*os.environ]:
        if name in ("NO_COLOR", "TEXTUAL_THEME") or name.startswith("SOCUI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge that socui ships."""
    from socui.knowledge import load_knowledge

    return load_knowledge()


@pytest.fixture(scope="session")
def decider(knowledge: Knowledge) -> Decider:
    """What decides over it."""
    from socui.decide import Decider

    return Decider(knowledge)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder of profiles, with the clock at NOW."""
    from socui.store import Store

    return Store(tmp_path / "profiles", now=lambda: NOW)


@pytest.fixture
def make_app(store: Store, decider: Decider) -> Callable[..., SocuiApp]:
    """Makes the app over that store, on the day of NOW."""
    from socui.app import SocuiApp

    def make(**about: object) -> SocuiApp:
        today: Callable[[], date] = NOW.date
        return SocuiApp(store, decider, today=today, **about)  # type: ignore[arg-type]

    return make
