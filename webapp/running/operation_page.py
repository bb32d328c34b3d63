"""A page that asks for the reason of an operation, after telling what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.errors import FieldError
from webapp.i18n.language import t
from webapp.presentation.facts import Fact


@dataclass(frozen=True)
class Choice:
    """One of several things that the operation may come to."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field: where it is on the page, what it is called, the sentence."""

    anchor: str
    label: str
    text: str


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
    faults: Sequence[Fault] = ()
    refused: str = ""
    back: str = ""
    question: str = ""
    choices: Sequence[Choice] = ()
    hidden: dict[str, str] = field(default_factory=dict)


def faults_of(found: Sequence[FieldError], language: str, choice: str = "") -> list[Fault]:
    """Return what is wrong, at the choice or else at the reason."""
    return [
        Fault("choice", choice, one.text(language))
        if choice and one.field == "element"
        else Fault("reason", t("running.reason"), one.text(language))
        for one in found
    ]
