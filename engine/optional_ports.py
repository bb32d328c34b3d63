"""What an application may give the engine besides, where its cases have use for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from engine.operations import DesignedField
from engine.ports import Context, TaskFacts


@runtime_checkable
class OffersOptions(Protocol):
    """An application that gives choices to fields whose options come from outside the form."""

    def options(self, form: str, case: Any | None, context: Context) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
        """Return `engine.forms` options by `valuesKey`; `case` is None while it is begun."""
        ...


@runtime_checkable
class KeepsFields(Protocol):
    """An application whose cases have room for the fields that designers add."""

    def keep(
        self,
        case: Any,  # noqa: ANN401
        task: TaskFacts,
        fields: Sequence[tuple[DesignedField, Any]],
        context: Context,
    ) -> Mapping[str, Any]:
        """Write what a task's form binds to `case.ext`; return what history keeps of it."""
        ...


@runtime_checkable
class HearsOfMigration(Protocol):
    """An application that tells persons what a migration takes from them."""

    def taken_away(self, case: Any, task: TaskFacts, context: Context) -> None:  # noqa: ANN401
        """Tell whoever had taken a task that it is for others now; the row still names them."""
        ...
