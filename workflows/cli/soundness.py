"""`bihuan check --soundness-only`: any BPMN 2.0 file, also one that could not be deployed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from engine.errors import BihuanError, Invalid, NotFound, Unavailable
from engine.verification.reading import SIZE_LIMIT
from engine.verification.report import as_document, lines, verify_document
from workflows.cli.output import emit, language, problem, watched


def check_soundness(subjects: Sequence[str], budget: int, *, as_json: bool) -> None:
    """Verify files and named processes; exit 1 unless every property of all of them holds."""
    results: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    good = True
    told: list[str] = []
    paths = _paths(subjects)
    with watched("验证 · verifying") as progress:
        for number, path in enumerate(paths):
            progress(number, len(paths))
            try:
                found = verify_document(_read(path), budget=budget)
            except BihuanError as error:
                line = error.details.get("line")
                refused.append({"file": str(path), **problem(error), "line": line})
                continue
            for one in found:
                good = good and one.good
                results.append({"file": str(path), **as_document(one, language())})
                told += [f"{path} {one.subject}", *lines(one, language())]
    if told and not as_json:
        click.echo("\n".join(told))
    _tell_refused(refused, as_json=as_json)
    if as_json:
        emit(_document(results, refused), as_json=True)
    if refused or not good:
        sys.exit(1)


def _document(results: list[dict[str, Any]], refused: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one document; a file that cannot be read hides no other one's result."""
    if not refused:
        return {"results": results}
    return {"results": results, "error": refused[0]["error"], "errors": refused}


def _tell_refused(refused: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    for one in () if as_json else refused:
        click.echo(f"{one['file']}: {one['error']}", err=True)
        for sentences in one.get("errors", {}).values():
            click.echo("\n".join(f"  {sentence}" for sentence in sentences), err=True)


def _paths(subjects: Sequence[str]) -> list[Path]:
    """Return the files of the subjects: a path, or a process of the source tree by its name."""
    if subjects and all(subject.endswith(".bpmn") for subject in subjects):
        return [Path(subject) for subject in subjects]
    # Loaded for names alone: it takes longer than a diagram to verify.
    from workflows.deploying import PROCESSES, processes

    named = {name: PROCESSES / name / f"{name}.bpmn" for name in processes()}
    return [named.get(subject, Path(subject)) for subject in subjects or named]


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(f"Expected a file {path}, but there is none", f"找不到文件 {path}")
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Invalid(
                f"Expected a file of at most {SIZE_LIMIT} bytes, but {path} has more",
                f"文件最多 {SIZE_LIMIT} 字节，{path} 超出",
            )
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"Expected to read {path}, but the system says: {error.strerror}",
            f"无法读取文件 {path}：{error.strerror}",
        ) from error
