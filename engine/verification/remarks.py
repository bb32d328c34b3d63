"""Remarks on elements: what is taken for granted of one, or why one has no semantics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What is told of one element beside the properties, in both languages."""

    element: str
    kind: str
    message_zh: str
    message: str

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.message if language.startswith("en") else self.message_zh
