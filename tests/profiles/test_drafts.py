"""Drafts of work that was never saved, and whose they are."""

from __future__ import annotations

from pathlib import Path

from profiles.folders import python

from socui.profiles.drafts import Drafts
from socui.profiles.profile import Profile
from socui.profiles.store import Opened, Store


def test_a_draft_is_offered_when_its_socui_is_gone(store: Store, acme: Opened) -> None:
    code = """
import sys
from pathlib import Path
from socui.profiles.store import Store
store = Store(Path(sys.argv[1]))
opened = store.open(Path(sys.argv[2]))
print(store.drafts.write(opened.profile.with_answer("link", "feeds"), opened.path, opened.digest), flush=True)
store.drafts.write(opened.profile.with_note("q", "unnamed"))
print(store.drafts.write(opened.profile.with_answer("link", "views"), opened.path, opened.digest), flush=True)
print("ready", flush=True)
sys.stdin.read()
"""
    editor = python(code, store.root, acme.path)
    assert editor.stdout is not None
    first, second, _ = (editor.stdout.readline().strip() for _ in range(3))
    assert first == second
    assert store.drafts.left() == []  # it is being worked on
    editor.kill()
    editor.communicate()
    left = {draft.of: draft for draft in store.drafts.left()}
    draft = left[acme.path]
    assert (draft.profile, draft.digest, draft.problem) == (
        acme.profile.with_answer("link", "views"),
        acme.digest,
        "",
    )
    assert left[None].profile.notes["q"] == "unnamed"
    assert store.open(acme.path) == acme  # never applied alone
    assert store.save(draft.profile, draft.digest, draft.of).profile.answers == {"link": "views"}
    for path in [draft.path for draft in left.values()]:
        store.drafts.discard(path)
        store.drafts.discard(path)
    assert store.drafts.left() == []


def test_the_same_process_id_is_not_the_same_process(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.write(Profile(name="a"))
    assert drafts.left() == []
    host, pid, _ = drafts._owner.split(":")
    drafts._owner = f"{host}:{pid}:1"
    drafts.write(Profile(name="a"))
    assert len(drafts.left()) == 1
    (tmp_path / "drafts" / "torn.toml").write_bytes(b"")
    assert "empty" in next(draft.problem for draft in drafts.left() if draft.path.name == "torn.toml")
