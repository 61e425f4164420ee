"""The worked cases that stand beside the rules: answers, and the result an expert expects of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from socui.data import FOLDER
from socui.profiles.profile import Profile

FILE = "cases.toml"


def worked_cases(folder: Path | None = None) -> dict[str, Profile]:
    """The worked cases of a folder with a knowledge base by their ids; without one, or where it has none, those that are
    shipped. Raises ValueError, with the file, for one that is no TOML."""
    own = folder / FILE if folder is not None else None
    text = own.read_text("utf-8") if own is not None and own.is_file() else (FOLDER / FILE).read_text("utf-8")
    try:
        cases = tomllib.loads(text)["case"]
        return {
            case["id"]: Profile(
                id=case["id"], answers={q: a if isinstance(a, str) else tuple(a) for q, a in case["answers"].items()}
            )
            for case in cases
        }
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise ValueError(f"{FILE}: cannot be read: {error}. Each [[case]] needs id and answers.") from None
