"""`socui serve` running, tabs that speak with it as a browser does, and a headless Chromium where there is one."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
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


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Served:
    """The server over a folder of profiles."""

    def __init__(self, folder: Path, home: Path, *arguments: str) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        (home / "config" / "socui").mkdir(parents=True, exist_ok=True)
        (home / "config" / "socui" / "state.toml").write_text("welcomed = true\n")
        env = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        command = [
            sys.executable,
            "-m",
            "socui",
            "--profiles",
            str(folder),
            "serve",
            *arguments,
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        self.line = self.process.stderr.readline()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit status."""
        self.process.send_signal(number)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return self.process.wait(30)


class Tab:
    """One connection, with an emulator behind it."""

    def __init__(self, served: Served, columns: int = 120, rows: int = 36) -> None:
        self.served = served
        self.size = columns, rows
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen, strict=False)
        self._rest = ""

    async def __aenter__(self) -> Tab:
        self.session = aiohttp.ClientSession()
        columns, rows = self.size
        url = f"{self.served.address}/ws?width={columns}&height={rows}"
        self.socket = await self.session.ws_connect(url, origin=self.served.address)
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

    async def wait_for(self, pattern: str, seconds: float = 30) -> str:
        """Read until the screen matches."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text, re.MULTILINE):
            left = end - time.monotonic()
            assert left > 0, f"{pattern!r} did not appear:\n{self.text}"
            try:
                message = await self.socket.receive(left)
            except TimeoutError:
                continue
            assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), f"{message.type}:\n{self.text}"
            if message.type == aiohttp.WSMsgType.BINARY:
                data = self._rest + message.data.decode("utf-8", "replace")
                cut = UNFINISHED.search(data)
                self._rest, data = (data[cut.start() :], data[: cut.start()]) if cut else ("", data)
                self.stream.feed(FOREIGN.sub("", data))
        return self.text

    def drop(self) -> None:
        """Lose the connection, with no word to the server."""
        transport = self.socket._writer.transport
        assert transport is not None
        transport.abort()


async def until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until that is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


class Chromium:
    """A page in a headless Chromium, by its debugging protocol."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def __aenter__(self) -> Chromium:
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={self.folder}", "about:blank"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        port_file = self.folder / "DevToolsActivePort"
        await until(lambda: port_file.exists() and port_file.read_text().count("\n") >= 1)
        port = port_file.read_text().splitlines()[0]
        self.session = aiohttp.ClientSession()
        async with self.session.get(f"http://127.0.0.1:{port}/json/list") as response:
            page = next(p for p in json.loads(await response.text()) if p["type"] == "page")
        self.socket = await self.session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        self.asked: list[str] = []
        for method in ("Page.enable", "Runtime.enable", "Network.enable", "Log.enable"):
            await self.call(method)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol, and what it gives."""
        self.count += 1
        await self.socket.send_json({"id": self.count, "method": method, "params": parameters})
        while True:
            message = await self.socket.receive_json(timeout=60)
            if message.get("method") == "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
            if message.get("id") == self.count:
                assert "error" not in message, message
                return dict(message["result"])

    async def evaluate(self, expression: str) -> Any:
        """The value of a piece of JavaScript."""
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return result["result"].get("value")

    async def key(self, text: str) -> None:
        """Press the key of one character."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, key=text, unmodifiedText=text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=text)
