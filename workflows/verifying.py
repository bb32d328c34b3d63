"""The one examination of bundles: the gate, soundness, and whatever the rules say of the acts.

`bihuan check`, the API, the studio and a deployment all ask here, so that they never disagree.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from time import monotonic, perf_counter, thread_time
from typing import Any, Final

from engine.deployment.bundle import Bundle
from engine.deployment.deploy import refuse_errors
from engine.deployment.environment import GateEnvironment
from engine.deployment.findings import Fault, Finding, Spot
from engine.deployment.gate import check, errors_of
from engine.errors import FieldError, Invalid
from engine.verification.remarks import Remark
from engine.verification.soundness import BUDGET
from workflows import soundness, statutes
from workflows.judgement import Judgement

_UNREADABLE: Final = Fault(
    "verification.unreadable",
    "{reason}",
    "{reason_zh}",
    "Correct the diagram in the editor",
    "请在建模器中更正流程图",
)
PATIENCE: Final = 5.0
"""Seconds for the tokens, and for the statutes, while somebody waits."""

_KEPT: Final = 32
"""Examinations that are remembered."""

_UNDECIDED_FOR: Final = 60.0
"""Seconds for which "not decided" is remembered: with more time the next one may be decided."""


@dataclass(frozen=True)
class Examination:
    """Everything that is known of some bundles before they are deployed."""

    processes: tuple[str, ...]
    findings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    states: int
    elapsed_ms: float
    assumptions: tuple[Remark, ...] = ()

    @property
    def deployable(self) -> bool:
        """Tell whether neither the gate nor a violated property stands against it."""
        return not errors_of(self.findings) and not any(one.refuses for one in self.judgements)

    @property
    def decided(self) -> bool:
        """Tell whether every property is known to hold or to be violated.

        Of a diagram that cannot be read, nothing is known.
        """
        judged = {one.process for one in self.judgements if one.kind == "soundness"}
        return judged.issuperset(self.processes) and all(
            one.holds is not None for one in self.judgements
        )


@dataclass(frozen=True, eq=False)
class _Asked:
    """What an examination is made of."""

    bundles: tuple[Bundle, ...]
    environment: GateEnvironment
    budget: int

    def same_as(self, other: _Asked) -> bool:
        """Tell whether nothing that counts is another."""
        return (
            self.budget == other.budget
            and [(one.process, one.digest) for one in self.bundles]
            == [(one.process, one.digest) for one in other.bundles]
            and self.environment == other.environment
        )


@dataclass(frozen=True)
class _Remembered:
    asked: _Asked
    seconds: float
    found: Examination
    at: float

    def answers(self, asked: _Asked, seconds: float) -> bool:
        """Tell whether it is as good as a new one, and no longer time could decide more."""
        fresh = seconds <= self.seconds and monotonic() - self.at < _UNDECIDED_FOR
        return (self.found.decided or fresh) and self.asked.same_as(asked)


_LOCK: Final = threading.Lock()
_REMEMBERED: Final[deque[_Remembered]] = deque(maxlen=_KEPT)


def examine(
    bundles: Sequence[Bundle],
    environment: GateEnvironment,
    *,
    budget: int = BUDGET,
    seconds: float = inf,
) -> Examination:
    """Examine bundles together; what was found of the same a moment ago is remembered.

    Args:
        bundles: the bundles of the set; messages between them are followed.
        environment: what the application gives, with the processes in force; `Surroundings` tell
            besides which rules and days are in force, else those shipped count.
        budget: states of one search, after which what is not known is "not decided".
        seconds: of CPU time of the tokens and of the statutes, likewise; `PATIENCE` where
            somebody waits.
    """
    asked = _Asked(tuple(bundles), environment, budget)
    known = _known(asked, seconds)
    if known is None:
        known = _examined(asked, seconds)
        with _LOCK:
            _REMEMBERED.append(_Remembered(asked, seconds, known, monotonic()))
    return known


def _known(asked: _Asked, seconds: float) -> Examination | None:
    with _LOCK:
        remembered = list(_REMEMBERED)
    for one in reversed(remembered):
        if one.answers(asked, seconds):
            return one.found
    return None


def _examined(asked: _Asked, seconds: float) -> Examination:
    began = perf_counter()
    environment = asked.environment
    findings = check(asked.bundles, environment)
    judgements: list[Judgement] = []
    assumptions: list[Remark] = []
    states = 0
    for bundle in asked.bundles:
        try:
            found = soundness.judge(bundle, environment, budget=asked.budget, seconds=seconds)
        except Invalid as error:
            findings += _unreadable(bundle, findings, error)
            continue
        judgements += found.judgements
        assumptions += found.assumptions
        states += found.states
    judgements += statutes.judge(asked.bundles, environment, until=thread_time() + seconds)
    return Examination(
        tuple(bundle.process for bundle in asked.bundles),
        tuple(findings),
        tuple(judgements),
        states,
        round((perf_counter() - began) * 1000, 1),
        tuple(assumptions),
    )


def examination_json(examination: Examination, language: str) -> dict[str, Any]:
    """Return an examination as plain values with the words of a language."""
    return {
        "process": ", ".join(examination.processes),
        "deployable": examination.deployable,
        "findings": [finding_json(one, language) for one in examination.findings],
        "properties": [one.as_json(language) for one in examination.judgements],
        "states": examination.states,
        "decided": examination.decided,
        "elapsed_ms": examination.elapsed_ms,
        "assumptions": [one.text(language) for one in examination.assumptions],
    }


def finding_json(finding: Finding, language: str) -> dict[str, Any]:
    """Return a finding of the gate as plain values."""
    english = language.startswith("en")
    return {
        "severity": finding.severity,
        "code": finding.code,
        "file": finding.file,
        "element": finding.element,
        "line": finding.line,
        "sentence": finding.sentence if english else finding.sentence_zh,
        "remedy": finding.remedy if english else finding.remedy_zh,
    }


def refuse(found: Examination) -> None:
    """Raise Invalid with all that keeps some bundles from being deployed.

    Raises:
        Invalid: the gate found errors, told in `findings`, or else a property is violated, told
            in `judgements`; `errors` names each with its element.
    """
    refuse_errors(found.findings)
    violated = [one for one in found.judgements if one.refuses]
    if violated:
        raise Invalid(
            f"Expected processes that keep every property, but {len(violated)} are violated or "
            "not decided",
            f"流程验证发现 {len(violated)} 项性质不成立或者未能判定",
            [_told(one) for one in violated],
            judgements=tuple(violated),
        )


def _told(one: Judgement) -> FieldError:
    where = ":".join(filter(None, (f"{one.process}.bpmn", one.element)))
    return FieldError(where, f"{one.name.en}: {one.told.en}", f"{one.name.zh}：{one.told.zh}")


def _unreadable(bundle: Bundle, findings: Sequence[Finding], error: Invalid) -> list[Finding]:
    """Tell why a diagram cannot be verified, unless the gate has refused it for its own reasons."""
    if any(one.severity == "error" and one.file == bundle.diagram_path for one in findings):
        return []
    if not error.errors:
        return [
            _UNREADABLE.at(bundle.diagram_path, reason=error.message, reason_zh=error.message_zh)
        ]
    return [
        _UNREADABLE.at(
            bundle.diagram_path, Spot(one.field), reason=one.message, reason_zh=one.message_zh
        )
        for one in error.errors
    ]
