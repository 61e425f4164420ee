"""The command line as people use it: processes, what they print, and what they leave behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import forked
import pytest
from base import KNOWLEDGE

from socui.cli.main import main
from socui.cli.parser import with_verb
from socui.cli.verbs import VERBS
from socui.profiles.profile_toml import from_bytes

SINGLE = next(q for q in KNOWLEDGE.questions.values() if not q.several)
SEVERAL = next(q for q in KNOWLEDGE.questions.values() if q.several and sum(not o.alone for o in q.options) > 1)
ONE, TWO = SINGLE.options[0], SINGLE.options[1]
BOTH = [option for option in SEVERAL.options if not option.alone][:2]

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def environment(home: Path, **more: str) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SOCUI_", "XDG_", "LC_", "PYTHON"))}
    return {**env, "HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **more}


@pytest.fixture
def socui(tmp_path: Path) -> Run:
    """Run socui with a fresh home; nothing may ever end in a traceback, and errors are one line."""
    (tmp_path / "home").mkdir()
    (tmp_path / "here").mkdir()

    def run(
        *arguments: object, env: dict[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        done: subprocess.CompletedProcess[bytes]
        if env is None and options.keys() <= {"input"} and not any(isinstance(a, bytes) for a in arguments):
            home, typed = environment(tmp_path / "home"), options.get("input", b"")
            assert isinstance(typed, bytes)
            done = forked.socui(*map(str, arguments), typed=typed, folder=tmp_path / "here", env=home)
        else:
            done = start(*arguments, env=env, **options)
        if done.stderr is not None:
            assert b"Traceback" not in done.stderr, done.stderr.decode()
            assert b"Exception ignored" not in done.stderr
            if done.returncode:
                assert done.stderr.count(b"\n") <= 1
                assert done.stderr.startswith(b"socui: ") or not done.stderr
        assert list((tmp_path / "here").iterdir()) == []  # nothing is ever written to the current directory
        return done

    def start(*arguments: object, env: dict[str, str] | None, **options: object) -> subprocess.CompletedProcess[bytes]:
        """Start Python for it: where the environment, the kinds of input and output or bytes of a name are tested."""
        return subprocess.run(
            [sys.executable, "-m", "socui", *(a if isinstance(a, bytes) else str(a) for a in arguments)],
            env=environment(tmp_path / "home", **(env or {})),
            cwd=tmp_path / "here",
            check=False,
            **{
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                **({} if "input" in options else {"stdin": subprocess.DEVNULL}),
                **options,
            },  # type: ignore[call-overload]
        )

    return run


def here(*arguments: str) -> int:
    """The same within this process, where a process of its own shows nothing more."""
    return main(arguments)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "profiles")


def only_file(folder: str) -> Path:
    (path,) = Path(folder).glob("*.toml")
    return path


def test_the_life_of_a_profile(socui: Run, tmp_path: Path) -> None:
    def ok(*arguments: object) -> str:
        done = socui(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    assert ok("list") == ""
    ok("new", "Acme Payroll", f"{SINGLE.id}={ONE.id}", "--service", "Payroll", "--note", f"{SINGLE.id}=said so")
    ok("set", "acme payroll", f"{SINGLE.id}={TWO.id}", f"{SEVERAL.id}={BOTH[0].id},{BOTH[1].id}")
    shown = ok("show", "Acme Payroll")
    assert f"{SINGLE.short}: {TWO.short}\n" in shown
    assert f"{SEVERAL.short}: {BOTH[0].short}, {BOTH[1].short}\n" in shown
    assert f"{SINGLE.short}: said so\n" in shown
    assert "Your organization " in shown and "Next: 1. " in shown, "the answer card"
    folder = tmp_path / "home" / ".config" / "socui" / "profiles"
    assert ok("export", "Acme Payroll") == only_file(str(folder)).read_text()
    ok("duplicate", "Acme Payroll")
    ok("rename", "Acme Payroll copy", "Beta")
    assert [row["name"] for row in json.loads(ok("list", "--json"))] == ["Acme Payroll", "Beta"]
    ok("delete", "Beta")
    assert "Beta" not in ok("list")
    ok("restore", "Beta")
    assert "Beta" in ok("list")
    assert str(folder) in ok("paths")
    assert f"config     {folder.parent / 'config.toml'}\n" in ok("paths")
    assert f"state      {folder.parent / 'state.toml'}\n" in ok("paths")


def test_answers(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    def said(*answers: str) -> tuple[dict[str, object], set[str]]:
        assert here("set", "--profiles", folder, "A", *answers) == 0
        profile = from_bytes(only_file(folder).read_bytes()).profile
        assert (profile.knowledge, profile.result != "") == (KNOWLEDGE.version, True)
        return dict(profile.answers), set(profile.not_sure)

    assert here("new", "--profiles", folder, "A") == 0
    one, several, first = SINGLE.id, SEVERAL.id, BOTH[0].id
    assert said(f"{one}={ONE.id}", f"{several}={first}") == ({one: ONE.id, several: (first,)}, set())
    assert said(f"{several}=none") == ({one: ONE.id, several: ()}, set())
    assert said(f"{several}={first}", f"{several}=?", f"{one}=?") == ({}, {one, several})
    assert said(f"{several}={first}") == ({several: (first,)}, {one})
    assert said(f"{several}=", f"{one}=") == ({}, set())
    assert here("--profiles", folder, "set", "A", "--date", "needed_by=2027-03-01", f"{one}={ONE.id}") == 0
    before = only_file(folder).read_bytes()
    capfd.readouterr()
    refused = {
        f"{one}x={ONE.id}": f"Did you mean {one}",
        f"{one}={ONE.id}x": f"Did you mean {ONE.id}",
        f"{one}={ONE.id},{TWO.id}": "takes one answer",
        f"{several}=nonsense": "no answer 'nonsense'",
        f"{one}": "write it as QUESTION=ANSWER",
        "\x1b]0;x\x07=1": "␛]0;x␇",
    }
    for answer, expected in refused.items():
        assert here("--profiles", folder, "set", "A", f"{several}={first}", answer) == 2
        error = capfd.readouterr().err
        assert expected in error
        assert error.count("\n") == 1
    for option in (["--date", "needed_by=soon"], ["--date", "needed=2027-01-01"], ["--note", "x=y"], []):
        assert here("--profiles", folder, "set", "A", *option) == 2
    assert only_file(folder).read_bytes() == before  # all of it or nothing
    alone = [(q, o) for q in KNOWLEDGE.questions.values() if q.several for o in q.options if o.alone]
    for question, only in alone[:1]:
        other = next(o for o in question.options if o is not only)
        assert here("--profiles", folder, "set", "A", f"{question.id}={only.id},{other.id}") == 2
        assert "stands alone" in capfd.readouterr().err


def test_a_set_writes_what_changed_and_the_same_again_nothing(folder: str) -> None:
    here("new", "--profiles", folder, "A", f"{SINGLE.id}={ONE.id}")
    path = only_file(folder)
    text = path.read_text().replace("\n[answers]\n", 'future = 1\n\n[answers]\nno_such = "x"\nodd = 5\n')
    path.write_text(text)
    assert here("--profiles", folder, "set", "A", f"{SINGLE.id}={TWO.id}") == 0
    lines = dict(
        line for line in zip(text.splitlines(), path.read_text().splitlines(), strict=True) if line[0] != line[1]
    )
    assert {line.split(" = ")[0] for line in lines} - {"updated", "result"} == {SINGLE.id}
    before = path.stat()
    assert here("--profiles", folder, "set", "A", f"{SINGLE.id}={TWO.id}") == 0
    assert path.stat() == before


def test_the_arguments(socui: Run) -> None:
    names = [verb.name for verb in VERBS]
    assert len(set(names)) == len(names)
    assert with_verb(["Acme"]) == ["open", "Acme"]
    assert with_verb(["--profiles", "list", "Acme"]) == ["--profiles", "list", "open", "Acme"]
    assert with_verb(["--data=x", "show", "A"]) == ["--data=x", "show", "A"]
    assert with_verb(["--", "list"]) == ["open", "--", "list"]
    assert with_verb([]) == with_verb(["--"]) == []
    assert with_verb(["--example", "acme"]) == ["--example", "acme"]
    version = socui("--version")
    assert (version.returncode, version.stderr) == (0, b"")
    assert version.stdout.startswith(b"socui ")
    for verb in names:
        assert here(verb, "--help") == 0
    for wrong in (
        ["--nonsense"],
        ["list", "x"],
        ["set"],
        ["rename", "A"],
        ["--prof", "x", "list"],
        ["show", "\x1b[0m"],
    ):
        assert socui(*wrong).returncode == 2


def test_version_and_help_read_nothing_and_import_no_screen() -> None:
    code = """
import sys
from socui.cli.main import main
main([sys.argv[1]])
print(sorted({m.split(".")[0] for m in sys.modules} & {"textual", "rich", "tomli", "platformdirs", "typing", "json"}))
"""
    places = [os.environ["PYTHONPATH"], *sys.path]
    for option in ("--version", "--help"):
        run = subprocess.run([sys.executable, "-SIc", f"import sys; sys.path[:0] = {places!r}" + code, option],
                             capture_output=True, text=True, check=True)  # fmt: skip
        assert run.stdout.endswith("[]\n")


def test_an_unknown_name_says_the_nearest(socui: Run, folder: str) -> None:
    here("new", "--profiles", folder, "Acme Payroll")
    for words in (["show", "Acme Pay"], ["Acme Pay"], ["open", "Acme Pay"]):
        done = socui("--profiles", folder, *words)
        assert (done.returncode, b"nearest: Acme Payroll" in done.stderr) == (2, True)
    assert b"socui list" in socui("--profiles", folder, "lst").stderr


def test_without_a_terminal_the_app_says_so_and_asks_line_by_line(socui: Run, folder: str) -> None:
    done = socui("--profiles", folder, input=b"1\nq\nPiped\n")
    assert (done.returncode, done.stderr) == (0, b"")
    first, *rest = done.stdout.decode().splitlines()
    assert first.startswith("No full screen: standard input is not a terminal. Plain prompts follow")
    assert any(line.startswith("Saved as Piped") for line in rest)
    again = socui("--profiles", folder, "Piped", input=b"q\n")
    assert again.returncode == 0 and b"Nothing was answered" in again.stdout
    example = socui("--example", "early-saas")
    assert (example.returncode, example.stdout) == (2, b"") and b"socui report --example early-saas" in example.stderr


def test_hostile_files_stop_nothing_and_reach_no_terminal(socui: Run, folder: str) -> None:
    here("new", "--profiles", folder, "A")
    good = only_file(folder)
    (Path(folder) / "git.toml").write_bytes(good.read_bytes() + b"<<<<<<< HEAD\n")
    payload = rb'"\u001b]52;c;aGk=\u0007\u009b31m\u202e\u200b"'
    evil = good.read_bytes().replace(b'"A"', payload).replace(b'organization = ""', b"organization = " + payload)
    (Path(folder) / "evil.toml").write_bytes(evil + b'\n[notes]\n"\\u001b[2J" = "\\u001bc"\n')
    (Path(folder) / "\x1b]0;name\x07.toml").write_bytes(b"")
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.toml"))).write_bytes(b"x")
    os.mkfifo(Path(folder) / "fifo.toml")
    for words in (["list"], ["list", "--json"], ["list", "--long"], ["show", "evil"], ["show", "git"], ["delete", "evil"],
                  ["restore"], ["show", "\x1b[0m"]):  # fmt: skip
        done = socui("--profiles", folder, *words, env={"LC_ALL": "C", "PYTHONUTF8": "0"})
        assert done.returncode == (2 if words in (["show", "git"], ["show", "\x1b[0m"]) else 0)
        text = (done.stdout + done.stderr).decode()
        assert not any(c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u200b") for c in text)
    problems = json.loads(socui("--profiles", folder, "list", "--json").stdout, parse_constant=pytest.fail)
    assert [row["kind"] for row in problems].count("unreadable") == 3
    assert any("git conflict, line" in row["problem"] and row["line"] for row in problems)


def test_names_are_utf8_whatever_the_locale_is(socui: Run, folder: str) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert socui("--profiles", folder, "new", "Café 日本".encode(), env=plain).returncode == 0
    assert from_bytes(only_file(folder).read_bytes()).profile.name == "Café 日本"
    assert "Café 日本" in socui("--profiles", folder, "list", env=plain).stdout.decode()
    assert socui("--profiles", folder, "show", "CAFÉ 日本".encode(), env=plain).returncode == 0
    elsewhere = os.fsencode(folder) + b"/\xc3\xa9"
    assert socui("--profiles", elsewhere, "new", "B", env=plain).returncode == 0
    assert socui("--profiles", elsewhere, "list", env=plain).returncode == 0
    assert socui("--profiles", folder, "new", b"\xff", env=plain).returncode == 2


def test_outputs_that_take_nothing(socui: Run, folder: str) -> None:
    here("new", "--profiles", folder, "A")
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        for words in (["list"], ["export", "A"], ["--help"]):
            assert socui("--profiles", folder, *words, stdout=full).returncode == 1
    for words in (["list"], ["export", "A"], ["--help"]):
        reader, writer = os.pipe()
        os.close(reader)
        done = socui("--profiles", folder, *words, stdout=writer)
        os.close(writer)
        assert (done.returncode != 0, done.stderr) == (True, b"")
    for target in (folder, "/dev/full", str(only_file(folder)), f"{folder}/no/where"):
        assert socui("--profiles", folder, "export", "A", "-o", target).returncode == 1
    assert here("--profiles", folder, "export", "A", "-o", f"{folder}/out.txt") == 0
    assert here("--profiles", folder, "export", "A", "-o", f"{folder}/out.txt", "--replace") == 0
    assert Path(folder, "out.txt").read_bytes() == only_file(folder).read_bytes()
    assert Path(folder, "out.txt").stat().st_mode & 0o777 == 0o600


def test_import(socui: Run, folder: str, tmp_path: Path) -> None:
    here("new", "--profiles", folder, "A")
    other = str(tmp_path / "other")
    assert here("--profiles", other, "import", str(only_file(folder))) == 0
    assert only_file(other).read_bytes() == only_file(folder).read_bytes()
    with only_file(folder).open("rb") as source:
        assert socui("--profiles", other, "import", "-", stdin=source).returncode == 0
    assert b"A 2" in socui("--profiles", other, "list").stdout
    for bad in ("/dev/zero", str(tmp_path), "gone", str(Path(__file__))):
        assert socui("--profiles", other, "import", bad).returncode == 2


def test_a_file_lost_in_a_crash(folder: str) -> None:
    here("new", "--profiles", folder, "A", f"{SINGLE.id}={ONE.id}")
    path = only_file(folder)
    first = path.read_bytes()
    here("--profiles", folder, "set", "A", f"{SINGLE.id}={TWO.id}")
    path.write_bytes(b"")
    assert here("--profiles", folder, "set", path.stem, f"{SINGLE.id}={ONE.id}") == 2
    assert path.read_bytes() == b""
    assert here("--profiles", folder, "restore", path.stem, "--previous") == 0
    assert path.read_bytes() == first


def test_a_newer_schema_is_shown_and_not_written(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    here("new", "--profiles", folder, "A")
    path = only_file(folder)
    path.write_bytes(path.read_bytes().replace(b"schema = 2", b"schema = 999"))
    before = path.read_bytes()
    assert here("--profiles", folder, "show", "A") == 0
    for words in (["set", "A", f"{SINGLE.id}={ONE.id}"], ["rename", "A", "B"]):
        capfd.readouterr()
        assert here("--profiles", folder, *words) != 0
        assert "schema 999" in capfd.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["file", "link", "no home"])
def test_a_place_that_is_none(socui: Run, tmp_path: Path, kind: str) -> None:
    home = tmp_path / "home"
    if kind == "file":
        (home / ".config").mkdir()
        (home / ".config" / "socui").write_bytes(b"")
    elif kind == "link":
        (home / ".config").symlink_to(tmp_path / "gone")
    else:
        code = "import os, pwd, sys\ndef none(_): raise KeyError\npwd.getpwuid = none\ndel os.environ['HOME']\n"
        code += "from socui.cli.main import main\nsys.exit(main(['list']))"
        run = subprocess.run([sys.executable, "-c", code], env=environment(home), capture_output=True, check=False)
        assert (run.returncode, run.stderr.count(b"\n")) == (2, 1)
        assert all(word in run.stderr for word in (b"HOME", b"XDG_CONFIG_HOME", b"--profiles"))
        return
    done = socui("list")
    assert (done.returncode, str(home).encode() in done.stderr) == (2, True)
    assert socui("new", "A").returncode == 1
    for relative in ({"XDG_CONFIG_HOME": "r"}, {"XDG_CONFIG_HOME": ""}, {"SOCUI_PROFILES": "r"}):
        socui("list", env=relative)


def test_few_descriptors_are_enough(socui: Run, folder: str) -> None:
    here("new", "--profiles", folder, "A")
    data = only_file(folder).read_bytes()
    for number in range(200):
        Path(folder, f"p{number}.toml").write_bytes(data.replace(b'"A"', b'"P%d"' % number))

    def few() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    done = socui("--profiles", folder, "list", preexec_fn=few)
    assert (done.returncode, done.stdout.count(b"\n")) == (0, 202)


def test_interrupted_it_ends_as_interrupted(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("socui.profiles.store.Store.heads", interrupt)
    assert here("--profiles", folder, "list") == 128 + 2


def test_an_id_can_be_given_and_must_be_free(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    one, two = "0123456789abcdef", "f" * 16
    assert here("--profiles", folder, "new", "A", "--id", one) == 0
    assert here("--profiles", folder, "duplicate", "A", "B", "--id", two) == 0
    assert {path.name for path in Path(folder).glob("*.toml")} == {f"a-{one}.toml", f"b-{two}.toml"}
    for taken in (one, two):
        assert here("--profiles", folder, "duplicate", "A", "C", "--id", taken) == 1
    for wrong in ("../../etc/x", "ABCDEF0123456789", "1", "\x1b[0m"):
        assert here("--profiles", folder, "new", "C", "--id", wrong) == 2
    assert all(line.startswith("socui: ") and "\x1b" not in line for line in capfd.readouterr().err.splitlines())
    assert len(list(Path(folder).iterdir())) == 2


def test_blanks_for_cpa_firms_are_printed_and_filled_in(socui: Run) -> None:
    def ok(*arguments: object) -> str:
        done = socui(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    ok("new", "Acme", f"{SINGLE.id}={ONE.id}")
    blank = ok("engagement", "Acme")
    assert "legal_entity:  (Legal entity: " in blank and len(blank.splitlines()) == len(KNOWLEDGE.fields)
    ok("engagement", "Acme", "legal_entity=Acme Payroll, Inc.\nDelaware", "sites==2+2")
    assert "legal_entity: Acme Payroll, Inc. Delaware\n" in ok("engagement", "Acme")
    assert "sites: =2+2\n" in ok("engagement", "Acme")
    ok("engagement", "Acme", "sites=")
    assert "sites:  (" in ok("engagement", "Acme")
    for wrong in ("nothing", "site=x"):
        done = socui("engagement", "Acme", wrong)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
