"""Who is let in to `socui serve`, and that no path leads out of its folder; the browser itself: tests/slow/test_browser.py."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from seen import settled, shown, toasts
from textual.widgets import Input
from textual_serve.app_service import AppService

from socui.app import SocuiApp
from socui.cli.main import main
from socui.cli.tab_server import TabServer
from socui.errors import NotSaved
from socui.profiles.atomic_write import move, read_regular, write_whole
from socui.profiles.confined import SERVED
from socui.profiles.profile import Profile
from socui.profiles.store import Store
from socui.settings.terminal import why_no_screen

PORT = 8000
HERE = f"localhost:{PORT}"


class Door:
    """The server's requests, answered in this process, as if it stood at HERE."""

    def __init__(self, server: TabServer, client: TestClient[Any, Any]) -> None:
        self.server, self.client = server, client
        self.path_with_key = server.address.removeprefix(f"http://{HERE}")

    async def status(self, path: str, **headers: str) -> int:
        """The status of what is got there, without following it anywhere."""
        response = await self.client.get(path, headers={"Host": HERE, **headers}, allow_redirects=False)
        return response.status

    async def cookie(self) -> str:
        """What a browser sends that opened the address."""
        response = await self.client.get(self.path_with_key, headers={"Host": HERE}, allow_redirects=False)
        (morsel,) = response.cookies.values()
        assert morsel["httponly"] and morsel["samesite"] == "Strict" and response.headers["Location"] == "/"
        return f"{morsel.key}={morsel.value}"


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    """A server that would start a program that ends at once."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "mine.html").write_text("<html>")
    (tmp_path / "ours.toml").write_text("secret")
    server = TabServer("true", "localhost", PORT, tmp_path / "files")
    async with TestClient(TestServer(await server._make_app())) as client:
        yield Door(server, client)


async def test_the_address_with_its_key_lets_in(door: Door) -> None:
    cookie = await door.cookie()
    assert await door.status("/", Cookie=cookie, Origin=f"http://{HERE}") == 200
    response = await door.client.get("/files/mine.html", headers={"Host": HERE, "Cookie": cookie})
    assert (response.status, await response.text()) == (200, "<html>")
    assert response.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    "path", ["/", "/ws", "/files/", "/files/mine.html", "/static/js/textual.js", "/?key=", "/?key=a"]
)
async def test_nobody_comes_in_without_the_key(door: Door, path: str) -> None:
    assert await door.status(path) == 403
    assert await door.status(path, Cookie=f"socui-{PORT}=") == 403


@pytest.mark.parametrize("path", ["/", "/ws", "/files/mine.html"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"}, {"Host": f"evil.example:{PORT}"}, {"Host": "localhost"}, {"Host": f"127.0.0.1:{PORT}"},
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost:80"}, {"Origin": ""},
    ],
)  # fmt: skip
async def test_another_page_or_name_is_not_let_in(door: Door, path: str, headers: dict[str, str]) -> None:
    assert await door.status(path, **{"Cookie": await door.cookie(), **headers}) == 403


@pytest.mark.parametrize(
    "path",
    ["/files/..%2fours.toml", "/files/%2e%2e/ours.toml", "/ours.toml", "/files//etc/passwd", "/files/%2fetc%2fpasswd"],
)
async def test_only_saved_files_can_be_fetched(door: Door, path: str) -> None:
    assert await door.status(path, Cookie=await door.cookie()) in (403, 404)


MALFORMED = (
    "", "{", "null", "[]", "7", '"stdin"', "[1]", '["stdin"]', '["stdin", null]', '["stdin", ["q"]]', '["resize"]',
    '["resize", {}]', '["resize", {"width": "80", "height": 24}]', '["resize", {"width": 1e400, "height": null}]',
    '["ping"]', '["none"]', "[" * 100_000, "9" * 5000,
)  # fmt: skip


async def test_what_no_page_of_ours_sends_ends_no_tab(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what comes behind it nothing is lost: keys and sizes reach the tab's process."""
    passed: list[object] = []

    async def sent(_: AppService, data: object) -> bool:
        passed.append(data)
        return True

    async def resized(_: AppService, width: int, height: int) -> None:
        passed.append((width, height))

    monkeypatch.setattr(AppService, "send_bytes", sent)
    monkeypatch.setattr(AppService, "set_terminal_size", resized)
    headers = {"Host": HERE, "Cookie": await door.cookie()}
    async with door.client.ws_connect("/ws?width=x&height=-1", headers=headers, origin=f"http://{HERE}") as tab:
        for text in MALFORMED:
            await tab.send_str(text)
        await tab.send_bytes(b"\xff")
        await tab.send_str('["stdin", "q\\ud800"]')
        await tab.send_str('["resize", {"width": 90, "height": 30}]')
        await tab.send_str('["ping", 5]')
        assert await tab.receive_json() == ["pong", 5]
    assert passed == [b"q?", (90, 30)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--port", "0"], "0 is no port"),
        (["--port", "65536"], "65536 is no port"),
        (["--host", "0.0.0.0"], "name the one address"),
        (["Nobody"], "Nobody"),
    ],
)
def test_what_cannot_be_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str], why: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert main(["serve", *words]) == 2
    assert why in capsys.readouterr().err


def test_a_port_that_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv(SERVED, "")  # put back at the end: the command sets it
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["serve", "--host", "127.0.0.1", "--port", port]) == 2
    assert f"port {port} of 127.0.0.1 cannot be used" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "socui.cli.tab_server", None)
    assert main(["serve"]) == 2
    assert "pip install 'socui[web]'" in capsys.readouterr().err


def test_a_served_screen_needs_no_terminal() -> None:
    assert why_no_screen({}, None, None, None)
    assert not why_no_screen({"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, None, None, None)


# ---- no path out of the folder


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of saved files of a server, in which its tabs stand; beside it what is none of their business."""
    files = tmp_path / "profiles" / "files"
    files.mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.toml").write_text("secret")
    (files / "link").symlink_to(tmp_path / "outside")
    monkeypatch.setenv(SERVED, f"{tmp_path / 'profiles'}:{tmp_path / 'drafts'}")
    monkeypatch.chdir(files)
    return files


WAYS_OUT = ("{}/secret.toml", "../../outside/secret.toml", "link/secret.toml", "./../files/link/secret.toml")


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_path_leads_out_of_the_folder(inside: Path, tmp_path: Path, way: str) -> None:
    secret = Path(way.format(tmp_path / "outside"))
    inner = inside / "inner"
    write_whole(inner, b"inner")
    for attempt in (
        lambda: read_regular(secret, 100),
        lambda: write_whole(secret, b"x"),
        lambda: write_whole(secret.with_name("new"), b"x"),
        lambda: move(secret, inner, over=True),
        lambda: move(inner, secret, over=True),
    ):
        with pytest.raises((OSError, NotSaved), match="outside of the folder"):
            attempt()
    assert inner.read_bytes() == b"inner"
    assert {p.name: p.read_text() for p in (tmp_path / "outside").iterdir()} == {"secret.toml": "secret"}
    assert read_regular(inner, 100) == b"inner"


async def test_the_screen_says_so(
    make_app: Callable[..., SocuiApp], store: Store, inside: Path, tmp_path: Path
) -> None:
    app = make_app(opened=store.create(Profile(name="Ours")))
    async with app.run_test(size=(160, 40)) as pilot:
        for opening, name in (
            (("o", "i"), "../../outside/secret.toml"),
            (("escape", "r", "s"), "../../outside/new.html"),
        ):
            await pilot.press(*opening)
            await settled(pilot)
            app.screen.query_one(Input).value = name
            await pilot.press("enter")
            await settled(pilot)
            assert "outside of the folder" in shown(app) + toasts(app)
            await pilot.press("escape")
        await pilot.press("s")
        await settled(pilot)
        app.screen.query_one(Input).value = "new.html"
        await pilot.press("enter")
        await settled(pilot)
    assert [p.name for p in (tmp_path / "outside").iterdir()] == ["secret.toml"]
    assert (inside / "new.html").exists()
