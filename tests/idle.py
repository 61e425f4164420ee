"""Waits until an app that a pilot drives has nothing left to do, by what its event loop holds and not by the clock.

Textual's own waiting measures processor time in pieces of 20 ms, twice a key: four fifths of a screen test were sleep.
"""

from __future__ import annotations

import asyncio
from math import inf
from pathlib import Path
from threading import get_native_id
from typing import Any

SOON = 0.04
"""Seconds: a timer due that soon belongs to what a key brings about. The one that paints a screen, set to 1/60, is due after up to
two such spans where it was paused."""
_PIECE = 0.005
"""Seconds of sleep while threads have work."""
_STILL = 4
"""After so many pieces in which no thread ran or waited for the disk, those that have work wait for something else."""


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:  # noqa: ARG001  # Textual's signature
    """Wait until nothing is ready to run, no timer is due soon and no thread works; at most `max_sleep` seconds."""
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + max_sleep
    quiet = still = 0
    while quiet < 2 and still < _STILL and loop.time() < end:
        await asyncio.sleep(0)
        if loop._ready:
            quiet = still = 0
            continue
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=inf) - loop.time()
        if due < SOON:
            await asyncio.sleep(max(due, 0))
            quiet = still = 0
        elif _threads_have_work(loop._default_executor):
            before = _time_of_threads()
            await asyncio.sleep(_PIECE)
            quiet, still = 0, 0 if _threads_run() or _time_of_threads() != before else still + 1
        else:
            quiet += 1


def _threads_have_work(executor: Any) -> bool:
    """Whether a thread of the loop's pool has something to do: not all of those started wait for work."""
    return executor is not None and executor._idle_semaphore._value < len(executor._threads)


def _time_of_threads() -> int:
    """Nanoseconds of processor time that the other threads have had.

    One that waits for the interpreter's lock, which this thread holds as it looks, is not seen to run; but it has run.
    """
    return sum(int(task.split()[0]) for task in _of_threads("schedstat"))


def _of_threads(name: str) -> list[str]:
    """That file of every other thread of this process."""
    texts = []
    for task in Path("/proc/self/task").iterdir():
        if int(task.name) != get_native_id():
            try:
                texts.append((task / name).read_text())
            except OSError:  # it has ended
                continue
    return texts


def _threads_run() -> bool:
    """Whether another thread of this process runs, could run if a processor were free, or waits for the disk."""
    return any(stat.rpartition(")")[2].split()[0] in "RD" for stat in _of_threads("stat"))
