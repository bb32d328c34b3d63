"""A bundle: the diagram of one process with its decision tables and forms, as one thing.

Within a bundle the paths are `<process>.bpmn`, `<name>.dmn` and `forms/<form>.json`; the same
paths are stored with each version.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from engine import errors
from engine.deployment import declared
from engine.deployment.environment import ProcessContract
from engine.deployment.findings import Fault, Finding, Spot
from engine.execution.bpmn_model import Diagram, ProcessInfo
from engine.execution.bpmn_reader import read_bpmn
from engine.execution.dmn_reader import read_dmn
from engine.expressions.decision_graph import DecisionModel, DecisionNode
from engine.expressions.tables import DecisionTable
from engine.forms.definition import FormDefinition

SIZE_LIMIT: Final = 5_000_000
"""Bytes of all files of a bundle."""

FORMS: Final = "forms/"

_UNREADABLE_DIAGRAM: Final = Fault(
    "file.diagram_unreadable",
    "{reason}",
    "{reason_zh}",
    "Export the diagram again from the editor",
    "请从建模器重新导出",
)
_UNREADABLE_DECISION: Final = Fault(
    "decision.unreadable",
    "{reason}",
    "{reason_zh}",
    "Keep to the decisions, hit policies and boxed expressions of DMN 1.5, all in FEEL",
    "请使用 DMN 1.5 的决策、命中策略和框式表达式，一律用 FEEL 书写",
)
_UNREADABLE_FORM: Final = Fault(
    "form.unreadable",
    "{reason}",
    "{reason_zh}",
    "Correct the form definition",
    "请更正表单定义",
)
_REPEATED_DECISION: Final = Fault(
    "decision.repeated",
    "Expected every decision once in a bundle, but {id} is in several files",
    "决策 {id} 在多个文件中重复",
    "Rename one of them",
    "请重命名其中之一",
)


@dataclass(frozen=True)
class DecisionFile:
    """A decision, the document around it, and the file that holds it."""

    path: str
    node: DecisionNode
    model: DecisionModel

    @property
    def table(self) -> DecisionTable | None:
        """The decision table, None if the decision is made of something else."""
        return self.node.table


@dataclass(frozen=True)
class Bundle:
    """The files of one process, by path."""

    process: str
    files: Mapping[str, bytes]

    @property
    def diagram_path(self) -> str:
        """The path of the diagram within the bundle."""
        return f"{self.process}.bpmn"

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 over every path and its bytes; the same content has the same digest."""
        total = hashlib.sha256()
        for path, content in sorted(self.files.items()):
            total.update(f"{path}\0{len(content)}\0".encode())
            total.update(content)
        return total.hexdigest()

    @functools.cached_property
    def read(self) -> Contents:
        """The files as values, with the problems of those that cannot be read."""
        return _read(self)

    @property
    def diagram(self) -> Diagram | None:
        """The diagram; None if it cannot be read."""
        return self.read.diagram

    @property
    def info(self) -> ProcessInfo | None:
        """The bundle's process within the diagram; None if there is none of its name."""
        processes = self.diagram.processes if self.diagram is not None else ()
        return next((p for p in processes if p.id == self.process), None)

    @functools.cached_property
    def contract(self) -> ProcessContract:
        """What the process does with messages, signals, and fields of the case."""
        if self.diagram is None:
            return ProcessContract()
        found = declared.fields(self.diagram_path, self.diagram, self.read.forms)
        fields = {one.field.name: one.field.type for one in found}
        return replace(contract_of(self.diagram), fields=fields)


@dataclass(frozen=True)
class Contents:
    """What the files of a bundle hold."""

    diagram: Diagram | None
    forms: Mapping[str, FormDefinition]
    decisions: Mapping[str, DecisionFile]
    problems: tuple[Finding, ...]


def read_bundle(processes_dir: Path, forms_dir: Path, process: str) -> Bundle:
    """Read the files of a process from the source tree.

    Args:
        processes_dir: holds a folder `<process>/` with the diagram and the decision tables.
        forms_dir: holds a folder `<process>/` with the forms; may be absent.
        process: the id of the process and the name of both folders.

    Raises:
        NotFound: there is no diagram of that name.
        Invalid: the files are too large together.
    """
    folder = processes_dir / process
    if not (folder / f"{process}.bpmn").is_file():
        raise errors.NotFound(
            f"Expected a diagram {process}/{process}.bpmn, but there is none",
            f"找不到流程图 {process}/{process}.bpmn",
        )
    files = {path.name: path.read_bytes() for path in folder.iterdir() if _belongs(path, process)}
    for path in sorted((forms_dir / process).glob("*.json")):
        files[f"{FORMS}{path.name}"] = path.read_bytes()
    size = sum(map(len, files.values()))
    if size > SIZE_LIMIT:
        raise errors.Invalid(
            f"Expected a bundle of at most {SIZE_LIMIT} bytes, but {process} has {size}",
            f"流程包最多 {SIZE_LIMIT} 字节，{process} 实际为 {size} 字节",
        )
    return Bundle(process, files)


def _belongs(path: Path, process: str) -> bool:
    return path.name == f"{process}.bpmn" or path.suffix == ".dmn"


def contract_of(diagram: Diagram) -> ProcessContract:
    """Return what a diagram does with messages, signals and dates of its own."""
    starts, catches, throws, signals = set[str](), set[str](), set[str](), set[str]()
    for node in diagram.nodes:
        for event in node.events:
            if event.name is None:
                continue
            throwing = node.kind in ("intermediateThrowEvent", "endEvent")
            if event.kind == "signal" and throwing:
                signals.add(event.name)
            elif event.kind == "message":
                kept = throws if throwing else starts if node.kind == "startEvent" else catches
                kept.add(event.name)
    return ProcessContract(
        frozenset(starts),
        frozenset(catches),
        frozenset(throws) | declared.sent(diagram),
        frozenset(signals),
        begins=declared.begun(diagram),
        dates=declared.dates(diagram),
    )


def _read(bundle: Bundle) -> Contents:
    problems: list[Finding] = []
    diagram: Diagram | None = None
    try:
        diagram = read_bpmn(bundle.files.get(bundle.diagram_path, b""))
    except errors.Invalid as error:
        problems.append(_problem(_UNREADABLE_DIAGRAM, bundle.diagram_path, error))
    forms = _forms(bundle, problems)
    decisions = _decisions(bundle, problems)
    return Contents(diagram, forms, decisions, tuple(problems))


def _forms(bundle: Bundle, problems: list[Finding]) -> dict[str, FormDefinition]:
    forms: dict[str, FormDefinition] = {}
    for path, content in sorted(bundle.files.items()):
        if not path.startswith(FORMS):
            continue
        try:
            forms[PurePosixPath(path).stem] = FormDefinition.from_json(content)
        except errors.Invalid as error:
            problems.extend(_form_problems(path, error))
    return forms


def _form_problems(path: str, error: errors.Invalid) -> list[Finding]:
    if not error.errors:
        return [_problem(_UNREADABLE_FORM, path, error)]
    return [
        _UNREADABLE_FORM.at(path, Spot(e.field), reason=e.message, reason_zh=e.message_zh)
        for e in error.errors
    ]


def _decisions(bundle: Bundle, problems: list[Finding]) -> dict[str, DecisionFile]:
    decisions: dict[str, DecisionFile] = {}
    for path, content in sorted(bundle.files.items()):
        if not path.endswith(".dmn"):
            continue
        try:
            model = read_dmn(content)
        except errors.Invalid as error:
            problems.append(_problem(_UNREADABLE_DECISION, path, error))
            continue
        for node in model.decisions:
            if node.id in decisions:
                problems.append(_REPEATED_DECISION.at(path, Spot(node.id)))
            decisions.setdefault(node.id, DecisionFile(path, node, model))
    return decisions


def _problem(fault: Fault, path: str, error: errors.Invalid) -> Finding:
    line = error.details.get("line")
    return fault.at(
        path,
        Spot("", line if isinstance(line, int) else 0),
        reason=error.message,
        reason_zh=error.message_zh,
    )
