"""A page that asks for the reason of an operation, after telling what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from webapp.presentation.facts import Fact


@dataclass(frozen=True)
class Choice:
    """One of several things that the operation may come to."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class OperationPage:
    """What the template of one operation shows."""

    title: str
    lead: str
    action: str
    submit: str
    hint: str
    facts: Sequence[Fact] = ()
    reason: str = ""
    faults: Sequence[str] = ()
    refused: str = ""
    back: str = ""
    question: str = ""
    choices: Sequence[Choice] = ()
    hidden: dict[str, str] = field(default_factory=dict)
