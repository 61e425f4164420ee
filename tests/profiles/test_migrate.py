"""Answers saved with an older knowledge: renamed, to be confirmed, and what that makes of the result."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from msgspec.structs import replace
from seen import toasts

from socui.app import SocuiApp
from socui.cli.main import main
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.knowledge.texts import VersionChange
from socui.profiles.migrate import brought_up, changes_since, since_saved
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.profiles.store import Store
from socui.screens.library.screen import Library

Make = Callable[..., SocuiApp]
NEWER = """
[[change]]
version = "2027.1"
says = "Roles are asked anew."
confirm = ["role", "request_detail"]
renamed = { "delivery_model.cloud" = "delivery_model.saas" }
"""
OLD = Profile(
    name="Payroll",
    knowledge="2026.11",
    result="neither",
    answers={"role": "obtain", "delivery_model": ("cloud",)},
)


@pytest.fixture
def newer(knowledge: Knowledge) -> Knowledge:
    """The knowledge with two versions more."""
    changes = (
        VersionChange("2027.1", "Roles.", ("role", "request_detail"), {"delivery_model.cloud": "delivery_model.saas"}),
        VersionChange(
            "2027.10", "Names.", (), {"customer_types.firms": "customer_types.organizations", "model": "delivery_model"}
        ),
    )
    return replace(knowledge, version="2027.10", changes=(*knowledge.changes, *changes))


def up(knowledge: Knowledge, version: str = "2026.11", **about: object) -> Profile:
    return brought_up(knowledge, Profile(knowledge=version, **about))[0]  # type: ignore[arg-type]


def test_only_the_changes_since_then_are_applied(newer: Knowledge) -> None:
    versions = {v: [c.version for c in changes_since(newer, v)] for v in ("2026.11", "2027.1", "2027.10", "2027.9")}
    assert versions == {"2026.11": ["2027.1", "2027.10"], "2027.1": ["2027.10"], "2027.10": [], "2027.9": []}
    assert len(changes_since(newer, "2025.12")) == 3  # older than all of them
    for unknown in ("", "2028.1", "mine", "2026.x"):
        profile = Profile(knowledge=unknown, answers={"role": "provide", "delivery_model": ("cloud",)})
        assert brought_up(newer, profile) == (profile, ())


def test_answers_are_to_be_confirmed_and_do_not_count(newer: Knowledge) -> None:
    profile = up(newer, answers={"role": "obtain"})
    assert (profile.answers, profile.confirm, profile.knowledge) == ({"role": "obtain"}, {"role"}, "2027.10")
    decider = Decider(newer)
    assert decider.advise(profile).states["role"].state == "confirm"
    assert decider.advise(profile).result == "open"
    assert decider.advise(profile.confirmed("role")).result == "neither"
    assert brought_up(newer, profile.confirmed("role")) == (profile.confirmed("role"), ())
    assert up(newer, "2027.1", answers={"role": "obtain"}).confirm == frozenset()
    assert up(newer).confirm == frozenset()  # what was not answered needs no confirming


def test_options_get_their_new_names_in_their_place(newer: Knowledge) -> None:
    assert up(newer, answers={"delivery_model": ("onsite", "cloud", "x")}).answers == {
        "delivery_model": ("onsite", "saas", "x")
    }
    assert up(newer, answers={"delivery_model": ("saas", "cloud")}).answers == {"delivery_model": ("saas",)}
    assert up(newer, answers={"delivery_model": ()}).answers == {"delivery_model": ()}
    assert up(newer, answers={"role": "cloud"}).answers == {"role": "cloud"}


def renaming(knowledge: Knowledge, names: dict[str, str]) -> Knowledge:
    return replace(knowledge, version="9", changes=(VersionChange("1", ""), VersionChange("9", "", (), names)))


def test_names_that_change_places_do_so_at_once(knowledge: Knowledge) -> None:
    both = renaming(knowledge, {"role.a": "role.b", "role.b": "role.a"})
    assert up(both, "1", answers={"role": "a"}).answers == {"role": "b"}
    assert up(both, "1", answers={"role": "b"}).answers == {"role": "a"}


def test_an_option_that_moves_to_another_question_replaces_nothing(knowledge: Knowledge) -> None:
    moved = renaming(knowledge, {"old.payroll": "customer_types.organizations", "old.us": "role.provide"})
    profile = up(moved, "1", answers={"old": ("payroll", "us")})
    assert profile.answers == {"customer_types": ("organizations",), "role": "provide"}
    assert profile.begun == {"customer_types"}  # of the others there nothing is known
    profile = up(moved, "1", answers={"old": ("payroll", "us", "x"), "role": "obtain", "customer_types": ("y",)})
    assert profile.answers == {"old": ("x",), "role": "obtain", "customer_types": ("y", "organizations")}
    assert (profile.confirm, profile.begun) == ({"role"}, frozenset())


def test_a_question_that_is_renamed_keeps_all_that_was_said(newer: Knowledge) -> None:
    marked = frozenset({"model"})
    profile = up(newer, answers={"model": ("x",)}, notes={"model": "n"}, begun=marked, not_sure=marked, confirm=marked)
    assert (profile.answers, profile.notes) == ({"delivery_model": ("x",)}, {"delivery_model": "n"})
    assert profile.begun == profile.not_sure == profile.confirm == {"delivery_model"}
    both = up(newer, answers={"model": ("x",), "delivery_model": ("y",)})
    assert both.answers == {"model": ("x",), "delivery_model": ("y",)}  # neither is dropped


def test_what_became_of_the_result_is_one_sentence(newer: Knowledge) -> None:
    decider, (profile, _) = Decider(newer), brought_up(newer, OLD)
    sentence = since_saved(newer, OLD, profile, decider.advise(profile))
    role = newer.questions["role"].short
    assert (
        sentence == f'When this was saved the result was "neither yet"; now it is "open": confirm this answer: {role}.'
    )
    confirmed = profile.confirmed("role")
    assert since_saved(newer, OLD, confirmed, decider.advise(confirmed)) == ""
    quiet = replace(OLD, result="open")
    assert since_saved(newer, quiet, profile, decider.advise(profile)).endswith(f"confirm this answer: {role}.")
    assert since_saved(newer, Profile(), Profile(), decider.advise(Profile())) == ""


# ---------------------------------------------------------------- where it is applied


@pytest.fixture
def places(tmp_path: Path, store: Store) -> tuple[str, ...]:
    """A folder with the old profile, and a newer knowledge, as options of the command line."""
    data = tmp_path / "data"
    data.mkdir()
    for file in files("socui.data").iterdir():
        if file.name.endswith(".toml"):
            shutil.copy(str(file), data)
    with (data / "history.toml").open("a", encoding="utf-8") as history:
        history.write(NEWER)
    store.create(OLD)
    store.create(replace(OLD, name="Newer", knowledge="2028.1"))
    return ("--data", str(data), "--profiles", str(store.root))


def run(capfd: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    return capfd.readouterr().out


def test_show_says_it_and_set_confirms_it(
    places: tuple[str, ...], store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    before = store.open("Payroll")
    shown = run(capfd, *places, "show", "Payroll")
    assert 'Changed:      When this was saved the result was "neither yet"; now it is "open"' in shown
    assert "(to be confirmed)" in shown and "SaaS" in shown
    assert store.open("Payroll") == before  # looking at it saves nothing
    run(capfd, *places, "set", "Payroll", "request_detail=?")
    profile = store.open("Payroll").profile
    assert (profile.knowledge, profile.confirm, profile.result) == ("2027.1", {"role"}, "open")
    run(capfd, *places, "set", "Payroll", "role=obtain")
    profile = store.open("Payroll").profile
    assert (profile.confirm, profile.result) == (frozenset(), "neither")
    assert profile.answers == {"role": "obtain", "delivery_model": ("saas",)}
    assert "Changed:" not in run(capfd, *places, "show", "Payroll")


def test_a_newer_knowledge_than_this_is_left_alone(
    places: tuple[str, ...], store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "Changed:" not in run(capfd, *places, "show", "Newer")
    run(capfd, *places, "set", "Newer", "request_detail=?")
    profile = store.open("Newer").profile
    assert (profile.knowledge, profile.answers, profile.confirm) == ("2028.1", OLD.answers, frozenset())


def test_report_and_compare_see_what_show_sees(places: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    report = json.loads(run(capfd, *places, "report", "Payroll", "--format", "json"))
    assert (report["headline"]["result"], report["headline"]["settled"]) == ("open", False)
    differ = json.loads(run(capfd, *places, "compare", "Payroll", "Newer", "--json"))
    assert {d["question"]: d["one"] for d in differ["answers"]} == {
        "role": {"options": ["obtain"], "confirm": True},
        "delivery_model": {"options": ["saas"]},
    }


def test_ask_asks_it_again(
    places: tuple[str, ...], store: Store, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (store.root.parent / "typed").write_text("2\nq\n")
    with (store.root.parent / "typed").open() as typed:
        monkeypatch.setattr("sys.stdin", typed)
        output = run(capfd, *places, "ask", "Payroll")
    assert "confirm this answer" in output and "Answered before, to be confirmed" in output
    profile = store.open("Payroll").profile
    assert (profile.knowledge, profile.confirm, profile.result) == ("2027.1", frozenset(), "neither")


async def test_the_app_says_it_asks_it_and_saves_it_with_the_next_save(newer: Knowledge, store: Store) -> None:
    opened = store.create(OLD)
    app = SocuiApp(store, Decider(newer), opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert 'the result was "neither yet"; now it is "open"' in toasts(app)
        assert app.workspace.state.advice.states["role"].state == "confirm"
        app.workspace.session.write()
        assert store.open(opened.path) == opened  # nothing was said: nothing is saved
        app.workspace.sheet("questions").point(("keep", "role"))
        await pilot.press("enter")
        assert app.workspace.state.advice.result == "neither"
        app.workspace.session.write()
        profile = store.open(opened.path).profile
        assert (profile.knowledge, profile.confirm, profile.result) == ("2027.10", frozenset(), "neither")
        assert profile.answers == {"role": "obtain", "delivery_model": ("saas",)}


async def test_a_profile_opened_from_the_list_is_brought_up_too(newer: Knowledge, store: Store) -> None:
    store.create(OLD)
    app = SocuiApp(store, Decider(newer))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, Library)
        await pilot.press("g", "enter")
        await pilot.pause()
        assert app.workspace.session.profile.confirm == {"role"}
        assert "now it is" in toasts(app)


def test_what_a_newer_knowledge_wrote_keeps_its_version(newer: Knowledge, store: Store) -> None:
    opened = store.create(replace(OLD, knowledge="2028.1"))
    session = Session(store, newer, opened.profile, opened)
    session.change(session.profile.with_not_sure("request_detail"))
    session.write()
    profile = store.open(opened.path).profile
    assert (profile.knowledge, profile.confirm, profile.answers) == ("2028.1", frozenset(), OLD.answers)
    assert profile.not_sure == {"request_detail"}


def test_a_draft_knows_its_knowledge_and_its_result(newer: Knowledge, store: Store) -> None:
    session = Session(store, newer, Profile())
    session.change(session.profile.with_answer("role", "obtain"))
    session.result = "neither"
    session.write()
    assert session.draft is not None
    assert b'knowledge = "2027.10"' in session.draft.read_bytes()
    assert b'result = "neither"' in session.draft.read_bytes()
