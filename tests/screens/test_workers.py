"""A worker is given what it calls, never a coroutine: a screen that goes before the worker starts would leave that unawaited."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_workers_are_given_what_they_call() -> None:
    coroutines = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("screens", "socui")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "run_worker"
        if isinstance(call.args[0], ast.Call) and getattr(call.args[0].func, "id", "") != "partial"
    ]
    assert coroutines == []
