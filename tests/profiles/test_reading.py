"""Profiles read where they lie, and questions by their ids: real processes, and files that stay as they were."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import forked
import pytest
from seen import settled, toasts
from terminal import Terminal

from socui.app import SocuiApp
from socui.cli.questions import nearest
from socui.knowledge.model import Knowledge
from socui.profiles.examples import examples
from socui.profiles.profile import Profile, as_new
from socui.profiles.profile_toml import to_bytes
from socui.profiles.read_only import OTHER_FOLDER, open_anywhere
from socui.profiles.store import Store

Make = Callable[..., SocuiApp]


def socui(home: Path, *args: str, where: Path | None = None) -> subprocess.CompletedProcess[str]:
    """socui in a home of its own, without a terminal."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SOCUI_", "XDG_"))}
    done = forked.text(forked.socui(*args, folder=where or home, env={**env, "HOME": str(home)}))
    assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) <= 1
    return done


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A profile's file outside the folder of profiles, in a folder of its own."""
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "elsewhere" / "payments.toml"
    path.write_bytes(to_bytes(examples()["fintech-payments"]))
    return path


# ---------------------------------------------------------------- a file of another folder


def test_a_file_of_another_folder_is_reported_shown_and_compared(tmp_path: Path, outside: Path) -> None:
    before = outside.read_bytes(), outside.stat().st_mtime_ns
    profile, here = examples()["fintech-payments"], outside.parent
    for ref in (str(outside), "payments.toml", "./payments.toml", "../elsewhere/payments.toml"):
        for verb in (["show", ref], ["report", ref], ["report", "--for-auditors", ref]):
            done = socui(tmp_path, *verb, where=here)
            assert (done.returncode, done.stderr) == (0, ""), ref
            assert profile.organization in done.stdout or profile.name in done.stdout, ref
    same = socui(tmp_path, "compare", str(outside), "payments.toml", where=here)
    assert same.returncode == 0 and "Answers that differ: none" in same.stdout
    assert (outside.read_bytes(), outside.stat().st_mtime_ns) == before
    assert {p.name for p in here.iterdir()} == {outside.name} and not (tmp_path / ".config").exists()


def test_a_profile_of_the_folder_comes_first(store: Store, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = store.create(Profile(name="payments.toml"))
    monkeypatch.chdir(outside.parent)
    assert open_anywhere(store, "payments.toml").path == mine.path
    opened = open_anywhere(store, "./payments.toml")
    assert (opened.read_only, opened.profile.answers) == (OTHER_FOLDER, examples()["fintech-payments"].answers)
    assert open_anywhere(store, str(mine.path)).read_only == ""


@pytest.mark.parametrize(
    "args",
    [
        ["set", "role=provide"],
        ["rename", "Other"],
        ["delete"],
        ["duplicate"],
        ["restore", "--previous"],
        ["export", "-o", "out.toml"],
    ],
)
def test_nothing_writes_to_it(tmp_path: Path, outside: Path, args: list[str]) -> None:
    before = outside.read_bytes()
    done = socui(tmp_path, args[0], str(outside), *args[1:])
    assert done.returncode == 2
    assert f"is outside the folder of profiles: socui import {outside} adds it first" in done.stderr
    assert outside.read_bytes() == before and not (tmp_path / "out.toml").exists()


def test_what_is_no_profile_is_said_in_one_line(tmp_path: Path, outside: Path) -> None:
    folder = outside.parent
    (folder / "bad.toml").write_text("x = [\n")
    (folder / "other.toml").write_text("x = 1\n")
    (folder / "empty.toml").write_text("")
    os.mkfifo(folder / "pipe.toml")
    for name, why in {
        "bad.toml": "line ",
        "other.toml": "not a socui profile",
        "empty.toml": "empty",
        "pipe.toml": "not a regular file",
        "none.toml": "No such file",
        "": "not a regular file",
    }.items():
        done = socui(tmp_path, "report", f"{folder}/{name}")
        assert (done.returncode, done.stdout) == (2, "")
        assert why in done.stderr and "name a" in done.stderr, (name, done.stderr)
    assert "no profile is called none.toml" in socui(tmp_path, "report", "none.toml").stderr


def test_opened_on_the_screen_it_is_a_copy_that_is_never_written_to(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "config" / "socui").mkdir(parents=True)
    (tmp_path / "config" / "socui" / "state.toml").write_text("welcomed = true\n")
    before = outside.read_bytes(), outside.stat().st_mtime_ns
    t = Terminal(str(outside), env={"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")})
    t.wait_for("A copy of")
    assert "Example Payments" in t.text
    t.type("1")
    t.wait_for("draft, kept automatically")
    t.type("ctrl+q")
    assert t.wait() == 0 and t.restored()
    assert (outside.read_bytes(), outside.stat().st_mtime_ns) == before
    assert {p.name for p in outside.parent.iterdir()} == {outside.name}
    assert not (tmp_path / "config" / "socui" / "profiles").exists()
    assert len([*(tmp_path / "config" / "socui" / "drafts").glob("*.toml")]) == 1


async def test_the_place_of_it_is_told_as_text(make_app: Make) -> None:
    app = make_app(example=as_new(examples()["early-saas"]))
    app.notice_at_start = "A copy of /x/[/]y.toml"
    async with app.run_test(size=(100, 30)) as pilot:
        app._settled()
        await settled(pilot)
        assert app.notice_at_start in toasts(app) and not any(notice.markup for notice in app._notifications)


# ---------------------------------------------------------------- questions by their ids


def test_questions_are_listed_with_what_set_takes(tmp_path: Path, knowledge: Knowledge) -> None:
    done = socui(tmp_path, "questions")
    assert (done.returncode, done.stderr) == (0, "")
    blocks = done.stdout.strip().split("\n\n")
    assert [block.partition(":")[0] for block in blocks] == [*knowledge.questions]
    data = json.loads(socui(tmp_path, "questions", "--json").stdout)
    assert socui(tmp_path, "new", "Acme").returncode == 0
    for block, made, question in zip(blocks, data, knowledge.questions.values(), strict=True):
        offered = [line.split()[0] for line in block.splitlines()[1:]]
        assert offered == [o.id for o in question.options] + ["none"] * question.several + ["?"]
        assert [o["id"] for o in made["options"]] == [o.id for o in question.options]
        assert (made["id"], made["ask"], made["several"]) == (question.id, question.ask, question.several)
    answers = [f"{b.partition(':')[0]}={b.splitlines()[i].split()[0]}" for b in blocks for i in (1, -1, -2)]
    assert socui(tmp_path, "set", "Acme", *answers).returncode == 0
    one = socui(tmp_path, "questions", "financial_link").stdout.splitlines()
    assert {*one} > {*blocks[[*knowledge.questions].index("financial_link")].splitlines()}, "with its help"


def test_an_unknown_question_says_the_nearest_and_where_all_are(tmp_path: Path, knowledge: Knowledge) -> None:
    socui(tmp_path, "new", "Acme")
    for args in (["set", "Acme", "financial_lnk=posts"], ["questions", "financial_lnk"]):
        done = socui(tmp_path, *args)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith("'financial_lnk': Did you mean financial_link? socui questions lists them\n")
    done = socui(tmp_path, "set", "Acme", "badquestion=x")
    assert done.returncode == 2 and done.stderr.endswith("'badquestion': socui questions lists them\n")
    done = socui(tmp_path, "set", "Acme", "financial_link=poss")
    assert "Did you mean posts? socui questions financial_link lists them" in done.stderr
    assert nearest(knowledge, "payroll") == "financial_activities", "by the words of its answers"
    assert nearest(knowledge, "zz") == nearest(knowledge, "") == ""
