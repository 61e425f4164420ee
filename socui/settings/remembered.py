"""Keeps state.toml: the little that socui remembers by itself, so that it never writes config.toml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from socui.settings.config import Config

STATE_FILE = "state.toml"
_LIMIT = 1 << 16
"""Bytes it may have."""


class _State(Struct, frozen=True):
    """What is remembered."""

    theme: str = ""
    """The theme chosen in the app; empty where none was."""
    instead_of: str = ""
    """The theme that config.toml named when that one was chosen: who writes another there since is followed."""
    welcomed: bool = False
    """Whether the first start has explained itself."""
    light: bool = False
    """Whether the terminal's own background was light when it told last."""
    problem: str = ""
    """Why the file cannot be read, in one line; it is then never written to."""

    def is_first_start(self, *folders: Path) -> bool:
        """Return whether nobody was here before: nothing remembered, and not one profile or draft in those folders."""
        return not (self.welcomed or self.theme or self.problem) and not any(map(_has_files, folders))

    def theme_with(self, config: Config) -> str:
        """Return the theme by what was said last: in the app, or in config.toml. Empty where neither says."""
        return self.theme if self.theme and self.instead_of == config.theme else config.theme


def read_state(folder: Path | None) -> _State:
    """Return what is remembered in that folder. Never raises."""
    document, problem = _document(folder)
    texts = {key: value for key in ("theme", "instead_of") if isinstance(value := document.get(key), str)}
    return _State(
        **texts, welcomed=document.get("welcomed") is True, light=document.get("light") is True, problem=problem
    )


def _has_files(folder: Path) -> bool:
    try:
        return any(path.suffix == ".toml" for path in folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError:  # something is there that cannot be looked at: so somebody was here
        return True


def remember(folder: Path | None, **values: str | bool) -> str:
    """Write these values and leave what else the file says. Gives what went wrong in one line, empty where nothing did."""
    import tomli_w

    from socui.errors import NotSaved
    from socui.profiles.atomic_write import locked, make_folder, not_saved, write_whole

    if folder is None:
        return ""
    try:
        make_folder(folder)
        with locked(folder):
            document, problem = _document(folder)
            if not problem:
                write_whole(folder / STATE_FILE, tomli_w.dumps({**document, **values}).encode())
    except OSError as error:
        return str(not_saved(error, folder / STATE_FILE))
    except NotSaved as error:
        return str(error)
    return problem


def _document(folder: Path | None) -> tuple[dict[str, Any], str]:
    from socui.errors import ProfileError
    from socui.profiles.atomic_write import read_regular
    from socui.profiles.profile_toml import document_of

    if folder is None:
        return {}, ""
    try:
        data = read_regular(folder / STATE_FILE, _LIMIT)
        if len(data) > _LIMIT:
            return {}, f"{STATE_FILE}: too large: it may have {_LIMIT:,} bytes. Move it away."
        return document_of(data) if data.strip() else {}, ""
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"{STATE_FILE}: it cannot be read: {error.strerror or error}. Move it away."
    except ProfileError as error:
        return {}, f"{STATE_FILE}: {error}. Correct it or move it away."
