"""Processes: the versions in force and before, and the gate for a new one."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import unified_diff
from typing import Any

from engine.deployment.bundle import Bundle
from engine.deployment.differences import MOST
from engine.errors import Invalid, NotFound
from engine.execution.bpmn_reader import read_bpmn
from engine.store import definitions
from engine.store.definitions import DefinitionVersion
from webapp.api import limits
from webapp.api.access import agency, caller, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.schemas.definitions import (
    CheckRequest,
    DefinitionDetail,
    DefinitionDiff,
    DefinitionList,
    Examination,
)
from webapp.context import bihuan, reading
from workflows.comparing.changes import changes_between
from workflows.surroundings import in_force
from workflows.verifying import PATIENCE, examination_json, examine

CHECKS = 60
"""A minute of one account: each reads and unfolds a whole diagram."""

MOST_LINES = 20_000
"""Of a file that is compared line by line: it takes longer than twice as long for twice as many."""

blueprint = Blueprint(
    "definitions", __name__, ("流程与部署前检查", "Processes and the gate before deployment")
)


@blueprint.call("GET", "/definitions", "列出流程的各个版本")
@needs.read
@blueprint.gives(DefinitionList)
def list_definitions() -> dict[str, Any]:
    """List every version of every process."""
    with reading() as session:
        found = [
            version
            for active in definitions.active(session, agency=agency())
            for version in definitions.versions(session, active.process, agency=agency())
        ]
    return {"items": [_version(one) for one in found], "total": len(found), "next": None}


@blueprint.call("GET", "/definitions/<process>/<int:version>", "查看流程的一个版本")
@needs.read
@blueprint.gives(DefinitionDetail)
def read_definition(process: str, version: int) -> dict[str, Any]:
    """Tell a version with its files."""
    known, files = _read(process, version)
    return _version(known) | {"files": files}


@blueprint.call(
    "GET", "/definitions/<process>/<int:version>/diff/<int:other>", "比较流程的两个版本"
)
@needs.read
@blueprint.gives(DefinitionDiff)
def compare_definitions(process: str, version: int, other: int) -> dict[str, Any]:
    """Tell what differs in the files of a version from those of another."""
    (known, after), (older, before) = _read(process, version), _read(process, other)
    changed = [path for path in sorted(before | after) if before.get(path) != after.get(path)]
    changes = changes_between(before, after, language())
    return {
        "process": process,
        "version": known.version,
        "other": older.version,
        "files": [_changed(path, before.get(path), after.get(path)) for path in changed],
        "changes": [one.as_json() for one in changes],
        "cut": len(changes) == MOST,
    }


@blueprint.call("POST", "/definitions/check", "检查流程图，不保存")
@needs.read
@blueprint.takes(CheckRequest)
@blueprint.gives(Examination)
def check_definition(wanted: dict[str, Any]) -> dict[str, Any]:
    """Say all that keeps a diagram, or a bundle, from being deployed; nothing is kept.

    Besides the findings of the gate, each property that the verifier judged is told with the
    steps that violate it.
    """
    limits.count("check", caller().token.account_id, CHECKS)
    files = {path: text.encode() for path, text in wanted.get("files", {}).items()}
    xml = wanted.get("xml")
    process = wanted.get("process") or _process(files, xml)
    bundle = Bundle(process, _completed(process, files, xml))
    with reading() as session:
        known = in_force(session, agency(), bihuan().gate_environment())
    return examination_json(examine([bundle], known, seconds=PATIENCE), language())


def _read(process: str, version: int) -> tuple[DefinitionVersion, dict[str, str]]:
    with reading() as session:
        versions = definitions.versions(session, process, agency=agency())
        known = [one for one in versions if one.version == version]
        files = definitions.files(session, process, version, agency=agency()) if known else {}
    if not known:
        raise NotFound(
            f"Expected version {version} of {process}, but there is none",
            f"没有流程 {process} 第 {version} 版",
        )
    return known[0], {path: text.decode() for path, text in files.items()}


def _changed(path: str, before: str | None, after: str | None) -> dict[str, Any]:
    change = "changed" if before and after else "added" if after else "removed"
    old, new = (before or "").splitlines(), (after or "").splitlines()
    alike = max(len(old), len(new)) <= MOST_LINES
    lines = unified_diff(old, new, "before", "after", lineterm="") if alike else ()
    return {"path": path, "change": change, "lines": list(lines)}


def _completed(process: str, files: Mapping[str, bytes], xml: str | None) -> dict[str, bytes]:
    """Return the files of the bundle; a diagram alone stands among those in force."""
    if xml is None:
        return dict(files)
    with reading() as session:
        active = definitions.latest(session, process, agency=agency())
        number = active.version if active else 0
        kept = definitions.files(session, process, number, agency=agency())
    return {**kept, **files, f"{process}.bpmn": xml.encode()}


def _process(files: Mapping[str, bytes], xml: str | None) -> str:
    """Return which process is meant: the name of the file, else that in the diagram."""
    if xml is not None:
        found = [process.id for process in read_bpmn(xml.encode()).processes]
        return found[0] if found else "process"
    diagrams = [path for path in files if path.endswith(".bpmn") and "/" not in path]
    if len(diagrams) != 1:
        raise Invalid.at(
            "process",
            "Expected the name of the process, or exactly one diagram, but there is neither",
            "请指明流程，或只提交一个流程图",
        )
    return diagrams[0].removesuffix(".bpmn")


def _version(one: DefinitionVersion) -> dict[str, Any]:
    kept = ("process", "version", "active", "digest", "deployed_at", "deployed_by")
    name = one.name if language() == "en" else one.name_zh
    return {key: getattr(one, key) for key in kept} | {"name": name}
