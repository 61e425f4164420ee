"""What is imported when, and what the words in code and data may not say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

import socui

ROOT = Path(__file__).parent.parent
PACKAGE = Path(str(socui.__file__)).parent
CORE = [
    "socui." + ".".join(p.relative_to(PACKAGE).with_suffix("").parts)
    for p in PACKAGE.rglob("*.py")
    if p.name != "__init__.py" and p.relative_to(PACKAGE).parts[0] not in ("screens", "data")
]
SCREEN = ("socui.app", "socui.__main__")
BUILD = ("socui.deciding.build_hook",)
"""Imported by setuptools alone."""


def loaded(code: str) -> set[str]:
    """The modules that are loaded after some code ran in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_core_runs_without_textual() -> None:
    """Every module but app.py and __main__.py: deciding, remembering and reporting need no screen."""
    modules = [m for m in CORE if m not in (*SCREEN, *BUILD)]
    assert len(modules) > 15
    imported = loaded("\n".join(f"import {m}" for m in modules))
    assert not {m for m in imported if m.split(".")[0] == "textual" or m.startswith("socui.screens")}


def test_the_version_reads_no_knowledge_and_no_textual() -> None:
    """`socui --version` stays next to nothing."""
    code = "from socui.cli.main import main\ntry:\n    main(['--version'])\nexcept SystemExit:\n    pass"
    imported = loaded(code)
    assert not {m for m in imported if m.split(".")[0] in ("textual", "rich", "tomli", "platformdirs", "tomli_w")}
    assert not {"socui.knowledge.load", "socui.deciding.decide", "socui.data"} & imported


def test_diagram_knows_nothing_of_the_project() -> None:
    """The algorithm stands alone."""
    assert "socui" not in re.sub(
        r'""".*?"""', "", (ROOT / "socui" / "deciding" / "diagram.py").read_text("utf-8"), flags=re.DOTALL
    )


def test_words_that_the_field_does_not_use() -> None:
    """Reports are not certificates and nobody passes an examination."""
    unwelcome = re.compile(
        r"SOC ?[123][^.\n\"]{0,40}(certified|certification)|passed (the|a) (SOC|audit)|SOC [12]s\b|SOC-[12]",
        re.IGNORECASE,
    )
    for entry in files("socui.data").iterdir():
        if entry.name.endswith(".toml") and entry.name not in (
            "phrases.toml",
            "synonyms.toml",
        ):  # what others write, wrong words too
            lines = [
                line for line in entry.read_text("utf-8").splitlines() if unwelcome.search(line) and "://" not in line
            ]
            lines = [
                line
                for line in lines
                if not line.startswith(("id =", "title =", "publisher =")) and "is a certification" not in line
            ]
            assert not lines, (entry.name, lines)


def test_the_library_loads_when_it_is_used() -> None:
    """`from socui import advise, assess` works, also after everything else was imported, and costs nothing before."""
    assert not {"socui.api", "socui.deciding.decide", "tomli"} & loaded("import socui")
    code = "import socui.cli.assess, socui.cli.main; from socui import Outcome, advise, assess; "
    code += "assert assess({'role': 'obtain'}).headline == advise({'role': 'obtain'}).result == 'neither'; "
    code += "import pickle; assert pickle.loads(pickle.dumps(assess)) is assess; assert advise({}) == advise({})"
    assert "socui.api" in loaded(code)


def test_no_other_name_comes_with_it() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = socui.nothing  # type: ignore[attr-defined]


LINES: dict[str, list[str]] = {
    "open": ["open", "Second"],  # no terminal here: it says so before it imports a screen
    "list": ["list"],
    "show": ["show", "First"],
    "new": ["new", "Third", "role=provide"],
    "set": ["set", "First", "role=provide"],
    "questions": ["questions", "role"],
    "rename": ["rename", "First", "Other"],
    "duplicate": ["duplicate", "First"],
    "delete": ["delete", "First"],
    "restore": ["restore"],
    "import": ["import", "-"],
    "export": ["export", "First"],
    "paths": ["paths"],
    "report": ["report", "First", "--format", "html"],
    "check": ["check"],
    "ask": ["ask", "First", "--plain"],
    "assess": ["assess", "--template"],
    "compare": ["compare", "First", "Second"],
    "completion": ["completion", "bash"],
    "request": ["request", "First"],
    "held": ["held", "First"],
    "event": ["event", "First"],
    "evidence": ["evidence", "First"],
    "engagement": ["engagement", "First"],
    "explain": ["explain", "F-S1-01"],
    "data": ["data"],
    "read": ["read", "-"],
    "serve": ["serve", "--port", "0"],
    "vendors": ["vendors", "First", "--format", "html"],
}

EVERY_COMMAND = """
import contextlib, functools, io, json, sys
from socui.cli.main import main
from socui.deciding import proofs
proofs.prove = functools.partial(proofs.prove, only=["P1"])  # the others import no more, and take ten seconds
lines = json.loads(sys.argv[1])
for name, line in lines.items():
    sys.argv = ["socui", *line]
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")), contextlib.suppress(SystemExit):
        main()
    of_screens = [m for m in sys.modules if m == "socui.app" or m.startswith(("textual", "socui.screens"))]
    if of_screens:
        sys.exit(f"{name} imports {of_screens[0]}")
print("tried", len(lines))
"""
"""Runs commands one after the other, and ends at the first that imports what belongs to a screen."""


def test_every_command_is_among_these() -> None:
    from socui.cli.verbs import VERBS

    assert set(LINES) == {verb.name for verb in VERBS}


def test_no_command_imports_the_screen(tmp_path: Path) -> None:
    from socui.profiles.profile import Profile
    from socui.profiles.store import Store

    store = Store(tmp_path)
    for profile in ("First", "Second"):
        store.create(Profile(name=profile))
    lines = {name: ["--profiles", str(tmp_path), *line] for name, line in LINES.items()}
    done = subprocess.run(
        [sys.executable, "-c", EVERY_COMMAND, json.dumps(lines)],
        check=False,
        input="",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == f"tried {len(LINES)}\n" and "Traceback" not in done.stderr, done.stderr


def test_every_command_has_its_function() -> None:
    """The command table names functions in words, which no type checker follows."""
    from socui.cli.verbs import VERBS

    assert [v.name for v in VERBS if not callable(getattr(import_module(v.module), v.function, None))] == []
