"""What an examination says of one property of a process, whoever judged it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["soundness", "statute", "silence", "feasibility"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Worded:
    """Words in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """Return the words in a language."""
        return self.en if language.startswith("en") else self.zh


_FULL_WIDTH: Final = str.maketrans("()", "（）")
"""Articles are numbered by plain brackets in the rule set, and Chinese sentences use wide ones."""


def article(zh: str, en: str) -> Worded:
    """Return the article of a statute as it is told."""
    return Worded(zh.translate(_FULL_WIDTH), en)


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a counterexample: the element that is done, and the tokens after it."""

    element: str
    process: str
    tokens: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    values: Mapping[str, str | bool | None] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "element": self.element,
            "process": self.process,
            "tokens": list(self.tokens),
            "flows": list(self.flows),
            "values": dict(self.values or {}),
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """One property of one process, and what speaks against it.

    Attributes:
        id: stable name of the property, such as `option_to_complete`.
        sentence: what it says; of a violated one, what is wrong. `told` says besides whether it
            is known.
        holds: None where that is not decided.
        severity: an error that is violated keeps the bundle from being deployed.
        element: where it is violated, "" for the process as a whole.
        table: rows of numbers that belong to it, such as the slack of each way.
    """

    kind: Kind
    id: str
    process: str
    name: Worded
    sentence: Worded
    holds: bool | None
    severity: Severity = "error"
    article: Worded | None = None
    element: str = ""
    path: tuple[PathStep, ...] = ()
    table: Sequence[Mapping[str, Any]] = ()

    @property
    def refuses(self) -> bool:
        """Tell whether it keeps the bundle from being deployed.

        What an article asks has to be proved: a diagram too large to decide it could break it.
        """
        unproved = self.holds is None and self.kind == "statute"
        return self.severity == "error" and (self.holds is False or unproved)

    @property
    def told(self) -> Worded:
        """The sentence as people read it: what is not decided says so."""
        if self.holds is not None:
            return self.sentence
        return Worded(f"未能判定：{self.sentence.zh}", f"Not decided: {self.sentence.en}")

    @property
    def weight(self) -> Severity:
        """How grave it is that it does not hold: what keeps nothing back is a warning."""
        return "warning" if self.holds is None and not self.refuses else self.severity

    def as_json(self, language: str) -> dict[str, Any]:
        """Return it as plain values in a language; what is not decided may be a warning."""
        found: dict[str, Any] = {
            "kind": self.kind,
            "id": self.id,
            "process": self.process,
            "name": self.name.text(language),
            "article": None if self.article is None else self.article.text(language),
            "sentence": self.told.text(language),
            "holds": self.holds,
            "severity": self.weight,
            "element": self.element,
            "path": [step.as_json() for step in self.path],
        }
        return found | ({"table": [dict(row) for row in self.table]} if self.table else {})
