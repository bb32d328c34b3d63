"""Who may open a file: who sees it with its case; before it belongs to one, who uploaded it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import Actor
from workflows.domain import evidence, evidence_reach, ledger, readers, visibility
from workflows.domain.evidence import Evidence


def for_screen(session: Session, actor: Actor, evidence_id: str) -> Evidence:
    """Return a file that an actor may see; NotFound otherwise."""
    found = evidence.get(session, evidence_id)
    if found.uploaded_by == actor.id:
        return found
    if found.case_id is None:
        raise _nothing(evidence_id)
    try:
        ledger.row(session, actor, found.case_id)
    except NotFound as error:
        raise _nothing(evidence_id) from error
    reader = readers.of_case(session, actor, found.case_id)
    if not evidence_reach.may_see(session, reader, found, found.case_id):
        raise _nothing(evidence_id)
    return found


def for_original(session: Session, actor: Actor, evidence_id: str) -> Evidence:
    """Return a file whose unaltered original an actor may have: an authority, or the uploader."""
    found = for_screen(session, actor, evidence_id)
    if found.uploaded_by != actor.id and not visibility.is_authority(session, actor):
        raise _nothing(evidence_id)
    return found


def _nothing(evidence_id: str) -> NotFound:
    return NotFound(f"Expected evidence {evidence_id}, but there is none", "没有该证据文件")
