"""What `--help` says of the keys of a record, and `questions` of one question."""

from __future__ import annotations

import subprocess

import pytest
from terminal import SOCUI

from socui.cli.record_fields import keys
from socui.cli.record_keys import RECORD_KINDS
from socui.profiles.records import FIELD_WORDS


def said(*words: str) -> str:
    return subprocess.run([SOCUI, *words], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("command", RECORD_KINDS)
def test_help_lists_every_key_and_value(command: str) -> None:
    """Two people who recorded what they read had learned the keys from error messages."""
    kind, key_help = RECORD_KINDS[command], said(command, "--help").split("keys:\n")[1]
    listed = [line.split()[0] for line in key_help.splitlines() if line[:24].strip()]
    assert {*keys(kind)} <= {*listed}
    assert {value for values in FIELD_WORDS[kind].values() for value in values} <= {*listed}
    assert all(len(line) <= 80 for line in key_help.splitlines())


def test_one_question_is_printed_with_its_help() -> None:
    alone, among = said("questions", "client_check"), said("questions")
    assert "Would the client see it?" in " ".join(alone.split())
    assert "Would the client see it?" not in " ".join(among.split())
