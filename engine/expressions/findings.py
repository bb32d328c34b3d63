"""What a look at an expression or table finds, without evaluating it on real data."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions.errors import placed


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, in both languages, and where (0 = not known).

    Attributes:
        kind: what sort of fault, such as `unknown-name`, `types`, `gap`, `overlap`.
        rules: the rows of a table that it concerns.
        example: for a gap or an overlap, a value for each input expression, as a cell would test
            it; "" for any value that no cell names.
    """

    message: str
    message_zh: str
    line: int = 0
    column: int = 0
    kind: str = ""
    rules: tuple[str, ...] = ()
    example: tuple[tuple[str, str], ...] = ()

    @property
    def placed(self) -> str:
        """The English sentence with the place."""
        return placed(self.message, self.message_zh, self.line, self.column)[0]

    @property
    def placed_zh(self) -> str:
        """The Chinese sentence with the place."""
        return placed(self.message, self.message_zh, self.line, self.column)[1]
