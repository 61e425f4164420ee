"""`socui serve`: the screen in a browser, on this machine alone unless another address is asked for.

Each tab is a process of its own over one folder of profiles. What is saved to a file stays in that folder's `files`, from where
the browser can fetch it. A page of another origin can neither open a tab's connection nor read from it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from socui.cli.output import say
from socui.errors import StoreError, Usage
from socui.profiles.confined import SERVED
from socui.profiles.paths import config_folder, places
from socui.text import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HERE = ("localhost", "127.0.0.1", "::1")
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page takes nothing from elsewhere, such as fonts of a third party, and stands in no other page."""


def run(args: argparse.Namespace) -> int:
    """Serve until ctrl+c. Raises Usage, StoreError, OSError."""
    if not 0 < args.port < 65536:
        raise Usage(f"serve: {args.port} is no port: give one from 1 to 65535")
    root, drafts = (Path(os.path.realpath(folder)) for folder in places(args.profiles))
    files = root / "files"
    command = [sys.executable, "-P", "-m", "socui", "--profiles", str(root)]
    command += ["--data", str(Path(args.data).absolute())] if args.data else []
    if args.name is not None:
        from socui.profiles.read_only import open_anywhere
        from socui.profiles.store import Store

        open_anywhere(Store.default(args.profiles), args.name)
        command += ["open", args.name]
    server = _server(shlex.join(command), args.host, args.port, files)
    _prepare(root, drafts, files)
    if args.host not in HERE:
        say(
            f"socui: {visible(args.host)} is no address of this machine alone: whoever reaches it reads and changes the profiles"
        )
    try:
        server.serve()
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


def _server(command: str, host: str, port: int, files: Path) -> _Serving:
    try:
        import textual_serve.server  # noqa: F401
    except ImportError:
        raise Usage("serve: the browser needs more: pip install 'socui[web]'") from None
    return _Serving(command, host, port, files)


async def _tell_when_open(host: str, port: int, where: str) -> None:
    """Say where it is as soon as somebody can go there."""
    while True:
        try:
            _, writer = await asyncio.open_connection("localhost" if host in ("0.0.0.0", "::") else host, port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            say(where)
            return


class _Serving:
    """textual-serve's server with a guard before it."""

    def __init__(self, command: str, host: str, port: int, files: Path) -> None:
        from textual_serve.server import Server

        guard = self._guard
        where = f"socui: serving {files.parent} on http://{host}:{port} (saved files are in /files/); ctrl+c ends it"
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

        class Quiet(Server):
            """Says one line, and lets nothing in that is of another origin."""

            def initialize_logging(self) -> None:
                """Nothing is logged: it would hold what people type."""

            async def on_startup(self, app: web.Application) -> None:
                """Say where it is."""
                del app
                self.told = asyncio.get_running_loop().create_task(_tell_when_open(host, port, where))

            async def _make_app(self) -> web.Application:
                from aiohttp import web

                app = await super()._make_app()
                app.router.add_static("/files", files, show_index=True)

                @web.middleware
                async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
                    return await guard(request, handler)

                app.middlewares.append(guarded)
                return app

        self.hosts = {f"{name}:{port}" for name in ((host, *HERE[:2], "[::1]") if host in HERE else (host,))}
        self.any_host = host in ("0.0.0.0", "::")
        self.address = address
        self._server = Quiet(command, host=host, port=port, title="socui", public_url=address)

    def serve(self) -> None:
        """Serve until a signal ends it."""
        self._server.serve()

    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuses what comes by another name of this machine (a page that had its own name point here) or from a page of
        another origin, which a browser would let open a connection."""
        from aiohttp import web

        host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
        if not self.any_host and host not in self.hosts:
            raise web.HTTPForbidden(text=f"open {self.address}\n")
        if origin is not None and origin.partition("://")[2] != host:
            raise web.HTTPForbidden(text="not from another page\n")
        if not self.any_host and request.path == "/" and f"http://{host}" != self.address:
            raise web.HTTPFound(self.address)
        if request.path == "/ws":
            return await handler(request)
        response = await handler(request)
        sandboxed = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        if not response.prepared:
            response.headers["Content-Security-Policy"] = (
                sandboxed if request.path.startswith("/files") else POLICY.format(sockets=f"ws://{host}")
            )
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response
