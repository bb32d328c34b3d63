"""What the gate says: a finding names file, element and line, the fault and its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a bundle; an error keeps it from being deployed.

    Attributes:
        code: stable name of the fault, such as `gateway.not_exclusive`.
        file: path of the file within the bundle.
        element: id of the element, flow, form field or decision; "" for the file as a whole.
        line: line in the file, 0 if it is not known.
    """

    severity: Severity
    code: str
    file: str
    element: str
    line: int
    sentence: str
    sentence_zh: str
    remedy: str
    remedy_zh: str

    def text(self, language: str) -> str:
        """Return sentence and remedy in a language."""
        if language.startswith("en"):
            return f"{self.sentence}. {self.remedy}"
        return f"{self.sentence_zh}。{self.remedy_zh}"


class Place(Protocol):
    """Where a fault lies: an element or a flow of a diagram."""

    @property
    def id(self) -> str:
        """The id in the file."""
        ...

    @property
    def line(self) -> int:
        """The line in the file."""
        ...


@dataclass(frozen=True)
class Spot:
    """A place that is neither element nor flow, such as a form field."""

    id: str
    line: int = 0


WHOLE_FILE = Spot("")


@dataclass(frozen=True)
class Fault:
    """A kind of fault, declared beside its check; sentences may hold `{details}`."""

    code: str
    sentence: str
    sentence_zh: str
    remedy: str
    remedy_zh: str
    severity: Severity = "error"

    def at(self, file: str, place: Place = WHOLE_FILE, **details: object) -> Finding:
        """Return the finding of this fault at a place."""
        details = {"id": place.id, **details}
        return Finding(
            severity=self.severity,
            code=self.code,
            file=file,
            element=place.id,
            line=place.line,
            sentence=self.sentence.format(**details),
            sentence_zh=self.sentence_zh.format(**details),
            remedy=self.remedy.format(**details),
            remedy_zh=self.remedy_zh.format(**details),
        )
