"""What makes socui fast and does not depend on the machine: what is imported, written, painted and worked out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace
from seen import until
from terminal import Terminal
from textual.app import App, ComposeResult
from textual.geometry import Region

from socui.app import SocuiApp
from socui.deciding.answers import toggled
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.profiles.examples import example
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.screens.themes import DARK
from socui.screens.widgets.comparison import comparison_lines
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import Lazy, Line, Memory, Span
from socui.screens.widgets.questionnaire import question_lines
from socui.screens.widgets.recommendation import recommendation_lines
from socui.screens.widgets.view import View

Make = Callable[..., SocuiApp]
MOVE, TICK = 2500, 9500
"""Bytes that may be written for a move of the cursor, and for an answer with all that follows from it in three panes. A
whole screen of 120 by 40 is some 20,000."""

# ---- what is imported

RUN = """
import json, sys
before = set(sys.modules)
sys.argv = ["socui", *sys.argv[1:]]
from socui.cli.main import main
try:
    status = main()
finally:
    print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
"""
SHOW = """
import asyncio, json, sys
from pathlib import Path
from socui.app import SocuiApp
from socui.profiles.examples import example
from socui.deciding.precompiled import decider
from socui.profiles.store import Store

async def show():
    app = SocuiApp(Store(Path(sys.argv[1])), decider(), example=example("fintech-payments"))
    async with app.run_test(size=(120, 40)):
        print(json.dumps(sorted(sys.modules)), file=sys.stderr)

asyncio.run(show())
"""


def modules(script: str, *args: str) -> set[str]:
    """What a fresh interpreter imports for that."""
    done = subprocess.run([sys.executable, "-c", script, *args], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def families(names: set[str]) -> set[str]:
    """The packages on top."""
    return {name.split(".")[0] for name in names}


def test_version_and_help_import_next_to_nothing() -> None:
    for option in ("--version", "--help"):
        imported = modules(RUN, option)
        assert {m for m in imported if m.startswith("socui")} == {
            "socui",
            "socui.cli",
            "socui.cli.main",
            "socui.version",
        } | (imported & {"socui.cli.parser", "socui.cli.verbs"})
        assert not families(imported) & {"textual", "rich", "asyncio", "tomli", "dataclasses", "pathlib", "typing"}
        assert "shutil" not in imported  # argparse would ask it for the columns


OPEN = """
import json, sys
from pathlib import Path
from socui.profiles.profile import Profile
from socui.profiles.store import Store
store = Store(Path(sys.argv[1]))
store.open(store.create(Profile(name="Acme")).path)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def test_a_profile_is_opened_without_openssl(tmp_path: Path) -> None:
    assert not families(modules(OPEN, str(tmp_path / "profiles"))) & {"hashlib", "_hashlib", "ssl"}


def test_a_report_imports_nothing_of_the_screen(tmp_path: Path) -> None:
    store = Store(tmp_path / "profiles")
    store.create(replace(example("fintech-payments"), name="Acme"))
    for form in ("text", "md", "html", "json"):
        imported = modules(RUN, "--profiles", str(tmp_path / "profiles"), "report", "Acme", "--format", form)
        assert not families(imported) & {"textual", "asyncio", "concurrent", "multiprocessing", "csv", "jsonschema"}, (
            form
        )
        assert not imported & {"rich.console", "rich.text", "rich.style", "rich.segment"}, (
            form
        )  # the width of a cell may be
        assert not {m for m in imported if m.startswith("socui.screens")}, form


def test_the_first_screen_imports_no_other_screen_and_no_heavy_widget(tmp_path: Path) -> None:
    imported = modules(SHOW, str(tmp_path))
    heavy = {"markdown_it", "pygments", "linkify_it", "mdit_py_plugins", "tree_sitter", "jsonschema", "tomli_w"}
    assert not families(imported) & heavy
    widgets = {"markdown", "text_area", "data_table", "tabs", "header", "footer", "list_view", "log", "help_panel"}
    assert not imported & {f"textual.widgets._{name}" for name in widgets}
    others = {"library.screen", "reference.screen", "help", "dialogs"}
    assert not imported & {f"socui.screens.{name}" for name in others}
    assert not imported & {
        "socui.reports.render",
        "socui.reports.html",
        "socui.reports.advice_document",
        "socui.deciding.proofs",
    }


# ---- what is written to the terminal


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A user with an empty home."""
    return {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_STATE_HOME": str(tmp_path)}


def written(t: Terminal, key: str) -> int:
    """Bytes that come of a key, with what is worked out after it."""
    before = len(t.raw.encode())
    t.type(key)
    assert t._read(20)
    while t._read(0.2):
        pass
    return len(t.raw.encode()) - before


def test_a_key_writes_few_bytes(home: dict[str, str]) -> None:
    """A move paints the rows that it changes, an answer what it changes in each pane."""
    t = Terminal("--example", "fintech-payments", env=home, columns=120, rows=40)
    t.wait_for("q quit")
    while t._read(0.5):
        pass
    t.type("tab")  # it opens at its result
    written(t, "g")
    for shown in ("Example Marketplace", "Somebody else asked"):
        assert written(t, "down") < MOVE
        t.wait_for(f"› +.*{shown}")
    t.type("/", "Space, power", "enter")
    t.wait_for(r"› +1 . Space, power")
    while t._read(0.2):
        pass
    assert written(t, "space") < TICK
    t.type("q")
    assert t.wait() == 0


# ---- what is painted and worked out


def texts(app: SocuiApp) -> list[str]:
    """The rows of the screen."""
    return ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]


async def test_only_rows_that_changed_are_painted(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(example=example("fintech-payments"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("g", *["down"] * 30)
        await until(pilot, lambda: app.workspace.state.late)
        panes = [app.workspace.sheet(name) for name in ("questions", "comparison", "recommendation")]
        painted: set[tuple[Sheet, int]] = set()
        draw = Sheet.refresh

        def asked(sheet: Sheet, *regions: Region, **how: bool) -> Sheet:
            rows = [y for r in regions for y in r.line_range] if regions else range(sheet.size.height)
            painted.update((sheet, y - len(sheet.pin)) for y in rows)
            return draw(sheet, *regions, **how)

        monkeypatch.setattr(Sheet, "refresh", asked)
        for key in ("space", "down", "space", "space"):
            before = {pane: (pane.scroll_offset.y, look(pane)) for pane in panes}
            painted.clear()
            await pilot.press(key)
            await pilot.pause()
            assert painted
            for pane in panes:
                top, old = before[pane]
                if pane.scroll_offset.y == top:
                    same = {i for i, (one, other) in enumerate(zip(old, look(pane), strict=False)) if one == other}
                    assert not same & {row for sheet, row in painted if sheet is pane}, (key, pane.id)


def look(sheet: Sheet) -> list[tuple[Line, bool]]:
    """The lines in sight, and whether the cursor is on them."""
    return [(line, line.tag == sheet.cursor) for line in sight(sheet)]


def sight(sheet: Sheet) -> list[Line]:
    """The lines in sight."""
    return [sheet.lines[i] for i in sheet._in_sight() if i < len(sheet.lines)]


async def test_an_answer_is_one_advice_and_one_paint(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(example=example("fintech-payments"))
    async with app.run_test(size=(120, 40)) as pilot:
        app.workspace.focus_pane(0)
        app.workspace.answering.go("role")
        await pilot.pause()
        calls: list[str] = []
        advise, display = Decider.advise, SocuiApp._display

        def advised(self: Decider, *args: object) -> object:
            calls.append("advise")
            return advise(self, *args)  # type: ignore[arg-type]

        def displayed(self: SocuiApp, screen: object, renderable: object) -> None:
            calls.append("display")
            display(self, screen, renderable)  # type: ignore[arg-type]

        monkeypatch.setattr(Decider, "advise", advised)
        monkeypatch.setattr(SocuiApp, "_display", displayed)
        await pilot.press("2")
        assert calls.count("advise") == 1
        assert calls.count("display") == 1


async def test_the_first_frame_is_complete(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(example=example("fintech-payments"))
    frames: list[str] = []
    display = SocuiApp._display

    def displayed(self: SocuiApp, screen: object, renderable: object) -> None:
        frames.append("\n".join(texts(self)))
        display(self, screen, renderable)  # type: ignore[arg-type]

    monkeypatch.setattr(SocuiApp, "_display", displayed)
    async with app.run_test(size=(120, 40)):
        first = next(frame for frame in frames if frame.strip())
        for words in (app.workspace.state.answer.card.title[:40], "Example Merchant", "Purpose", "q quit"):
            assert words in first


def test_what_a_pane_remembers_is_what_it_would_write(knowledge: Knowledge) -> None:
    """Random answers, notes, doubts and cursors: with a memory kept throughout, and without one."""
    decider, random, profile = Decider(knowledge), Random(5), Profile()
    kept = [Memory() for _ in range(3)]
    for step in range(150):
        question = random.choice([*knowledge.questions.values()])
        match random.randrange(6):
            case 0:
                profile = profile.with_not_sure(question.id)
            case 1:
                profile = profile.with_note(question.id, random.choice(("", "a note", "another")))
            case 2 if question.id in profile.answers:
                profile = replace(profile, confirm=profile.confirm ^ {question.id})
            case _:
                profile = toggled(profile, question, random.choice(question.options).id)
        advice = decider.advise(profile)
        width = random.choice((48, 48, 48, 70))
        current = random.choice((question.id, advice.next))
        why = decider.why(profile) if random.random() < 0.2 else None
        tips = decider.tips(profile) if step % 10 == 0 else None
        view = View(knowledge, advice, profile, width, tips=tips, why=why)
        opened = {random.choice(knowledge.rows).id} if random.random() < 0.3 else set()
        made = [
            (
                question_lines(knowledge, advice, profile, width, current, memory[0]),
                comparison_lines(knowledge, advice, profile, width, opened, memory[1]),
                recommendation_lines(view, memory[2]),
            )
            for memory in (kept, [Memory() for _ in range(3)])
        ]
        assert made[0] == made[1]


# ---- long lists


class Long(App[None]):
    """A sheet of ten thousand lines."""

    made: list[int]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(DARK.variables)

    def compose(self) -> ComposeResult:
        self.made = []
        sheet = Sheet(id="long")
        tags = [("row", str(i)) for i in range(10_000)]

        def make(i: int) -> Line:
            self.made.append(i)
            return Line((Span(f"  line {i}"),), tags[i], True)

        sheet.builder = lambda _: (Lazy(tags, make), ())
        yield sheet


def rows(app: Long) -> Iterator[str]:
    """What is seen."""
    return ("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())


async def test_a_long_list_makes_only_the_lines_in_sight() -> None:
    app = Long()
    async with app.run_test(size=(60, 20)) as pilot:
        sheet = app.query_one(Sheet)
        sheet.focus()
        await pilot.pause()
        assert any("line 3" in row for row in rows(app))
        await pilot.press("down", "down", "pagedown", "G")
        assert sheet.cursor == ("row", "9999")
        assert any("line 9999" in row for row in rows(app))
        await pilot.press("up", "g", "down")
        assert sheet.cursor == ("row", "1")
        assert len(set(app.made)) < 100
