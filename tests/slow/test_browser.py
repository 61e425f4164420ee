"""`socui serve` running, and tabs that come, lose their connection or are closed: nothing is lost, and nobody else is let in.

One server and one browser serve all of this file; who is let in, and which paths: tests/cli/test_serve.py.
"""

from __future__ import annotations

import base64
import signal
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Chromium, Served, Tab, until

from socui.profiles.profile import Profile
from socui.profiles.store import Store


class Ours:
    """The folder that is served, and the profile that each tab opens."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.store = Store(place / "profiles", place / "config" / "socui" / "drafts")
        self.path = self.store.create(Profile(name="Ours")).path
        self._blank = self.path.read_bytes()

    def blank(self) -> None:
        """Make it the profile that it was."""
        self.path.write_bytes(self._blank)

    @property
    def answers(self) -> dict[str, object]:
        """What its file says."""
        return dict(tomllib.loads(self.path.read_text()).get("answers", {}))

    @property
    def role(self) -> object:
        """What its file says of the first question."""
        return self.answers.get("role")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Ours:
    """A folder of this file."""
    return Ours(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def served(place: Ours) -> Iterator[Served]:
    """The server over that folder."""
    running = Served(place.store.root, place.place, "Ours")
    yield running
    assert running.end(signal.SIGINT) == 0


@pytest.fixture
def ours(place: Ours) -> Ours:
    """The profile with no answer."""
    place.blank()
    return place


async def test_a_dropped_connection_loses_nothing(served: Served, ours: Ours) -> None:
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        await tab.type("6")
        await tab.wait_for("asks its vendors|no report here")
        tab.drop()  # sooner than it is saved by itself
        await until(lambda: ours.role == "obtain")


async def test_a_connection_that_drops_right_behind_a_key(served: Served, ours: Ours) -> None:
    """Such as one that the server has and the app has not dealt with; what the network loses nobody keeps."""
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        await tab.type("6")
        await tab.passed_on()
        tab.drop()
        await until(lambda: ours.role == "obtain")


async def test_no_size_that_a_page_claims_makes_the_tab_deaf(served: Served, ours: Ours) -> None:
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        for width, height in ((100_000, 100_000), (10**30, 1), (-5, -5), (0, 0), (120, 36)):
            await tab.socket.send_json(["resize", {"width": width, "height": height}])
        await tab.type("6")
        await until(lambda: ours.role == "obtain")


async def test_two_tabs_on_one_profile(served: Served, ours: Ours) -> None:
    async with Tab(served) as one, Tab(served) as two:
        await one.wait_for("What happened")
        await two.wait_for("What happened")
        await one.type("1")
        await two.wait_for("[1-9]\\d* of \\d+ answered")  # taken over from the disk
        await two.type("V")
        await two.wait_for("No vendor yet")
        await two.type("a")
        await two.wait_for("Name of the vendor")
        await two.type("from two", "enter")
        await until(lambda: [v.name for v in ours.store.open("Ours").profile.vendors] == ["from two"])
        assert ours.role == "provide"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["TERM", "KILL"])
async def test_the_end_of_the_server_loses_nothing(ours: Ours, number: signal.Signals) -> None:
    served = Served(ours.store.root, ours.place, "Ours")
    async with Tab(served) as tab:
        await tab.wait_for("What happened")
        await tab.type("6")
        await tab.wait_for("asks its vendors|no report here")
        served.process.send_signal(number)
        await tab.closed()
        assert served.process.wait(30) == (0 if number == signal.SIGTERM else -number)
        await until(lambda: ours.role == "obtain")


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    port = int(served.origin.rpartition(":")[2])
    listening = [
        line.split()[1] for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    mine = [where for where in listening if where.endswith(f":{port:04X}")]
    local = ("0100007F", "00000000000000000000000001000000")
    assert mine and all(where.rpartition(":")[0] in local for where in mine)


if CHROMIUM:  # not a skipped test: where there is no Chromium, as where there is no zsh, there is no test of it

    async def test_in_chromium(served: Served, ours: Ours, tmp_path: Path) -> None:
        """Two pages draw the screen, keys reach it, nothing is asked from elsewhere, and a closed page loses nothing."""
        async with Chromium(tmp_path) as browser:
            one = await browser.page()
            await one.open(served.address)
            await one.key("1")
            await until(lambda: ours.role == "provide")
            picture = base64.b64decode((await one.call("Page.captureScreenshot"))["data"])
            assert len(picture) > 20_000  # text, not an empty page
            loaded = await one.evaluate(
                "performance.getEntriesByType('resource').filter(e => e.responseStatus == 200).map(e => e.name)"
            )
            assert loaded and all(url.startswith(served.origin) for url in loaded), loaded
            assert served.address.partition("key=")[2] not in await one.evaluate("location.href + document.cookie")
            two = await browser.page()
            await two.open(served.origin)  # the key is remembered
            await two.key("1")  # of the question that comes next
            await until(lambda: len(ours.answers) == 2, 10)
            await two.close()
            assert ours.role == "provide"
            await one.close()
