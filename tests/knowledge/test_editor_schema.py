"""The format of the data files for editors: it fits the files, and has just the keys that the reader asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator
from msgspec.structs import fields

from socui.asking.reading.phrases import load_phrases
from socui.cli.main import main
from socui.data import FOLDER
from socui.deciding.case_results import case_failures
from socui.deciding.decide import Decider
from socui.knowledge.editor_schema import FORMAT, TEXTS, schema
from socui.knowledge.file_format import OptionEntry, ValueEntry
from socui.knowledge.load import FILES, load_knowledge
from socui.knowledge.synonyms import load_synonyms
from socui.knowledge.toml_tables import Table
from socui.profiles.cases import worked_cases

NESTED = {("question", "option"): OptionEntry, ("result", "value"): ValueEntry}


@pytest.mark.parametrize("name", FORMAT)
def test_a_schema_fits_its_file(name: str) -> None:
    described = schema(name)
    Draft202012Validator.check_schema(described)
    data = tomli.loads((FOLDER / name).read_text("utf-8"))
    assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(described).iter_errors(data)] == []
    table = next(iter(FORMAT[name]))
    entry = {**data[table][0], "idd": "x"} if table in data else {"idd": "x"}
    wrong = {table: [entry]}
    assert any("'idd' was unexpected" in e.message for e in Draft202012Validator(described).iter_errors(wrong))


def test_every_file_that_is_read_is_described() -> None:
    assert FORMAT.keys() == {*FILES, "cases.toml", "phrases.toml", "synonyms.toml"}


def test_the_keys_are_those_that_the_reader_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is added to the one and not to the other is found here."""
    asked: dict[tuple[str, ...], set[str]] = {}
    close = Table.close

    def closed(self: Table) -> None:
        kinds = tuple(part for part in self._place if isinstance(part, str))
        if self._place and isinstance(self._place[-1], int):
            asked.setdefault((self._file, *kinds), set()).update(self._asked)
        close(self)

    monkeypatch.setattr(Table, "close", closed)
    load_knowledge()
    worked_cases()
    load_phrases.__wrapped__()
    load_synonyms.__wrapped__()
    for name, tables in FORMAT.items():
        for kind, entry in tables.items():
            if (name, kind) in asked:
                assert asked[name, kind] == {field.encode_name for field in fields(entry)}, (name, kind)
    described = {(name, kind) for name, tables in FORMAT.items() for kind in tables}
    read = {(place[0], place[1]) for place in asked if len(place) == 2}
    assert read <= described
    for (kind, inner), entry in NESTED.items():
        keys = next(keys_there for place, keys_there in asked.items() if place[1:] == (kind, inner))
        assert keys == {field.encode_name for field in fields(entry)}
    assert set(TEXTS) == {n for n in FORMAT if "texts" in tomli.loads((FOLDER / n).read_text("utf-8"))}


def test_a_copy_can_be_edited_and_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    assert main(["data", "--copy", str(folder)]) == 0
    assert capsys.readouterr().err.startswith(f"socui: copied to {folder}: prove it with socui check {folder}")
    copied = load_knowledge(folder)
    assert copied.digest == load_knowledge().digest
    assert case_failures(Decider(copied), worked_cases(folder).values()) == ()
    associations: list[Any] = tomli.loads((folder / ".taplo.toml").read_text("utf-8"))["rule"]
    for rule in associations:
        assert (folder / rule["include"][0]).is_file()
        assert json.loads((folder / rule["schema"]["path"]).read_text("utf-8")) == schema(rule["include"][0])
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main(["data", "--copy", str(folder)]) == 2
    assert "it is not empty: name a new folder" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "--schema", "rules.toml"]) == 0
    assert json.loads(capsys.readouterr().out) == schema("rules.toml")
    assert main(["data", "--schema", "rule.toml"]) == 2
    assert "Did you mean rules.toml?" in capsys.readouterr().err
    assert main(["data"]) == 0
    assert str(FOLDER / "rules.toml") in capsys.readouterr().out.splitlines()
