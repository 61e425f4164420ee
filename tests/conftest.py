"""What every test starts from: no settings of the machine it runs on, and a pinned clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.deciding.compiled import Compiled
    from socui.deciding.decide import Decider
    from socui.knowledge.model import Knowledge
    from socui.profiles.store import Store

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
PICTURED = {"textual": "8.2.8", "rich": "15.0.0"}
"""The versions that draw the pictures of tests/snapshots; the extra `test` of pyproject.toml pins them."""


PINNED = {name: version(name) for name in PICTURED} == PICTURED
"""Whether pictures of screens can be compared, or taken, here."""
PICTURES = pytest.mark.skipif(not PINNED, reason="the pictures were taken with the versions that [test] pins")
"""Marks a test that compares a picture."""


def pytest_configure(config: pytest.Config) -> None:
    """Test what is edited: the package of this checkout, here and in every subprocess, under either way of installing."""
    import socui

    if config.getoption("update_snapshots", False) and not PINNED:
        drawn = " and ".join(f"{name} {number}" for name, number in PICTURED.items())
        raise pytest.UsageError(f"--snapshot-update: pictures are taken with {drawn} only. pip install '.[test]'")
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process that a test starts compiles socui anew
    sys.dont_write_bytecode = False
    from quick_apps import folder_in_memory

    if memory := folder_in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
    assert Path(str(socui.__file__)).resolve() == ROOT / "socui" / "__init__.py", (
        "the tests import another copy of socui"
    )
    code = "import socui.screens, socui.data; print(socui.__file__)"
    seen = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True).stdout
    assert Path(seen.strip()).resolve() == ROOT / "socui" / "__init__.py", "subprocesses import another copy of socui"


@pytest.fixture(scope="session", autouse=True)
def _idle_by_events() -> None:
    """Let pilots wait for events, not for the clock: see tests/idle.py. Screens are painted at once, not 60 times a second."""
    import textual.screen
    from quick_apps import wait_by_events

    textual.screen.UPDATE_PERIOD = 0.001  # type: ignore[misc]
    wait_by_events()


@pytest.fixture(scope="session", autouse=True)
def _styles_parsed_once() -> None:
    """Parse each style sheet once, not anew in each of a thousand apps."""
    from quick_apps import parse_styles_once

    parse_styles_once()


@pytest.fixture(scope="session", autouse=True)
def _base_kept_compiled() -> None:
    """Let commands that run within the tests have the shipped base compiled already, as those of a built package have."""
    from socui.deciding import precompiled

    def kept() -> Compiled:
        from base import DECIDER

        return DECIDER.compiled

    precompiled.kept_base = kept


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
    from base import KNOWLEDGE

    return KNOWLEDGE


@pytest.fixture(scope="session")
def decider() -> Decider:
    """What decides over it."""
    from base import DECIDER

    return DECIDER


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder of profiles, with the clock at NOW."""
    from socui.profiles.store import Store

    return Store(tmp_path / "profiles", now=lambda: NOW)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a user whose home is empty but for having seen the first start's page."""
    (tmp_path / "config" / "socui").mkdir(parents=True)
    (tmp_path / "config" / "socui" / "state.toml").write_text("welcomed = true\n")
    folders = {"XDG_CONFIG_HOME": tmp_path / "config", "XDG_STATE_HOME": tmp_path / "state"}
    return {"HOME": str(tmp_path), **{name: str(folder) for name, folder in folders.items()}}


@pytest.fixture
def make_app(store: Store, decider: Decider) -> Callable[..., SocuiApp]:
    """Makes the app over that store, on the day of NOW."""
    from socui.app import SocuiApp

    def make(**about: object) -> SocuiApp:
        today: Callable[[], date] = NOW.date
        return SocuiApp(store, decider, today=today, **about)  # type: ignore[arg-type]

    return make
