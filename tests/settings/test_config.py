"""config.toml and state.toml: read with suspicion, faults in one line, the app opens anyway, nothing is written over."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

import forked
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seen import shown, toasts

from socui.app import SocuiApp
from socui.settings.commands import COMMANDS, TOGETHER, use_keys
from socui.settings.config import CONFIG_LIMIT, Config, parsed, read_config
from socui.settings.keymap import known_key
from socui.settings.remembered import read_state, remember

Make = Callable[..., SocuiApp]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A config folder of somebody who was here before."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "state.toml").write_text("welcomed = true\n")
    return tmp_path / "config"


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    assert read_config(tmp_path) == read_config(None) == Config()
    (tmp_path / "config.toml").write_text("\n# nothing yet\n")
    assert read_config(tmp_path).faults == ()


def test_what_it_says() -> None:
    config = parsed(b'theme = "nord"\nascii = true\n[keys]\nnext = "S"\nkeys = ["?", "ctrl+g"]\nlibrary.new = "+"\n')
    assert config.faults == ()
    assert (config.theme, config.ascii) == ("nord", True)
    assert config.keys == {
        "answer.next": ("S",),
        "details.next": ("S",),
        "vendors.next": ("S",),
        "app.keys": ("question_mark", "ctrl+g"),
        "library.new": ("plus",),
        "form.next": ("S",),
    }


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("theme =", 1, "not TOML"),
        ("\n\nascii = 1", 3, "true or false"),
        ('thema = "nord"', 1, "Did you mean theme?"),
        ("theme = 3", 1, "string"),
        ("keys = 3", 1, "table"),
        ('[keys]\nnxt = "S"', 2, "Did you mean next?"),
        ('[keys]\n\nlibrary.nw = "S"', 3, "Did you mean library.new?"),
        ('[keys]\nnext = "hyper+n"', 2, "no key `hyper+n`"),
        ('[keys]\nnext = "pagedwn"', 2, "Did you mean pagedown?"),
        ('[keys]\nnext = ""', 2, "no key"),
        ("[keys]\nnext = []", 2, "not a key"),
        ("[keys]\nnext = [1]", 2, "not a key"),
        ('[keys]\nnext = "ctrl+i"', 2, "sends tab"),
        ('[keys]\nnumber = ["a", "b"]', 2, "Give nine"),
        ('[keys]\nnext = "p"', 2, "p is the key of `previous`"),
        ('[keys]\nnext = "q"', 2, "q is the key of `quit`"),
        ('[keys]\nnext = "j"', 2, "j is the key of `down`"),
        ('[keys]\nundo = "S"\nnext = "S"', 3, "S is the key of `undo`"),
        # A key in quotes with escapes in it is not found again: the line is that of its table.
        ('[keys]\n"\\u001b[2J" = "S"', 1, "no command"),
    ],
)
def test_a_fault_is_one_line_that_says_where_and_what_to_do(text: str, line: int, word: str) -> None:
    config = parsed(text.encode())
    assert len(config.faults) == 1
    assert config.faults[0].startswith(f"config.toml:{line}: ") and word in config.faults[0]
    assert "\x1b" not in config.faults[0] and "\n" not in config.faults[0]
    assert "answer.next" not in config.keys


def test_a_fault_leaves_the_rest() -> None:
    config = parsed(b'ascii = true\n[keys]\nnext = "p"\nundo = "Z"\n')
    assert (
        config.ascii
        and config.keys
        == {
            "answer.undo": ("Z",),
            "form.undo": ("Z",),
            "details.undo": ("Z",),
            "details.next": ("p",),
        }
        and len(config.faults) == 1
    )


def test_keys_may_be_swapped_and_freed_keys_taken() -> None:
    assert parsed(b'[keys]\nnext = "p"\nprevious = "n"\n').faults == ()
    assert parsed(b'[keys]\nnext = "p"\nprevious = "Q"\n').faults == ()
    # previous cannot go to z, so that it keeps p, so that next cannot have it either
    config = parsed(b'[keys]\nnext = "p"\nprevious = "z"\n')
    assert len(config.faults) == 2 and not [name for name in config.keys if name.startswith("answer.")]


def test_too_large_unreadable_and_binary_are_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"#" * (CONFIG_LIMIT + 1))
    assert "too large" in read_config(tmp_path).faults[0]
    path.write_bytes(b"\xff\xfea\0")
    assert "UTF-16" in read_config(tmp_path).faults[0]
    path.unlink()
    path.mkdir()
    assert "not a regular file" in read_config(tmp_path).faults[0]
    path.rmdir()
    os.mkfifo(path)
    assert "not a regular file" in read_config(tmp_path).faults[0]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"[keys]\n{t}".encode("utf-8", "replace")))
def test_whatever_stands_there_it_is_read_or_told(data: bytes) -> None:
    config = parsed(data)
    assert all("\n" not in fault and fault.startswith("config.toml") for fault in config.faults)


KEYS = st.sampled_from([*"abcnpuxqzsor/?:G", "enter", "tab"])


@given(st.dictionaries(st.sampled_from([c.name for c in COMMANDS]), KEYS))
def test_no_choice_makes_a_key_mean_two_things(choices: dict[str, str]) -> None:
    text = "[keys]\n" + "".join(f'"{name}" = "{key}"\n' for name, key in choices.items() if "number" not in name)
    config = parsed(text.encode())
    for groups in TOGETHER:
        seen: dict[str, str] = {}
        for command in COMMANDS:
            if command.group in groups and command.name != "library.open":
                for key in config.keys.get(command.name, command.keys):
                    assert seen.setdefault(key, command.name) == command.name, key
    wanted = {name for name in choices if "number" not in name}
    assert len(config.keys) + len(config.faults) == len(wanted)


def test_keys_are_named_as_textual_names_them() -> None:
    from textual.keys import _character_to_key

    for character in map(chr, range(33, 127)):
        assert known_key(character) == _character_to_key(character), character
    assert known_key("é") == _character_to_key("é") and known_key("§") == _character_to_key("§")
    assert known_key("ctrl++") == "ctrl+plus" and known_key("Ctrl+X") == "ctrl+x" and known_key("PageUp") == "pageup"
    assert known_key("shift+a") == "A" and known_key("shift+F3") == "shift+f3"
    for nonsense in ("", " ", "aa", "ctrl", "ctrl+", "ctrl+ctrl+a", "meta+x", "\x1b", "\u202e", "shift+?"):
        assert known_key(nonsense) == "", nonsense


async def test_chosen_keys_work_and_are_shown_and_the_old_ones_do_not(make_app: Make, folder: Path) -> None:
    (folder / "config.toml").write_text(
        '[keys]\nnext = "p"\nprevious = ["n", "S"]\nkeys = "Z"\nsave = "v"\nquit = "ctrl+x"\n'
    )
    app = make_app(config=folder)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        assert "p next" in shown(app) and "v save" in shown(app) and "^x quit" in shown(app) and "Z help" in shown(app)
        assert toasts(app) == ""
        await pilot.press("1")
        assert "draft, kept automatically" in shown(app)
        first = app.workspace.state.current
        await pilot.press("p")
        second = app.workspace.state.current
        assert second != first
        await pilot.press("n")
        before = app.workspace.state.current
        await pilot.press("p")
        assert app.workspace.state.current == second != before
        await pilot.press("S")
        assert app.workspace.state.current == before
        await pilot.press("s", "question_mark", "f1", "q")
        assert app.screen is app.workspace and app.return_code is None
        await pilot.press("Z")
        await pilot.pause()
        assert app.screen is not app.workspace and "n S" in shown(app)
        await pilot.press("Z")
        await pilot.pause()
        assert app.screen is app.workspace
        await pilot.press("ctrl+x")
    assert app.return_code == 0


async def test_numbers_may_be_other_keys(make_app: Make, folder: Path) -> None:
    (folder / "config.toml").write_text("[keys]\nnumber = ['&', 'é', '\"', \"'\", '(', '-', 'è', '_', 'ç']\n")
    app = make_app(config=folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("è")
        assert "2 ○" not in shown(app) and "é ○ " in shown(app)
        await pilot.press("é")
        assert app.workspace.session.profile.answers == {"role": "obtain"}
        await pilot.press("1")
        assert app.workspace.session.profile.answers == {"role": "obtain"}


async def test_ctrl_c_can_be_copy(make_app: Make, folder: Path) -> None:
    (folder / "config.toml").write_text('[keys]\nnote = "ctrl+c"\n')
    app = make_app(config=folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.screen is not app.workspace


async def test_the_app_opens_over_any_fault_and_says_it(make_app: Make, folder: Path) -> None:
    (folder / "config.toml").write_text('theme = "nrd"\n[keys]\nnext = "p"\n')
    app = make_app(config=folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        app._settled()
        await pilot.pause()
        assert "config.toml:1: [theme] there is no theme `nrd`. Did you mean nord?" in toasts(app)
        assert "config.toml:3: " in toasts(app)
        assert app.theme == "socui-dark"
        await pilot.press("n")
        assert app.workspace.state.current != "role"
    use_keys({})


async def test_ascii_by_config_and_against_it(make_app: Make, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "config.toml").write_text("ascii = true\n")
    assert make_app(config=folder).appearance.ascii
    monkeypatch.setenv("SOCUI_ASCII", "0")
    assert not make_app(config=folder).appearance.ascii


@pytest.mark.parametrize("name", ["SOCUI_THEME", "TEXTUAL_THEME"])
async def test_a_bad_theme_name_falls_back_and_is_told(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "dracla\x1b[2J")
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("7")
        app._settled()
        await pilot.pause()
        assert app.theme == "socui-dark"
        assert f"{name}: there is no theme" in toasts(app) and "\x1b" not in toasts(app)


async def test_a_chosen_theme_is_remembered_until_config_says_another(make_app: Make, folder: Path) -> None:
    (folder / "config.toml").write_text('# mine\ntheme = "nord"\n')
    app = make_app(config=folder)
    async with app.run_test() as pilot:
        await pilot.press("7")
        assert app.theme == "nord"
        await pilot.press("T", *"gruvbox", "enter")
        await app.workers.wait_for_complete()
        assert app.theme == "gruvbox"
    assert make_app(config=folder).theme == "gruvbox"
    assert (folder / "config.toml").read_text() == '# mine\ntheme = "nord"\n'
    (folder / "config.toml").write_text('theme = "dracula"\n')
    assert make_app(config=folder).theme == "dracula"


async def test_the_theme_of_the_environment_is_not_remembered(
    make_app: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCUI_THEME", "nord")
    app = make_app(config=folder)
    async with app.run_test() as pilot:
        await pilot.press("7")
        await pilot.pause()
        await app.workers.wait_for_complete()
    assert tomllib.loads((folder / "state.toml").read_text()) == {"welcomed": True}


def test_state_keeps_what_it_does_not_know_and_is_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "config"
    assert remember(folder, theme="nord") == ""
    path = folder / "state.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text('theme = "nord"\nlater = [1, 2]\n')
    assert remember(folder, welcomed=True) == ""
    assert tomllib.loads(path.read_text()) == {"theme": "nord", "later": [1, 2], "welcomed": True}
    assert read_state(folder).theme == "nord" and read_state(folder).welcomed
    assert list(folder.iterdir()) == [path]


def test_a_state_that_cannot_be_read_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "state.toml"
    path.write_text("theme = [")
    assert "state.toml" in read_state(tmp_path).problem
    assert "state.toml" in remember(tmp_path, theme="nord")
    assert path.read_text() == "theme = ["
    path.write_text("theme = 3\nwelcomed = 1\n")
    assert read_state(tmp_path).theme == "" and not read_state(tmp_path).welcomed


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    assert "not a folder" in remember(tmp_path / "config", theme="nord")


def test_many_faults_are_told_in_the_lines_that_there_are(tmp_path: Path) -> None:
    """The app tells some and where all of them are; `socui paths` tells each."""
    three = parsed(b"ascii = 1\nx = 2\ny = 3\n")
    assert three.told == three.faults and len(three.faults) == 3
    text = b"ascii = 1\nx = 2\ny = 3\nz = 4\n"
    four = parsed(text)
    assert four.told == (*four.faults[:2], "config.toml: 2 more faults: socui paths tells all")
    (tmp_path / "socui").mkdir()
    (tmp_path / "socui" / "config.toml").write_bytes(text)
    done = forked.socui("paths", env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path)})
    assert done.returncode == 0 and done.stderr.decode().splitlines() == [f"socui: {fault}" for fault in four.faults]
