"""Who catches an error: the boundary of the nearest activity around it, and nothing else.

The library hands an error to every boundary of the process that catches its code, so that of two
boxes side by side both are interrupted when one of them fails; and what nothing catches it offers
to the whole instance. Here an error goes from box to box outwards. At each, a boundary that names
it comes before one that catches everything; what reaches the outside is told, and becomes an
incident.
"""

from __future__ import annotations

from typing import Any, Final

from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.util.event import EventManager
from SpiffWorkflow.spiff.specs.event_definitions import ErrorEventDefinition
from SpiffWorkflow.task import Task


class ScopedEvents(EventManager):
    """The events that an instance waits for."""

    def catch(self, event: BpmnEvent, internal: bool = True) -> int:  # noqa: FBT001, FBT002
        """Hand an event to whoever waits for it; return to how many."""
        if event.target is None:
            caught: int = super().catch(event, internal)
            return caught
        scope = event.target
        while scope.parent_task_id is not None:
            activity = self.workflow.get_task_from_id(scope.parent_task_id)
            boundary = self._boundary(activity, event)
            if boundary is not None:
                boundary.task_spec.catch(boundary, event)
                boundary.task_spec._update(boundary)  # noqa: SLF001 the library's own way
                return 1
            scope = scope.parent_workflow
        if internal:
            self.workflow.bpmn_events.append(event)
        return 0

    def _boundary(self, activity: Task, event: BpmnEvent) -> Task | None:
        split = activity.parent
        while isinstance(split.task_spec, LoopTask):
            split = split.parent
        found = [
            task
            for task in self.tasks.values()
            if task.parent is split
            and isinstance(task.task_spec, BoundaryEvent)
            and task.task_spec.catches(task, event)
        ]
        return min(found, key=_catches_all, default=None)


class ScopedError(ErrorEventDefinition):
    """An error that says where it was thrown."""

    def throw(self, my_task: Task) -> None:
        """Throw it; flags stay inside the box that failed."""
        my_task.workflow.top_workflow.catch(BpmnEvent(self, target=my_task.workflow))


def scope_errors(definition: Any) -> None:  # noqa: ANN401 untyped library
    """Exchange an error of the library for ours; one without code goes by its name.

    The library takes a missing code for every error.
    """
    if isinstance(definition, ErrorEventDefinition):
        definition.__class__ = ScopedError
        if definition.code is None and definition.name != _NAMELESS:
            definition.code = definition.name


_NAMELESS: Final = "None Error Event"


def _catches_all(task: Task) -> bool:
    return getattr(task.task_spec.event_definition, "code", None) is None
