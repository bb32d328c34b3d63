"""The exception tree: what can go wrong, without a word of HTTP.

BihuanError
├── NotFound      there is no such thing, or none that this actor may know of
├── NotAllowed    the actor may not do it
├── Conflict      it was lawful once, but the state has moved on
│   └── Stale     the version or content seen is not the present one
├── Invalid       the input is wrong; `errors` says where
├── Unavailable   the database is locked or gone; trying again may help
└── Incident      the engine met something a person must look at

Refusals read "Expected to …, but …" and carry the same sentence in Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class BihuanError(Exception):
    """Base of every error of the product, with its sentence in both languages."""

    def __init__(self, message: str, message_zh: str, **details: object) -> None:
        """Keep the English sentence, the Chinese sentence and details for the log."""
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh
        self.details = details

    def text(self, language: str) -> str:
        """Return the sentence in a language: anything but English means Chinese."""
        return self.message if language.startswith("en") else self.message_zh


class NotFound(BihuanError):  # noqa: N818 the tree is named by what happened
    """There is no such thing, or none that this actor may know of."""


class NotAllowed(BihuanError):  # noqa: N818
    """The actor may not do it."""


class Conflict(BihuanError):  # noqa: N818
    """It was lawful once, but the state has moved on."""


class Stale(Conflict):
    """The version or content the actor saw is not the present one."""


class FieldError:
    """One thing wrong with one field, in both languages."""

    __slots__ = ("field", "message", "message_zh")

    def __init__(self, field: str, message: str, message_zh: str) -> None:
        """Name the field by its path, such as `items.0.result`."""
        self.field = field
        self.message = message
        self.message_zh = message_zh

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.message if language.startswith("en") else self.message_zh

    def __repr__(self) -> str:
        """Show field and English sentence."""
        return f"FieldError({self.field!r}, {self.message!r})"


class Invalid(BihuanError):  # noqa: N818
    """The input is wrong; `errors` says at which field."""

    def __init__(
        self,
        message: str,
        message_zh: str,
        errors: Sequence[FieldError] = (),
        **details: object,
    ) -> None:
        """Keep the sentence and the errors by field."""
        super().__init__(message, message_zh, **details)
        self.errors = tuple(errors)

    @classmethod
    def at(cls, field: str, message: str, message_zh: str) -> Invalid:
        """Return an error at one field."""
        return cls(message, message_zh, [FieldError(field, message, message_zh)])

    def by_field(self, language: str) -> Mapping[str, list[str]]:
        """Return the sentences by field in a language."""
        found: dict[str, list[str]] = {}
        for error in self.errors:
            found.setdefault(error.field, []).append(error.text(language))
        return found


class Unavailable(BihuanError):  # noqa: N818
    """The database is locked or gone; trying again may help."""


class Incident(BihuanError):  # noqa: N818
    """The engine met something that a person must look at."""
