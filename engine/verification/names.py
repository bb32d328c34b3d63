"""What is known of the names that conditions read: who writes them, and with which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias


class Unknown(Enum):
    """A value of which nothing is known."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN

Value: TypeAlias = "str | bool | None"
Known: TypeAlias = "Value | Unknown"


@dataclass(frozen=True, slots=True)
class Write:
    """A name that an element writes when it completes, and every value that it may write.

    Attributes:
        keeps: whether it may also leave the name as it was, such as an optional field.
    """

    name: str
    values: tuple[Known, ...]
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What the elements of one document write, by their ids.

    Attributes:
        acts: the act or operation that completing an element performs.
        outcomes: of an element, the name whose written value is the outcome of its act.
        watched: elements each of whose values is told apart from the moment when it is written;
            for the tokens alone it is enough to choose a value where it is read.
    """

    writes: Mapping[str, tuple[Write, ...]] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    watched: frozenset[str] = frozenset()

    def written(self, element: str) -> tuple[Write, ...]:
        """Return what an element writes."""
        return self.writes.get(element, ())


NO_NAMES: Final = Names()
"""Of a document of which only the tokens are known: every condition is a free choice."""
