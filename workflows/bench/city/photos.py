"""Photographs of the city: a few real ones, uploaded again and again by whoever needs one."""

from __future__ import annotations

from sqlalchemy import insert, select

from engine import clock
from engine.ports import Actor
from engine.store.base import table
from engine.store.ids import new_id
from workflows.app import Bihuan
from workflows.demo import photos
from workflows.domain.evidence_tables import EvidenceRow

_ROW = table(EvidenceRow)


class Album:
    """Pictures by their kind: the first of a kind is drawn and read, the others are as it."""

    def __init__(self, bihuan: Bihuan) -> None:
        """Begin without any."""
        self._bihuan = bihuan
        self._known: dict[str, dict[str, object]] = {}

    def photo(self, actor: Actor, kind: str) -> str:
        """Keep a picture as a person's own and return its id.

        Its bytes lie under their hash already, so that only the row is new: a city's photographs
        would measure how pictures are read, not how cases are kept.
        """
        with self._bihuan.database.begin() as session:
            if kind not in self._known:
                content = photos.picture(kind, len(self._known))
                first = self._bihuan.evidence.add(
                    session, actor, f"{kind}.jpg", content, clock.now()
                )
                found = session.execute(select(_ROW).where(_ROW.c.id == first)).mappings().one()
                self._known[kind] = dict(found)
                return first
            row = self._known[kind] | {"id": new_id(), "uploaded_by": actor.id}
            session.execute(insert(_ROW), row | {"uploaded_at": clock.now()})
            return str(row["id"])
