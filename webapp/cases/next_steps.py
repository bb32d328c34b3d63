"""Who must act next, told to a person whose own act was refused."""

from __future__ import annotations

from engine import clock
from engine.ports import Actor
from webapp.cases.parts import next_steps
from webapp.cases.sources import CaseSources
from webapp.presentation.steps import Step


def steps_ahead(sources: CaseSources, actor: Actor, language: str) -> list[Step]:
    """Return who must act next on a case; what the person may do is linked."""
    mine = frozenset(task.id for task in sources.open_tasks if task.is_for(actor))
    return [
        Step(one.title, one.who, one.roles, one.address)
        for one in next_steps(sources, mine, clock.now(), language)
    ]
