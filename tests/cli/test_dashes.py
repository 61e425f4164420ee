"""A value that begins with a dash is taken for what it is, and an option whose value is missing says how to write one."""

from __future__ import annotations

from pathlib import Path

import pytest

from socui.cli.main import main
from socui.profiles.store import Store

VALUES = ("-1/2", "-", "--", "-x=1", "--y", "-organization")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "socui" / "profiles"


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("joined", [False, True])
def test_values_that_begin_with_a_dash(folder: Path, value: str, joined: bool) -> None:
    def option(name: str, text: str) -> list[str]:
        return [f"{name}={text}"] if joined else [name, text]

    words = [*option("--organization", value), *option("--service", value), *option("--note", f"role={value}")]
    status = main(["new", "Acme", *words])
    if value == "--":
        assert status == 2, "two dashes alone end the options"
        return
    assert status == 0
    profile = Store(folder).open("Acme").profile
    assert (profile.organization, profile.service, profile.notes["role"]) == (value, value, value)


@pytest.mark.usefixtures("folder")
def test_a_file_and_a_date_that_begin_with_a_dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "Acme"]) == 0
    assert main(["report", "Acme", "-o", "-x.md"]) == 0
    assert (tmp_path / "-x.md").read_text("utf-8").startswith("# ")
    assert main(["set", "Acme", "--date", "-1"]) == 2


@pytest.mark.parametrize(
    "words", [["--organization"], ["--organization", "--service", "x"], ["role=provide", "--note"]]
)
def test_a_missing_value_is_said_with_what_to_write(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["new", "Acme", *words]) == 2
    assert not folder.exists()
    err = capsys.readouterr().err
    assert "expected one argument; one that is spelt like an option: --" in err and err.count("\n") == 1
