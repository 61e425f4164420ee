"""Colours by their contrast, as they stand on the screen, and what is left where there are none."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorType
from seen import shown
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

import socui.screens
from socui.app import SocuiApp
from socui.profiles.examples import examples
from socui.screens.themes import ASCII, DARK, LIGHT

Make = Callable[..., SocuiApp]
SCREENS = {"workspace": (), "comparison": ("tab", "enter"), "recommendation": ("tab", "tab"), "library": ("o",),
           "help": ("question_mark",), "reference": ("r",), "save": ("s",), "note": ("t",), "palette": ("ctrl+p",)}  # fmt: skip
AA = 4.5


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [v / 255 / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in color.rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio as WCAG 2.2 defines it: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(app: App[Any]) -> Iterator[tuple[Color, Color, str]]:
    """Text colour, background and text of every piece of text on the topmost screen; lines, blocks
    and emoji are not text."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            at, x = x, x + segment.cell_length
            text = "".join(c for c in segment.text if not 0x2500 <= ord(c) < 0x25A0 and ord(c) < 0x1F000).strip()
            style = segment.style
            if not text or style is None or style.color is None or style.bgcolor is None:
                continue
            if app.screen.get_widget_at(at, y)[0] is app.screen:  # what shines through from behind a dialog
                continue
            if ColorType.DEFAULT not in (style.color.type, style.bgcolor.type):
                front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                yield (back, front, text) if style.reverse else (front, back, text)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("screen", SCREENS)
async def test_text_stands_out_from_what_is_behind_it(
    make_app: Make, monkeypatch: Any, theme: str, screen: str
) -> None:
    monkeypatch.setenv("SOCUI_THEME", theme)
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 40)) as pilot:
        app.workspace.panes.work_out_late()
        await pilot.press(*SCREENS[screen])
        await pilot.pause()
        colored = list(pairs(app))
        assert len(colored) > 3
        weak = {f"{text!r}: {contrast(a, b):.1f}" for a, b, text in colored if contrast(a, b) < AA}
        assert not weak


GLYPHS = range(0x2190, 0x2BFF)


def glyphs() -> set[str]:
    """Every glyph that stands in a text of the screens: arrows, lines, blocks, shapes, marks."""
    drawn: set[str] = set()
    for path in Path(str(socui.screens.__file__)).parent.rglob("*.py"):
        if path.name == "look.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                drawn |= {c for c in node.value if ord(c) in GLYPHS or c in "·×–…›"}
    return drawn


def test_every_glyph_has_an_ascii_one() -> None:
    assert len(glyphs()) > 15
    assert not {c for c in glyphs() if ord(c) not in ASCII}


@pytest.mark.parametrize("group", ["✓◐?◇◆–×!▾", "○◉", "□■", "▲●?○–", "▾▸", "●~!→", "█░┊", "▼●┃█▒─", "›"])
def test_glyphs_that_mean_different_things_differ_in_ascii(group: str) -> None:
    assert len({g.translate(ASCII) for g in group}) == len(group)


@pytest.mark.parametrize("how", ["NO_COLOR", "SOCUI_ASCII", "ansi-light", "ansi-dark", "socui-light"])
async def test_cursor_choice_state_and_focus_are_told_without_colour(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how.isupper():
        monkeypatch.setenv(how, "1")
    else:
        monkeypatch.setenv("SOCUI_THEME", how)
    mark, on, off, done = (g.translate(ASCII) if how == "SOCUI_ASCII" else g for g in "›◉○✓")
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 40)) as pilot:
        app.workspace.answering.go("role")
        await pilot.pause()
        rows = shown(app).splitlines()
        here = [row for row in rows if row[1:2] == mark]
        assert len(here) == 1 and f"1 {on} We " in here[0]
        assert any(f"2 {off} " in row[:50] for row in rows)
        assert any(f" {done} Anybody" in row for row in rows)
        assert bold(app, "Questions") and not bold(app, "Recommendation")
        await pilot.press("tab", "tab", "down")
        await pilot.pause()
        rows = shown(app).splitlines()
        assert not bold(app, "Questions") and bold(app, "Recommendation")
        assert not [row for row in rows if row[1:2] == mark]
        assert len([row for row in rows if mark in row[44:52]]) == 1


def bold(app: App[Any], title: str) -> bool:
    """Whether the first piece of text that is that title stands in bold."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if segment.text.strip() == title:
                return bool(segment.style and segment.style.bold)
    raise AssertionError(title)


def test_every_style_is_of_a_class_that_there_is() -> None:
    """A class that is renamed loses its styles without a word."""
    folder = Path(str(socui.screens.__file__)).parent
    names = {
        n.name
        for p in folder.rglob("*.py")
        for n in ast.walk(ast.parse(p.read_text("utf-8")))
        if isinstance(n, ast.ClassDef)
    }
    for sheet in folder.rglob("*.tcss"):
        heads = re.findall(r"^[A-Z][\w, ]*(?= \{)", sheet.read_text("utf-8"), re.MULTILINE)
        assert heads and {name for head in heads for name in head.split(", ")} <= names, sheet.name


@pytest.mark.parametrize("theme", [*sorted(BUILTIN_THEMES), DARK.name, LIGHT.name])
async def test_every_theme_tells_the_pane_with_the_focus_and_writes_text_that_can_be_read(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    """Found by a user: in many themes both frames had one color, and the ticks of a light one were hardly there."""
    monkeypatch.setenv("SOCUI_THEME", theme)
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        questions, comparison = (app.workspace.sheet(name) for name in ("questions", "comparison"))
        focused, other = questions.styles.border_top[1], comparison.styles.border_top[1]
        assert questions.has_focus and focused != other
        if focused.ansi is None:  # what the terminal's own colors look like only the terminal knows
            assert contrast(focused, other) >= 1.3 or contrast(focused, questions.styles.background) >= 3
            for look in ("good", "warn", "key", "head"):
                color = Color.from_rich_color(questions.paint.style_of(look).color)
                assert contrast(color, questions.styles.background) >= AA, look
