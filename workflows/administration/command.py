"""One administrative command: its words, its form, what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engine.forms.components import Option
from engine.forms.definition import FormDefinition
from workflows.administration.desk import Desk

Data = Mapping[str, Any]
Options = Mapping[str, Sequence[Option]]


@dataclass(frozen=True)
class Done:
    """What a command came to: the thing it concerned, and a secret that is shown only once."""

    subject: str
    secret: str = ""


def no_options(_desk: Desk, _subject: str) -> Options:
    """Return nothing to choose from."""
    return {}


def no_values(_session: Session, _subject: str) -> Data:
    """Return a form that begins empty."""
    return {}


@dataclass(frozen=True)
class Command:
    """A command by its name, such as `body.add`; `place` is the list that shows its subjects.

    `releases` says that somebody may no longer do what was his: tasks taken are given back.
    `edits` says that the form begins with what is there, which the command then replaces.
    """

    name: str
    place: str
    title: tuple[str, str]
    form: FormDefinition
    do: Callable[[Desk, str, Data], Done]
    options: Callable[[Desk, str], Options] = no_options
    values: Callable[[Session, str], Data] = no_values
    lead: tuple[str, str] = ("", "")
    releases: bool = False
    edits: bool = False
