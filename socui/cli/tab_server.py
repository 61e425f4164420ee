"""The server behind `socui serve`: textual-serve's, with a guard before it. Imported only where the extra `web` may stand."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page takes nothing from elsewhere, such as fonts of a third party, and stands in no other page."""
SAVED_FILE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
TIME_TO_END = 10.0
"""Seconds that the tabs have to save and end when the server ends."""


class TabServer(Server):
    """Starts a process for each tab, for whoever has the key that stands in the address: other users of the machine reach
    the port too, and profiles are readable by their owner only.

    A page of another origin is not let in: neither one that has its own name point to this machine, nor one that opens a
    connection from elsewhere, as a browser would let it.
    """

    def __init__(self, command: str, host: str, port: int, files: Path) -> None:
        """Serve what `command` shows, and the folder `files` under /files/."""
        name = f"[{host}]" if ":" in host else host
        self._host = name if port == 80 else f"{name}:{port}"
        super().__init__(command, host=host, port=port, title="socui", public_url=f"http://{self._host}")
        self._key = secrets.token_urlsafe(24)
        self._cookie = f"socui-{port}"
        self.address = f"{self.public_url}/?key={self._key}"
        self._files = files
        self._tabs: set[asyncio.Task[Any]] = set()

    async def serve_until_ended(self, when_open: Callable[[], None]) -> None:
        """Serve until SIGINT or SIGTERM; `when_open` is called once connections are taken. Raises OSError."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        runner = web.AppRunner(await self._make_app(), access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self.host, self.port)
            await site.start()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, ended.set)
            when_open()
            await ended.wait()
            await site.stop()
            await self._end_tabs()
        finally:
            await runner.cleanup()

    async def _end_tabs(self) -> None:
        """Each saves what it has. Before aiohttp's own end, which hears no browser any more and would wait for all."""
        for tab in self._tabs:
            tab.cancel()
        if self._tabs:
            await asyncio.wait(set(self._tabs), timeout=TIME_TO_END)

    async def on_startup(self, app: web.Application) -> None:
        """Print no banner: `when_open` says where it is."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one tab until it is closed."""
        tab = asyncio.current_task()
        assert tab is not None
        self._tabs.add(tab)
        try:
            return await super().handle_websocket(request)
        finally:
            self._tabs.discard(tab)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Pass on what the page says, until it is gone. What no page of ours would send is left out, and ends nothing."""
        async for message in websocket:
            if message.type != WSMsgType.TEXT:
                continue
            match frame(message.data):
                case ["stdin", str(keys)]:
                    await app_service.send_bytes(keys.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await app_service.set_terminal_size(width, height)
                case ["ping", about]:
                    await websocket.send_json(["pong", about])
                case ["blur", *_]:
                    await app_service.blur()
                case ["focus", *_]:
                    await app_service.focus()

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_static("/files", self._files, show_index=True)

        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            return self._turn_away(request) or self._confine(request, await handler(request))

        app.middlewares.append(guarded)
        return app

    def _turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Return the answer to a request that the handlers shall not see; None lets it in."""
        if request.headers.get("Host") != self._host:
            return web.Response(status=403, text="open the address that `socui serve` printed\n")
        if request.headers.get("Origin", self.public_url) != self.public_url:
            return web.Response(status=403, text="not from another page\n")
        if hmac.compare_digest(request.query.get("key", "").encode(), self._key.encode()):
            response = web.Response(status=302, headers={"Location": "/"})
            response.set_cookie(self._cookie, self._key, httponly=True, samesite="Strict")
            return response
        if not hmac.compare_digest(request.cookies.get(self._cookie, "").encode(), self._key.encode()):
            return web.Response(status=403, text="open the address that `socui serve` printed, with its key\n")
        return None

    def _confine(self, request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
        """Tell the browser what the page may do."""
        if not response.prepared:
            policy = (
                SAVED_FILE_POLICY if request.path.startswith("/files") else POLICY.format(sockets=f"ws://{self._host}")
            )
            response.headers["Content-Security-Policy"] = policy
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response


def frame(text: str) -> object:
    """Return what a page sent; None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
