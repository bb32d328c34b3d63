"""The components of a form: the part of form-js' schema that Bihuan renders, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

Kind = Literal[
    "textfield",
    "textarea",
    "number",
    "date",
    "datetime",
    "select",
    "radio",
    "checkbox",
    "checklist",
    "filepicker",
    "group",
    "dynamiclist",
    "text",
]

Target = Literal["ext", "token"]

CONTAINERS: Final = frozenset({"group", "dynamiclist"})
CHOICES: Final = frozenset({"select", "radio", "checklist"})
LISTS: Final = frozenset({"checklist", "filepicker", "dynamiclist"})


@dataclass(frozen=True)
class Option:
    """One choice of a select, radio or checklist."""

    value: str
    label_zh: str
    label: str

    def text(self, language: str) -> str:
        """Return the label in a language."""
        return self.label if language.startswith("en") else self.label_zh


class Offered(tuple[Option, ...]):  # noqa: SLOT001 what may be chosen is kept beside them
    """Many choices that are offered again and again, such as the enterprises of a zone."""

    @cached_property
    def values(self) -> frozenset[str]:
        """What may be chosen."""
        return frozenset(option.value for option in self)


@dataclass(frozen=True)
class Binding:
    """Where a field's value goes: to a field of `case.ext`, or to a flag of the token."""

    target: Target
    name: str


@dataclass(frozen=True)
class Limits:
    """What `validate` of a component demands; None = nothing."""

    required: bool = False
    min_length: int | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str | None = None
    digits: int | None = None


@dataclass(frozen=True)
class Component:
    """One component of a form; only those with a `key` carry a value."""

    kind: Kind
    key: str
    label_zh: str
    label: str
    hint_zh: str = ""
    hint: str = ""
    limits: Limits = Limits()
    options: tuple[Option, ...] = ()
    options_from: str | None = None
    binding: Binding | None = None
    hide: str | None = None
    readonly: bool = False
    multiple: bool = False
    default: Any = None
    children: tuple[Component, ...] = ()

    @property
    def has_value(self) -> bool:
        """Whether a value is submitted under the component's key."""
        return self.kind not in ("group", "text")


def fields_of(components: Sequence[Component]) -> Iterator[Component]:
    """Walk through groups and yield every component that carries a value."""
    for component in components:
        if component.kind == "group":
            yield from fields_of(component.children)
        elif component.has_value:
            yield component
