"""The one function that writes to disk: whole or not at all, also at kill -9, a full disk and a power cut."""

# The recipe is spelled in the system's own calls, each of which the tests make fail.
# ruff: noqa: PTH105, PTH108, PTH112, PTH116

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import threading
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socui.errors import Conflict, Exists, NotSaved
from socui.profiles.confined import check_inside
from socui.text import visible

if TYPE_CHECKING:
    from mmap import mmap

PREFIX, SUFFIX = ".socui-", ".tmp"
PATIENCE = 10.0
"""Seconds to wait for another process that saves in the same folder (a save takes milliseconds; one that was stopped
with Ctrl-Z in the middle of a save must not hang this one)."""

_FIX = {
    errno.ENOSPC: "free some space, then try again",
    errno.EDQUOT: "free some space, then try again",
    errno.EFBIG: "the size a file may have is limited here (ulimit -f)",
    errno.EACCES: "check who may write there, or choose another place",
    errno.EPERM: "check who may write there, or choose another place",
    errno.EROFS: "choose another place",
    errno.ENOENT: "the folder is missing",
    errno.EINVAL: "choose another place",
    errno.EMFILE: "too many files are open: try again",
    errno.EIO: "the disk reports a fault: save a copy somewhere else",
}
_NO_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
"""The answers of file systems that know no sync, as some on a network: a save there is as safe as they make it."""
_MOST = 2 << 20  # no profile is as large: a file that is larger is another version without reading all of it

_one_at_a_time = threading.RLock()
_held: dict[str, Lock] = {}


class Lock:
    """A folder held against other savers. `alone` is false where its file system knows no locks."""

    def __init__(self, fd: int, alone: bool) -> None:
        self.fd, self.alone = fd, alone


def digest(data: bytes | mmap) -> str:
    """Return what tells two versions of a file apart; times do not, as sync tools set them."""
    return str(_sha256()(data).hexdigest())


@cache
def _sha256() -> Any:
    """Return Python's own SHA-256, as its module `random` takes it: hashlib would load OpenSSL, 4 MB, for the same digest."""
    for name in ("_sha2", "_sha256"):  # from Python 3.12 on, and before
        with contextlib.suppress(ImportError):
            return import_module(name).sha256
    from hashlib import sha256

    return sha256


def not_saved(error: OSError, path: Path) -> NotSaved:
    """Return the one line for an error of the operating system while saving `path`."""
    fix = _FIX.get(error.errno or 0, "try again, or save a copy somewhere else")
    return NotSaved(f"not saved: {error.strerror or error}: {visible(str(path))}: {fix}")


def read_regular(path: Path | str, limit: int, seen: bool = False) -> bytes:
    """Return up to `limit` + 1 bytes of a regular file. Never waits for a FIFO nor reads a device. `seen` where the
    caller has looked already that it is one.

    Raises OSError as the system gives it, and with EINVAL and the text "not a regular file" for anything else.
    """
    check_inside(path)
    if not seen and not stat.S_ISREG(os.stat(path).st_mode):  # before opening: opening some devices does something
        raise OSError(errno.EINVAL, "not a regular file")
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        parts, left, step = [], limit + 1, status.st_size + 1
        while left and (part := os.read(fd, min(left, max(step, 4096)))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)
    finally:
        with contextlib.suppress(OSError):  # all was read: a failing close loses nothing
            os.close(fd)


def make_folder(path: Path) -> None:
    """Make the folder, and those above it that are missing, for the owner only. Raises NotSaved."""
    missing = []
    while not os.path.isdir(path):
        missing.append(path)
        if path == path.parent or os.path.lexists(path):
            break
        path = path.parent
    for folder in reversed(missing):
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if not os.path.isdir(folder):
                raise NotSaved(f"not saved: not a folder: {visible(str(folder))}: move it away") from None
        except OSError as error:
            raise not_saved(error, folder) from None
        _sync_folder(folder.parent)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[Lock]:
    """Hold the folder against other savers. May be nested in one thread. The kernel lets go at any death, so that no
    lock is ever stale. Raises OSError where the folder cannot be opened, NotSaved where another holds it too long."""
    with _one_at_a_time:
        key = os.path.realpath(folder)
        if key in _held:
            yield _held[key]
            return
        lock = _acquire(folder)
        _held[key] = lock
        try:
            yield lock
        finally:
            del _held[key]
            with contextlib.suppress(OSError):  # the work is done; an error here must not call it failed
                os.close(lock.fd)


def write_whole(path: Path, data: bytes | mmap, expected_digest: str | None = None, must_be_new: bool = False) -> str:
    """Put `data` at `path` as a whole, readable by the owner only; on return it is on disk. Gives its digest.

    A symlink is written through. With `expected_digest` the file has to be that version, else Conflict is raised; with
    `must_be_new` it must not be there, else Exists. The same bytes are not written again. Raises NotSaved.
    """
    target = Path(os.path.realpath(path))
    try:
        check_inside(target)
        with locked(target.parent) as lock:
            if must_be_new and (os.path.lexists(path) or os.path.lexists(target)):
                raise Exists(f"not saved: it exists already: {visible(str(path))}: choose another name")
            now = _now(target, expected_digest, len(data))
            if now is None or memoryview(now) != memoryview(data):
                if lock.alone:
                    _sweep(target.parent)
                _replace(target, data)
                with contextlib.suppress(OSError):  # the file is whole and in place: not the save's failure
                    os.fsync(lock.fd)
    except OSError as error:
        raise not_saved(error, path) from None
    return digest(data)


def _now(target: Path, expected: str | None, size: int) -> bytes | None:
    """Return the file as it is, None where there is none; Conflict where it is not the expected version."""
    try:
        data = read_regular(target, size if expected is None else _MOST)
    except FileNotFoundError:
        if expected is not None:
            raise Conflict(target, gone=True) from None
        return None
    if expected is not None and digest(data) != expected:
        raise Conflict(target, gone=False)
    return data


def _sweep(folder: Path) -> None:
    """Remove what savers left that were killed: under the lock no such file is in use."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def _replace(target: Path, data: bytes | mmap) -> None:
    import tempfile

    fd, temporary = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=target.parent)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(fd, rest) :]
            _sync(fd)
        finally:
            os.close(fd)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _sync(fd: int) -> None:
    """Have the bytes of a file on disk. Raises OSError, but not where the file system knows no such thing."""
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def _sync_folder(folder: Path) -> None:
    """Make the names in the folder last; a folder that cannot be synced is no failure."""
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def move(source: Path, target: Path, over: bool = False) -> None:
    """Rename within one file system, and on disk on return. Another file at the target is refused unless `over`, which
    lets the source take its place. Raises Exists, NotSaved."""
    try:
        check_inside(source)
        check_inside(target)
        with locked(source.parent), locked(target.parent):
            if not over and os.path.lexists(target):
                raise Exists(f"not moved: it exists already: {visible(str(target))}: rename that one first")
            os.replace(source, target)
            _sync_folder(target.parent)
            if source.parent != target.parent:
                _sync_folder(source.parent)
    except OSError as error:
        raise not_saved(error, source) from None


def _acquire(folder: Path) -> Lock:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return Lock(fd, True)
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(fd)
                where = visible(str(folder))
                raise NotSaved(f"not saved: another socui is saving there: {where}: try again") from None
            time.sleep(0.002)
        except OSError:  # a file system without locks: the digest is still compared
            return Lock(fd, False)
