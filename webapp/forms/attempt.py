"""Tries a command with posted data; a refusal comes back, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from engine.errors import (
    BihuanError,
    Conflict,
    FieldError,
    Incident,
    Invalid,
    NotAllowed,
    Unavailable,
)

Result = TypeVar("Result")

log = structlog.get_logger()


@dataclass(frozen=True)
class Attempt(Generic[Result]):
    """What came of a command: its result, what is wrong with its data, or why it was refused."""

    result: Result | None = None
    faults: Sequence[FieldError] = ()
    refusal: BihuanError | None = None

    @property
    def done(self) -> bool:
        """Whether the command went through."""
        return not self.faults and self.refusal is None


def attempt(command: Callable[[], Result]) -> Attempt[Result]:
    """Do a command; only that there is no such thing passes on."""
    try:
        return Attempt(command())
    except Invalid as error:
        own = FieldError("", error.message, error.message_zh)
        return Attempt(faults=list(error.errors) or [own])
    except Incident as error:
        log.error("incident", error=error.message, **error.details)  # noqa: TRY400 no fault of ours
        return Attempt(refusal=error)
    except (Conflict, NotAllowed, Unavailable) as error:
        return Attempt(refusal=error)
