"""Random keys, pastes, clicks and sizes over all screens, until something breaks: `python tests/soak.py --keys 100000 --seed 7`.

Prints the seed, what broke and the shortest sequence that still breaks it. Exit status 1 where something broke. Rounds run in
processes of their own (`--jobs`), and each is ended after some rounds, so that memory does not grow with the keys.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import itertools
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from multiprocessing.pool import AsyncResult
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from msgspec.structs import replace  # noqa: E402
from quick_apps import folder_in_memory, parse_styles_once, wait_by_events  # noqa: E402
from seen import settled  # noqa: E402
from soak_steps import CSV, Step, drawn, in_time, play  # noqa: E402

from socui.app import SocuiApp  # noqa: E402
from socui.deciding.decide import Decider  # noqa: E402
from socui.knowledge.load import load_knowledge  # noqa: E402
from socui.profiles.examples import examples  # noqa: E402
from socui.profiles.profile import Profile  # noqa: E402
from socui.profiles.profile_toml import from_bytes  # noqa: E402
from socui.profiles.session import Session  # noqa: E402
from socui.profiles.store import Store  # noqa: E402

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
KEYS_A_ROUND = 700
HANGS = 300.0
"""Seconds after which an instance is taken for hung that does not come to its next step."""
ROUNDS_A_PROCESS = 25
"""After so many rounds a process is ended and another takes its place: what an app keeps of earlier ones is no concern of a person
who starts one, and memory stays bounded whatever holds on to it."""
LOST = 3600.0
"""Seconds after which a round is taken for lost: its process has died."""
UNREADABLE = "x = ["


class Round:
    """One folder of profiles and the instances that are open over it. `make` makes an app, for a test that breaks one."""

    def __init__(self, folder: Path, decider: Decider, make: Callable[..., SocuiApp] = SocuiApp) -> None:
        self.folder, self.decider, self.make, self.instances = folder, decider, make, 1
        self.store = self._own_store()
        self.store.create(replace(examples()["fintech-payments"], id="", name="Other [/]"))
        (self.store.root / "bad.toml").write_text(UNREADABLE)
        self.path = self.store.create(Profile(name="Soak", answers={"role": "provide"})).path
        (folder / "config").mkdir()
        (folder / "config" / "state.toml").write_text("welcomed = true\n")
        (folder / "table.csv").write_text(CSV)

    def _own_store(self) -> Store:
        """The folder, as one running socui has it: each names its drafts in its own way."""
        return Store(self.folder / "profiles", self.folder / "drafts", now=lambda: NOW)

    async def run(self, steps: Sequence[Step]) -> None:
        """Play them; raises what the app raises, AssertionError where the disk is not as the screen, TimeoutError."""
        queues: list[asyncio.Queue[Step]] = [asyncio.Queue() for _ in range(1 + max(s.who for s in steps))]
        self.instances = len(queues)
        async with asyncio.timeout(HANGS) as hanging, asyncio.TaskGroup() as instances:
            for queue in queues:
                instances.create_task(self._instance(queue))
            for step in (*steps, *(Step(who, "end") for who in range(len(queues)))):
                await queues[step.who].put(step)
                await queues[step.who].join()
                hanging.reschedule(asyncio.get_running_loop().time() + HANGS)
        bad = [*self.store.root.rglob("bad*.toml*")]  # where it stood, or in the trash
        assert all(p.read_text() == UNREADABLE for p in bad), "an unreadable file was written to"
        assert not [*self.folder.rglob(".socui-*.tmp")], "a temporary file was left"

    async def _instance(self, queue: asyncio.Queue[Step]) -> None:
        """An app, started anew whenever it was left, as by choosing Quit in the palette."""
        ended = False
        while not ended:
            store = self._own_store()
            opened = store.open(self.path) if self.path.exists() else None
            app = self.make(store, self.decider, opened, today=NOW.date, config=self.folder / "config")
            async with app.run_test(size=(120, 36)) as pilot:
                app._settled()
                while app.return_code is None and not ended:
                    step = await queue.get()
                    try:
                        ended = step.kind == "end"
                        await play(step, pilot)
                    finally:
                        queue.task_done()
                await in_time(settled, pilot)
                self._check(app)
                app.exit()  # as a person leaves: what still runs is not for a screen any more

    def _check(self, app: SocuiApp) -> None:
        session, advice = app.workspace.session, app.workspace.state.advice
        session.write()
        app.workspace.saving.look()  # as it does every other second, for what another instance wrote
        # What another instance deleted is told as gone, and stays on the screen; the trash has what that one made of it.
        on_disk = session.profile if session.gone and self.instances > 1 else kept(session)
        assert bare(on_disk) == bare(session.profile), "the disk is not as the screen"
        shown = on_disk if session.fork is None else session.work.profile  # a what-if is shown, and not saved
        assert app.decider.advise(shown, app.today()).answered == advice.answered, "the screen shows another advice"
        assert app._crash_text == ""
        # Left by a click, or by another, it does nothing of what was typed last.
        assert app.return_code is not None or not app.typed_ahead.held, "keys wait, and nothing is under way"


def kept(session: Session) -> Profile:
    """What is on the disk of the session's profile."""
    session.write()
    assert not session.dirty, session.problem
    path = session.draft or (session.opened and session.opened.path)
    if path is None:  # an example, looked at and not changed
        return session.profile
    if not session.draft and not Path(path).exists():  # deleted in the list of profiles while it was open
        trash, name = session.store.trash, Path(path).name
        path = max((p for p in trash.folder.iterdir() if trash.original(p) == name), key=lambda p: p.stat().st_mtime)
    kind = "socui-draft" if session.draft else "socui-profile"
    return from_bytes(Path(path).read_bytes(), kind).profile


def bare(profile: Profile) -> Profile:
    """The profile without what saving adds."""
    return replace(profile, id="", created=None, updated=None, knowledge="", result="", extra={})


class Failure:
    """What broke, and where; two are the same fault where their `place` is."""

    def __init__(self, error: BaseException) -> None:
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        last = traceback.extract_tb(error.__traceback__)[-1]
        self.place = f"{type(error).__name__} in {Path(last.filename).name}:{last.name}"
        if isinstance(error, AssertionError):  # one place holds several of them
            self.place += f": {error}"
        self.text = "".join(traceback.format_exception(error))


def outcome(steps: Sequence[Step], decider: Decider, make: Callable[..., SocuiApp] = SocuiApp) -> Failure | None:
    """What comes of these steps in a folder of their own, None where nothing breaks."""
    if not steps:
        return None
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="soak-", dir=folder_in_memory(), ignore_cleanup_errors=True) as name:
        os.chdir(name)  # a report may be saved under any name
        os.environ.update(HOME=name, XDG_CONFIG_HOME=name, SSH_CONNECTION="soak")  # no clipboard of this machine
        try:  # of two apps in one process, the first leaves its own output behind as that of the process
            with contextlib.redirect_stdout(sys.stdout), contextlib.redirect_stderr(sys.stderr):
                asyncio.run(Round(Path(name), decider, make).run(steps))
        except Exception as error:
            return Failure(error)
        finally:
            os.chdir(before)
            gc.unfreeze()  # each app freezes what lives as it starts, and with it what is left of the one before
            gc.collect()
    return None


def shortest(steps: Sequence[Step], breaks: Callable[[Sequence[Step]], bool], seconds: float = 300) -> list[Step]:
    """Fewest steps, and keys in them, that still break it, as far as the time allows: halves, quarters and so on are left
    out (delta debugging)."""
    end = time.monotonic() + seconds
    best = _less(list(steps), breaks, end)
    for at, step in enumerate(best):
        if step.kind == "keys" and len(step.what) > 1:
            head, tail = best[:at], best[at + 1 :]

            def fewer(keys: list[object], step: Step = step, head: list[Step] = head, tail: list[Step] = tail) -> bool:
                return breaks([*head, step._replace(what=tuple(keys)), *tail])

            best[at] = step._replace(what=tuple(_less([*step.what], fewer, end)))
    return best


def _less(items: list[Any], breaks: Callable[[list[Any]], bool], end: float) -> list[Any]:
    size = max(len(items) // 2, 1)
    while time.monotonic() < end:
        for start in range(0, len(items), size):
            fewer = items[:start] + items[start + size :]
            if fewer and time.monotonic() < end and breaks(fewer):
                items = fewer
                break
        else:
            if size == 1:
                return items
            size = max(size // 2, 1)
    return items


def rounds(seed: str, keys: int) -> Iterable[tuple[str, list[Step]]]:
    """The steps of each round with the seed that draws it; every third has two instances."""
    number = done = 0
    while done < keys:
        name = f"{seed}.{number}"
        steps = [*drawn(name, min(KEYS_A_ROUND, keys - done), 2 if number % 3 == 2 else 1)]
        done += sum(step.keys for step in steps)
        number += 1
        yield name, steps


DECIDER: Decider
"""What every round of this process decides by: made once, before the processes are forked off."""


def played(steps: Sequence[Step]) -> Failure | None:
    """What comes of them. For a process of the pool."""
    return outcome(steps, DECIDER)


def shrunk(steps: Sequence[Step], place: str, seconds: float) -> list[Step] | None:
    """The shortest of them that breaks at that place; None where they do not break there again. For a process of the pool."""

    def same(fewer: Sequence[Step]) -> bool:
        again = outcome(fewer, DECIDER)
        return again is not None and again.place == place

    return shortest(steps, same, seconds) if same(steps) else None


def main() -> int:
    """Play until all is pressed; every kind of fault is told once."""
    global DECIDER  # noqa: PLW0603  # forked processes share it
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--keys", type=int, default=20_000)
    parser.add_argument("--seed", default=str(int(time.time())))
    parser.add_argument("--shrink", type=float, default=300, help="seconds to look for a shorter sequence")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="rounds that run at once")
    args = parser.parse_args()
    wait_by_events()
    parse_styles_once()
    DECIDER = Decider(load_knowledge())
    pressed, places = 0, set[str]()
    print(f"seed {args.seed}", flush=True)
    with multiprocessing.get_context("fork").Pool(args.jobs, maxtasksperchild=ROUNDS_A_PROCESS) as pool:
        waiting = deque[tuple[str, list[Step], AsyncResult[Failure | None]]]()
        drawn_rounds = rounds(args.seed, args.keys)
        while True:
            for name, steps in itertools.islice(drawn_rounds, 2 * args.jobs - len(waiting)):
                waiting.append((name, steps, pool.apply_async(played, (steps,))))
            if not waiting:
                return bool(places)
            name, steps, result = waiting.popleft()
            try:
                failure = result.get(LOST)
            except multiprocessing.TimeoutError:
                print(f"round {name}: its process has died; all of it:", *steps, sep="\n  ", flush=True)
                return 1
            pressed += sum(step.keys for step in steps)
            if failure is not None and failure.place not in places:
                places.add(failure.place)
                print(f"round {name}: {failure.place}\n{failure.text}", flush=True)
                if fewest := pool.apply(shrunk, (steps, failure.place, args.shrink)):
                    print("the shortest that breaks it:", *fewest, sep="\n  ", flush=True)
                else:
                    print("it does not break again: it hangs on time. All of it:", *steps, sep="\n  ", flush=True)
            print(f"{pressed} keys, {len(places)} kinds of fault", flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
