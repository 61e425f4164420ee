"""The compiled base that a build keeps: it decides the same, and is used only beside the files it was made from."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import socui
from socui.deciding.compiled import Compiled
from socui.deciding.decide import Decider
from socui.deciding.precompiled import KEPT, prepare
from socui.deciding.random_profile import random_profile
from socui.knowledge.model import Knowledge

HEAD = 16
"""Bytes before the pickle: the checksums of the files and of itself."""
LOOK = "import sys; sys.path.insert(0, sys.argv[1]); from socui.deciding.precompiled import kept_base; base = kept_base(); "
LOOK += "print('none' if base is None else base.knowledge.version)"


@pytest.fixture(scope="module")
def kept_bytes() -> bytes:
    """What a build keeps."""
    return prepare()


@pytest.fixture
def package(tmp_path: Path, kept_bytes: bytes) -> Path:
    """A copy of the package as a build lays it out, with what it keeps."""
    shutil.copytree(Path(str(socui.__file__)).parent, tmp_path / "socui", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "socui" / "data" / KEPT).write_bytes(kept_bytes)
    return tmp_path


def look(package: Path) -> str:
    """What a fresh interpreter finds kept there."""
    done = subprocess.run([sys.executable, "-c", LOOK, str(package)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_it_decides_the_same(knowledge: Knowledge, kept_bytes: bytes) -> None:
    """Advice from what was kept equals advice from the base as it is read."""
    import pickle

    compiled = pickle.loads(kept_bytes[HEAD:])
    assert isinstance(compiled, Compiled)
    assert compiled.knowledge == knowledge
    fresh, kept = Decider(knowledge), Decider(compiled.knowledge, compiled)
    random = Random(7)
    for _ in range(12):
        profile = random_profile(knowledge, random, random.random())
        assert kept.advise(profile) == fresh.advise(profile)
        assert kept.tips(profile) == fresh.tips(profile)


def test_it_is_used_beside_its_own_files_only(package: Path, knowledge: Knowledge) -> None:
    """One character changed in the base or in the code, or in what is kept, and everything is read anew."""
    assert look(package) == knowledge.version
    for name in ("data/facts.toml", "data/cases.toml", "deciding/compiled.py", "knowledge/model.py", f"data/{KEPT}"):
        file = package / "socui" / name
        before = file.read_bytes()
        file.write_bytes(before + b"\n")
        assert look(package) == "none", name
        file.write_bytes(before)
    assert look(package) == knowledge.version
    (package / "socui" / "data" / KEPT).unlink()
    assert look(package) == "none"
    shutil.rmtree(package)


def test_it_forgets_what_answers_led_to(knowledge: Knowledge) -> None:
    """A long run stays small, and decides as before after it forgot."""
    decider, random = Decider(knowledge), Random(3)
    size = len(decider.compiled.diagrams.var)
    decider.compiled.diagrams.limit = size + 40_000
    forgot, before = 0, size
    for step in range(150):
        profile = random_profile(knowledge, random, random.random())
        advice = decider.advise(profile)
        now = len(decider.compiled.diagrams.var)
        forgot += now < before
        if now >= before and step % 10:
            before = now
            continue
        before = now
        assert advice.possible == Decider(knowledge, decider.compiled).advise(profile).possible
    assert forgot > 4
    fresh = Decider(knowledge)
    for _ in range(20):
        profile = random_profile(knowledge, random, random.random())
        assert decider.advise(profile) == fresh.advise(profile)
