"""Disks that are really full or read only, places that are no files, and that nothing is written or sent anywhere else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from socui.cli.main import main
from socui.profiles.profile import SCHEMA, Profile
from socui.profiles.profile_toml import MIGRATIONS, from_bytes
from socui.profiles.store import Opened, Store

DO = """
import sys
from socui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def payroll(store: Store) -> Opened:
    """A profile that is there."""
    return store.create(Profile(name="Payroll", answers={"role": "provide"}))


def environment(home: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SOCUI_", "XDG_"))}
    return {**env, "HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}


def on_disk(kind: str, source: Path, room: Path, *words: str) -> tuple[int, str, dict[str, bytes]]:
    """Run socui with its folder on a disk of that kind, which holds what `source` does: status, what was said, and the
    files afterwards, hidden ones too. Where a disk cannot be made (that takes root, or user name spaces), the size that
    a file may have is limited, or the folder is made one that nothing can be made in."""
    room.mkdir()
    (room / "after").mkdir()
    folder = room / "disk"
    folder.mkdir()
    mount = {
        "full": f"mount -t tmpfs -o size=64k,mode=700 t {folder} && cp -p {source}/*.toml {folder} && "
        f"(head -c 60000 /dev/zero >{folder}/filler 2>/dev/null; while :; do echo x >>{folder}/filler || break; done) 2>/dev/null",
        "read only": f"cp -p {source}/*.toml {folder} && mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}",
    }[kind]
    program = (
        f'{mount}; shift; "$@"; status=$?; cp -p {folder}/* {folder}/.[!.]* {room}/after 2>/dev/null; exit $status'
    )
    command = [sys.executable, "-c", DO, "--profiles", str(folder), *words]
    for namespaces in (["unshare", "-m"], ["unshare", "-rm"]):
        shell = [*namespaces, "sh", "-c", program, "sh", "sh", *command]
        if shutil.which("unshare") and not subprocess.run([*namespaces, "mount", "-t", "tmpfs", "t", folder],
                                                          capture_output=True, check=False).returncode:  # fmt: skip
            done = subprocess.run(shell, env=environment(room), capture_output=True, text=True, check=False)
            break
    else:
        shutil.copytree(source, folder, dirs_exist_ok=True)
        limit = 'ulimit -f 0; exec "$@"' if kind == "full" else f'chmod 500 {folder}; exec "$@"'
        done = subprocess.run(["sh", "-c", limit, "sh", *command], env=environment(room), capture_output=True, text=True,
                              check=False)  # fmt: skip
        shutil.copytree(folder, room / "after", dirs_exist_ok=True)
    files = {p.name: p.read_bytes() for p in (room / "after").iterdir() if p.is_file() and p.name != "filler"}
    return done.returncode, done.stderr, files


CHANGES = {
    "set": ("set", "Payroll", "role=obtain", "--note", "role=" + "long " * 900),
    "new": ("new", "Wages", "--note", "role=" + "long " * 900),
    "duplicate": ("duplicate", "Payroll"),
    "rename": ("rename", "Payroll", "Wages"),
    "delete": ("delete", "Payroll"),
}


@pytest.mark.parametrize(
    ("kind", "change"),
    # Deleting is a rename, which needs no room.
    [(kind, change) for kind in ("full", "read only") for change in CHANGES if (kind, change) != ("full", "delete")],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_lost(
    store: Store, payroll: Opened, tmp_path: Path, kind: str, change: str
) -> None:
    status, error, files = on_disk(kind, store.root, tmp_path / "room", *CHANGES[change])
    assert status == 1
    assert error.startswith("socui: not saved: ") and error.count("\n") == 1
    assert (
        ("No space left" if kind == "full" else "Read-only file system") in error
        or "File too large" in error
        or ("ermission" in error)
    )
    assert files == {payroll.path.name: payroll.path.read_bytes()}  # no half file, nor a hidden one


def test_a_folder_that_cannot_be_written_to_is_listed_shown_and_exported(
    store: Store, payroll: Opened, tmp_path: Path
) -> None:
    for number, words in enumerate((["list"], ["show", "Payroll"], ["export", "Payroll"], ["report", "Payroll"])):
        status, error, files = on_disk("read only", store.root, tmp_path / str(number), *words)
        assert (status, error) == (0, "")
        assert files == {payroll.path.name: payroll.path.read_bytes()}


@pytest.mark.parametrize("replace_it", [False, True])
def test_an_export_replaces_no_fifo_device_or_folder(
    store: Store, payroll: Opened, tmp_path: Path, replace_it: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    assert payroll
    fifo, folder = tmp_path / "fifo.toml", tmp_path / "folder.toml"
    os.mkfifo(fifo)
    folder.mkdir()
    link = tmp_path / "link.toml"
    link.symlink_to("/dev/null")
    before = {path: path.lstat().st_ino for path in (fifo, folder, link)}
    for target in before:
        words = ["--profiles", str(store.root), "export", "Payroll", "-o", str(target)]
        assert main([*words, "--replace"] if replace_it else words) == 1
        assert capfd.readouterr().err.count("\n") == 1
    assert {path: path.lstat().st_ino for path in before} == before
    assert Path("/dev/null").is_char_device()


WATCH = """
import json, os, sys
made, sent = [], []
def watch(event, about):
    if event == "open" and about[0] is not None and not isinstance(about[0], int):
        mode, flags = about[1] or "", about[2] or 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or set(mode) & set("wax+"):
            made.append(os.path.abspath(os.fsdecode(about[0])))
    elif event in ("os.rename", "os.mkdir", "os.link", "os.symlink"):
        made.append(os.path.abspath(os.fsdecode(about[1] if event != "os.mkdir" else about[0])))
    elif event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess", "os.system")):
        sent.append(event)
sys.addaudithook(watch)
sys.dont_write_bytecode = True
from socui.cli.main import main
from socui.profiles.drafts import Drafts
for words in json.loads(sys.argv[1]):
    assert main(words) == 0, words
if sys.argv[2:]:
    import asyncio
    from pathlib import Path
    from socui.app import SocuiApp
    from socui.deciding.precompiled import decider
    from socui.profiles.store import Store
    async def use():
        app = SocuiApp(Store.default(None), decider())
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press("2", "n", "1", "o")
            await pilot.pause()
            await pilot.press("escape", "r")
            await pilot.pause()
            await pilot.press("escape", "q")
    asyncio.run(use())
print(json.dumps([made, sent]), file=sys.stderr)
"""


@pytest.mark.parametrize("screen", [False, True])
def test_nothing_is_written_anywhere_else_and_nothing_is_sent(tmp_path: Path, screen: bool) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    words = [
        ["new", "A", "role=provide"], ["set", "A", "role=obtain"], ["rename", "A", "B"], ["duplicate", "B", "C"],
        ["delete", "C"], ["restore", "C"], ["list"], ["show", "B"], ["paths"],
        ["export", "B", "-o", str(out / "b.toml")], ["import", str(out / "b.toml")],
        ["report", "B", "-o", str(out / "b.html")], ["compare", "B", "C"],
        ["restore", "B", "--previous"],
    ]  # fmt: skip
    command = [sys.executable, "-c", WATCH, json.dumps(words), *(["screen"] if screen else [])]
    (tmp_path / "here").mkdir()
    done = subprocess.run(
        command, env=environment(home), cwd=tmp_path / "here", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made, sent = json.loads(done.stderr.splitlines()[-1])
    allowed = (str(home / ".config"), str(out))
    # The event loop of a screen has a socket of its own; /dev/null is where Python puts what is let go of.
    assert [path for path in made if not path.startswith(allowed) and path != os.devnull] == []
    assert sent == []
    assert len(made) > 10
    assert list((tmp_path / "here").iterdir()) == []


def test_the_first_save_keeps_a_file_of_an_older_schema(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def older(document: dict[str, object]) -> dict[str, object]:
        return {**document, "name": document["title"]}

    monkeypatch.setitem(MIGRATIONS, 0, older)  # type: ignore[arg-type]
    store.root.mkdir()
    path = store.root / "old.toml"
    original = b'kind = "socui-profile"\nschema = 0\ntitle = "Old"\n\n[answers]\nrole = "provide"\n'
    path.write_bytes(original)
    opened = store.open("Old")
    assert path.read_bytes() == original  # reading it changes nothing
    store.save(opened.profile.with_answer("role", "obtain"), opened.digest, path)
    again = store.open(path)
    store.save(again.profile.with_answer("role", "provide"), again.digest, path)
    assert (store.trash.folder / "old.schema0.toml").read_bytes() == original
    assert from_bytes(path.read_bytes()).schema == SCHEMA
    assert store.open("Old").profile.answers == {"role": "provide"}
