"""No public name has two meanings: what a module defines, no other module defines as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALIKE = {"run"}
"""What every command's module calls the function that runs it."""


def defined(path: Path) -> Iterator[str]:
    """The public classes, functions and constants of a module."""
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.Assign():
                yield from (
                    name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
                )
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def places() -> dict[str, list[str]]:
    """Where each public name is defined."""
    by_name: dict[str, list[str]] = {}
    for folder in ("socui", "screens"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for name in sorted(set(defined(path))):
                if not name.startswith("_") and name != "TYPE_CHECKING":
                    by_name.setdefault(name, []).append(str(path.relative_to(ROOT)))
    return by_name


def test_no_public_name_is_defined_in_two_modules() -> None:
    assert {name: files for name, files in places().items() if len(files) > 1 and name not in ALIKE} == {}


if __name__ == "__main__":
    for name, files in sorted(places().items()):
        if len(files) > 1:
            print(name, *files)
