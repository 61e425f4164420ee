"""The screen in a browser: one folder, no path out of it, tabs that lose nothing, nobody else let in."""

from __future__ import annotations

import asyncio
import base64
import signal
import tomllib
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from browser import CHROMIUM, Chromium, Served, Tab, until

from socui.profiles.profile import Profile
from socui.profiles.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The folder that is served."""
    return Store(tmp_path / "profiles", tmp_path / "config" / "socui" / "drafts")


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Iterator[Served]:
    """The server over that folder, with a profile that each tab opens."""
    store.create(Profile(name="Ours"))
    running = Served(store.root, tmp_path, "Ours")
    yield running
    if running.process.poll() is None:
        running.end()


def answers(store: Store) -> dict[str, object]:
    """What the file says."""
    return dict(tomllib.loads(store.open("Ours").path.read_text()).get("answers", {}))


async def test_a_dropped_connection_loses_nothing(served: Served, store: Store) -> None:
    assert served.address in served.line and "ctrl+c" in served.line
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        await tab.type("6")
        await tab.wait_for("asks its vendors|no report here")
        tab.drop()  # sooner than it is saved by itself
        await until(lambda: answers(store) == {"role": "obtain"})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=["TERM", "INT", "KILL"])
async def test_the_end_of_the_server_loses_nothing(served: Served, store: Store, number: signal.Signals) -> None:
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        await tab.type("6")
        await tab.wait_for("asks its vendors|no report here")
        served.end(number)
        await until(lambda: answers(store) == {"role": "obtain"})


async def test_two_tabs_on_one_profile(served: Served, store: Store) -> None:
    async with Tab(served) as one, Tab(served) as two:
        await one.wait_for("What happened")
        await two.wait_for("What happened")
        await one.type("1")
        await two.wait_for("[1-9]\\d* of \\d+ answered")  # taken over from the disk
        await two.type("V")
        await two.wait_for("No vendor yet")
        await two.type("n")
        await two.wait_for("Name of the vendor")
        await two.type("from two", "enter")
        await until(lambda: [v.name for v in store.open("Ours").profile.vendors] == ["from two"])
        assert answers(store)["role"] == "provide"


async def test_two_tabs_that_change_at_once_lose_neither(served: Served, store: Store) -> None:
    async with Tab(served) as one, Tab(served) as two:
        await one.wait_for("What happened")
        await two.wait_for("What happened")
        await asyncio.gather(one.type("1"), two.type("6"))
        await one.wait_for("[1-9]\\d* of \\d+ answered|changed on|not saved")
        await two.wait_for("no report here|changed on|not saved")
        one.drop()
        two.drop()

        def kept() -> set[object]:
            files = [*store.root.rglob("*.toml*"), *store.drafts.folder.rglob("*.toml")]
            return {tomllib.loads(f.read_text()).get("answers", {}).get("role") for f in files}

        await until(lambda: {"provide", "obtain"} <= kept())


@pytest.mark.parametrize("name", ["/tmp/evil.html", "../evil.html", "../../evil.html", "~/evil.html", "link/evil.html"])
async def test_no_path_leads_out_of_the_folder(served: Served, store: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").mkdir()
    await until((store.root / "files").is_dir)
    (store.root / "files" / "link").symlink_to(tmp_path / "outside")
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        await tab.type("r")
        await tab.wait_for("Memo|Report")
        await tab.type("s")
        await tab.wait_for("Save the report")
        await tab.type("\x15", name, "enter")  # ctrl+u empties the line
        if name == "../evil.html":  # that is the folder of profiles itself
            await tab.wait_for("saved: |outside")
        else:
            await tab.wait_for("outside of the")
        await tab.type("escape")
    assert not [*tmp_path.glob("evil.html"), *(tmp_path / "outside").iterdir(), *Path("/tmp").glob("evil.html")]


async def test_no_file_of_elsewhere_is_read(served: Served, tmp_path: Path) -> None:
    other = Store(tmp_path / "other").create(Profile(name="Secret")).path
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        await tab.type("o")
        await tab.wait_for("filter by name")
        await tab.type("i")
        await tab.wait_for("esc cancel")
        await tab.type("\x15", str(other), "enter")
        await tab.wait_for("outside of the")
        assert "Secret" not in tab.text


async def test_what_is_saved_can_be_fetched_and_nothing_else(served: Served) -> None:
    async with Tab(served) as tab, aiohttp.ClientSession() as session:
        await tab.wait_for("What happened")
        await tab.type("r")
        await tab.wait_for("Memo|Report")
        await tab.type("s")
        await tab.wait_for("Save the report")
        await tab.type("\x15", "mine.html", "enter")
        await tab.wait_for("saved: mine.html")
        async with session.get(f"{served.address}/files/mine.html") as response:
            assert response.status == 200 and "sandbox" in response.headers["Content-Security-Policy"]
            assert "<html" in await response.text()
        for path in ("/files/..%2fOurs.toml", "/files/%2e%2e/ours.toml", "/ours.toml", "/files//etc/passwd"):
            async with session.get(f"{served.address}{path}") as response:
                assert response.status in (403, 404), path


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "evil.example"}),
        ("/ws", {"Host": "evil.example"}),
        ("/ws", {"Origin": "https://evil.example"}),
        ("/", {"Origin": "null"}),
        ("/files/", {"Host": "evil.example:80"}),
    ],
)
async def test_another_page_or_name_is_not_let_in(served: Served, path: str, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{served.address}{path}", headers=headers) as response:
            assert response.status == 403
        if path == "/ws":
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(f"{served.address}/ws", headers=headers)


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    listening = [
        line.split()[1] for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    mine = [where for where in listening if where.endswith(f":{served.port:04X}")]
    local = ("0100007F", "00000000000000000000000001000000")
    assert mine and all(where.rpartition(":")[0] in local for where in mine)


if CHROMIUM:  # no test is skipped: where there is no Chromium there is none

    async def test_in_chromium(served: Served, store: Store, tmp_path: Path) -> None:
        """The page draws the screen, keys reach it, and it asks for nothing from elsewhere."""
        async with Chromium(tmp_path / "chromium") as page:
            await page.call("Page.navigate", url=served.address)
            for _ in range(400):
                if await page.evaluate("document.body && document.body.classList.contains('-first-byte')"):
                    break
                await asyncio.sleep(0.05)
            else:
                raise AssertionError(await page.evaluate("document.documentElement.outerHTML"))
            await page.evaluate("document.querySelector('textarea') && document.querySelector('textarea').focus()")
            await page.key("6")
            await until(lambda: answers(store) == {"role": "obtain"})
            picture = base64.b64decode((await page.call("Page.captureScreenshot"))["data"])
            assert len(picture) > 20_000  # text, not an empty page
            elsewhere = [url for url in page.asked if not url.startswith((served.address, "data:", "about:", "blob:"))]
            loaded = await page.evaluate(
                "performance.getEntriesByType('resource').filter(e => e.responseStatus == 200).map(e => e.name)"
            )
            assert all(url.startswith(served.address) for url in loaded), (loaded, elsewhere)
