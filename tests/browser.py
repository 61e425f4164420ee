"""`socui serve` running, tabs that speak with it as a browser does, and a headless Chromium where there is one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pyte
from terminal import FOREIGN, KEYS, UNFINISHED

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--window-size=1200,800",
)  # fmt: skip
DRAWN = """new Promise(done => {
  const look = () => document.querySelector('textarea') && document.body.classList.contains('-first-byte') && done(true);
  look(); new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true})
})"""
"""Keeps its promise once the app's first bytes have come."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Served:
    """The server over a folder of profiles; each tab opens the profile `name`."""

    def __init__(self, folder: Path, home: Path, name: str) -> None:
        port = str(free_port())
        (home / "config" / "socui").mkdir(parents=True, exist_ok=True)
        (home / "config" / "socui" / "state.toml").write_text("welcomed = true\n")
        env = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        command = [sys.executable, "-m", "socui", "--profiles", str(folder), "serve", name, "--port", port]
        self.process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        self.line = self.process.stderr.readline()
        """What it says once it takes connections."""
        self.address = self.line.split(" on ")[1].split()[0]
        self.origin, _, key = self.address.partition("/?key=")
        self.cookie = f"socui-{port}={key}"

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit status."""
        self.process.send_signal(number)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return self.process.wait(30)


class Tab:
    """One connection, as a page of the browser makes it, with an emulator behind it."""

    def __init__(self, served: Served, columns: int = 120, rows: int = 36) -> None:
        self.served = served
        self.size = columns, rows
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen, strict=False)
        self._rest = ""
        self.answer = ""
        """What the server itself said last."""

    async def __aenter__(self) -> Tab:
        self.session = aiohttp.ClientSession(headers={"Cookie": self.served.cookie})
        columns, rows = self.size
        url = f"{self.served.origin}/ws?width={columns}&height={rows}"
        self.socket = await self.session.ws_connect(url, origin=self.served.origin)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def type(self, *keys: str) -> None:
        """Send keys, by name or as text."""
        for key in keys:
            await self.socket.send_json(["stdin", KEYS.get(key, key)])

    async def wait_for(self, pattern: str, seconds: float = 60) -> str:
        """Read until the screen matches, however its words are broken into lines."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._shows(pattern) and await self._read():
                    pass
        assert self._shows(pattern), f"{pattern!r} did not appear:\n{self.text}"
        return self.text

    def _shows(self, pattern: str) -> bool:
        return bool(re.search(pattern, " ".join(self.text.split())))

    async def closed(self, seconds: float = 60) -> None:
        """Read until the server closes the connection."""
        async with asyncio.timeout(seconds):
            while await self._read():
                pass

    async def passed_on(self, seconds: float = 60) -> None:
        """Wait until the server has handed what was sent to the tab's process."""
        await self.socket.send_json(["ping", "passed on"])
        async with asyncio.timeout(seconds):
            while "passed on" not in self.answer and await self._read():
                pass

    async def _read(self) -> bool:
        """Read one message; whether there was one."""
        message = await self.socket.receive()
        if message.type == aiohttp.WSMsgType.TEXT:
            self.answer = message.data
        if message.type == aiohttp.WSMsgType.BINARY:
            data = self._rest + message.data.decode("utf-8", "replace")
            cut = UNFINISHED.search(data)
            self._rest, data = (data[cut.start() :], data[: cut.start()]) if cut else ("", data)
            self.stream.feed(FOREIGN.sub("", data))
        return message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT)

    def drop(self) -> None:
        """Lose the connection, with no word to the server."""
        transport = self.socket._writer.transport
        assert transport is not None
        transport.abort()


async def until(done: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until that is so, where nothing tells: for what another program writes."""
    async with asyncio.timeout(seconds):
        while not done():
            await asyncio.sleep(0.02)


class Chromium:
    """A headless Chromium, spoken to by its debugging protocol."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def __aenter__(self) -> Chromium:
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={self.folder}", "about:blank"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        port_file = self.folder / "DevToolsActivePort"
        await until(lambda: port_file.exists() and port_file.read_text().count("\n") >= 1)
        self.address = f"http://127.0.0.1:{port_file.read_text().splitlines()[0]}"
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    async def page(self) -> Page:
        """A new page."""
        async with self.session.put(f"{self.address}/json/new?about:blank") as response:
            about = json.loads(await response.text())
        page = Page(self, about["id"], await self.session.ws_connect(about["webSocketDebuggerUrl"], max_msg_size=0))
        for method in ("Page.enable", "Runtime.enable", "Network.enable"):
            await page.call(method)
        return page


class Page:
    """One tab of a Chromium."""

    def __init__(self, browser: Chromium, id: str, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.browser, self.id, self.socket = browser, id, socket
        self.calls = 0

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol, and what it gives."""
        self.calls += 1
        await self.socket.send_json({"id": self.calls, "method": method, "params": parameters})
        while True:
            message = await self.socket.receive_json(timeout=60)
            if message.get("id") == self.calls:
                assert "error" not in message, message
                return dict(message["result"])

    async def evaluate(self, expression: str) -> Any:
        """The value of a piece of JavaScript; a promise is awaited."""
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def open(self, address: str) -> None:
        """Go there, and wait until the app has drawn something."""
        await self.call("Page.navigate", url=address)
        async with asyncio.timeout(60):
            while not await self.evaluate(DRAWN):
                pass  # the page was exchanged for another, as by a redirect, while it was asked
        await self.evaluate("document.querySelector('textarea').focus()")

    async def key(self, text: str) -> None:
        """Press the key of one character."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, key=text, unmodifiedText=text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=text)

    async def close(self) -> None:
        """Close the tab."""
        async with self.browser.session.get(f"{self.browser.address}/json/close/{self.id}") as response:
            assert response.status == 200
