"""Every call of every write is made to fail or is the last one before a kill; what is left is whole: old or new.

Run as a program with an operation and a folder, this file is the harness: it forks a process a fault, on real files,
and prints one line of JSON a fault. A program of its own, because a process with threads must not be forked.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "close", "replace", "mkdir", "unlink", "read", "scandir")
CHANGING = (
    "open",
    "write",
    "close",
    "replace",
    "mkdir",
    "unlink",
    "fsync",
)  # a kill at any other leaves what they left
ERRORS = {
    "open": ("ENOSPC", "EACCES", "EMFILE"),
    "write": ("ENOSPC", "EIO", "half"),
    "fsync": ("EIO", "EINVAL"),
    "close": ("EIO",),
    "replace": ("EACCES", "ENOSPC", "EXDEV"),
    "mkdir": ("ENOSPC", "EACCES"),
    "unlink": ("EACCES",),
    "read": ("EIO",),
    "scandir": ("EIO",),
}
IDS = {"a": "a" * 16, "b": "b" * 16}
OPERATIONS = (
    "save", "overwrite", "rename", "create", "duplicate", "delete", "restore", "previous", "export", "draft", "migrate", "import",
    "remember",
)  # fmt: skip
SCHEMA_1 = b"""kind = "socui-profile"
schema = 1
id = "eeeeeeeeeeeeeeee"
name = "Older"
knowledge = "2026.11"

[answers]
role = "provide"
asked_by_finance = ["soc1"]

[dates]
needed_by = 2027-03-31
"""


@pytest.fixture(autouse=True)
def real_ids() -> Iterator[None]:
    """The pinned ids of `operation` are given back, for the tests after these."""
    module = vars(import_module("socui.profiles.store"))
    real = module["new_id"]
    yield
    module["new_id"] = real


def operation(name: str, root: Path) -> Callable[[], object]:
    """The write to be broken, ready to be done; what it reads first is read here, but for the write's own reading."""
    from socui.errors import StoreError
    from socui.profiles.drafts import Drafts
    from socui.profiles.profile import Profile
    from socui.profiles.store import Store

    def now() -> datetime:
        return datetime(2026, 11, 23, tzinfo=UTC)

    vars(import_module("socui.profiles.store"))["new_id"] = lambda: "c" * 16  # the same names in every run
    store = Store(root / "profiles", now=now)
    a = store.root / f"alpha-{IDS['a']}.toml"
    drafts = Drafts(root / "drafts", now)
    drafts._session, drafts._owner = "1", "elsewhere:1:1"
    if name == "restore":
        return lambda: store.restore(store.trash.folder / f"gone-{'d' * 16}.toml")
    if name == "remember":
        from socui.settings.remembered import remember

        def write_state() -> None:
            if problem := remember(root / "config", theme="nord"):
                raise StoreError(problem)

        return write_state
    if name == "migrate":
        older = store.open(store.root / f"older-{'e' * 16}.toml")
        return lambda: store.save(older.profile.with_note("q", "new"), older.digest, older.path)
    opened = store.open(a)
    changed = opened.profile.with_note("q", "new " * 300)
    return {
        "save": lambda: store.save(changed, opened.digest, a),
        "overwrite": lambda: store.overwrite(changed, a),
        "rename": lambda: store.rename(opened, "Gamma"),
        "create": lambda: store.create(Profile(name="Gamma")),
        "duplicate": lambda: store.duplicate(opened),
        "delete": lambda: store.delete(a),
        "previous": lambda: store.restore_previous(a),
        "export": lambda: store.export(opened, root / "out.txt", replace_it=True),
        "import": lambda: store.import_(SCHEMA_1.replace(b"eeee", b"ffff"), "imported"),
        "draft": lambda: drafts.write(changed, Path("/p/alpha.toml"), opened.digest),
    }[name]


def seed(root: Path) -> None:
    from socui.profiles.profile import Profile
    from socui.profiles.profile_toml import to_bytes

    trash = root / "profiles" / "trash"
    trash.mkdir(parents=True)
    (root / "config").mkdir()
    files = {
        root / "profiles" / f"alpha-{IDS['a']}.toml": to_bytes(Profile(IDS["a"], "Alpha", notes={"q": "old " * 300})),
        root / "profiles" / f"beta-{IDS['b']}.toml": to_bytes(Profile(IDS["b"], "Beta")),
        trash / f"gone-{'d' * 16}.toml": to_bytes(Profile("d" * 16, "Gone")),
        trash / f"alpha-{IDS['a']}.previous.toml": to_bytes(Profile(IDS["a"], "Before")),
        root / "profiles" / ".socui-dead.tmp": b"left by a kill",
        root / "profiles" / f"older-{'e' * 16}.toml": SCHEMA_1,
        root / "config" / "state.toml": b"welcomed = true\n",
        root / "out.txt": b"old export",
    }
    for path, data in files.items():
        path.write_bytes(data)
        path.chmod(0o600)


def tree(root: Path) -> dict[str, str]:
    """Every file, without the hidden ones that a kill may leave."""
    files = [path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".socui-")]
    return {str(path.relative_to(root)): path.read_bytes().hex() for path in sorted(files)}


def arm(at: int, fault: str) -> list[str]:
    """Break the `at`-th call from now on; gives the names of the calls, as they are made."""
    made: list[str] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            made.append(name)
            if len(made) == at and fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if len(made) == at and fault == "half" and name == "write":
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            if len(made) == at and fault in ERRORS.get(name, ()):
                if name == "close":  # Linux frees the descriptor, and with it the lock, also where it reports an error
                    real(*args)
                raise OSError(getattr(errno, fault), os.strerror(getattr(errno, fault)))
            return real(*args, **options)

        return call

    for name in CALLS:
        setattr(os, name, wrap(name, getattr(os, name)))
    return made


def in_child(work: Callable[[], str]) -> tuple[str, str]:
    """What the work says in a process of its own, or "killed"; and the calls it made."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(into, work().encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        answer = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    word, _, made = answer.partition("|")
    return ("killed" if os.WIFSIGNALED(status) else word), made


def attempt(name: str, root: Path, at: int, fault: str, limit: int | None = None) -> tuple[str, str]:
    def work() -> str:
        from socui.errors import StoreError

        write = os.write
        do = operation(name, root)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        made = arm(at, fault)
        try:
            do()
            word = "done"
        except StoreError as error:
            word = "refused" if "\n" not in str(error) else "two lines"
        except BaseException as error:
            word = f"crashed: {error!r}"
        os.write = write
        return f"{word}|{' '.join(made)}"

    return in_child(work)


def harness(name: str, folder: Path) -> None:
    for module in ("tempfile", "tomli_w", "socui.profiles.store"):  # so that no import is counted among the calls
        import_module(module)
    os.umask(0)
    start = folder / "start"
    seed(start)
    old, number = tree(start), 0

    def once(at: int, fault: str, limit: int | None = None) -> dict[str, Any]:
        nonlocal number
        number += 1
        root = folder / str(number)
        shutil.copytree(start, root)
        word, made = attempt(name, root, at, fault, limit)
        after = tree(root)
        modes = {oct(path.stat().st_mode & 0o777) for path in root.rglob("*.t*") if path.is_file()}
        again = attempt(name, root, 0, "")[0] if word != "done" and after == old else ""
        left = [path.name for path in root.rglob(".socui-*")] if again else []
        outcome = {"at": at, "fault": fault, "word": word, "made": made, "after": after, "modes": sorted(modes)}
        outcome |= {"again": again, "left": left, "then": tree(root) if again else {}}
        shutil.rmtree(root)
        return outcome

    good = once(0, "")
    print(json.dumps({"old": old, "good": good}))
    for at, call in enumerate(good["made"].split(), 1):
        for fault in (*(["kill"] if call in CHANGING else []), *ERRORS.get(call, ())):
            print(json.dumps(once(at, fault)))
    for limit in (0, 1, 100, 700):
        print(json.dumps(once(0, f"limit {limit}", limit)))


if __name__ == "__main__":
    harness(sys.argv[1], Path(sys.argv[2]))
    sys.exit(0)


def broken(name: str, folder: Path) -> tuple[dict[str, str], dict[str, Any], list[dict[str, Any]]]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, __file__, name, folder], env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    first, *rest = map(json.loads, run.stdout.splitlines())
    return first["old"], first["good"], rest


def profiles(files: dict[str, str]) -> dict[str, str]:
    """What a person would miss: everything but the versions that are kept in the trash besides."""
    return {
        path: data
        for path, data in files.items()
        if not any(kept in path for kept in (".previous.", ".other.", ".schema"))
    }


def versions(name: str, old: dict[str, str], refused: bool) -> set[str]:
    """What has to stand somewhere whatever happens: every profile and, of those that are not saved anew, the version
    before. An exchange lets none go, and a save that is refused neither."""
    lasting = {data for path, data in old.items() if path.startswith("profiles/")}
    saves = name in ("save", "overwrite", "rename") and not refused
    return lasting - ({old[f"profiles/trash/alpha-{IDS['a']}.previous.toml"]} if saves else set())


@pytest.mark.parametrize("name", OPERATIONS)
def test_whole_or_not_at_all(name: str, tmp_path: Path) -> None:
    old, good, faults = broken(name, tmp_path)
    new = good["after"]
    assert good["word"] == "done"
    assert profiles(new) != profiles(old)
    assert len(faults) > 10
    sweeps = name in (
        "save",
        "overwrite",
        "rename",
        "create",
        "duplicate",
        "previous",
        "migrate",
        "import",
    )  # it writes in that folder
    for outcome in faults:
        where = f"{name}: {outcome['fault']} at call {outcome['at']} of {good['made']}: {outcome['word']}"
        after = profiles(outcome["after"])
        assert after in (profiles(old), profiles(new)), f"{where}: neither old nor new"
        for path in outcome["after"].keys() - after.keys():
            kept = (old.get(path), new.get(path), old.get(f"profiles/alpha-{IDS['a']}.toml"))
            assert outcome["after"][path] in kept, f"{where}: torn: {path}"
        assert outcome["word"] in ("killed", "done", "refused"), where
        if outcome["word"] == "done":
            assert after == profiles(new), f"{where}: said to be done and is not"
        if outcome["word"] == "refused":
            assert after == profiles(old), f"{where}: said not to be done and is"
        assert outcome["modes"] == ["0o600"], where
        if outcome["again"]:
            assert outcome["again"] == "done", f"{where}: the next one failed"
            assert profiles(outcome["then"]) == profiles(new), f"{where}: the next one did something else"
            left = [file for file in outcome["left"] if file != ".socui-dead.tmp" or sweeps]
            assert left == [], f"{where}: left over after the next one"
        assert not [path for path in outcome["after"] if path.endswith(".tmp")]
        lasting = versions(name, old, outcome["word"] == "refused")
        assert set(outcome["after"].values()) >= lasting, f"{where}: a version is lost"


@pytest.mark.parametrize("name", OPERATIONS)
def test_on_disk_before_it_is_said_to_be(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut keeps what was synced and nothing else: data before its name, the name before the answer."""
    seed(tmp_path)
    do = operation(name, tmp_path)
    dirty: set[str] = set()
    real_write, real_fsync, real_replace = os.write, os.fsync, os.replace

    def of(fd: int) -> str:
        return os.path.realpath(f"/proc/self/fd/{fd}")

    def write(fd: int, data: bytes) -> int:
        dirty.add(of(fd))
        return real_write(fd, data)

    def fsync(fd: int) -> None:
        dirty.discard(of(fd))
        real_fsync(fd)

    def replace(source: str, target: Path) -> None:
        assert os.path.realpath(source) not in dirty, "a name was given to data that is not on disk"
        real_replace(source, target)
        dirty.update(str(Path(path).resolve().parent) for path in (source, target))

    monkeypatch.setattr(os, "write", write)
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    do()
    monkeypatch.undo()
    assert dirty == set(), "a name is not on disk"


@pytest.mark.parametrize("error", ["EINVAL", "ENOSYS", "EOPNOTSUPP"])
def test_a_file_system_without_sync_still_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str) -> None:
    """Some on a network refuse to sync: a save is as safe there as they make it, and no reason to lose the work."""
    from socui.errors import NotSaved
    from socui.profiles.atomic_write import write_whole

    def fsync(_: int) -> None:
        raise OSError(getattr(errno, error), error)

    monkeypatch.setattr(os, "fsync", fsync)
    write_whole(tmp_path / "a.toml", b"new")
    assert (tmp_path / "a.toml").read_bytes() == b"new"
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "EIO")))
    with pytest.raises(NotSaved):
        write_whole(tmp_path / "a.toml", b"newer")
    assert (tmp_path / "a.toml").read_bytes() == b"new"
