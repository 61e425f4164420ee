"""Runs a command line in a process that is forked off the tests: a process of its own, with everything imported already.

To start Python, import socui and compile the base takes ten times as long as most commands; here the shipped base is kept compiled,
as in a package that is built. Where starting it, its locale, its signals or
what its output leads to is what is tested, start it.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile
from typing import IO, NoReturn

import base  # noqa: F401  # compiled before it forks

from socui.cli.main import main


def socui(
    *arguments: str, typed: bytes = b"", folder: Path | None = None, env: Mapping[str, str] | None = None
) -> CompletedProcess[bytes]:
    """Run it on that input, in that folder and environment, without a terminal; return what it printed and its status."""
    with TemporaryFile() as stdin, TemporaryFile() as out, TemporaryFile() as err:
        stdin.write(typed)
        stdin.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of threads: that of xdist waits
            child = os.fork()
        if not child:
            _run(["socui", *arguments], (stdin, out, err), folder, env)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return CompletedProcess(arguments, status, out.read(), err.read())


def text(done: CompletedProcess[bytes]) -> CompletedProcess[str]:
    """Return the same with its output decoded."""
    return CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def _run(
    argv: list[str], files: tuple[IO[bytes], IO[bytes], IO[bytes]], folder: Path | None, env: Mapping[str, str] | None
) -> NoReturn:
    """Run it in the forked process, and end that whatever happens."""
    status = 1
    try:
        for number, file in enumerate(files):
            os.dup2(file.fileno(), number)
        sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
        sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
        sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
        if folder is not None:
            os.chdir(folder)
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        sys.argv = argv
        status = main()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # the tests look for it
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)
