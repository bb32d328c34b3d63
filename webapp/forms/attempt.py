"""Tries a command with posted data; what is wrong with the data comes back, by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.errors import FieldError, Invalid

Result = TypeVar("Result")


def attempt(command: Callable[[], Result]) -> tuple[Result | None, list[FieldError]]:
    """Return the result of a command, or the errors of its data; other refusals pass on."""
    try:
        return command(), []
    except Invalid as error:
        return None, list(error.errors) or [FieldError("", error.message, error.message_zh)]
