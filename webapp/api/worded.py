"""Refusals of HTTP that bring their own sentence in both languages: the status says too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from engine.errors import FieldError, Invalid


class Worded(HTTPException):
    """A refusal that says what was expected, and by path what is wrong where it knows."""

    def __init__(self, message: str, message_zh: str, errors: Sequence[FieldError] = ()) -> None:
        """Keep the sentence in both languages, and the errors by the path of a value."""
        super().__init__(message)
        self._said = Invalid(message, message_zh, errors)

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        return self._said.text(language)

    def by_field(self, language: str) -> Mapping[str, list[str]]:
        """Return the sentences by path in a language."""
        return self._said.by_field(language)


class Malformed(Worded, BadRequest):
    """The request cannot be read, or cannot be kept as it was meant."""


class OtherContent(Worded, UnsupportedMediaType):
    """The body is of another kind than the call takes."""


class TooLong(Worded, RequestEntityTooLarge):
    """The body is longer than the call takes."""
