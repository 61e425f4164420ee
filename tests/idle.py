"""Waits until an app that a pilot drives has nothing left to do, by what its event loop holds and not by the clock.

Textual's own waiting measures processor time in pieces of 20 ms, twice a key: four fifths of a screen test were sleep.
"""

from __future__ import annotations

import asyncio
from math import inf
from pathlib import Path
from threading import get_native_id
from typing import Any

SOON = 0.02
"""Seconds: a timer due that soon, such as the one that paints a screen, belongs to what a key brings about."""
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
            quiet = 0
            continue
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=inf) - loop.time()
        if due < SOON:
            await asyncio.sleep(max(due, 0))
            quiet = 0
        elif _threads_have_work(loop._default_executor):
            await asyncio.sleep(_PIECE)
            quiet, still = 0, 0 if _threads_run() else still + 1
        else:
            quiet += 1


def _threads_have_work(executor: Any) -> bool:
    """Whether a thread of the loop's pool has something to do: not all of those started wait for work."""
    return executor is not None and executor._idle_semaphore._value < len(executor._threads)


def _threads_run() -> bool:
    """Whether another thread of this process runs, could run if a processor were free, or waits for the disk."""
    for task in Path("/proc/self/task").iterdir():
        if int(task.name) != get_native_id():
            try:
                state = (task / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:  # it has ended
                continue
            if state in "RD":
                return True
    return False
