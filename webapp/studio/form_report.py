"""What is wrong with one form of a draft, at the field that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from engine.deployment.checks import expressions, forms, values
from engine.deployment.findings import Finding
from engine.deployment.subject import Subject

CHECKS: Final = (
    expressions.check_forms,
    values.check_values,
    forms.check_bindings,
    forms.check_use,
)


def faults(subject: Subject, path: str, language: str) -> list[dict[str, Any]]:
    """Return what is wrong with a form; `element` is a field's key or its place in the file."""
    return [_told(one, language) for one in _findings(subject, path)]


def _findings(subject: Subject, path: str) -> Iterator[Finding]:
    yield from (one for one in subject.bundle.read.problems if one.file == path)
    for check in CHECKS:
        yield from (one for one in check(subject) if one.file == path)


def _told(one: Finding, language: str) -> dict[str, Any]:
    english = language == "en"
    return {
        "severity": one.severity,
        "code": one.code,
        "element": one.element,
        "sentence": one.sentence if english else one.sentence_zh,
        "remedy": one.remedy if english else one.remedy_zh,
    }
