"""What the runner asks of the case runtime while it steps an instance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Host(Protocol):
    """The side of the case: expressions, operations and decisions, inside one transaction.

    Errors of the product (`engine.errors`) raised here pass through the runner unchanged, so a
    refusal stays a refusal and a lost database stays `Unavailable`; anything else becomes an
    `Incident` that names the element.
    """

    def evaluate(self, expression: str, token: Mapping[str, object]) -> object:
        """Evaluate FEEL; flags of the token are names of their own, `case` is the document.

        A timer date is asked for in the same way and answers an aware datetime, or None while
        there is no date.
        """
        ...

    def operate(
        self,
        operation: str,
        parameters: Mapping[str, object],
        token: Mapping[str, object],
        element: str,
    ) -> object:
        """Perform the operation of a service task; a value may be kept as a token flag."""
        ...

    def decide(self, decision: str, token: Mapping[str, object]) -> object:
        """Decide a table of the deployment and return its value."""
        ...
