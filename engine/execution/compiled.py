"""A process made ready to run: parsed once, never changed after, shared by all threads."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.specs.MultiChoice import MultiChoice

from engine import errors
from engine.execution import timers, xml
from engine.execution.diagram import Diagram, read_diagram
from engine.execution.joins import count_tokens
from engine.execution.model import ElementInfo
from engine.execution.races import count_dates
from engine.execution.repeats import repeat
from engine.execution.scripts import Condition
from engine.execution.specs import (
    ASSIGNMENT_PREFIX,
    Assignments,
    DiagramParser,
    FlatEndJoin,
    ItemRemoval,
)
from engine.execution.workflow import FlatWorkflow

PREDICTION_LIMIT: Final = 5_000
"""Tasks predicted at start above which a diagram is not compiled at all."""

_SPLIT: Final = ".BoundaryEventSplit"
_INNER: Final = " [child]"


@dataclass(frozen=True, slots=True)
class CompiledProcess:
    """A process with the sub-processes and called processes it needs; only ever read."""

    process_id: str
    digest: str
    spec: Any
    subprocess_specs: Mapping[str, Any]
    elements: Mapping[str, ElementInfo]
    flows: Mapping[tuple[str, str], str]
    message_starts: frozenset[str]
    predicted_tasks: int
    """Tasks that the library grows when an instance starts."""

    def element_of(self, spec_name: str) -> str | None:
        """Return the element that a task of the library stands for, None for its own joints."""
        name = spec_name.removesuffix(_INNER).removesuffix(_SPLIT)
        return name if name in self.elements else None


def compile_process(
    bpmn: bytes, process_id: str, *, called: Sequence[bytes] = ()
) -> CompiledProcess:
    """Make a process ready to run.

    Args:
        bpmn: the document that holds the process.
        process_id: its id.
        called: further documents that hold processes it calls.

    Raises:
        Invalid: the document cannot be read, or holds what cannot be run.
    """
    roots = [xml.safe_parse(source) for source in (bpmn, *called)]
    diagram = read_diagram(roots)
    spec, inner = _parse(roots, process_id)
    for scope in {id(scope): scope for scope in (spec, *inner.values())}.values():
        _bring_to_life(scope, diagram)
    return CompiledProcess(
        process_id=process_id,
        digest=hashlib.sha256(b"\0".join((bpmn, *called))).hexdigest(),
        spec=spec,
        subprocess_specs=inner,
        elements=diagram.elements,
        flows=diagram.flows,
        message_starts=diagram.message_starts.get(process_id, frozenset()),
        predicted_tasks=_predicted(spec, inner),
    )


class CompiledCache:
    """The processes in use, least recently used first to go; safe to share between threads."""

    def __init__(self, size: int = 64) -> None:
        """Keep at most `size` processes."""
        self.size = size
        self._kept: OrderedDict[tuple[str, str], CompiledProcess] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, process_id: str, version: int | str, make: Callable[[], CompiledProcess]
    ) -> CompiledProcess:
        """Return a version of a process, made by `make` when it is not kept."""
        key = (process_id, str(version))
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            found = self._kept.setdefault(key, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        return found

    def __len__(self) -> int:
        """Return how many processes are kept."""
        return len(self._kept)


def _parse(roots: list[etree._Element], process_id: str) -> tuple[Any, dict[str, Any]]:
    parser = DiagramParser()
    try:
        for number, root in enumerate(roots):
            parser.add_bpmn_xml(root, f"document {number + 1}")
        return parser.get_spec(process_id), parser.get_subprocess_specs(process_id)
    except RecursionError:
        raise errors.Invalid(
            f"Expected a process of reasonable length, but {process_id} nests too deep",
            f"流程 {process_id} 过长或循环中没有排他网关，无法解析",
        ) from None
    except Exception as error:  # the library raises KeyError and its like as well
        element = getattr(error, "id", "") or ""
        raise errors.Invalid(
            f"Expected a process that can be run, but {error} ({element or process_id})",
            f"流程 {process_id} 的节点 {element} 无法执行：{error}",
            element=element,
        ) from error


def _bring_to_life(scope: Any, diagram: Diagram) -> None:  # noqa: ANN401 untyped library
    scope.end.__class__ = FlatEndJoin
    for spec in scope.task_specs.values():
        timers.bring_to_life(spec)
        count_dates(spec)
        repeat(spec)
        count_tokens(spec)
        _forget_correlations(spec)
        if isinstance(spec, MultiChoice):
            _mark_conditions(spec)
        if isinstance(spec, LoopTask):
            _prepare_loop(scope, spec)
    # After the loops: a flag must be set before the loop collects its instance.
    for name, expressions in _assignments(scope, diagram):
        completed = scope.task_specs[name].completed_event
        completed.hard_subscribers = [
            (Assignments(expressions), (), {}),
            *(completed.hard_subscribers or ()),
        ]


def _forget_correlations(spec: Any) -> None:  # noqa: ANN401
    for definition in timers.definitions(spec):
        if isinstance(definition, MessageEventDefinition):
            definition.correlation_properties = []
            definition.process_correlations = []


def _mark_conditions(spec: Any) -> None:  # noqa: ANN401
    for condition, _ in spec.cond_task_specs:
        if condition is not None:
            condition.args = (Condition(condition.args[0]),)


def _prepare_loop(scope: Any, spec: Any) -> None:  # noqa: ANN401
    if spec.condition is not None:
        spec.condition = Condition(spec.condition)
    if getattr(spec, "input_item", None) is not None and spec.output_item is None:
        # The library would merge the item into the token, and refuse the next one over it.
        scope.task_specs[spec.task_spec].completed_event.connect(
            ItemRemoval(spec.input_item.bpmn_id)
        )
    # The library connects at the first instance, which races between threads and is missing
    # in a process that only loads the instance.
    scope.task_specs[spec.task_spec].completed_event.connect(spec.merge_child)


def _assignments(scope: Any, diagram: Diagram) -> Iterator[tuple[str, dict[str, str]]]:  # noqa: ANN401
    for name, spec in scope.task_specs.items():
        if not spec.bpmn_id or isinstance(spec, LoopTask):
            continue
        info = diagram.elements.get(spec.bpmn_id)
        expressions = {
            key.removeprefix(ASSIGNMENT_PREFIX): value
            for key, value in (info.properties if info else {}).items()
            if key.startswith(ASSIGNMENT_PREFIX)
        }
        if expressions:
            yield name, expressions


def _predicted(spec: Any, inner: Mapping[str, Any]) -> int:  # noqa: ANN401
    workflow = FlatWorkflow(spec, inner, None)
    workflow.id_limit = PREDICTION_LIMIT
    try:
        workflow.plant()
    except (errors.Incident, RecursionError):
        raise errors.Invalid(
            f"Expected at most {PREDICTION_LIMIT} predicted tasks at start, but {spec.name} has "
            "more; put parallel blocks into sub-processes, and an exclusive gateway into loops",
            f"流程 {spec.name} 启动时预测的任务超过 {PREDICTION_LIMIT} 个，请把并行块放入子流程",
        ) from None
    return len(workflow.tasks)
