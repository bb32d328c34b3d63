"""FEEL in a simulation: parsed once, and worked out once for each set of values that it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.expressions import feel
from engine.expressions.function import Function

Read = Callable[[tuple[str, ...]], object]
"""Gives what a dotted name stands for now; None where there is nothing."""

CASE: Final = "case"
_UNSTEADY: Final = frozenset({"due", "now", "today"})
"""Functions whose answer changes though nothing that is read does."""

_REMEMBERED: Final = 5_000
_ABSENT: Final = object()


class Compiled:
    """One expression of a diagram."""

    __slots__ = ("_answers", "_paths", "_tree", "steady", "text")

    def __init__(self, text: str) -> None:
        """Parse it.

        Raises:
            FeelSyntaxError: the text is no expression.
        """
        self.text = text
        self._tree = feel.parse(text)
        self._paths = sorted(feel.references(self._tree))
        self.steady = not any(name in _UNSTEADY for name, _ in feel.calls(self._tree))
        self._answers: dict[tuple[object, ...], object] = {}

    def value(self, read: Read, functions: Mapping[str, Function]) -> object:
        """Return its value where names stand for what `read` says."""
        known = tuple(read(path) for path in self._paths)
        try:
            found = self._answers.get(_typed(known), _ABSENT) if self.steady else _ABSENT
        except TypeError:  # a list or a context is no key
            return self._worked_out(known, functions)
        if found is _ABSENT:
            found = self._worked_out(known, functions)
            if self.steady and len(self._answers) < _REMEMBERED:
                self._answers[_typed(known)] = found
        return found

    def _worked_out(self, known: tuple[object, ...], functions: Mapping[str, Function]) -> object:
        return feel.evaluate(self._tree, context_of(self._paths, known), functions)


def context_of(paths: list[tuple[str, ...]], known: tuple[object, ...]) -> dict[str, object]:
    """Return names as FEEL reads them: nested contexts of what is known by dotted name."""
    context: dict[str, Any] = {}
    for path, value in zip(paths, known, strict=True):
        inner = context
        for word in path[:-1]:
            inner = inner.setdefault(word, {})
            if not isinstance(inner, dict):
                break
        else:
            inner[path[-1]] = dict(value) if isinstance(value, Mapping) else value
    return context


def _typed(known: tuple[object, ...]) -> tuple[object, ...]:
    """Tell 1 from true, which Python takes for the same key."""
    return tuple((one, one.__class__) if one.__class__ is bool else one for one in known)
