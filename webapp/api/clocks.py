"""The virtual clock: there only where the product was started with one."""

from __future__ import annotations

from typing import Any

from engine import clock
from engine.clock import VirtualClock
from engine.errors import NotFound
from webapp.api import replay
from webapp.api.access import needs
from webapp.api.blueprint import Blueprint
from webapp.api.clock_moves import duration_of, move
from webapp.api.replay import done_already, replayable
from webapp.api.schemas.clock import ClockFace, ClockMove
from webapp.context import bihuan

blueprint = Blueprint(
    "clock",
    __name__,
    ("虚拟时钟（仅当 BIHUAN_CLOCK=virtual）", "The virtual clock (BIHUAN_CLOCK=virtual only)"),
)


@blueprint.call("GET", "/clock", "查看虚拟时钟", refusals=(404,))
@needs.read
@blueprint.gives(ClockFace)
def read_clock() -> dict[str, Any]:
    """Tell what the virtual clock shows."""
    _virtual()
    return _face(0)


@blueprint.call("POST", "/clock", "拨动虚拟时钟", refusals=(404,), parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.takes(ClockMove)
@blueprint.gives(ClockFace)
def move_clock(wanted: dict[str, Any]) -> dict[str, Any]:
    """Move the clock; what falls due on the way is done in order before the answer."""
    virtual = _virtual()
    to = wanted["now"] if "now" in wanted else duration_of(wanted["advance"])
    if done_already("clock"):
        return _face(0)
    return _face(move(bihuan().runtime, virtual, to=to))


def _virtual() -> VirtualClock:
    found = clock.current()
    if bihuan().settings.virtual_clock is None or not isinstance(found, VirtualClock):
        raise NotFound("Expected a virtual clock, but there is none", "没有虚拟时钟")
    return found


def _face(fired: int) -> dict[str, Any]:
    now = clock.now()
    return {"now": now, "date": clock.beijing_date(now), "fired": fired}
