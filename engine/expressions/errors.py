"""What may be wrong with an expression; all of it is the input's fault, so all is Invalid."""

from __future__ import annotations

from engine import errors


class FeelError(errors.Invalid):
    """An expression cannot be read or evaluated; line and column say where, if known."""

    def __init__(self, message: str, message_zh: str, line: int = 0, column: int = 0) -> None:
        """Keep both sentences and the position, counted from 1 (0 = not known)."""
        super().__init__(message, message_zh, line=line, column=column)
        self.line = line
        self.column = column


class FeelSyntaxError(FeelError):
    """The text is not an expression of the language."""


class FeelNameError(FeelError):
    """A name or function is used that nothing provides."""


class FeelLimitError(FeelError):
    """An evaluation would cost more than its budget."""


class FeelValueError(FeelError):
    """A value from outside is of a type that the language does not know."""
