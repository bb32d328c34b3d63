"""Lists of processes and versions in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from engine.errors import NotFound
from engine.store.definitions import DefinitionVersion
from webapp.cases.diagrams import DiagramView, drawing_address
from webapp.i18n.catalogue import pick
from webapp.i18n.language import t
from webapp.presentation.remaining import instant_words

COMPARED = 5
"""Other versions that the page of a version offers to compare with, the last ones."""


@dataclass(frozen=True)
class DefinitionLine:
    """One version of a process."""

    process: str
    name: str
    version: int
    deployed: str
    digest: str
    address: str
    current: bool = False


@dataclass(frozen=True)
class FileLine:
    """One file of a version."""

    path: str
    size: str


@dataclass(frozen=True)
class DefinitionPage:
    """What the page of one version shows."""

    process: str
    name: str
    version: int
    deployed: str
    versions: Sequence[DefinitionLine]
    diagram: DiagramView
    source: str
    files: Sequence[FileLine]
    comparisons: Sequence[tuple[str, str]]
    """What each says and the way there: this version beside each other."""


def definitions_page(versions: Sequence[DefinitionVersion], language: str) -> list[DefinitionLine]:
    """Return the processes in force in words."""
    return [_line(one, language) for one in versions]


def definition_page(
    versions: Sequence[DefinitionVersion],
    version: int,
    files: Mapping[str, bytes],
    language: str,
) -> DefinitionPage:
    """Return one version in words; NotFound if there is no such version."""
    lines = [_line(one, language, version) for one in versions]
    chosen = next((line for line in lines if line.version == version), None)
    if chosen is None:
        raise NotFound(f"Expected a version {version}, but there is none", "没有该流程版本")
    address = drawing_address(chosen.process, version, language)
    return DefinitionPage(
        process=chosen.process,
        name=chosen.name,
        version=version,
        deployed=chosen.deployed,
        versions=lines,
        diagram=DiagramView(chosen.name, address, (), (), chosen.name),
        source=url_for("studio.diagram", process=chosen.process, version=version),
        files=[FileLine(path, f"{len(files[path]):,} B") for path in sorted(files)],
        comparisons=[_comparison(chosen, one) for one in lines if one is not chosen][-COMPARED:],
    )


def _comparison(chosen: DefinitionLine, other: DefinitionLine) -> tuple[str, str]:
    way = url_for(
        "studio.compare", process=chosen.process, version=chosen.version, other=other.version
    )
    return t("compare.link", version=other.version), way


def _line(one: DefinitionVersion, language: str, current: int | None = None) -> DefinitionLine:
    return DefinitionLine(
        process=one.process,
        name=pick(language, one.name_zh, one.name),
        version=one.version,
        deployed=instant_words(one.deployed_at, language),
        digest=one.digest[:12],
        address=url_for("studio.definition", process=one.process, version=one.version),
        current=one.version == current,
    )
