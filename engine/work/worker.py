"""The worker: what falls due, the outbox, the anchors; any number of workers on any machines.

A worker serves one database, whatever agencies share it: dates, messages and chains of all.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from engine import clock
from engine.errors import Unavailable
from engine.history.anchors import anchor_heads
from engine.work.outbox import OutboxMessage
from engine.work.room import Room
from engine.work.runtime import Runtime

log = logging.getLogger(__name__)

ANCHOR_EVERY = timedelta(minutes=5)
_BATCH = 50


def run_worker(
    runtime: Runtime,
    stop_event: threading.Event,
    interval: float,
    *,
    send: Callable[[OutboxMessage], None] | None = None,
    anchor_key: bytes | None = None,
    also: Sequence[Callable[[], int]] = (),
) -> None:
    """Work until told to stop: sweep, and rest for `interval` seconds when nothing was due.

    Args:
        runtime: whose cases are looked after.
        stop_event: set it to stop after the step in hand.
        interval: seconds between two sweeps that found nothing.
        send: sends one message of the outbox; without it the outbox is left alone.
        anchor_key: signs anchors of history; without it none are made.
        also: what the application does besides; each returns how much it found to do.
    """
    # Thousands of dates may have come while nobody was there; people work meanwhile.
    between = Room(stop_event.wait).leave
    sweep: list[Callable[[], int]] = [partial(runtime.fire_due, limit=_BATCH, between=between)]
    if send is not None:
        sweep.append(partial(runtime.deliver_outbox, send, limit=_BATCH))
    if anchor_key is not None:
        sweep.append(_Anchoring(runtime, anchor_key).step)
    sweep.extend(also)
    while not stop_event.is_set():
        # Every step is done, whatever the one before it found.
        busy = [_survive(step) for step in sweep]
        if not any(busy):
            stop_event.wait(interval)


class _Anchoring:
    """Anchors the chains every few minutes."""

    def __init__(self, runtime: Runtime, key: bytes) -> None:
        self._runtime = runtime
        self._key = key
        self._last: datetime | None = None

    def step(self) -> int:
        """Anchor if it is time; never a reason to sweep again at once."""
        if self._last is None or clock.now() - self._last >= ANCHOR_EVERY:
            self._last = clock.now()
            self._runtime.database.run(lambda session: anchor_heads(session, self._key))
        return 0


def _survive(step: Callable[[], int]) -> bool:
    """Do a step; neither a database gone for a while nor a fault ends the worker."""
    try:
        return step() > 0
    except Unavailable as error:
        log.warning("the database is not available: %s", error)
    except Exception:
        log.exception("a step of the worker failed and is tried again")
    return False
