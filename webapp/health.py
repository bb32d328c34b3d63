"""Numbers for a monitor."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from engine import clock
from engine.store import counts
from webapp.context import bihuan
from webapp.policy import allow

blueprint = Blueprint("health", __name__)

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
HELP = {
    "bihuan_cases_open": "Cases that are not closed.",
    "bihuan_cases_closed": "Cases that are closed.",
    "bihuan_tasks_open": "Tasks that wait for a person.",
    "bihuan_tasks_late": "Open tasks whose date has passed.",
    "bihuan_incidents_open": "Incidents that nobody has dealt with.",
    "bihuan_due_waiting": "Cases whose date has come and that no worker has settled yet.",
    "bihuan_outbox_unsent": "Messages that wait to be sent.",
}


@blueprint.get("/metrics")
@allow.anyone
def metrics() -> ResponseReturnValue:
    """Tell the numbers in Prometheus' text format."""
    lines = [
        line
        for name, value in _measured().items()
        for line in (f"# HELP {name} {HELP[name]}", f"# TYPE {name} gauge", f"{name} {value}")
    ]
    return Response("\n".join(lines) + "\n", content_type=EXPOSITION)


def _measured() -> Mapping[str, int]:
    with bihuan().database.read() as session:
        found = counts.measure(session, clock.now())
    return {f"bihuan_{name}": value for name, value in found.items()}
