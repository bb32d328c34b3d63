"""What has to be possible at any moment while a task is open, such as taking a request back."""

from __future__ import annotations

from collections.abc import Sequence

from engine.verification.paths import Path
from engine.verification.statutes.drawn import drawn_labels
from engine.verification.statutes.events import Event, any_may
from engine.verification.statutes.space import explored
from engine.verification.statutes.steps import Steps


def impossible(
    steps: Steps, event: Sequence[Event], during: Sequence[Event], budget: int
) -> tuple[str, Path] | None:
    """Return a task that is open while an event cannot come, with the way there.

    Args:
        steps: the process.
        event: what has to be possible.
        during: the acts whose tasks are meant.
        budget: states that may be searched.

    Raises:
        TimeoutError: the budget did not do.
    """
    space = explored(steps, budget)
    if space is None:
        raise TimeoutError
    able = [any_may(event, labels) for labels in steps.labels]
    for node in steps.diagram.of_kind("userTask"):
        if not any_may(during, drawn_labels(node)):
            continue
        for number in space.holding(steps, node.id):
            if not any(able[turn] for turn, _ in space.edges[number]):
                return node.id, steps.path(space.path(number))
    return None
