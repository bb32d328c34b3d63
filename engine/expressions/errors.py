"""What may be wrong with an expression; all of it is the input's fault, so all is Invalid."""

from __future__ import annotations

from engine import errors


def placed(message: str, message_zh: str, line: int, column: int) -> tuple[str, str]:
    """Return both sentences with the place that they speak of, where it is known."""
    if not line:
        return message, message_zh
    return f"{message} (line {line}, column {column})", f"第 {line} 行第 {column} 列：{message_zh}"


class FeelError(errors.Invalid):
    """An expression cannot be read or evaluated; its sentences say where.

    Attributes:
        reason: the English sentence without the place.
        reason_zh: the Chinese one.
        line: counted from 1, 0 where nothing could tell the place.
        column: counted from 1 in characters; one past the last where the expression ends early.
        source: the text of the expression, empty where it is not known.
    """

    def __init__(self, message: str, message_zh: str, line: int = 0, column: int = 0) -> None:
        """Keep both sentences and the place."""
        super().__init__(message, message_zh)
        self.reason, self.reason_zh = message, message_zh
        self.line = self.column = 0
        self.source = ""
        self.locate(line, column)

    def locate(self, line: int, column: int, source: str = "") -> None:
        """Say where it is and in which text, unless that has been said from further inside."""
        self.source = self.source or source
        if self.line or not line:
            return
        self.line, self.column = line, column
        self.message, self.message_zh = placed(self.reason, self.reason_zh, line, column)
        self.args = (self.message,)
        self.details |= {"line": line, "column": column}


class FeelSyntaxError(FeelError):
    """The text is not an expression of the language."""


class FeelNameError(FeelError):
    """A name or function is used that nothing provides."""


class FeelLimitError(FeelError):
    """An evaluation would cost more than its budget."""


class FeelValueError(FeelError):
    """A value from outside is of a type that the language does not know."""
