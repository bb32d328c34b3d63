"""Who decides next on a proposal to void: an act, so no task says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.ports import Act
from webapp.cases.parts import NextStep
from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import pick
from webapp.presentation import labels
from webapp.presentation.case_facts import body_name
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import remaining
from workflows.domain.acts import ACTS

VOID = "case.void"


def void_steps(
    sources: CaseSources, acts: Sequence[Act], address: str, now: datetime, language: str
) -> list[NextStep]:
    """Return that the head of the bureau decides a proposal; nothing where there is none."""
    document = sources.record.document
    open_proposal = sources.record.open and document["void_proposal"] is not None
    if not (open_proposal and sources.authority):
        return []
    who = body_name(sources.bodies, document["bodies"]["emergency_bureau"], language)
    act = ACTS[VOID]
    return [
        NextStep(
            who=who,
            who_lang=spoken(who),
            roles=labels.label(labels.ROLES, "head", language),
            title=pick(language, act.title_zh, act.title),
            left=remaining(None, now, language),
            address=address if any(one.name == VOID for one in acts) else None,
        )
    ]
