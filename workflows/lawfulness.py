"""What the statutes of the rule set say of bundles, told like every other judgement."""

from __future__ import annotations

from collections.abc import Sequence

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from engine.verification.reading import read_model
from workflows import statutes
from workflows.judgement import Judgement, Kind, PathStep, Severity, Worded
from workflows.soundness import steps

_KINDS: dict[str, Kind] = {
    "statute": "statute",
    "silence": "silence",
    "feasibility": "feasibility",
}

_FULL_WIDTH = str.maketrans("()", "（）")
"""Articles are numbered by plain brackets in the rule set, and Chinese sentences use wide ones."""


def by_statutes(bundles: Sequence[Bundle], environment: GateEnvironment) -> list[Judgement]:
    """Judge bundles by the statutes; one whose diagram cannot be read is passed over."""
    by_process = {bundle.process: bundle for bundle in bundles}
    return [_told(one, by_process.get(one.process)) for one in statutes.judge(bundles, environment)]


def _told(one: statutes.Judgement, bundle: Bundle | None) -> Judgement:
    severity: Severity = "warning" if one.severity == "warning" else "error"
    return Judgement(
        kind=_KINDS[one.kind],
        id=one.id,
        process=one.process,
        name=Worded(one.name_zh, one.name),
        sentence=Worded(one.sentence_zh, one.sentence),
        holds=one.holds,
        severity=severity,
        article=Worded(one.article_zh.translate(_FULL_WIDTH), one.article),
        element=one.element,
        path=_path(one, bundle),
        table=one.table,
    )


def _path(one: statutes.Judgement, bundle: Bundle | None) -> tuple[PathStep, ...]:
    if one.path is None or bundle is None:
        return ()
    return steps(read_model(bundle.files[bundle.diagram_path]), one.path)
