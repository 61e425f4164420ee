"""Two profiles side by side: the values that the command line shows, readable at every size, marked in words and glyphs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import PICTURES
from msgspec.structs import replace
from rich.cells import cell_len
from seen import later
from textual.widgets import Input

from socui.app import SocuiApp
from socui.deciding.compare import compared_answers, only, presumptions, results
from socui.deciding.decide import Decider
from socui.deciding.random_profile import random_profile
from socui.knowledge.model import Knowledge
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.screens.compare import SIDE_COLUMNS, Compare, compare_head, compare_lines, sides
from socui.screens.dialogs import FileDialog
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.recommendation import plain

Make = Callable[..., SocuiApp]
SIZES = [(120, 36), (100, 30), (80, 24), (60, 18)]


def shown(app: SocuiApp) -> str:
    """Every cell of the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip) for strip in strips)


def two() -> tuple[Profile, Profile]:
    """Two named profiles that differ in answers, notes and dates."""
    one = replace(examples()["fintech-payments"], name="Payments")
    other = replace(examples()["early-saas"], name="SaaS", not_sure=frozenset({"entrusted"}))
    return one, other


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_left_out_and_nothing_is_in_both_parts(knowledge: Knowledge, seed: int) -> None:
    """Every answer, result, presumption and piece of advice of either side is there once."""
    decider, random = Decider(knowledge), Random(seed)
    one = random_profile(knowledge, random, random.random())
    other = random_profile(knowledge, random, random.random())
    if seed % 2:
        other = replace(one, answers={**one.answers, **dict(list(other.answers.items())[:3])})
    a, b = decider.advise(one), decider.advise(other)
    pairs = list(compared_answers(knowledge, one, other))
    assert {p.id for p in pairs} == {*one.answers, *other.answers, *one.not_sure, *other.not_sure}
    for pair in pairs:
        same = one.answers.get(pair.id) == other.answers.get(pair.id)
        alike = same and all((pair.id in x) == (pair.id in y) for x, y in ((one.begun, other.begun),))
        assert pair.differs == (not alike), pair
    pairs = {p.id: p for p in results(knowledge, a, b)}
    scope = {"soc2": {*knowledge.categories}, "soc1": set()}
    spoken = [
        {f for f in x.findings if not f.startswith("type_")}.difference(*(scope[r] for r in scope if not x.advised(r)))
        for x in (a, b)
    ]
    assert set(pairs) == {"headline", *spoken[0], *spoken[1]}, "no scope of a report that nobody is advised to order"
    for id, pair in pairs.items():
        both = [
            (x.possible, x.leaning) if id == "headline" else x.findings[id] if id in shown else None
            for x, shown in zip((a, b), spoken, strict=True)
        ]
        both = [(x.possible, x.leaning) if x is not None and not isinstance(x, tuple) else x for x in both]
        assert pair.differs == (both[0] != both[1])
        assert not pair.differs or pair.words[0] != pair.words[1], "what differs reads differently"
    guessed = {p.id for p in presumptions(knowledge, a, b)}
    assert guessed == {p.presumption.question for x in (a, b) for p in x.presumed}
    left, right = only(knowledge, a, b)
    sets = []
    for x, shown in zip((a, b), spoken, strict=True):
        rules = {r.rule.id for id, f in x.findings.items() if id in shown for r in f.reasons if r.deciding}
        sets.append(rules | {n.note.id for n in x.notes})
    assert {s.id for s in left} == sets[0] - sets[1]
    assert {s.id for s in right} == sets[1] - sets[0]


def test_required_is_said_with_by_whom(knowledge: Knowledge) -> None:
    decider = Decider(knowledge)
    one, other = (decider.advise(p) for p in two())
    words = {p.id: p.words for p in results(knowledge, one, other)}["soc1"]
    assert words == (f"yes, required by {one.by_whom['soc1']}", "no")
    assert one.by_whom["soc1"] == examples()["fintech-payments"].requests[0].asked_by


def test_a_profile_beside_itself_differs_in_nothing(knowledge: Knowledge) -> None:
    one, _ = two()
    both = sides(Decider(knowledge), one, replace(one, name="Other name"), one.created.date())
    assert not [p for pairs in (both.results, both.answers, both.presumed) for p in pairs if p.differs]
    assert both.only == ((), ())
    text = plain(compare_lines(both, 120, {"same"}))
    assert "≠" not in text
    assert "Results that differ (none)" in text and "Answers that differ (none)" in text


@pytest.mark.parametrize("width", [118, 98, 78, 58, 40])
def test_lines_keep_to_the_width_and_words_are_whole(knowledge: Knowledge, width: int) -> None:
    decider = Decider(knowledge)
    one, other = two()
    both = sides(decider, one, other, one.created.date())
    lines = [*compare_head(both, width), *compare_lines(both, width, ())]
    assert max(cell_len("".join(s.text for s in line.spans).rstrip()) for line in lines) <= width
    text = " ".join(plain(lines).split())
    if width < SIDE_COLUMNS:  # one under the other, so that a cell is one paragraph
        for pair in (*both.results, *both.answers):
            for words in pair.words if pair.differs else pair.words[:1]:
                assert words == "-" or words in text.replace("Payments ", "").replace("SaaS ", "") or words in text
    for spoken in (*both.only[0], *both.only[1]):
        assert spoken.words in text
    assert text.index("Results that differ") < text.index("Answers that differ") < text.index("The same on both")
    assert text.index("The same on both") < text.index("Only for Payments") < text.index("Only for SaaS")


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_read_folded_and_left(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()
    one, other = two()
    async with app.run_test(size=size) as pilot:
        await pilot.press("7")
        app.push_screen(Compare(app.decider, one, other, app.today()))
        await pilot.pause()
        text = shown(app)
        assert "Payments" in text and "SaaS" in text
        assert "≠ In a sentence" in text
        sheet = app.screen.query_one("#compare", Sheet)
        everything = plain(sheet.lines)
        assert "▸ The same on both sides" in everything
        same = [p for p in app.screen.both.answers if not p.differs]  # type: ignore[attr-defined]
        if same:
            assert f" = {same[0].title}" not in everything
        sheet.point(("fold", "same"))
        await pilot.press("space")
        after = plain(sheet.lines)
        assert "▾ The same on both sides" in after and len(after) > len(everything)
        await pilot.press("enter")
        assert plain(sheet.lines) == everything
        seen = ""
        for _ in range(200):
            await pilot.press("pagedown")
            if shown(app) == seen:
                break
            seen = shown(app)
        assert everything.splitlines()[-1].strip() in seen, "the end can be reached"
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.workspace


async def test_it_is_copied_and_saved_in_every_format(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    async def copy(_app: object, text: str) -> str:
        copied.append(text)
        return "copied with test"

    monkeypatch.setattr("socui.screens.clipboard.copy", copy)
    app = make_app()
    one, other = two()
    one = replace(one, name="Pay <b>*ments*</b>")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = Compare(app.decider, one, other, app.today())
        app.push_screen(screen)
        await pilot.pause()
        await pilot.press("y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        (text,) = copied
        assert "copied with test" in shown(app)
        flat = " ".join(text.split())
        for part in (screen.both.results, screen.both.answers):
            for pair in part:
                if pair.differs:
                    assert pair.title in flat
        for spoken in (*screen.both.only[0], *screen.both.only[1]):
            assert spoken.words.split(". ")[0] in flat
        assert "?." not in text and "?:" not in text
        for suffix in (".html", ".md", ".txt", ".json", ".docx"):
            target = tmp_path / f"beside{suffix}"
            await pilot.press("s")
            await pilot.pause()
            assert isinstance(app.screen, FileDialog)
            app.screen.query_one(Input).value = str(target)
            later(app)
            await pilot.press("enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert target.stat().st_size > 1000, suffix
            assert app.screen is screen and "saved: " in shown(app)
        assert "<b>" not in (tmp_path / "beside.html").read_text("utf-8").split("<body", 1)[1]
        data = json.loads((tmp_path / "beside.json").read_text("utf-8"))
        assert [d["question"] for d in data["answers"]] == [p.id for p in screen.both.answers if p.differs]


async def test_all_of_it_is_on_the_mouse(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        app.push_screen(Compare(app.decider, *two(), app.today()))
        await pilot.pause()
        sheet = app.screen.query_one("#compare", Sheet)
        row = next(i for i, r in enumerate(shown(app).splitlines()) if "Results that differ" in r)
        before = len(sheet.lines)
        await pilot.click("#compare", offset=(6, row))
        await pilot.pause()
        assert len(sheet.lines) < before
        await pilot.click("#foot", offset=(2, 0))
        await pilot.pause()
        assert app.screen is app.workspace


@pytest.mark.parametrize("text", ["Acme [EU] Ltd [TBD]", "[/", "[@click=app.quit]x[/]", "\x1b[2Jx", "Um\u202ebrella"])
async def test_names_and_unknown_answers_are_shown_and_never_obeyed(make_app: Make, text: str) -> None:
    app = make_app()
    bare = text.replace("\x1b", "␛").replace("\u202e", "�")
    one, other = Profile(name=text, answers={"role": text}), Profile(answers={text: text})
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        app.push_screen(Compare(app.decider, one, other, app.today()))
        await pilot.pause()
        assert shown(app).count(bare) >= 3
        assert "\x1b" not in shown(app)
        assert "Second, no name" in shown(app)


@PICTURES
@pytest.mark.parametrize("size", SIZES)
def test_compare_two(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()

    async def beside(pilot: Any) -> None:
        app.push_screen(Compare(app.decider, *two(), app.today()))
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=beside)


@PICTURES
@pytest.mark.parametrize("size", [(160, 50), (120, 36), (60, 18)])
def test_workspace_what_if(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    profile = replace(examples()["fintech-payments"], result="")
    app = make_app(example=replace(profile, id="", answers=dict(list(profile.answers.items())[:6])))

    async def forked(pilot: Any) -> None:
        await pilot.press("w", "2", "n", "1")
        app.workspace.panes.work_out_late()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=forked)


@PICTURES
@pytest.mark.parametrize("size", [(120, 36), (60, 18)])
def test_workspace_filtered(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    app = make_app(example=examples()["fintech-payments"])

    async def found(pilot: Any) -> None:
        await pilot.press("slash", *"book", "enter")
        app.workspace.panes.work_out_late()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=found)


def test_long_names_stand_whole_where_the_two_stand_one_under_the_other(decider: Decider) -> None:
    one, other = examples()["saas-deal"], examples()["claims-administrator"]
    both = sides(decider, one, other, one.created.date())
    text = plain(compare_lines(both, 78, ()))
    assert "…" not in text and all(text.count(name) > 3 for name in both.titles)


def test_what_has_no_name_is_called_by_its_organization_where_that_tells_two_apart(decider: Decider) -> None:
    one, other = Profile(organization="Acme"), Profile(organization="Bolt")
    named, today = Profile(name="Acme"), one.created.date()
    assert sides(decider, one, other, today).titles == ("Acme", "Bolt")
    assert sides(decider, one, one, today).titles == ("First, no name", "Second, no name")
    assert sides(decider, one, named, today).titles == ("First, no name", "Acme")
    assert sides(decider, one, Profile(), today).titles == ("Acme", "Second, no name")
