"""The compiled process: it can be made ready to run, and is not too large to start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import errors
from engine.deployment.findings import Fault, Finding, Spot
from engine.deployment.subject import Subject
from engine.execution.compiled import compile_process

PREDICTED_LIMIT: Final = 500

NOT_COMPILED: Final = Fault(
    "process.not_compiled",
    "{reason}",
    "{reason_zh}",
    "Correct the element named",
    "请更正所指出的节点",
)
TOO_LARGE: Final = Fault(
    "process.too_large",
    "Expected at most {limit} predicted tasks at start, but {id} has {count}",
    "流程 {id} 启动时预计 {count} 个任务，最多 {limit} 个",
    "Wrap parts of it in sub-processes or in processes of their own",
    "请把一部分放入子流程或独立流程",
)


def check_compiled(subject: Subject) -> Iterator[Finding]:
    """Processes that the engine cannot make ready, or that grow too large at start."""
    process = subject.bundle.process
    try:
        compiled = compile_process(subject.bundle.files[subject.file], process)
    except errors.Invalid as error:
        element = str(error.details.get("element") or process)
        yield NOT_COMPILED.at(
            subject.file, Spot(element), reason=error.message, reason_zh=error.message_zh
        )
        return
    if compiled.predicted_tasks > PREDICTED_LIMIT:
        yield TOO_LARGE.at(
            subject.file, Spot(process), count=compiled.predicted_tasks, limit=PREDICTED_LIMIT
        )
