"""Which sequence flows of the diagrams the walks have taken."""

from __future__ import annotations

import re

from sqlalchemy import select

from engine.store.tables import Visit
from tests.walks.zone import Zone
from workflows.deploying import bundles

_FLOW = re.compile(r'<bpmn:sequenceFlow id="([^"]+)"')


def drawn() -> set[tuple[str, str]]:
    """Return every sequence flow of the shipped diagrams, with its process."""
    return {
        (bundle.process, flow)
        for bundle in bundles()
        for flow in _FLOW.findall(bundle.files[f"{bundle.process}.bpmn"].decode())
    }


def taken(zone: Zone) -> set[tuple[str, str]]:
    """Return every sequence flow that a token has passed."""
    with zone.database.read() as session:
        rows = session.execute(select(Visit.process, Visit.flow).distinct())
        return {(row.process, row.flow) for row in rows if row.flow}
