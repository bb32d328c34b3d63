"""FEEL in a simulation: parsed once, and worked out once for each set of values that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from engine.expressions import feel
from engine.expressions.function import Function
from engine.expressions.references import Root

Read = Callable[[tuple[str, ...]], object]
"""Gives what a dotted name stands for now; None where there is nothing."""

CASE: Final = "case"
_UNSTEADY: Final = frozenset({"due", "now", "today"})
"""Functions whose answer changes though nothing that is read does."""

_REMEMBERED: Final = 5_000
_ABSENT: Final = object()


class Memory:
    """What came out for each set of values."""

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        """Know nothing."""
        self._answers: dict[tuple[object, ...], object] = {}

    def recall(self, known: tuple[object, ...], work_out: Callable[[], object]) -> object:
        """Return what comes out for some values, worked out where it is not known."""
        key = _typed(known)
        try:
            found = self._answers.get(key, _ABSENT)
        except TypeError:  # a list or a context is no key
            return work_out()
        if found is _ABSENT:
            found = work_out()
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[key] = found
        return found


def is_steady(roots: Iterable[Root | str]) -> bool:
    """Return whether expressions answer the same as long as what they read is the same."""
    return not any(name in _UNSTEADY for root in roots for name, _ in feel.calls(root))


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
        self.steady = is_steady([self._tree])
        self._answers = Memory()

    def value(self, read: Read, functions: Mapping[str, Function]) -> object:
        """Return its value where names stand for what `read` says."""
        known = tuple(read(path) for path in self._paths)
        if not self.steady:
            return self._worked_out(known, functions)
        return self._answers.recall(known, lambda: self._worked_out(known, functions))

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
