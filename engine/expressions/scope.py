"""Where names are looked up: local bindings first, then the context given from outside."""

from __future__ import annotations

from collections.abc import Mapping

from engine.expressions.types import Value


class Scope:
    """One frame of local names; `lenient` frames (items of a filter) let unknown names be null."""

    __slots__ = ("lenient", "names", "parent")

    def __init__(
        self, names: Mapping[str, Value], parent: Scope | None, *, lenient: bool = False
    ) -> None:
        """Put names in front of those of the parent."""
        self.names = names
        self.parent = parent
        self.lenient: bool = lenient or (parent is not None and parent.lenient)

    def frame_of(self, name: str) -> Scope | None:
        """Return the nearest frame that binds a name."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope
            scope = scope.parent
        return None


EMPTY = Scope({}, None)
