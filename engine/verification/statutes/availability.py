"""What has to be possible at any moment while a task is open, such as taking a request back."""

from __future__ import annotations

from collections.abc import Sequence

from engine.verification.paths import Path
from engine.verification.statutes.drawn import drawn_labels
from engine.verification.statutes.events import Event, any_may
from engine.verification.statutes.space import Space
from engine.verification.statutes.steps import Steps


def impossible(
    steps: Steps, space: Space, event: Sequence[Event], during: Sequence[Event]
) -> tuple[str, Path] | None:
    """Return a task that is open while an event cannot come, with the way there.

    Args:
        steps: the process.
        space: all its states.
        event: what has to be possible.
        during: the acts whose tasks are meant.
    """
    able = [any_may(event, labels) for labels in steps.labels]
    for node in steps.diagram.of_kind("userTask"):
        if not any_may(during, drawn_labels(node)):
            continue
        for number in space.holding(steps, node.id):
            if not any(able[turn] for turn, _ in space.edges[number]):
                return node.id, steps.path(space.path(number))
    return None
