"""Which flags and fields of the case may hold what a person typed: names, telephone numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.decisions import decision_sites
from engine.deployment.declared import word
from engine.deployment.subject import Subject
from engine.expressions import feel
from engine.expressions.errors import FeelError
from engine.operations import SET_FIELD

Path = tuple[str, ...]

_FREE: Final = frozenset({"textfield", "textarea", "filepicker", "dynamiclist"})
"""Kinds of form fields that hold what a person typed or attached."""

_CASE: Final = "case"
_EXT: Final = "ext"


def typed_in(text: str, known: frozenset[Path]) -> str | None:
    """Return what an expression reads of the words that persons typed; None if nothing."""
    for path in sorted(_references(text)):
        if _is_typed(path, known):
            return ".".join(path)
    return None


def typed_names(subject: Subject) -> frozenset[Path]:
    """Return the flags and fields of the case that hold typed words, handed on ones among them."""
    known: set[Path] = {(_CASE, name) for name in subject.environment.typed_fields}
    known |= set(_of_forms(subject)) | set(_of_others(subject))
    writes = list(_writes(subject))
    while (
        more := {
            path for path, read in writes if any(_is_typed(one, frozenset(known)) for one in read)
        }
        - known
    ):
        known |= more
    return frozenset(known)


def _is_typed(path: Path, known: frozenset[Path]) -> bool:
    # Who reads the whole case reads whatever stands in it.
    whole = path in ((_CASE,), (_CASE, _EXT))
    return whole or any(path[: len(one)] == one for one in known)


def _of_forms(subject: Subject) -> Iterator[Path]:
    for form in subject.bundle.read.forms.values():
        for field in form.fields:
            if field.binding is not None and field.kind in _FREE:
                name = field.binding.name
                yield (name,) if field.binding.target == "token" else (_CASE, _EXT, name)


def _of_others(subject: Subject) -> Iterator[Path]:
    """Texts that other processes keep with the case: nothing more is known of them here."""
    for process, contract in subject.contracts.items():
        if process != subject.bundle.process:
            texts = (name for name, kind in contract.fields.items() if kind == "string")
            yield from ((_CASE, _EXT, name) for name in texts)


def _writes(subject: Subject) -> Iterator[tuple[Path, frozenset[Path]]]:
    """Yield what elements write without a person, each with what it is made of."""
    for node in subject.diagram.nodes:
        for one in node.assignments:
            yield (one.name,), _references(one.expression)
        if node.result and node.decision:
            for text in _answers(subject, node.decision):
                yield (node.result,), _references(text)
        if node.operation == SET_FIELD and (name := word(node, "field")):
            values = (one.expression for one in node.parameters if one.name == "value")
            for value in values:
                yield (_CASE, _EXT, name), _references(value)


def _answers(subject: Subject, decision: str) -> Iterator[str]:
    """Yield the expressions that may become the answer of a decision."""
    known = subject.bundle.read.decisions.get(decision)
    if known is None or known.table is None:
        yield from (site.text for site, _ in decision_sites(subject))
        return
    for rule in known.table.rules:
        yield from rule.outputs
    yield from (one.default for one in known.table.outputs)


def _references(text: str) -> frozenset[Path]:
    try:
        return feel.references(text) if text.strip() else frozenset()
    except FeelError:
        return frozenset()
