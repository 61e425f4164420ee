"""`socui serve`: the screen in a browser, on this machine alone unless another address is asked for.

Each tab is a process of its own over one folder of profiles. What is saved to a file stays in that folder's `files`, from where
the browser can fetch it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shlex
import sys
from pathlib import Path

from socui.cli.output import say
from socui.errors import StoreError, Usage
from socui.profiles.confined import SERVED
from socui.profiles.paths import config_folder, places
from socui.text import visible

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
EVERY_ADDRESS = ("0.0.0.0", "::", "")


def run(args: argparse.Namespace) -> int:
    """Serve until ctrl+c. Raises Usage, StoreError, OSError."""
    if not 0 < args.port < 65536:
        raise Usage(f"serve: {args.port} is no port: give one from 1 to 65535")
    if args.host in EVERY_ADDRESS:
        raise Usage("serve: name the one address that browsers open, such as localhost, after --host")
    try:
        from socui.cli.tab_server import TabServer
    except ImportError:
        raise Usage("serve: the browser needs more: pip install 'socui[web]'") from None
    root, drafts = (Path(os.path.realpath(folder)) for folder in places(args.profiles))
    files = root / "files"
    command = [sys.executable, "-P", "-m", "socui", "--profiles", str(root)]
    command += ["--data", str(Path(args.data).absolute())] if args.data else []
    if args.name is not None:
        from socui.profiles.read_only import open_anywhere
        from socui.profiles.store import Store

        open_anywhere(Store.default(args.profiles), args.name)
        command += ["open", args.name]
    _prepare(root, drafts, files)
    if args.host not in THIS_MACHINE:
        say(
            f"socui: {visible(args.host)} is no address of this machine alone: whoever reaches it reads and changes the profiles"
        )
    server = TabServer(shlex.join(command), args.host, args.port, files)
    where = f"socui: serving {visible(str(root))} on {server.address} (saved files are in /files/); ctrl+c ends it"
    try:
        asyncio.run(server.serve_until_ended(lambda: say(where)))
    except OSError as error:
        raise Usage(f"serve: port {args.port} of {visible(args.host)} cannot be used: {error.strerror or error}: choose another "
                    "with --port") from None  # fmt: skip
    return 0


def _prepare(root: Path, drafts: Path, files: Path) -> None:
    """Make the folders, and confine to them every process that is started from now on."""
    from socui.profiles.atomic_write import make_folder

    make_folder(files)
    folders = [root, drafts]
    with contextlib.suppress(StoreError):  # no home: nothing is remembered
        folders.append(Path(os.path.realpath(config_folder())))
    os.environ[SERVED] = os.pathsep.join(map(str, folders))
    os.chdir(files)
